"""`check`: knowledge folders in, every problem in them out, or how much they answer for."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.cli.progress import progress
from srmbot.cli.terminal import terminal_width
from srmbot.errors import SrmbotError

if TYPE_CHECKING:
    from srmbot.cache import Cache
    from srmbot.knowledge.report import Findings


def check(args: argparse.Namespace) -> int:
    """report every problem in knowledge folders"""
    from srmbot.cache import Cache
    from srmbot.knowledge.load import built_in
    from srmbot.knowledge.report import check_folders
    from srmbot.knowledge.stale import stale_lines
    from srmbot.knowledge.todo import todo_lines
    from srmbot.misfiled import misfiled_examples
    from srmbot.overview.age import today

    folders = [Path(folder) for folder in args.folders] or [built_in()]
    found = check_folders(folders, today())
    settings = setup.read_environment()
    cache, problems = Cache(settings.cache), found.problems
    if not problems and not args.coverage:  # asking takes longer than anything else
        with progress("Asking every example question"):
            problems = misfiled_examples(found, cache, setup.weights_files(settings))
    for line in (*problems, *stale_lines(found.stale), *todo_lines(found.todos), *foreign_lines(found)):
        print(line)
    names = ", ".join(map(str, folders))
    print(f"{names}: {found.count}, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
    if args.coverage and not problems:
        print_coverage(found.used, cache)
    return 1 if problems else 0


def foreign_lines(found: Findings) -> Iterator[str]:
    """A line for each file that was passed over: YAML that is no knowledge, and what could be imported."""
    from srmbot.importing.recognise import find_importable
    from srmbot.knowledge.files import show_path

    hints = {each.folder / each.name: each.hint for each in found.foreign}
    importable = {path: kind for folder in found.checked for path, kind in find_importable(folder)}
    for path in sorted({*hints, *importable}):
        kind, shown = importable.get(path), show_path(path)
        reads = f"a {kind.value} file, which `srmbot import {shown} --into DIR` reads" if kind else "not knowledge"
        yield f"passed over: {shown}: {'; '.join(filter(None, (reads, hints.get(path))))}"


def test(args: argparse.Namespace) -> int:
    """ask the golden questions of your folders, and report what gets something else than it should"""
    from srmbot.bot import Bot
    from srmbot.cache import Cache
    from srmbot.golden import failed_questions, load_questions
    from srmbot.knowledge.report import check_folders, count_things

    folders = [Path(folder) for folder in args.folders]
    names = ", ".join(map(str, folders))
    found = check_folders(folders)
    records, misread = load_questions(folders)
    problems = [*found.problems, *misread]
    if not problems and not records:
        raise SrmbotError(f"no golden questions in {names}", "write them to questions/*.yaml in that folder")
    if not problems:
        settings = setup.read_environment()
        with progress("Learning and asking"):
            files = setup.weights_files(settings)
            known = Bot.from_folders(found.used, Cache(settings.cache), files=files).state
            problems = sorted(failed_questions(known, records))
    for line in problems:
        print(line)
    asked = count_things(len(records), "question", "questions")
    print(f"{names}: {asked}, {count_things(len(problems), 'problem', 'problems') if problems else 'no problems'}")
    return 1 if problems else 0


def print_coverage(folders: Sequence[Path], cache: Cache) -> None:
    """Print how many topics of each service valid folders answer for."""
    from srmbot.knowledge.load import load
    from srmbot.render import coverage

    print(f"\n{coverage.as_text(load(folders, cache), terminal_width())}")
