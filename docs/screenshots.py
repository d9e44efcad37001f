"""The playground in headless Chromium -> the pictures in docs/images/. Run by `make screenshots`.

The workspace's clock begins at a fixed moment, so that two pictures differ only in what they are to show, and in how
many milliseconds a step took.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.cli.setup import read_environment
from srmbot.fake_slack import Clock
from srmbot.knowledge.load import built_in
from srmbot.playground.script import SCRIPT_BEGIN
from srmbot.playground.server import PageServer
from srmbot.playground.session import open_session

IMAGES = Path(__file__).with_name("images")
SIZE = {"width": 1120, "height": 700}
LARGEST = 200_000  # bytes
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


def asked(page: Page) -> None:
    """A question among people, and below it what the bot answers to a mention alone."""
    page.locator("nav button", has_text="databases").click()
    question = page.locator("#log article").first
    question.hover()
    question.get_by_role("button", name="Reply").click()
    page.fill("#reply", "@srmbot")
    page.press("#reply", "Enter")
    page.locator("#pane-body article").nth(2).wait_for()
    page.mouse.move(600, 5)


def inspected(page: Page) -> None:
    """A choice, and the inspector beside it."""
    page.locator("nav button", has_text="databases").click()
    page.fill("#text", "/srm who tests failover on rds?")
    page.press("#text", "Enter")
    answer = page.locator("article.ephemeral")
    answer.hover()
    answer.get_by_role("button", name="Inspect").click()
    page.locator("#pane h3").first.wait_for()
    page.locator("#pane [data-more]").wait_for(state="detached", timeout=60_000)
    page.mouse.move(600, 5)


SHOTS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "playground.png": ("light", asked),
    "inspector.png": ("dark", inspected),
}


def main() -> int:
    """Make every picture; 1 if there is no browser, or one came out too large."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if browser is None:
        print("no Chromium or Chrome is installed", file=sys.stderr)
        return 1
    bot = Bot.from_folders([built_in()], Cache(read_environment().cache))
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=SWITCHES)
        for name, (scheme, act) in SHOTS.items():
            with open_session(bot, Clock(SCRIPT_BEGIN), follow=False) as room, PageServer(room, 0) as server:
                threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
                page = running.new_page(viewport=SIZE, color_scheme=scheme)
                page.goto(server.url)
                page.locator("#log article").first.wait_for()
                act(page)
                page.wait_for_timeout(300)
                page.screenshot(path=IMAGES / name)
                page.close()
                server.shutdown()
        running.close()
    sizes = {name: (IMAGES / name).stat().st_size for name in SHOTS}
    print(*(f"docs/images/{name}: {size:,} bytes" for name, size in sizes.items()), sep="\n")
    return int(max(sizes.values()) > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
