"""Duties and teams -> the text of knowledge files, with remarks where a person must read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from srmbot.importing.duties import DutyDraft
from srmbot.importing.teams import TeamDraft

UNQUOTED_TEXT = re.compile(r"^[A-Za-z(][\w ()/.%+–—’&=;-]*$")  # what needs no quotes, in a list neither
LIKE_NOTHING = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
PROSE = ("facts", "proof", "owns")  # lists of which each text has a line of its own
Value = str | Sequence[str]


def duty_text(duty: DutyDraft) -> str:
    """One duty as a record of its file."""
    remarks = "".join(f"# TODO: {todo}\n" for todo in duty.todo)
    fields: dict[str, Value] = {
        "id": duty.id,
        "topic": duty.placed.topic,
        "owner": duty.owner.value,
        "duty": duty.duty,
        "why": duty.why,
        "say": duty.say,
        "source": duty.source,
    }
    return remarks + record_text({**fields, **duty.more})


def team_text(team: TeamDraft) -> str:
    """One team as a record of teams.yaml."""
    fields = {"team": team.team, "service": team.service, "topic": team.topic, "channel": team.channel}
    return record_text({**fields, "runbook": team.runbook, "owns": team.owns})


def record_text(fields: Mapping[str, Value | None]) -> str:
    """A record as a list's item: a line for each field that has a value."""
    lines = [line for name, value in fields.items() if value for line in field_lines(name, value)]
    return "".join(f"{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))


def field_lines(name: str, value: Value) -> Iterator[str]:
    """One field: a text, a list in a row, or a list with a line for each."""
    if isinstance(value, str):
        yield f"{name}: {value if name in ('checked', 'helper') else scalar(value)}"
    elif name in PROSE:
        yield f"{name}:"
        yield from (f"- {scalar(each)}" for each in value)
    else:
        yield f"{name}: [{', '.join(map(scalar, value))}]"


def scalar(text: str) -> str:
    """A text as YAML reads it back, in quotes where it must be."""
    if UNQUOTED_TEXT.match(text) and not text.endswith(" ") and text.lower() not in LIKE_NOTHING:
        return text
    return "'" + text.replace("'", "''") + "'"
