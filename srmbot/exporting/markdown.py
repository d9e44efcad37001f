"""Knowledge -> Markdown pages that Docusaurus renders as they are: one a service, and an index."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from srmbot.exporting.columns import PAGE_COLUMNS, Cell, Column, by_topic, filled
from srmbot.exporting.matrix import grouped, matrix_rows
from srmbot.model import Duty, Knowledge

SIGNS = re.compile(r"([\\`*_{}\[\]<>|#~$])")  # what Markdown, or MDX, would read as more than text
MARKER = re.compile(r"^(?=[-+=:]|\d+[.)])")


def export_markdown(known: Knowledge, services: Sequence[str]) -> Mapping[str, str]:
    """The pages by their names."""
    pages = {f"{slug}.md": service_page(known, slug, at) for at, slug in enumerate(services, 2)}
    return {"index.md": index_page(known, services), **pages}


def index_page(known: Knowledge, services: Sequence[str]) -> str:
    """The index: for each kind of service a table, with a row for each topic and a column for each service."""
    lines = list(front_matter("Who does what on AWS", "Overview", 1))
    for title, slugs in grouped(known, services):
        lines += [f"## {escape(title)}", ""]
        lines += table(["Topic", *(service_link(known, slug) for slug in slugs)], index_rows(known, slugs))
    return "\n".join(lines)


def index_rows(known: Knowledge, services: Sequence[str]) -> Iterator[Sequence[str]]:
    """The rows of the index."""
    for topic, cells in matrix_rows(known, services):
        yield [escape(known.topics[topic].title), *cells]


def service_link(known: Knowledge, slug: str) -> str:
    """A link to a service's page."""
    return f"[{escape(known.services[slug].name)}]({slug}.md)"


def service_page(known: Knowledge, slug: str, position: int) -> str:
    """The page of a service: its topics as headings, a table of duties below each."""
    service = known.services[slug]
    lines = [*front_matter(service.full_name, service.name, position), escape(service.line), ""]
    for topic, duties in by_topic(known, slug).items():
        lines += [f"## {escape(known.topics[topic].title)}", "", *duty_table(duties)]
    return "\n".join(lines)


def front_matter(title: str, label: str, position: int) -> Iterator[str]:
    """What Docusaurus reads of a page, and its heading."""
    yield from ("---", f"title: {quote(title)}", f"sidebar_label: {quote(label)}", f"sidebar_position: {position}")
    yield from ("---", "", f"# {escape(title)}", "")


def duty_table(duties: Sequence[Duty]) -> Iterator[str]:
    """Some duties as a table, of the columns that any of them fills."""
    columns = filled(PAGE_COLUMNS, duties)
    yield from table([each.heading for each in columns], [duty_row(columns, duty) for duty in duties])


def duty_row(columns: Sequence[Column], duty: Duty) -> Sequence[str]:
    """One duty as cells."""
    return [cell_text(each.read(duty)) for each in columns]


def cell_text(cell: Cell) -> str:
    """A cell: several texts are lines; an address is a link."""
    lines = [cell] if isinstance(cell, str) else cell
    return "<br/>".join(address(line) if line.startswith("https://") else escape(line) for line in lines)


def address(page: str) -> str:
    """A page as a link that shows its address."""
    target = page.replace("(", "%28").replace(")", "%29").replace("\\", "%5C").replace("|", "%7C")
    return f"[{escape(page)}]({target})"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]] | Iterator[Sequence[str]]) -> Iterator[str]:
    """A table, and a blank line."""
    yield f"| {' | '.join(headings)} |"
    yield f"|{'---|' * len(headings)}"
    yield from (f"| {' | '.join(cells)} |" for cells in rows)
    yield ""


def escape(text: str) -> str:
    """Text that means nothing else to Markdown and to MDX."""
    return MARKER.sub(r"\\" if not text[:1].isdigit() else "", SIGNS.sub(r"\\\1", text.replace("&", "&amp;")))


def quote(text: str) -> str:
    """A text as YAML reads it."""
    return "'" + text.replace("'", "''") + "'"
