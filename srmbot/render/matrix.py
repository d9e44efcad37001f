"""Standings of services -> whose each topic is on each of them: a table, a block for each service, or plain data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from srmbot.model import Knowledge, Owner
from srmbot.overview.standing import Standing, Status, standing, standings
from srmbot.render import table
from srmbot.render.statement import lower_first
from srmbot.render.words import WHOSE

ABSENT, EMPTY = "–", "?"
LEGEND = f"AWS, you, both: whose it is. {ABSENT}: does not exist there. {EMPTY}: nothing is known."
SayStanding = Callable[[Standing], str]
SIDE_HEADINGS = (*WHOSE.values(), "does not exist", "unknown")  # what the topics of one service are listed under


def as_text(known: Knowledge, services: Sequence[str], width: int) -> str:
    """A table where it fits so many characters, else a block for each service."""
    rows = matrix_rows(known, services)
    if table.fits(rows, width):
        return f"{table.as_columns(rows)}\n\n{LEGEND}"
    return "\n\n".join("\n".join(block_lines(known, service, width)) for service in services)


def as_markdown(known: Knowledge, services: Sequence[str]) -> str:
    """A table in Markdown."""
    return f"{table.as_markdown(matrix_rows(known, services))}\n\n{LEGEND}"


def cell(found: Standing) -> str:
    """Whose a topic is on a service, in one word or sign."""
    return say_standing(found, ABSENT, EMPTY)


def say_standing(found: Standing, absent: str, empty: str) -> str:
    """Whose a topic is on a service, or what is said where it does not exist and where nothing is known."""
    if found.owner:
        return WHOSE[found.owner]
    return absent if found.status is Status.ABSENT else empty


def matrix_rows(known: Knowledge, services: Sequence[str], say: SayStanding = cell) -> list[list[str]]:
    """The header, and a row for each topic, whose cells `say` makes."""
    header = ["", *(known.services[slug].name for slug in services)]
    topics = known.topics.values()
    return [header, *([each.title, *cells(known, services, each.slug, say)] for each in topics)]


def cells(known: Knowledge, services: Sequence[str], topic: str, say: SayStanding) -> list[str]:
    """Whose a topic is on each service."""
    return [say(standing(known, service, topic)) for service in services]


def block_lines(known: Knowledge, service: str, width: int) -> Iterator[str]:
    """One service: its name, and the topics of each owner."""
    yield known.services[service].name
    sides: dict[str, list[str]] = {side: [] for side in SIDE_HEADINGS}
    for found in standings(known, [service]):
        sides[say_standing(found, *SIDE_HEADINGS[-2:])].append(lower_first(known.topics[found.topic].title))
    for side, topics in sides.items():
        if topics:
            yield table.indent(f"  {side}: {', '.join(topics)}", width, by="    ")


def as_json(known: Knowledge, services: Sequence[str]) -> dict[str, Any]:
    """The matrix as plain data."""
    return {
        "topics": [{"topic": topic.slug, "title": topic.title} for topic in known.topics.values()],
        "services": [
            {
                "service": slug,
                "name": known.services[slug].name,
                "cells": {found.topic: cell_json(found) for found in standings(known, [slug])},
            }
            for slug in services
        ],
        "knowledge": known.version[:7],
    }


def cell_json(found: Standing) -> dict[str, str | None]:
    """One cell as plain data."""
    return {
        "owner": owner_json(found.owner),
        "status": found.status.value,
        "from": found.inherited_from,
        "because": found.because,
    }


def owner_json(owner: Owner | None) -> str | None:
    """An owner as plain data."""
    return owner.value if owner else None
