"""Knowledge, a format -> files by their names, and where they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from srmbot.errors import SrmbotError
from srmbot.exporting.data import export_json
from srmbot.exporting.html import export_html
from srmbot.exporting.markdown import export_markdown
from srmbot.exporting.oscal import export_oscal
from srmbot.exporting.sheet import export_csv
from srmbot.model import Knowledge
from srmbot.overview import age

Files = Mapping[str, str]
FORMATS: Mapping[str, Callable[[Knowledge, Sequence[str]], Files]] = {
    "markdown": export_markdown,
    "html": export_html,
    "csv": export_csv,
    "json": export_json,
    "oscal": lambda known, services: export_oscal(known, services, age.today()),
}
SINGLE = ("csv", "json")  # one file, which can be printed


def export(known: Knowledge, form: str, services: Sequence[str]) -> Files:
    """The files of a format by their names.

    Args:
        known: the knowledge.
        form: one of FORMATS.
        services: slugs; those without duties of their own have no page.

    Raises:
        SrmbotError: none of them has duties.
    """
    used = [slug for slug in services if known.of_service(slug)]
    if not used:
        raise SrmbotError("there are no duties to export", "name a service that has some, or a knowledge folder")
    return FORMATS[form](known, used)


def write_files(folder: Path, files: Files) -> None:
    """Write files into a folder, made if it is not there; those of the same names are replaced.

    Raises:
        SrmbotError: a file that cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_bytes(text.encode())
    except OSError as fault:
        raise SrmbotError(f"{folder}: cannot be written: {fault.strerror}", "choose another folder") from fault
