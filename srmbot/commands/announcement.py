"""What somebody changed -> a message to the channel, and Slack's word for a refusal -> the reason and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from srmbot.errors import SrmbotError
from srmbot.request import UNCONFIRMED, Requester

INVITE = "invite me with `/invite @srmbot` and try again, or send me the command in a direct message"
AGAIN = "try again in a minute"
REINSTALL = "ask the person who runs me to install me again"
OTHERS = "use another channel, or send me the command in a direct message"
NOT_IN = ("I'm not in this channel", INVITE)
TOKEN_LOST = ("Slack no longer accepts my token", REINSTALL)
RESTRICTED = ("only some people may post in this channel", OTHERS)
UNREACHABLE = "unreachable"  # instead of Slack's word: it was surely not done
REFUSALS: Mapping[str, tuple[str, str]] = {  # Slack's word -> why nothing can be posted, and what to do
    "account_inactive": TOKEN_LOST,
    "channel_not_found": ("I'm not in this conversation", INVITE),
    "invalid_auth": TOKEN_LOST,
    "is_archived": ("this channel is archived", "use another channel"),
    "missing_scope": ("I lack the permission to post", REINSTALL),
    "not_authed": TOKEN_LOST,
    "not_in_channel": NOT_IN,
    "ratelimited": ("Slack is rate-limiting me", AGAIN),
    "restricted_action": RESTRICTED,
    "restricted_action_read_only_channel": RESTRICTED,
    "restricted_action_thread_only_channel": RESTRICTED,
    "token_expired": TOKEN_LOST,
    "token_revoked": TOKEN_LOST,
    UNCONFIRMED: ("Slack did not confirm it", AGAIN),
    UNREACHABLE: ("I couldn't reach Slack", AGAIN),
}


def announce(requester: Requester, what: str) -> str | None:
    """Announce in the channel who did what; impossible in a terminal.

    Returns:
        None, or Slack's word for why that failed: one of `REFUSALS`, or another.
    """
    slack = requester.resources.slack if requester.resources else None
    return slack.announce(requester.channel, requester.user, what) if slack else None


def as_error(refusal: str) -> SrmbotError:
    """Explain why tips cannot be posted in the channel."""
    why, fix = REFUSALS.get(refusal, (f"Slack says {refusal}", OTHERS))
    return SrmbotError(f"{why}, so I can't post tips here", fix, refusal)


def describe_silence(refusal: str) -> str:
    """Explain why a channel does not know what was done."""
    why, _ = REFUSALS.get(refusal, (f"Slack says {refusal}", ""))
    return f"I couldn't announce it in the channel: {why}."
