"""Rows of short texts -> the blocks that Slack draws as tables, where they keep to its limits.

A data table can be sorted and has a caption and names for its rows, which screen readers say; a plain one can wrap
sentences. https://docs.slack.dev/reference/block-kit/blocks/data-table-block and …/table-block
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Block = dict[str, Any]
Row = Sequence[str]

DATA_TABLE, TABLE = TABLES = ("data_table", "table")  # the better first
MOST_ROWS = 100  # with the heading
MOST_COLUMNS = 20
MOST_CHARACTERS = 10_000  # in all cells of a message
PAGE_ROWS = 100  # rows that are shown at once, the most that Slack takes


def fits_table(rows: Sequence[Row]) -> bool:
    """Whether Slack takes rows as a table: a heading and more, and no cell blank."""
    texts = [text for row in rows for text in row]
    small = 2 <= len(rows) <= MOST_ROWS and len(rows[0]) <= MOST_COLUMNS
    return small and all(texts) and sum(map(len, texts)) <= MOST_CHARACTERS


def plain_table(rows: Sequence[Row], columns: Sequence[Block] = ()) -> Block:
    """Build a table whose first row is the heading.

    Args:
        rows: that fit.
        columns: how each is aligned, and whether it wraps; as Slack does it, where nothing is said.
    """
    settings = {"column_settings": list(columns)} if columns else {}
    return {"type": TABLE, **settings, "rows": [as_cells(row) for row in rows]}


def data_table(rows: Sequence[Row], caption: str) -> Block:
    """Build a table that can be sorted, all of it on one page; the first column says what each row is about."""
    about = {"caption": caption, "page_size": PAGE_ROWS, "row_header_column_index": 0}
    return {"type": DATA_TABLE, **about, "rows": [as_cells(row) for row in rows]}


def as_cells(row: Row) -> list[Block]:
    """The cells of a row, which show their text as it is."""
    return [{"type": "raw_text", "text": text} for text in row]
