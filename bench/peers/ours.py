"""srmbot on the same knowledge, in the form of a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.peers.peer import Guess
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.search.learning.train import learn
from srmbot.search.matcher import Matcher
from srmbot.search.weights import Weights


class Ours:
    """Its best reading, with the likelihood that it is asked at all as the score."""

    def __init__(self, knowledge: Knowledge, asked: Iterable[ExampleQuestion]) -> None:
        """Learn from the knowledge, as at a first start."""
        self.matcher = Matcher(knowledge, Weights(learn(knowledge, asked)))

    def __call__(self, text: str, thread: Sequence[str]) -> Guess:
        """The best reading, however unsure."""
        found = self.matcher.match(text, thread)
        if not found.readings:
            return Guess("", "", "", float("-inf"))
        best = found.readings[0]
        return Guess(best.owner, best.service, best.topic or "", found.in_scope)
