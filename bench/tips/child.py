"""One planner, or one command, as a process of its own that is killed or held up at a given step."""

from __future__ import annotations

import logging
import os
import signal
import traceback
from dataclasses import dataclass
from functools import cache
from typing import Any

from slack_sdk import WebClient
from sqlalchemy import event

from bench.tips.world import SharedClock
from srmbot.answer import Answer
from srmbot.commands import tips
from srmbot.knowledge.load import built_in, load
from srmbot.model import Knowledge
from srmbot.request import Requester, Resources
from srmbot.slack.tips.actions import WebApiActions
from srmbot.slack.tips.planner import Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages, single_try_client
from srmbot.store import postgres
from srmbot.store.database import StoreError
from srmbot.store.store import Store

ROUNDS = 12  # that a planner makes at most
PARTS = {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}


@dataclass(frozen=True)
class Job:
    """What a process is to do, and where it is to be cut off."""

    database: str
    slack: str
    towns: tuple[tuple[str, str], ...]  # team and token
    ahead: Any  # seconds ahead of the real time; shared
    words: str = ""  # a command, instead of planning: "off"
    channel: str = ""  # for the command
    fault: str = ""  # "kill", "stop" or "jump", at step
    step: int = 0  # counted from 1; 0 means never
    jump: float = 0.0  # seconds that the clock of this process jumps at that step, and stays
    rounds: int = ROUNDS
    timeout: float = 3.0  # seconds that an answer may take


class Steps:
    """Counts what others can see: the moments before every statement, before every commit, before and after every call.

    After a statement, or a commit, nothing happens before the next of them. At one of them it does its part.
    """

    def __init__(self, job: Job) -> None:
        """Begin before the first step."""
        self.job, self.count, self.off = job, 0, 0.0

    def __call__(self, *_: object) -> None:
        """One step."""
        self.count += 1
        if self.count == self.job.step:
            if self.job.fault in PARTS:
                os.kill(os.getpid(), PARTS[self.job.fault])
            else:
                self.off = self.job.jump

    def now(self) -> float:
        """The time, by the clock of this process."""
        return SharedClock(self.job.ahead).now() + self.off

    def watch(self, store: Store) -> None:
        """Count what goes to the database."""
        for name in ("before_cursor_execute", "commit"):
            event.listen(store.engine, name, self)


class Stepping(WebClient):
    """A client whose calls are steps."""

    steps: Steps

    def api_call(self, api_method: str, **kwargs: Any) -> Any:
        """One call, a step before and a step after."""
        self.steps()
        try:
            return super().api_call(api_method, **kwargs)
        finally:
            self.steps()


@cache
def knowledge() -> Knowledge:
    """What srmbot comes with; read once, before processes are made of this one."""
    return load([built_in()])


class OnlyKnowledge:
    """As much of a bot as tips need."""

    knowledge = property(lambda self: knowledge())

    def reply(self, text: str) -> Answer:
        """Nothing asks."""
        raise NotImplementedError


def client(job: Job, token: str, steps: Steps) -> WebClient:
    """A client as the planner has it, but counted."""
    made = single_try_client(token, job.slack, timeout=job.timeout)
    made.__class__ = Stepping
    made.steps = steps  # type: ignore[attr-defined]
    return made


def run(job: Job, result: Any) -> None:
    """Do a job, and send how many steps it had."""
    logging.disable(logging.CRITICAL)  # it would be full of what goes wrong here
    steps = Steps(job)
    store = Store(job.database, steps.now)
    steps.watch(store)
    try:
        command(job, store, steps) if job.words else plan(job, store, steps)
        result.send(steps.count)
    except Exception:
        result.send(traceback.format_exc())
    finally:
        store.close()
        result.close()
    os._exit(0)  # nothing is left to be done, and the interpreter takes long to end


def plan(job: Job, store: Store, steps: Steps) -> None:
    """Make rounds until nothing is left to be done at once."""
    clock = SharedClock(job.ahead).now
    context = PlanContext(store, knowledge, steps.now)
    known = {
        team: ScheduledMessages(client(job, token, steps), team, RateLimit(clock=clock)) for team, token in job.towns
    }
    planner = Planner(context, known.get, lambda: list(known), clock)
    for _ in range(job.rounds):
        try:
            if not planner.run_round():
                break
        except StoreError:
            continue


def command(job: Job, store: Store, steps: Steps) -> None:
    """Run what a person types in Slack."""
    [(team, token)] = job.towns
    acts = WebApiActions(lambda: client(job, token, steps), lambda: None)
    asker = Requester(team, job.channel, "U000000001", Resources(store, acts, "UTC", now=steps.now))
    tips.run(OnlyKnowledge(), job.words.split(), asker)  # type: ignore[arg-type]


def preload() -> None:
    """What a process needs, before it is forked; and less patience than in earnest with one that sleeps."""
    knowledge()
    postgres.BEGIN_SETTINGS = "SET LOCAL lock_timeout = '1s'; SET LOCAL idle_in_transaction_session_timeout = '2s'"
