"""How strangers are understood: learn from some voices, judge on the others: `python -m bench.voices`.

Prints for each voice what is right when nobody like it was learned from; how true the likelihoods are; and what
the numbers in srmbot/search/confidence.py would be if they were fitted again. `--write` also fits the trees in
srmbot/search/confidence.json again; the tables are of those that stood there before.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bench.labelled import Judged, Labelled, judge, table
from srmbot.knowledge.load import built_in, load, load_asked
from srmbot.model import Asked, Knowledge
from srmbot.search import confidence
from srmbot.search.learn import learn
from srmbot.search.matches import Matches
from srmbot.search.search import Search
from srmbot.search.weights import Weights

ROUNDS = 5  # a voice is held out in one of them, with others beside it
BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
RIGHT = ("topic", "service", "owner")
TREES = {"n_estimators": 40, "learning_rate": 0.25, "max_leaf_nodes": 4, "min_samples_leaf": 50, "random_state": 0}


def main() -> None:
    """Print the three tables; with `--write`, keep what was fitted."""
    folders = [built_in()]
    knowledge, asked = load(folders), load_asked(folders)
    judged: list[Judged] = []
    found: list[Matches] = []
    for held, search in rounds(knowledge, asked):
        questions = [as_labelled(way) for way in held]
        judged += judge(search, knowledge, questions)
        found += [search.find(question.text) for question in questions]
    print("\n".join(table(judged)), end="\n\n")
    ours = np.array([row.asked.ours for row in judged])
    print(f"separates ours from not ours: AUROC {roc_auc_score(ours, [row.ours for row in judged]):.3f}\n")
    print("\n".join(reliability(judged)), end="\n\n")
    if "--write" in sys.argv[1:]:
        fitting = [not match.evidence.keyword for match in found]
        write_trees([match for match, kept in zip(found, fitting, strict=True) if kept], ours[fitting])
    kept = [at for at, row in enumerate(judged) if row.asked.ours and found[at].readings]
    right = np.array([judged[at].right for at in kept])
    print(fitted("right", RIGHT, [cues_of_right(found[at]) for at in kept], right))


def rounds(knowledge: Knowledge, asked: Sequence[Asked]) -> Iterator[tuple[list[Asked], Search]]:
    """The ways to ask that are held out, with a search that has learned from the other voices alone."""
    voices = sorted({way.voice for way in asked})
    for number in range(ROUNDS):
        held = set(voices[number::ROUNDS])
        weights = Weights(learn(knowledge, [way for way in asked if way.voice not in held]))
        yield [way for way in asked if way.voice in held], Search(knowledge, weights)


def as_labelled(way: Asked) -> Labelled:
    """A way to ask as a question with its label; its voice stands for its style."""
    label = [(value,) if value else () for value in (way.owner and way.owner.value, way.service, way.topic)]
    return Labelled(way.text, None, *label, style=way.voice)


def reliability(judged: Sequence[Judged]) -> Iterator[str]:
    """Of the questions with a likelihood from here to there, how many were right."""
    yield f"{'likelihood':<16}{'n':>6}{'said':>8}{'right':>8}"
    rows = [row for row in judged if row.asked.ours]
    for low, high in pairwise(BINS):
        inside = [row for row in rows if low <= row.confidence < high]
        if inside:
            said = sum(row.confidence for row in inside) / len(inside)
            right = sum(row.right for row in inside) / len(inside)
            yield f"{f'{low:.1f} to {high:.1f}':<16}{len(inside):>6}{said:>8.2f}{right:>8.2f}"


def write_trees(found: Sequence[Matches], ours: np.ndarray) -> None:
    """Fit the trees that tell whether we are asked, and write them where srmbot/search/confidence.py reads them."""
    rows = np.array([list(confidence.cues(match.evidence).values()) for match in found], dtype=np.float32)
    model = GradientBoostingClassifier(**TREES).fit(rows, ours)
    share = ours.mean()
    kept = {
        "cues": list(confidence.cues(found[0].evidence)),
        "start": round(float(np.log(share / (1 - share))), 4),
        "trees": [nodes(each.tree_, model.learning_rate) for each in model.estimators_[:, 0]],
    }
    lines = ",\n".join(f"  {json.dumps(tree)}" for tree in kept.pop("trees"))
    head = ",\n".join(f" {json.dumps(name)}: {json.dumps(value)}" for name, value in kept.items())
    confidence.FITTED.write_text(f'{{\n{head},\n "trees": [\n{lines}\n ]\n}}\n', encoding="utf-8")
    print(f"{confidence.FITTED.name}: {len(model.estimators_)} trees")


def nodes(tree: Any, rate: float) -> list[list[float] | float]:
    """A tree of scikit-learn's in the form that is kept."""
    rows = zip(tree.feature, tree.threshold, tree.children_left, tree.children_right, tree.value[:, 0, 0], strict=True)
    return [
        round(float(value) * rate, 4) if cue < 0 else [int(cue), round(float(number), 4), int(yes), int(no)]
        for cue, number, yes, no, value in rows
    ]


def cues_of_right(found: Matches) -> list[float]:
    """What `confidence.right` looks at."""
    best, seen = found.readings[0], found.evidence
    return [max(seen.topics.values()) if best.topic else 1.0, max(seen.services.values()), best.owner_likelihood]


def fitted(name: str, cues: Sequence[str], rows: Sequence[Sequence[float]], truth: np.ndarray) -> str:
    """A logistic regression's numbers, in one line."""
    model = LogisticRegression(C=10, max_iter=1000).fit(np.array(rows, dtype=float), truth)
    terms = " ".join(f"{weight:+.2f} {cue}" for cue, weight in zip(cues, model.coef_[0], strict=True))
    return f"{name}: {model.intercept_[0]:+.2f} {terms}"


if __name__ == "__main__":
    main()
