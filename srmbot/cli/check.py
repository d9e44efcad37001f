"""`check`: knowledge folders in, every problem in them out, or how much they answer for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.cli.progress import progress
from srmbot.cli.terminal import terminal_width

if TYPE_CHECKING:
    from srmbot.cache import Cache


def check(args: argparse.Namespace) -> int:
    """report every problem in knowledge folders"""
    from srmbot.cache import Cache
    from srmbot.knowledge.load import built_in
    from srmbot.knowledge.report import check_folders
    from srmbot.knowledge.stale import stale_lines
    from srmbot.misfiled import misfiled_examples
    from srmbot.overview.age import today

    folders = [Path(folder) for folder in args.folders] or [built_in()]
    found = check_folders(folders, today())
    cache = Cache(setup.read_environment().cache)
    problems = found.problems
    if not problems and not args.coverage:  # asking takes longer than anything else
        with progress("Asking every example question"):
            problems = misfiled_examples(found, cache)
    for line in (*problems, *stale_lines(found.stale)):
        print(line)
    names = ", ".join(map(str, folders))
    print(f"{names}: {found.count}, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
    if args.coverage and not problems:
        print_coverage(found.used, cache)
    return 1 if problems else 0


def print_coverage(folders: Sequence[Path], cache: Cache) -> None:
    """Print how many topics of each service valid folders answer for."""
    from srmbot.knowledge.load import load
    from srmbot.render import coverage

    print(f"\n{coverage.as_text(load(folders, cache), terminal_width())}")
