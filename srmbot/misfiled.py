"""Example questions that are filed under one answer and get another, for `srmbot check`.

What is learned from a line answers that line, unless many others speak against it. So a line that is plainly
answered otherwise is filed wrongly more often than not, or its words are what people say of something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from srmbot.answer import Answer, Outcome
from srmbot.bot import Bot, State
from srmbot.cache import Cache
from srmbot.decide import decide
from srmbot.knowledge.problem import At, Problem, shorten
from srmbot.knowledge.report import Findings
from srmbot.model import ExampleQuestion
from srmbot.search.matches import Matches


def misfiled_examples(found: Findings, cache: Cache, files: Sequence[Path] = ()) -> Sequence[Problem]:
    """What the ways to ask of valid folders disagree on; it takes some seconds where there are many.

    Args:
        found: valid folders.
        cache: where what was learned is kept.
        files: of weights that `srmbot learn` wrote.
    """
    if not found.example_files:  # nothing to compare
        return []
    known = Bot.from_folders(found.used, cache, files=files).state
    return sorted(find_misfiled(known, found.example_files)) if known.learned else []


def find_misfiled(known: State, files: Collection[str]) -> Iterator[Problem]:
    """Each way to ask in some files that is said plainly to be about something else than it is filed under."""
    for way in known.examples():
        path, _, line = way.at.rpartition(":")
        if path not in files:
            continue
        matches = known.match(way.text)
        answer = decide(matches, known.knowledge)
        if answer.outcome is Outcome.SURE and not agrees(way, answer, matches):
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
