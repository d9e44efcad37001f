"""Which of the bot's messages answers which question, so that an edited question changes its answer."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

MOST_HELD_ANSWERS = 10_000  # answers; more than a day's of a large workspace


@dataclass(frozen=True, slots=True)
class PostedAnswer:
    """A message of the bot's that answers a question."""

    ts: str
    asked: int  # a hash of the question, to tell an edit from a preview that Slack has added


class PostedAnswers:
    """Which message answers which question, in one process. Safe to use from many threads."""

    def __init__(self) -> None:
        """Begin with nothing posted."""
        self.lock = threading.Lock()
        self.held: OrderedDict[tuple[str, str], PostedAnswer] = OrderedDict()

    def note(self, channel: str, ts: str, text: str, answer_ts: str) -> None:
        """Note what answers a question; the oldest are forgotten.

        Args:
            channel: where the question is.
            ts: the question's.
            text: the question's; only its hash is kept.
            answer_ts: the ts of the bot's message.
        """
        with self.lock:
            self.held[channel, ts] = PostedAnswer(answer_ts, hash(text))
            self.held.move_to_end((channel, ts))
            while len(self.held) > MOST_HELD_ANSWERS:
                self.held.popitem(last=False)

    def forget(self, channel: str, answer_ts: str) -> None:
        """Forget an answer that is gone, by its own ts."""
        with self.lock:
            for key in [key for key, held in self.held.items() if (key[0], held.ts) == (channel, answer_ts)]:
                del self.held[key]

    def find(self, channel: str, ts: str) -> PostedAnswer | None:
        """Find what answers a question; None where nothing is known."""
        with self.lock:
            return self.held.get((channel, ts))
