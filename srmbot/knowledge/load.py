"""Folders -> Knowledge, from the cache where nothing has changed."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import srmbot
from srmbot.cache import Cache, digest, fingerprint
from srmbot.errors import SrmbotError
from srmbot.knowledge.files import Layer, read_folders
from srmbot.knowledge.serialize import from_json, to_json
from srmbot.model import ExampleQuestion, Knowledge

if TYPE_CHECKING:
    from srmbot.knowledge.draft import Draft

NO_CACHE = Cache(None)
NOT_LEARNED = frozenset(("teams.yaml", "maintainers.yaml", "pages.yaml", "controls.yaml"))  # they name no task
READING_CODE = ("model.py", "cache.py", "knowledge/*.py")  # decides what knowledge becomes of the same files


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
    return load_layers(read_folders(folders), cache)


def load_layers(layers: Sequence[Layer], cache: Cache = NO_CACHE) -> Knowledge:
    """Check and build the knowledge of folders that were read.

    Raises:
        KnowledgeError: with every problem found.
    """
    version = version_of(layers)
    # a duty knows its file's path as it is shown, which changes with the current folder
    reader = digest([fingerprint(*READING_CODE).encode(), *(layer.path.encode() for layer in layers)])
    name = f"knowledge-{version}-{reader}.json"
    with no_collection():
        kept = from_json(cache.json(name), version)
    if kept:
        return kept
    from srmbot.knowledge import build

    found = build.build_knowledge(read_checked(layers), version, learning_version_of(layers))
    cache.put(name, json.dumps(to_json(found)).encode())
    return found


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for garbage meanwhile: of many records made at once none is, and looking takes a third of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def load_folder_examples(folders: Sequence[Path]) -> tuple[ExampleQuestion, ...]:
    """Read the ways to ask of some folders, for learning from.

    Raises:
        KnowledgeError: with every problem found.
    """
    return load_examples(read_folders(folders))


def load_examples(layers: Sequence[Layer]) -> tuple[ExampleQuestion, ...]:
    """The ways to ask of folders that were read.

    Raises:
        KnowledgeError: with every problem found.
    """
    from srmbot.knowledge import build

    return build.build_examples(read_checked(layers))


@no_collection()
def read_checked(layers: Sequence[Layer]) -> Draft:
    """What the layers say, where nothing is wrong with it.

    Raises:
        KnowledgeError: with every problem found.
    """
    # Parsing and checking is not needed where the cache has the outcome, and costs 30 ms to import.
    from srmbot.knowledge.check import check
    from srmbot.knowledge.draft import read_draft
    from srmbot.knowledge.problem import KnowledgeError

    found = read_draft(layers)
    if problems := check(found, {file.path for layer in layers if layer.bare for file in layer.files}):
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


def learning_version_of(layers: Sequence[Layer]) -> str:
    """The name of what is learned from the folders; a folder that only names teams leaves it as it is."""
    learned = [
        replace(layer, unread=[], files=[each for each in layer.files if each.name not in NOT_LEARNED])
        for layer in layers
    ]
    return version_of([layer for layer in learned if layer.files])
