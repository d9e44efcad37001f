"""The words of the domain: owners, services, topics, duties, entries, teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

GENERAL = "general"  # the service of a question that names none
DATABASE = "rds"  # what "our database" is read as


class Owner(StrEnum):
    """Whose work a task is."""

    AWS = "aws"
    CUSTOMER = "customer"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Service:
    """An AWS service, and what people call it."""

    slug: str
    name: str  # as people write it: "RDS"
    full_name: str
    line: str  # what it is, in one line
    aliases: tuple[str, ...]  # lower case; each means this service and nothing else
    hints: tuple[str, ...]  # lower case; words that suggest it: "postgres"
    helper: bool  # a thing that others are built with: in "rds kms key", RDS is meant
    falls_back: str | None  # the service that answers where this one has no duties of its own


@dataclass(frozen=True, slots=True)
class Topic:
    """A category of work."""

    slug: str
    title: str  # "High availability and failover"
    aliases: tuple[str, ...]  # lower case


@dataclass(frozen=True, slots=True)
class Duty:
    """One task on one service: who does it, and who says so."""

    id: str  # "rds.retention": service, dot, its own name
    service: str
    topic: str
    owner: Owner  # aws or customer, never shared
    duty: str  # the task, as an order: "Set the backup retention period"
    why: str  # one or two sentences
    facts: tuple[str, ...]  # numbers and defaults
    say: tuple[str, ...]  # how people name the task
    source: tuple[str, ...]  # https addresses of the AWS pages that state it
    tip: str | None
    as_of: str | None  # vintage of the page it was read in: "2023-06"
    checked: bool  # read in an AWS page by a person
    at: str  # "knowledge/duties/rds.yaml:7", so that an answer can be traced

    @property
    def phrases(self) -> tuple[str, ...]:
        """All texts that name the task: as an order, and as people say it."""
        return (self.duty, *self.say)


@dataclass(frozen=True, slots=True)
class Entry:
    """All duties of one topic on one service, both sides of the line."""

    service: str
    topic: str
    duties: tuple[Duty, ...]

    @property
    def id(self) -> str:
        """The name of the entry to the outside: "rds/backups"."""
        return f"{self.service}/{self.topic}"

    @property
    def owner(self) -> Owner:
        """The duties' one owner, or `shared`."""
        owners = {duty.owner for duty in self.duties}
        return owners.pop() if len(owners) == 1 else Owner.SHARED

    def side(self, owner: Owner) -> tuple[Duty, ...]:
        """The duties of one owner, in the order of the file."""
        return tuple(duty for duty in self.duties if duty.owner is owner)


@dataclass(frozen=True, slots=True)
class Team:
    """Who does the customer's duties, for a service, a topic, both or neither."""

    team: str
    service: str | None
    topic: str | None
    channel: str | None
    runbook: str | None


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """One way people ask; `service`, `topic` and `owner` are None for what is not ours."""

    text: str
    service: str | None
    topic: str | None
    owner: Owner | None
    voice: str  # the name of the file: whose way of asking it is
    at: str


@dataclass(frozen=True)
class Knowledge:
    """All that answers are made from. Valid by construction: `knowledge.load` checks first."""

    services: Mapping[str, Service]
    topics: Mapping[str, Topic]
    duties: tuple[Duty, ...]
    teams: tuple[Team, ...]
    version: str  # hash of the files it was read from
    not_aws: tuple[str, ...] = ()  # lower case; names of what is not AWS's: "azure sql"

    @cached_property
    def entries(self) -> Mapping[tuple[str, str], Entry]:
        """Every entry that has duties, by service and topic."""
        found: dict[tuple[str, str], list[Duty]] = {}
        for duty in self.duties:
            found.setdefault((duty.service, duty.topic), []).append(duty)
        return {key: Entry(*key, tuple(duties)) for key, duties in found.items()}

    @cached_property
    def by_service(self) -> Mapping[str, Sequence[Duty]]:
        """The duties of every service that has some, in the order of its file."""
        found: dict[str, list[Duty]] = {}
        for duty in self.duties:
            found.setdefault(duty.service, []).append(duty)
        return found

    @cached_property
    def by_id(self) -> Mapping[str, Duty]:
        """Every duty by its id."""
        return {duty.id: duty for duty in self.duties}

    def covering(self, service: str, topic: str) -> Entry | None:
        """The entry that answers for a service: its own, or the nearest it falls back to."""
        slug: str | None = service
        while slug is not None:
            if (service_topic := (slug, topic)) in self.entries:
                return self.entries[service_topic]
            slug = self.services[slug].falls_back
        return None

    def of_service(self, service: str) -> tuple[Duty, ...]:
        """Every duty of one service, in the order of its file."""
        return tuple(self.by_service.get(service, ()))

    def team_for(self, service: str, topic: str | None) -> Team | None:
        """The team with the most specific claim; the service counts more than the topic."""
        claims = [team for team in self.teams if team.service in (None, service) and team.topic in (None, topic)]
        return max(claims, key=lambda team: (team.service is not None, team.topic is not None), default=None)
