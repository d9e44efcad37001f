"""Knowledge and ways to ask -> weights, learned in a process of its own.

Learning takes some hundred megabytes and a processor for some seconds. A bot that answers meanwhile has neither to
spare, and what the libraries for it have once taken they do not give back.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import srmbot
from srmbot.knowledge.serialize import example_from_json, example_to_json, from_json, to_json
from srmbot.model import ExampleQuestion, Knowledge

ROOT = Path(srmbot.__file__).parents[1]  # where `-m` finds this module, installed or not
MOST_CPU = 1_800  # seconds of processor time after which learning is given up; it takes one or two minutes of it
LEARNING_TIMEOUT = 7_200  # seconds after which it is given up on a machine so busy that it hardly gets a processor
SIGNALS = {-9: ", killed (is there enough memory?)", -24: f", after {MOST_CPU} s of processor time"}
MAX_ERROR = 2000  # characters that are shown of what a failed process wrote


def can_learn() -> bool:
    """Whether what learning needs is installed (the extra `learn`)."""
    return find_spec("sklearn") is not None


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
        command, input=given.encode(), cwd=ROOT, capture_output=True, timeout=LEARNING_TIMEOUT, check=False
    )
    if done.returncode:
        said = done.stderr.decode(errors="replace")[-MAX_ERROR:]
        raise RuntimeError(f"learning ended with {done.returncode}{SIGNALS.get(done.returncode, '')}: {said}")
    return done.stdout


def main() -> None:
    """Learn from what comes on standard input, and write the weights to standard output."""
    limit_processor_time(MOST_CPU)
    from srmbot.search.learning.train import learn

    given = json.load(sys.stdin)
    knowledge = from_json(given["knowledge"], given["knowledge"]["version"])
    assert knowledge is not None, "what was sent is no knowledge of ours"
    sys.stdout.buffer.write(learn(knowledge, map(example_from_json, given["asked"])))


def limit_processor_time(seconds: int) -> None:
    """Let the system end this process once it has used so much processor time; its waiting does not count.

    A limit on the time by the clock would end learning where only the machine is busy.
    """
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limit; a stricter one stays
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # at the second the system kills without a word


if __name__ == "__main__":
    main()
