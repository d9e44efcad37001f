"""What a typed text can be: a subcommand with the words after it, or a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.render.tip import Tip
from srmbot.request import ANONYMOUS, Requester
from srmbot.search.analyzer import AnalyzedQuery
from srmbot.small_talk import Reason


class Private(str):
    """A text for the requester's eyes alone, wherever it was asked for."""

    __slots__ = ()


AnyReply = Answer | Tip | str  # what anything that was typed gets


@dataclass(frozen=True, slots=True)
class Command:
    """A subcommand: its name, a line of help, and what it does with the words after it."""

    name: str
    help: str
    accepts: Callable[[State, Sequence[str]], bool]  # whether the words are meant for it, and not a question
    run: Callable[[State, Sequence[str], Requester], AnyReply]
    slow: bool = False  # calls Slack or the store, or computes for long: no acknowledgement may wait for it


@dataclass(frozen=True, slots=True)
class Invocation:
    """A subcommand as it was typed."""

    known: State
    command: Command
    words: Sequence[str]  # those after its name

    def reply(self, requester: Requester = ANONYMOUS) -> AnyReply:
        """Run it.

        Raises:
            SrmbotError: what it was asked to do cannot be done.
        """
        return self.command.run(self.known, self.words, requester)


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was read once, for everything that is asked about it."""

    known: State
    query: AnalyzedQuery

    @property
    def is_empty(self) -> bool:
        """Whether it asks nothing without the messages before it: "who owns this?"."""
        return self.query.is_empty

    @property
    def needs_thread(self) -> bool:
        """Whether it leaves anything that it asks about to the messages before it."""
        return not self.known.stands_alone(self.query)

    def reply(self, requester: Requester = ANONYMOUS, thread: Sequence[str] = ()) -> Answer:
        """Answer it, the same for everybody; only what is kept of questions differs between workspaces.

        Args:
            requester: who asks, and in which workspace.
            thread: earlier messages of people, oldest first.
        """
        answer = self.known.reply(self.query, thread)
        if answer.reason is not Reason.ABOUT:
            return answer
        return replace(answer, subject=str(requester.kept_days or ""))
