"""What changed between two states of the knowledge -> text: what changed its owner first, for that hurts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from srmbot.model import Knowledge, Owner, Topic
from srmbot.overview.changes import Changes, RecordChange, RecordChanges
from srmbot.overview.standing import Standing
from srmbot.render.matrix import say_standing
from srmbot.render.words import WHOSE

NO_DIFFERENCE = "No difference."
OWNED_RECORDS = ("duties", "boundaries", "absent topics")  # kinds of records that say whose something is


def as_text(found: Changes, known: Knowledge) -> str:
    """Every change, kind by kind, under a title with their number.

    Args:
        found: what changed.
        known: the later state, for the names of services and topics that are in both.
    """
    if not found.any:
        return NO_DIFFERENCE
    parts = [titled("Owner changed", list(owner_lines(found, known)))]
    for each in found.records:
        parts.append(titled(f"{each.kind.capitalize()} gone", list(record_lines(each.gone, "-"))))
        parts.append(titled(f"{each.kind.capitalize()} added", list(record_lines(each.added, "+"))))
        changed = [change for change in each.changed if rest_of(each, change)]
        lines = [line for change in changed for line in change_lines(each, change)]
        parts.append(titled(f"{each.kind.capitalize()} changed", lines, len(changed)))
    return "\n\n".join(filter(None, parts))


def titled(title: str, lines: list[str], count: int | None = None) -> str:
    """Lines under their title; nothing where there are none."""
    return "\n".join([f"{title} ({len(lines) if count is None else count}):", *lines]) if lines else ""


def owner_lines(found: Changes, known: Knowledge) -> Iterator[str]:
    """The topics that stand otherwise, then the records that say another owner, or reply otherwise."""
    for old, new in found.moved:
        yield f"  {known.label(new.service, new.topic)}: {stands(old)} → {stands(new)}"
    for kind in OWNED_RECORDS:
        for change in found.of(kind).changed:
            for field in ("owner", "reply"):
                if each := change.of(field):
                    yield f"  {change.id}: {said(each.gone)} → {said(each.added)} ({sentence_of(change.after)})"


def stands(found: Standing) -> str:
    """How a topic stands on a service, in a few words."""
    return say_standing(found, "does not exist", "nothing is known")


def said(texts: tuple[str, ...]) -> str:
    """An owner as it is said; a reply as it is."""
    [text] = texts
    return WHOSE[Owner(text)] if text in set(Owner) else text


def record_lines(records: Mapping[str, Any], sign: str) -> Iterator[str]:
    """One line for each record: its id, whose it is, what it says."""
    for name, record in records.items():
        owner = getattr(record, "owner", None)
        whose = f" ({WHOSE[owner]})" if owner else ""
        yield f"{sign} {name}{whose}: {sentence_of(record)}"


def sentence_of(record: Any) -> str:
    """What a record says, in one line."""
    if isinstance(record, Topic):
        return record.title
    names = ("duty", "belief", "because", "full_name", "team")
    return str(next(getattr(record, name) for name in names if hasattr(record, name)))


def change_lines(kind: RecordChanges, change: RecordChange) -> Iterator[str]:
    """A record's id, and below it each text that is gone and each that is new."""
    yield f"  {change.id}"
    for field in rest_of(kind, change):
        each = change.of(field)
        assert each is not None
        yield from (f"    {field} - {text}" for text in each.gone)
        yield from (f"    {field} + {text}" for text in each.added)


def rest_of(kind: RecordChanges, change: RecordChange) -> list[str]:
    """The fields that changed, without those that are listed as changes of the owner."""
    listed = ("owner", "reply") if kind.kind in OWNED_RECORDS else ()
    return [each.field for each in change.fields if each.field not in listed]
