"""A subscription and a planned tip, for tests of the store."""

from datetime import time

from srmbot.store.rows import Planned, TipState
from srmbot.store.store import Store
from srmbot.tips import Subscription, When

NOW = 1_800_000_000.0
HERE = Subscription("T1", "C1", When(time(9, 30), "Europe/Lisbon", frozenset((0, 6))), ("rds", "aurora"), "U1", 17)
SOON = int(NOW) + 3600


def tip(post_at: int = SOON, duty: str | None = "rds.retention", channel: str = "C1") -> Planned:
    """A tip that is about to be handed over."""
    return Planned("T1", channel, post_at, duty, TipState.TRYING, None, NOW)


def row(store: Store, post_at: int = SOON) -> Planned:
    """What the store has of a tip."""
    [found] = [each for each in store.plan.planned("T1", "C1", 0) if each.post_at == post_at]
    return found
