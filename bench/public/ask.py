"""A public set -> the product's matcher, learned from its messages, and what it makes of others. Intents are topics."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.public.sets import Message
from srmbot.model import GENERAL, ExampleQuestion, Knowledge, Owner, Service, Topic
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from srmbot.search.weights import Weights


@dataclass(frozen=True, slots=True)
class Guess:
    """What the matcher makes of a message."""

    intent: str
    likelihood: float  # of the intent beside the others
    score: float  # how well it knows what the message is about: the gate
    ms: float


def learn_set(messages: Sequence[Message]) -> Matcher:
    """The matcher as the product makes it: an intent is a topic of no service, a message an example question.

    The names of intents are not learned from: a topic's title is a number that no message has.
    """
    intents = intents_of(messages)
    slugs = {intent: slug for slug, intent in intents.items()}
    topics = {slug: Topic(slug, f"topic{slug}", ()) for slug in intents}
    general = Service(GENERAL, "Any", "Any", "Any.", (), (), helper=False)
    known = Knowledge({GENERAL: general}, topics, (), (), "public")
    asked = [
        ExampleQuestion(text, GENERAL, slugs[intent], Owner.CUSTOMER, "public", "") for text, intent in messages if text
    ]
    return Matcher(known, Weights(learn(known, asked)))


def intents_of(messages: Sequence[Message]) -> dict[str, str]:
    """The intents by the slugs of their topics."""
    return {f"i{number:03}": intent for number, intent in enumerate(sorted({intent for _, intent in messages}))}


def guess(matcher: Matcher, intents: dict[str, str], text: str) -> Guess:
    """What a message is about, with the time of the whole match."""
    begun = time.perf_counter()
    evidence = matcher.match(text).evidence
    ms = (time.perf_counter() - begun) * 1000
    topics = evidence.topics
    best = max(topics, key=lambda slug: topics[slug], default="")
    return Guess(intents.get(best, ""), topics.get(best, 0.0), evidence.topic_score if topics else -9.0, ms)
