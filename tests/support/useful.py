"""Questions labelled by what a useful answer holds -> which got one: yes or no, number, next step, proof, parts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

GROUPS = {
    "asked": ("yesno", "presume", "fact", "whatif", "how"),
    "threads and several": ("turn", "compare", "several", "twopart"),
    "wrapped": ("wrapped", "notice"),
    "evidence": ("evidence",),
    "not to be claimed": ("about", "chat", "complaint", "language", "elsewhere", "uncovered", "howto"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what its answer lacks; useful where that is nothing."""

    row: Row
    answer: Row
    lacks: tuple[str, ...]

    @property
    def useful(self) -> bool:
        """Whether everything holds that the row asks for."""
        return not self.lacks


def read_rows(path: Path) -> list[Row]:
    """The rows of a file, one JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judge_row(row: Row, answer: Row) -> Judged:
    """Compare an answer, as `srmbot ask --json` prints it, with what its row asks for."""
    lacks = claimed(row, answer) if row["answer"] else unclaimed(row, answer)
    return Judged(row, answer, tuple(lacks))


def claimed(row: Row, answer: Row) -> Iterator[str]:
    """What a row lacks that wants an answer."""
    if not answer["answered"]:
        yield "answer"
        return
    for name in ("reply", "owner", "service"):
        if wanted := row.get(f"{name}_ok"):
            got = answer.get(name)
            fine = got in wanted or (name == "service" and any(part["service"] in wanted for part in answer["parts"]))
            if not fine:
                yield f"{name}: {got}, not {'/'.join(wanted)}"
    wanted = row.get("topics_ok")
    topics = {answer["topic"], *(part["topic"] for part in answer["parts"])}
    if wanted and topics.isdisjoint(wanted):
        yield f"topic: {answer['topic']}, not {'/'.join(wanted)}"
    yield from texts(row, answer)
    yield from parts(row, answer)


def texts(row: Row, answer: Row) -> Iterator[str]:
    """What the words of an answer lack."""
    summary = " ".join([answer["summary"] or "", *(part["summary"] for part in answer["parts"])])
    for wanted in row.get("must", ()):
        if not found(wanted, summary):
            yield f"must: {wanted}"
    for refused in row.get("mustnot", ()):
        if found(refused, summary):
            yield f"mustnot: {refused}"
    if (wanted := row.get("next")) and not found(wanted, f"{answer.get('next') or ''} {summary}"):
        yield f"next: {wanted}"
    if (wanted := row.get("evidence")) and not found(wanted, " ".join([*answer.get("evidence", ()), summary])):
        yield f"evidence: {wanted}"


def parts(row: Row, answer: Row) -> Iterator[str]:
    """The parts that are not covered, each by a part of its own; a single answer about all of them covers them too."""
    got = answer["parts"] or [answer]
    for wanted in row.get("parts_ok", ()):
        name = "service" if "service" in wanted else "topic"
        if not any(each[name] == wanted[name] and each["owner"] in wanted["owner_ok"] for each in got):
            yield f"part: {wanted[name]} {'/'.join(wanted['owner_ok'])}"


def unclaimed(row: Row, answer: Row) -> Iterator[str]:
    """What a row lacks that wants no answer."""
    if answer["answered"]:
        yield f"claims {answer['owner']} for {answer['service']}/{answer['topic']}"
    elif answer.get("reason") not in row.get("reason_ok", (answer.get("reason"),)):
        yield f"reason: {answer.get('reason')}, not {'/'.join(row['reason_ok'])}"


def found(pattern: str, text: str) -> bool:
    """Whether a regular expression is found, without regard to case."""
    return re.search(pattern, text, re.IGNORECASE) is not None


def share(judged: Sequence[Judged], styles: Sequence[str]) -> float:
    """The share of useful answers among rows of some styles; 1 where there is none."""
    rows = [each for each in judged if each.row["style"] in styles]
    return sum(each.useful for each in rows) / len(rows) if rows else 1.0
