"""What is done for maintainers without being asked, in one thread: digests, and answers that came later."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from itertools import islice

from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.model import Knowledge
from srmbot.overview.news import hash_records
from srmbot.render.news import news_lines
from srmbot.request import Resources
from srmbot.slack.error_reports import log_expected
from srmbot.slack.maintainers.digest import post_digest
from srmbot.slack.maintainers.follow_up import follow_up
from srmbot.store.database import StoreError
from srmbot.store.versions import Version

log = logging.getLogger("srmbot.slack")

ROUND_EVERY = 30.0  # seconds between two rounds
MOST_NEWS = 50  # lines of what is new in a version


def note_version(known: Knowledge, resources: Resources) -> None:
    """Note which version of the knowledge is answered from, and what is new in it.

    Raises:
        StoreError: the store cannot be used.
    """
    before = resources.store.versions.newest()
    if before is None or before.version != known.version:
        changes = list(islice(news_lines(before.records, known), MOST_NEWS)) if before else []
        resources.store.versions.note(Version(known.version, hash_records(known), changes, resources.now()))


class MaintainerRounds:
    """Looks again and again. Made before a fork, started after it; without a store it does nothing."""

    def __init__(
        self,
        bot: Bot,
        resources: Resources | None,
        teams: Callable[[], Sequence[str]],
        client_of: Callable[[str], WebClient | None],
    ) -> None:
        """Start no thread yet.

        Args:
            bot: answers the questions.
            resources: the store and the clock.
            teams: the workspaces that this process has a token for.
            client_of: the Web API of one of them.
        """
        self.bot, self.resources, self.teams, self.client_of = bot, resources, teams, client_of
        self.answered_from = ""  # the version of the knowledge that misses were last asked again with
        self.stopped, self.wake = threading.Event(), threading.Event()

    def start(self) -> None:
        """Begin, in a thread of its own."""
        if self.resources is not None:
            threading.Thread(target=self.run, name="maintainers", daemon=True).start()

    def stop(self) -> None:
        """Stop after the round that is under way."""
        self.stopped.set()
        self.wake.set()

    def run(self) -> None:
        """Make rounds until stopped, whatever happens in one of them."""
        while not self.stopped.is_set():
            try:
                self.run_round()
            except StoreError as fault:
                log_expected(fault, "misses")
            except Exception:
                log.exception("unexpected_error", extra={"surface": "misses"})
            self.wake.wait(ROUND_EVERY)
            self.wake.clear()

    def run_round(self) -> None:
        """Post what digests are due; where the knowledge is new, and learned from, ask again what was missed.

        Raises:
            StoreError: the store cannot be used.
        """
        resources, state = self.resources, self.bot.state
        if resources is None or not resources.store.exists:
            return
        resources.store.prepare()
        is_new = state.learned and state.knowledge.version != self.answered_from
        for team in self.teams():
            if client := self.client_of(team):
                post_digest(state.knowledge, resources, team, client)
                if is_new:
                    follow_up(state, resources.store.misses, team, client, resources.now())
        if is_new:
            note_version(state.knowledge, resources)
            self.answered_from = state.knowledge.version
