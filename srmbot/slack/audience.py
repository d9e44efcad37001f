"""Who reads along: whether people of this workspace alone do, and whether a person is one of them.

A reply in a channel that is shared with another organisation is read there, whoever asks. Events say whether a channel
is shared; commands and clicks do not, so Slack is asked, where the app may. What is not known counts as shared.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

CHANNEL_KNOWN_FOR = 10 * 60  # seconds
MOST_CHANNELS = 10_000  # channels


class Channels:
    """What Slack says of channels, for some minutes. Safe to use from many threads."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.lock = threading.Lock()
        self.known: dict[str, tuple[float, bool]] = {}

    def is_internal(self, client: WebClient, channel: str) -> bool:
        """Whether a channel is surely not shared; false where that may not be looked up."""
        now = time.monotonic()
        with self.lock:
            at, internal = self.known.get(channel, (0.0, False))
            if channel in self.known and now - at < CHANNEL_KNOWN_FOR:
                return internal
        internal = look_up(client, channel)
        with self.lock:
            if len(self.known) >= MOST_CHANNELS:
                self.known.clear()
            self.known[channel] = now, internal
        return internal


def look_up(client: WebClient, channel: str) -> bool:
    """Ask Slack whether a channel is not shared, and not about to be; false where it does not say."""
    try:
        got = client.conversations_info(channel=channel).get("channel") or {}
    except (SlackApiError, OSError):
        return False
    return got.get("is_ext_shared") is False and not got.get("is_pending_ext_shared")


def is_insider(body: dict[str, Any]) -> bool:
    """Whether the person who did something is of the workspace, or organisation, that the app is installed in."""
    ours, theirs = own_teams(body), team_of_person(body)
    return theirs is None or theirs in ours


def own_teams(body: dict[str, Any]) -> set[Any]:
    """The ids of the workspace and the organisation that the app is installed in."""
    given = (body.get("authorizations") or [{}])[0]
    team, enterprise = body.get("team") or {}, body.get("enterprise") or {}
    found = {given.get("team_id"), given.get("enterprise_id"), team.get("id"), enterprise.get("id")}
    found |= set() if given or team else {body.get("team_id")}
    return found - {None}


def team_of_person(body: dict[str, Any]) -> str | None:
    """The id of the workspace that a person is of; None where a payload does not say, as a command's."""
    event, user = body.get("event") or {}, body.get("user") or {}
    theirs = event.get("user_team") or event.get("team") or (user.get("team_id") if isinstance(user, dict) else None)
    return str(theirs) if theirs else None
