"""Knowledge -> weights: from the cache, from a file, or learned now; else those of other knowledge."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from srmbot.cache import Cache, fingerprint
from srmbot.errors import SrmbotError
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search import shipped
from srmbot.search.borrowed import BorrowedWeights
from srmbot.search.learning.process import can_learn
from srmbot.search.meaning_ranking import MeaningRanker
from srmbot.search.weights import Weights, place_blocks

log = logging.getLogger("srmbot.search")

# Decides what is learned of the same knowledge.
LEARNING_CODE = (
    "model.py",
    "query.py",
    "grammar*.py",
    "framing.py",
    "side_patterns.py",
    "knowledge/*.py",
    "search/**/*.py",
)


Learn = Callable[[Knowledge, Iterable[ExampleQuestion]], bytes]
INSTALL = "install srmbot[learn]"


class NotLearnedError(SrmbotError):
    """Nothing was learned from this knowledge, and nothing can be learned here."""


def load_or_learn(
    knowledge: Knowledge,
    asked: Callable[[], Iterable[ExampleQuestion]],
    cache: Cache,
    learn: Learn | None = None,
    files: Sequence[Path] = (),
) -> Weights:
    """The weights for some knowledge, learned now if they are neither in the cache nor in a file.

    Args:
        knowledge: what is learned from in it names the weights.
        asked: gives the ways to ask; called only to learn.
        cache: where weights are kept. Without one they are learned at every start, or made of what is shipped.
        learn: how; in this process by default.
        files: of weights that `srmbot learn` wrote, beside the one that comes with srmbot.

    Raises:
        NotLearnedError: they would have to be learned, and what that needs is not installed.
    """
    name = name_weights(knowledge)
    if kept := open_kept(name, cache):
        return kept
    for file in files_for(knowledge, files):
        with suppress(OSError, ValueError):
            return keep(name, shipped.unpack(file), cache)
    if not can_learn():
        raise NotLearnedError("nothing was learned from this knowledge, and scikit-learn is not installed", INSTALL)
    if learn is None:
        from srmbot.search.learning import train as here  # scikit-learn takes a second to import

        learn = here.learn
    log.info("learning_started", extra={"takes": "a minute or two, once for each version of the knowledge"})
    return keep(name, learn(knowledge, asked()), cache)


def files_for(knowledge: Knowledge, files: Sequence[Path]) -> Iterator[Path]:
    """The files whose weights were learned from some knowledge."""
    return (file for file in (*files, shipped.SHIPPED) if shipped.is_for(knowledge.learned_from, file))


def has_learned(knowledge: Knowledge, cache: Cache, files: Sequence[Path] = ()) -> bool:
    """Whether weights of some knowledge are in the cache, or in a file."""
    return bool(cache.path(name_weights(knowledge)) or next(files_for(knowledge, files), None))


def borrow(knowledge: Knowledge, cache: Cache, files: Sequence[Path] = ()) -> Weights:
    """Weights that were learned from other knowledge, for where nothing can be learned.

    Args:
        knowledge: that is to be answered from.
        cache: where the weights are kept, unpacked.
        files: of weights that `srmbot learn` wrote; the first that can be read is taken, else what comes with srmbot.

    Raises:
        NotLearnedError: no file can be read.
    """
    for file in (*files, shipped.SHIPPED):
        with suppress(OSError, ValueError):
            if (of := shipped.read_name(file)) is not None:
                weights = open_kept(name_file(of), cache) or keep(name_file(of), shipped.unpack(file), cache)
                log.warning("not_learned", extra={"weights": file.name, "fix": f"run `srmbot learn`, or {INSTALL}"})
                return BorrowedWeights(weights.content, knowledge)
    raise NotLearnedError("there are no weights to answer by, and scikit-learn is not installed", INSTALL)


def keep_indexes(meanings: MeaningRanker, cache: Cache) -> None:
    """Add to weights in the cache what was indexed to answer, so that the next start need not index it again.

    The file is written anew only for a service whose boundaries were indexed; those of one entry's duties take less
    time than that.
    """
    name = name_weights(meanings.knowledge)
    if meanings.indexed and cache.path(name):
        cache.put(name, place_blocks(bytes(meanings.weights.content), meanings.blocks_to_keep()))


def name_weights(knowledge: Knowledge) -> str:
    """The name of a knowledge's weights in the cache."""
    return name_file(knowledge.learned_from or knowledge.version)


def name_file(learned_from: str) -> str:
    """The name in the cache of weights, by that of what they were learned from."""
    return f"weights-{learned_from}-{fingerprint(*LEARNING_CODE)}.bin"


def open_kept(name: str, cache: Cache) -> Weights | None:
    """Weights from the cache; None where there are none of that name that can be read."""
    path = cache.path(name)
    with suppress(OSError, ValueError):
        return Weights.open(path) if path else None
    return None


def keep(name: str, content: bytes, cache: Cache) -> Weights:
    """Weights, put into the cache."""
    cache.put(name, content)
    return open_kept(name, cache) or Weights(content)
