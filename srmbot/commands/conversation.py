"""What was said before -> the turns that a question is read with; and what a turn was about, without its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.commands import resolve
from srmbot.commands.command import AnyReply, Invocation
from srmbot.model import GENERAL, Knowledge, Owner
from srmbot.query import clean
from srmbot.store.rows import Subject

MOST_EARLIER_TURNS = 10  # earlier messages that are read with a question: 2 ms, 16 at the most


def keep_turns(known: State, messages: Sequence[str]) -> list[str]:
    """The turns of a conversation that a question is read with: its first message and the newest of the others.

    Args:
        known: tells subcommands, which are no turns.
        messages: what people said, oldest first.
    """
    turns = [text for text in messages if not isinstance(resolve(known, clean(text)), Invocation)]
    return turns if len(turns) <= MOST_EARLIER_TURNS else [turns[0], *turns[1 - MOST_EARLIER_TURNS :]]


@dataclass
class Conversation:
    """Questions typed one after the other, each read with those before it."""

    turns: list[str] = field(default_factory=list)

    def reply(self, known: State, text: str) -> AnyReply:
        """Answer what was typed, and keep it for what is typed next.

        Raises:
            SrmbotError: a subcommand cannot be done.
        """
        asked = resolve(known, text, in_thread=bool(self.turns))
        if isinstance(asked, Invocation):
            return asked.reply()
        answer = asked.reply(thread=self.turns)
        self.turns = keep_turns(known, [*self.turns, text])
        return answer


def subject_of(answer: Answer) -> Subject | None:
    """What an answer is about, to be remembered without its text; None where it claims nothing."""
    service, topic = (answer.match.service, answer.match.topic) if answer.match else (answer.service, answer.topic)
    if not answer.answered or not (service or topic):
        return None
    duty = answer.duty if answer.owner is Owner.SHARED else answer.main_duty
    return Subject(service, topic, duty.id if duty and duty.topic == topic else None)


def subject_turn(subject: Subject, knowledge: Knowledge) -> str | None:
    """A turn that is about what is remembered, in the knowledge's own words; None where that is no longer known."""
    return " ".join(subject_words(subject, knowledge)) or None


def subject_words(subject: Subject, knowledge: Knowledge) -> Iterator[str]:
    """The service's name, then the one task, else the topic."""
    duty, topic = knowledge.by_id.get(subject.duty or ""), knowledge.topics.get(subject.topic or "")
    service = knowledge.services.get(subject.service or "")
    if service and service.slug != GENERAL:
        yield service.name
    if duty:
        yield f"{duty.duty}."
    elif topic:
        yield topic.title
