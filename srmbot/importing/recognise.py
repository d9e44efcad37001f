"""A file's name and first lines -> what kind of file it is, if it can be imported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

LARGEST_DOCUMENT = 50_000_000  # bytes of a file that is read


class Source(StrEnum):
    """The kinds of files that can be imported."""

    MARKDOWN = "Markdown"
    CSV = "CSV"
    XLSX = "Excel"
    BACKSTAGE = "Backstage catalogue"
    CODEOWNERS = "CODEOWNERS"
    HTML = "HTML"
    OSCAL = "OSCAL component definition"
    EXPORT = "exported JSON"


BY_ENDING = {
    ".md": Source.MARKDOWN,
    ".mdx": Source.MARKDOWN,
    ".markdown": Source.MARKDOWN,
    ".csv": Source.CSV,
    ".tsv": Source.CSV,
    ".xlsx": Source.XLSX,
    ".xlsm": Source.XLSX,
    ".html": Source.HTML,
    ".htm": Source.HTML,
}
ENTITY = re.compile(r"^apiVersion:\s*[\"']?backstage\.io/", re.MULTILINE)
MARKDOWN_TABLE = re.compile(r"^\s*\|.*\|\s*$\n\s*\|[\s:|-]+\|\s*$", re.MULTILINE)
OWNING_WORDS = re.compile(r"\b(?:responsib\w+|owners?|aws|customer|team)\b", re.IGNORECASE)


def recognise(path: Path) -> Source | None:
    """What kind of file it is; None for any other."""
    if path.name.upper() == "CODEOWNERS":
        return Source.CODEOWNERS
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        return Source.BACKSTAGE if ENTITY.search(first_part(path)) else None
    return recognise_json(first_part(path)) if ending == ".json" else BY_ENDING.get(ending)


def recognise_json(text: str) -> Source | None:
    """What kind of JSON it is."""
    if '"component-definition"' in text:
        return Source.OSCAL
    return Source.EXPORT if '"duties"' in text and text.lstrip().startswith('{\n "knowledge"') else None


def find_importable(folder: Path) -> Iterator[tuple[Path, Source]]:
    """The files in a folder, and just below it, that say who owns what and can be imported."""
    for path in sorted((*folder.glob("*"), *folder.glob("[!.]*/*"))):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            found = recognise(path)
            if found and says_owners(path, found):
                yield path, found


def says_owners(path: Path, kind: Source) -> bool:
    """Whether a file seems to say who owns what: a README without such a table is not worth naming."""
    if kind not in (Source.MARKDOWN, Source.HTML, Source.CSV):
        return True
    text = first_part(path)
    if kind is Source.MARKDOWN:
        return any(OWNING_WORDS.search(table[0]) for table in MARKDOWN_TABLE.finditer(text))
    if kind is Source.HTML:
        return "<table" in text and bool(OWNING_WORDS.search(text))
    return bool(OWNING_WORDS.search(text.partition("\n")[0]))


def first_part(path: Path) -> str:
    """The text of a file, as far as it is looked at; empty where it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(200_000).decode("utf-8-sig", "replace")
    except OSError:
        return ""
