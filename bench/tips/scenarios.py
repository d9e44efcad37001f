"""What is done, up to what is to be cut off: each sets the stage, and names the process that is killed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bench.tips.child import Job
from bench.tips.stage import Stage, steps
from srmbot.fake_slack.faults import Fault

Prepare = Callable[[Stage], Job]  # sets the stage, and says what is to be disturbed


def fresh(on: Stage) -> Job:
    """Nothing is planned yet."""
    return on.job()


def planned(on: Stage) -> Job:
    """Everything is planned."""
    on.plan()
    return on.job()


def switched_off(on: Stage) -> Job:
    """`tips off` in one channel, after everything was planned."""
    return replace(planned(on), words="off", channel=on.town.channels[0].id)


def skipped(on: Stage) -> Job:
    """`tips skip` in one channel."""
    return replace(planned(on), words="skip", channel=on.town.channels[0].id)


def changed(on: Stage) -> Job:
    """Another time of day in one channel."""
    at = datetime.fromtimestamp(on.clock.now(), UTC) + timedelta(hours=5)
    return replace(planned(on), words=f"on {at:%H:%M} UTC", channel=on.town.channels[0].id)


def replanned(on: Stage) -> Job:
    """The planner after a change: it takes back and plans anew."""
    steps(changed(on))
    return on.job()


def lost_store(on: Stage) -> Job:
    """A store that was put back to before anything was planned: Slack has it all."""
    on.plan()
    for channel in on.town.channels:
        on.store.subscriptions.unsubscribe(on.town.team, channel.id, 0.0)
        for row in on.store.plan.planned(on.town.team, channel.id, 0.0):
            on.store.plan.forget_cancelled(row)
    on.subscribe()
    return on.job()


def refused_once(on: Stage) -> Job:
    """Slack answers the second tip with 500."""
    on.town.api.faults.add("chat.scheduleMessage", Fault())
    on.town.api.faults.add("chat.scheduleMessage", Fault(status=500))
    return on.job()


def limited(on: Stage) -> Job:
    """Slack answers the second tip with 429."""
    on.town.api.faults.add("chat.scheduleMessage", Fault())
    on.town.api.faults.add("chat.scheduleMessage", Fault(status=429, retry_after=7))
    return on.job()


def cut_off(on: Stage) -> Job:
    """Slack accepts the second tip, but its answer does not arrive."""
    on.town.api.faults.add("chat.scheduleMessage", Fault())
    on.town.api.faults.add("chat.scheduleMessage", Fault(drop_after_accept=True))
    return on.job()


def gone(on: Stage) -> Job:
    """One of the channels is archived."""
    on.town.channels[0].archived = True
    return on.job()


SCENARIOS: dict[str, Prepare] = {
    "plan": fresh,
    "look again": planned,
    "switch off": switched_off,
    "skip": skipped,
    "change": changed,
    "plan after a change": replanned,
    "store put back": lost_store,
    "Slack says 500": refused_once,
    "Slack says 429": limited,
    "answer cut off": cut_off,
    "channel gone": gone,
}
