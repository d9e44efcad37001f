"""Evidence -> the readings of a question: pairs of service and topic that have an answer, each with its owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from srmbot.model import GENERAL, Knowledge, Owner
from srmbot.search.analyzer import AnalyzedQuery
from srmbot.search.matches import Evidence, Match, make_match
from srmbot.search.owners import UNLIKELY, OwnerJudge, Reading, other_owners

READINGS = 3  # kept for an answer: the best, and what it may offer beside it
EMPTY_CELL = 0.2  # what a topic counts, of one that is known, where nothing is known of it on the service
RESOURCE_WORDS = frozenset(  # what a resource may be called beside its name
    "app application bucket cluster component database databases db function instance queue server system table".split()
)


class ReadingFinder:
    """Finds what a question may be about."""

    def __init__(self, knowledge: Knowledge, owners: OwnerJudge) -> None:
        """Remember what answers, and what judges whose it is."""
        self.knowledge, self.owners = knowledge, owners

    def find(self, subject: AnalyzedQuery, evidence: Evidence) -> Iterator[Match]:
        """The likeliest pairs of service and topic that have an answer."""
        if not subject.content or is_resource_alone(subject):  # a service's name alone, or "who owns rds?"
            yield from self.match_whole_services(evidence)
            return
        found = list(self.rank_pairs(evidence))
        for best in found[:1]:
            others = [*other_owners(best), *(reading.match for reading in found[1:])]
            yield best.match
            yield from sorted(others, key=lambda match: -match.likelihood)[: READINGS - 1]

    def rank_pairs(self, evidence: Evidence) -> Iterator[Reading]:
        """The likeliest pairs of service and topic, each with its owner."""
        pairs = sorted(
            (
                (p * q * (EMPTY_CELL if self.is_empty(service, topic) else 1.0), service, topic)
                for service, p in take_best(evidence.services)
                for topic, q in take_best(evidence.topics)
            ),
            key=lambda pair: -pair[0],
        )
        kept = 0
        for likelihood, service, topic in pairs:
            if kept < READINGS and (likelihood >= UNLIKELY or not kept):
                kept += 1
                yield self.owners.judge(evidence, self.reading(service, topic, likelihood))

    def judge(self, evidence: Evidence, service: str, topic: str) -> Match:
        """A pair of service and topic with its owner."""
        return self.owners.judge(evidence, self.reading(service, topic, 1.0)).match

    def reading(self, service: str, topic: str, likelihood: float) -> Match:
        """A pair of service and topic with what answers it: an entry, why there is no such task, or nothing."""
        return make_match(self.knowledge, service, topic, likelihood)

    def match_whole_services(self, evidence: Evidence) -> Iterator[Match]:
        """The services that were named, each as a whole."""
        for service, likelihood in take_best(evidence.services):
            yield Match(service, None, Owner.SHARED, None, None, likelihood)

    def is_empty(self, service: str, topic: str) -> bool:
        """Whether a topic of no service, which nobody has named, answers nothing."""
        return service == GENERAL and not self.has_answer(service, topic)

    def has_answer(self, service: str, topic: str) -> bool:
        """Whether anything is known of a topic on a service."""
        return self.knowledge.covering(service, topic) is not None or (service, topic) in self.knowledge.absent_topics


def is_resource_alone(subject: AnalyzedQuery) -> bool:
    """Whether nothing is asked of a resource but whose it is: "whose is the orders-db database?"."""
    return any(each.resource for each in subject.named) and RESOURCE_WORDS.issuperset(subject.content)


def of_resource(reading: Match, subject: AnalyzedQuery) -> Match:
    """A reading that knows the resource that was asked about; one that is of no AWS service is the customer's."""
    alone = is_resource_alone(subject)
    named = (each for each in subject.named if each.service == reading.service and (each.strong or alone))
    resource = next((each.resource for each in named if each.resource), None)
    if resource is None:
        return reading
    whole = reading.service == GENERAL and reading.topic is None
    return replace(reading, resource=resource, owner=Owner.CUSTOMER if whole else reading.owner)


def take_best(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """The likeliest few, the likeliest first; the name decides between equals."""
    return sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))[:READINGS]
