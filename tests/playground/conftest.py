"""A playground with the real app behind it, for all tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.playground.server import PageServer
from srmbot.playground.session import Session, open_session
from tests.support.browser import BROWSER, PATIENCE, SWITCHES, WIDE
from tests.support.serving import serve_in_thread


@pytest.fixture
def knowledge(folder: Path, tmp_path: Path) -> Path:
    """A copy of the small folder, to be changed."""
    return Path(shutil.copytree(folder, tmp_path / "knowledge"))


@pytest.fixture
def room(knowledge: Path, cache_folder: Path) -> Iterator[Session]:
    """The playground's workspace, with a bot that follows the copy."""
    with open_session(Bot.from_folders([knowledge], Cache(cache_folder))) as made:
        yield made
    assert made.slack.complaints == []


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests of a module."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def served(room: Session) -> Iterator[PageServer]:
    """The page, served."""
    with PageServer(room, 0) as server:
        serve_in_thread(server)
        yield server
        server.shutdown()


@pytest.fixture
def page(browser, served: PageServer):
    """The page, open; nothing that it did was against its own policy, and it called no other machine."""
    context = browser.new_context(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    wrong, asked = [], []
    made = context.new_page()
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: asked.append(request.url))
    made.goto(served.url)
    made.locator("#log article").first.wait_for()
    yield made
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(served.url)] == []
