"""Query -> Evidence: what speaks for each topic, service and owner, and for being asked at all."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from srmbot.grammar import names_side
from srmbot.model import DATABASE, GENERAL, Knowledge
from srmbot.query import asks_how, asks_who, content_words, tokenize
from srmbot.search.analyzer import AnalyzedQuery
from srmbot.search.duty_ranking import DutyRanker
from srmbot.search.duty_words import WordIndex
from srmbot.search.features import NOT_AWS_MASK, SERVICE_MASK, context_features, cross_features, shape_features
from srmbot.search.lookup import topic_names
from srmbot.search.matches import Evidence
from srmbot.search.parts import LITTLE_WORDS
from srmbot.search.service_names import ServiceNames
from srmbot.search.spelling import Words

TOPIC_SHARPNESS, SERVICE_SHARPNESS = 4.0, 2.5  # scores to likelihoods, by bench/voices.py
HINT = 1.0  # what a word such as "postgres" adds to its service's score
VERSUS = frozenset({"vs", "versus"})
KEYWORD_WORDS = 3  # words; a name among so few is asked for, as in a search box
SHORT_QUESTION = 4  # words
UNNAMED = {GENERAL: 0.8, DATABASE: 0.2}  # what a topic alone is about, and what else may be meant
CERTAIN = 0.7  # how likely a named service must be for the topic to be read in its light
RECALLED = 1.2  # what a duty with all of the question's words adds to its topic's score, if no other topic has one
TITLE_STEM = 5  # letters that a topic's name and its title begin with, if they are the same word


class EvidenceGatherer:
    """Gathers what the models, the names and the duties' own words say of a question."""

    def __init__(self, knowledge: Knowledge, ranker: DutyRanker, service_names: ServiceNames) -> None:
        """Index what the knowledge calls things."""
        self.knowledge = knowledge
        self.ranker, self.weights = ranker, ranker.weights
        self.service_names = service_names
        self.word_index = WordIndex(knowledge)
        self.topic_names = topic_names(knowledge)
        titles = {words for words, slug in self.topic_names.items() if is_title(words, knowledge.topics[slug].title)}
        self.titles = titles | set(map(drop_stop_words, titles))  # a question's content has none of them

    def gather(self, subject: AnalyzedQuery, service: str | None) -> Evidence:
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
            keyword=not how and is_keyword(subject, names_topic=bool(alone)),
            short=len(words) <= SHORT_QUESTION,
            known=sum(map(self.weights.knows, words)) / (len(words) or 1),
            uncovered=self.service_names.find_uncovered(words),
            names_not_aws=any(weight == 1.0 and NOT_AWS_MASK in words for words, weight in subject.parts),
            from_parent=subject.from_parent,
            asks_who=subject.from_parent or asks_who(subject.query.text) or names_side(subject.query.text),
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
        more = RECALLED * self.weights.word_factor * (share**2 - next_share**2)
        return {**scores, best: scores.get(best, 0.0) + more}

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

    def knows_topic(self, subject: AnalyzedQuery) -> bool:
        """Whether the words themselves tell what a text is about."""
        scores = self.weights.scores(self.weights.sum_text(subject.parts), "topic")["topic"]
        return subject.content in self.topic_names or max(scores.values(), default=0.0) > 0


def is_keyword(subject: AnalyzedQuery, *, names_topic: bool) -> bool:
    """Whether only a name was typed, as in a search box: "backups", "rds backups", "rds vs aurora backups".

    Two services beside each other and no topic may be any comparison: "aurora vs rds" is mostly about the price.
    """
    words = subject.query.words
    if not subject.content:
        return len(words) <= KEYWORD_WORDS and bool(subject.named) and VERSUS.isdisjoint(words)
    masked = {word for part, _ in subject.parts for word in part}
    return names_topic and (len(words) <= KEYWORD_WORDS or masked <= {SERVICE_MASK, *subject.content, *LITTLE_WORDS})


def drop_stop_words(name: Words) -> Words:
    """A topic's name as it stands in the content of a question; as it is, where only one word would be left."""
    left = content_words(name)
    return left if len(left) > 1 else name


def is_title(words: Words, title: str) -> bool:
    """Whether a topic's name says no more than its title: "patches" is patching, "security groups" are a part of it."""
    start = "".join(words)[:TITLE_STEM]
    return words == tokenize(title) or any(word[:TITLE_STEM] == start for word in tokenize(title))


def softmax(scores: Mapping[str, float], heat: float) -> dict[str, float]:
    """Scores as likelihoods that add up to 1 (softmax); a higher heat parts them more."""
    highest = max(scores.values(), default=0.0)
    powers = {name: exp(heat * (score - highest)) for name, score in scores.items()}
    total = sum(powers.values())
    return {name: power / total for name, power in powers.items()}
