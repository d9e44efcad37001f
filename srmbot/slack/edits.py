"""An edit, as Slack tells of it -> the request that the message would be, had it been written as it is now."""

from __future__ import annotations

from dataclasses import replace

from srmbot.slack.request import Payload, Request
from srmbot.slack.thread import is_from_person


def edited_event(event: Payload) -> Payload | None:
    """Read an edit as the event of the message as it is now; None for anything else.

    Slack tells of an edited mention with a mention that has `edited`, and of a direct message with a change.
    """
    if event.get("subtype") == "message_changed":
        event = {**(event.get("message") or {}), "channel": event["channel"]}
    return event if event.get("edited") and is_from_person(event) else None


def as_edited(request: Request, event: Payload) -> Request:
    """Make the request that the message would be, had it been written as it is now."""
    body = {**request.body, "event": event}
    requester = replace(request.requester, user=str(event.get("user") or ""))
    return replace(request, body=body, requester=requester, thread_ts=event.get("thread_ts") or event["ts"])
