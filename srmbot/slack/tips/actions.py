"""What a subcommand may do in Slack: `request.SlackActions`, over the Web API of one workspace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from functools import cached_property

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.commands.announcement import UNREACHABLE
from srmbot.render.blocks import escape
from srmbot.request import UNCONFIRMED
from srmbot.slack.post import WITHOUT_PREVIEWS
from srmbot.slack.tips.scheduled_messages import (
    RefusedError,
    UnclearError,
    UnreachableError,
    WaitError,
    call_once,
    is_surely_gone,
    unschedule,
)
from srmbot.tips import known_zones

log = logging.getLogger("srmbot.slack")

MEMBERS_FRESH_FOR = 300  # seconds that the members of a user group are not looked up again

Groups = dict[tuple[str | None, str], tuple[Collection[str], float]]  # by token and group: who, and until when


class WebApiActions:
    """Acts in Slack at once; a failure is returned, and nothing is tried again."""

    def __init__(
        self, make_client: Callable[[], WebClient], replan: Callable[[], object], groups: Groups | None = None
    ) -> None:
        """Start nothing yet.

        Args:
            make_client: makes a client of `single_try_client`, when it is needed.
            replan: has the planner look at once.
            groups: what others have looked up of user groups.
        """
        self.make_client, self.wake = make_client, replan
        self.groups: Groups = {} if groups is None else groups

    @cached_property
    def client(self) -> WebClient:
        """The Web API of one workspace."""
        return self.make_client()

    def announce(self, channel: str, user: str, what: str) -> str | None:
        """Announce in a channel what a user did. Returns None, Slack's word for why not, or UNCONFIRMED."""
        try:
            call_once(
                self.client,
                "chat.postMessage",
                {"channel": channel, "text": f"<@{user}> {escape(what)}", **WITHOUT_PREVIEWS},
            )
        except UnreachableError:
            return UNREACHABLE
        except WaitError:
            return "ratelimited"
        except RefusedError as refused:
            return refused.error
        except UnclearError as unclear:
            log.warning("answer_unconfirmed", extra={"surface": "tips", "what": str(unclear)})
            return UNCONFIRMED
        return None

    def zone_of(self, user: str) -> str | None:
        """Look up the time zone in a profile; None without the scope `users:read`, or where it is unknown."""
        try:
            person = self.client.users_info(user=user).get("user") or {}
        except (OSError, SlackApiError, SlackClientError) as fault:
            log.info("profile_unavailable", extra={"what": type(fault).__name__})
            return None
        return known_zones().get(str(person.get("tz") or "").lower())

    def members_of(self, group: str) -> Collection[str]:
        """Look up who is in a user group; nobody without the scope `usergroups:read`, or where Slack does not say."""
        key = (self.client.token, group)
        held, until = self.groups.get(key, ((), 0.0))
        if time.monotonic() < until:
            return held
        try:
            held = tuple(self.client.usergroups_users_list(usergroup=group).get("users") or ())
        except (OSError, SlackApiError, SlackClientError) as fault:
            log.info("group_unavailable", extra={"what": type(fault).__name__})
        self.groups[key] = (held, time.monotonic() + MEMBERS_FRESH_FOR)
        return held

    def unschedule(self, channel: str, scheduled_id: str) -> bool:
        """Take a scheduled message back. Returns whether it is proved that Slack does not have it any more."""
        try:
            return is_surely_gone(lambda: unschedule(self.client, channel, scheduled_id))
        except (RefusedError, WaitError, UnclearError):
            return False

    def replan(self) -> None:
        """Have the planner look at once."""
        self.wake()
