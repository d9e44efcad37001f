"""Boundaries' phrases -> what tells whether two of them say the same: a linear support vector machine over pairs.

Measured on boundaries that were held out: of .92 of the phrases the sense is told rightly by the eight nearest others,
by the one nearest phrase and its negation of .65.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.svm import LinearSVC

from srmbot.model import Boundary
from srmbot.search.sense import NOTHING_LEARNED, WEIGHT_STEP, pack_sense, pair_features, parity_of, read_phrase

ENOUGH = 1000  # pairs; of fewer too little can be learned, and a denial alone tells the sense
LEAST_PAIRS = 8  # pairs that a feature must be in; with 4 of them no more questions are answered rightly
LEAST_STEPS = 2  # that a feature must count; what one step more or less tells is chance
BEND = 0.01  # how much single pairs may bend what is learned (C of the support vector machine)
SEED = 0


class Pair(NamedTuple):
    """Two phrases of one boundary."""

    features: frozenset[int]
    parity: int  # as `parity_of` gives it
    same: bool  # they say the same


def learn_sense(boundaries: Iterable[Boundary]) -> bytes:
    """What `SenseModel` reads."""
    pairs = list(pair_phrases(boundaries))
    counts = Counter(key for pair in pairs for key in pair.features)
    kept = sorted(key for key, count in counts.items() if count >= LEAST_PAIRS)
    same = np.array([pair.same for pair in pairs])
    if len(pairs) < ENOUGH or same.all():
        return NOTHING_LEARNED
    places = {key: place for place, key in enumerate(kept)}
    rows = [[places[key] for key in pair.features if key in places] for pair in pairs]
    ends = np.cumsum([0, *map(len, rows)])
    found = np.array([place for row in rows for place in row])
    plain = csr_matrix((np.ones(len(found)), found, ends), shape=(len(rows), len(kept)))
    turned = diags([float(pair.parity) for pair in pairs]) @ plain
    model = LinearSVC(C=BEND, random_state=SEED).fit(hstack([plain, turned], format="csr"), same)
    steps = np.rint(model.coef_[0] / WEIGHT_STEP).astype(int).tolist()  # few different numbers are shipped in few bytes
    weights = zip(kept, steps[: len(kept)], steps[len(kept) :], strict=True)
    return pack_sense(
        [each for each in weights if abs(each[1]) + abs(each[2]) >= LEAST_STEPS], float(model.intercept_[0])
    )


def pair_phrases(boundaries: Iterable[Boundary]) -> Iterator[Pair]:
    """Phrases of one boundary by twos."""
    for boundary in boundaries:
        if boundary.contrary:
            phrases = [(read_phrase(text), text in boundary.contrary) for text in boundary.phrases]
            count = len(phrases)
            for step in sorted({1, 2, 3, count // 4, count // 3, count // 2} - {0}):
                others = phrases[step:] + phrases[:step]
                for (first, contrary), (second, other) in zip(phrases, others, strict=True):
                    yield Pair(frozenset(pair_features(first, second)), parity_of(first, second), contrary is other)
