"""The Slack app's manifest, as it is shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import srmbot
from srmbot.errors import SrmbotError

NAME = "manifest.json"


def read_manifest() -> str:
    """Read the manifest as text: from the wheel, or beside the package in a checkout.

    Raises:
        SrmbotError: an installation without it.
    """
    package = Path(srmbot.__file__).parent
    for path in (package / "_data" / NAME, package.parent / NAME):
        if path.is_file():
            return path.read_text(encoding="utf-8")
    raise SrmbotError(f"{NAME} is missing from {package}", "reinstall srmbot")


def load_manifest() -> dict[str, Any]:
    """Read the manifest as data."""
    found: dict[str, Any] = json.loads(read_manifest())
    return found
