"""A first meeting -> a welcome, once: for a person on the Home tab, for a channel that the bot was added to.

Slack tells of an added bot only where the optional scopes `channels:read` or `groups:read` were granted.
"""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt import BoltContext
from slack_sdk.errors import SlackApiError

from srmbot.render import welcome
from srmbot.slack.home import on_home
from srmbot.slack.post import post
from srmbot.slack.request import Request
from srmbot.slack.retry import run_with_retry

log = logging.getLogger("srmbot.slack")


def on_home_opened(request: Request) -> None:
    """Publish the Home tab; welcome who sees it for the first time."""
    on_home(request)
    if is_first_visit(request):
        greet(request, request.requester.user, welcome.welcome_person())


def on_joined(request: Request) -> None:
    """Welcome a channel that the bot was added to."""
    if request.runtime.seen.is_first(f"joined/{request.requester.channel}/{request.event.get('event_ts')}"):
        greet(request, request.requester.channel, welcome.welcome_channel())


def greet(request: Request, place: str, message: dict[str, Any]) -> None:
    """Post a welcome. Nobody has asked for it: where it cannot be posted, the log alone says so."""

    def work() -> None:
        post(request.client, channel=place, **message)
        log.info("welcomed", extra={"surface": request.surface, "channel": place})

    run_with_retry(request.surface, work, lambda text: None, request.runtime.later)


def is_first_visit(request: Request) -> bool:
    """Whether a person sees the Home tab for the first time, and has had nothing to do with the bot before.

    Slack sends the tab as it was published last; there is none at first.
    """
    who, event = request.requester, request.event
    if event.get("view") or not request.runtime.seen.is_first(f"home/{who.team}/{who.user}"):
        return False
    try:
        said = request.client.conversations_history(channel=event["channel"], limit=1)
    except SlackApiError:
        return False
    return not said.get("messages")


def is_own_joining(event: dict[str, Any], context: BoltContext) -> bool:
    """Whether it is the bot itself that has joined a channel."""
    return event.get("user") is not None and event["user"] == context.bot_user_id
