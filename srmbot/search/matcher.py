"""Query, Knowledge -> Matches: what a question is about and whose work that is, likeliest reading first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp

from srmbot.form import Ask, Form, is_yes_no, read_form
from srmbot.model import DATABASE, GENERAL, Boundary, ExampleQuestion, Knowledge, Owner
from srmbot.query import asks_how, asks_who, parse, tokenize
from srmbot.search import confidence
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.boundary_ranking import BoundaryRanker
from srmbot.search.duty_ranking import DutyRanker, RankedDuty, cosine
from srmbot.search.duty_words import WordIndex
from srmbot.search.features import NOT_AWS_MASK, context_features, cross_features, shape_features
from srmbot.search.follow_up import resolve_follow_up
from srmbot.search.lookup import topic_names
from srmbot.search.matches import Evidence, Match, Matches, NearBoundary
from srmbot.search.parts import asked_together, find_by_segment, services_in_row, topics_in_row
from srmbot.search.spelling import Spelling, Words
from srmbot.search.weights import Weights

READINGS = 3  # kept for an answer: the best, and what it may offer beside it
TOPIC_SHARPNESS, SERVICE_SHARPNESS, OWNER_SHARPNESS = 4.0, 2.5, 2.5  # scores to likelihoods, by bench/voices.py
HINT = 1.0  # what a word such as "postgres" adds to its service's score
KEYWORD = 3  # words; a name among so few is asked for, as in a search box
SHORT = 4  # words
UNLIKELY = 0.03  # a reading less likely than this, beside the best, is not looked into
UNNAMED = {GENERAL: 0.8, DATABASE: 0.2}  # what a topic alone is about, and what else may be meant
PIN = 1.0  # what a near duty adds to its owner's score
CERTAIN = 0.7  # how likely a named service must be for the topic to be read in its light
RECALLED = 1.2  # what a duty with all of the question's words adds to its topic's score, if no other topic has one
SAME = 0.6  # what it adds to its own nearness
OWNED = 0.4  # and to its owner's score
DOUBT = 1.5  # what the less likely of the two sides adds to both: where either may be meant, both are said
STEM = 5  # letters that a topic's name and its title begin with, if they are the same word
SIDES = (Owner.AWS, Owner.CUSTOMER)
PLAINLY = 0.8  # how likely one side must be for a topic's bare name to be taken as that side's
PINNED = 0.35  # how near a duty must be to be named alone
EMPTY_CELL = 0.2  # what a topic counts, of one that is known, where nothing is known of it on the service
COMPARING = frozenset(
    """
    difference differences different differ differs switch switching move moving migrate migrating migration stop stops
    job work change changes compare compared lose stay instead being becomes remains left goes go going away
    """.split()
)
OWN_TOPIC = 0.7  # how likely its topic must be for a clause to be a question of its own
OWN_WORDS = 2  # telling words of the sentence that asks, from which on it is compared alone
MEANT = 0.25  # how likely RDS must be for its boundaries to be used where no service is named
NOT_OWN = 0.7  # what a belief's nearness counts where the sentence that asks says nothing of its own


class Matcher:
    """Understands questions by what was learned from the knowledge."""

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        """Index what the knowledge calls things."""
        self.knowledge = knowledge
        self.weights = weights
        self.analyzer = Analyzer(knowledge, Spelling(weights.words.split, weights.knows))
        self.service_names = self.analyzer.names
        self.ranker = DutyRanker(knowledge, weights)
        self.boundaries = BoundaryRanker(self.ranker)
        self.word_index = WordIndex(knowledge)
        _ = knowledge.entries, knowledge.by_id, knowledge.by_service  # made now: no question shall wait for them
        self.topic_names = topic_names(knowledge)
        self.titles = {
            words for words, slug in self.topic_names.items() if is_title(words, knowledge.topics[slug].title)
        }

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
        subject = self.in_thread(query, thread)
        evidence = self.gather_evidence(subject, service)
        readings = tuple(self.find_readings(subject, evidence)) if subject.named or subject.content else ()
        form = read_form(query.query.cleaned)
        parts = tuple(self.find_parts(query, subject, evidence, form)) if readings else ()
        near = self.nearest_boundary(query, subject, evidence, form, readings)
        return Matches(
            query=query.query,
            form=form,
            readings=readings,
            evidence=evidence,
            in_scope=confidence.in_scope_likelihood(evidence, form, near) if readings else 0.0,
            confidence=confidence.match_likelihood(evidence, readings[0]) if readings else 0.0,
            names_service=any(named.strong for named in query.named),
            near=near,
            parts=parts,
        )

    def in_thread(self, reply: AnalyzedQuery, thread: Sequence[str]) -> AnalyzedQuery:
        """A message as it is meant after the earlier ones of its thread: each leans on what came before it."""
        subject: AnalyzedQuery | None = None
        for message in (*map(self.read, thread), reply):
            if subject is None or not (subject.content or subject.named):
                subject = message
            else:
                subject = resolve_follow_up(message, subject, knows=self.knows_topic(message))
        assert subject is not None
        return subject

    def find_parts(
        self, query: AnalyzedQuery, subject: AnalyzedQuery, evidence: Evidence, form: Form
    ) -> Iterator[Match]:
        """The best reading of each service, topic or clause of a question; none where it asks one thing."""
        named, words = find_by_segment(asked_together(form.sentence, query.query.text), self.service_names.find)
        services = services_in_row(named, words, compared=Ask.COMPARE in form.asks)
        topics = topics_in_row(words, self.topic_names)
        if len(services) > 1:
            yield from (self.part(subject, evidence, slug) for slug in services)
        elif len(topics) > 1:
            service = max(evidence.services, key=lambda slug: evidence.services[slug])
            yield from (self.judge_owner(evidence, self.reading(service, topic, 1.0)).match for topic in topics)
        elif len(form.clauses) > 1 and not form.asks & {Ask.COMPARE, Ask.WHAT_IF}:
            yield from self.clause_parts(query, form)

    def part(self, subject: AnalyzedQuery, evidence: Evidence, service: str) -> Match:
        """The best reading of a question on one of the services that it names."""
        hints = {word for named in subject.named for word in tokenize(named.said)}
        if COMPARING.issuperset(set(subject.content) - hints):
            return Match(service, None, Owner.SHARED, None, None, 1.0)
        here = self.gather_evidence(subject, service)
        likely = {
            topic: likelihood * (1.0 if self.has_answer(service, topic) else EMPTY_CELL)
            for topic, likelihood in here.topics.items()
        }
        topic = max(likely, key=lambda slug: likely[slug])
        return self.judge_owner(here, self.reading(service, topic, 1.0)).match

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
            subject = read if before is None else resolve_follow_up(read, before, knows=self.knows_topic(read))
            before = subject
            evidence = self.gather_evidence(subject, None)
            found += list(self.find_readings(subject, evidence))[:1] if subject.content else []
            surely &= max(evidence.topics.values(), default=0.0) >= OWN_TOPIC and self.knows_topic(read)
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
        self, query: AnalyzedQuery, subject: AnalyzedQuery, evidence: Evidence, form: Form, readings: Sequence[Match]
    ) -> NearBoundary | None:
        """The belief that comes nearest to a question, among those of the service that it is about.

        It is compared with the sentence that asks, if that says something of its own: a pasted notice or error tells
        the topic, and not what is believed.
        """
        if not readings:
            return None
        asking = query if form.sentence == query.query.text else self.read(form.sentence)
        own = len(asking.content) >= OWN_WORDS and not subject.from_parent
        other = own and asking.parts != evidence.parts
        parts = asking.parts if other else evidence.parts
        vector = self.ranker.vectorize(parts) if other else evidence.vector
        service = readings[0].service
        database = service == GENERAL and evidence.services.get(DATABASE, 0.0) >= MEANT
        services = (GENERAL, DATABASE) if database else (service,)

        def weigh(item: Boundary, meaning: float, nearness: float, coverage: float) -> float:
            return confidence.boundary_score(meaning, nearness, coverage, evidence.topics.get(item.topic, 0.0))

        found = self.boundaries.find_likeliest(parts, vector, services, weigh)
        if found is None:
            return None
        score, best = found
        share = 1.0 if own or subject.from_parent else NOT_OWN
        opposed = form.wants_reply and self.boundaries.is_opposed(form.judged, best)
        return NearBoundary(best, share * confidence.logistic(score), opposed)

    def knows_topic(self, subject: AnalyzedQuery) -> bool:
        """Whether the words themselves tell what a text is about."""
        scores = self.weights.scores(self.weights.sum_text(subject.parts), "topic")["topic"]
        return subject.content in self.topic_names or max(scores.values(), default=0.0) > 0

    def gather_evidence(self, subject: AnalyzedQuery, service: str | None) -> Evidence:
        """What speaks for each topic, service and owner, and for being asked at all."""
        text = self.weights.sum_text(subject.parts)
        scores = self.weights.scores(text, "service")
        services = self.rank_services(subject, scores["service"], service)
        certain = next((slug for slug, likely in services.items() if likely > CERTAIN and subject.named), None)
        known = self.weights.sum(context_features(certain), cross_features(subject.parts, certain))
        topic_scores = self.weights.scores(text + known, "topic")["topic"]
        recalled = self.word_index.find(certain, subject.content) if certain else {}
        topic_scores = self.boost_by_words(topic_scores, recalled)
        alone = self.topic_names.get(subject.content)
        words, how = subject.query.words, asks_how(subject.query.text)
        topics = {alone: 1.0} if alone else softmax(topic_scores, TOPIC_SHARPNESS)
        return Evidence(
            named=subject.named,
            chosen=service is not None,
            corrections=subject.corrections,
            topics=topics,
            services=services,
            parts=subject.parts,
            text=text,
            vector=self.ranker.vectorize(subject.parts),
            word_shares=recalled,
            in_scope=self.weights.scores(text + self.weights.sum(shape_features(subject.parts)), "in_scope")[
                "in_scope"
            ].get("in_scope", 0.0),
            topic_score=max(topic_scores.values(), default=0.0),
            bare=subject.content in self.titles or not subject.content,
            keyword=len(words) <= KEYWORD
            and not how
            and (bool(alone) or (not subject.content and bool(subject.named))),
            short=len(words) <= SHORT,
            known=sum(map(self.weights.knows, words)) / (len(words) or 1),
            uncovered=self.service_names.find_uncovered(words),
            names_not_aws=any(weight == 1.0 and NOT_AWS_MASK in words for words, weight in subject.parts),
            from_parent=subject.from_parent,
            asks_who=subject.from_parent or asks_who(subject.query.text),
            asks_how=how,
        )

    def boost_by_words(self, scores: Mapping[str, float], recalled: Mapping[str, float]) -> Mapping[str, float]:
        """The topics' scores, higher for the one whose duties have more of the same words than any other's."""
        shares: dict[str, float] = {}
        for duty, share in recalled.items():
            topic = self.knowledge.by_id[duty].topic
            shares[topic] = max(shares.get(topic, 0.0), share)
        if not shares:
            return scores
        (best, share), (_, next_share) = (*sorted(shares.items(), key=lambda pair: -pair[1]), ("", 0.0))[:2]
        return {**scores, best: scores.get(best, 0.0) + RECALLED * (share**2 - next_share**2)}

    def rank_services(
        self, subject: AnalyzedQuery, scores: Mapping[str, float], said: str | None
    ) -> Mapping[str, float]:
        """How likely each service is meant: the one that is named, else what the words suggest."""
        if said:
            return {said: 1.0}
        strong = [named.service for named in subject.named if named.strong]
        others = [slug for slug in strong if slug != GENERAL] or strong
        meant = [slug for slug in others if slug not in self.service_names.helpers] or others
        if meant:
            first, *beside = dict.fromkeys(meant)
            rest = 0.2 / len(beside) if beside else 0.0
            return {first: 1.0 - rest * len(beside)} | dict.fromkeys(beside, rest)
        if subject.content in self.topic_names and not subject.named:
            return {slug: likely for slug, likely in UNNAMED.items() if slug in self.knowledge.services}
        hinted = {named.service: HINT for named in subject.named}
        scores = {slug: score + hinted.get(slug, 0.0) for slug, score in scores.items()}
        return softmax(scores, SERVICE_SHARPNESS) or {GENERAL: 1.0}

    def find_readings(self, subject: AnalyzedQuery, evidence: Evidence) -> Iterator[Match]:
        """The likeliest pairs of service and topic that have an answer."""
        if not subject.content:  # a service's name alone, or "who owns rds?"
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
                yield self.judge_owner(evidence, self.reading(service, topic, likelihood))

    def reading(self, service: str, topic: str, likelihood: float) -> Match:
        """A pair of service and topic with what answers it: an entry, why there is no such task, or nothing."""
        entry, absent = self.knowledge.covering(service, topic), self.knowledge.absent_topics.get((service, topic))
        owner = entry.owner if entry else absent.owner if absent else Owner.SHARED
        return Match(service, topic, owner, entry, None, likelihood, absent=absent)

    def match_whole_services(self, evidence: Evidence) -> Iterator[Match]:
        """The services that were named, each as a whole."""
        for service, likelihood in take_best(evidence.services):
            yield Match(service, None, Owner.SHARED, None, None, likelihood)

    def judge_owner(self, evidence: Evidence, match: Match) -> Reading:
        """A reading with its owner: the entry's for a broad question, a duty's for a specific one."""
        if match.entry is None:
            return Reading(match)
        pins = self.ranker.rank(evidence.vector, match.entry, evidence.word_shares)
        if evidence.word_shares:
            shares = evidence.word_shares
            nearer = (
                replace(pin, nearness=pin.nearness + SAME * shares[pin.item.id] ** 2) if pin.item.id in shares else pin
                for pin in pins
            )
            pins = sorted(nearer, key=lambda pin: -pin.nearness)
        match = replace(match, ranked=tuple(sorted(pins, key=lambda pin: -pin.score)))
        owners = {match.owner.value: 1.0}
        if match.owner is Owner.SHARED:
            owners = self.owner_likelihoods(evidence, match)
        if evidence.bare:
            plain = max(owners, key=lambda owner: owners[owner])
            owner = Owner(plain) if owners[plain] >= PLAINLY and not evidence.keyword else match.owner
            return Reading(replace(match, owner=owner), owners if owner is not Owner.SHARED else {}, pins)
        owner = choose_owner(owners, pins, evidence.word_shares)
        nearest = next((pin for pin in pins if pin.item.owner is owner), None)
        duty = nearest.item if nearest and nearest.nearness >= PINNED else None
        found = replace(match, owner=owner, duty=duty, owner_likelihood=owners.get(owner, 0.0))
        return Reading(found, owners, pins)

    def owner_likelihoods(self, evidence: Evidence, match: Match) -> dict[str, float]:
        """How likely each owner's part is asked about: by the words, on this service, in this topic."""
        parts, service, topic = evidence.parts, match.service, match.topic
        known = self.weights.sum(
            context_features(service, topic), cross_features(parts, service), cross_features(parts, topic)
        )
        return softmax(self.weights.scores(evidence.text + known, "owner")["owner"], OWNER_SHARPNESS)


@dataclass(frozen=True, slots=True)
class Reading:
    """A match with the evidence for its owner."""

    match: Match
    owners: Mapping[str, float] = field(default_factory=dict)  # how likely each is; none for the whole entry
    pins: Sequence[RankedDuty] = ()  # the entry's duties, the nearest first


def is_title(words: Words, title: str) -> bool:
    """Whether a topic's name says no more than its title: "patches" is patching, "security groups" are a part of it."""
    start = "".join(words)[:STEM]
    return words == tokenize(title) or any(word[:STEM] == start for word in tokenize(title))


def choose_owner(owners: Mapping[str, float], pins: Sequence[RankedDuty], recalled: Mapping[str, float]) -> Owner:
    """Whose work is asked about: what the words say of it, and whose duty they come nearest to."""
    near = {owner: max((pin.nearness for pin in pins if pin.item.owner is owner), default=0.0) for owner in SIDES}
    best = max(near.values())
    score = {owner: owners.get(owner, 0.0) + PIN * (near.get(owner, best) - best) for owner in Owner}
    same = dict.fromkeys(SIDES, 0.0)
    if recalled:
        for pin in pins:
            same[pin.item.owner] = max(same[pin.item.owner], recalled.get(pin.item.id, 0.0))
    for owner in SIDES:
        score[owner] += OWNED * same[owner] ** 2
    # a duty that has the question's words leaves less doubt
    score[Owner.SHARED] += DOUBT * min(owners.get(owner, 0.0) for owner in SIDES) * (1 - max(same.values()))
    return max(score, key=lambda owner: score[owner])


def other_owners(reading: Reading) -> Iterator[Match]:
    """The same reading with each other owner who may be meant; none where only one has a part in it."""
    best, entry = reading.match, reading.match.entry
    for name, share in reading.owners.items():
        owner, likelihood = Owner(name), best.likelihood * share
        if owner is best.owner or entry is None or likelihood < UNLIKELY:
            continue
        if owner is not Owner.SHARED:
            nearest = next((pin.item for pin in reading.pins if pin.item.owner is owner), entry.side(owner)[0])
            yield replace(best, owner=owner, duty=nearest, likelihood=likelihood, owner_likelihood=share)
        elif best.duty:  # the whole entry, which an answer without a duty shows already
            yield replace(best, owner=owner, duty=None, likelihood=likelihood, owner_likelihood=share)


def nearest_examples(
    matcher: Matcher, matches: Matches, ways: Iterable[ExampleQuestion]
) -> list[tuple[float, ExampleQuestion]]:
    """The ways to ask that have most in common with a question, the nearest first."""
    asked = matches.evidence.vector
    words = ((matcher.ranker.vectorize(matcher.analyzer.analyze(parse(way.text)).parts), way) for way in ways)
    return sorted(((cosine(asked, each), way) for each, way in words), key=lambda pair: -pair[0])[:READINGS]


def softmax(scores: Mapping[str, float], heat: float) -> dict[str, float]:
    """Scores as likelihoods that add up to 1 (softmax); a higher heat parts them more."""
    highest = max(scores.values(), default=0.0)
    powers = {name: exp(heat * (score - highest)) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def take_best(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """The likeliest few, the likeliest first; the name decides between equals."""
    return sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))[:READINGS]
