"""The words of the domain: owners, services, topics, duties, entries, teams."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

GENERAL = "general"  # the service of a question that names none
DATABASE = "rds"  # what "our database" is read as


class Reply(StrEnum):
    """Whether what was believed or asked is so."""

    YES = "yes"
    NO = "no"
    PARTLY = "partly"


OPPOSITE = {Reply.YES: Reply.NO, Reply.NO: Reply.YES, Reply.PARTLY: Reply.PARTLY}


class Runs(StrEnum):
    """Who runs the hosts under a service."""

    YOU = "you"  # you do, as with EC2
    MANAGED = "managed"  # AWS does; you choose a version and a window
    SERVERLESS = "serverless"  # AWS does, and there is nothing to choose


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
    falls_back: str | None = None  # the service whose duties may answer where this one has none of its own
    variant_of: str | None = None  # the service that this is a part or a mode of: DAX of DynamoDB
    runs: Runs | None = None
    group: str | None = None  # its kind, of overview.groups: "databases"


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
    why: str  # one or two sentences; empty while nobody has written it
    facts: tuple[str, ...] = ()  # numbers and defaults, the deciding one first
    say: tuple[str, ...] = ()  # how people name the task
    source: tuple[str, ...] = ()  # https addresses of the AWS pages that state it, or places in documents of one's own
    tip: str | None = None
    as_of: str | None = None  # vintage of the page it was read in: "2023-06"
    checked: bool = True  # read in an AWS page by a person
    does: str | None = None  # the task as a statement, where the one made from `duty` reads badly
    next: str | None = None  # what the customer does about it, and where
    checked_by: tuple[str, ...] = ()  # Security Hub controls and Config rules: "RDS.11", "rds-storage-encrypted"
    proof: tuple[str, ...] = ()  # what can be shown to an auditor
    holds_for: tuple[str, ...] = ()  # slugs or kinds of services that inherit it
    at: str = ""  # "knowledge/duties/rds.yaml:7", so that an answer can be traced

    @property
    def phrases(self) -> tuple[str, ...]:
        """All texts that name the task: as an order, and as people say it."""
        return (self.duty, *self.say)


@dataclass(frozen=True, slots=True)
class Boundary:
    """Something that people believe or ask about a service, with whether it is so."""

    id: str  # "rds.multi-az-backup"
    service: str
    topic: str
    belief: str  # "Multi-AZ is a backup"
    reply: Reply  # whether the belief, as put, is so
    owner: Owner  # whose move it is in the end
    because: str  # one or two sentences that stand alone
    next: str | None = None
    say: tuple[str, ...] = ()  # other ways to put the same belief, in the same sense
    contrary: tuple[str, ...] = ()  # ways to put its opposite, to which the reply is turned round
    duties: tuple[str, ...] = ()  # ids of the duties that it rests on
    source: tuple[str, ...] = ()
    as_of: str | None = None
    at: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        """All texts that put the belief or its opposite."""
        return (self.belief, *self.say, *self.contrary)


@dataclass(frozen=True, slots=True)
class AbsentTopic:
    """A topic that does not exist on a service, and the sentence that says why."""

    service: str
    topic: str
    owner: Owner  # who does what takes its place
    because: str
    source: tuple[str, ...] = ()
    as_of: str | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """All duties of one topic on one service, both sides of the line."""

    service: str
    topic: str
    duties: tuple[Duty, ...]

    @property
    def id(self) -> str:
        """Its name to the outside: "rds/backups"."""
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
    """Who does the customer's duties: for a service, a topic, both or neither; or for the resources that it owns."""

    team: str
    service: str | None  # with `owns`, what its resources are
    topic: str | None
    channel: str | None
    runbook: str | None
    owns: tuple[str, ...] = ()  # names of resources: "orders-db"
    channel_id: str | None = None  # Slack's own id of it: "C0123456789"
    on_call: str | None = None  # Slack's id of the user group, or person, to call: "S0123456789"

    def line(self, *, with_runbook: bool) -> str:
        """What is known of it, in one line: "Payments · #payments"."""
        known = (self.team, self.channel, self.runbook if with_runbook else None)
        return " · ".join(filter(None, known))


@dataclass(frozen=True, slots=True)
class Maintainers:
    """Who looks after the knowledge, in Slack; nobody where no folder says."""

    users: tuple[str, ...] = ()  # Slack's IDs
    groups: tuple[str, ...] = ()  # of user groups
    channel: str | None = None  # ID of the channel where they get the digest
    repository: str | None = None  # address of the folder's repository

    @property
    def any(self) -> bool:
        """Whether anybody may be one."""
        return bool(self.users or self.groups)


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
    boundaries: tuple[Boundary, ...] = ()
    absent: tuple[AbsentTopic, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)  # of pages, by address
    uncovered: Mapping[str, str] = field(default_factory=dict)  # AWS services without duties: name, by alias
    learned_from: str = ""  # hash of those files that questions are learned from
    maintainers: Maintainers = Maintainers()

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

    @cached_property
    def listed_services(self) -> tuple[Service, ...]:
        """Every service that people can name: all but the one of questions that name none."""
        return tuple(service for service in self.services.values() if service.slug != GENERAL)

    def covering(self, service: str, topic: str) -> Entry | None:
        """The entry that answers for a service: its own, or what it inherits from the nearest that has duties for it.

        A duty of another service is inherited only where it says so in `holds_for`.
        """
        return self.covered.get((service, topic))

    @cached_property
    def covered(self) -> Mapping[tuple[str, str], Entry]:
        """Every entry that answers for a service, its own or inherited, by service and topic."""
        found = dict(self.entries)
        for slug in self.services:
            for parent in self.ancestors(slug):
                for topic in self.topics:
                    missing = (slug, topic) not in found and (slug, topic) not in self.absent_topics
                    entry = self.entries.get((parent, topic)) if missing else None
                    if entry and (duties := tuple(duty for duty in entry.duties if self.holds(duty, slug))):
                        found[slug, topic] = Entry(parent, topic, duties)
        return found

    @cached_property
    def absent_topics(self) -> Mapping[tuple[str, str], AbsentTopic]:
        """Every topic that does not exist on a service, by service and topic."""
        return {(each.service, each.topic): each for each in self.absent}

    def label(self, service: str, topic: str | None) -> str:
        """What an answer is about, as a heading: "RDS · Backups", and "Backups" where no service is named."""
        name = self.services[service].name
        if topic is None:
            return name
        title = self.topics[topic].title
        return title if service == GENERAL else f"{name} · {title}"

    @cached_property
    def boundaries_by_service(self) -> Mapping[str, Sequence[Boundary]]:
        """The boundaries of every service that has some."""
        found: dict[str, list[Boundary]] = {}
        for each in self.boundaries:
            found.setdefault(each.service, []).append(each)
        return found

    def ancestors(self, service: str) -> Iterator[str]:
        """The services whose duties one may inherit, the nearest first."""
        slug = self.services[service].falls_back
        while slug is not None:
            yield slug
            slug = self.services[slug].falls_back

    def holds(self, duty: Duty, service: str) -> bool:
        """Whether a duty of an ancestor holds for a service.

        Duties of a folder that says of no duty what it holds for, as an organisation's may, hold for all below them.
        """
        if duty.service not in self.says_holds:
            return True
        runs = self.services[service].runs
        return service in duty.holds_for or (runs is not None and runs.value in duty.holds_for)

    @cached_property
    def says_holds(self) -> frozenset[str]:
        """The services with a duty that says what it holds for; of these no other duty is inherited."""
        return frozenset(duty.service for duty in self.duties if duty.holds_for)

    def of_service(self, service: str) -> tuple[Duty, ...]:
        """Every duty of one service, in the order of its file."""
        return tuple(self.by_service.get(service, ()))

    def team_for(self, service: str, topic: str | None, resource: str | None = None) -> Team | None:
        """The team with the most specific claim: on the resource, then on the service, then on the topic."""
        owning = [team for team in self.resources.get(resource or "", ()) if team.topic in (None, topic)]
        if owning:
            return max(owning, key=lambda team: team.topic is not None)
        fits = (team for team in self.teams if team.service in (None, service) and team.topic in (None, topic))
        claims = [team for team in fits if not team.owns]
        return max(claims, key=lambda team: (team.service is not None, team.topic is not None), default=None)

    @cached_property
    def resources(self) -> Mapping[str, Sequence[Team]]:
        """The teams that own each resource, by its name as it is written, the newest first."""
        found: dict[str, list[Team]] = {}
        for team in reversed(self.teams):
            for name in team.owns:
                found.setdefault(name, []).append(team)
        return found
