"""Knowledge -> how many topics of each service are answered for, and from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from srmbot.model import Knowledge
from srmbot.overview.standing import Standing, Status, standings


@dataclass(frozen=True, slots=True)
class Coverage:
    """How every topic stands on one service."""

    service: str
    standings: tuple[Standing, ...]

    def count(self, status: Status) -> int:
        """How many topics stand so."""
        return sum(each.status is status for each in self.standings)

    @property
    def lenders(self) -> Counter[str]:
        """How many topics are inherited, by the service that they are inherited from."""
        return Counter(each.inherited_from for each in self.standings if each.inherited_from)

    @property
    def empty(self) -> tuple[str, ...]:
        """The topics of which nothing is known."""
        return tuple(each.topic for each in self.standings if each.status is Status.EMPTY)


def coverage(known: Knowledge, services: Collection[str]) -> Iterator[Coverage]:
    """How every topic stands on each of some services."""
    return (Coverage(slug, tuple(standings(known, [slug]))) for slug in services)


def share(found: Sequence[Coverage]) -> tuple[int, int]:
    """How many cells of some services are filled or said not to exist, and how many there are."""
    cells = [each.status for one in found for each in one.standings]
    return sum(status is not Status.EMPTY for status in cells), len(cells)
