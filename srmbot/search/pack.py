"""Arrays of weights -> the file that `Weights` reads. Beside learn.py the only user of numpy."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence

import numpy as np

from srmbot.search.weights import FINE, LANE, MAGIC, OFFSET, SLOTS, Head

SMALLEST = 1e-6  # weights that are all below this tell nothing
STEP = np.dtype("<u4")  # LANE bytes, the lowest first


def pack(
    heads: Sequence[Head], keys: Sequence[int], idf: np.ndarray, table: np.ndarray, words: Iterable[str] = ()
) -> bytes:
    """The file that `Weights` reads.

    Args:
        heads: the classes of each, in the order of a row's weights.
        keys: the feature of each row, in rising order, no two with the same slot.
        idf: by row, from 0 to 1 (divided by the largest).
        table: rows x classes, one weight each.
        words: to mend slips to, the most frequent first.
    """
    scale = FINE / max(float(np.abs(table).max(initial=0.0)), SMALLEST)
    steps = np.column_stack([np.rint(idf * FINE), np.rint(table * scale)]) + OFFSET
    index = np.zeros(SLOTS, STEP)
    index[[key % SLOTS for key in keys]] = np.arange(1, len(keys) + 1)
    about = {
        "heads": [{"name": head.name, "classes": head.classes, "bias": head.bias} for head in heads],
        "scale": scale,
        "rows": len(keys),
        "words": " ".join(words),
    }
    header = json.dumps(about).encode()
    assert STEP.itemsize == LANE
    return MAGIC + struct.pack("<I", len(header)) + header + index.tobytes() + steps.astype(STEP).tobytes()
