"""A question about several things -> the best reading of each: of services, of topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from srmbot.form import Ask, Form
from srmbot.model import GENERAL, Owner
from srmbot.query import tokenize
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.evidence import EvidenceGatherer
from srmbot.search.matches import Evidence, Match
from srmbot.search.parts import (
    LEAST_ITEMS,
    asked_together,
    find_by_segment,
    is_item,
    listed_services,
    services_in_row,
    split_list,
    topics_in_row,
)
from srmbot.search.readings import EMPTY_CELL, ReadingFinder

COMPARING = frozenset(
    """
    difference differences different differ differs switch switching move moving migrate migrating migration stop stops
    job work change changes compare compared lose stay instead being becomes remains left goes go going away doing
    longer falls fall drops drop disappears new extra keep keeps
    """.split()
)
LISTING = re.compile(  # says that a list is wanted, where a message reads like a statement
    r"\b(?:raci|matrix|table|each|split|row by row|rows?|boxes|columns?|(?:one|a) line|who owns what|owners? list)\b",
    re.IGNORECASE,
)
LONGEST_LIST = 30  # words of a message that lists topics; a longer one tells a story
OWN_TOPIC = 0.7  # how likely its topic must be for a clause to be a question of its own


class PartFinder:
    """Finds the several things that a question asks about."""

    def __init__(self, analyzer: Analyzer, evidence: EvidenceGatherer, readings: ReadingFinder) -> None:
        """Remember what reads a text, and what finds its topics and owners."""
        self.analyzer, self.evidence, self.readings = analyzer, evidence, readings

    def find(self, query: AnalyzedQuery, subject: AnalyzedQuery, evidence: Evidence, form: Form) -> Iterator[Match]:
        """The best reading of each service or topic that a question names together; none where it names one."""
        if items := self.find_list(query, form):
            yield from items
            return
        named, words = find_by_segment(asked_together(form.sentence, query.query.text), self.analyzer.names.find)
        services = services_in_row(named, words, compared=Ask.COMPARE in form.asks)
        topics = topics_in_row(words, self.evidence.topic_names)
        if len(services) > 1:
            yield from (self.part(subject, slug) for slug in services)
        elif len(topics) > 1:
            service = max(evidence.services, key=lambda slug: evidence.services[slug])
            yield from (self.readings.judge(evidence, service, topic) for topic in topics)

    def find_list(self, query: AnalyzedQuery, form: Form) -> list[Match]:
        """The best reading of each thing that a message lists, in the sentence that asks, or around it."""
        text = query.query.text
        if len(split_list(text)) < LEAST_ITEMS:  # most messages: what is left out here is asked of every one
            return []
        asked = {each.service for each in self.analyzer.names.find(tokenize(form.sentence)) if each.strong}
        for where in dict.fromkeys((form.sentence, text)):
            items = listed_services(where, self.analyzer.names.find)
            if items and asked <= {GENERAL, *(each.service for each in items)}:
                return [self.part(self.analyzer.read(each.said), each.service) for each in items]
            topics = [] if form.wants_reply and not LISTING.search(text) else self.listed_topics(where, query)
            if len(topics) >= LEAST_ITEMS:
                return topics
        return []

    def listed_topics(self, text: str, query: AnalyzedQuery) -> list[Match]:
        """The readings of a list of topics on one service: "on RDS: backups, slow queries, database users"."""
        if len(tokenize(text)) > LONGEST_LIST or len({each.service for each in query.named if each.strong}) > 1:
            return []
        found: dict[str, Match] = {}
        unknown = 0  # segments since the last item
        for segment in split_list(text):
            match = self.listed_topic(segment, query) if is_item(segment) else None
            unknown = 0 if match else unknown + 1
            if match and match.topic:
                found.setdefault(match.topic, match)
            elif unknown > 1 and len(found) < LEAST_ITEMS:  # items stand side by side, but for one that says nothing
                found = {}
        return list(found.values()) if len({match.service for match in found.values()}) == 1 else []

    def listed_topic(self, segment: str, query: AnalyzedQuery) -> Match | None:
        """The reading of one item of a list; None where it tells no topic by itself."""
        item = replace(self.analyzer.read(segment), named=query.named)
        if not item.content or not self.evidence.knows_topic(item):
            return None
        evidence = self.evidence.gather(item, None)
        topic, likely = max(evidence.topics.items(), key=lambda pair: pair[1])
        service = max(evidence.services, key=lambda slug: evidence.services[slug])
        sure = likely >= OWN_TOPIC and self.readings.has_answer(service, topic)
        return self.readings.judge(evidence, service, topic) if sure else None

    def part(self, subject: AnalyzedQuery, service: str) -> Match:
        """The best reading of a question on one of the services that it names."""
        hints = {word for named in subject.named for word in tokenize(named.said)}
        if COMPARING.issuperset(set(subject.content) - hints):
            return Match(service, None, Owner.SHARED, None, None, 1.0)
        here = self.evidence.gather(subject, service)
        likely = {
            topic: likelihood * (1.0 if self.readings.has_answer(service, topic) else EMPTY_CELL)
            for topic, likelihood in here.topics.items()
        }
        topic = max(likely, key=lambda slug: likely[slug])
        return self.readings.judge(here, service, topic)
