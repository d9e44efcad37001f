"""Weights in a small file, as they come with srmbot and as `srmbot learn` writes them -> what `Weights` reads.

What is learned takes a minute and is always the same, so it is shipped. Most weights are 0 and the rest are few
different numbers: by columns and compressed they take a twentieth of the file that is mapped to answer from.
"""

from __future__ import annotations

import json
import lzma
import re
import struct
from array import array
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import srmbot
from srmbot.search.weights import INDEX_ENTRY, LANE, OFFSET, join_head, place_blocks

SHIPPED = Path(srmbot.__file__).parent / "search" / "built_in.weights"
FEATURES = 2  # raised where a change of the code lets the same knowledge be learned or read otherwise
COARSE = 16  # steps of a weight that are told apart; finer ones change no figure (bench/questions.py)
LONGEST = 100  # bytes of a file's first line
ROOM = 2  # places of the index for a row, at least: half of them empty keep the ways short
ABOUT_LENGTH = struct.Struct("<I")  # bytes of the part before the columns
NOT_ZERO = re.compile(rb"[^\0]+")


def is_for(learned_from: str, path: Path = SHIPPED) -> bool:
    """Whether a file's weights were learned from some knowledge, by code that reads the same features."""
    return bool(learned_from) and read_name(path) == learned_from


def read_name(path: Path) -> str | None:
    """The name of the knowledge that a file's weights were learned from; None if this code cannot answer by them."""
    try:
        with path.open("rb") as file:
            name, features = file.readline(LONGEST).decode().split()
    except (OSError, ValueError):
        return None
    return name if features == str(FEATURES) else None


def unpack(path: Path = SHIPPED) -> bytes:
    """The weights as `Weights` reads them.

    Raises:
        OSError, ValueError: they cannot be read, or are not what `learning.ship` wrote.
    """
    with path.open("rb") as file:
        file.readline()
        try:
            content = lzma.decompress(file.read())
        except lzma.LZMAError as fault:
            raise ValueError(f"{path}: {fault}") from fault
    (length,) = ABOUT_LENGTH.unpack_from(content)
    about = json.loads(content[ABOUT_LENGTH.size : ABOUT_LENGTH.size + length])
    rows, lanes, at = about["rows"], about.pop("lanes"), ABOUT_LENGTH.size + length
    planes = [content[at + number * rows : at + (number + 1) * rows] for number in range(PLANES + lanes)]
    keys = list(accumulate(join_planes(planes[:4]), lambda key, step: (key + step) & LAST_KEY))
    rarities = about.pop("rarities")
    ranks = join_planes(planes[4:6], "H")
    lanes_of = [array("h", [rarities[rank] for rank in ranks]), *(array("b", each) for each in planes[6:])]
    blocks = content[at + (PLANES + lanes) * rows :]
    kept, index = about.pop("blocks"), build_index(keys)
    whole = join_head(about | {"slots": len(index) // INDEX_ENTRY.size}, index, fill_rows(lanes_of, rows))
    return place_blocks(whole, ((name, "", blocks[start:end]) for name, start, end in kept))


LAST_KEY = 0xFFFFFFFF
PLANES = 6  # columns of bytes before the weights: four of the keys, two of the ranks of their rarities


def join_planes(planes: Sequence[bytes], kind: str = "I") -> array[int]:
    """Numbers whose lowest bytes stand in the first column, the next ones in the second."""
    joined = bytearray(len(planes) * len(planes[0]))
    for number, plane in enumerate(planes):
        joined[number :: len(planes)] = plane
    return array(kind, bytes(joined))


def fill_rows(columns: Sequence[array[int]], count: int) -> bytes:
    """The rows: of each feature its rarity and its weights, all above 0 by the offset."""
    lane = struct.Struct("<I")
    width = len(columns) * LANE
    rows = bytearray(lane.pack(OFFSET) * (len(columns) * count))
    for row, rarity in enumerate(columns[0]):
        lane.pack_into(rows, row * width, OFFSET + rarity)
    for number, column in enumerate(columns[1:], 1):
        for run in NOT_ZERO.finditer(column.tobytes()):
            for row in range(run.start(), run.end()):
                lane.pack_into(rows, row * width + number * LANE, OFFSET + COARSE * column[row])
    return bytes(rows)


def build_index(keys: Sequence[int]) -> bytes:
    """The index: each feature at the place of its hash, or at the next free one."""
    slots = 1 << (ROOM * len(keys)).bit_length()
    index = bytearray(slots * INDEX_ENTRY.size)
    taken = bytearray(slots)
    for number, key in enumerate(keys, 1):
        slot = key % slots
        while taken[slot]:
            slot = (slot + 1) % slots
        taken[slot] = 1
        INDEX_ENTRY.pack_into(index, slot * INDEX_ENTRY.size, key, number)
    return bytes(index)
