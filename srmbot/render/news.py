"""The hashes of an earlier version of the knowledge -> what is new since, in lines."""

from __future__ import annotations

from collections.abc import Iterator

from srmbot.model import Duty, Knowledge, Owner
from srmbot.overview.news import Hashes, hash_records
from srmbot.render.words import WHOSE


def news_lines(before: Hashes, known: Knowledge) -> Iterator[str]:
    """What is new in the knowledge: whose a topic is first, then new and changed duties and boundaries.

    Args:
        before: of the version before, as `hash_records` gave it.
        known: as it is now.
    """
    now = hash_records(known)
    changed = [each for each in now if now[each] != before.get(each)]
    yield from (moved_line(each, before[each], now[each], known) for each in changed if "/" in each and each in before)
    duties = [known.by_id[each] for each in changed if each in known.by_id]
    yield from (f"New: {duty_line(duty, known)}" for duty in duties if duty.id not in before)
    yield from (f"Changed: {duty_line(duty, known)}" for duty in duties if duty.id in before)
    for boundary in known.boundaries:
        if now[boundary.id] != before.get(boundary.id):
            yield f"{'Changed' if boundary.id in before else 'New'}: “{boundary.belief}”: {boundary.reply}"
    yield from (f"Gone: {each}" for each in before if each not in now and "/" not in each)


def moved_line(key: str, old: str, new: str, known: Knowledge) -> str:
    """That a topic of a service is another's now: "RDS · Backups: AWS → both"."""
    service, _, topic = key.partition("/")
    return f"{known.label(service, topic)}: {WHOSE[Owner(old)]} → {WHOSE[Owner(new)]}"


def duty_line(duty: Duty, known: Knowledge) -> str:
    """A duty with what it is about."""
    return f"{known.label(duty.service, duty.topic)}: {duty.duty}"
