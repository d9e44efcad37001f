"""Folders -> what `srmbot check` reports of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from srmbot.knowledge import load
from srmbot.knowledge.check import check, stands_alone
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import Layer, hint_at_name, read_folders
from srmbot.knowledge.problem import Problem
from srmbot.knowledge.stale import StaleFile, find_stale
from srmbot.knowledge.todo import Todo, find_todos


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of folders found."""

    problems: Sequence[Problem]
    count: str  # what was read: "500 duties, 1,729 ways to ask"
    checked: Sequence[Path]
    used: Sequence[Path]  # the folders with those that they are laid over
    example_files: Collection[str]  # the files of ways to ask, as paths are shown
    stale: Sequence[StaleFile] = ()  # the files that rest on old pages
    todos: Sequence[Todo] = ()  # where a person must read
    foreign: Sequence[ForeignFile] = ()  # files that are no knowledge


@dataclass(frozen=True, slots=True)
class ForeignFile:
    """A YAML file that is no knowledge, and was passed over."""

    folder: Path
    name: str  # inside the folder
    hint: str  # what it should be called, if it was meant as knowledge


@load.no_collection()
def check_folders(folders: Sequence[Path], now: date | None = None) -> Findings:
    """Every problem of some folders, and only theirs.

    They are read alone if they say what `general` is, as the built-in folder does. Any others are checked as they
    will be used, laid over the built-in one: its services and topics may be named, and changed field by field.

    Args:
        folders: the lowest first.
        now: the day that the ages of pages are counted from; without it none is old.
    """
    layers = read_folders(folders)
    found = whole = read_draft(layers)
    below: list[Layer] = []
    if not stands_alone(found) and load.built_in().resolve() not in [folder.resolve() for folder in folders]:
        below = read_folders([load.built_in()])
        whole = read_draft([*below, *read_folders(folders, len(below))])
    not_theirs = {file.path for layer in below for file in layer.files}
    stale = find_stale(whole, now, not_theirs) if now else []
    duties = count_things(len(found.duties), "duty", "duties")
    count = f"{duties}, {count_things(len(found.examples), 'way', 'ways')} to ask"
    used = [load.built_in(), *folders] if below else folders
    return Findings(
        check(whole, not_theirs),
        count,
        folders,
        used,
        example_files={way.ask.at.path for way in found.examples},
        stale=stale,
        todos=find_todos([file for layer in layers for file in layer.files]),
        foreign=[
            ForeignFile(folder, name, hint_at_name(name))
            for folder, layer in zip(folders, layers, strict=True)
            for name in layer.foreign
        ],
    )


def count_things(number: int, one: str, many: str) -> str:
    """A number with the word for so many."""
    return f"{number:,} {one if number == 1 else many}"
