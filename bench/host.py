"""One bot in a process of its own, to be measured: ours, with other threads, or the same answers in plain Bolt."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from slack_bolt import Ack, App
from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.commands import answer
from srmbot.config import Settings
from srmbot.slack.message import as_message

if TYPE_CHECKING:
    from srmbot.fake_slack import FakeSlack

ROOT = Path(__file__).parents[1]
START = 30  # seconds that a bot may take to be ready; one that has to learn first takes a third of it
STOP = 10
USUAL = 2_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Host:
    """A bot that runs."""

    port: int
    process: int  # the one that answers: gunicorn's worker

    def cpu(self) -> float:
        """Seconds of CPU that it has used, its threads included; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def megabytes(self) -> float:
        """The most memory it has used; 0 where the system does not tell."""
        try:
            lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        except OSError:
            return 0.0
        return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def learn_now(*options: str) -> None:
    """Fill the cache, so that no bot has to learn while it is measured."""
    subprocess.run(
        [sys.executable, "-m", "srmbot", "ask", *options, "rds"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def ours(slack: FakeSlack, *options: str) -> Iterator[Host]:
    """`srmbot serve --http`, as it is."""
    with running(slack, "srmbot", "serve", "--http", *options) as host:
        yield host


@contextmanager
def with_threads(slack: FakeSlack, slow: int, http: int) -> Iterator[Host]:
    """Ours, with other numbers of threads."""
    with running(slack, "bench.host", "--slow", str(slow), "--http", str(http)) as host:
        yield host


@contextmanager
def plain_bolt(slack: FakeSlack) -> Iterator[Host]:
    """The same answers in an app with Bolt's defaults, in the same gunicorn."""
    with running(slack, "bench.host", "--plain") as host:
        yield host


@contextmanager
def bolts_server(slack: FakeSlack) -> Iterator[Host]:
    """The same answers in an app with Bolt's defaults, in the server that Bolt starts by default."""
    with running(slack, "bench.host", "--plain", "--own-server") as host:
        yield host


@contextmanager
def nothing(slack: FakeSlack) -> Iterator[Host]:
    """A WSGI app that does nothing, in the same gunicorn: what HTTP alone takes."""
    with running(slack, "bench.host", "--nothing") as host:
        yield host


@contextmanager
def running(slack: FakeSlack, *command: str) -> Iterator[Host]:
    """A process that serves on a free port, from when it is ready; stopped by its id."""
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    environment |= {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret}
    environment |= {"SLACK_API_URL": slack.api_url, "PYTHONPATH": str(ROOT)}
    environment |= {"SRMBOT_LIMITS": "off"}
    with tempfile.TemporaryFile() as log, tempfile.TemporaryDirectory() as empty:
        environment["DATABASE_URL"] = f"sqlite:///{empty}/srmbot.db"
        arguments = [sys.executable, "-m", *command, "--port", str(port)]
        process = subprocess.Popen(arguments, env=environment, cwd=empty, stdout=log, stderr=log)
        try:
            wait_until_ready(process, port, lambda: tail(log))
            yield Host(port, worker(process.pid))
        finally:
            stop(process)


def wait_until_ready(process: subprocess.Popen[bytes], port: int, said: Callable[[], str]) -> None:
    """Ask until it answers; a process that ends or never answers ends the bench, with what it logged."""
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1) as answered:
                if answered.status == 200:
                    return
        except HTTPError as refused:
            if refused.code == 404:  # it has no health checks
                return
            time.sleep(0.05)
        except (URLError, OSError):
            time.sleep(0.05)
    sys.exit(f"the server did not start:\n{said()}")


def tail(log: Any) -> str:
    """The end of a log."""
    log.seek(0)
    return str(log.read().decode()[-2000:])


def stop(process: subprocess.Popen[bytes]) -> None:
    """Tell it to stop, and see that it does."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP)


def worker(master: int) -> int:
    """The process that answers: gunicorn's child, where the system tells of it."""
    try:
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    except OSError:
        return master
    return int(children[0]) if children else master


def free_port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_app(bot: Bot, settings: Settings, *_: object, **__: object) -> App:
    """An app as Bolt's documentation has it: its own executor of five threads, answers acknowledged when polled."""
    from srmbot.slack.app import SlackApp
    from srmbot.slack.maintainers.rounds import MaintainerRounds
    from srmbot.slack.storage import Storage
    from srmbot.slack.tips.runtime import TipsRuntime
    from srmbot.slack.token_watch import TokenWatch

    client = WebClient(token=settings.bot_token, base_url=settings.slack_api_url or WebClient.BASE_URL)
    app = SlackApp(client=client, signing_secret=settings.signing_secret)
    app.bot, app.storage = bot, Storage(None)
    app.signing_secret, app.slack_api_url = settings.signing_secret or "", settings.slack_api_url
    app.token = TokenWatch()
    app.tips = TipsRuntime(bot, settings, app.storage)  # its server starts them; without a store they do nothing
    app.rounds = MaintainerRounds(bot, None, app.tips.find_teams, app.tips.find_client)

    @app.command("/srm")
    def on_slash(ack: Ack, command: dict[str, str]) -> None:
        ack(response_type="ephemeral", **as_message(answer(bot.state, command["text"]), echo=True))

    @app.event("app_mention")
    def on_mention(event: dict[str, Any], client: WebClient) -> None:
        text = event["text"].partition(">")[2]
        client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], **as_message(answer(bot.state, text)))

    return app


def start_bolt(bot: Bot, settings: Settings) -> int:
    """Serve as `app.start()` does; it does not return."""
    plain_app(bot, settings).start(port=settings.port)
    return 0


def do_nothing(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Read a request, and answer it with a body of a usual size."""
    environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(USUAL))])
    return [b" " * USUAL]


def main() -> None:
    """Serve until stopped."""
    from srmbot.cli import main as srmbot
    from srmbot.slack.serve import common, http

    options = argparse.ArgumentParser()
    options.add_argument("--plain", action="store_true")
    options.add_argument("--own-server", action="store_true")
    options.add_argument("--nothing", action="store_true")
    options.add_argument("--slow", type=int, default=common.SLOW_THREADS)
    options.add_argument("--http", type=int, default=http.HTTP_THREADS)
    options.add_argument("--port", required=True)
    given = options.parse_args()
    changed: list[tuple[Any, str, Any]] = [(common, "SLOW_THREADS", given.slow), (http, "HTTP_THREADS", given.http)]
    if given.plain:
        changed.append((common, "make_app", plain_app))
    if given.own_server:
        changed.append((http, "serve_http", start_bolt))
    if given.nothing:
        changed.append((http, "make_wsgi_app", lambda *_: do_nothing))
    for module, name, value in changed:
        if not hasattr(module, name):
            sys.exit(f"{module.__name__} has no {name} any more")
        setattr(module, name, value)
    sys.exit(srmbot(["serve", "--http", "--port", given.port]))


if __name__ == "__main__":
    main()
