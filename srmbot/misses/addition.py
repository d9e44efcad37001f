"""Questions with the answer that they should get -> a patch for the knowledge, valid by the rules of `srmbot check`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote, urlencode

from srmbot.knowledge.check import check
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import File, Layer, join_path, read_folders
from srmbot.knowledge.problem import Problem
from srmbot.misses.place import append_record, insert_questions

ASKED_FILE = "asked/slack.yaml"
LONGEST_URL = 3000  # characters, of a link in Slack
MOST_ID = 40  # characters of the id of a duty


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added: questions, and the duty that answers them where there is none yet."""

    questions: tuple[str, ...]
    service: str
    topic: str
    owner: str
    task: str = ""  # as an order; blank where a duty answers already
    why: str = ""
    say: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One file before and after."""

    name: str  # inside the knowledge folder: "asked/slack.yaml"
    before: str
    after: str

    @property
    def line(self) -> int:
        """The number of the first line that is new, from 1."""
        old, new = self.before.splitlines(), self.after.splitlines()
        return next((n for n, line in enumerate(new, 1) if n > len(old) or line != old[n - 1]), 1)

    @property
    def text(self) -> str:
        """The lines that are new."""
        found = difflib.ndiff(self.before.splitlines(), self.after.splitlines())
        return "\n".join(line[2:] for line in found if line.startswith("+ "))

    @property
    def diff(self) -> str:
        """The change as `git apply` takes it."""
        old = f"a/{self.name}" if self.before else "/dev/null"
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), old, f"b/{self.name}", lineterm=""
        )
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Patch:
    """Every file that an addition changes, in one folder."""

    folder: str  # as shown to people
    changes: tuple[Change, ...]

    @property
    def diff(self) -> str:
        """The changes as `git apply` takes them, in the folder."""
        return "".join(change.diff for change in self.changes)


def propose(folders: Sequence[Path], wanted: Addition, now: date, own_file: str = "") -> tuple[Patch, list[Problem]]:
    """Make the patch for the uppermost folder, and check the knowledge as it would be with it.

    Args:
        folders: the lowest first.
        wanted: what to add.
        now: the day, for the vintage of a page.
        own_file: a name for a new file of questions; without it they are added to the one that there is.

    Returns:
        The patch, and what is wrong with it; it is good where nothing is.

    Raises:
        UnplaceableError: a file is not written line by line.
    """
    layers = read_folders(folders)
    top = layers[-1]
    changed = list(change_files(top, wanted, now, own_file or ASKED_FILE))
    names = {file.name: before for file, before in changed}
    top.files = [file for file in top.files if file.name not in names] + [file for file, _ in changed]
    changes = tuple(Change(file.name, before, file.content.decode()) for file, before in changed)
    return Patch(top.path, changes), check(read_draft(layers))


def change_files(top: Layer, wanted: Addition, now: date, asked: str) -> Iterator[tuple[File, str]]:
    """Each file as it would be, with its text as it is."""
    if wanted.task:
        file = find_file(top, f"duties/{wanted.service}.yaml")
        yield changed_file(file, append_record(file, duty_fields(wanted, now)))
    if wanted.questions:
        file = find_file(top, asked)
        entry = f"{wanted.service}/{wanted.topic}"
        yield changed_file(file, insert_questions(file, entry, wanted.owner, wanted.questions))


def find_file(top: Layer, name: str) -> File:
    """A file of a folder; one that is not there yet is empty."""
    found = next((file for file in top.files if file.name == name), None)
    number = top.files[0].layer if top.files else 0
    return found or File(join_path(top.path, name), name, number)


def changed_file(file: File, text: str) -> tuple[File, str]:
    """A file with another text, and the text that it has."""
    return File(file.path, file.name, file.layer, text.encode()), file.content.decode()


def duty_fields(wanted: Addition, now: date) -> list[tuple[str, str | Sequence[str]]]:
    """The fields of a new duty, in their order."""
    words = re.findall(r"[a-z0-9]+", wanted.task.lower())
    return [
        ("id", "-".join(words)[:MOST_ID].strip("-") or "new"),
        ("topic", wanted.topic),
        ("owner", wanted.owner),
        ("duty", wanted.task),
        ("why", wanted.why),
        ("say", [wanted.say]),
        ("source", [wanted.page]),
        ("as_of", f"{now:%Y-%m}"),
    ]


def pull_request_link(repository: str, change: Change) -> str:
    """A page on which the change can be proposed: a new file is filled in, a known one is opened to be edited.

    Args:
        repository: "https://github.com/us/ours", or with "/tree/branch/folder"; GitLab writes "/-/tree/…".
        change: one file.
    """
    base, _, inside = repository.partition("/-/tree/" if "/-/tree/" in repository else "/tree/")
    branch, _, folder = (inside or "main").partition("/")
    path = "/".join(filter(None, (folder, change.name)))
    gitlab = "/-/tree/" in repository or "//gitlab." in repository
    root = f"{base}/-" if gitlab else base
    if change.before:
        return f"{root}/edit/{quote(branch)}/{quote(path)}"
    named = {"file_name" if gitlab else "filename": path}
    title = {"commit_message" if gitlab else "message": f"Answer questions from Slack: {change.name}"}
    content = {"content" if gitlab else "value": change.after}
    filled = f"{root}/new/{quote(branch)}?{urlencode(named | title | content)}"
    return filled if len(filled) <= LONGEST_URL else f"{root}/new/{quote(branch)}?{urlencode(named)}"
