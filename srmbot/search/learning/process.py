"""Knowledge and ways to ask -> weights, learned in a process of its own.

Learning takes some hundred megabytes and a processor for some seconds. A bot that answers meanwhile has neither to
spare, and what the libraries for it have once taken they do not give back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import srmbot
from srmbot.knowledge.serialize import example_from_json, example_to_json, from_json, to_json
from srmbot.model import ExampleQuestion, Knowledge

ROOT = Path(srmbot.__file__).parents[1]  # where `-m` finds this module, installed or not
TIMEOUT = 300  # seconds after which learning is given up; it takes ten
MAX_ERROR = 2000  # characters that are shown of what a failed process wrote


def learn_in_process(knowledge: Knowledge, asked: Iterable[ExampleQuestion]) -> bytes:
    """The same as `learn`.

    Raises:
        RuntimeError: the process failed; with the end of what it wrote.
        OSError, subprocess.TimeoutExpired: it could not be started, or did not end.
    """
    import subprocess  # takes longer to import than the rest of a start that has nothing to learn

    given = json.dumps({"knowledge": to_json(knowledge), "asked": list(map(example_to_json, asked))})
    command = [sys.executable, "-m", "srmbot.search.learning.process"]
    done = subprocess.run(  # noqa: S603  # our own module, in the Python that runs us
        command, input=given.encode(), cwd=ROOT, capture_output=True, timeout=TIMEOUT, check=False
    )
    if done.returncode:
        raise RuntimeError(
            f"learning ended with {done.returncode}: {done.stderr.decode(errors='replace')[-MAX_ERROR:]}"
        )
    return done.stdout


def main() -> None:
    """Learn from what comes on standard input, and write the weights to standard output."""
    from srmbot.search.learning.train import learn

    given = json.load(sys.stdin)
    knowledge = from_json(given["knowledge"], given["knowledge"]["version"])
    assert knowledge is not None, "what was sent is no knowledge of ours"
    sys.stdout.buffer.write(learn(knowledge, map(example_from_json, given["asked"])))


if __name__ == "__main__":
    main()
