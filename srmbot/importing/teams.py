"""Tables of who owns what -> teams with what they own, as they will be written to teams.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from srmbot.importing.columns import ROLE_SIDES, Column, Role, owner_named, read_columns
from srmbot.importing.document import Row, Table
from srmbot.importing.duties import PAGE_ADDRESS, seen
from srmbot.importing.statements import FilePlace, Left
from srmbot.knowledge.records import normalize
from srmbot.knowledge.schema import PHRASE
from srmbot.model import GENERAL, Knowledge
from srmbot.query import tokenize
from srmbot.search.lookup import topic_names
from srmbot.search.service_names import ServiceNames, words_outside

THING_ROLES = (Role.SERVICE, Role.RESOURCE, Role.TOPIC, Role.CATEGORY, Role.OTHER, Role.TASK)  # what a team may own
CHANNEL = re.compile(r"#[\w-]+")


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team's claim as it will be written."""

    team: str
    place: FilePlace
    service: str | None = None
    topic: str | None = None
    channel: str | None = None
    runbook: str | None = None
    owns: tuple[str, ...] = ()


@dataclass(slots=True)
class TeamReading:
    """What a file says of teams."""

    teams: list[TeamDraft] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


class Claims:
    """Says of a name what it is: a service, a topic, or a resource of the organisation's own."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Know what services and topics are called."""
        self.names = ServiceNames(knowledge)
        self.topics = topic_names(knowledge)
        services = (name for each in knowledge.services.values() for name in (each.slug, *each.aliases, *each.hints))
        topics = (name for each in knowledge.topics.values() for name in (each.slug, each.title, *each.aliases))
        self.reserved = {normalize(name) for name in (*services, *topics)}

    def service_in(self, text: str) -> str | None:
        """The first service that a text names plainly."""
        named = (each.service for each in self.names.find(tokenize(text)) if each.strong and not each.resource)
        return next((slug for slug in named if slug != GENERAL), None)

    def claim(self, team: TeamDraft, name: str) -> TeamDraft | None:
        """A team with a name that it owns; None where that would name nothing."""
        words = tokenize(name)
        found = [each for each in self.names.find(words) if each.strong and each.service != GENERAL]
        if found and not words_outside(words, found):
            return replace(team, service=found[0].service)
        if topic := self.topics.get(words):
            return replace(team, topic=topic)
        plain = seen(name)
        if not words or len(plain) > PHRASE or normalize(plain) in self.reserved:
            return None
        return replace(team, owns=(plain,), service=team.service or (found[0].service if found else None))


def is_team_table(table: Table) -> bool:
    """Whether a table says which team owns what, and not who does which task."""
    columns = read_columns(table)
    roles = {each.role for each in columns}
    sides = roles & {*ROLE_SIDES, Role.PARTY}
    return not sides and bool(roles & set(THING_ROLES)) and (Role.TEAM in roles or names_teams(table, columns))


def names_teams(table: Table, columns: Sequence[Column]) -> bool:
    """Whether the owners in a table are names, and not sides."""
    filled = [cell for each in columns if each.role is Role.OWNER for cell in table.filled(each.number)]
    return bool(filled) and not any(owner_named(cell) for cell in filled)


def read_team_table(found: TeamReading, table: Table, path: str, claims: Claims) -> None:
    """The teams of a table, one a row; a row without a team or a thing is left."""
    columns = read_columns(table)
    for row in table.rows:
        place = FilePlace(path, row.line)
        made = read_team_row(columns, row, place, claims)
        if isinstance(made, TeamDraft):
            found.teams.append(made)
        else:
            found.left.append(Left(place, " | ".join(row.cells), made))


def read_team_row(columns: Sequence[Column], row: Row, place: FilePlace, claims: Claims) -> TeamDraft | str:
    """The team of one row, or why there is none."""
    cells = cells_by_role(columns, row)
    name = cells.get(Role.TEAM) or cells.get(Role.OWNER) or ""
    things = [cells[role] for role in THING_ROLES if role in cells]
    if not name or not things:
        return "no team" if not name else "nothing that the team owns"
    team = TeamDraft(seen(name)[:PHRASE], place, channel=channel_of(cells), runbook=runbook_of(cells))
    thing, service = cells.get(Role.RESOURCE), cells.get(Role.SERVICE, "")
    if thing:
        made = claims.claim(replace(team, service=claims.service_in(service)), thing)
    else:
        made = claims.claim(team, things[0])
        topic = claims.topics.get(tokenize(cells.get(Role.TOPIC, "")))
        made = replace(made, topic=made.topic or topic) if made else None
    return made or f"`{thing or things[0]}` names nothing that a question could be about"


def cells_by_role(columns: Sequence[Column], row: Row) -> dict[Role, str]:
    """The filled cells of a row by what their columns say; the first of each."""
    found: dict[Role, str] = {}
    for each in columns:
        if cell := row.cell(each.number):
            found.setdefault(each.role, " ".join(cell.split()))
    return found


def channel_of(cells: Mapping[Role, str]) -> str | None:
    """Where a team is asked: its channel, or what else the cell says."""
    text = cells.get(Role.CHANNEL, "")
    return (CHANNEL.search(text) or [text])[0][:PHRASE] if text else None


def runbook_of(cells: Mapping[Role, str]) -> str | None:
    """The address of a runbook."""
    found = PAGE_ADDRESS.search(cells.get(Role.RUNBOOK, "") or cells.get(Role.PAGE, ""))
    return found[0] if found else None


def join_teams(teams: Iterable[TeamDraft]) -> Iterator[TeamDraft]:
    """The teams, those that differ only in what they own as one record."""
    found: dict[tuple[object, ...], TeamDraft] = {}
    for team in teams:
        key = (team.team, team.service, team.topic, team.channel, team.runbook, bool(team.owns))
        same = found.get(key)
        found[key] = replace(same, owns=tuple(dict.fromkeys((*same.owns, *team.owns)))) if same else team
    yield from found.values()


def drop_taken(teams: Iterable[TeamDraft], found: TeamReading, taken: set[tuple[str, ...]]) -> Iterator[TeamDraft]:
    """The teams whose claims nobody has yet; the others are left.

    Args:
        teams: in their order, the first of which wins.
        found: where those are noted that are left.
        taken: the claims that are made already; it grows.
    """
    for team in teams:
        free = tuple(name for name in team.owns if claim_key(team, name) not in taken)
        if (team.owns and not free) or (not team.owns and claim_key(team) in taken):
            what = ", ".join(team.owns) or "/".join(filter(None, (team.service, team.topic))) or "everything else"
            found.left.append(Left(team.place, f"{team.team}: {what}", "it belongs to a team already"))
            continue
        made = replace(team, owns=free)
        taken |= claim_keys(made)
        yield made


def claim_keys(team: TeamDraft) -> set[tuple[str, ...]]:
    """What a team claims: each of its resources, or a service and topic."""
    return {claim_key(team, name) for name in team.owns} or {claim_key(team)}


def claim_key(team: TeamDraft, name: str | None = None) -> tuple[str, ...]:
    """What is claimed: a resource, or a service and topic."""
    if name:
        return ("owns", team.topic or "", normalize(name))
    return ("claim", team.service or "", team.topic or "")
