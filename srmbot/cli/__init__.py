"""The command line: words in, a command run, an exit code out."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Sequence

from srmbot.cli.parser import read_arguments
from srmbot.errors import SrmbotError, UsageError

# Each command imports what it needs when it runs: `ask` starts in a tenth of the time that Slack's libraries take.


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when done, 1 for an expected failure, 2 for wrong usage."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):  # what cannot be read or shown becomes another sign
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    set_up_logging()
    try:
        args = read_arguments(sys.argv[1:] if arguments is None else arguments)
        return int(args.run(args))
    except UsageError as fault:
        print(f"srmbot: {fault}", file=sys.stderr)
        return 2
    except SrmbotError as fault:
        print(f"srmbot: {fault}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # the reader of our output is gone, as in `srmbot ask --jsonl … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130


def set_up_logging() -> None:
    """Log to standard error, as people read it; somebody who looks sees the progress of learning in its place."""
    from srmbot.slack.serve.logging_setup import TerminalLine, make_handler

    handler = make_handler(sys.stderr, TerminalLine())
    if sys.stderr.isatty():
        handler.addFilter(lambda record: record.msg != "learning_started")
    logging.basicConfig(handlers=[handler], level=logging.INFO)
