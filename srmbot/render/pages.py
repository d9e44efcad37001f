"""Pages with what rests on them -> text, or plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srmbot.model import Knowledge
from srmbot.overview.pages import pages
from srmbot.render.words import page_title


def as_text(known: Knowledge) -> str:
    """Each address at the beginning of a line; below it its title, and what rests on it."""
    return "\n".join(page_lines(known))


def page_lines(known: Knowledge) -> Iterator[str]:
    """Three lines for each page."""
    for page in pages(known):
        yield page.address
        yield f"    {page_title(page.address, known)}"
        yield f"    {' '.join(page.ids)}"


def as_json(known: Knowledge) -> dict[str, Any]:
    """Every page as plain data."""
    found = [
        {
            "page": page.address,
            "title": page_title(page.address, known),
            "duties": page.duties,
            "boundaries": page.boundaries,
            "absent": page.absent,
        }
        for page in pages(known)
    ]
    return {"pages": found, "knowledge": known.version[:7]}
