"""What an import did -> lines for the person who must go on from there: read, guessed, left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from srmbot.importing.duties import DutyDraft
from srmbot.importing.placing import Placed
from srmbot.importing.statements import Left
from srmbot.importing.teams import TeamDraft
from srmbot.knowledge.problem import shorten

SHOWN_CHARACTERS = 100  # characters of a text


@dataclass(slots=True)
class FileReport:
    """What was made of one file."""

    path: str
    kind: str  # "Markdown"
    statements: int = 0  # as the file has them: cells, rows, items
    duties: list[DutyDraft] = field(default_factory=list)
    known: list[Placed] = field(default_factory=list)  # statements that the folder has already
    teams: list[TeamDraft] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)  # of other kinds, by the name of their file
    left: list[Left] = field(default_factory=list)

    @property
    def sure(self) -> list[DutyDraft]:
        """The duties whose topic and service the file itself names."""
        return [each for each in self.duties if not is_guessed(each.placed)]

    @property
    def guessed(self) -> list[DutyDraft]:
        """The duties whose topic or service is the matcher's guess."""
        return [each for each in self.duties if is_guessed(each.placed)]


def is_guessed(placed: Placed) -> bool:
    """Whether the file did not name the topic, or the service."""
    return not placed.named or placed.unplaced


def report_lines(found: Sequence[FileReport]) -> Iterator[str]:
    """The report of some files."""
    for each in found:
        yield from file_lines(each)


def file_lines(found: FileReport) -> Iterator[str]:
    """The report of one file: a line for each duty, team, and thing that was left."""
    yield f"{found.path} ({found.kind}): {count_line(found)}"
    yield from group("read", [duty_line(each) for each in found.sure])
    yield from group("guessed", [duty_line(each) for each in found.guessed])
    yield from group("teams", [team_line(each) for each in found.teams])
    yield from group("records", [f"{name}: {count}" for name, count in found.records.items()])
    yield from group("already there", [known_line(each) for each in found.known])
    yield from group(
        "left", [f"{left.place.line}: {left.reason}: {shorten(left.text, SHOWN_CHARACTERS)}" for left in found.left]
    )


def count_line(found: FileReport) -> str:
    """How much of each there is."""
    todo = sum(bool(each.todo) for each in found.duties)
    parts = (
        f"{found.statements} statements" if found.statements else "",
        f"{len(found.duties)} duties ({len(found.guessed)} guessed, {todo} to be read)" if found.duties else "",
        f"{len(found.teams)} teams" if found.teams else "",
        f"{sum(found.records.values())} records" if found.records else "",
        f"{len(found.known)} already there" if found.known else "",
        f"{len(found.left)} left",
    )
    return ", ".join(filter(None, parts))


def group(title: str, lines: Sequence[str]) -> Iterator[str]:
    """Some lines below their title; nothing where there is none."""
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def duty_line(duty: DutyDraft) -> str:
    """A duty with its place, owner and entry, and how likely these are."""
    placed = duty.placed
    likely = f" {placed.likelihood:.2f}" if placed.likelihood < 1 else ""
    unplaced = " (no service named)" if placed.unplaced else ""
    todo = " TODO" if duty.todo else ""
    entry = f"{placed.service}/{placed.topic}"
    line = placed.statement.place.line
    return f"{line}: {duty.owner.value} {entry}{likely}{unplaced}{todo}: {shorten(duty.duty, SHOWN_CHARACTERS)}"


def known_line(placed: Placed) -> str:
    """A statement that the folder has already."""
    return f"{placed.statement.place.line}: {placed.service}/{placed.topic}: {shorten(placed.order, SHOWN_CHARACTERS)}"


def team_line(team: TeamDraft) -> str:
    """A team with what it owns."""
    claim = "/".join(filter(None, (team.service, team.topic)))
    owns = f" owns {', '.join(team.owns)}" if team.owns else ""
    return f"{team.place.line}: {team.team}{owns}" + (f" ({claim})" if claim else "")
