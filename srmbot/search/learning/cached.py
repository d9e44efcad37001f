"""Knowledge -> weights, from the cache where they have been learned before."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import suppress

from srmbot.cache import Cache, fingerprint
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search.weights import Weights

log = logging.getLogger("srmbot.search")

CODE = ("model.py", "query.py", "knowledge/*.py", "search/**/*.py")  # decides what is learned of the same knowledge


Learn = Callable[[Knowledge, Iterable[ExampleQuestion]], bytes]


def load_or_learn(
    knowledge: Knowledge, asked: Callable[[], Iterable[ExampleQuestion]], cache: Cache, learn: Learn | None = None
) -> Weights:
    """The weights for some knowledge, learned now if they are not in the cache.

    Args:
        knowledge: its version names the weights.
        asked: gives the ways to ask; called only to learn.
        cache: where weights are kept. Without one they are learned at every start.
        learn: how; in this process by default.
    """
    name = f"weights-{knowledge.version}-{fingerprint(*CODE)}.bin"
    path = cache.path(name)
    with suppress(OSError, ValueError):
        if path:
            return Weights.open(path)
    if learn is None:
        from srmbot.search.learning import train as here  # scikit-learn takes a second to import

        learn = here.learn
    log.info("learning_started", extra={"takes": "under a minute, once for each version of the knowledge"})
    content = learn(knowledge, asked())
    cache.put(name, content)
    return Weights(content)
