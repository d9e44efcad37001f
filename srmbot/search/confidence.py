"""Evidence -> how likely it is that we are asked, and that the best reading is right: two logistic regressions.

Both were fitted by `python -m bench.voices`, on questions of voices that the weights had not learned from, so that
a likelihood of .7 is right about seven times of ten for a stranger's question. For whether we are asked, a few dozen
boosted trees over the same cues did no better on further voices than this sum does.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from srmbot.search.matches import Evidence, Match

KEYWORD = 0.97  # a topic or service typed alone is a question, whatever else its word may mean
ASKED = 2.5  # what a reply adds that asks of a thread's first message "who owns this?" (set by hand)
CHOSEN = 1.0  # what a service chosen in a form adds: it says by itself that AWS is meant (set by hand)
OURS = {
    "bias": -3.51,
    "ours": 3.34,
    "topic_score": 0.99,
    "topic": 1.04,
    "service": 1.12,
    "known": 2.01,
    "short": 0.65,
    "asks_who": 0.90,
    "asks_how": -0.75,
    "elsewhere": -1.89,
}
RIGHT = {"bias": -7.73, "topic": 3.32, "service": 2.83, "owner": 4.67}


def cues_of_ours(evidence: Evidence) -> dict[str, float]:
    """What tells whether a message asks who does something on AWS, and is not small talk, a how-to or another's."""
    return {
        "ours": evidence.ours,
        "topic_score": evidence.topic_score,
        "topic": max(evidence.topics.values(), default=0.0),
        "service": max(evidence.services.values(), default=0.0),
        "known": evidence.known,
        "short": evidence.short,
        "asks_who": evidence.asks_who,
        "asks_how": evidence.asks_how,
        "elsewhere": evidence.elsewhere,
    }


def cues_of_right(evidence: Evidence, best: Match) -> dict[str, float]:
    """What tells whether the best reading has the right service, topic and owner."""
    return {
        "topic": max(evidence.topics.values(), default=0.0) if best.topic else 1.0,
        "service": max(evidence.services.values(), default=0.0),
        "owner": best.owner_likelihood,
    }


def ours(evidence: Evidence) -> float:
    """How likely a message is a question to us."""
    if evidence.keyword:
        return KEYWORD
    said = CHOSEN * evidence.chosen + ASKED * evidence.from_parent
    return logistic(weighed(OURS, cues_of_ours(evidence)) + said)


def right(evidence: Evidence, best: Match) -> float:
    """How likely the best reading is right, if we are asked."""
    return logistic(weighed(RIGHT, cues_of_right(evidence, best)))


def weighed(weights: Mapping[str, float], cues: Mapping[str, float]) -> float:
    """The sum of some cues, each by what it counts."""
    return weights["bias"] + sum(weights[name] * value for name, value in cues.items())


def logistic(score: float) -> float:
    """A score as a likelihood between 0 and 1."""
    return 1 / (1 + exp(-score))
