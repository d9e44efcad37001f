"""Knowledge -> a hash of each record; the hashes of an earlier version -> what is new since, in lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from srmbot.model import Duty, Knowledge, Owner
from srmbot.overview.standing import standing

SHORT = 8  # hex digits that tell one state of a record from another
OWNERS = {Owner.AWS: "AWS", Owner.CUSTOMER: "you", Owner.SHARED: "both"}
Hashes = Mapping[str, str]  # of records by their IDs; and whose each topic of a service is


def hash_records(known: Knowledge) -> dict[str, str]:
    """Hash every duty and boundary, and note whose each topic of a service is.

    Args:
        known: all of it.

    Returns:
        "rds.retention" -> a hash of what it says; "rds/backups" -> an owner.
    """
    records = {each.id: short_hash(each.duty, each.why, *each.facts, str(each.owner)) for each in known.duties}
    records |= {each.id: short_hash(each.belief, each.because, str(each.reply)) for each in known.boundaries}
    for service in known.services:
        for topic in known.topics:
            if owner := standing(known, service, topic).owner:
                records[f"{service}/{topic}"] = str(owner)
    return records


def short_hash(*texts: str) -> str:
    """A short hash of some texts."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:SHORT]


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
    return f"{known.label(service, topic)}: {OWNERS[Owner(old)]} → {OWNERS[Owner(new)]}"


def duty_line(duty: Duty, known: Knowledge) -> str:
    """A duty with what it is about."""
    return f"{known.label(duty.service, duty.topic)}: {duty.duty}"
