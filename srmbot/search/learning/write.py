"""Arrays of weights -> the file that `Weights` reads. Beside learn.py the only user of numpy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from srmbot.search.shipped import COARSE, build_index
from srmbot.search.weights import FINE_STEPS, INDEX_ENTRY, LANE, OFFSET, Head, join_head

MOST_WEIGHT_STEPS = 127  # steps of a weight, to either side of 0, so that one fits into a byte
LEAST_WEIGHT_STEPS = 0.8  # of a weight that is kept; smaller ones tell nothing, and are a tenth of what is shipped
SMALLEST = 1e-6  # weights that are all below this tell nothing
LANE_TYPE = np.dtype("<u4")  # LANE bytes, the lowest first


def pack(
    heads: Sequence[Head], keys: Sequence[int], idf: np.ndarray, table: np.ndarray, words: Iterable[str] = ()
) -> bytes:
    """The file that `Weights` reads.

    Args:
        heads: the classes of each, in the order of a row's weights.
        keys: the feature of each row, no two the same.
        idf: by row, from 0 to 1 (divided by the largest).
        table: rows x classes, one weight each.
        words: to correct typos to, the most frequent first.
    """
    scale = FINE_STEPS / max(float(np.abs(table).max(initial=0.0)), SMALLEST)
    steps_of = np.clip(table * scale / COARSE, -MOST_WEIGHT_STEPS, MOST_WEIGHT_STEPS)
    weights = COARSE * np.where(np.abs(steps_of) < LEAST_WEIGHT_STEPS, 0, np.rint(steps_of))
    steps = np.column_stack([np.rint(idf * FINE_STEPS), weights]) + OFFSET
    index = build_index(keys)
    about = {
        "heads": [{"name": head.name, "classes": head.classes, "bias": head.bias} for head in heads],
        "scale": scale,
        "rows": len(keys),
        "slots": len(index) // INDEX_ENTRY.size,
        "words": " ".join(words),
    }
    assert LANE_TYPE.itemsize == LANE
    return join_head(about, index, steps.astype(LANE_TYPE).tobytes())
