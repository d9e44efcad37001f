"""Tables -> nodes: the plain one, and the data table, which page/tables.js sorts and turns page by page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat
from typing import Any

from .context import DrawContext
from .rich_text import rich_text
from .tree import Element, Node, h

Json = dict[str, Any]

DRAWN_COLUMNS = 20
DEFAULT_PAGE_SIZE = 5  # rows of a data table that does not say how many


def table(given: Json, ink: DrawContext) -> Element:
    """Rows and columns; the first row is the heading."""
    first, *rest = [[cell(each, ink) for each in row] for row in given.get("rows", [])] or [[]]
    classes = list(islice(column_classes(given.get("column_settings") or []), DRAWN_COLUMNS))
    head = h("thead", h("tr", *[h("th", *each, scope="col") for each in first]))
    lines = [[h("td", *each, class_=shown) for each, shown in zip(row, classes, strict=False)] for row in rest]
    body = h("tbody", *[h("tr", *line) for line in lines])
    return h("div", h("table", head, body), class_="b-table", tabindex=0, role="group", aria_label="Table")


def column_classes(settings: list[Json | None]) -> Iterator[str]:
    """How the cells of each column are shown: on one line unless they are wrapped."""
    for each in settings:
        kept = each or {}
        yield " ".join(filter(None, ("" if kept.get("is_wrapped") else "unwrapped", kept.get("align"))))
    yield from repeat("unwrapped")


def cell(given: Json, ink: DrawContext) -> list[Node]:
    """What is in a table's cell."""
    if given.get("type") == "rich_text":
        return [rich_text(given, ink)]
    return [str(given.get("text", given.get("value", "")))]


def data_table(given: Json, ink: DrawContext) -> Element:
    """A caption, headings to sort by, rows that have a heading too, and pages where not all rows are on one."""
    caption, (first, *rest) = str(given.get("caption", "")), given.get("rows") or [[]]
    size = int(given.get("page_size", DEFAULT_PAGE_SIZE)) if ink.live else len(rest)
    head = h("thead", h("tr", *[heading(each, number, ink) for number, each in enumerate(first)]))
    rows = [data_row(row, int(given.get("row_header_column_index", 0)), ink, at >= size) for at, row in enumerate(rest)]
    made = h("table", h("caption", caption), head, h("tbody", *rows))
    scrolls = h("div", made, class_="b-table", tabindex=0, role="group", aria_label=caption)
    return h("div", scrolls, pages(len(rest), size), class_="b-data", data_size=size)


def heading(given: Json, number: int, ink: DrawContext) -> Element:
    """The heading of a column; a click on it sorts the rows."""
    said = cell(given, ink)
    if not ink.live:
        return h("th", *said, scope="col")
    sort = h("button", *said, type="button", class_="sort", data_act="sort", data_column=number)
    return h("th", sort, scope="col", aria_sort="none")


def data_row(given: list[Json], named_by: int, ink: DrawContext, hidden: bool) -> Element:
    """A row, with the cell that names it."""
    cells = [data_cell(each, ink, names=at == named_by) for at, each in enumerate(given)]
    return h("tr", *cells, hidden=hidden)


def data_cell(given: Json, ink: DrawContext, names: bool) -> Element:
    """A cell; a number is sorted by its value."""
    is_number = given.get("type") == "raw_number"
    about = {"class_": "number", "data_value": given.get("value")} if is_number else {}
    return h("th" if names else "td", *cell(given, ink), scope="row" if names else None, **about)


def pages(count: int, size: int) -> Element | None:
    """What turns the pages, and says which rows are shown; nothing where one has them all."""
    if count <= size:
        return None
    before = h("button", "‹", type="button", class_="icon", data_act="page", data_step=-1, aria_label="Earlier rows")
    after = h("button", "›", type="button", class_="icon", data_act="page", data_step=1, aria_label="Later rows")
    return h("div", before, h("span", f"1–{size} of {count}", role="status"), after, class_="pages")
