"""Answer -> thumbs below it, and the form in which a person says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from srmbot.answer import Answer
from srmbot.misses.miss import LONGEST_KEPT_TEXT, Verdict
from srmbot.model import Owner
from srmbot.render import words
from srmbot.render.blocks import Action, Block, context, escape, section
from srmbot.render.controls import button, field, modal, option, plain, radios
from srmbot.small_talk import Reason

View = dict[str, Any]

WRONG_FORM = "wrong_form"  # callback_id
KIND, OWNER, NOTE, PAGE = "kind", "owner", "note", "page"  # block_ids of its fields; the action_ids are the same
FIELDS = 5  # of a value, the question last
UP, DOWN = "up", "down"
SMALL_TALK = (Reason.GREETING, Reason.THANKS, Reason.ABOUT, Reason.LANGUAGE)  # nobody has to judge that
VERDICT_LABELS: Mapping[Verdict, str] = {
    Verdict.WRONG_OWNER: "The owner is wrong",
    Verdict.WRONG_SUBJECT: "I asked about something else",
    Verdict.OUTDATED: "It is out of date",
    Verdict.INCOMPLETE: "Something is missing, or it should have known",
    Verdict.OTHER: "Something else",
}
OTHER_OWNER = {Owner.AWS: Owner.CUSTOMER, Owner.CUSTOMER: Owner.AWS}
TITLE, SEND, THANKS = "What was wrong?", "Send", "Thank you"
SAME_OWNER = "That is the owner I named. Choose the right one, or another kind of mistake."


@dataclass(frozen=True, slots=True)
class Rated:
    """The answer that a person judges, as the thumbs below it know it."""

    thumb: str
    key: str  # "rds/backups"; blank where nothing was claimed, or several things
    service: str  # slugs, blank where none was understood
    topic: str
    question: str  # as far as there is room for it

    def to_value(self) -> str:
        """Write it as the value of a button."""
        return "|".join((self.thumb, self.key, self.service, self.topic, self.question[:LONGEST_KEPT_TEXT]))

    @classmethod
    def from_value(cls, value: str) -> Rated | None:
        """Read the value of a button; None where it is none of ours."""
        parts = value.split("|", FIELDS - 1)
        return cls(*parts) if len(parts) == FIELDS and parts[0] in (UP, DOWN) else None


@dataclass(frozen=True, slots=True)
class Storing:
    """What becomes of what a person writes in the form."""

    days: int | None = None  # that text is kept; None where the workspace keeps none
    channel: str | None = None  # where it is posted, if it is not kept

    @property
    def takes_text(self) -> bool:
        """Whether text is of any use: it is kept, or posted to those who look after the knowledge."""
        return bool(self.days or self.channel)

    @property
    def sentence(self) -> str:
        """What the form says of it."""
        if self.days:
            return f"Kept for {self.days} days for those who look after my knowledge, with your question and your name."
        if self.channel:
            return f"I keep none of this. It goes to <#{self.channel}>, with your question and your name."
        return "I only count the kind of mistake; no text of yours is kept."


def rate(answer: Answer, thumb: str) -> Rated:
    """Describe an answer as a thumb below it knows it."""
    return Rated(thumb, answer.key, answer.service or "", answer.topic or "", " ".join(answer.question.split()))


def is_rated(answer: Answer) -> bool:
    """Whether there is anything to judge."""
    return answer.reason not in SMALL_TALK


def feedback_block(answer: Answer) -> Block:
    """Build the thumbs below an answer in a message."""
    sides = {
        "positive_button": ("👍", UP, "This answer helped"),
        "negative_button": ("👎", DOWN, "This answer is wrong"),
    }
    made = {
        name: {"text": plain(sign), "value": rate(answer, thumb).to_value(), "accessibility_label": label}
        for name, (sign, thumb, label) in sides.items()
    }
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": str(Action.FEEDBACK), **made}],
    }


def wrong_button(answer: Answer) -> Block:
    """Build what takes the place of the thumbs where Slack does not allow them: in a modal."""
    return {"type": "actions", "elements": [button(Action.WRONG, "Wrong?", rate(answer, DOWN).to_value())]}


def wrong_form(rated: Rated, answer: Answer | None, storing: Storing, place: str) -> View:
    """Build the form, filled in with what was asked and answered.

    Args:
        rated: what the thumb knew.
        answer: what that answer is now; None where nothing was claimed, or it is gone.
        storing: what becomes of it.
        place: comes back with the form.
    """
    kinds = [option(label, kind) for kind, label in VERDICT_LABELS.items()]
    fields = [field(KIND, "What is wrong?", radios(KIND, kinds, first_kind(answer)))]
    owners = [option(label.capitalize() if label != "AWS" else label, each) for each, label in words.WHOSE.items()]
    suggested = OTHER_OWNER.get(answer.owner, "") if answer and answer.owner else ""
    fields.append(field(OWNER, "Whose is it?", radios(OWNER, owners, suggested)) | {"optional": True})
    if storing.takes_text:
        fields += text_fields(answer)
    said = [context(line) for line in (asked_line(rated), answered_line(answer)) if line]
    made = modal(WRONG_FORM, TITLE, [*said, *fields, context(storing.sentence)])
    return made | {"private_metadata": place, "submit": plain(SEND)}


def first_kind(answer: Answer | None) -> Verdict:
    """What is probably wrong: of an answer its owner; where there was none, that."""
    return Verdict.WRONG_OWNER if answer and answer.answered else Verdict.INCOMPLETE


def text_fields(answer: Answer | None) -> list[Block]:
    """The fields for words of a person's own, with the page of the answer to be corrected."""
    from srmbot.render.sections import sources

    note = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": LONGEST_KEPT_TEXT}
    page: Block = {"type": "url_text_input", "action_id": PAGE, "placeholder": plain("https://docs.aws.amazon.com/…")}
    if answer and (pages := sources(answer)):
        page |= {"initial_value": pages[0]}
    return [
        field(NOTE, "What should it say?", note) | {"optional": True},
        field(PAGE, "Which page says so?", page) | {"optional": True},
    ]


def asked_line(rated: Rated) -> str:
    """What was asked."""
    return f"You asked: {escape(rated.question)}" if rated.question else ""


def answered_line(answer: Answer | None) -> str:
    """What was answered."""
    return f"I answered: {escape(words.verdict_line(answer))}" if answer and answer.answered else "I had no answer."


def thanks_view(text: str) -> View:
    """What the form turns into."""
    return modal(WRONG_FORM, THANKS, [section(escape(text))])
