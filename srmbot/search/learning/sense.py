"""Boundaries' phrases -> what tells whether two of them say the same: a linear support vector machine over pairs.

Measured on boundaries that were held out: of .88 of the phrases the sense is told rightly by the five nearest others,
by the one nearest phrase and its negation of .62.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from srmbot.model import Boundary
from srmbot.search.sense import NOTHING_LEARNED, pack_sense, pair_features, read_phrase

ENOUGH = 1000  # pairs; of fewer too little can be learned, and a denial alone tells the sense
LEAST_PAIRS = 3  # pairs that a feature must be in
BEND = 0.03  # how much single pairs may bend what is learned (C of the support vector machine)
WEIGHT_STEP = 0.02  # the step of a weight; what is smaller tells nothing
SEED = 0


def learn_sense(boundaries: Iterable[Boundary]) -> bytes:
    """What `SenseModel` reads."""
    pairs = list(pair_phrases(boundaries))
    counts = Counter(key for keys, _ in pairs for key in keys)
    kept = sorted(key for key, count in counts.items() if count >= LEAST_PAIRS)
    same = np.array([agree for _, agree in pairs])
    if len(pairs) < ENOUGH or same.all():
        return NOTHING_LEARNED
    places = {key: place for place, key in enumerate(kept)}
    rows = [[places[key] for key in keys if key in places] for keys, _ in pairs]
    ends = np.cumsum([0, *map(len, rows)])
    found = np.array([place for row in rows for place in row])
    matrix = csr_matrix((np.ones(len(found)), found, ends), shape=(len(rows), len(kept)))
    model = LinearSVC(C=BEND, random_state=SEED).fit(matrix, same)
    found = np.where(np.abs(model.coef_[0]) < WEIGHT_STEP, 0.0, model.coef_[0])
    steps = np.rint(found / WEIGHT_STEP)  # few different numbers are shipped in few bytes
    weights = [(key, weight) for key, weight in zip(kept, (steps * WEIGHT_STEP).tolist(), strict=True) if weight]
    return pack_sense(weights, float(model.intercept_[0]))


def pair_phrases(boundaries: Iterable[Boundary]) -> Iterator[tuple[frozenset[int], bool]]:
    """Phrases of one boundary by twos: the features of the two, and whether they say the same."""
    for boundary in boundaries:
        if boundary.contrary:
            phrases = [(read_phrase(text), text in boundary.contrary) for text in boundary.phrases]
            for step in {1, len(phrases) // 3, len(phrases) // 2} - {0}:
                others = phrases[step:] + phrases[:step]
                for (first, contrary), (second, other) in zip(phrases, others, strict=True):
                    yield frozenset(pair_features(first, second)), contrary is other
