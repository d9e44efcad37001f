"""What a search finds: candidates with what speaks for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from srmbot.form import Form
from srmbot.model import AbsentTopic, Boundary, Duty, Entry, Knowledge, Owner
from srmbot.query import Query
from srmbot.search.duty_ranking import RankedBoundary, RankedDuty
from srmbot.search.features import Parts
from srmbot.search.service_names import NamedService, has_strong_name
from srmbot.search.weights import RowSum


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a question: what it is about, and whose work that is."""

    service: str  # the one asked about, even where another's entry answers
    topic: str | None  # None: the whole service is asked about
    owner: Owner
    entry: Entry | None  # the entry that answers; None with `topic`
    duty: Duty | None  # the one duty asked about, for a specific question
    likelihood: float  # of service and topic, 0 to 1, beside the other readings
    owner_likelihood: float = 1.0  # of the owner, given service and topic
    ranked: tuple[RankedDuty, ...] = ()  # the entry's duties, the nearest to the question first
    absent: AbsentTopic | None = None  # why there is no such task on this service
    resource: str | None = None  # the team's own thing that was asked about, which is of this service

    @property
    def uncovered(self) -> bool:
        """Whether nothing is known of this topic on this service."""
        return self.topic is not None and self.entry is None and self.absent is None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was recognised in a question: for `why`, and for how sure to be."""

    named: tuple[NamedService, ...]
    chosen: bool  # the asker has said beside the text which service is meant
    corrections: tuple[tuple[str, str], ...]  # slips, each with what it was read as
    topics: Mapping[str, float]  # likelihoods, adding up to 1
    services: Mapping[str, float]
    parts: Parts  # the question's words as the models see them: names masked
    text: RowSum  # what the models have for the text, before a service or topic is taken into account
    vector: Mapping[int, float]  # TF-IDF of the text, of length 1: to compare with the phrases of duties
    in_scope: float  # above 0: asks who does something on AWS; below: leave it alone
    topic_score: float  # of the best topic; above 0 its words are known well
    word_shares: Mapping[str, float]  # by id: the service's duties that have most of the words, with the share of them
    bare: bool  # nothing tells what it is about but a topic's title or a service's name: "who does backups?"
    keyword: bool  # only that name was typed: "backups", "rds backups"
    short: bool  # a few words, as in a search box, where people do not write "who"
    known: float  # share of the words that were learned from
    uncovered: str | None  # the name of an AWS service without duties that it names
    names_not_aws: bool  # the sentence that asks names what is not AWS's
    from_parent: bool  # the thread's first message was answered
    asks_who: bool  # has words that ask whose work it is, or asks it of the thread's first message
    asks_how: bool  # has words that ask how, or what something is

    @property
    def names_service(self) -> bool:
        """Whether an AWS service is named, and not only hinted at."""
        return has_strong_name(self.named)


@dataclass(frozen=True, slots=True)
class NearBoundary:
    """A belief that a question may be about."""

    found: RankedBoundary
    likelihood: float  # that the question is about it, 0 to 1
    opposed: bool = False  # the question puts the opposite

    @property
    def boundary(self) -> Boundary:
        """The belief itself."""
        return self.found.item


@dataclass(frozen=True, slots=True)
class Matches:
    """The readings of a question, the likeliest first; none where nothing can be made of it."""

    query: Query
    form: Form  # how it is asked
    readings: tuple[Match, ...]
    evidence: Evidence
    in_scope: float  # likelihood that the message is a question for us
    confidence: float  # likelihood that the first reading is right
    names_service: bool = False  # the message itself names an AWS service, and not only its thread
    near: NearBoundary | None = None  # the likeliest belief, of the service asked about
    parts: tuple[Match, ...] = ()  # of a question about several services or topics: the best reading of each
    before: Matches | None = None  # of a message that asks whether that is the same here: of what was asked before it
    questions: tuple[Matches, ...] = ()  # of a message that asks several things: what was found for each


def make_match(knowledge: Knowledge, service: str, topic: str, likelihood: float = 1.0) -> Match:
    """The reading of a service and topic with what answers it: an entry, why there is no such task, or nothing."""
    entry, absent = knowledge.covering(service, topic), knowledge.absent_topics.get((service, topic))
    owner = entry.owner if entry else absent.owner if absent else Owner.SHARED
    return Match(service, topic, owner, entry, None, likelihood, absent=absent)
