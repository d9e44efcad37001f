"""What understanding rests on: `python -m bench.learning`: the learning curve, then each ingredient left out in turn.

Judged on voices that are never learned from, and on the development set and the golden questions. A share of the
bank is a share of its voices, for one more voice teaches more than as many questions of a known one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from bench.questions import SETS
from bench.voices import as_labelled
from srmbot.answer import Outcome
from srmbot.knowledge.load import built_in, load, load_folder_examples
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search import evidence, features, owners, spelling, weights
from srmbot.search.learning import matrix
from srmbot.search.learning import train as learn
from srmbot.search.matcher import Matcher
from srmbot.search.weights import Weights
from tests.support.labelled import Judged, judge, read, share

EVERY = 4  # voices; one of so many is held out
SHARES = (0.0, 0.125, 0.25, 0.5, 1.0)  # of the other voices
NONE: dict[int, float] = {}

Patch = tuple[Any, str, Any]  # where, what, and what to put there instead
WITHOUT: dict[str, Sequence[Patch]] = {
    "typo correction": [(spelling.Spelling, "correct", lambda self, words: words)],
    "pieces of words": [(matrix, "hash_subwords", lambda word: ()), (weights, "hash_subwords", lambda word: ())],
    "pairs of words": [(features, "ngrams", iter)],
    "how it is built": [
        (learn, "shape_features", lambda parts: NONE),
        (evidence, "shape_features", lambda parts: NONE),
    ],
    "words beside service and topic": [
        (learn, "cross_features", lambda parts, name: NONE),
        (evidence, "cross_features", lambda *_: NONE),
        (owners, "cross_features", lambda *_: NONE),
    ],
    "the nearest duty's owner": [(owners, "PIN", 0.0)],
    "duties with the same words": [(evidence, "RECALLED", 0.0), (owners, "SAME", 0.0), (owners, "SAME_FOR_OWNER", 0.0)],
    "both, where either may be meant": [(owners, "DOUBT_FOR_BOTH", 0.0)],
}


def main() -> None:
    """Print both tables."""
    folders = [built_in()]
    knowledge, asked = load(folders), load_folder_examples(folders)
    voices = sorted({way.voice for way in asked})
    held = voices[::EVERY]
    known = [voice for voice in voices if voice not in held]
    kept = [way for way in asked if way.voice in known]
    judged_by = {"held-out voices": [as_labelled(way) for way in asked if way.voice in held]}
    judged_by |= {path.stem: list(read(path)) for path in SETS}
    print(f"held out: {', '.join(held)}\n")
    print(f"{'learned from':<28}{'ways':>6}" + "".join(f"{name:>24}" for name in judged_by))
    print(" " * 34 + "   topic   right   alone" * len(judged_by))

    def row(title: str, known: Knowledge, ways: Sequence[ExampleQuestion]) -> None:
        found = Matcher(known, Weights(learn.learn(known, ways)))
        shares = "".join(format_shares(list(judge(found, known, questions))) for questions in judged_by.values())
        print(f"{title:<28}{len(ways):>6}{shares}", flush=True)

    for part in SHARES:
        some = known[: round(part * len(known))]
        row(f"{len(some)} of {len(known)} voices", knowledge, [way for way in kept if way.voice in some])
    for title, patches in WITHOUT.items():
        with patched(patches):
            row(f"- {title}", knowledge, kept)
    row("- names of elsewhere", replace(knowledge, not_aws=()), kept)


def format_shares(rows: Sequence[Judged]) -> str:
    """The topic right and all right of what is ours, however unsure; and what is left alone of the rest."""
    ours = [row for row in rows if row.asked.ours]
    alone = share(row.outcome is Outcome.UNKNOWN for row in rows if not row.asked.ours)
    return f"{share(row.topic_right for row in ours):>8.3f}{share(row.right for row in ours):>8.3f}{alone:>8.3f}"


@contextmanager
def patched(patches: Sequence[Patch]) -> Iterator[None]:
    """Something else in the place of some ingredients."""
    clear()
    undo: list[Callable[[], None]] = []
    try:
        for where, name, instead in patches:
            one = patch.object(where, name, instead)
            one.start()
            undo.append(one.stop)
        yield
    finally:
        for stop in undo:
            stop()
        clear()


def clear() -> None:
    """Forget what was hashed with other ingredients."""
    features.hash_feature.cache_clear()


if __name__ == "__main__":
    main()
