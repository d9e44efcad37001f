"""Query, Knowledge -> Matches: what a question is about and whose work that is, likeliest reading first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from srmbot.form import Ask, Form
from srmbot.grammar import is_yes_no
from srmbot.model import DATABASE, GENERAL, ExampleQuestion, Knowledge, Owner
from srmbot.query import ASIDE_WEIGHT, parse, tokenize
from srmbot.search import confidence
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.duty_ranking import DutyRanker, cosine
from srmbot.search.evidence import EvidenceGatherer
from srmbot.search.follow_up import REFERRING, form_in_thread, resolve_follow_up
from srmbot.search.matches import Evidence, Match, Matches, NearBoundary, make_match
from srmbot.search.meaning_ranking import MeaningRanker
from srmbot.search.owners import UNLIKELY, OwnerJudge, Reading, other_owners
from srmbot.search.parts import asked_together, find_by_segment, services_in_row, topics_in_row
from srmbot.search.postings import Vector
from srmbot.search.service_names import has_strong_name
from srmbot.search.spelling import Spelling
from srmbot.search.weights import Weights
from srmbot.search.word_vectors import Point

READINGS = 3  # kept for an answer: the best, and what it may offer beside it
EMPTY_CELL = 0.2  # what a topic counts, of one that is known, where nothing is known of it on the service
COMPARING = frozenset(
    """
    difference differences different differ differs switch switching move moving migrate migrating migration stop stops
    job work change changes compare compared lose stay instead being becomes remains left goes go going away
    """.split()
)
RESOURCE_WORDS = frozenset(  # what a resource may be called beside its name
    "app application bucket cluster component database databases db function instance queue server system table".split()
)
OWN_TOPIC = 0.7  # how likely its topic must be for a clause to be a question of its own
OWN_WORDS = 2  # telling words of the sentence that asks, from which on it is compared alone
# "off by default?" alone says nothing of what is meant.
SETTING = frozenset("off on default defaults automatic automatically auto enabled disabled active already".split())
MEANT = 0.25  # how likely RDS must be for its boundaries to be used where no service is named
NOT_OWN = 0.7  # what a belief's nearness counts where the sentence that asks says nothing of its own


class Claimed(NamedTuple):
    """What a question puts, as beliefs are compared with it."""

    vector: Vector
    meaning: Point
    own: bool  # the sentence that asks says enough by itself


class Matcher:
    """Understands questions by what was learned from the knowledge."""

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        """Index what the knowledge calls things."""
        self.knowledge = knowledge
        self.weights = weights
        self.analyzer = Analyzer(knowledge, Spelling(weights.frequent_words, weights.knows))
        self.service_names = self.analyzer.names
        self.ranker = DutyRanker(knowledge, weights)
        self.meanings = MeaningRanker(self.ranker)
        self.evidence = EvidenceGatherer(knowledge, self.ranker, self.analyzer.names)
        self.owners = OwnerJudge(self.ranker)
        _ = knowledge.entries, knowledge.by_id, knowledge.by_service  # made now: no question shall wait for them

    def read(self, text: str) -> AnalyzedQuery:
        """A text with its names found, read once for all that is asked about it."""
        return self.analyzer.analyze(parse(text))

    def match(self, asked: str | AnalyzedQuery, thread: Sequence[str] = (), service: str | None = None) -> Matches:
        """Every reading of a question worth considering.

        Args:
            asked: the question as it was typed, or what `read` made of it.
            thread: earlier messages of people in its thread, oldest first.
            service: the slug of the service that it is about, where the asker has said so.
        """
        query = self.read(asked) if isinstance(asked, str) else asked
        earlier = [self.read(message) for message in thread]
        subject = self.in_thread(query, earlier)
        evidence = self.evidence.gather(subject, service)
        readings = tuple(self.find_readings(subject, evidence)) if subject.named or subject.content else ()
        readings = tuple(of_resource(each, subject) for each in readings)
        form = form_in_thread(query.query.cleaned, [each.query.cleaned for each in earlier])
        parts = tuple(self.find_parts(query, subject, evidence, form)) if readings else ()
        near = None
        if readings:
            claim = self.read_claim(query, subject, evidence, form)
            near = self.nearest_boundary(claim, subject, evidence, form, readings[0].service)
        return Matches(
            query=query.query,
            form=form,
            readings=readings,
            evidence=evidence,
            in_scope=confidence.in_scope_likelihood(evidence, form, near) if readings else 0.0,
            confidence=confidence.match_likelihood(evidence, readings[0]) if readings else 0.0,
            names_service=has_strong_name(query.named),
            near=near,
            parts=parts,
        )

    def in_thread(self, reply: AnalyzedQuery, earlier: Sequence[AnalyzedQuery]) -> AnalyzedQuery:
        """A message as it is meant after the earlier ones of its thread: each leans on what came before it."""
        subject: AnalyzedQuery | None = None
        for message in (*earlier, reply):
            if subject is None or not (subject.content or subject.named):
                subject = message
            else:
                subject = resolve_follow_up(message, subject, knows=self.evidence.knows_topic(message))
        assert subject is not None
        return subject

    def find_parts(
        self, query: AnalyzedQuery, subject: AnalyzedQuery, evidence: Evidence, form: Form
    ) -> Iterator[Match]:
        """The best reading of each service, topic or clause of a question; none where it asks one thing."""
        named, words = find_by_segment(asked_together(form.sentence, query.query.text), self.service_names.find)
        services = services_in_row(named, words, compared=Ask.COMPARE in form.asks)
        topics = topics_in_row(words, self.evidence.topic_names)
        if len(services) > 1:
            yield from (self.part(subject, evidence, slug) for slug in services)
        elif len(topics) > 1:
            service = max(evidence.services, key=lambda slug: evidence.services[slug])
            yield from (self.owners.judge(evidence, self.reading(service, topic, 1.0)).match for topic in topics)
        elif len(form.clauses) > 1 and not form.asks & {Ask.COMPARE, Ask.WHAT_IF}:
            yield from self.clause_parts(query, form)

    def part(self, subject: AnalyzedQuery, evidence: Evidence, service: str) -> Match:
        """The best reading of a question on one of the services that it names."""
        hints = {word for named in subject.named for word in tokenize(named.said)}
        if COMPARING.issuperset(set(subject.content) - hints):
            return Match(service, None, Owner.SHARED, None, None, 1.0)
        here = self.evidence.gather(subject, service)
        likely = {
            topic: likelihood * (1.0 if self.has_answer(service, topic) else EMPTY_CELL)
            for topic, likelihood in here.topics.items()
        }
        topic = max(likely, key=lambda slug: likely[slug])
        return self.owners.judge(here, self.reading(service, topic, 1.0)).match

    def clause_parts(self, query: AnalyzedQuery, form: Form) -> Iterator[Match]:
        """The reading of each clause of a question that asks two things; none where one answer serves both.

        Two things are asked where a clause wants a yes or no and another does not, or where each clause tells by its
        own words which topic it is about.
        """
        found: list[Match] = []
        surely = True  # each clause tells its topic
        before: AnalyzedQuery | None = None
        for clause in form.clauses:
            read = self.read(clause)
            if not read.named:
                read = replace(read, named=query.named)
            subject = read if before is None else resolve_follow_up(read, before, knows=self.evidence.knows_topic(read))
            before = subject
            evidence = self.evidence.gather(subject, None)
            found += list(self.find_readings(subject, evidence))[:1] if subject.content else []
            surely &= max(evidence.topics.values(), default=0.0) >= OWN_TOPIC and self.evidence.knows_topic(read)
        kept = [match for match in found if match.topic and not match.uncovered]
        topics, owners = {match.topic for match in kept}, {match.owner for match in kept}
        mixed = len({is_yes_no(clause) for clause in form.clauses}) > 1
        if (len(topics) > 1 and surely) or (len(topics) == 1 and len(owners) > 1 and mixed):
            yield from kept

    def is_empty(self, service: str, topic: str) -> bool:
        """Whether a topic of no service, which nobody has named, answers nothing."""
        return service == GENERAL and not self.has_answer(service, topic)

    def has_answer(self, service: str, topic: str) -> bool:
        """Whether anything is known of a topic on a service."""
        return self.knowledge.covering(service, topic) is not None or (service, topic) in self.knowledge.absent_topics

    def nearest_boundary(
        self, claim: Claimed, subject: AnalyzedQuery, evidence: Evidence, form: Form, service: str
    ) -> NearBoundary | None:
        """The belief that comes nearest to a question, among those of the service that it is about."""
        database = service == GENERAL and evidence.services.get(DATABASE, 0.0) >= MEANT
        services = (GENERAL, DATABASE) if database else (service,)
        found = self.meanings.find_boundary(claim.vector, claim.meaning, services, evidence.topics)
        if found is None:
            return None
        score, best = found
        likelihood = confidence.logistic(score) * (1.0 if claim.own or subject.from_parent else NOT_OWN)
        believed = form.wants_reply and likelihood >= confidence.BELIEVED
        return NearBoundary(best, likelihood, opposed=believed and self.meanings.is_opposed(form.judged, best))

    def read_claim(self, query: AnalyzedQuery, subject: AnalyzedQuery, evidence: Evidence, form: Form) -> Claimed:
        """What beliefs are compared with: the sentence that asks, if that says something of its own.

        A pasted notice or error tells the topic, and not what is believed; but where the sentence refers to what was
        said around it ("does it …"), that counts a little too.
        """
        asking = query if form.sentence == query.query.text else self.read(form.sentence)
        own = len(asking.content) >= OWN_WORDS and not SETTING.issuperset(asking.content) and not subject.from_parent
        parts = asking.parts if own else evidence.parts
        if own and parts != evidence.parts and not REFERRING.isdisjoint(asking.query.words):
            parts = (*parts, *((words, ASIDE_WEIGHT * weight) for words, weight in evidence.parts))
        vector = evidence.vector if parts == evidence.parts else self.ranker.vectorize(parts)
        return Claimed(vector, self.weights.word_vectors.of_text(parts), own)

    def find_readings(self, subject: AnalyzedQuery, evidence: Evidence) -> Iterator[Match]:
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

    def reading(self, service: str, topic: str, likelihood: float) -> Match:
        """A pair of service and topic with what answers it: an entry, why there is no such task, or nothing."""
        return make_match(self.knowledge, service, topic, likelihood)

    def match_whole_services(self, evidence: Evidence) -> Iterator[Match]:
        """The services that were named, each as a whole."""
        for service, likelihood in take_best(evidence.services):
            yield Match(service, None, Owner.SHARED, None, None, likelihood)


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


def nearest_examples(
    matcher: Matcher, matches: Matches, ways: Iterable[ExampleQuestion]
) -> list[tuple[float, ExampleQuestion]]:
    """The ways to ask that have most in common with a question, the nearest first."""
    asked = matches.evidence.vector
    words = ((matcher.ranker.vectorize(matcher.analyzer.analyze(parse(way.text)).parts), way) for way in ways)
    return sorted(((cosine(asked, each), way) for each, way in words), key=lambda pair: -pair[0])[:READINGS]


def take_best(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """The likeliest few, the likeliest first; the name decides between equals."""
    return sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))[:READINGS]
