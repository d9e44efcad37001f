"""Evidence -> how likely it is that we are asked, and that the best reading is right.

Both are logistic regressions over a few cues. Their numbers were fitted once on questions of voices that the
weights had not learned from, so that a likelihood of .7 is right about seven times of ten for a stranger's
question; `python -m bench.voices` fits them again and prints how true they are.
"""

from __future__ import annotations

from math import exp

from srmbot.search.matches import Evidence, Match

KEYWORD = 0.97  # a topic or service typed alone is a question, whatever else its word may mean


def ours(evidence: Evidence) -> float:
    """How likely a message asks who does something on AWS, and is not small talk, a how-to or another's business."""
    if evidence.keyword:
        return KEYWORD
    named = any(name.strong for name in evidence.named)
    return logistic(
        -0.8
        + 3.4 * evidence.ours
        + 2.2 * evidence.topic_score
        + 1.5 * named
        + 1.6 * evidence.short
        + 1.7 * evidence.asks_who
        - 1.1 * evidence.asks_how
        + 1.0 * evidence.from_parent
    )


def right(evidence: Evidence, best: Match) -> float:
    """How likely the best reading has the right service, topic and owner, if we are asked."""
    topic = max(evidence.topics.values(), default=0.0) if best.topic else 1.0
    service = max(evidence.services.values(), default=0.0)
    return logistic(-5.5 + 2.5 * topic + 2.1 * service + 3.2 * best.owner_likelihood)


def logistic(score: float) -> float:
    """A score as a likelihood between 0 and 1."""
    return 1 / (1 + exp(-score))
