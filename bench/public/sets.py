"""Folders as their publishers laid them out -> sets of messages with their intents, for learning and for asking."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Message = tuple[str, str]  # a text, and its intent
NO_INTENT = "NO_NODES_DETECTED"  # what HINT3 calls a message of no intent


@dataclass(frozen=True)
class PublicSet:
    """Messages to learn from and to ask, and what is out of scope: near (like the set) and far (like nothing in it)."""

    name: str
    learned: Sequence[Message]
    asked: Sequence[Message]
    near: Sequence[str] = ()
    far: Sequence[str] = ()
    mixed: Sequence[Message] = field(default=(), repr=False)  # both together as published, for the measure of HINT3


def find_sets(folder: Path) -> Iterator[PublicSet]:
    """The sets in a folder of checkouts, each by the name of its repository; what is not there is left out."""
    for name, read in READERS.items():
        if (folder / name).is_dir():
            yield from read(folder / name)


def read_hint3(folder: Path) -> Iterator[PublicSet]:
    """github.com/hellohaptik/HINT3: three shops' bots, each learned in full and from a part, v1 as in the paper."""
    for shop in ("curekart", "powerplay11", "sofmattress"):
        asked = read_csv(folder / f"dataset/v1/test/{shop}_test.csv")
        inside = [(text, intent) for text, intent in asked if intent != NO_INTENT]
        outside = [text for text, intent in asked if intent == NO_INTENT]
        for part in ("", "_subset"):
            learned = read_csv(folder / f"dataset/v1/train/{shop}{part}_train.csv")
            yield PublicSet(f"HINT3 {shop}{part}", learned, inside, near=outside, mixed=asked)


def read_clinc(folder: Path) -> Iterator[PublicSet]:
    """github.com/clinc/oos-eval: 150 intents of an assistant; its messages out of scope are far from all of them."""
    held = json.loads((folder / "data/data_full.json").read_text(encoding="utf-8"))
    learned, asked = ([(text, intent) for text, intent in held[name]] for name in ("train", "test"))
    yield PublicSet("CLINC150", learned, asked, far=[text for text, _ in held["oos_test"]])


def read_banking(folder: Path) -> Iterator[PublicSet]:
    """github.com/PolyAI-LDN/task-specific-datasets: BANKING77, a bank's 77 intents."""
    learned, asked = (read_csv(folder / f"banking_data/{name}.csv") for name in ("train", "test"))
    yield PublicSet("BANKING77", learned, asked)


def read_few_shot(folder: Path) -> Iterator[PublicSet]:
    """github.com/jianguoz/Few-Shot-Intent-Detection: BANKING77-OOS (50 of its intents) and HWU64 (a home assistant)."""
    bank, home = folder / "Datasets/BANKING77-OOS", folder / "Datasets/HWU64"
    near, far = ([text for text, _ in read_lines(bank / f"{kind}-oos/test")] for kind in ("id", "ood"))
    yield PublicSet("BANKING77-OOS", read_lines(bank / "train"), read_lines(bank / "test"), near, far)
    yield PublicSet("HWU64", read_lines(home / "train"), read_lines(home / "test"))


def read_csv(path: Path) -> list[Message]:
    """A table of texts and intents, with a header."""
    with path.open(encoding="utf-8", newline="") as opened:
        return [(row[0], row[1]) for row in list(csv.reader(opened))[1:] if len(row) >= 2]


def read_lines(folder: Path) -> list[Message]:
    """Two files with as many lines: the texts, and their intents."""
    texts, intents = ((folder / name).read_text(encoding="utf-8").splitlines() for name in ("seq.in", "label"))
    return list(zip(texts, intents, strict=True))


READERS = {
    "HINT3": read_hint3,
    "oos-eval": read_clinc,
    "task-specific-datasets": read_banking,
    "Few-Shot-Intent-Detection": read_few_shot,
}
