"""Who asks, from where, and what can be done for them beyond an answer: remember, and act in Slack."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # SQLAlchemy is not imported to answer a question
    from srmbot.store.store import Store


UNCONFIRMED = "unconfirmed"  # instead of Slack's word: it may have been done, or not


class SlackActions(Protocol):
    """What a subcommand may do in Slack, in the workspace that it came from."""

    def announce(self, channel: str, user: str, what: str) -> str | None:
        """Announce in a channel what a user did. Returns None, Slack's word for why not, or UNCONFIRMED."""

    def zone_of(self, user: str) -> str | None:
        """Look up the time zone in a profile; None where it may not be read."""

    def members_of(self, group: str) -> Collection[str]:
        """Look up who is in a user group; nobody where that may not be read."""

    def unschedule(self, channel: str, scheduled_id: str) -> bool:
        """Take a scheduled message back. Returns whether Slack surely no longer has it."""

    def replan(self) -> None:
        """Have the planner look at once."""


@dataclass(frozen=True)
class Resources:
    """What a process has beside the knowledge."""

    store: Store
    slack: SlackActions | None = None  # None in a terminal
    zone: str | None = None  # the workspace's time zone, as it was set
    holidays: frozenset[date] = frozenset()  # dates without a tip
    now: Callable[[], float] = time.time
    kept_days: Callable[[str], int | None] = lambda team: None  # for how many days a workspace keeps text


@dataclass(frozen=True, slots=True)
class Requester:
    """Who asks, and where; all blank where that is not known."""

    team: str = ""
    channel: str = ""
    user: str = ""
    resources: Resources | None = None  # None where nothing can be remembered

    @property
    def kept_days(self) -> int | None:
        """For how many days the workspace keeps the text of what was missed; None where it keeps none."""
        return self.resources.kept_days(self.team) if self.resources else None


ANONYMOUS = Requester()
