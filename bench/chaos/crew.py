"""Planners that never rest, as processes: started again whenever one is gone; paused, killed, given a wrong clock."""

from __future__ import annotations

import logging
import os
import signal
import time
from contextlib import suppress
from random import Random
from typing import Any

from bench.tips import child
from bench.tips.child import Job, Steps
from bench.tips.stage import PROCESSES
from srmbot.slack.tips.planner import Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages
from srmbot.store.database import StoreError
from srmbot.store.store import Store

REST = 0.05  # seconds between two rounds
UNLIMITED = 1_000_000  # calls a minute: the stand-in has no limit here, and time is short


def work(job: Job, stop: Any) -> None:
    """Make rounds until there is a word to stop, whatever happens in one of them."""
    logging.disable(logging.CRITICAL)  # it would be full of what goes wrong here
    steps = Steps(job)
    steps.off = job.jump
    store = Store(job.database, steps.now)
    clients = {team: child.client(job, token, steps) for team, token in job.towns}
    known = {team: ScheduledMessages(client, team, RateLimit(UNLIMITED)) for team, client in clients.items()}
    planner = Planner(PlanContext(store, child.knowledge, steps.now), known.get, lambda: list(known), time.monotonic)
    while not stop.is_set():
        with suppress(StoreError):
            planner.run_round()
        stop.wait(REST)
    store.close()
    os._exit(0)  # nothing is left to be done, and the interpreter takes long to end


class Crew:
    """So many planners on the same workspaces."""

    def __init__(self, job: Job, size: int) -> None:
        """Start them."""
        self.job, self.stop = job, PROCESSES.Event()
        self.members: list[Any] = [self.start(job) for _ in range(size)]

    def start(self, job: Job) -> Any:
        """Start one."""
        process = PROCESSES.Process(target=work, args=(job, self.stop))
        process.start()
        return process

    def kill(self, chance: Random) -> None:
        """Kill one with -9, and start another in its place."""
        at = chance.randrange(len(self.members))
        self.members[at].kill()
        self.members[at].join()
        self.members[at] = self.start(self.job)

    def pause(self, number: int) -> None:
        """Stop one in the middle of whatever it does."""
        os.kill(self.members[number].pid, signal.SIGSTOP)

    def resume(self, number: int) -> None:
        """Let one go on."""
        os.kill(self.members[number].pid, signal.SIGCONT)

    def replace(self, number: int, job: Job) -> None:
        """End one, and start another with a job of its own."""
        self.members[number].kill()
        self.members[number].join()
        self.members[number] = self.start(job)

    def finish(self) -> int:
        """End all. Returns how many had died by themselves."""
        dead = sum(not each.is_alive() for each in self.members)
        self.stop.set()
        for each in self.members:
            each.join(10)
            each.kill()
        return dead
