"""JSON that was exported -> the records of knowledge files, as they were written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from srmbot.errors import SrmbotError
from srmbot.exporting.data import as_data
from srmbot.importing.yaml_text import record_text
from srmbot.knowledge.draft import Draft
from srmbot.model import Knowledge

LISTS = ("services", "topics", "teams", "pages", "elsewhere", "uncovered")  # kinds of which there is one file
PER_SERVICE = ("duties", "boundaries", "absent")
KEYS = {"services": "slug", "topics": "slug", "pages": "page", "elsewhere": "name", "uncovered": "name"}
KEYS |= {"duties": "id", "boundaries": "id", "absent": "topic"}
Record = Mapping[str, Any]


def read_data(text: str, path: str, known: Knowledge, found: Draft) -> tuple[Mapping[str, str], Counter[str]]:
    """The records of a file that are not known below, and not in the folder already.

    Args:
        text: the JSON.
        path: as it is shown.
        known: what the folder will be laid over.
        found: what the folder has.

    Returns:
        By file of the folder, the records as YAML; and how many there are.

    Raises:
        SrmbotError: it is no such JSON.
    """
    try:
        data = json.loads(text)
        rows = list(records(data))
    except (ValueError, AttributeError, TypeError, RecursionError) as fault:
        raise SrmbotError(f"{path}: not JSON as `srmbot export --format json` writes it", "export it again") from fault
    below = {(name, json.dumps(record)) for name, record in records(as_data(known, list(known.services)))}
    there = set(names_in(found))
    texts: dict[str, list[str]] = {}
    for name, record in rows:
        if (name, json.dumps(record)) not in below and key_of(name, record) not in there:
            texts.setdefault(name, []).append(record_text({field: as_value(value) for field, value in record.items()}))
    return {name: "\n".join(each) for name, each in texts.items()}, Counter(
        {name: len(each) for name, each in texts.items()}
    )


def records(data: Record) -> Iterator[tuple[str, Record]]:
    """Every record with the name of its file."""
    for kind in LISTS:
        yield from ((f"{kind}.yaml", record) for record in data.get(kind, ()))
    for kind in PER_SERVICE:
        for service, rows in data.get(kind, {}).items():
            yield from ((f"{kind}/{service}.yaml", record) for record in rows)


def key_of(name: str, record: Record) -> tuple[str, str]:
    """What a record is told from others by: its file, and its own name."""
    kind = name.partition("/")[0].removesuffix(".yaml")
    parts = (record.get("team"), record.get("service"), record.get("topic"), *record.get("owns", ()))
    return name, str(record[KEYS[kind]]) if kind in KEYS else "/".join(map(str, parts))


def names_in(found: Draft) -> Iterator[tuple[str, str]]:
    """The names of the records that a folder has."""
    for kind, (rows, _) in found.records.items():
        for row in rows:
            name = f"{kind}/{row.home}.yaml" if kind in PER_SERVICE else f"{kind}.yaml"
            if kind in KEYS:
                yield name, row.text(KEYS[kind]) or ""
            elif kind == "teams":
                parts = (row.text("team"), row.text("service"), row.text("topic"), *row.texts("owns"))
                yield name, "/".join(map(str, parts))


def as_value(value: Any) -> str | Sequence[str]:
    """A value of JSON as a field of YAML is written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return [str(each) for each in value] if isinstance(value, list) else str(value)
