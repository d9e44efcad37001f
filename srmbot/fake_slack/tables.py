"""Tables as Slack would judge them: the plain one, and the data table, which can be sorted and turned page by page.

Limits: https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block, as of 2026-09. Whether two
data tables may stand in one message is not documented: they may not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import rich_text
from .rules import Check, Json, Rule, Walk, block_id, flag, kind_of, kinds, many, on, one_of, shape, string, whole

MOST_TABLE_COLUMNS = 20
PLAIN_ROWS, PLAIN_CELLS = 100, 10_000
DATA_ROWS, DATA_CELLS = 201, 20_000  # with the heading; it and one row are the least
CELL_LIMIT = 40_000  # characters of one cell: that of all cells applies


def number(value: Any, path: str, walk: Walk) -> None:
    """Any number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        walk.say(path, f"must be a number, is {kind_of(value)}")


CELL = kinds(
    {
        "raw_text": shape({"text": string(CELL_LIMIT)}, ("text",)),
        "raw_number": shape({"value": number, "text": string(255)}, ("value",)),
        "rich_text": shape({"elements": rich_text.ELEMENTS, "block_id": block_id}, ("elements",)),
    },
    "table cell",
)
COLUMN_SETTING = shape({"align": one_of("left", "center", "right"), "is_wrapped": flag})


def column(value: Any, path: str, walk: Walk) -> None:
    """A column's settings; null leaves them as they are."""
    if value is not None:
        COLUMN_SETTING(value, path, walk)


def counted(most: int) -> Rule:
    """A rule: one table a message, and at most so many characters in its cells."""

    def check(value: Json, path: str, walk: Walk) -> None:
        walk.tables += 1
        if walk.tables > 1:
            walk.say(path, "only one table is allowed in a message")
        elif sum(map(len, texts_in(value.get("rows")))) > most:
            walk.say(f"{path}.rows", f"all cells together have over {most} characters")

    return check


def texts_in(node: Any) -> Iterator[str]:
    """Every text in the cells of a table, however deep."""
    if isinstance(node, list):
        for each in node:
            yield from texts_in(each)
    elif isinstance(node, dict):
        for name, each in node.items():
            if name == "text" and isinstance(each, str):
                yield each
            else:
                yield from texts_in(each)


def has_heading(value: Json, path: str, walk: Walk) -> None:
    """A rule: the first row of a data table is a heading of plain cells, and every row is as long."""
    rows = [row for row in listed(value.get("rows")) if isinstance(row, list)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            walk.say(f"{path}.rows[{index}]", f"has {len(row)} cells, the heading has {len(rows[0])}")
    for index, cell in enumerate(rows[0] if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            walk.say(f"{path}.rows[0][{index}].type", "may not be rich_text in the heading")


def names_a_column(value: Json, path: str, walk: Walk) -> None:
    """A rule: the column that names the rows is there."""
    index, rows = value.get("row_header_column_index"), listed(value.get("rows"))
    if isinstance(index, int) and rows and isinstance(rows[0], list) and index >= len(rows[0]) > 0:
        walk.say(f"{path}.row_header_column_index", f"is {index}, there are {len(rows[0])} columns")


def listed(value: Any) -> list[Any]:
    """A list as it is; nothing, where another check has said that it is none."""
    return value if isinstance(value, list) else []


TABLE_FIELDS: dict[str, Check] = {
    "rows": many(many(CELL, MOST_TABLE_COLUMNS), PLAIN_ROWS),
    "column_settings": many(column, MOST_TABLE_COLUMNS),
}
TABLE_RULES: tuple[Rule, ...] = (counted(PLAIN_CELLS), on("message", "home"))
DATA_TABLE: dict[str, Check] = {
    "rows": many(many(CELL, MOST_TABLE_COLUMNS), DATA_ROWS, least=2),
    "caption": string(CELL_LIMIT),
    "page_size": whole(1, 100),
    "row_header_column_index": whole(0, MOST_TABLE_COLUMNS - 1),
}
DATA_TABLE_RULES: tuple[Rule, ...] = (counted(DATA_CELLS), has_heading, names_a_column, on("message", "home"))
