"""A duty's tip -> text and Block Kit: one fact, who owns it, why it bites, the page, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from srmbot.model import Duty, Knowledge, Owner, Team
from srmbot.render import words
from srmbot.render.blocks import (
    TEXT_LIMIT,
    Action,
    Block,
    context,
    escape,
    link,
    section,
    shorten_escaped,
    source_links,
)
from srmbot.render.controls import button
from srmbot.render.statement import statement

TIP_HEADING = "Who owns what"
ENTRY_LABEL = "Who owns what here?"
TIP_PAGES = 3  # that are linked; a number may stand in the second of them
LESS_LABEL = "Fewer or other tips"


@dataclass(frozen=True, slots=True)
class Tip:
    """A tip with all that is shown with it."""

    duty: Duty
    label: str  # "RDS · Backups"
    titles: tuple[str, ...]  # of the pages that are linked
    team: Team | None = None  # who does it on the customer's side, where it is the customer's

    @property
    def entry(self) -> str:
        """What can be asked for: "rds/backups"."""
        return f"{self.duty.service}/{self.duty.topic}"

    @property
    def owned(self) -> str:
        """Whose it is, and why it matters."""
        return f"{statement(self.duty)} {self.duty.why}".rstrip()


def make_tip(duty: Duty, knowledge: Knowledge) -> Tip:
    """A duty's tip, with the names that people know."""
    label = knowledge.label(duty.service, duty.topic)
    titles = tuple(words.page_title(page, knowledge) for page in duty.source[:TIP_PAGES])
    team = knowledge.team_for(duty.service, duty.topic) if duty.owner is Owner.CUSTOMER else None
    return Tip(duty, label, titles, team)


def as_line(tip: Tip) -> str:
    """A tip as one line."""
    return f"{words.OWNER[tip.duty.owner]}: {tip.label} · {tip.duty.tip} {' '.join(tip.duty.source[:1])}".strip()


def as_text(tip: Tip) -> str:
    """A tip as plain text, complete on its own."""
    return "\n".join(tip_lines(tip))


def tip_lines(tip: Tip) -> Iterator[str]:
    """What a tip says, one thing a line."""
    yield f"{TIP_HEADING}: {tip.label}"
    yield tip.duty.tip or ""
    yield tip.owned
    if tip.team:
        yield f"{words.TEAM}: {tip.team.line(with_runbook=True)}"
    if not tip.duty.checked:
        yield words.UNCHECKED
    for page, title in zip(tip.duty.source[:TIP_PAGES], tip.titles, strict=True):
        yield words.cite(page, title)
    yield f"More: /srm {tip.label.replace(' · ', ' ').lower()} · other topics or times: /srm tips"


def as_blocks(tip: Tip) -> list[Block]:
    """A tip as blocks: the fact, whose it is and why it bites, the page, two buttons."""
    made = [
        section(f"*{TIP_HEADING}: {escape(tip.label)}*\n{escape(tip.duty.tip or '')}"),
        section(escape(tip.owned)),
    ]
    if small := " · ".join(footnotes(tip)):
        made.append(context(small))
    buttons = [button(Action.TIP_ENTRY, ENTRY_LABEL, tip.entry), button(Action.TIP_LESS, LESS_LABEL, tip.duty.service)]
    return [*made, {"type": "actions", "elements": buttons}]


def footnotes(tip: Tip) -> Iterator[str]:
    """The team and the page."""
    if tip.team:
        yield f"{words.TEAM}: {escape(tip.team.line(with_runbook=False))}"
        if tip.team.runbook:
            yield link(tip.team.runbook, "Runbook")
    if not tip.duty.checked:
        yield words.UNCHECKED
    yield from source_links(tip.duty.source[:TIP_PAGES], tip.titles)


def read_duty(text: str, known: Knowledge) -> Duty | None:
    """Find the duty whose tip a message of ours is, by its second line; None if it is none of today's tips."""
    heading, *rest = unescape(text).split("\n")[:2]
    if not heading.startswith(f"{TIP_HEADING}: "):
        return None
    return next((duty for duty in known.duties if duty.tip and rest == [duty.tip]), None)


def is_tip(text: str) -> bool:
    """Whether a message of ours is a tip."""
    return text.startswith(f"{TIP_HEADING}: ")


def as_message(tip: Tip) -> dict[str, Any]:
    """The parts of a Slack message."""
    return {"text": shorten_escaped(escape(as_text(tip)), TEXT_LIMIT), "blocks": as_blocks(tip)}
