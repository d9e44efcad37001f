"""Services side by side -> where the line between AWS and you moves, and what stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from srmbot.model import Knowledge
from srmbot.overview.comparison import Comparison, Row
from srmbot.render import table
from srmbot.render.matrix import LEGEND, SayStanding, cell, cell_json
from srmbot.render.moves import move_sentences

MOVES, STAYS, UNKNOWN = "Where the line moves", "What stays", "Not known for all"
NOTHING_MOVES = "The line is in the same place."


def as_text(known: Knowledge, found: Comparison, width: int) -> str:
    """What moves, then what stays, then what is not known; for two services in sentences first."""
    parts = [table.indent(each, width, by="") for each in summary(known, found)]
    for title, rows in titled_rows(found):
        lines = comparison_rows(known, found, rows)
        fitting = table.fits(lines, width)
        parts.append("\n".join([f"{title}:", table.as_columns(lines) if fitting else as_lines(lines, width)]))
    return "\n\n".join([*parts, table.indent(LEGEND, width, by="")])


def as_markdown(known: Knowledge, found: Comparison) -> str:
    """The same as tables in Markdown."""
    parts = [*summary(known, found)]
    for title, rows in titled_rows(found):
        parts.append(f"## {title}\n\n{table.as_markdown(comparison_rows(known, found, rows))}")
    return "\n\n".join([*parts, LEGEND])


def summary(known: Knowledge, found: Comparison) -> list[str]:
    """What moves between two services, as a paragraph; of more, whether anything does."""
    if not found.moving:
        return [NOTHING_MOVES]
    if len(found.services) != 2:
        return []
    said = " ".join(move_sentences(known, found))
    return [said] if said else []


def titled_rows(found: Comparison) -> Iterator[tuple[str, Sequence[Row]]]:
    """The topics by what becomes of them, with a title; none that has no topic."""
    for title, rows in ((MOVES, found.moving), (STAYS, found.staying), (UNKNOWN, found.unknown)):
        if rows:
            yield title, rows


def comparison_rows(
    known: Knowledge, found: Comparison, rows: Sequence[Row], say: SayStanding = cell
) -> list[list[str]]:
    """The header, and a row for each topic, whose cells `say` makes."""
    header = ["", *(known.services[slug].name for slug in found.services)]
    return [header, *([known.topics[row.topic].title, *map(say, row.standings)] for row in rows)]


def as_lines(rows: Sequence[Sequence[str]], width: int) -> str:
    """A table that is too wide as a line for each topic: "Patching: RDS you, Aurora both"."""
    (_, *names), *rest = rows
    lines = (
        f"{title}: {', '.join(f'{name} {cell}' for name, cell in zip(names, cells, strict=True))}"
        for title, *cells in rest
    )
    return "\n".join(table.indent(line, width) for line in lines)


def as_json(known: Knowledge, found: Comparison) -> dict[str, Any]:
    """The comparison as plain data."""
    kinds = {"moving": found.moving, "staying": found.staying, "unknown": found.unknown}
    return {
        "services": [{"service": slug, "name": known.services[slug].name} for slug in found.services],
        **{kind: [row_json(known, row) for row in rows] for kind, rows in kinds.items()},
        "knowledge": known.version[:7],
    }


def row_json(known: Knowledge, row: Row) -> dict[str, Any]:
    """One topic as plain data."""
    cells = {each.service: cell_json(each) for each in row.standings}
    return {"topic": row.topic, "title": known.topics[row.topic].title, "cells": cells}
