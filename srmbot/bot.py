"""All that a command or a surface may use: ask, choose, explain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache as once
from pathlib import Path

from srmbot.answer import Answer, chosen, decide
from srmbot.knowledge.cache import Cache
from srmbot.knowledge.load import load, load_asked
from srmbot.model import Asked, Knowledge
from srmbot.search.learned import weights
from srmbot.search.matches import Matches
from srmbot.search.search import Search


@dataclass(frozen=True)
class Bot:
    """Answers questions from one state of the knowledge. Safe to use from many threads."""

    knowledge: Knowledge
    search: Search
    ways: Callable[[], Sequence[Asked]] = tuple  # how people ask; read when first needed, to explain

    @classmethod
    def from_folders(cls, folders: Sequence[Path], cache: Cache) -> Bot:
        """A bot that knows what some folders say, the lowest first.

        Raises:
            KnowledgeError: with every problem found in them.
        """
        knowledge = load(folders, cache)
        ways = once(lambda: load_asked(folders))
        return cls(knowledge, Search(knowledge, weights(knowledge, ways, cache)), ways)

    def reply(self, text: str, parent: str | None = None, service: str | None = None) -> Answer:
        """The answer to a question; blank text gets an answer that claims nothing.

        Args:
            text: as it was typed.
            parent: the first message of its thread.
            service: the slug of the service that it is about, where the asker has said so.
        """
        return replace(decide(self.matches(text, parent, service), self.knowledge), question=text)

    def matches(self, text: str, parent: str | None = None, service: str | None = None) -> Matches:
        """What was found for a question, with what speaks for it."""
        return self.search.find(text, parent, service)

    def is_empty(self, text: str) -> bool:
        """Whether a text asks about nothing itself: a bare mention, "who owns this?", "and on aurora?"."""
        return self.search.asks_nothing(text)

    def needs_parent(self, text: str) -> bool:
        """Whether a reply in a thread may need the thread's first message to be understood."""
        return self.search.leaves_open(text)

    def choose(self, key: str) -> Answer | None:
        """The answer for "rds/backups", "rds.retention" or "rds"; None where there is none any more."""
        return chosen(key, self.knowledge)
