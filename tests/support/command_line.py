"""A command run in this process."""

from collections.abc import Sequence

import pytest

from srmbot.cli import main


def run_main(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[object, str, str]:
    """Run a command: its code, its output, its errors."""
    try:
        code: object = main(words)
    except SystemExit as stopped:  # argparse, on wrong usage
        code = stopped.code
    return code, *capsys.readouterr()
