"""Which newer blocks a workspace shows: new types of blocks come to one workspace after another.

A message that Slack refuses in an acknowledgement is lost: nobody hears of it, and the person gets nothing. So a newer
block goes into one only where Slack has taken it lately, in an answer whose refusal would have been heard.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass

BLOCKS_KNOWN_FOR = 60 * 60  # seconds
MOST_TEAMS = 10_000  # workspaces


class ShownBlocks:
    """What Slack said of newer blocks, for an hour. Safe to use from many threads."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.lock = threading.Lock()
        self.said: dict[str, dict[str, tuple[bool, float]]] = {}  # by workspace, by type: whether taken, and when

    def of(self, team: str) -> Shown:
        """What is known of one workspace."""
        return Shown(self, team)

    def note(self, team: str, types: Collection[str], taken: bool) -> None:
        """Note what Slack said."""
        with self.lock:
            if team not in self.said and len(self.said) >= MOST_TEAMS:
                self.said.clear()
            self.said.setdefault(team, {}).update(dict.fromkeys(types, (taken, time.monotonic())))

    def types(self, team: str, taken: bool) -> frozenset[str]:
        """The types that were taken lately, or those that were refused."""
        since = time.monotonic() - BLOCKS_KNOWN_FOR
        with self.lock:
            said = self.said.get(team, {})
            return frozenset(each for each, (was_taken, at) in said.items() if was_taken is taken and at > since)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the blocks of one workspace."""

    known: ShownBlocks
    team: str

    @property
    def refused(self) -> frozenset[str]:
        """The types that Slack refused lately."""
        return self.known.types(self.team, taken=False)

    def shows(self, types: Collection[str]) -> bool:
        """Whether Slack took all of these lately."""
        return self.known.types(self.team, taken=True).issuperset(types)

    def note(self, taken: Collection[str], refused: Collection[str]) -> None:
        """Note what Slack took, and what it refused before that."""
        self.known.note(self.team, taken, taken=True)
        self.known.note(self.team, refused, taken=False)
