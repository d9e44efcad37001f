"""Draft -> which files rest on old pages: no fault, but something to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from srmbot.knowledge.draft import Draft
from srmbot.overview.age import is_old

SHOWN_FILES = 10  # files that are named, those with the most first; the others are counted


@dataclass(frozen=True, slots=True)
class StaleFile:
    """A file of duties, and how many of them rest on old pages."""

    path: str
    old: int
    duties: int
    oldest: str  # "2022-01"

    def __str__(self) -> str:
        return (
            f"{self.path}: {self.old} of {self.duties} duties rest on pages older than two years, back to {self.oldest}"
        )


def find_stale(found: Draft, now: date, passed_over: Collection[str] = ()) -> list[StaleFile]:
    """Every file with duties that rest on old pages, the one with the most first.

    Args:
        found: what was read.
        now: the day that ages are counted from.
        passed_over: paths of files that are not looked at.
    """
    vintages: dict[str, list[str | None]] = {}
    for row in found.duties:
        if row.at.path not in passed_over:
            vintages.setdefault(row.at.path, []).append(row.text("as_of"))
    stale = []
    for path, all_of_it in vintages.items():
        if old := [as_of for as_of in all_of_it if as_of and is_old(as_of, now)]:
            stale.append(StaleFile(path, len(old), len(all_of_it), min(old)))
    return sorted(stale, key=lambda each: (-each.old, each.path))


def stale_lines(stale: Sequence[StaleFile]) -> Iterator[str]:
    """A line for each of the first files, and one that counts the others."""
    yield from (f"warning: {each}" for each in stale[:SHOWN_FILES])
    if rest := stale[SHOWN_FILES:]:
        yield f"warning: {len(rest)} more files have {sum(each.old for each in rest)} such duties"
