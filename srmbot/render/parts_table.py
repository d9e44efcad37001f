"""Answer about several services or topics -> a table: which, whose, what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from srmbot.answer import Answer
from srmbot.render.point import opening, part_name
from srmbot.render.tables import fits_table, plain_table
from srmbot.render.words import OWNER

Block = dict[str, Any]

PARTS_HEADING = ("Owner", "Task")
WRAPPED, SHORT = {"align": "left", "is_wrapped": True}, {"align": "left"}
COLUMNS: Sequence[Block] = (WRAPPED, SHORT, WRAPPED)  # readable on a phone


def parts_table(answer: Answer) -> Block | None:
    """The parts of an answer side by side.

    Returns:
        A `table` block; None where lines say it better: whole services, which have no one task, two tasks of one
        topic, which have nothing to be named by, and answers to several questions, each with its own yes or no.
    """
    names = [part_name(part, answer) for part in answer.parts]
    have_tasks = bool(names) and all(part.topic for part in answer.parts)
    if answer.in_turn or not have_tasks or len(set(names)) < len(names):
        return None
    cells = [(name, *owner_and_task(part)) for name, part in zip(names, answer.parts, strict=True)]
    rows = [(first_column(answer), *PARTS_HEADING), *cells]
    return plain_table(rows, COLUMNS) if fits_table(rows) else None


def owner_and_task(part: Answer) -> tuple[str, str]:
    """Whose a part is, and what they do: one task, or that of each side."""
    assert part.owner is not None
    return OWNER[part.owner], " ".join(opening(part))


def first_column(answer: Answer) -> str:
    """What tells the parts apart."""
    if answer.service is None and answer.topic is not None:
        return "Service"
    return "Topic" if answer.service is not None else "Service · Topic"
