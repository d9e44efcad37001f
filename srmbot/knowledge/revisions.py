"""A folder, or a git revision of one -> Knowledge, to be compared with another."""

from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from srmbot.errors import SrmbotError, UsageError
from srmbot.knowledge import check, load
from srmbot.knowledge.build import build_knowledge
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import KIND_OF_PATTERN, File, Layer, pattern_of, read_folder
from srmbot.knowledge.problem import KnowledgeError, shorten
from srmbot.model import Knowledge

GIT_TIMEOUT = 60  # seconds for git
# Without these there is nothing to compare. Other rules may be newer than an old revision.
NEEDED = (check.fallback_cycle, check.general_missing, check.known_names, check.missing_field)


def read_revision(said: str, other: str) -> Knowledge:
    """The knowledge of a folder, or of a git revision of a folder.

    Args:
        said: the folder or the revision; what is both is read as the folder.
        other: what it is compared with. A revision is one of this folder; if it is a revision too, of the current
            folder, or of the built-in one where the current one has no knowledge.

    Raises:
        UsageError: it is neither.
        KnowledgeError: it cannot be used, even for comparing.
        SrmbotError: git fails.
    """
    if Path(said).is_dir():
        return build_alone(read_folder(Path(said), 1))
    return build_alone(read_git(folder_of_revisions(other), said))


def folder_of_revisions(other: str) -> Path:
    """The folder that a revision is one of."""
    if Path(other).is_dir():
        return Path(other)
    here = Path.cwd()
    return here if any(pattern_of(path.name) in KIND_OF_PATTERN for path in here.glob("*.yaml")) else load.built_in()


def read_git(folder: Path, revision: str) -> Layer:
    """The files of a folder as they were in a git revision.

    Raises:
        UsageError: there is no such revision, or the folder was not in it.
        SrmbotError: git fails.
    """
    commit = run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UsageError(
            f"'{shorten(revision)}' is neither a folder nor a git revision of {shorten(str(folder))}",
            "give a knowledge folder, or a revision such as HEAD~1",
        )
    packed = run_git(folder, "archive", "--format=tar", commit.decode().strip())
    if packed is None:
        raise UsageError(f"{shorten(str(folder))} was not there in '{shorten(revision)}'", "name a later revision")
    return Layer(revision, list(unpack(packed, revision)))


def run_git(folder: Path, *words: str) -> bytes | None:
    """What git prints; None where it fails.

    Raises:
        SrmbotError: git is not there, or does not end.
    """
    git = shutil.which("git")
    if git is None:
        raise SrmbotError("git is not installed", "install it, or compare two folders")
    try:
        done = subprocess.run(  # noqa: S603  # no shell; a revision comes after `--end-of-options`
            [git, "-C", str(folder), *words], capture_output=True, timeout=GIT_TIMEOUT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SrmbotError(f"git fails: {fault}", "try again, or compare two folders") from fault
    return done.stdout if done.returncode == 0 else None


def unpack(packed: bytes, revision: str) -> Sequence[File]:
    """The knowledge files of an archive; links and everything else are passed over."""
    found = []
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = (
                archive.extractfile(member) if member.isfile() and pattern_of(member.name) in KIND_OF_PATTERN else None
            )
            if content:
                found.append(File(f"{revision}:{member.name}", member.name, 1, content.read()))
    return found


def build_alone(layer: Layer) -> Knowledge:
    """The knowledge of one folder: alone if it says what `general` is, else laid over the built-in one.

    Raises:
        KnowledgeError: it cannot be built.
    """
    found = read_draft([layer])
    if not check.stands_alone(found):
        found = read_draft([read_folder(load.built_in(), 0), layer])
    if problems := [*found.problems, *(problem for rule in NEEDED for problem in rule(found))]:
        raise KnowledgeError(problems)
    return build_knowledge(found, load.version_of([layer]))
