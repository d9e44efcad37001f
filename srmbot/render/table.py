"""Rows of texts -> a table: for a terminal, aligned and within its width, or in Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

COLUMN_GAP = "  "  # between two columns
NARROWEST_COLUMN = 24  # characters of a column whose texts are wrapped; with less they are hard to read

Row = Sequence[str]


def as_columns(rows: Sequence[Row], gap: str = COLUMN_GAP) -> str:
    """Rows as aligned columns, each as wide as its longest text.

    Args:
        rows: the header first; all of one length.
        gap: between two columns.
    """
    widths = column_widths(rows)
    return "\n".join(
        gap.join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def column_widths(rows: Sequence[Row]) -> list[int]:
    """How wide each column is, in characters."""
    return [max(map(len, column)) for column in zip(*rows, strict=True)]


def fits(rows: Sequence[Row], width: int) -> bool:
    """Whether rows as columns are no wider than so many characters."""
    widths = column_widths(rows)
    return sum(widths) + len(COLUMN_GAP) * (len(widths) - 1) <= width


def as_wrapped_columns(rows: Sequence[Sequence[Row]], width: int) -> str | None:
    """Rows whose cells have several texts, each wrapped: the first column as wide as it is, the others alike.

    Args:
        rows: the header first; a cell is its texts.
        width: characters of a line.

    Returns:
        None where the columns would be too narrow to be read.
    """
    first = max(len(text) for row in rows for text in row[0])
    others = len(rows[0]) - 1
    each = (width - first) // others - len(COLUMN_GAP)
    if each < NARROWEST_COLUMN:
        return None
    return "\n".join(line for row in rows for line in wrapped_row(row, [first, *[each] * others]))


def wrapped_row(row: Sequence[Row], widths: Sequence[int]) -> Iterator[str]:
    """The lines of one row."""
    cells = [
        [line for text in cell for line in textwrap.wrap(text, width, subsequent_indent="  " * text.startswith("- "))]
        for cell, width in zip(row, widths, strict=True)
    ]
    for number in range(max(map(len, cells))):
        parts = (cell[number] if number < len(cell) else "" for cell in cells)
        yield COLUMN_GAP.join(part.ljust(width) for part, width in zip(parts, widths, strict=True)).rstrip()


def as_markdown(rows: Sequence[Row]) -> str:
    """Rows as a table in Markdown, the header first."""
    header, *rest = rows
    return "\n".join(markdown_row(row) for row in (header, ["---"] * len(header), *rest))


def markdown_row(row: Row) -> str:
    """One row of a table in Markdown."""
    escaped = (text.replace("|", "\\|") for text in row)
    return f"| {' | '.join(escaped)} |"


def indent(text: str, width: int, by: str = "  ") -> str:
    """A text wrapped to so many characters, its first line as it is and the others indented."""
    return textwrap.fill(text, max(width, NARROWEST_COLUMN), subsequent_indent=by, break_on_hyphens=False)
