"""A knowledge folder -> what it has already; and files with more records, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from srmbot.errors import SrmbotError
from srmbot.importing.duties import Taken
from srmbot.knowledge.draft import Draft, read_draft
from srmbot.knowledge.files import read_folder
from srmbot.knowledge.records import normalize


def read_into(folder: Path) -> Draft:
    """What a folder says already; one that is not there yet says nothing."""
    return read_draft([read_folder(folder, 0)] if folder.is_dir() else [])


def names_taken(found: Draft) -> dict[str, Taken]:
    """What the duties of each service in a folder are called."""
    taken: dict[str, Taken] = {}
    for row in found.duties:
        names = taken.setdefault(row.home, Taken())
        names.ids.add(row.text("id") or "")
        names.tasks[normalize(row.text("duty") or "")] = row.text("owner") or ""
        names.said |= {normalize(text) for text in row.texts("say")}
    return taken


def append_records(folder: Path, files: Mapping[str, str]) -> None:
    """Add records to the files of a folder; what is in them stays as it is.

    Args:
        folder: made if it is not there.
        files: by name inside the folder, the records as YAML text.

    Raises:
        SrmbotError: a file that cannot be written, or that is no list of records.
    """
    texts = {name: existing(folder / name) + text for name, text in files.items() if text}
    for name, text in texts.items():
        write_file(folder / name, text)


def existing(path: Path) -> str:
    """The text of a file, ready for more records behind it; empty where there is none."""
    if not path.exists():
        return ""
    text = path.read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if lines and not lines[0].startswith("- "):
        raise SrmbotError(f"{path}: it is not a list of records, so that nothing can be added to it", "rename it")
    return text.rstrip("\n") + "\n\n" if text.strip() else ""


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises:
        SrmbotError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=".srmbot-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as opened:
                opened.write(text)
            os.chmod(half, 0o644)  # knowledge is for everybody to read
            os.replace(half, path)
        except OSError:
            os.unlink(half)
            raise
    except OSError as fault:
        raise SrmbotError(f"{path}: cannot be written: {fault.strerror}", "choose another folder") from fault
