"""Query, Knowledge -> Matches: what a question is about and whose work that is, likeliest reading first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp

from srmbot.model import DATABASE, GENERAL, ExampleQuestion, Knowledge, Owner
from srmbot.query import asks_how, asks_who, parse, tokenize
from srmbot.search import confidence
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.duty_ranking import DutyRanker, RankedDuty, cosine
from srmbot.search.duty_words import WordIndex
from srmbot.search.features import NOT_AWS_MASK, context_features, cross_features, shape_features
from srmbot.search.follow_up import resolve_follow_up
from srmbot.search.matches import Evidence, Match, Matches
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
DOUBT = 1.5  # what the less likely of the two sides adds to both: where either may be meant, both are told
STEM = 5  # letters that a topic's name and its title begin with, if they are the same word
SIDES = (Owner.AWS, Owner.CUSTOMER)
PINNED = 0.35  # how near a duty must be to be named alone


class Matcher:
    """Understands questions by what was learned from the knowledge."""

    def __init__(self, knowledge: Knowledge, weights: Weights) -> None:
        """Index what the knowledge calls things."""
        self.knowledge = knowledge
        self.weights = weights
        self.analyzer = Analyzer(knowledge, Spelling(weights.words.split, weights.knows))
        self.service_names = self.analyzer.names
        self.ranker = DutyRanker(weights)
        self.word_index = WordIndex(knowledge)
        _ = knowledge.entries, knowledge.by_id, knowledge.by_service  # made now: no question shall wait for them
        self.topic_names = {
            tokenize(name): topic.slug
            for topic in knowledge.topics.values()
            for name in (topic.title, topic.slug, *topic.aliases)
        }
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
        subject = self.read(asked) if isinstance(asked, str) else asked
        if thread:
            subject = resolve_follow_up(subject, self.read(thread[0]), knows=self.knows_topic(subject))
        evidence = self.gather_evidence(subject, service)
        readings = tuple(self.find_readings(subject, evidence)) if subject.named or subject.content else ()
        return Matches(
            query=subject.query,
            readings=readings,
            evidence=evidence,
            in_scope=confidence.in_scope_likelihood(evidence) if readings else 0.0,
            confidence=confidence.match_likelihood(evidence, readings[0]) if readings else 0.0,
        )

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
                (p * q, service, topic)
                for service, p in take_best(evidence.services)
                for topic, q in take_best(evidence.topics)
            ),
            key=lambda pair: -pair[0],
        )
        kept = 0
        for likelihood, service, topic in pairs:
            entry = self.knowledge.covering(service, topic)
            if entry and kept < READINGS and (likelihood >= UNLIKELY or not kept):
                kept += 1
                yield self.judge_owner(evidence, Match(service, topic, entry.owner, entry, None, likelihood))

    def match_whole_services(self, evidence: Evidence) -> Iterator[Match]:
        """The services that were named, each as a whole."""
        for service, likelihood in take_best(evidence.services):
            yield Match(service, None, Owner.SHARED, None, None, likelihood)

    def judge_owner(self, evidence: Evidence, match: Match) -> Reading:
        """A reading with its owner: the entry's for a broad question, a duty's for a specific one."""
        if evidence.bare or match.entry is None:
            return Reading(match)
        pins = self.ranker.rank(evidence.vector, match.entry, evidence.word_shares)
        if evidence.word_shares:
            nearer = (
                replace(p, nearness=p.nearness + SAME * evidence.word_shares.get(p.duty.id, 0.0) ** 2) for p in pins
            )
            pins = sorted(nearer, key=lambda pin: -pin.nearness)
        owners = {match.owner.value: 1.0}
        if match.owner is Owner.SHARED:
            owners = self.owner_likelihoods(evidence, match)
        owner = choose_owner(owners, pins, evidence.word_shares)
        nearest = next((pin for pin in pins if pin.duty.owner is owner), None)
        duty = nearest.duty if nearest and nearest.nearness >= PINNED else None
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
    """A match with what its owner was told by."""

    match: Match
    owners: Mapping[str, float] = field(default_factory=dict)  # how likely each is; none for the whole entry
    pins: Sequence[RankedDuty] = ()  # the entry's duties, the nearest first


def is_title(words: Words, title: str) -> bool:
    """Whether a topic's name says no more than its title: "patches" is patching, "security groups" are a part of it."""
    start = "".join(words)[:STEM]
    return words == tokenize(title) or any(word[:STEM] == start for word in tokenize(title))


def choose_owner(owners: Mapping[str, float], pins: Sequence[RankedDuty], recalled: Mapping[str, float]) -> Owner:
    """Whose work is asked about: what the words say of it, and whose duty they come nearest to."""
    near = {owner: max((pin.nearness for pin in pins if pin.duty.owner is owner), default=0.0) for owner in SIDES}
    best = max(near.values())
    score = {owner: owners.get(owner, 0.0) + PIN * (near.get(owner, best) - best) for owner in Owner}
    same = dict.fromkeys(SIDES, 0.0)
    if recalled:
        for pin in pins:
            same[pin.duty.owner] = max(same[pin.duty.owner], recalled.get(pin.duty.id, 0.0))
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
            nearest = next((pin.duty for pin in reading.pins if pin.duty.owner is owner), entry.side(owner)[0])
            yield replace(best, owner=owner, duty=nearest, likelihood=likelihood, owner_likelihood=share)
        elif best.duty:  # the whole entry, which an answer without a duty shows already
            yield replace(best, owner=owner, duty=None, likelihood=likelihood, owner_likelihood=share)


def nearest_examples(
    matcher: Matcher, matches: Matches, ways: Iterable[ExampleQuestion]
) -> list[tuple[float, ExampleQuestion]]:
    """The ways to ask that have most in common with a question, the nearest first."""
    asked = matches.evidence.vector
    vectors = ((matcher.ranker.vectorize(matcher.analyzer.analyze(parse(way.text)).parts), way) for way in ways)
    return sorted(((cosine(asked, vector), way) for vector, way in vectors), key=lambda pair: -pair[0])[:READINGS]


def softmax(scores: Mapping[str, float], heat: float) -> dict[str, float]:
    """Scores as likelihoods that add up to 1 (softmax); a higher heat parts them more."""
    highest = max(scores.values(), default=0.0)
    powers = {name: exp(heat * (score - highest)) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}


def take_best(likely: Mapping[str, float]) -> list[tuple[str, float]]:
    """The likeliest few, the likeliest first; the name decides between equals."""
    return sorted(likely.items(), key=lambda pair: (-pair[1], pair[0]))[:READINGS]
