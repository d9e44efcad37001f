"""Arrays of weights -> the file that `Weights` reads. Beside learn.py the only user of numpy."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence

import numpy as np

from srmbot.search.weights import FINE, LANE, MAGIC, OFFSET, PLACE, Head

SMALLEST = 1e-6  # weights that are all below this tell nothing
ROOM = 2  # places of the index for a row, at least: half of them empty keep the ways short
STEP = np.dtype("<u4")  # LANE bytes, the lowest first


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
    scale = FINE / max(float(np.abs(table).max(initial=0.0)), SMALLEST)
    steps = np.column_stack([np.rint(idf * FINE), np.rint(table * scale)]) + OFFSET
    slots = 1 << (ROOM * len(keys)).bit_length()
    about = {
        "heads": [{"name": head.name, "classes": head.classes, "bias": head.bias} for head in heads],
        "scale": scale,
        "rows": len(keys),
        "slots": slots,
        "words": " ".join(words),
    }
    header = json.dumps(about).encode()
    assert STEP.itemsize == LANE
    return MAGIC + struct.pack("<I", len(header)) + header + build_index(keys, slots) + steps.astype(STEP).tobytes()


def keep_blocks(content: bytes, kept: Iterable[tuple[str, str, bytes]]) -> bytes:
    """A file of weights with some blocks behind the rows, and in its head where each is.

    Args:
        content: the file.
        kept: blocks, each with its name and what it is of.
    """
    start = len(MAGIC) + LANE
    (length,) = struct.unpack("<I", content[len(MAGIC) : start])
    places, blocks, at = {}, [], 0
    for name, made_of, block in kept:
        places[name] = (made_of, at, len(block))
        blocks.append(block)
        at += len(block)
    header = json.dumps(json.loads(content[start : start + length]) | {"kept": places}).encode()
    return b"".join((MAGIC, struct.pack("<I", len(header)), header, content[start + length :], *blocks))


def build_index(keys: Sequence[int], slots: int) -> bytes:
    """The index: each feature at the place of its hash, or at the next free one."""
    index = bytearray(slots * PLACE.size)
    for number, key in enumerate(keys, 1):
        slot = key
        while PLACE.unpack_from(index, slot % slots * PLACE.size)[1]:
            slot += 1
        PLACE.pack_into(index, slot % slots * PLACE.size, key, number)
    return bytes(index)
