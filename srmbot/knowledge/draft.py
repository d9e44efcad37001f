"""Layers of files -> Draft: everything that was written, before anybody has checked it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from srmbot.knowledge.files import File, Layer
from srmbot.knowledge.maintainers import MAINTAINERS
from srmbot.knowledge.problem import Problem
from srmbot.knowledge.records import ExampleRow, Record, read_examples, read_records
from srmbot.knowledge.schema import (
    ABSENT,
    BOUNDARY,
    CONTROLS,
    DUTY,
    NOT_AWS,
    PAGE,
    SERVICE,
    TEAM,
    TOPIC,
    UNCOVERED,
    RecordSchema,
)
from srmbot.knowledge.yaml_nodes import Node, UnreadableError, compose


@dataclass(slots=True)
class Draft:
    """What the folders say; a later folder's record comes after the earlier one's."""

    layers: Sequence[Layer]
    services: list[Record] = field(default_factory=list)
    topics: list[Record] = field(default_factory=list)
    duties: list[Record] = field(default_factory=list)
    not_aws: list[Record] = field(default_factory=list)
    teams: list[Record] = field(default_factory=list)
    maintainers: list[Record] = field(default_factory=list)
    boundaries: list[Record] = field(default_factory=list)
    absent: list[Record] = field(default_factory=list)
    pages: list[Record] = field(default_factory=list)
    uncovered: list[Record] = field(default_factory=list)
    controls: list[Record] = field(default_factory=list)
    examples: list[ExampleRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def files(self, kind: str) -> Iterator[File]:
        """The files of one kind that were read."""
        return (file for layer in self.layers for file in layer.files if file.kind == kind)

    @property
    def records(self) -> Mapping[str, tuple[list[Record], RecordSchema]]:
        """The records by the kind of their files, with their schema."""
        return {
            "services": (self.services, SERVICE),
            "topics": (self.topics, TOPIC),
            "elsewhere": (self.not_aws, NOT_AWS),
            "teams": (self.teams, TEAM),
            "maintainers": (self.maintainers, MAINTAINERS),
            "duties": (self.duties, DUTY),
            "boundaries": (self.boundaries, BOUNDARY),
            "absent": (self.absent, ABSENT),
            "pages": (self.pages, PAGE),
            "uncovered": (self.uncovered, UNCOVERED),
            "controls": (self.controls, CONTROLS),
        }

    @property
    def whole(self) -> bool:
        """Whether every file was read to its end, so that what is missing is missing."""
        return all(file.whole for layer in self.layers for file in layer.files)


def read_draft(layers: Sequence[Layer]) -> Draft:
    """Read every file; nothing is raised, all problems are in the draft."""
    found = Draft(layers)
    for layer in layers:
        found.problems += layer.problems
        for file in layer.files:
            add_file(found, file)
            found.problems += file.problems
    return found


def add_file(found: Draft, file: File) -> None:
    """Read one file into the draft, by its place in its folder."""
    kinds = found.records
    if file.kind in kinds:
        kept, shape = kinds[file.kind]
        kept += read_file(file, lambda file, root: read_records(file, root, shape))
    else:
        found.examples += read_file(file, read_examples)


def read_file(file: File, reader: Callable[[File, Node | None], Iterator[Any]]) -> list[Any]:
    """What a reader makes of a file; a file that cannot be read is one problem."""
    file.problems.clear()  # a file may be read again
    try:
        return list(reader(file, compose(file)))
    except UnreadableError as fault:
        file.problems.append(fault.problem)
        file.whole = False
        return []


def merge_records(rows: Iterable[Record]) -> dict[str, Record]:
    """Services or topics by their slug, the later folders' records laid over the earlier ones.

    A field that holds one text replaces the earlier one; a list adds to it.
    """
    found: dict[str, Record] = {}
    for row in rows:
        slug = row.text("slug")
        if slug is None:
            continue
        if base := found.get(slug):
            lists = {name: base.many.get(name, []) + row.many.get(name, []) for name in base.many | row.many}
            found[slug] = Record(row.at, row.home, row.layer, base.one | row.one, lists)
        else:
            found[slug] = row
    return found
