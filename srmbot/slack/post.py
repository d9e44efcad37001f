"""Messages out: to a channel, or to the response_url of a click; refusals raise, whichever way it was."""

from __future__ import annotations

import json
import ssl
from functools import cache
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from srmbot.render.blocks import shorten_escaped
from srmbot.slack.outcomes import UnsentRetryHandler, sending
from srmbot.spans import span

UPDATE_LIMIT = 4000  # characters of a text that a message is changed to; one that is posted may have more
CALL_TIMEOUT = 10  # seconds that one call to Slack may take
# Our links are to be read, not shown off.
WITHOUT_PREVIEWS: dict[str, Any] = {"unfurl_links": False, "unfurl_media": False}


@cache
def tls_context() -> ssl.SSLContext:
    """Load the certificates that TLS trusts, once: the SDK does it for every call, in 40 ms of processor time."""
    return ssl.create_default_context()


def post(client: WebClient, **message: Any) -> str:
    """Post a message without previews of its links.

    Returns:
        Its ts.

    Raises:
        SlackApiError: Slack refuses it.
        UnconfirmedError: it may have been posted.
    """
    with span("post"), sending():
        return str(client.chat_postMessage(**WITHOUT_PREVIEWS, **message)["ts"])


def update(client: WebClient, *, text: str, **message: Any) -> None:
    """Change a message of the bot's.

    Raises:
        SlackApiError: Slack refuses it.
        UnconfirmedError: it may have been changed.
    """
    with span("post"), sending():
        client.chat_update(text=shorten_escaped(text, UPDATE_LIMIT), **message)


def respond(url: str, **message: Any) -> None:
    """Answer a click or a shortcut at its response_url.

    Bolt's own `respond` waits up to 30 seconds, and only returns what Slack refuses, so that it is easily lost.

    Args:
        url: from the payload; good for five answers in half an hour.
        message: text, blocks, and how they are to appear.

    Raises:
        SlackApiError: Slack refuses it.
        UnconfirmedError: it may have been taken.
    """
    client = WebhookClient(url, timeout=CALL_TIMEOUT, ssl=tls_context(), retry_handlers=[UnsentRetryHandler()])
    with span("post"), sending():
        got = client.send_dict({**WITHOUT_PREVIEWS, **message})
    if got.status_code != 200:
        refusal = {"ok": False, "error": read_error(got.body)}
        headers = {str(name): value for name, value in got.headers.items()}
        raise SlackApiError(  # type: ignore[no-untyped-call]
            f"response_url: HTTP {got.status_code}",
            SlackResponse(
                client=None,
                http_verb="POST",
                api_url="response_url",
                req_args={},
                data=refusal,
                headers=headers,
                status_code=got.status_code,
            ),
        )


def read_error(body: str) -> str:
    """Read Slack's word for a refusal from what a response_url answers: the word alone, or an object with it."""
    try:
        return str(json.loads(body)["error"])
    except (ValueError, LookupError, TypeError):
        return body[:100]
