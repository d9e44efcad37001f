"""Knowledge <-> plain rows, for the cache and for the process that learns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import astuple, fields
from typing import Any, TypeVar

from srmbot.model import (
    AbsentTopic,
    Boundary,
    Duty,
    ExampleQuestion,
    Knowledge,
    Maintainers,
    Owner,
    Reply,
    Runs,
    Service,
    Team,
    Topic,
)

T = TypeVar("T")
ENUMS: Mapping[str, Callable[[str], Any]] = {"owner": Owner, "reply": Reply, "runs": Runs}  # by the field's name


def to_json(found: Knowledge) -> dict[str, Any]:
    """Knowledge as it is kept: plain rows, their values in the order of the fields."""
    return {
        "version": found.version,
        "services": [astuple(row) for row in found.services.values()],
        "topics": [astuple(row) for row in found.topics.values()],
        "duties": [astuple(row) for row in found.duties],
        "teams": [astuple(row) for row in found.teams],
        "boundaries": [astuple(row) for row in found.boundaries],
        "absent": [astuple(row) for row in found.absent],
        "not_aws": found.not_aws,
        "titles": found.titles,
        "uncovered": found.uncovered,
        "learned_from": found.learned_from,
        "maintainers": astuple(found.maintainers),
    }


def from_json(kept: Any, version: str) -> Knowledge | None:
    """The knowledge that `to_json` made this of; None where it is anything else."""
    try:
        if kept["version"] != version:
            return None
        return Knowledge(
            services={row[0]: read(row) for read in (reader(Service),) for row in kept["services"]},
            topics={row[0]: read(row) for read in (reader(Topic),) for row in kept["topics"]},
            duties=tuple(map(reader(Duty), kept["duties"])),
            teams=tuple(map(reader(Team), kept["teams"])),
            version=version,
            not_aws=tuple(map(str, kept["not_aws"])),
            boundaries=tuple(map(reader(Boundary), kept["boundaries"])),
            absent=tuple(map(reader(AbsentTopic), kept["absent"])),
            titles=dict(kept["titles"]),
            uncovered=dict(kept["uncovered"]),
            learned_from=str(kept["learned_from"]),
            maintainers=reader(Maintainers)(kept["maintainers"]),
        )
    except (TypeError, KeyError, ValueError, IndexError):
        return None


def reader(kind: Callable[..., T]) -> Callable[[list[Any]], T]:
    """What makes a record of a row: lists are tuples again, and texts that stand for one of a few are that."""
    names = [each.name for each in fields(kind)]  # type: ignore[arg-type]
    places = [(at, ENUMS[name]) for at, name in enumerate(names) if name in ENUMS]
    lists = [at for at, each in enumerate(fields(kind)) if str(each.type).startswith("tuple")]  # type: ignore[arg-type]

    def read(row: list[Any]) -> T:
        for at, enum in places:
            if row[at] is not None:
                row[at] = enum(row[at])
        for at in lists:
            row[at] = tuple(row[at])
        return kind(*row)

    return read


def example_to_json(example: ExampleQuestion) -> list[str | None]:
    """An example question as a plain row, its values in the order of the fields."""
    return list(astuple(example))


def example_from_json(row: list[str | None]) -> ExampleQuestion:
    """The example question that `example_to_json` made this row of."""
    return reader(ExampleQuestion)(row)
