"""What somebody changed -> a message to the channel, and Slack's word for a refusal -> the reason and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from srmbot.errors import SrmbotError
from srmbot.request import UNCONFIRMED, Requester

INVITE_OR_DIRECT = "invite me with `/invite @srmbot` and try again, or send me the command in a direct message"
TRY_AGAIN = "try again in a minute"
REINSTALL = "ask the person who runs me to install me again"
GO_ELSEWHERE = "use another channel, or send me the command in a direct message"
NOT_IN = ("I'm not in this channel", INVITE_OR_DIRECT)
TOKEN_LOST = ("Slack no longer accepts my token", REINSTALL)
RESTRICTED_CHANNEL = ("only some people may post in this channel", GO_ELSEWHERE)
UNREACHABLE = "unreachable"  # instead of Slack's word: it was surely not done
POSTING_REFUSALS: Mapping[str, tuple[str, str]] = {  # Slack's word -> why nothing can be posted, and what to do
    "account_inactive": TOKEN_LOST,
    "channel_not_found": ("I'm not in this conversation", INVITE_OR_DIRECT),
    "invalid_auth": TOKEN_LOST,
    "is_archived": ("this channel is archived", "use another channel"),
    "missing_scope": ("I lack the permission to post", REINSTALL),
    "not_authed": TOKEN_LOST,
    "not_in_channel": NOT_IN,
    "ratelimited": ("Slack is rate-limiting me", TRY_AGAIN),
    "restricted_action": RESTRICTED_CHANNEL,
    "restricted_action_read_only_channel": RESTRICTED_CHANNEL,
    "restricted_action_thread_only_channel": RESTRICTED_CHANNEL,
    "token_expired": TOKEN_LOST,
    "token_revoked": TOKEN_LOST,
    UNCONFIRMED: ("Slack did not confirm it", TRY_AGAIN),
    UNREACHABLE: ("I couldn't reach Slack", TRY_AGAIN),
}


def announce(requester: Requester, what: str) -> str | None:
    """Announce in the channel who did what; impossible in a terminal.

    Returns:
        None, or Slack's word for why that failed: one of `POSTING_REFUSALS`, or another.
    """
    slack = requester.resources.slack if requester.resources else None
    return slack.announce(requester.channel, requester.user, what) if slack else None


def as_error(refusal: str) -> SrmbotError:
    """Explain why tips cannot be posted in the channel."""
    why, fix = POSTING_REFUSALS.get(refusal, (f"Slack says {refusal}", GO_ELSEWHERE))
    return SrmbotError(f"{why}, so I can't post tips here", fix, refusal)


def describe_silence(refusal: str) -> str:
    """Explain why a channel does not know what was done."""
    why, _ = POSTING_REFUSALS.get(refusal, (f"Slack says {refusal}", ""))
    return f"I couldn't announce it in the channel: {why}."
