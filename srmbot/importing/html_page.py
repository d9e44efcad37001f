"""HTML pages -> Document: every table and every item of a list, under their headings."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from srmbot.importing.document import Document, Item, Row, Table, strip_bullet
from srmbot.importing.markdown import plain

HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SKIPPED = ("script", "style", "nav", "footer", "template")


def read_html(text: str, path: str) -> Document:
    """The tables and lists of a page."""
    reader = PageReader()
    reader.feed(text)
    reader.close()
    return Document(path, reader.title, tuple(reader.tables), tuple(reader.items))


class PageReader(HTMLParser):
    """Reads a page from its beginning to its end."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        super().__init__(convert_charrefs=True)
        self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.tables: list[Table] = []
        self.items: list[Item] = []
        self.rows: list[Row] = []  # of the table that is open
        self.cells: list[str] = []  # of its row
        self.text: list[str] = []  # of the innermost thing that is open
        self.skipping = 0
        self.line = 0  # that the open thing begins in

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Go into a thing."""
        if tag in SKIPPED:
            self.skipping += 1
        elif tag == "br":
            self.text.append("\n")
        elif tag in ("td", "th", "li", "title", *HEADING_TAGS):
            if tag == "li" and self.text and self.in_cell:
                self.text.append("\n")
                return
            self.text, self.line = [], self.getpos()[0]
        elif tag == "table":
            self.rows = []
        elif tag == "tr":
            self.cells = []

    @property
    def in_cell(self) -> bool:
        """Whether a row is open."""
        return bool(self.cells) or bool(self.rows)

    def handle_data(self, data: str) -> None:
        """Keep the text of what is open; a new line in it is a space."""
        if not self.skipping:
            self.text.append(" ".join(data.split("\n")) if data.strip() else " ")

    def handle_endtag(self, tag: str) -> None:
        """Come out of a thing."""
        if tag in SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in ("td", "th"):
            self.cells.append(plain("".join(self.text)))
        elif tag == "tr" and self.cells:
            self.rows.append(Row(tuple(self.cells), self.line))
        elif tag == "table" and self.rows:
            columns, *rows = self.rows
            names = tuple(text for _, text in self.headings)
            self.tables.append(Table(names, columns.cells, tuple(rows), columns.line))
            self.rows, self.cells = [], []
        elif tag == "title":
            self.title = plain("".join(self.text))
        else:
            self.end_block(tag)

    def end_block(self, tag: str) -> None:
        """Come out of a heading or an item of a list."""
        text = " ".join(plain("".join(self.text)).split())
        if tag in HEADING_TAGS:
            level = HEADING_TAGS.index(tag)
            self.headings = [each for each in self.headings if each[0] < level] + [(level, text)]
        elif tag == "li" and text and not self.in_cell:
            self.items.append(Item(tuple(name for _, name in self.headings), strip_bullet(text), self.line))
        if tag in ("li", *HEADING_TAGS) and not self.in_cell:
            self.text = []
