"""10,000 subscriptions at the same minute in 200 workspaces, planned by one planner within Slack's limits."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

from bench.tips import child
from bench.tips.stage import PROCESSES
from bench.tips.world import SharedClock, Town, World
from srmbot.fake_slack.faults import Limit
from srmbot.slack.tips.planner import IDLE_ROUND_EVERY, Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages, single_try_client
from srmbot.store.store import Store
from srmbot.tips import DAILY, HORIZON, Subscription, When, due_times

TIER = 50  # calls of a method in a minute that Slack promises
METHODS = ("chat.scheduleMessage", "chat.scheduledMessages.list", "chat.deleteScheduledMessage")


@dataclass(frozen=True)
class Crowd:
    """What came of it."""

    subscriptions: int
    expected: int
    lost: int
    doubled: int
    calls: int
    refused: int  # with 429
    minutes: float  # of the stand-in's time, until all was planned
    seconds: float  # of real time


def crowd(world: World, store: Store, teams: int, channels: int) -> Crowd:
    """Subscribe everybody for the same minute, plan, and let a day and a half pass."""
    ahead = PROCESSES.Value("d", 0.0)
    clock = SharedClock(ahead)
    towns = [world.towns.found(f"T{store.url.get_backend_name()}{number}", clock, channels) for number in range(teams)]
    when = When(days=DAILY)
    for town in towns:
        for method in METHODS:
            town.api.faults.limit(method, Limit(TIER, 60.0))
        for channel in town.channels:
            store.subscriptions.subscribe(Subscription(town.team, channel.id, when, (), town.owner))
    began, wall = clock.now(), time.perf_counter()
    wanted = list(due_times(when, began + 3600, began + HORIZON))  # an hour is time enough, and is checked
    plan(world, store, towns, clock)
    minutes, seconds = (clock.now() - began) / 60, time.perf_counter() - wall
    calls = [call for town in towns for call in town.api.calls]
    clock.advance(HORIZON)
    posted: Counter[tuple[str, int]] = sum((town.posted() for town in towns), Counter())
    expected = [(channel.id, at) for town in towns for channel in town.channels for at in wanted]
    return Crowd(
        teams * channels,
        len(expected),
        sum(not posted[key] for key in expected),
        sum(times - 1 for times in posted.values()),
        len(calls),
        sum(call.status == 429 for call in calls),
        minutes,
        seconds,
    )


def plan(world: World, store: Store, towns: list[Town], clock: SharedClock) -> None:
    """Make rounds as a process would, but do not wait for real time to pass between them."""
    known = {
        town.team: ScheduledMessages(single_try_client(town.token, world.url), town.team, RateLimit(clock=clock.now))
        for town in towns
    }
    planner = Planner(PlanContext(store, child.knowledge, clock.now), known.get, lambda: list(known), clock.now)
    while store.work.pending(list(known), clock.now(), 1):
        if not planner.run_round():
            clock.advance(IDLE_ROUND_EVERY)
