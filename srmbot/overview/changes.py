"""Knowledge before and after -> what changed between them, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from srmbot.model import Knowledge
from srmbot.overview.standing import Standing, Status, standing

PLACE_FIELD = "at"  # the field that says where a record is written: it changes with every line above it


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record: the texts that it no longer has, and those that are new."""

    field: str
    gone: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that is there before and after."""

    id: str
    before: Any
    after: Any
    fields: tuple[FieldChange, ...]

    def of(self, field: str) -> FieldChange | None:
        """The change of one field; None where it is the same."""
        return next((each for each in self.fields if each.field == field), None)


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """What became of the records of one kind."""

    kind: str  # "duties"
    added: Mapping[str, Any]  # by id
    gone: Mapping[str, Any]
    changed: tuple[RecordChange, ...]

    @property
    def any(self) -> bool:
        """Whether anything did."""
        return bool(self.added or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two states of the knowledge."""

    moved: tuple[tuple[Standing, Standing], ...]  # topics of a service that stand otherwise than before
    records: tuple[RecordChanges, ...]  # services first, teams last

    def of(self, kind: str) -> RecordChanges:
        """What became of the records of one kind."""
        return next(each for each in self.records if each.kind == kind)

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.moved) or any(each.any for each in self.records)


def find_changes(before: Knowledge, after: Knowledge) -> Changes:
    """Everything that changed; example questions, titles and names of what is not covered are not compared."""
    old, new = records_by_kind(before), records_by_kind(after)
    return Changes(
        tuple(moved_standings(before, after)),
        tuple(compare_records(kind, old[kind], new[kind]) for kind in old),
    )


def records_by_kind(known: Knowledge) -> Mapping[str, Mapping[str, Any]]:
    """Every record by its kind and its id."""
    return {
        "services": known.services,
        "topics": known.topics,
        "duties": known.by_id,
        "boundaries": {each.id: each for each in known.boundaries},
        "absent topics": {f"{each.service}/{each.topic}": each for each in known.absent},
        "teams": {f"{each.service or 'any'}/{each.topic or 'any'}": each for each in known.teams},
    }


def moved_standings(before: Knowledge, after: Knowledge) -> Iterator[tuple[Standing, Standing]]:
    """The topics that had an owner on a service, or did not exist there, and that now stand otherwise."""
    for service in before.services:
        for topic in before.topics:
            if service in after.services and topic in after.topics:
                old, new = standing(before, service, topic), standing(after, service, topic)
                if old.status is not Status.EMPTY and (old.owner, bool(old.because)) != (new.owner, bool(new.because)):
                    yield old, new


def compare_records(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> RecordChanges:
    """What became of the records of one kind."""
    changed = (
        RecordChange(each, before[each], after[each], tuple(field_changes(before[each], after[each])))
        for each in before
        if each in after
    )
    return RecordChanges(
        kind,
        {each: after[each] for each in after if each not in before},
        {each: before[each] for each in before if each not in after},
        tuple(each for each in changed if each.fields),
    )


def field_changes(before: Any, after: Any) -> Iterator[FieldChange]:
    """The fields that differ between two records; the order of a list's texts counts, too."""
    for each in fields(before):
        old, new = texts_of(getattr(before, each.name)), texts_of(getattr(after, each.name))
        if old != new and each.name != PLACE_FIELD:
            gone = tuple(text for text in old if text not in new)
            added = tuple(text for text in new if text not in old)
            yield FieldChange(each.name, gone, added) if gone or added else FieldChange(each.name, old, new)


def texts_of(value: Any) -> tuple[str, ...]:
    """A field's value as texts: none where it is not given."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("true" if value else "false",)
    return () if value is None else (str(value),)
