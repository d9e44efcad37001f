"""What came of the runs: due, posted, lost, doubled; and lost with a word about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, fields

Key = tuple[str, int]  # a channel and a second


@dataclass
class Tally:
    """What came of some runs."""

    runs: int = 0
    expected: int = 0
    posted: int = 0
    said: int = 0  # not posted, and the store says that it is not sure of it
    extra: int = 0  # posted although it was called off, and the answer said that this may happen
    lost: int = 0  # not posted, and nobody says so
    doubled: int = 0  # posted twice; or never wanted
    wrong: list[str] = field(default_factory=list)  # where, so that it can be looked into

    def add(self, where: str, expected: set[Key], posted: Counter[Key], doubtful: Collection[Key] = ()) -> None:
        """Count one run."""
        self.runs += 1
        self.expected += len(expected)
        self.posted += posted.total()
        missing = {key for key in expected if not posted[key]}
        unwanted = {key for key in posted if key not in expected}
        lost = len(missing - set(doubtful))
        doubled = sum(times - 1 for times in posted.values()) + len(unwanted - set(doubtful))
        self.said += len(missing & set(doubtful))
        self.extra += len(unwanted & set(doubtful))
        self.lost, self.doubled = self.lost + lost, self.doubled + doubled
        if lost or doubled:
            self.wrong.append(f"{where}: {lost} lost, {doubled} doubled or unwanted")

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))
