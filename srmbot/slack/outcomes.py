"""An error of a call to Slack -> what became of the call, and what the user can do about it."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from json import JSONDecodeError
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import RetryHandler

from srmbot.commands.announcement import REINSTALL, TOKEN_LOST, TRY_AGAIN
from srmbot.errors import SrmbotError

NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)  # no byte of the call left us
BROKEN_OFF = (URLError, TimeoutError, ConnectionError, HTTPException)  # it left us, and no answer came
INVITE = "invite me with `/invite @srmbot` and try again"
NO_PERMISSION = ("I lack a permission in this workspace", REINSTALL)
TOO_LATE = ("Slack opens a form only within three seconds of a click, and this took longer", "click again")
SPENT = ("Slack takes at most five answers to a click or command, within half an hour", "ask again")
NOT_IN_CONVERSATION = ("I'm not in this conversation", INVITE)
RESTRICTED = ("only some people may post in this channel", "use `/srm`: only you see the answer")
NO_THREAD = ("nobody can reply in this thread", "use `/srm`, or mention me in a message of its own")
ADMINS = ("an administrator of this workspace does not let me do that", "ask an administrator, or use `/srm`")
GUEST = ("Slack does not let guests do that", "ask a member of this workspace")
MIGRATING = ("this channel or workspace is being moved, and Slack takes nothing meanwhile", "try again later")
FAILED = ("Slack had a problem and may not have taken my answer", "ask again if you don't see it")
ARCHIVED = ("this channel is archived, so I can't post here", "use another channel")
MESSAGE_GONE = ("the message is gone", "ask again")
FULL = ("this workspace has used up its messages", "ask an administrator, or use `/srm`")
LIMITED = ("Slack is rate-limiting me", TRY_AGAIN)
REFUSALS: dict[str, tuple[str, str]] = {  # Slack's word -> what is wrong, and what to do
    "access_denied": ADMINS,
    "accesslimited": ADMINS,
    "account_inactive": TOKEN_LOST,
    "cannot_reply_to_message": NO_THREAD,
    "cant_update_message": MESSAGE_GONE,
    "channel_is_limited_access": ADMINS,
    "channel_not_found": NOT_IN_CONVERSATION,
    "edit_window_closed": ("messages here can't be changed any more", "ask again"),
    "ekm_access_denied": ADMINS,
    "enterprise_is_restricted": ADMINS,
    "exchanged_trigger_id": TOO_LATE,
    "expired_trigger_id": TOO_LATE,
    "expired_url": SPENT,
    "external_channel_migrating": MIGRATING,
    "fatal_error": FAILED,
    "internal_error": FAILED,
    "invalid_auth": TOKEN_LOST,
    "is_archived": ARCHIVED,
    "is_inactive": ARCHIVED,
    "message_limit_exceeded": FULL,
    "message_not_found": MESSAGE_GONE,
    "messages_tab_disabled": ("direct messages with me are switched off here", "use `/srm`"),
    "missing_scope": NO_PERMISSION,
    "no_permission": NO_PERMISSION,
    "not_allowed_token_type": NO_PERMISSION,
    "not_authed": TOKEN_LOST,
    "not_in_channel": NOT_IN_CONVERSATION,
    "org_login_required": MIGRATING,
    "rate_limited": LIMITED,
    "ratelimited": LIMITED,
    "request_timeout": FAILED,
    "restricted_action": RESTRICTED,
    "restricted_action_non_threadable_channel": NO_THREAD,
    "restricted_action_read_only_channel": RESTRICTED,
    "restricted_action_thread_locked": NO_THREAD,
    "restricted_action_thread_only_channel": RESTRICTED,
    "service_unavailable": FAILED,
    "team_access_not_granted": ADMINS,
    "team_added_to_org": MIGRATING,
    "thread_not_found": ("the thread is gone", "ask again"),
    "token_expired": TOKEN_LOST,
    "token_revoked": TOKEN_LOST,
    "two_factor_setup_required": ADMINS,
    "update_failed": FAILED,
    "used_url": SPENT,
    "user_is_restricted": GUEST,
    "user_is_ultra_restricted": GUEST,
    "user_not_in_channel": ("you are not in this channel", "join it, or use `/srm`"),
}
# Those with which nothing can be posted where the question was asked, so that the reason is given elsewhere.
CLOSED = frozenset(
    word for word, why in REFUSALS.items() if why in (NOT_IN_CONVERSATION, ARCHIVED, RESTRICTED, NO_THREAD, MIGRATING)
)


class UnconfirmedError(Exception):
    """Slack may have done what it was asked, or not: it was asked, and no answer came."""


class UnsentRetryHandler(RetryHandler):
    """Makes a call once more that never left this machine.

    The SDK's own handler repeats whatever was cut off, and so posts an answer twice whose receipt was lost.
    """

    def _can_retry(self, *, error: Exception | None = None, **about: Any) -> bool:
        return error is not None and was_never_sent(error)


@contextmanager
def sending() -> Iterator[None]:
    """Call Slack to do something that users see.

    Raises:
        UnconfirmedError: it may have been done. It is neither to be repeated nor called a failure.
    """
    try:
        yield
    except (*BROKEN_OFF, JSONDecodeError, UnicodeDecodeError) as error:  # these: an answer that is cut off
        if was_never_sent(error):
            raise
        raise UnconfirmedError(type(error).__name__) from error


def was_never_sent(error: Exception) -> bool:
    """Whether a call surely did not arrive."""
    return isinstance(error.reason if isinstance(error, URLError) else error, NEVER_SENT)


def as_expected(error: Exception) -> SrmbotError | None:
    """Explain an error that can be foreseen; None for a bug."""
    if isinstance(error, SrmbotError):
        return error
    if isinstance(error, SlackApiError):
        return explain_refusal(error)
    if isinstance(error, BROKEN_OFF):
        return SrmbotError("I couldn't reach Slack", TRY_AGAIN, "slack_unreachable")
    return None


def is_word(error: str) -> bool:
    """Whether an error is a word of Slack's, and not what the SDK says of an answer that it cannot read."""
    return error.replace("_", "").isalnum()


def name_failure(fault: Exception) -> str:
    """Name for the log why a call failed: Slack's word for a refusal, else the kind of error."""
    return str(fault.response.get("error")) if isinstance(fault, SlackApiError) else type(fault).__name__


def explain_refusal(fault: SlackApiError) -> SrmbotError | None:
    """Explain why Slack refused; None where only a bug can be the reason."""
    code = str(fault.response.get("error"))
    if fault.response.status_code == 429:
        code = "ratelimited"
    elif fault.response.status_code >= 500 or not is_word(code):
        code = code if code in REFUSALS else "fatal_error"
    return SrmbotError(*REFUSALS[code], code) if code in REFUSALS else None
