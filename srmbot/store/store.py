"""The store as one object: subscriptions, the plan, leases, memory."""

from __future__ import annotations

from srmbot.store.memory import Memory
from srmbot.store.plan import Plan


class Store(Plan, Memory):
    """All that outlives a restart."""
