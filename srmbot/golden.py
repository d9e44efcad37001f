"""Golden questions of knowledge folders -> those that get something else than they should, for `srmbot test`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.knowledge.draft import read_file
from srmbot.knowledge.files import File, read_questions
from srmbot.knowledge.problem import Problem, did_you_mean, join_names, shorten
from srmbot.knowledge.records import Cell, Record, read_records
from srmbot.knowledge.schema import QUESTION
from srmbot.knowledge.yaml_nodes import Node
from srmbot.model import Knowledge

NOBODY = "nobody"  # as owner: the question is to be left alone
QUESTION_FIX = "`srmbot why` explains it; add ways to ask to asked/, or correct the question"
SAY_EXPECTED = "say what it should get: owner, service, topic, duty, team or reply"
LISTED_NAMES = 30  # names of a list that a fix shows


def load_questions(folders: Sequence[Path]) -> tuple[list[Record], list[Problem]]:
    """The golden questions of some folders, and what is wrong with how they are written."""
    layers = [read_questions(folder) for folder in folders]
    records = [record for layer in layers for file in layer.files for record in read_file(file, read)]
    misread = [problem for layer in layers for file in layer.files for problem in file.problems]
    return records, [*(problem for layer in layers for problem in layer.problems), *misread, *incomplete(records)]


def read(file: File, root: Node | None) -> Iterator[Record]:
    """The questions of one file."""
    return read_records(file, root, QUESTION)


def incomplete(records: Sequence[Record]) -> Iterator[Problem]:
    """Questions without a text, or without anything that could be wrong."""
    for record in records:
        if "ask" not in record.given:
            yield Problem(record.at, "a question without `ask`", "write `ask: …`, as a person would ask it")
        elif not record.given & set(EXPECTED):
            yield Problem(record.at, "a question that any answer would fit", SAY_EXPECTED)


def failed_questions(known: State, records: Sequence[Record]) -> Iterator[Problem]:
    """Each question that gets something else than it should, or that names what is not known."""
    for record in records:
        asked = record.text("ask")
        if asked is None:
            continue
        unknown = list(unknown_names(record, known.knowledge))
        yield from unknown
        if not unknown:
            answer = known.reply(asked, record.texts("thread"), record.text("about"))
            wrong = list(differences(record, answer))
            if wrong:
                yield Problem(record.one["ask"].at, f"`{shorten(asked)}` gets {'; '.join(wrong)}", QUESTION_FIX)


def unknown_names(record: Record, known: Knowledge) -> Iterator[Problem]:
    """What is expected, and could never come."""
    teams = {team.team: team for team in known.teams}
    kinds: Mapping[str, Collection[str]] = {
        "service": known.services,
        "about": known.services,
        "topic": known.topics,
        "duty": known.by_id,
        "team": teams,
    }
    for name, names in kinds.items():
        cell = record.one.get(name)
        if cell and cell.text not in names:
            fix = did_you_mean(
                cell.text, names, f"one of {join_names(names, LISTED_NAMES)}" if names else "there is none yet"
            )
            yield Problem(cell.at, f"unknown {name} `{shorten(cell.text)}`", fix)


def differences(record: Record, answer: Answer) -> Iterator[str]:
    """What of an answer is other than it should be: "owner aws, not customer"."""
    for name, found in EXPECTED.items():
        cell: Cell | None = record.one.get(name)
        got = found(answer)
        if cell and cell.text not in got:
            yield f"{name} {' or '.join(sorted(got)) or 'none'}, not {cell.text}"


def owners(answer: Answer) -> set[str]:
    """Whose it is; nobody's, if nothing is claimed."""
    return {answer.owner.value if answer.answered and answer.owner else NOBODY}


def services(answer: Answer) -> set[str]:
    """The services that it is about: a part or mode of a service is both, and every part counts."""
    if answer.parts:
        return {slug for part in answer.parts for slug in services(part)}
    own = answer.match.service if answer.match else None
    return {slug for slug in (answer.service, own) if slug} if answer.answered else set()


def topics(answer: Answer) -> set[str]:
    """The topics that it is about."""
    if answer.parts:
        return {topic for part in answer.parts for topic in topics(part)}
    return {answer.topic} if answer.answered and answer.topic else set()


def duties(answer: Answer) -> set[str]:
    """The one duty that was asked about, and the one that it opens with."""
    return {duty.id for duty in (answer.duty, answer.main_duty) if duty} if answer.answered else set()


def teams(answer: Answer) -> set[str]:
    """The team on the customer's side."""
    return {answer.team.team} if answer.answered and answer.team else set()


def replies(answer: Answer) -> set[str]:
    """Yes, no or partly."""
    return {answer.reply.value} if answer.reply else set()


EXPECTED: Mapping[str, Callable[[Answer], set[str]]] = {
    "owner": owners,
    "service": services,
    "topic": topics,
    "duty": duties,
    "team": teams,
    "reply": replies,
}
