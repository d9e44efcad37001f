"""Learn the built-in knowledge's weights and write them as they are shipped: `make weights`."""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence

import numpy as np

from srmbot.knowledge.load import built_in, load, load_folder_examples
from srmbot.search.learning.train import learn
from srmbot.search.shipped import ABOUT_LENGTH, COARSE, FEATURES, SHIPPED
from srmbot.search.weights import INDEX_ENTRY, LANE, OFFSET, SENSE, WORD_VECTORS, Head, Weights, read_head

REMADE = ("slots", "kept")  # what the head says of parts that are made anew
LEARNED_BLOCKS = (WORD_VECTORS, SENSE)  # what else was learned; all other blocks are made from the knowledge again


def compress(content: bytes, learned_from: str) -> bytes:
    """Weights as they are shipped.

    Args:
        content: what `learn` made.
        learned_from: the name of the knowledge that it was learned from.
    """
    weights = Weights(content)
    index = np.frombuffer(content[weights.index : weights.rows], "<u4").reshape(-1, INDEX_ENTRY.size // LANE)
    index = index[index[:, 1] > 0]
    table = np.frombuffer(content[weights.rows : weights.behind], "<u4").reshape(-1, weights.lanes)
    table = table[index[:, 1] - 1].astype(np.int64) - OFFSET
    order = np.lexsort((index[:, 0], *find_used(table[:, 1:], weights.heads).T))
    index, table = index[order], table[order]
    rarities, ranks = np.unique(-table[:, 0], return_inverse=True)  # most features are as rare as can be
    steps = np.diff(index[:, 0], prepend=np.uint32(0)).astype("<u4")
    numbers = table[:, 1:] // COARSE
    assert (numbers * COARSE == table[:, 1:]).all(), "these weights have finer steps than are shipped"
    columns = [
        steps.view(np.uint8).reshape(-1, 4),
        ranks.astype("<u2").view(np.uint8).reshape(-1, 2),
        numbers.astype(np.int8).view(np.uint8),
    ]
    blocks, places = b"", []
    for name in LEARNED_BLOCKS:
        block = bytes(weights.kept_block(name, "") or b"")
        places.append((name, len(blocks), len(blocks) + len(block)))
        blocks += block
    about, _ = read_head(content)
    about |= {"lanes": weights.lanes - 1, "rarities": (-rarities).tolist(), "blocks": places}
    header = json.dumps({name: about[name] for name in about if name not in REMADE}).encode()
    body = b"".join(np.ascontiguousarray(each.T).tobytes() for each in columns)
    packed = lzma.compress(ABOUT_LENGTH.pack(len(header)) + header + body + blocks, preset=9)
    return f"{learned_from} {FEATURES}\n".encode() + packed


def find_used(table: np.ndarray, heads: Sequence[Head]) -> np.ndarray:
    """By row and head, whether the row tells it anything: rows that are used alike compress well together."""
    ends = np.cumsum([len(head.classes) for head in heads])[:-1]
    return np.stack([part.any(axis=1) for part in np.split(table, ends, axis=1)], axis=1)


def main() -> None:
    """Learn, and replace the shipped file."""
    knowledge = load([built_in()])
    content = compress(learn(knowledge, load_folder_examples([built_in()])), knowledge.learned_from)
    SHIPPED.write_bytes(content)


if __name__ == "__main__":
    main()
