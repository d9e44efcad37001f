"""The store as one object: a database, and the parts of it that each know their own tables."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import URL

from srmbot.store.claims import Claims
from srmbot.store.database import Database
from srmbot.store.history import HistoryStore
from srmbot.store.installations import Installations
from srmbot.store.misses import MissStore
from srmbot.store.plan import Plan
from srmbot.store.privacy import Privacy
from srmbot.store.subscriptions import Subscriptions
from srmbot.store.threads import Threads
from srmbot.store.versions import VersionStore
from srmbot.store.work import Work


class Store(Database):
    """All that outlives a restart."""

    def __init__(self, url: str | URL, now: Callable[[], float] | None = None, secret: str | None = None) -> None:
        """Nothing is opened yet: see `Database`.

        Args:
            url: as SQLAlchemy takes it.
            now: instead of a clock.
            secret: keys the hashes of questions; without one a random secret is made and stored.
        """
        super().__init__(url, now)
        self.subscriptions = Subscriptions(self)
        self.claims = Claims(self)
        self.plan = Plan(self, self.claims)
        self.work = Work(self, self.claims)
        self.history = HistoryStore(self)
        self.threads = Threads(self)
        self.installations = Installations(self)
        self.privacy = Privacy(self)
        self.misses = MissStore(self, secret)
        self.versions = VersionStore(self)
