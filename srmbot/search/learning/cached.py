"""Knowledge -> weights: from the cache, from what is shipped, or learned now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from srmbot.cache import Cache, fingerprint
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search import shipped
from srmbot.search.meaning_ranking import keep_phrases
from srmbot.search.weights import Weights

log = logging.getLogger("srmbot.search")

CODE = ("model.py", "query.py", "knowledge/*.py", "search/**/*.py")  # decides what is learned of the same knowledge


Learn = Callable[[Knowledge, Iterable[ExampleQuestion]], bytes]


def load_or_learn(
    knowledge: Knowledge, asked: Callable[[], Iterable[ExampleQuestion]], cache: Cache, learn: Learn | None = None
) -> Weights:
    """The weights for some knowledge, learned now if they are not in the cache.

    Args:
        knowledge: what is learned from in it names the weights.
        asked: gives the ways to ask; called only to learn.
        cache: where weights are kept. Without one they are learned at every start, or made of what is shipped.
        learn: how; in this process by default.
    """
    name = name_weights(knowledge)
    path = cache.path(name)
    with suppress(OSError, ValueError):
        if path:
            return Weights.open(path)
    if shipped.is_for(knowledge.learned_from):
        with suppress(OSError, ValueError):
            return keep(name, shipped.unpack(), cache)
    if learn is None:
        from srmbot.search.learning import train as here  # scikit-learn takes a second to import

        learn = here.learn
    log.info("learning_started", extra={"takes": "a minute or two, once for each version of the knowledge"})
    return keep(name, learn(knowledge, asked()), cache)


def complete(weights: Weights, knowledge: Knowledge, cache: Cache) -> None:
    """Add to weights that were shipped what every later start would have to work out again from the phrases.

    It takes some seconds, so it is done after the first answer and not before; and only where the cache can be written.
    """
    name = name_weights(knowledge)
    if cache.path(name) and not weights.has_phrases:
        cache.put(name, keep_phrases(bytes(weights.content), knowledge))


def name_weights(knowledge: Knowledge) -> str:
    """The name of a knowledge's weights in the cache."""
    return f"weights-{knowledge.learned_from or knowledge.version}-{fingerprint(*CODE)}.bin"


def keep(name: str, content: bytes, cache: Cache) -> Weights:
    """Weights, put into the cache."""
    path = cache.put(name, content)
    with suppress(OSError, ValueError):
        if path:
            return Weights.open(path)
    return Weights(content)
