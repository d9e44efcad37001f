"""Knowledge -> every page that it rests on, with what rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from srmbot.model import Knowledge


@dataclass(frozen=True, slots=True)
class Page:
    """An address, and the ids of what rests on it."""

    address: str
    duties: list[str] = field(default_factory=list)
    boundaries: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # topics that do not exist: "dax/backups"

    @property
    def ids(self) -> list[str]:
        """Everything that rests on it."""
        return [*self.duties, *self.boundaries, *self.absent]


def pages(known: Knowledge) -> Sequence[Page]:
    """Every address, sorted; a place in a document of the organisation is none."""
    found: dict[str, Page] = {}
    elsewhere: dict[str, Page] = {}

    def page(address: str) -> Page:
        kept = found if address.startswith("https://") else elsewhere
        return kept.setdefault(address, Page(address))

    for duty in known.duties:
        for address in duty.source:
            page(address).duties.append(duty.id)
    for boundary in known.boundaries:
        for address in boundary.source:
            page(address).boundaries.append(boundary.id)
    for absent in known.absent:
        for address in absent.source:
            page(address).absent.append(f"{absent.service}/{absent.topic}")
    return [found[address] for address in sorted(found)]
