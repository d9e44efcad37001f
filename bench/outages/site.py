"""One process of `serve --http` on a small folder, with a database and a folder of its own; it can be replaced."""

from __future__ import annotations

import socket
from contextlib import ExitStack, suppress
from pathlib import Path

import psutil

from srmbot.fake_slack import FakeSlack
from srmbot.fake_slack.events import Delivery, Envelope, HttpDoor
from tests.support.databases import Postgres
from tests.support.served_app import PATH, Process, process, tokens

TEAMS = "- {team: Databases, service: rds}\n"
BEGUN = b"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 500\r\n\r\ntoken="


class Door:
    """The way to whichever process is there: each try looks anew, as what stands before a process does."""

    def __init__(self, slack: FakeSlack) -> None:
        """Remember who knows where it is."""
        self.slack = slack

    def send(self, envelope: Envelope) -> Delivery:
        """One try."""
        url = self.slack.app_url
        assert url is not None
        return HttpDoor(url, self.slack.signing_secret, self.slack.timing.acknowledge).send(envelope)


class Balanced(FakeSlack):
    """A stand-in with a balancer between it and the app."""

    @property
    def door(self) -> Door:
        """The way to the app."""
        return Door(self)


class Site:
    """The bot as it is deployed, and what a fault may touch."""

    def __init__(self, slack: FakeSlack, folder: Path, cache: str, database: str, server: Postgres | None) -> None:
        """Start it.

        Args:
            slack: the stand-in.
            folder: empty, for all that the processes write.
            cache: the folder of what was learned.
            database: its URL.
            server: the PostgreSQL of it; None where it is SQLite.
        """
        self.slack, self.folder, self.server = slack, folder, server
        self.own = folder / "our-knowledge"
        self.own.mkdir()
        (self.own / "teams.yaml").write_text(TEAMS)
        self.environment = {**tokens(slack, Path(cache)), "DATABASE_URL": database, "SRMBOT_KNOWLEDGE": str(self.own)}
        self.stack, self.made = ExitStack(), 0
        self.running = self.start()

    def start(self) -> Process:
        """Start one more process; requests go to it once it is ready."""
        self.made += 1
        own = self.folder / f"process{self.made}"
        own.mkdir()
        self.running = self.stack.enter_context(process(own, "serve", "--http", **self.environment))
        self.running.until(lambda: self.running.get("/healthz")[0] == 200)
        self.slack.app_url = f"http://127.0.0.1:{self.running.port}{PATH}"
        return self.running

    def limit_files(self, most: int) -> None:
        """Let no process write a file beyond some bytes: with 0, every disk is full."""
        main = psutil.Process(self.running.running.pid)
        for each in (main, *main.children(recursive=True)):
            each.rlimit(psutil.RLIMIT_FSIZE, (most, psutil.RLIM_INFINITY))

    def half_open(self, count: int) -> list[socket.socket]:
        """Begin so many requests that never end."""
        opened = []
        for _ in range(count):
            with suppress(OSError):
                made = socket.create_connection(("127.0.0.1", self.running.port), timeout=5)
                made.sendall(BEGUN)
                opened.append(made)
        return opened

    def close(self) -> None:
        """End all processes."""
        self.stack.close()
