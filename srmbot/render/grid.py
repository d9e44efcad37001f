"""A grid of services and topics -> a message with a table, or with lines where Slack shows none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Self

from srmbot.render.blocks import SECTION_LIMIT, TEXT_LIMIT, Block, escape, notice, pack_lines, section, shorten_escaped
from srmbot.render.tables import DATA_TABLE, TABLE, TABLES, Row, data_table, fits_table, plain_table

FEW_COLUMNS = 3  # columns that are said one by one


class Grid(str):
    """A text that is complete on its own, line by line, and the table that says the same where one can be shown.

    Whatever shows a text can show it: a terminal, a modal, a screen reader.
    """

    __slots__ = ("above", "below", "caption", "rows")

    caption: str
    rows: Sequence[Row]
    above: Sequence[str]
    below: Sequence[str]

    def __new__(cls, caption: str, rows: Sequence[Row], above: Sequence[str] = (), below: Sequence[str] = ()) -> Self:
        """Put its text together.

        Args:
            caption: what the table shows.
            rows: the heading first; the first cell of each says what the row is about.
            above: paragraphs before the table.
            below: paragraphs after it.
        """
        made = super().__new__(cls, "\n".join((*above, f"{caption}:", *row_lines(rows), *below)))
        made.caption, made.rows, made.above, made.below = caption, rows, above, below
        return made


def row_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each row, in which every cell is said with its heading."""
    (_, *names), *rest = rows
    for title, *cells in rest:
        yield f"• {title}: {say_cells(names, cells)}"


def say_cells(names: Sequence[str], cells: Sequence[str]) -> str:
    """Cells with their headings: "RDS you, Aurora both"; of many, "both: RDS, Aurora; AWS: DynamoDB, Keyspaces"."""
    if len(names) <= FEW_COLUMNS:
        return ", ".join(f"{name} {cell}" for name, cell in zip(names, cells, strict=True))
    groups: dict[str, list[str]] = {}
    for name, cell in zip(names, cells, strict=True):
        groups.setdefault(cell, []).append(name)
    if len(groups) == 1:
        return f"{cells[0]} everywhere"
    return "; ".join(f"{cell}: {', '.join(those)}" for cell, those in groups.items())


def as_message(grid: Grid, tables: Collection[str] = TABLES) -> dict[str, Any]:
    """The parts of a Slack message.

    Args:
        grid: any.
        tables: the types of tables that are shown where it goes.
    """
    shown = as_table(grid, tables)
    if shown is None:
        return notice(grid)
    blocks = [*paragraphs(grid.above), shown, *paragraphs(grid.below)]
    return {"text": shorten_escaped(escape(grid), TEXT_LIMIT), "blocks": blocks}


def as_table(grid: Grid, tables: Collection[str]) -> Block | None:
    """The best table that is shown; None where none is, or it would be too large."""
    if not fits_table(grid.rows):
        return None
    if DATA_TABLE in tables:
        return data_table(grid.rows, grid.caption)
    return plain_table(grid.rows) if TABLE in tables else None


def paragraphs(texts: Sequence[str]) -> list[Block]:
    """Texts as sections, as few as they fit in."""
    return [section(part) for part in pack_lines(map(escape, texts), SECTION_LIMIT)]
