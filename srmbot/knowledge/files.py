"""Folders -> the bytes of their knowledge files; nothing is parsed, so that a cache hit needs no parser."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from srmbot.knowledge.problem import At, Problem, did_you_mean, printable

if TYPE_CHECKING:
    from yaml import Node

LARGEST_FILE = 1_000_000  # bytes of one file; the largest of ours is a tenth of it
MOST_FILES = 2_000
FARTHEST = 2  # folders down from the knowledge folder; what lies deeper is not even looked for


@dataclass(frozen=True, slots=True)
class FilePattern:
    """Where one kind of file lives in a knowledge folder, and what it holds."""

    kind: str
    pattern: str
    about: str


PLACES = (
    FilePattern("services", "services.yaml", "services and what people call them"),
    FilePattern("topics", "topics.yaml", "topics and what people call them"),
    FilePattern("elsewhere", "elsewhere.yaml", "names of what is not AWS's"),
    FilePattern("teams", "teams.yaml", "which team does the customer's duties"),
    FilePattern("maintainers", "maintainers.yaml", "who looks after the knowledge"),
    FilePattern("duties", "duties/*.yaml", "duties, one file a service"),
    FilePattern("boundaries", "boundaries/*.yaml", "what is often misunderstood, one file a service"),
    FilePattern("absent", "absent/*.yaml", "topics that do not exist on a service, one file a service"),
    FilePattern("pages", "pages.yaml", "titles of the pages that are linked"),
    FilePattern("controls", "controls.yaml", "controls and rules that check duties"),
    FilePattern("uncovered", "uncovered.yaml", "AWS services that have no duties here"),
    FilePattern("asked", "asked/*.yaml", "how people ask, one file a voice"),
)
QUESTIONS = FilePattern("questions", "questions/*.yaml", "what questions should get; only `srmbot test` reads them")
KIND_OF_PATTERN = {place.pattern: place.kind for place in PLACES}
HOLDS = "; ".join(f"{place.pattern}: {place.about}" for place in PLACES)
STATEMENTS = ("duties", "boundaries", "absent")  # kinds of files that say whose something is


@dataclass(slots=True)
class File:
    """One file of a knowledge folder, and the problems found while it was read."""

    path: str  # as shown to people
    name: str  # inside its folder: "duties/rds.yaml"
    layer: int  # the number of its folder, the lowest first
    content: bytes = b""
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True  # whether all that it holds was read; false for what is not YAML
    kind: str = field(init=False)  # what it holds, by its place: "duties"
    home: str = field(init=False)  # the service of duties, the voice of ways to ask

    def __post_init__(self) -> None:
        """Take kind and home from the name."""
        self.kind = {**KIND_OF_PATTERN, QUESTIONS.pattern: QUESTIONS.kind}[pattern_of(self.name)]
        self.home = os.path.splitext(os.path.basename(self.name))[0]

    def at(self, node: Node) -> At:
        """Where a node begins."""
        return At(self.path, node.start_mark.line + 1, node.start_mark.column + 1)

    def problem(self, at: At, what: str, fix: str) -> None:
        """Note a problem; reading goes on, so that all are found in one go."""
        self.problems.append(Problem(at, what, fix))


@dataclass(slots=True)
class Layer:
    """One knowledge folder: its files, and what is wrong with how they lie there."""

    path: str  # as shown to people
    files: list[File] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)  # names of knowledge files that could not be read
    foreign: list[str] = field(default_factory=list)  # names of YAML files that are no knowledge, and passed over
    problems: list[Problem] = field(default_factory=list)
    bare: bool = False  # only what things are called was read; that this leaves gaps is no problem of its files


def read_folders(folders: Sequence[Path], first: int = 0, *, bare: bool = False) -> list[Layer]:
    """The bytes of every knowledge file, folder by folder, numbered from `first`; nothing is raised.

    Args:
        folders: the lowest first.
        first: the number of the lowest.
        bare: read of the lowest only what things are called and how people ask, and nothing that it states.
    """
    layers = [read_folder(folder, number) for number, folder in enumerate(folders, first)]
    if bare and layers:
        layers[0].files = [file for file in layers[0].files if file.kind not in STATEMENTS]
        layers[0].bare = True
    return layers


def read_folder(folder: Path, number: int) -> Layer:
    """One folder's files in a fixed order. Hidden ones are passed over: editors, git and Kubernetes keep their own."""
    layer = Layer(show_path(folder))
    at = At(layer.path)
    try:
        names = list(yaml_files(str(folder)))
    except OSError as fault:
        at = At(show_path(Path(fault.filename or folder)))
        what = (
            "there is no such folder" if isinstance(fault, FileNotFoundError) else f"cannot be read: {fault.strerror}"
        )
        layer.problems.append(Problem(at, what, "give a folder with knowledge files in it"))
        return layer
    wanted = [name for name in names if pattern_of(name) in KIND_OF_PATTERN]
    questions = [name for name in names if pattern_of(name) == QUESTIONS.pattern]
    names = [name for name in names if name not in questions]
    misnamed = [
        name
        for name in names
        if pattern_of(name) not in KIND_OF_PATTERN and pattern_of(right_name(name)) in KIND_OF_PATTERN
    ]
    layer.foreign = [name for name in names if pattern_of(right_name(name)) not in KIND_OF_PATTERN]
    layer.unread = misnamed + wanted[MOST_FILES:]
    layer.problems += [report_misnamed(layer, name) for name in misnamed]
    if not wanted and not questions:
        layer.problems.append(Problem(at, "no knowledge in this folder", HOLDS))
    if len(wanted) > MOST_FILES:
        what = f"{len(wanted):,} files, more than {MOST_FILES:,}"
        layer.problems.append(Problem(at, what, "put the duties of a service in one file"))
    for name in sorted(wanted[:MOST_FILES], key=sort_key):
        read_file(folder, File(join_path(layer.path, name), name, number), layer)
    return layer


def read_questions(folder: Path) -> Layer:
    """The golden questions of one folder; nothing is raised."""
    layer = Layer(show_path(folder))
    try:
        names = [name for name in yaml_files(str(folder)) if pattern_of(name) == QUESTIONS.pattern]
    except OSError as fault:
        what = f"cannot be read: {fault.strerror}"
        layer.problems.append(Problem(At(layer.path), what, "give a folder with knowledge files in it"))
        return layer
    for name in names[:MOST_FILES]:
        read_file(folder, File(join_path(layer.path, name), name, 0), layer)
    return layer


def sort_key(name: str) -> tuple[int, str]:
    """Services first, then as in PLACES, then by name."""
    return list(KIND_OF_PATTERN).index(pattern_of(name)), name


def yaml_files(folder: str, inside: str = "", deep: int = 0) -> Iterator[str]:
    """The names of the YAML files in a folder, sorted; a linked folder is followed only where knowledge lies.

    Raises:
        OSError: a folder that cannot be listed.
    """
    with os.scandir(os.path.join(folder, inside)) as found:
        entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    for entry in entries:
        name = f"{inside}{entry.name}"
        if entry.is_dir(follow_symlinks=f"{name}/*.yaml" in KIND_OF_PATTERN):
            if deep < FARTHEST:
                yield from yaml_files(folder, f"{name}/", deep + 1)
        elif entry.name.lower().endswith((".yaml", ".yml")):
            yield name


def pattern_of(name: str) -> str:
    """The pattern that a file's name would fit: "duties/*.yaml" of "duties/rds.yaml"."""
    inside, slash, last = name.rpartition("/")
    return f"{inside}/*{os.path.splitext(last)[1]}" if slash else last


def right_name(name: str) -> str:
    """A YAML file's name with the ending that is read."""
    return os.path.splitext(name)[0] + ".yaml"


def report_misnamed(layer: Layer, name: str) -> Problem:
    """Knowledge that would not be read for its ending: it lies where knowledge lies."""
    fix = f"rename it to {printable(right_name(name))}"
    return Problem(At(join_path(layer.path, name)), "this file is not read", fix)


def hint_at_name(name: str) -> str:
    """What a file of others should be called if it was meant as knowledge; empty where nothing is near."""
    return did_you_mean(pattern_of(name), KIND_OF_PATTERN, "")


def read_file(folder: Path, file: File, layer: Layer) -> None:
    """Put a file's bytes into its layer; one that cannot be read is a problem.

    A link that leads out of the folder is not followed: anyone who may propose a change to the knowledge could else
    have other files of the machine shown in a message about it.
    """
    path = os.path.join(folder, file.name)
    try:
        if leads_out(path, folder):
            layer.problems.append(Problem(At(file.path), "a link that leads out of the folder", "copy the file here"))
        elif not os.path.isfile(path):
            layer.problems.append(Problem(At(file.path), "not a file that can be read", "put a plain file here"))
        else:
            with open(path, "rb") as opened:
                # no more than there is: room for a megabyte, taken for every file, takes longer than reading it
                size = os.fstat(opened.fileno()).st_size
                file.content = opened.read(min(size, LARGEST_FILE) + 1)
            layer.files.append(file)
            return
    except OSError as fault:
        problem = Problem(At(file.path), f"cannot be read: {fault.strerror}", "see that it is there and may be read")
        layer.problems.append(problem)
    layer.unread.append(file.name)


def leads_out(path: str, folder: Path) -> bool:
    """Whether a file really is somewhere else."""
    if not os.path.islink(path) and not os.path.islink(os.path.dirname(path)):
        return False
    real = os.path.realpath(folder)
    return os.path.commonpath([real, os.path.realpath(path)]) != real


def show_path(path: Path) -> str:
    """A path as a person in the current folder would type it."""
    try:
        path = path.resolve()
        return printable(str(path.relative_to(Path.cwd())))
    except (OSError, RuntimeError, ValueError):
        return printable(str(path))


def join_path(folder: str, name: str) -> str:
    """A file's path as shown."""
    return printable(name if folder == "." else f"{folder}/{name}")
