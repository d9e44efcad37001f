"""Weights that were learned from other knowledge -> weights that this knowledge can be asked with.

They stand in where nothing can be learned. The names of services and topics that they do not know have the lowest
score; what an organisation calls its own things is found in its duties (`duty_words.py`).
"""

from __future__ import annotations

import mmap
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from srmbot.model import Knowledge
from srmbot.query import tokenize
from srmbot.search.spelling import SHORTEST
from srmbot.search.weights import RowSum, Scores, Weights

UNHEARD = -1.0  # the score of a name where there is no other, such as where an owner is not asked about


class BorrowedWeights(Weights):
    """Weights of other knowledge, read so that they name what this one has."""

    word_factor = 3.0  # nothing else tells of own duties; bench/peers/organisation.py: .83 right, with 1.0 .74

    def __init__(self, content: bytes | mmap.mmap, knowledge: Knowledge) -> None:
        """Read them.

        Args:
            content: as `Weights` takes it.
            knowledge: whose names are wanted.

        Raises:
            ValueError: the bytes are of another kind, or cut off.
        """
        super().__init__(content)
        self.knowledge = knowledge
        self.names: Mapping[str, Iterable[str]] = {"topic": knowledge.topics, "service": knowledge.services}

    @cached_property
    def own_words(self) -> Set[str]:
        """The words of this knowledge, which are no slips although nothing was learned from them."""
        return frozenset(tokenize("\n".join(texts_of(self.knowledge))))

    def frequent_words(self) -> Sequence[str]:
        """The words that typos are corrected to: those that were learned from, then those of this knowledge."""
        own = sorted(
            word for word in self.own_words if len(word) >= SHORTEST and not super(BorrowedWeights, self).knows(word)
        )
        return [*super().frequent_words(), *own]

    def knows(self, word: str) -> bool:
        """Whether a word has been learned from, or stands in this knowledge."""
        return super().knows(word) or word in self.own_words

    def scores(self, summed: RowSum, *heads: str) -> Scores:
        """The scores of summed rows, of the names that this knowledge has."""
        found = super().scores(summed, *heads)
        return {
            head: fit_names(scores, self.names[head]) if head in self.names else scores
            for head, scores in found.items()
        }


def fit_names(scores: Mapping[str, float], names: Iterable[str]) -> Mapping[str, float]:
    """Scores of just some names; one that has none is as unlikely as the least likely other."""
    least = min(scores.values(), default=UNHEARD)
    return {name: scores.get(name, least) for name in names}


def texts_of(knowledge: Knowledge) -> Iterable[str]:
    """What knowledge says in its own words."""
    for duty in knowledge.duties:
        yield from duty.phrases
    for boundary in knowledge.boundaries:
        yield from boundary.phrases
    for topic in knowledge.topics.values():
        yield from (topic.title, *topic.aliases)
    for service in knowledge.services.values():
        yield from (service.name, *service.aliases, *service.hints)
