"""Evidence -> how likely it is that we are asked, and that the best reading is right: two logistic regressions.

Both were fitted by `python -m bench.voices`, on questions of voices that the weights had not learned from, so that
a likelihood of .7 is right about seven times of ten for a stranger's question; the first was then drawn towards
labelled questions (`python -m bench.in_scope`). For whether we are asked, a few dozen boosted trees over the same cues
did no better on further voices than this sum does.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from srmbot.form import Ask, Form
from srmbot.model import DATABASE, GENERAL
from srmbot.search.matches import Evidence, Match, NearBoundary

LIKELY_TOPIC = 0.4  # how likely the topic must be for a number of it to be asked for
KEYWORD_CONFIDENCE = 0.97  # a topic or service typed alone is a question, whatever else its word may mean
ASKED_BEFORE = 2.5  # what a reply adds that asks of a thread's first message "who owns this?" (set by hand)
CHOSEN_SERVICE = 1.0  # what a service chosen in a form adds: it says by itself that AWS is meant (set by hand)
IN_SCOPE_WEIGHTS = {
    "bias": -6.6,
    "in_scope": 3.55,
    "topic_score": 0.35,
    "topic": 1.02,
    "service": 1.52,
    "known": 2.41,
    "short": 1.35,
    "named": 2.92,
    "names_not_aws": -0.50,
    "asks_who": 0.38,
    "either": 1.00,
    "proof": 2.24,
    "what": 2.25,
    "boundary": 1.23,
    "number": 1.20,
    "suggested": 3.00,  # set by hand: of 2,133 labelled questions ten more of ours are claimed, and two that are not
}
BELIEVED = 0.5  # how likely a question must be about a belief for the belief to answer it (bench/useful.py)
BOUNDARY_BIAS, MEANING, NEARNESS, COVERAGE, TOPIC = -6.2, 6.0, 4.5, 3.0, 1.2  # by bench.useful
MATCH_WEIGHTS = {"bias": -7.73, "topic": 3.32, "service": 2.83, "owner": 4.67}


def in_scope_cues(evidence: Evidence, form: Form, near: NearBoundary | None) -> dict[str, float]:
    """What tells whether a message asks who does something on AWS, and is not small talk, a how-to or another's."""
    return {
        "in_scope": evidence.in_scope,
        "topic_score": evidence.topic_score,
        "topic": max(evidence.topics.values(), default=0.0),
        "service": max(evidence.services.values(), default=0.0),
        "known": evidence.known,
        "short": evidence.short,
        "named": evidence.names_service,
        "names_not_aws": evidence.names_not_aws,
        "asks_who": evidence.asks_who,
        "either": form.either,
        "proof": Ask.PROOF in form.asks,
        "what": not form.asks.isdisjoint({Ask.WHAT_NOW, Ask.WHAT_IF, Ask.FIND_OUT}),
        "boundary": near.likelihood if near else 0.0,
        "number": asks_number(evidence, form),
        "suggested": suggested_service(evidence),
    }


def suggested_service(evidence: Evidence) -> float:
    """How likely a message that names no service is about a certain one: "who changes the launch template?"."""
    if evidence.names_service:
        return 0.0
    return max((likely for slug, likely in evidence.services.items() if slug not in (GENERAL, DATABASE)), default=0.0)


def match_cues(evidence: Evidence, best: Match) -> dict[str, float]:
    """What tells whether the best reading has the right service, topic and owner."""
    return {
        "topic": max(evidence.topics.values(), default=0.0) if best.topic else 1.0,
        "service": max(evidence.services.values(), default=0.0),
        "owner": best.owner_likelihood,
    }


def in_scope_likelihood(evidence: Evidence, form: Form, near: NearBoundary | None) -> float:
    """How likely a message is a question to us."""
    if evidence.keyword:
        return KEYWORD_CONFIDENCE
    said = CHOSEN_SERVICE * evidence.chosen + ASKED_BEFORE * evidence.from_parent
    return logistic(weighted_sum(IN_SCOPE_WEIGHTS, in_scope_cues(evidence, form, near)) + said)


def asks_number(evidence: Evidence, form: Form) -> bool:
    """Whether a message asks for a number that is no price, of a topic that it is likely about on a named service."""
    known = max(evidence.topics.values(), default=0.0) >= LIKELY_TOPIC
    return evidence.names_service and known and Ask.NUMBER in form.asks and Ask.COST not in form.asks


def meaning_score(meaning: float, nearness: float, coverage: float, topic: float) -> float:
    """How surely a question is about a belief or duty: its likelihood is the logistic function of this.

    Args:
        meaning: how near it is by what the words mean; this and the next two as `Ranked` has them.
        nearness: how near its nearest phrase is.
        coverage: what it has of the question's words.
        topic: how likely its topic is asked about.
    """
    return BOUNDARY_BIAS + MEANING * meaning + NEARNESS * nearness + COVERAGE * coverage + TOPIC * topic


def match_likelihood(evidence: Evidence, best: Match) -> float:
    """How likely the best reading is right, if we are asked."""
    return logistic(weighted_sum(MATCH_WEIGHTS, match_cues(evidence, best)))


def weighted_sum(weights: Mapping[str, float], cues: Mapping[str, float]) -> float:
    """The sum of some cues, each by what it counts."""
    return weights["bias"] + sum(weights[name] * value for name, value in cues.items())


def logistic(score: float) -> float:
    """A score as a likelihood between 0 and 1."""
    return 1 / (1 + exp(-score))
