"""How strangers are understood: learn from some voices, judge on the others: `python -m bench.voices`.

Prints for each voice what is right when it was not learned from; how true the likelihoods are; and what
the numbers in srmbot/search/confidence.py would be if they were fitted again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from srmbot.knowledge.load import built_in, load, load_folder_examples
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search import confidence
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from srmbot.search.matches import Matches
from srmbot.search.weights import Weights
from tests.support.labelled import Judged, Labelled, judge, table

ROUNDS = 5  # a voice is held out in one of them, with others beside it
BINS = (0.0, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)


def main() -> None:
    """Print the tables and what would be fitted."""
    folders = [built_in()]
    knowledge, asked = load(folders), load_folder_examples(folders)
    judged: list[Judged] = []
    found: list[Matches] = []
    for held, matcher in rounds(knowledge, asked):
        questions = [as_labelled(way) for way in held]
        judged += judge(matcher, knowledge, questions)
        found += [matcher.match(question.text) for question in questions]
    print("\n".join(table(judged)), end="\n\n")
    ours = np.array([row.asked.ours for row in judged])
    print(f"separates ours from not ours: AUROC {roc_auc_score(ours, [row.ours for row in judged]):.3f}\n")
    print("\n".join(reliability(judged)), end="\n\n")
    worded = [at for at, match in enumerate(found) if match.readings and not match.evidence.keyword]
    cues = [confidence.in_scope_cues(each.evidence, each.form, each.near) for each in (found[at] for at in worded)]
    print(fitted("IN_SCOPE_WEIGHTS", cues, ours[worded]))
    kept = [at for at, match in enumerate(found) if match.readings and ours[at]]
    right = np.array([judged[at].right for at in kept])
    print(
        fitted(
            "MATCH_WEIGHTS", [confidence.match_cues(found[at].evidence, found[at].readings[0]) for at in kept], right
        )
    )


def rounds(knowledge: Knowledge, asked: Sequence[ExampleQuestion]) -> Iterator[tuple[list[ExampleQuestion], Matcher]]:
    """The ways to ask that are held out, with a matcher that has learned from the other voices alone."""
    voices = sorted({way.voice for way in asked})
    for number in range(ROUNDS):
        held = set(voices[number::ROUNDS])
        weights = Weights(learn(knowledge, [way for way in asked if way.voice not in held]))
        yield [way for way in asked if way.voice in held], Matcher(knowledge, weights)


def as_labelled(way: ExampleQuestion) -> Labelled:
    """A way to ask as a question with its label; its voice is its style."""
    owner, service, topic = (
        (value,) if value else () for value in (way.owner and way.owner.value, way.service, way.topic)
    )
    return Labelled(way.text, (), owner, service, topic, way.voice)


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


def fitted(name: str, rows: Sequence[Mapping[str, float]], truth: np.ndarray) -> str:
    """A logistic regression's numbers, in one line."""
    cues = list(rows[0])
    model = LogisticRegression(C=10, max_iter=1000).fit([[float(row[cue]) for cue in cues] for row in rows], truth)
    terms = ", ".join(f'"{cue}": {weight:.2f}' for cue, weight in zip(cues, model.coef_[0], strict=True))
    return f'{name}: "bias": {model.intercept_[0]:.2f}, {terms}'


if __name__ == "__main__":
    main()
