"""Markdown and Docusaurus pages -> Document: front matter aside, every table and every item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from srmbot.importing.document import Document, Item, Row, Table, strip_bullet

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
TITLE_FIELD = re.compile(r"^title:\s*(?P<title>.+?)\s*$", re.MULTILINE)
BREAK = re.compile(r"<(?:br|/li|/p)\s*/?>", re.IGNORECASE)
BULLETS = re.compile(r"(?<=\S)\s+[•▪◦‣●■]\s+|^\s*[•▪◦‣●■]\s*")
DECORATION = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d]")  # emoji and signs before a heading
MARKS = "✅✔✓❌✗✘☑✖"  # what a cell may say with one sign


def read_markdown(text: str, path: str) -> Document:
    """The tables and lists of a page.

    Args:
        text: the whole page.
        path: how it is cited.
    """
    from markdown_it import MarkdownIt

    body, title = hide_front_matter(text)
    reader = Reader(MarkdownIt("commonmark").enable("table").parse(body))
    items = tuple(reader.items)
    return Document(path, title or reader.title, tuple(reader.tables), items)


def hide_front_matter(text: str) -> tuple[str, str]:
    """A page with its front matter blanked, so that the lines keep their numbers; and the title in it."""
    found = FRONT_MATTER.match(text)
    if not found:
        return text, ""
    title = TITLE_FIELD.search(found["fields"])
    blank = "\n" * found[0].count("\n")
    return blank + text[found.end() :], plain(title["title"].strip("'\"")) if title else ""


class Reader:
    """Walks through the tokens of a page, and keeps the headings that it is under."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        """Read all of them."""
        self.headings: list[tuple[int, str]] = []  # with their level
        self.above: list[str] = []  # the items that the list is inside of
        self.lead = ""  # the paragraph just before, if it announces a list
        self.title = ""
        self.tables: list[Table] = []
        self.items: list[Item] = []
        self.read(tokens)

    @property
    def path(self) -> tuple[str, ...]:
        """The headings above, the highest first, and what announces or holds the list."""
        return (*(text for _, text in self.headings), *filter(None, [self.lead]), *self.above)

    def read(self, tokens: Sequence[Token]) -> None:
        """Read some tokens in their order."""
        for token, inside in blocks(tokens):
            if token.type == "heading_open":
                self.enter(int(token.tag[1:]), inline_text(inside))
            elif token.type == "table_open":
                self.tables.append(read_table(inside, self.path))
            elif token.type in ("bullet_list_open", "ordered_list_open"):
                self.read_list(inside)
            elif token.type == "paragraph_open":
                self.read_paragraph(inside, line_of(token))
            elif token.type == "blockquote_open":
                self.read(inside)

    def enter(self, level: int, text: str) -> None:
        """Go below a heading."""
        self.lead = ""
        self.headings = [each for each in self.headings if each[0] < level] + [(level, text)]
        self.title = self.title or text

    def read_paragraph(self, inside: Sequence[Token], line: int) -> None:
        """A paragraph: what announces the list after it, or text."""
        text = inline_text(inside)
        announces = text.endswith(":") or is_bold(inside)
        self.lead = text.rstrip(": ") if announces and len(text) <= 120 else ""
        if not self.lead and text:
            self.items.append(Item(self.path, text, line, is_list=False))

    def read_list(self, tokens: Sequence[Token]) -> None:
        """The items of a list, and of those inside of it."""
        for token, inside in blocks(tokens):
            nested = next((n for n, each in enumerate(inside) if each.type.endswith("_list_open")), len(inside))
            own, lists = inside[:nested], inside[nested:]
            text = inline_text(own)
            if lists:
                self.above.append(text.rstrip(": "))
                self.read(lists)
                self.above.pop()
            elif text and not is_link(own):
                self.items.append(Item(self.path, strip_bullet(text), line_of(token)))


def blocks(tokens: Sequence[Token]) -> Iterator[tuple[Token, Sequence[Token]]]:
    """The tokens that stand beside each other, each with those inside of it."""
    at = 0
    while at < len(tokens):
        end = closing(tokens, at)
        yield tokens[at], tokens[at + 1 : end]
        at = end + 1


def closing(tokens: Sequence[Token], at: int) -> int:
    """The number of the token that closes one; its own for one that closes itself."""
    if tokens[at].nesting != 1:
        return at
    depth = 0
    for number in range(at, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens) - 1


def read_table(tokens: Sequence[Token], headings: tuple[str, ...]) -> Table:
    """A table with its rows."""
    columns, *rows = table_rows(tokens)
    return Table(headings, columns.cells, tuple(row for row in rows if any(row.cells)), columns.line)


def table_rows(tokens: Sequence[Token]) -> Iterator[Row]:
    """Every row of a table, that of the headings first."""
    for _, rows in blocks(tokens):  # of the head, and of the body
        for _, inside in blocks(rows):
            cells = [token for token in inside if token.type == "inline"]
            line = line_of(cells[0]) if cells else 0
            yield Row(tuple(plain_inline(cell) for cell in cells), line)


def inline_text(tokens: Sequence[Token]) -> str:
    """The text of some tokens, in one line."""
    return " ".join(" ".join(plain_inline(token).split()) for token in tokens if token.type == "inline").strip()


def is_bold(tokens: Sequence[Token]) -> bool:
    """Whether a paragraph is written in bold from end to end, as a heading would be."""
    children = [child for token in tokens for child in token.children or () if child.content or child.nesting]
    return len(children) > 2 and children[0].type == "strong_open" and children[-1].type == "strong_close"


def is_link(tokens: Sequence[Token]) -> bool:
    """Whether an item is a link and nothing else: it leads to more, and says nothing."""
    children = [child for token in tokens for child in token.children or () if child.content.strip() or child.nesting]
    return len(children) > 1 and children[0].type == "link_open" and children[-1].type == "link_close"


def plain_inline(token: Token) -> str:
    """A token's text as a person reads it; a break is a new line."""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" " if child.type == "softbreak" else "\n")
        elif child.type == "html_inline" and BREAK.match(child.content):
            parts.append("\n")
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return plain("".join(parts))


def plain(text: str) -> str:
    """A text without decoration; bullets in a row are lines."""
    text = BULLETS.sub("\n", text)
    if text.strip() not in MARKS:
        text = DECORATION.sub("", text) if not any(mark in text for mark in MARKS) else text
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def line_of(token: Token) -> int:
    """The line that a token begins in, counted from 1."""
    return token.map[0] + 1 if token.map else 0
