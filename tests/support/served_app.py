"""The real app behind a stand-in of Slack: over HTTP, over a socket, and as a process of its own."""

from __future__ import annotations

import io
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import psutil
import pytest

from srmbot.bot import Bot
from srmbot.config import Settings
from srmbot.fake_slack import FakeSlack, Message, Timing
from srmbot.slack.app import SlackApp, make_app
from srmbot.slack.message import NEWER
from srmbot.slack.retry import DelayedWork
from srmbot.slack.serve.http import make_wsgi_app
from srmbot.slack.serve.logging_setup import make_handler
from srmbot.slack.serve.socket_mode import Handler
from tests.support.serving import serve_in_thread

ROOT = Path(__file__).parents[2]
RUNNER = Path(__file__).parents[1] / "slack" / "run_small.py"
QUICK = Timing(retries=(0.0, 0.05, 0.1))
PATH = "/slack/events"
MOST_PORTS = 100
FIRST_PORT = 10_000 + os.getpid() % 200 * MOST_PORTS
PORTS = cycle(range(FIRST_PORT, FIRST_PORT + MOST_PORTS))
LONG = 60  # seconds that anything may take on a busy machine; a test that passes waits no longer than it must


@dataclass
class Served:
    """An app that is being served."""

    later: DelayedWork
    executor: ThreadPoolExecutor
    handler: Handler | None = None
    app: SlackApp | None = None


@dataclass
class Log:
    """What was written, as `set_up` has it written."""

    stream: io.StringIO = field(default_factory=io.StringIO)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, having: str = "") -> list[str]:
        return [line for line in self.text.splitlines() if having in line]


@contextmanager
def logging_to(log: Log) -> Iterator[Log]:
    """Everything from INFO on, in our form; before an app is made, which copies the level."""
    handler = make_handler(log.stream)
    root, names = logging.getLogger(), ("srmbot",)
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in names:
        logging.getLogger(name).setLevel(logging.INFO)
    yield log
    root.removeHandler(handler)
    root.setLevel(before)


def settings_of(slack: FakeSlack) -> Settings:
    """What the environment would say; one person may ask what many would."""
    return Settings(slack.bot_token, slack.app_token, slack.signing_secret, slack.api_url, limits=None)


class Server(ThreadingMixIn, WSGIServer):
    """Takes requests in threads."""

    daemon_threads = True
    request_queue_size = 256


class Quiet(WSGIRequestHandler):
    """Logs nothing of its own."""

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def over_http(
    slack: FakeSlack, bot: Bot, threads: int = 16, shows: Collection[str] = NEWER, **more: Any
) -> Iterator[Served]:
    """The app behind Bolt's WSGI adapter; the stand-in knows where. `more` are settings.

    It is known that the workspace shows some newer blocks, as it is after its first answers.
    """
    served = Served(DelayedWork(), ThreadPoolExecutor(threads, "slow"))
    app = make_app(bot, replace(settings_of(slack), **more), served.executor, later=served.later)
    served.app = app
    app.shown.note(slack.team_id, shows, taken=True)
    server = make_server("127.0.0.1", 0, make_wsgi_app(app), Server, Quiet)
    serve_in_thread(server)
    slack.app_url = f"http://127.0.0.1:{server.server_port}{PATH}"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        served.executor.shutdown(wait=True)
        app.close()


@contextmanager
def over_socket(slack: FakeSlack, bot: Bot, threads: int = 16) -> Iterator[Served]:
    """The app behind our own handler of Socket Mode."""
    served = Served(DelayedWork(), ThreadPoolExecutor(threads, "slow"))
    app = make_app(bot, settings_of(slack), served.executor, later=served.later)
    app.shown.note(slack.team_id, NEWER, taken=True)
    handler = Handler(app, slack.app_token, ping_interval=0.3)
    served.handler = handler
    handler.connect()
    slack.sockets.wait_connected()
    try:
        yield served
    finally:
        handler.client.closed = True
        handler.client.message_queue.put("")  # it looks only once a second whether it is closed
        handler.finish()
        served.executor.shutdown(wait=True)


WAYS: dict[str, Callable[..., Any]] = {"http": over_http, "socket": over_socket}
BOTH = pytest.mark.parametrize("slack", sorted(WAYS), indirect=True)  # a test that runs once each way


def until(true: Callable[[], Any], seconds: float = LONG) -> Any:
    """Wait for something that the stand-in does not know of."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if got := true():
            return got
        time.sleep(0.01)
    raise AssertionError(f"did not happen in {seconds} s")


def command(slack: FakeSlack, typed: str, seconds: float = LONG) -> Message:
    """What a command gets, in its own response or through its response_url."""
    before = len(slack.ephemerals())
    assert slack.slash(typed).acknowledged
    return slack.wait(lambda: slack.ephemerals()[before:], seconds)[0]


def free_port() -> int:
    """A port that is free, and that no other process of the tests is given: each counts up in a hundred of its own.

    They are below those that the system gives out, to a server of another test or to a client.
    """
    for port in islice(PORTS, MOST_PORTS):
        with socket.socket() as held, suppress(OSError):
            held.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


@dataclass
class Process:
    """`python -m srmbot …` on the small folder, and what it writes."""

    running: subprocess.Popen[str]
    port: int
    output: Path

    @property
    def log(self) -> str:
        return self.output.read_text()

    def get(self, path: str) -> tuple[int, str]:
        """An HTTP status and body; 0 while there is no answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()
        except OSError:
            return 0, ""

    def until(self, true: Callable[[], Any], seconds: float = LONG) -> Any:
        """Wait for something; fails with the log when time is up."""
        try:
            return until(true, seconds)
        except AssertionError as late:
            raise AssertionError(f"{late}:\n{self.log}") from None

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Send a signal."""
        self.running.send_signal(number)

    def kill(self) -> None:
        """Kill it with -9, and the processes that it has made."""
        family = psutil.Process(self.running.pid).children(recursive=True)
        for each in (self.running, *family):
            with suppress(psutil.NoSuchProcess):
                each.kill()

    def end(self, seconds: float = LONG) -> int:
        """Its exit code, once it has ended."""
        return self.running.wait(seconds)


def bare_environment() -> dict[str, str]:
    """The variables that srmbot needs to run from this checkout, and no others."""
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**known, "PYTHONPATH": str(ROOT)}


@contextmanager
def process(tmp_path: Path, *arguments: str, **environment: str) -> Iterator[Process]:
    """Run srmbot with an environment of its own; it is ended at the end, whatever happens."""
    port, output = free_port(), tmp_path / "output"
    own = {"PORT": str(port), "SRMBOT_LIMITS": "off", "DATABASE_URL": f"sqlite:///{tmp_path / 'srmbot.db'}"}
    given = {**bare_environment(), **own, "PYTHONWARNINGS": "ignore", **environment}
    with output.open("w") as out:
        command = [sys.executable, str(RUNNER), *arguments]
        running = subprocess.Popen(command, env=given, cwd=tmp_path, stdout=out, stderr=out, text=True)
    try:
        yield Process(running, port, output)
    finally:
        with suppress(ProcessLookupError):
            running.terminate()
        try:
            running.wait(5)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


def tokens(slack: FakeSlack, cache: Path) -> dict[str, str]:
    """The variables of a process that serves this stand-in."""
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "SRMBOT_CACHE": str(cache),
    }
