"""What a command may have done in Slack: `desk.Slack`, over the Web API of one workspace."""

from __future__ import annotations

import logging
from collections.abc import Callable

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.render.blocks import escape
from srmbot.slack.post import PLAIN
from srmbot.slack.retry import retry_after

log = logging.getLogger("srmbot.slack")

GONE = "invalid_scheduled_message_id"
AWAY = (OSError, SlackClientError)  # Slack cannot be reached, or answers nonsense


class WebApiActions:
    """In Slack, at once; what does not work is told, and never tried again by itself."""

    def __init__(self, client: WebClient, replan: Callable[[], object]) -> None:
        """Use a client that makes each call once."""
        self.client, self.wake = client, replan

    def announce(self, channel: str, user: str, what: str) -> str | None:
        """Tell a channel what somebody did; None, or Slack's word for why not."""
        try:
            self.client.chat_postMessage(channel=channel, text=f"<@{user}> {escape(what)}", **PLAIN)
        except SlackApiError as fault:
            return "ratelimited" if retry_after(fault) is not None else str(fault.response.get("error"))
        except AWAY as fault:
            return type(fault).__name__
        return None

    def zone_of(self, user: str) -> str | None:
        """The time zone in somebody's profile; None without the scope `users:read`, or where Slack does not tell."""
        try:
            person = self.client.users_info(user=user).get("user") or {}
        except (SlackApiError, *AWAY) as fault:
            log.info("no profile", extra={"what": type(fault).__name__})
            return None
        return person.get("tz") or None

    def unschedule(self, channel: str, scheduled_id: str) -> bool:
        """Take back a message; whether Slack does not have it any more."""
        try:
            self.client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=scheduled_id)
        except SlackApiError as fault:
            return bool(fault.response.get("error") == GONE)
        except AWAY:
            return False
        return True

    def replan(self) -> None:
        """Have the planner look at once."""
        self.wake()
