"""`check`: knowledge folders in, every problem in them out."""

from __future__ import annotations

import argparse
from pathlib import Path

from srmbot.cli import setup


def check(args: argparse.Namespace) -> int:
    """report every problem in knowledge folders"""
    from srmbot.cache import Cache
    from srmbot.knowledge.load import built_in
    from srmbot.knowledge.report import check_folders
    from srmbot.misfiled import misfiled_examples

    folders = [Path(folder) for folder in args.folders] or [built_in()]
    found = check_folders(folders)
    problems = found.problems or misfiled_examples(found, Cache(setup.read_environment().cache))
    for problem in problems:
        print(problem)
    names = ", ".join(map(str, folders))
    print(f"{names}: {found.count}, {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
    return 1 if problems else 0
