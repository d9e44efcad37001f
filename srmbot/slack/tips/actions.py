"""What a subcommand may do in Slack: `request.SlackActions`, over the Web API of one workspace."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.render.blocks import escape
from srmbot.request import UNCONFIRMED
from srmbot.slack.post import PLAIN
from srmbot.slack.tips.scheduled_messages import RefusedError, UnclearError, WaitError, call_once, unschedule

log = logging.getLogger("srmbot.slack")

FRESH = 300  # seconds that the members of a user group are not looked up again


class WebApiActions:
    """Acts in Slack at once; a failure is returned, and nothing is tried again."""

    def __init__(self, client: WebClient, replan: Callable[[], object]) -> None:
        """Use a client of `single_try_client`, and what has the planner look at once."""
        self.client, self.wake = client, replan
        self.groups: dict[str, tuple[Collection[str], float]] = {}  # members by group, and until when that is good

    def announce(self, channel: str, user: str, what: str) -> str | None:
        """Announce in a channel what a user did. Returns None, Slack's word for why not, or UNCONFIRMED."""
        try:
            call_once(
                self.client, "chat.postMessage", {"channel": channel, "text": f"<@{user}> {escape(what)}", **PLAIN}
            )
        except WaitError:
            return "ratelimited"
        except RefusedError as refused:
            return refused.error
        except UnclearError as unclear:
            log.warning("answer_unconfirmed", extra={"surface": "tips", "what": str(unclear)})
            return UNCONFIRMED
        return None

    def zone_of(self, user: str) -> str | None:
        """Look up the time zone in a profile; None without the scope `users:read`, or where Slack does not say."""
        try:
            person = self.client.users_info(user=user).get("user") or {}
        except (OSError, SlackApiError, SlackClientError) as fault:
            log.info("profile_unavailable", extra={"what": type(fault).__name__})
            return None
        return person.get("tz") or None

    def members_of(self, group: str) -> Collection[str]:
        """Look up who is in a user group; nobody without the scope `usergroups:read`, or where Slack does not say."""
        held, until = self.groups.get(group, ((), 0.0))
        if time.monotonic() < until:
            return held
        try:
            held = tuple(self.client.usergroups_users_list(usergroup=group).get("users") or ())
        except (OSError, SlackApiError, SlackClientError) as fault:
            log.info("group_unavailable", extra={"what": type(fault).__name__})
        self.groups[group] = (held, time.monotonic() + FRESH)
        return held

    def unschedule(self, channel: str, scheduled_id: str) -> bool:
        """Take a scheduled message back. Returns whether Slack no longer has it."""
        try:
            unschedule(self.client, channel, scheduled_id)
        except (RefusedError, WaitError, UnclearError):
            return False
        return True

    def replan(self) -> None:
        """Have the planner look at once."""
        self.wake()
