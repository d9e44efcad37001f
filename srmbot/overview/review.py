"""Knowledge -> the entries that somebody should look at again: with old pages, or never checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from srmbot.model import Duty, Entry, Knowledge
from srmbot.overview.age import is_old


@dataclass(frozen=True, slots=True)
class DueEntry:
    """An entry that is due for review."""

    entry: Entry
    oldest: str | None  # vintage of its oldest page that is old: "2023-06"
    unchecked: int  # duties that nobody has read in an AWS page


def due_entries(known: Knowledge, now: date) -> Sequence[DueEntry]:
    """Every entry that is due for review: those never checked first, then the oldest.

    Args:
        known: all of it.
        now: the day that ages are counted from.
    """
    found = []
    for entry in known.entries.values():
        old = [duty.as_of for duty in entry.duties if duty.as_of and is_old(duty.as_of, now)]
        unchecked = sum(map(is_unchecked, entry.duties))
        if old or unchecked:
            found.append(DueEntry(entry, min(old, default=None), unchecked))
    return sorted(found, key=lambda each: (not each.unchecked, each.oldest or "9999", each.entry.id))


def is_unchecked(duty: Duty) -> bool:
    """Whether nobody has read a duty in an AWS page."""
    return not duty.checked
