"""Requests of Slack's own MCP client -> the server, if Slack has signed them and says who asks; else a refusal.

With “Slack identity auth” Slackbot signs every request as Slack signs events, and names the person and the workspace
in `params._meta.slack` of a tool call (docs.slack.dev/ai/slackbot-mcp-client).
"""

from __future__ import annotations

import json
from typing import Any

from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_REQUEST = 200_000  # bytes of a request
OPEN = ("/healthz",)  # what the host asks, which signs nothing


class SlackIdentity:
    """Lets only what Slack has signed pass to an app."""

    def __init__(self, app: ASGIApp, signing_secret: str) -> None:
        """Wrap an app.

        Args:
            app: what answers the requests that pass.
            signing_secret: of the Slack app that the MCP server is part of.
        """
        self.app = app
        self.verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"] in OPEN:
            await self.app(scope, receive, send)
            return
        body = await read_body(receive)
        if refusal := self.refusal(body, dict(Request(scope).headers)):
            await PlainTextResponse(refusal[1], refusal[0])(scope, receive, send)
        else:
            await self.app(scope, replay(body, receive), send)

    def refusal(self, body: bytes, headers: dict[str, str]) -> tuple[int, str] | None:
        """The status and reason to refuse a request with; None if it may pass."""
        if len(body) > LARGEST_REQUEST:
            return 413, f"a request may have at most {LARGEST_REQUEST} bytes"
        if not is_signed(self.verifier, body, headers):
            return 401, "only requests that Slack has signed are answered"
        if not names_asker(body):
            return 403, "a tool call must say who asks, in params._meta.slack"
        return None


def is_signed(verifier: SignatureVerifier, body: bytes, headers: dict[str, str]) -> bool:
    """Whether a request has a signature of Slack's that is right and not older than five minutes."""
    try:
        return verifier.is_valid_request(body, headers)
    except (ValueError, TypeError):  # a time or a signature that Slack would never send
        return False


def names_asker(body: bytes) -> bool:
    """Whether every tool call in a request says which person of which workspace asks; other requests need not."""
    try:
        sent = json.loads(body or b"null")
    except (ValueError, RecursionError):
        return True  # the server says what is wrong with it
    calls = [each for each in (sent if isinstance(sent, list) else [sent]) if is_tool_call(each)]
    return all(asker.get("user_id") and asker.get("team_id") for asker in map(asker_of, calls))


def is_tool_call(message: Any) -> bool:
    """Whether a message calls a tool."""
    return isinstance(message, dict) and message.get("method") == "tools/call"


def asker_of(message: dict[str, Any]) -> dict[str, Any]:
    """What Slack says of the person who asks; empty where it says nothing."""
    found: Any = message
    for key in ("params", "_meta", "slack"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


async def read_body(receive: Receive) -> bytes:
    """The body of a request; of one that is too large, enough to see that."""
    body = bytearray()
    while len(body) <= LARGEST_REQUEST:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """What gives a body that was read already, and then what comes after it."""
    given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replaying() -> Message:
        return given.pop() if given else await receive()

    return replaying
