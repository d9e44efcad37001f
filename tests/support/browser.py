"""Chromium or Chrome, if one is installed, and what a person does on the playground's page with it."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync --disable-default-apps --mute-audio
""".split()
WIDE = {"width": 1280, "height": 800}
PATIENCE = 8_000  # milliseconds; nothing here takes a tenth of it on an idle machine
SERIOUS = ("serious", "critical")
NEEDED = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


def say(page: Any, text: str, field: str = "#text") -> None:
    """Type and send."""
    page.fill(field, text)
    page.press(field, "Enter")


def channel(page: Any, name: str) -> None:
    """Open a conversation."""
    page.locator("nav li button", has_text=name).click()
    page.locator("h1", has_text=name).wait_for()


def last(page: Any, log: str = "#log") -> Any:
    """The newest message."""
    return page.locator(f"{log} article").last


def findings(page: Any, *, serious: bool = True) -> list[tuple[str, str]]:
    """What axe-core finds: what is serious, or best practices too."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    kept = [each for each in found if not serious or each["impact"] in SERIOUS]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in kept]
