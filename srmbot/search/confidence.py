"""Evidence -> how likely it is that we are asked, and that the best reading is right.

Both were fitted once, by `python -m bench.voices --write`, on questions of voices that the weights had not learned
from, so that a likelihood of .7 is right about seven times of ten for a stranger's question. Whether we are asked
is told by a few dozen small trees, which confidence.json holds: the cues weigh more or less together (a slip of a
topic's words says little where nobody asks who), and a plain sum of them left .04 fewer questions answered.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from math import exp, log1p
from pathlib import Path

from srmbot.search.matches import Evidence, Match

KEYWORD = 0.97  # a topic or service typed alone is a question, whatever else its word may mean
CHOSEN = 1.0  # what a service chosen in a form adds: it says by itself that AWS is meant (set by hand)
FITTED = Path(__file__).with_name("confidence.json")

# A node asks whether a cue is at most a number, and names the nodes for yes and for no; a leaf is its score alone.
Node = tuple[int, float, int, int] | float
Tree = Sequence[Node]


def cues(evidence: Evidence) -> dict[str, float]:
    """What tells whether a message asks who does something on AWS, and is not small talk, a how-to or another's."""
    return {
        "ours": evidence.ours,
        "topic_score": evidence.topic_score,
        "topic": max(evidence.topics.values(), default=0.0),
        "service": max(evidence.services.values(), default=0.0),
        "named": evidence.chosen or any(name.strong for name in evidence.named),
        "known": evidence.known,
        "length": log1p(evidence.length),
        "short": evidence.short,
        "asks_who": evidence.asks_who,
        "asks_how": evidence.asks_how,
    }


def ours(evidence: Evidence) -> float:
    """How likely a message is a question to us."""
    if evidence.keyword:
        return KEYWORD
    start, trees = fitted()
    seen = tuple(cues(evidence).values())
    return logistic(start + CHOSEN * evidence.chosen + sum(leaf(tree, seen) for tree in trees))


def leaf(tree: Tree, seen: Sequence[float]) -> float:
    """The score at the end of a tree's way: x[cue] <= number goes to the first of the two nodes."""
    node = tree[0]
    while not isinstance(node, float):
        cue, number, yes, no = node
        node = tree[yes if seen[cue] <= number else no]
    return node


@cache
def fitted() -> tuple[float, tuple[Tree, ...]]:
    """The score before any tree, and the trees (gradient boosting: Friedman, Annals of Statistics 29, 2001)."""
    kept = json.loads(FITTED.read_text(encoding="utf-8"))
    return kept["start"], tuple(tuple(map(revived, tree)) for tree in kept["trees"])


def revived(node: list[float] | float) -> Node:
    """A node as it was before it was written."""
    if isinstance(node, list):
        cue, number, yes, no = node
        return int(cue), number, int(yes), int(no)
    return float(node)


def right(evidence: Evidence, best: Match) -> float:
    """How likely the best reading has the right service, topic and owner, if we are asked (a logistic regression)."""
    topic = max(evidence.topics.values(), default=0.0) if best.topic else 1.0
    service = max(evidence.services.values(), default=0.0)
    return logistic(-6.0 + 2.7 * topic + 2.2 * service + 3.5 * best.owner_likelihood)


def logistic(score: float) -> float:
    """A score as a likelihood between 0 and 1."""
    return 1 / (1 + exp(-score))
