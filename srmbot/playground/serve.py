"""Bot, settings -> the playground, served until Ctrl-C; or a script played in it and written down."""

from __future__ import annotations

import logging
import sys
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from srmbot.bot import Bot
from srmbot.errors import SrmbotError
from srmbot.fake_slack import Clock
from srmbot.playground.script import SCRIPT_BEGIN, play, transcript
from srmbot.playground.server import PageServer
from srmbot.playground.session import Session, open_session

# Browsers that would take the terminal for themselves.
TEXT_BROWSERS = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})


def serve_page(bot: Bot, port: int, tell: Callable[[str], object], script: Path | None = None) -> None:
    """Open the playground on a port of 127.0.0.1, until Ctrl-C.

    Args:
        bot: answers.
        port: where the page is; 0 takes any that is free.
        tell: is given the address, once it can be opened.
        script: is played first.

    Raises:
        SrmbotError: the port cannot be had, or the script is wrong.
    """
    with quiet_logs(), open_session(bot) as room, PageServer(room, port) as server:
        if script:
            play(room, script)
        tell(
            f"The playground is at {server.url} (Ctrl-C stops it). This is not Slack, and nothing leaves this machine."
        )
        threading.Thread(target=open_browser, args=(server.url,), name="browser", daemon=True).start()
        with suppress(KeyboardInterrupt):
            server.serve_forever(0.1)


def write_transcript(bot: Bot, script: Path, out: Path) -> str:
    """Play a script and record the conversation as one HTML file.

    Returns:
        One line for the terminal: the file and its size.

    Raises:
        SrmbotError: the script is wrong, or the file cannot be written.
    """
    with quiet_logs(), open_session(bot, Clock(SCRIPT_BEGIN), follow=False) as room:
        page = play_transcript(room, script)
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as fault:
        raise SrmbotError(f"cannot write {out}: {fault.strerror}", "choose another file with --transcript") from fault
    return f"{out}: {len(page.encode()):,} bytes"


def play_transcript(room: Session, script: Path) -> str:
    """A script's transcript."""
    return transcript(room, play(room, script), f"srmbot: {script.stem}")


@contextmanager
def quiet_logs() -> Iterator[None]:
    """The page shows what is answered; the terminal is for what goes wrong."""
    before = {log: log.level for log in map(logging.getLogger, ("srmbot.slack", "websockets"))}
    for log in before:
        log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for log, level in before.items():
            log.setLevel(level)


def open_browser(url: str) -> None:
    """Open a browser, if a person is at this terminal and there is a browser with a window of its own."""
    if not sys.stdout.isatty():
        return
    try:
        browser = webbrowser.get()
        if getattr(browser, "basename", "") not in TEXT_BROWSERS:
            browser.open(url)
    except (webbrowser.Error, OSError):
        return
