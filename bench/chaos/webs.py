"""Four web processes on one PostgreSQL, and mentions that Slack delivers to one after the other until one takes it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from bench.tips.world import Town, World
from srmbot.fake_slack import payloads
from srmbot.fake_slack.events import Delivery, Envelope, HttpDoor, Timing, deliver
from srmbot.fake_slack.model import BOT_USER, Message
from tests.support.served_app import PATH, Process, process

SECRET = "chaos"
TIMING = Timing(retries=(0.1, 1.0, 3.0))
SENDERS = 8


class Door:
    """The way to whichever process is next: what stands before several of them does so."""

    def __init__(self, webs: Webs) -> None:
        """Begin with the first."""
        self.webs = webs

    def send(self, envelope: Envelope) -> Delivery:
        """One try."""
        return HttpDoor(self.webs.next_url(), SECRET, TIMING.acknowledge).send(envelope)


class Webs:
    """The web processes, and the mentions that they answer."""

    def __init__(self, world: World, town: Town, database: str, folder: Path, cache: str) -> None:
        """Start none yet."""
        self.town, self.folder = town, folder
        self.environment = {"SLACK_BOT_TOKEN": town.token, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": world.url}
        self.environment |= {"DATABASE_URL": database, "SRMBOT_CACHE": cache}
        self.running: list[tuple[Process, ExitStack]] = []
        self.lock, self.turn, self.made = threading.Lock(), 0, 0
        self.pool = ThreadPoolExecutor(SENDERS)
        self.asked: list[Message] = []

    def start(self) -> None:
        """Start one, and wait until it is ready."""
        self.made += 1
        own = self.folder / f"web{self.made}"
        own.mkdir()
        stack = ExitStack()
        made = stack.enter_context(process(own, "serve", "--http", **self.environment))
        made.until(lambda: made.get("/healthz")[0] == 200)
        with self.lock:
            self.running.append((made, stack))

    def next_url(self) -> str:
        """Where the next request goes."""
        with self.lock:
            self.turn += 1
            made, _ = self.running[self.turn % len(self.running)]
            return f"http://127.0.0.1:{made.port}{PATH}"

    def retire(self, kill: bool = False) -> None:
        """End the oldest: no request goes to it any more; or kill it with -9, whatever it does."""
        with self.lock:
            made, stack = self.running[0]
            if not kill:
                self.running.pop(0)
        made.kill() if kill else made.stop()
        made.end()
        if kill:
            with self.lock:
                self.running.pop(0)
        stack.close()

    def mention(self) -> None:
        """Have a person ask; it is delivered in a thread of its own, and tried again as Slack does."""
        channel = self.town.channels[0]
        text = f"<@{BOT_USER}> backups"
        message = self.town.workspace.add(
            Message(channel.id, self.town.workspace.next_ts(), self.town.owner, text=text)
        )
        self.asked.append(message)
        event = payloads.event_callback(
            payloads.mention_event(message, channel), self.town.clock.now(), f"Ev{message.ts}"
        )
        self.pool.submit(deliver, Door(self), Envelope("events_api", event), TIMING)

    def answers(self) -> list[int]:
        """How many answers each mention has got."""
        channel = self.town.channels[0].id
        return [len(self.town.workspace.thread(channel, message.ts)) for message in self.asked]

    def finish(self) -> None:
        """End all."""
        self.pool.shutdown()
        for _, stack in self.running:
            stack.close()
