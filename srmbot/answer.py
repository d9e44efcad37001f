"""What is claimed of what was found, and what else is offered. The words for it are render's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import quote

from srmbot.form import Form, read_form
from srmbot.model import GENERAL, AbsentTopic, Boundary, Duty, Entry, Knowledge, Owner, Reply, Team
from srmbot.search.duty_ranking import RankedDuty
from srmbot.search.matches import Match
from srmbot.small_talk import Reason

OPENING_NEARNESS = 0.05  # how near a duty must be for an answer to open with it; else the topic opens
SIDE = 4  # tasks of each side that an answer lists
SIDE_OF_SERVICE = 6  # the same where a whole service is asked about
LEAST_KEYED_DUTIES = 4  # ranked duties that the key of a reading has at least
BETWEEN_PARTS = ","  # between the keys of the parts of an answer
BETWEEN_ANSWERS = ";"  # the same of parts that answer a question each


class Outcome(StrEnum):
    """How an answer is given."""

    SURE = "sure"  # said plainly
    CHOICE = "choice"  # the best guess, with others to choose from
    UNKNOWN = "unknown"  # left alone


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of the question, that can be asked for by its key."""

    key: str  # as `reading_key` makes it
    service: str
    topic: str | None
    owner: Owner
    confidence: float
    label: str  # "RDS · Backups"
    task: str | None = None  # the one task that it is, where it is one
    duty: str | None = None  # its id


@dataclass(frozen=True)
class Answer:
    """What a question gets: what was found, and what of it is said. With outcome `unknown` nothing is claimed."""

    outcome: Outcome
    question: str
    confidence: float
    knowledge: Knowledge = field(repr=False)
    form: Form = field(default_factory=lambda: read_form(""), repr=False)
    match: Match | None = None  # what it is about
    boundary: Boundary | None = None  # the belief that it judges
    opposed: bool = False  # the question puts the opposite of that belief
    reply: Reply | None = None
    parts: tuple[Answer, ...] = ()  # of a question about several services or topics, or of several questions
    in_turn: bool = False  # each part answers a question of its own
    reason: Reason | None = None  # why nothing is claimed
    subject: str = ""  # what the reason is about: a language, a service without duties, the days that text is kept
    alternatives: tuple[Alternative, ...] = ()
    discreet: bool = False  # names no team: people of other organisations may read it

    @property
    def answered(self) -> bool:
        """Whether anything is claimed."""
        return self.outcome is not Outcome.UNKNOWN

    @cached_property
    def owner(self) -> Owner | None:
        """Whose work it is; of several parts their common owner, else shared."""
        if self.parts:
            owners = {part.owner for part in self.parts}
            return owners.pop() if len(owners) == 1 else Owner.SHARED
        if self.boundary:
            return self.boundary.owner
        return self.match.owner if self.match else None

    @property
    def service(self) -> str | None:
        """The slug of the service that it is about; of several parts the common one. A variant counts as its parent."""
        if self.parts:
            return common(part.service for part in self.parts)
        if self.match is None:
            return None
        return self.knowledge.services[self.match.service].variant_of or self.match.service

    @property
    def variant(self) -> str | None:
        """The name of the part or mode of the service that it holds for."""
        if self.match is None:
            return None
        service = self.knowledge.services[self.match.service]
        return service.name if service.variant_of else None

    @property
    def topic(self) -> str | None:
        """The slug of the topic; of several parts the common one."""
        if self.parts:
            return common(part.topic for part in self.parts)
        return self.match.topic if self.match else None

    @property
    def entry(self) -> Entry | None:
        """The duties of both sides."""
        return self.match.entry if self.match and not self.parts else None

    @property
    def duty(self) -> Duty | None:
        """The one duty that was asked about."""
        return self.match.duty if self.match and not self.parts else None

    @property
    def absent(self) -> AbsentTopic | None:
        """Why there is no such task on this service."""
        return self.match.absent if self.match and not self.parts else None

    @cached_property
    def main_duty(self) -> Duty | None:
        """The nearest duty of the answer's owner, which it opens with; None where none is near."""
        if self.match is None or self.match.entry is None:
            return None
        if self.match.duty and not self.boundary:
            return self.match.duty
        near = [each for each in self.match.ranked if each.score >= OPENING_NEARNESS or each.item == self.match.duty]
        mine = [each.item for each in near if self.owner in (each.item.owner, Owner.SHARED)]
        return mine[0] if mine else None

    @cached_property
    def leads(self) -> tuple[Duty, ...]:
        """The nearest duty of each side, AWS's first: what an answer about both sides opens with."""
        if self.match is None or self.match.entry is None:
            return ()
        ranked = [each.item for each in self.match.ranked] or list(self.match.entry.duties)
        sides = ([duty for duty in ranked if duty.owner is owner] for owner in (Owner.AWS, Owner.CUSTOMER))
        return tuple(duties[0] for duties in sides if duties)

    @property
    def key(self) -> str:
        """What it can be asked for by again: "rds/backups", "rds.retention" or "rds"."""
        if self.match is None:
            return ""
        return self.match.duty.id if self.match.duty else key_of(self.match)

    @property
    def reading(self) -> str:
        """What brings this answer back with its owner and its opening, as `reading` reads it; blank for none."""
        if self.parts:
            between = BETWEEN_ANSWERS if self.in_turn else BETWEEN_PARTS
            return between.join(part.reading for part in self.parts)
        if self.match is None:
            return ""
        belief = f"={'-' if self.opposed else ''}{self.boundary.id}" if self.boundary else ""
        reply = f"^{self.reply}" if self.reply and self.form.leans else ""  # its question alone would get none
        return reading_key(self.match) + belief + reply

    @property
    def label(self) -> str:
        """What it is about: "RDS · Backups"."""
        return make_label(self.match, self.knowledge) if self.match else ""

    @property
    def task(self) -> str | None:
        """The one task asked about, where there is one."""
        return self.duty.duty if self.duty else None

    @property
    def aws(self) -> tuple[str, ...]:
        """AWS's tasks, the nearest first."""
        return self.side(Owner.AWS)

    @property
    def customer(self) -> tuple[str, ...]:
        """The customer's tasks, the nearest first."""
        return self.side(Owner.CUSTOMER)

    def side(self, owner: Owner) -> tuple[str, ...]:
        """The tasks of one side, the nearest first; of several parts those of each."""
        if self.parts:
            return tuple(dict.fromkeys(task for part in self.parts for task in part.side(owner)))
        if self.match is None:
            return ()
        if self.match.entry is None:
            duties = self.knowledge.of_service(self.match.service) if self.match.topic is None else ()
            return tuple(duty.duty for duty in duties if duty.owner is owner)[:SIDE_OF_SERVICE]
        ranked = [each.item for each in self.match.ranked] or list(self.match.entry.duties)
        first = [self.main_duty] if self.main_duty else []
        return tuple(dict.fromkeys(duty.duty for duty in (*first, *ranked) if duty.owner is owner))[:SIDE]

    @property
    def team(self) -> Team | None:
        """Who does the customer's part in the asker's own organisation, unless others read along."""
        if self.match is None or self.owner is Owner.AWS or self.discreet:
            return None
        return self.knowledge.team_for(self.match.service, self.match.topic, self.match.resource)

    @property
    def borrowed(self) -> str | None:
        """The name of the service whose duties answer, where it is not the one asked about."""
        if self.entry is None or self.match is None or self.entry.service == self.match.service:
            return None
        return self.knowledge.services[self.entry.service].name

    @property
    def unchecked(self) -> bool:
        """Whether it rests on a duty that has not been checked in an AWS page yet."""
        if self.parts:
            return any(part.unchecked for part in self.parts)
        if self.main_duty and (self.owner is not Owner.SHARED or self.duty):
            return self.boundary is None and not self.main_duty.checked
        said = () if self.match and self.match.topic is None else self.leads
        return self.boundary is None and self.absent is None and not all(duty.checked for duty in said)


def common(values: Iterable[str | None]) -> str | None:
    """The one value of several parts; None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def make_label(match: Match, knowledge: Knowledge) -> str:
    """What a reading is about, as a heading: "RDS · Backups", and "Backups" where no service is named.

    A resource that was asked about comes first: "orders-db · RDS".
    """
    label = knowledge.label(match.service, match.topic)
    if match.resource is None:
        return label
    whole = match.service == GENERAL and match.topic is None
    return match.resource if whole else f"{match.resource} · {label}"


def make_alternative(match: Match, knowledge: Knowledge) -> Alternative:
    """A reading as something to choose."""
    return Alternative(
        key=reading_key(match),
        service=match.service,
        topic=match.topic,
        owner=match.owner,
        confidence=round(match.likelihood, 3),
        label=make_label(match, knowledge),
        task=match.duty.duty if match.duty else None,
        duty=match.duty.id if match.duty else None,
    )


def key_of(match: Match) -> str:
    """What a reading's entry, or whole service, can be asked for by."""
    return f"{match.service}/{match.topic}" if match.topic else match.service


def reading_key(match: Match) -> str:
    """What brings exactly this reading back, as `reading` reads it: "rds/backups@customer!rds.retention".

    After the place and the owner come the one duty that was asked about, and those that were nearest to the question:
    `+` before one that is near, `~` before one that is not.
    """
    resource = f"*{quote(match.resource, safe='').replace('~', '%7E')}" if match.resource else ""
    duty = f"!{match.duty.id}" if match.duty else ""
    near = "".join(f"{'+' if each.score >= OPENING_NEARNESS else '~'}{each.item.id}" for each in nearest(match))
    return f"{key_of(match)}{resource}@{match.owner.value}{duty}{near}"


def nearest(match: Match) -> list[RankedDuty]:
    """The ranked duties that decide what an answer opens with: the first ones, and the first of each owner."""
    firsts = {each.item.owner: each for each in reversed(match.ranked)}
    return [each for at, each in enumerate(match.ranked) if at < LEAST_KEYED_DUTIES or each is firsts[each.item.owner]]
