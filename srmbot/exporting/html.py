"""Knowledge -> HTML pages that stand alone: one a service, and an index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from srmbot.exporting.columns import PAGE_COLUMNS, Cell, by_topic, filled
from srmbot.exporting.matrix import grouped, matrix_rows
from srmbot.model import Duty, Knowledge

STYLE_SHEET = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:0 0 2rem}"
    "th,td{border:1px solid #8888;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "th{background:#8882}@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#8cf}}"
)


def export_html(known: Knowledge, services: Sequence[str]) -> Mapping[str, str]:
    """The pages by their names."""
    return {"index.html": index_page(known, services)} | {
        f"{slug}.html": service_page(known, slug) for slug in services
    }


def index_page(known: Knowledge, services: Sequence[str]) -> str:
    """The index: for each kind of service a table, with a row for each topic and a column for each service."""
    lines = []
    for title, slugs in grouped(known, services):
        headings = ["Topic", *(f'<a href="{slug}.html">{escape(known.services[slug].name)}</a>' for slug in slugs)]
        rows = ([escape(known.topics[topic].title), *cells] for topic, cells in matrix_rows(known, slugs))
        lines += [f"<h2>{escape(title)}</h2>", *table(headings, rows)]
    return page("Who does what on AWS", lines)


def service_page(known: Knowledge, slug: str) -> str:
    """The page of a service: its topics as headings, a table of duties below each."""
    service = known.services[slug]
    lines = [f"<p>{escape(service.line)}</p>"]
    for topic, duties in by_topic(known, slug).items():
        lines += [f'<h2 id="{topic}">{escape(known.topics[topic].title)}</h2>', *duty_table(duties)]
    return page(service.full_name, lines)


def page(title: str, body: Sequence[str]) -> str:
    """A whole page."""
    return "\n".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title>\n<style>{STYLE_SHEET}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>",
            *body,
            "</body>\n</html>\n",
        )
    )


def duty_table(duties: Sequence[Duty]) -> Iterator[str]:
    """Some duties as a table, of the columns that any of them fills."""
    columns = filled(PAGE_COLUMNS, duties)
    rows = ([cell_html(each.read(duty)) for each in columns] for duty in duties)
    yield from table([escape(each.heading) for each in columns], rows)


def cell_html(cell: Cell) -> str:
    """A cell: several texts are lines; an address is a link."""
    lines = [cell] if isinstance(cell, str) else cell
    return "<br>".join(link(line) if line.startswith("https://") else escape(line) for line in lines)


def link(address: str) -> str:
    """An address as a link that shows it."""
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def table(headings: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{each}</th>' for each in headings)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    yield from (f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>" for cells in rows)
    yield "</tbody>\n</table>"
