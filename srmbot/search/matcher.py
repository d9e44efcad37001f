"""Query, Knowledge -> Matches: what a question is about and whose work that is, likeliest reading first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from srmbot.form import Ask, Form
from srmbot.model import DATABASE, GENERAL, ExampleQuestion, Knowledge
from srmbot.query import ASIDE_WEIGHT
from srmbot.search import confidence
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.duty_ranking import DutyRanker, cosine
from srmbot.search.evidence import EvidenceGatherer
from srmbot.search.follow_up import REFERRING, form_in_thread, resolve_follow_up
from srmbot.search.matches import Evidence, Matches, NearBoundary
from srmbot.search.meaning_ranking import MeaningRanker
from srmbot.search.owners import OwnerJudge
from srmbot.search.part_matches import PartFinder
from srmbot.search.postings import Vector
from srmbot.search.readings import READINGS, ReadingFinder, of_resource
from srmbot.search.service_names import has_strong_name
from srmbot.search.spelling import Spelling
from srmbot.search.weights import Weights
from srmbot.search.word_vectors import Point
from srmbot.small_talk import asks_anything

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
        self.readings = ReadingFinder(knowledge, OwnerJudge(self.ranker))
        self.parts = PartFinder(self.analyzer, self.evidence, self.readings)
        _ = knowledge.entries, knowledge.by_id, knowledge.by_service  # made now: no question shall wait for them

    def read(self, text: str) -> AnalyzedQuery:
        """A text with its names found, read once for all that is asked about it."""
        return self.analyzer.read(text)

    def match(self, asked: str | AnalyzedQuery, thread: Sequence[str] = (), service: str | None = None) -> Matches:
        """Every reading of a question worth considering.

        Args:
            asked: the question as it was typed, or what `read` made of it.
            thread: earlier messages of people in its thread, oldest first.
            service: the slug of the service that it is about, where the asker has said so.
        """
        query = self.read(asked) if isinstance(asked, str) else asked
        earlier = [self.read(message) for message in thread]
        found = self.match_one(query, earlier, service)
        several = found.readings and not found.parts and len(found.form.clauses) > 1
        return replace(found, questions=tuple(self.match_each(found, query, earlier, service))) if several else found

    def match_before(self, earlier: Sequence[AnalyzedQuery]) -> Matches | None:
        """Every reading of the last message of a thread that asks; None where none does."""
        at = next((at for at in reversed(range(len(earlier))) if asks_anything(earlier[at].query.text)), None)
        return None if at is None else self.match_one(earlier[at], earlier[:at], None)

    def match_one(self, query: AnalyzedQuery, earlier: Sequence[AnalyzedQuery], service: str | None) -> Matches:
        """Every reading of a message as one question: see `match`."""
        subject = self.in_thread(query, earlier)
        evidence = self.evidence.gather(subject, service)
        readings = tuple(self.readings.find(subject, evidence)) if subject.named or subject.content else ()
        readings = tuple(of_resource(each, subject) for each in readings)
        form = form_in_thread(query.query.cleaned, [each.query.cleaned for each in earlier])
        parts = tuple(self.parts.find(query, subject, evidence, form)) if readings else ()
        near = None
        if readings:
            claim = self.read_claim(query, subject, evidence, form)
            near = self.nearest_boundary(claim, subject, evidence, form, readings[0].service)
        before = self.match_before(earlier) if form.same is not None and not parts else None
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
            before=before,
        )

    def match_each(
        self, whole: Matches, query: AnalyzedQuery, earlier: Sequence[AnalyzedQuery], service: str | None
    ) -> Iterator[Matches]:
        """What each question of a message asks, as if they came one after the other; none where one needs the other."""
        compares = Ask.COMPARE in whole.form.asks and whole.form.same is None
        if compares or Ask.WHAT_IF in whole.form.asks:
            return
        clauses = [self.read(clause) for clause in whole.form.clauses]
        if not all(clause.content for clause in clauses) or not (earlier or self.evidence.knows_topic(clauses[0])):
            return
        for at, clause in enumerate(clauses):
            alone = at == 0 or self.evidence.knows_topic(clause)
            asked = replace(clause, named=query.named) if alone and not clause.named else clause
            found = self.match_one(asked, earlier if alone else (*earlier, *clauses[:at]), service)
            yield replace(found, in_scope=whole.in_scope)

    def in_thread(self, reply: AnalyzedQuery, earlier: Sequence[AnalyzedQuery]) -> AnalyzedQuery:
        """A message as it is meant after the earlier ones of its thread: each leans on what came before it."""
        subject: AnalyzedQuery | None = None
        for message in (*earlier, reply):
            if subject is None or not (subject.content or subject.named):
                subject = message
            elif message is reply or self.adds_something(message):
                subject = resolve_follow_up(message, subject, knows=self.evidence.knows_topic(message))
        assert subject is not None
        return subject

    def adds_something(self, message: AnalyzedQuery) -> bool:
        """Whether a message changes what a thread is about: it asks, or says something known; chatter does neither."""
        return bool(message.named) or asks_anything(message.query.text) or self.evidence.knows_topic(message)

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


def nearest_examples(
    matcher: Matcher, matches: Matches, ways: Iterable[ExampleQuestion]
) -> list[tuple[float, ExampleQuestion]]:
    """The ways to ask that have most in common with a question, the nearest first."""
    asked = matches.evidence.vector
    words = ((matcher.ranker.vectorize(matcher.read(way.text).parts), way) for way in ways)
    return sorted(((cosine(asked, each), way) for each, way in words), key=lambda pair: -pair[0])[:READINGS]
