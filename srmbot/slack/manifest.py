"""The Slack app's manifest, as it is shipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import srmbot
from srmbot.errors import SrmbotError

MANIFEST_NAME = "manifest.json"


def read_manifest() -> str:
    """Read the manifest as text: from the wheel, or beside the package in a checkout.

    Raises:
        SrmbotError: an installation without it.
    """
    package = Path(srmbot.__file__).parent
    for path in (package / "_data" / MANIFEST_NAME, package.parent / MANIFEST_NAME):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise SrmbotError(f"{MANIFEST_NAME} is missing from {package}", "reinstall srmbot")


def load_manifest() -> dict[str, Any]:
    """Read the manifest as data."""
    found: dict[str, Any] = json.loads(read_manifest())
    return found


def for_http(manifest: dict[str, Any], url: str) -> dict[str, Any]:
    """Change a manifest for an app that Slack reaches over HTTP.

    Args:
        manifest: for Socket Mode; it is not changed itself.
        url: the bot's public address, without a path.

    Raises:
        SrmbotError: Slack takes no such address.
    """
    if not url.startswith("https://"):
        raise SrmbotError(f"'{url}' is not a public address", "start it with https://")
    made = deepcopy(manifest)
    events = f"{url.rstrip('/')}/slack/events"
    made["settings"]["socket_mode_enabled"] = False
    made["settings"]["event_subscriptions"]["request_url"] = events
    made["settings"]["interactivity"]["request_url"] = events
    for command in made["features"]["slash_commands"]:
        command["url"] = events
    return made


def for_many(manifest: dict[str, Any], url: str, redirect: str, events: Sequence[str]) -> dict[str, Any]:
    """Change a manifest for an app that people install in their own workspaces.

    Args:
        manifest: for HTTP; it is not changed itself.
        url: the bot's public address.
        redirect: the path that Slack sends a person back to.
        events: what the app must hear of beside the rest.
    """
    made = deepcopy(manifest)
    made["oauth_config"]["redirect_urls"] = [url.rstrip("/") + redirect]
    subscribed = made["settings"]["event_subscriptions"]
    subscribed["bot_events"] = sorted([*subscribed["bot_events"], *events])
    made["settings"]["token_rotation_enabled"] = True
    return made
