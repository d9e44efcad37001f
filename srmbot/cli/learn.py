"""`learn`: knowledge folders in, a small file out with what was learned from them."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from srmbot.cli import setup
from srmbot.cli.progress import progress
from srmbot.errors import SrmbotError

if TYPE_CHECKING:
    from srmbot.bot import State

HALF_ENDING = ".half"  # what a file is called while it is written


def learn(args: argparse.Namespace) -> int:
    """learn from your knowledge folders, and write a file that a bot without scikit-learn answers by"""
    from srmbot.search.learning.process import can_learn

    if not can_learn():
        raise SrmbotError("learning needs scikit-learn", "install srmbot[learn]")
    known = setup.make_bot(args, replace(setup.read_environment(), weights=())).state
    size = write_weights(known, Path(args.out))
    duties, questions = len(known.knowledge.duties), len(known.examples())
    print(f"{args.out}: learned from {duties:,} duties and {questions:,} example questions, {size / 1e6:.1f} MB")
    return 0


def write_weights(known: State, path: Path) -> int:
    """Write what was learned, whole or not at all.

    Returns:
        The size of the file in bytes.

    Raises:
        SrmbotError: it cannot be written.
    """
    from srmbot.search.learning.ship import compress

    with progress("Making it small"):
        content = compress(bytes(known.matcher.weights.content), known.knowledge.learned_from)
    half = path.with_name(path.name + HALF_ENDING)
    try:
        half.write_bytes(content)
        os.replace(half, path)
    except OSError as fault:
        half.unlink(missing_ok=True)
        raise SrmbotError(f"cannot write {path}: {fault.strerror}", "give another file with --out") from fault
    return len(content)
