"""Knowledge -> one JSON object, with the fields of the knowledge folder: all that is known but how people ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from srmbot.model import Knowledge

OWN_FIELDS = ("service", "at")  # of a record: its file's name, and its place
Record = dict[str, Any]


def export_json(known: Knowledge, services: Sequence[str]) -> Mapping[str, str]:
    """The one file."""
    return {"knowledge.json": json.dumps(as_data(known, services), ensure_ascii=False, indent=1) + "\n"}


def as_data(known: Knowledge, services: Sequence[str]) -> Record:
    """The knowledge of some services as plain data; topics, teams, pages and names are there for all."""
    wanted = set(services)
    return {
        "knowledge": known.version[:7],
        "services": [as_record(known.services[slug]) for slug in services],
        "topics": [as_record(each) for each in known.topics.values()],
        "duties": by_service(known.duties, wanted),
        "boundaries": by_service(known.boundaries, wanted),
        "absent": by_service(known.absent, wanted),
        "teams": [as_record(each, but=()) for each in known.teams],
        "pages": [{"page": page, "title": title} for page, title in known.titles.items()],
        "elsewhere": [{"name": name} for name in known.not_aws],
        "uncovered": list(uncovered(known)),
    }


def by_service(rows: Sequence[Any], wanted: set[str]) -> dict[str, list[Record]]:
    """Records by the service that they are of."""
    found: dict[str, list[Record]] = {}
    for row in rows:
        if row.service in wanted:
            found.setdefault(row.service, []).append(as_record(row))
    return found


def as_record(row: Any, but: Sequence[str] = OWN_FIELDS) -> Record:
    """A value of the model as the record that it was written as: without what is not given."""
    assert is_dataclass(row)
    values = ((each.name, plain(getattr(row, each.name))) for each in fields(row) if each.name not in but)
    record = {name: value for name, value in values if value not in (None, [], "")}
    if "id" in record:
        record["id"] = record["id"].partition(".")[2]
    for flag, usual in (("checked", True), ("helper", False)):
        if record.get(flag) is usual:
            del record[flag]
    return record


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def uncovered(known: Knowledge) -> Iterator[Record]:
    """The services without duties, each with what else it is called."""
    names: dict[str, list[str]] = {}
    for alias, name in known.uncovered.items():
        names.setdefault(name, []).append(alias)
    for name, aliases in names.items():
        others = [alias for alias in aliases if alias != name.lower()]
        yield {"name": name, **({"aliases": others} if others else {})}
