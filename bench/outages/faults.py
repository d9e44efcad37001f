"""What goes wrong: each begins, goes on while people ask, and is over."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping

import psutil

from bench.outages.site import Site

MANY = 100_000  # calls: all of them
HALF_OPEN = 300
SLOW = 12.0  # seconds; the bot waits for ten
POST = "chat.postMessage"
Fault = Callable[[Site, float], object]


def nothing(_site: Site, seconds: float) -> None:
    """Everything is as it should be."""
    time.sleep(seconds)


def slack_answers_500(site: Site, seconds: float) -> None:
    """Slack does nothing, and says so with a 500, which may also come after it has done something."""
    failing(site, seconds, status=500)


def slack_answers_429(site: Site, seconds: float) -> None:
    """Slack asks to wait."""
    failing(site, seconds, status=429, retry_after=2)


def slack_does_not_answer(site: Site, seconds: float) -> None:
    """Slack carries calls out, and answers later than the bot waits."""
    failing(site, seconds, late=SLOW)


def slack_hangs_up(site: Site, seconds: float) -> None:
    """Slack carries calls out, and ends the connection without an answer."""
    failing(site, seconds, drop_after_accept=True)


def failing(site: Site, seconds: float, **how: float) -> None:
    """Every post goes wrong."""
    site.slack.fail_next(POST, times=MANY, **how)
    time.sleep(seconds)
    site.slack.api.faults.clear()


def half_open_sockets(site: Site, seconds: float) -> None:
    """Clients begin requests, and never end them."""
    opened = site.half_open(HALF_OPEN)
    time.sleep(seconds)
    for each in opened:
        each.close()


def database_freezes(site: Site, seconds: float) -> None:
    """PostgreSQL accepts connections, and answers nothing."""
    assert site.server is not None
    with site.server.frozen():
        time.sleep(seconds)


def database_crashes(site: Site, seconds: float) -> None:
    """PostgreSQL is gone, and comes back; twice."""
    assert site.server is not None
    for _ in range(2):
        site.server.restart()
        time.sleep(seconds / 2)


def disk_full(site: Site, seconds: float) -> None:
    """No file can be written: not SQLite's, not the cache, not the log."""
    site.limit_files(0)
    time.sleep(seconds)
    site.limit_files(psutil.RLIM_INFINITY)


def folder_deleted(site: Site, seconds: float) -> None:
    """The knowledge folder is deleted, and comes back."""
    text = (site.own / "teams.yaml").read_text()
    shutil.rmtree(site.own)
    time.sleep(seconds)
    site.own.mkdir()
    (site.own / "teams.yaml").write_text(text)


def replaced(site: Site, seconds: float) -> None:
    """A new process is started, then the old one gets SIGTERM."""
    old = site.running
    time.sleep(seconds / 2)
    site.start()
    old.stop()
    time.sleep(seconds / 2)
    old.end()


def sigterm(site: Site, seconds: float) -> None:
    """The only process gets SIGTERM, and another is started after it has ended."""
    time.sleep(seconds / 2)
    site.running.stop()
    start_another(site, seconds / 2)


def kill_9(site: Site, seconds: float) -> None:
    """The only process is killed, and another is started."""
    time.sleep(seconds / 2)
    site.running.kill()
    start_another(site, seconds / 2)


def start_another(site: Site, seconds: float) -> None:
    """Wait for the end of the only process, and let another one serve."""
    site.running.end()
    site.start()
    time.sleep(seconds)


FAULTS: Mapping[str, Fault] = {
    "nothing": nothing,
    "Slack answers 500": slack_answers_500,
    "Slack answers 429": slack_answers_429,
    "Slack answers after 12 s": slack_does_not_answer,
    "Slack hangs up": slack_hangs_up,
    "300 half-open connections": half_open_sockets,
    "PostgreSQL freezes": database_freezes,
    "PostgreSQL crashes, and is back": database_crashes,
    "disk full (SQLite)": disk_full,
    "knowledge folder deleted": folder_deleted,
    "SIGTERM, after a new process": replaced,
    "SIGTERM, before a new process": sigterm,
    "kill -9, then a new process": kill_9,
}
ON_SQLITE = frozenset({"disk full (SQLite)"})
MAY_LOSE = frozenset({"Slack answers 500", "kill -9, then a new process"})  # answers that had been taken on
