"""Example questions that are filed under one answer and get another, for `srmbot check`.

What is learned from a line answers that line, unless many others speak against it. So a line that is plainly
answered otherwise is filed wrongly more often than not, or its words are what people say of something else.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from srmbot.answer import Answer, Outcome
from srmbot.bot import Bot, State
from srmbot.cache import Cache
from srmbot.decide import decide
from srmbot.knowledge.problem import At, Problem, shorten
from srmbot.knowledge.report import Findings
from srmbot.model import ExampleQuestion
from srmbot.search.matches import Matches

MOST_PROCESSES = 4  # each takes some hundred megabytes
FEWEST_FOR_A_PROCESS = 2_000  # ways to ask that take about as long as the start of a process


def misfiled_examples(found: Findings, cache: Cache, files: Sequence[Path] = ()) -> Sequence[Problem]:
    """What the ways to ask of valid folders disagree on; many are asked by several processes, and take a minute.

    Args:
        found: valid folders.
        cache: where what was learned is kept.
        files: of weights that `srmbot learn` wrote.
    """
    if not found.example_files:  # nothing to compare
        return []
    known = Bot.from_folders(found.used, cache, files=files).state
    if not known.learned:
        return []
    ways = [way for way in known.examples() if way.at.rpartition(":")[0] in found.example_files]
    shares = min(MOST_PROCESSES, os.cpu_count() or 1, 1 + len(ways) // FEWEST_FOR_A_PROCESS)
    if shares == 1:
        return sorted(find_misfiled(known, ways))
    with ProcessPoolExecutor(shares, get_context("spawn")) as pool:  # a fork would copy locks that others hold
        ask = partial(ask_share, found.used, cache, files)
        return sorted(chain.from_iterable(pool.map(ask, [ways[start::shares] for start in range(shares)])))


def ask_share(
    folders: Sequence[Path], cache: Cache, files: Sequence[Path], ways: Sequence[ExampleQuestion]
) -> Sequence[Problem]:
    """What is misfiled among some ways to ask, in a process that knows nothing yet."""
    return list(find_misfiled(Bot.from_folders(folders, cache, files=files).state, ways))


def find_misfiled(known: State, ways: Iterable[ExampleQuestion]) -> Iterator[Problem]:
    """Each way to ask that is said plainly to be about something else than it is filed under."""
    for way in ways:
        matches = known.match(way.text)
        answer = decide(matches, known.knowledge)
        if answer.outcome is Outcome.SURE and not agrees(way, answer, matches):
            path, _, line = way.at.rpartition(":")
            yield Problem(
                At(path, int(line)),
                f"`{shorten(way.text)}` is {describe_filing(way)}, but {describe_answer(answer)}",
                MISFILED_FIX,
            )


def agrees(way: ExampleQuestion, answer: Answer, matches: Matches) -> bool:
    """Whether an answer, or a part of it, is what a line is filed under.

    If the line names several services, any of them will do.
    """
    if answer.parts:
        return any(agrees(way, part, matches) for part in answer.parts)
    several = len({named.service for named in matches.evidence.named if named.strong}) > 1
    return answer.topic == way.topic and (several or way.service in services_of(answer))


def services_of(answer: Answer) -> Collection[str | None]:
    """The services that an answer is about: a part or mode of a service is both."""
    return {answer.service, answer.match.service} if answer.match else {answer.service}


MISFILED_FIX = "move it there if that is right; otherwise remove it, or add more questions like it"


def describe_filing(way: ExampleQuestion) -> str:
    """Where a line is filed."""
    return f"filed under {way.service}/{way.topic}" if way.topic else "filed as not ours"


def describe_answer(answer: Answer) -> str:
    """What it is answered with."""
    entry = f"{answer.service}/{answer.topic}" if answer.topic else f"{answer.service} as a whole"
    return f"is answered with {entry} (`srmbot why` explains it)"
