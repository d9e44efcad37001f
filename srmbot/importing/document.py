"""What every reader makes of a file: tables and lists, with the lines and the headings that they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

BLANK_CELL = re.compile(r"^(?:[-–—−_.\s]*|n/?a\.?|none|nothing|not applicable|nil|tbd|\?)$", re.IGNORECASE)
BULLET = re.compile(r"^\s*(?:[•·▪◦‣○●■*–-]|\d+[.)])\s+")
TICK = re.compile(r"^\s*[✅✔✓☑]\ufe0f?\s*(?=\w)")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    cells: tuple[str, ...]  # plain text; one with several lines is a list
    line: int

    def cell(self, number: int) -> str:
        """The text of a cell; empty where the row is too short, or says that there is nothing."""
        cell = self.cells[number] if number < len(self.cells) else ""
        return "" if is_nothing(cell) else cell


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its headings; it may have no row."""

    headings: tuple[str, ...]  # those that it stands under, the highest first
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int

    def filled(self, number: int) -> Sequence[str]:
        """The cells of a column that say something."""
        return [cell for row in self.rows if (cell := row.cell(number))]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, or a paragraph, under its headings and the items above it."""

    headings: tuple[str, ...]
    text: str
    line: int
    is_list: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A file as tables and lists, in its order."""

    path: str  # as it is cited
    title: str
    tables: tuple[Table, ...] = ()
    items: tuple[Item, ...] = ()


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing: a dash, "N/A", or no text."""
    return bool(BLANK_CELL.match(cell.strip()))


def cell_lines(cell: str) -> Sequence[tuple[str, str]]:
    """The things that a cell lists, each after the line that announces it ("Fargate:"), without bullets.

    Returns:
        Pairs of that line and the thing; nothing of a cell that says that there is nothing.
    """
    found, lead = [], ""
    for line in cell.splitlines():
        text = strip_bullet(line)
        if text.endswith(":"):
            lead = text.rstrip(": ")
        elif not is_nothing(text):
            found.append((lead, text))
    return found


def strip_bullet(line: str) -> str:
    """A line without the bullet, number or tick before it."""
    return TICK.sub("", BULLET.sub("", line)).strip()
