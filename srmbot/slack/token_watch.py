"""What Slack answers to every call -> whether it still accepts the bot's token, for the readiness check."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import HttpRequest, HttpResponse, RetryHandler

from srmbot.slack.executor import do_nothing

LOST = frozenset("account_inactive invalid_auth not_authed token_expired token_revoked".split())
ASK_EVERY = 30  # seconds between two questions whether a lost token is good again
OF_THE_APP = "apps.connections.open"  # called with the other token


class TokenWatch(RetryHandler):
    """Sees the answer to every call of the clients that have it as a handler; it has none repeated.

    Safe to use from many threads.
    """

    def __init__(self) -> None:
        """Begin with a good token, which is checked at the start."""
        super().__init__()
        self.is_lost = False
        self.asked_at = 0.0  # by the monotonic clock
        self.ask: Callable[[], object] = do_nothing  # asks Slack who the token is

    def _can_retry(self, *, request: HttpRequest, response: HttpResponse | None = None, **about: Any) -> bool:
        body = response.body if response is not None else None
        if isinstance(body, dict) and "ok" in body and OF_THE_APP not in request.url:
            self.is_lost = body.get("error") in LOST or (self.is_lost and not body["ok"])
        return False

    def check(self) -> bool | None:
        """Check the token: False once Slack has refused it, None as long as there is nothing to say.

        A lost token is asked about from time to time, because without it nothing else might be called.
        """
        if not self.is_lost:
            return None
        if time.monotonic() - self.asked_at >= ASK_EVERY:
            self.asked_at = time.monotonic()
            threading.Thread(target=self.ask_again, name="token", daemon=True).start()
        return False

    def ask_again(self) -> None:
        """Ask Slack; the answer is seen like every other."""
        with suppress(SlackApiError, OSError):
            self.ask()
