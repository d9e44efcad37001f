"""Matrices and comparisons -> text with a table in a code block, short enough for one message of Slack's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from srmbot.model import Knowledge
from srmbot.overview.comparison import Comparison, compare
from srmbot.render import table
from srmbot.render.blocks import SECTION_LIMIT, escape
from srmbot.render.comparison import MOVES, STAYS, UNKNOWN, comparison_rows, summary
from srmbot.render.matrix import ABSENT, EMPTY, LEGEND, matrix_rows
from srmbot.render.statement import listed, lower_first

WIDEST = 66  # characters of a line in a code block; longer ones are wrapped on most screens
LETTERS = {"AWS": "A", "you": "y", "both": "b"}  # small and large, so that they differ at a glance
LETTERS_LEGEND = f"A: AWS. y: you. b: both. {ABSENT}: does not exist there. {EMPTY}: nothing is known."


def matrix_text(known: Knowledge, services: Sequence[str]) -> str:
    """Whose each topic is on as many of some services as a message has room for."""
    return fit(known, services, lambda fewer: code_table(matrix_rows(known, fewer)))


def comparison_text(known: Knowledge, found: Comparison) -> str:
    """What moves as a table, and what stays as a sentence."""
    return fit(known, found.services, lambda fewer: compared(known, compare(known, fewer)))


def fit(known: Knowledge, services: Sequence[str], show: Callable[[Sequence[str]], str]) -> str:
    """What is shown of the first services, of as many as fit, and which are left out."""
    text = show(services)
    for count in range(len(services) - 1, 0, -1):
        if len(escape(text)) <= SECTION_LIMIT:
            break
        left_out = listed([known.services[slug].name for slug in services[count:]])
        text = f"{show(services[:count])}\nNo room for {left_out}; name fewer services."
    return text


def compared(known: Knowledge, found: Comparison) -> str:
    """The comparison of so many services, however long."""
    parts = summary(known, found)
    if found.moving:
        parts.append(f"{MOVES}:\n{code_table(comparison_rows(known, found, found.moving))}")
    for title, rows in ((STAYS, found.staying), (UNKNOWN, found.unknown)):
        if rows:
            parts.append(f"{title}: {listed([lower_first(known.topics[row.topic].title) for row in rows])}.")
    return "\n".join(parts)


def code_table(rows: Sequence[Sequence[str]]) -> str:
    """A table in a code block with its legend: in words, or with a letter for each owner where it is too wide."""
    if table.fits(rows, WIDEST):
        return f"```\n{table.as_columns(rows)}\n```\n{LEGEND}"
    (_, *names), *rest = rows
    numbers = [str(number) for number in range(1, len(names) + 1)]
    short = [[title, *(LETTERS.get(cell, cell) for cell in cells)] for title, *cells in rest]
    key = ", ".join(f"{number} {name}" for number, name in zip(numbers, names, strict=True))
    return f"```\n{table.as_columns([['', *numbers], *short], gap=' ')}\n```\n{key}\n{LETTERS_LEGEND}"
