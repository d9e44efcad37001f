"""Folders -> Knowledge, from the cache where nothing has changed."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srmbot
from srmbot.errors import SrmbotError
from srmbot.knowledge.cache import Cache, code_version, digest
from srmbot.knowledge.files import Layer, read_folders
from srmbot.model import Asked, Duty, Knowledge, Owner, Service, Team, Topic

if TYPE_CHECKING:
    from srmbot.knowledge.draft import Draft
    from srmbot.knowledge.problem import Problem

NO_CACHE = Cache(None)
OWNER = 3  # where a duty's row has its owner


def built_in() -> Path:
    """The knowledge that comes with srmbot: in the wheel, or beside the package in a checkout.

    Raises:
        SrmbotError: an installation without it.
    """
    package = Path(srmbot.__file__).parent
    for folder in (package / "_data" / "knowledge", package.parent / "knowledge"):
        if folder.is_dir():
            return folder
    raise SrmbotError(f"{package}: no knowledge folder", "install srmbot again")


def load(folders: Sequence[Path], cache: Cache = NO_CACHE) -> Knowledge:
    """Read, check and build the knowledge of some folders.

    Args:
        folders: the lowest first; later ones are laid over it.
        cache: where the outcome of the last reading may be.

    Raises:
        KnowledgeError: with every problem found.
    """
    return knowledge_in(read_folders(folders), cache)


def knowledge_in(layers: Sequence[Layer], cache: Cache = NO_CACHE) -> Knowledge:
    """Check and build the knowledge of folders that were read.

    Raises:
        KnowledgeError: with every problem found.
    """
    version = version_of(layers)
    # a duty knows its file's path as it is shown, which changes with the current folder
    reader = digest([code_version().encode(), *(layer.path.encode() for layer in layers)])
    name = f"knowledge-{version}-{reader}.json"
    if kept := revive(cache.json(name), version):
        return kept
    from srmbot.knowledge import build

    found = build.knowledge(read_checked(layers), version)
    cache.put(name, json.dumps(kept_form(found)).encode())
    return found


def load_asked(folders: Sequence[Path]) -> tuple[Asked, ...]:
    """Read the ways to ask of some folders, for learning from.

    Raises:
        KnowledgeError: with every problem found.
    """
    return asked_in(read_folders(folders))


def asked_in(layers: Sequence[Layer]) -> tuple[Asked, ...]:
    """The ways to ask of folders that were read.

    Raises:
        KnowledgeError: with every problem found.
    """
    from srmbot.knowledge import build

    return build.asked(read_checked(layers))


def read_checked(layers: Sequence[Layer]) -> Draft:
    """What the layers say, where nothing is wrong with it.

    Raises:
        KnowledgeError: with every problem found.
    """
    # Parsing and checking is not needed where the cache has the outcome, and costs 30 ms to import.
    from srmbot.knowledge.check import check
    from srmbot.knowledge.draft import draft
    from srmbot.knowledge.problem import KnowledgeError

    found = draft(layers)
    if problems := check(found):
        raise KnowledgeError(problems)
    return found


def version_of(layers: Sequence[Layer]) -> str:
    """The name of what the folders hold: it changes with any file's name or content, not with where they lie."""
    parts = []
    for layer in layers:
        parts.append(b"folder")
        parts += [os.fsencode(name) for name in layer.unread]
        for file in layer.files:
            parts += [os.fsencode(file.name), file.content]
    return digest(parts)


def kept_form(found: Knowledge) -> dict[str, Any]:
    """Knowledge as it is kept: plain rows, their values in the order of the fields."""
    return {
        "version": found.version,
        "services": [astuple(row) for row in found.services.values()],
        "topics": [astuple(row) for row in found.topics.values()],
        "duties": [astuple(row) for row in found.duties],
        "teams": [astuple(row) for row in found.teams],
        "elsewhere": found.elsewhere,
    }


def revive(kept: Any, version: str) -> Knowledge | None:
    """The knowledge that `kept_form` made this of; None where it is anything else."""
    try:
        if kept["version"] != version:
            return None
        return Knowledge(
            services={row[0]: Service(*frozen(row)) for row in kept["services"]},
            topics={row[0]: Topic(*frozen(row)) for row in kept["topics"]},
            duties=tuple(map(revived_duty, kept["duties"])),
            teams=tuple(Team(*row) for row in kept["teams"]),
            version=version,
            elsewhere=tuple(map(str, kept["elsewhere"])),
        )
    except (TypeError, KeyError, ValueError, IndexError):
        return None


def revived_duty(row: list[Any]) -> Duty:
    """A duty, whose owner was kept as text."""
    row[OWNER] = Owner(row[OWNER])
    return Duty(*frozen(row))


def frozen(row: list[Any]) -> list[Any]:
    """A row whose lists are tuples, as the frozen classes want them."""
    return [tuple(value) if type(value) is list else value for value in row]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check of folders found."""

    problems: Sequence[Problem]
    count: str  # what was read: "500 duties, 1,729 ways to ask"
    used: Sequence[Path]  # the folders with those that they are laid over
    asked: Collection[str]  # the files of ways to ask, as paths are shown


def problems_of(folders: Sequence[Path]) -> Findings:
    """Every problem of some folders, and only theirs.

    They are read alone if they say what `general` is, as the built-in folder does. Any others are checked as they
    will be used, laid over the built-in one: its services and topics may be named, and changed field by field.
    """
    from srmbot.knowledge.check import check, stands_alone
    from srmbot.knowledge.draft import draft

    layers = read_folders(folders)
    found = whole = draft(layers)
    below: list[Layer] = []
    if not stands_alone(found) and built_in().resolve() not in [folder.resolve() for folder in folders]:
        below = read_folders([built_in()])
        whole = draft([*below, *read_folders(folders, len(below))])
    told = check(whole, {file.path for layer in below for file in layer.files})
    duties = counted(len(found.duties), "duty", "duties")
    count = f"{duties}, {counted(len(found.ways), 'way', 'ways')} to ask"
    used = [built_in(), *folders] if below else folders
    return Findings(told, count, used, {way.ask.at.path for way in found.ways})


def counted(number: int, one: str, many: str) -> str:
    """A number with the word for so many."""
    return f"{number:,} {one if number == 1 else many}"
