"""How much is known of each service -> text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from srmbot.model import Knowledge
from srmbot.overview.coverage import Coverage, coverage, share
from srmbot.overview.groups import DATABASES, GROUPS, services_by_group
from srmbot.overview.standing import Status
from srmbot.render import table
from srmbot.render.statement import lower_first

COVERAGE_HEADER = ("", "own", "inherited", "absent", "empty", "inherited from")


def as_text(known: Knowledge, width: int) -> str:
    """A row for each service by its group, then the share of the databases, and what is empty there."""
    groups = services_by_group(known)
    found = {group: list(coverage(known, [each.slug for each in services])) for group, services in groups.items()}
    rows = [list(COVERAGE_HEADER), *(row(known, each) for group in found.values() for each in group)]
    return "\n".join([table.as_columns(rows), "", *database_lines(known, found.get(DATABASES, []), width)])


def row(known: Knowledge, found: Coverage) -> list[str]:
    """One service in numbers."""
    counts = (str(found.count(status)) for status in (Status.OWN, Status.INHERITED, Status.ABSENT, Status.EMPTY))
    lenders = ", ".join(f"{known.services[slug].name} {number}" for slug, number in found.lenders.items())
    return [known.services[found.service].name, *counts, lenders]


def database_lines(known: Knowledge, found: Sequence[Coverage], width: int) -> Iterator[str]:
    """The share of the databases' cells that say something, and those that do not."""
    filled, cells = share(found)
    if cells:
        yield f"{GROUPS[DATABASES]}: {filled} of {cells} cells are filled or absent ({100 * filled / cells:.1f} %)."
    for each in found:
        if each.empty:
            empty = ", ".join(lower_first(known.topics[topic].title) for topic in each.empty)
            yield table.indent(f"  empty on {known.services[each.service].name}: {empty}", width, by="    ")
