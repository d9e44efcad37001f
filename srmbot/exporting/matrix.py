"""Knowledge, services -> the index: whose each topic is on each service, with who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from srmbot.exporting.columns import OWNER_NAMES
from srmbot.model import GENERAL, Knowledge, Owner
from srmbot.overview.groups import GROUPS, OTHERS, services_by_group

WHOSE_CELL = {**OWNER_NAMES, Owner.SHARED: "Both"}
NO_ENTRY = "—"


def grouped(known: Knowledge, services: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """The services of each kind, under its title: one table of all of them would be too wide to read."""
    for group, members in services_by_group(known).items():
        slugs = [each.slug for each in members if each.slug in services]
        if slugs:
            yield GROUPS.get(group, OTHERS.capitalize()), slugs
    if GENERAL in services:
        yield "Every service", [GENERAL]


def matrix_rows(known: Knowledge, services: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Each topic that any of the services has, with whose it is on each."""
    for topic in known.topics:
        cells = [whose(known, service, topic) for service in services]
        if any(cell != NO_ENTRY for cell in cells):
            yield topic, cells


def whose(known: Knowledge, service: str, topic: str) -> str:
    """Whose a topic is on a service: by its own duties, or by those that it inherits."""
    entry = known.covering(service, topic)
    return WHOSE_CELL[entry.owner] if entry else NO_ENTRY
