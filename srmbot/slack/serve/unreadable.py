"""A request -> nothing, or an error: what Slack never sends is refused before Bolt and the listeners read it.

Bolt turns an error of its own into a call of the app's error handler, as if a listener had failed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

# What reading a request raises that Slack did not make: fields that are missing, or of another kind.
MALFORMED = (ValueError, TypeError, AttributeError, LookupError, RecursionError)

SLACK_ORIGINS = frozenset(("https://hooks.slack.com", "https://hooks.slack-gov.com"))
STAMP = re.compile(r"[0-9]{1,11}")  # seconds since 1970
SIGNATURE = re.compile(r"[ -~]+")
OBJECTS = ("event", "view", "message", "container")
PAYLOAD_TEXTS = (
    "type",
    "command",
    "text",
    "team_id",
    "channel_id",
    "user_id",
    "response_url",
    "trigger_id",
    "callback_id",
)
MESSAGES = ("app_mention", "message")
TEXTS_OF_MESSAGE = ("text", "user", "thread_ts", "channel_type", "subtype")
TEXTS_OF_ACTION = ("action_id", "block_id", "value")


class UnreadableRequestError(ValueError):
    """A request is none of Slack's; its text names the part, and quotes nothing."""


def check_headers(headers: Mapping[str, Any]) -> None:
    """Make sure that the signature can be compared, if there is one.

    Raises:
        UnreadableError: it is not of the form that Slack's have.
    """
    for name, form in (("x-slack-request-timestamp", STAMP), ("x-slack-signature", SIGNATURE)):
        if name in headers and not form.fullmatch(str(headers[name])):
            raise UnreadableRequestError(name)


def check_payload(body: Mapping[str, Any], origins: Collection[str] = SLACK_ORIGINS) -> None:
    """Make sure that what Bolt and the listeners read has the kind that they expect.

    Args:
        body: the payload.
        origins: where answers may be posted to.

    Raises:
        UnreadableError: a field has not, or answers would go elsewhere.
    """
    for name in OBJECTS:
        require(name, body.get(name), dict)
    check_texts("", body, PAYLOAD_TEXTS)
    check_origin(body.get("response_url"), origins)
    check_actions(body)
    event = body.get("event") or {}
    check_texts("event.", event, ("type",))
    if event.get("type") in MESSAGES:
        check_texts("event.", event, TEXTS_OF_MESSAGE)
        check_texts("event.", event, ("channel", "ts"), needed=True)
    if body.get("type") in ("view_submission", "view_closed"):
        check_texts("view.", body.get("view") or {}, ("type", "callback_id"), needed=True)
    if body.get("type") == "view_submission":
        check_values(body["view"].get("state"))


def check_origin(url: Any, origins: Collection[str]) -> None:
    """Make sure that an answer goes to Slack, and not into a network that only we can reach.

    Raises:
        UnreadableError: it would go elsewhere.
    """
    if url and origin_of(url) not in origins:
        raise UnreadableRequestError("response_url")


def slack_origins(api_url: str | None) -> frozenset[str]:
    """Where answers may be posted to: Slack's own addresses, or that of a fake Slack alone."""
    return SLACK_ORIGINS if api_url is None else frozenset((origin_of(api_url),))


def origin_of(url: str) -> str:
    """The scheme and host of an address, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def check_actions(body: Mapping[str, Any]) -> None:
    """Make sure that something was clicked, where something says so."""
    actions = body.get("actions")
    require("actions", actions, list)
    if actions is not None and (not actions or not all(isinstance(each, dict) for each in actions)):
        raise UnreadableRequestError("actions")
    for action in actions or []:
        check_texts("actions.", action, TEXTS_OF_ACTION)
        check_texts("actions.", action, ("action_id",), needed=body.get("type") == "block_actions")


def check_values(state: Any) -> None:
    """Make sure that what a form says was filled in is an object for each block, and in it one for each element.

    Raises:
        UnreadableError: it has not.
    """
    require("view.state", state, dict)
    require("view.state.values", (state or {}).get("values"), dict)
    for block in ((state or {}).get("values") or {}).values():
        require("view.state.values", block, dict, needed=True)
        for element in block.values():
            require("view.state.values", element, dict, needed=True)


def check_texts(where: str, given: Mapping[str, Any], names: Iterable[str], *, needed: bool = False) -> None:
    """Make sure that some fields are texts, or missing if they may be."""
    for name in names:
        require(where + name, given.get(name), str, needed=needed)


def require(name: str, value: Any, kind: type, *, needed: bool = False) -> None:
    """Raise UnreadableError unless a value has a kind, or is missing and may be."""
    if (value is not None or needed) and not isinstance(value, kind):
        raise UnreadableRequestError(name)


def describe(fault: Exception) -> str:
    """Name what could not be read, without quoting it."""
    return str(fault) if isinstance(fault, UnreadableRequestError) else type(fault).__name__
