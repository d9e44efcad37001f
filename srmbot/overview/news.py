"""Knowledge -> a hash of each record, by which what is new in a later version is seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from srmbot.model import Knowledge
from srmbot.overview.standing import standing

HASH_DIGITS = 8  # hex digits that tell one state of a record from another
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
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:HASH_DIGITS]
