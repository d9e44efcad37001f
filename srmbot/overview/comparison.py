"""Several services -> the topics whose owner differs between them, and those whose owner stays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from srmbot.model import Knowledge, Owner
from srmbot.overview.standing import Standing, Status, standing


@dataclass(frozen=True, slots=True)
class Row:
    """One topic on each of some services, in their order."""

    topic: str
    standings: tuple[Standing, ...]

    @property
    def known(self) -> bool:
        """Whether something is known of it on every service."""
        return all(each.status is not Status.EMPTY for each in self.standings)

    @property
    def moves(self) -> bool:
        """Whether the line is elsewhere on one service than on another; a topic that one does not have counts."""
        return len({each.owner for each in self.standings}) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """Where the line between AWS and you is on several services; topics in the order of their file."""

    services: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def moving(self) -> tuple[Row, ...]:
        """The topics whose owner differs."""
        return tuple(row for row in self.rows if row.known and row.moves)

    @property
    def staying(self) -> tuple[Row, ...]:
        """The topics whose owner is the same on all."""
        return tuple(row for row in self.rows if row.known and not row.moves)

    @property
    def unknown(self) -> tuple[Row, ...]:
        """The topics of which nothing is known on one of them."""
        return tuple(row for row in self.rows if not row.known)


def compare(known: Knowledge, services: Sequence[str]) -> Comparison:
    """Every topic on some services, side by side.

    Args:
        known: what they are compared by.
        services: two slugs or more.
    """
    rows = (Row(topic, tuple(standing(known, each, topic) for each in services)) for topic in known.topics)
    return Comparison(tuple(services), tuple(rows))


def moves(found: Comparison) -> Mapping[tuple[Owner, Owner], list[str]]:
    """The topics by their owner on the first service and on the last, where both have one: also those that stay."""
    went: dict[tuple[Owner, Owner], list[str]] = {}
    for row in found.rows:
        before, after = row.standings[0].owner, row.standings[-1].owner
        if before and after:
            went.setdefault((before, after), []).append(row.topic)
    return went
