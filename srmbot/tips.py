"""Which tip is next, and when it is due: what is wanted, seen and asked in, a duty and seconds since 1970 out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from zoneinfo import ZoneInfo, available_timezones

from srmbot.model import Duty, Knowledge

HORIZON = 36 * 3600  # seconds ahead that tips are handed to Slack
LEAD = 600  # seconds before its time from which no tip is handed over or promised, and none surely taken back
NOTICE = LEAD + 300  # seconds after tips are switched on before the first may come: time to hand it over
WEEKDAYS = frozenset(range(5))  # Monday is 0
DAILY = frozenset(range(7))
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UTC_ZONE = "UTC"

# How much it counts that a channel asked lately: about the very entry, about its service, about its topic.
ENTRY, SERVICE, TOPIC = 4, 2, 1


@dataclass(frozen=True, slots=True)
class When:
    """When tips come, by the local time of some place."""

    at: time = time(9)
    zone: str = UTC_ZONE  # "Europe/Lisbon"
    days: frozenset[int] = WEEKDAYS

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.zone}, {format_days(self.days)}"


@dataclass(frozen=True, slots=True)
class Subscription:
    """Tips for one channel."""

    team: str
    channel: str
    when: When = field(default_factory=When)
    services: tuple[str, ...] = ()  # slugs; none means all of them
    who: str = ""  # the person who switched them on
    since: int = 0  # no tip before this second
    revision: int = 0  # grows with every change
    paused: str | None = None  # why no tip comes: "is_archived"


def due_times(when: When, after: float, before: float, holidays: Collection[date] = ()) -> Iterator[int]:
    """Find every second from `after` up to `before` at which a tip is due, earliest first, each once.

    A time that a clock skips, in spring, is taken by the offset before the change, so that the tip comes an hour
    later by the clock on the wall; one that comes twice, in autumn, is taken when it first comes. Where a zone has
    left out a whole day, two dates meet in one second.

    Args:
        when: time, zone and weekdays.
        after: seconds since 1970.
        before: seconds since 1970; itself not included.
        holidays: dates without a tip.
    """
    zone = ZoneInfo(when.zone)
    day = datetime.fromtimestamp(after, zone).date() - timedelta(1)
    last = datetime.fromtimestamp(before, zone).date() + timedelta(1)
    latest = None
    while day <= last:
        if day.weekday() in when.days and day not in holidays:
            post_at = int(datetime.combine(day, when.at, zone).timestamp())
            if after <= post_at < before and post_at != latest:
                yield post_at
                latest = post_at
        day += timedelta(1)


def is_too_late(post_at: float, now: float) -> bool:
    """Whether Slack may post a tip whatever is done about it, even if it says that it has taken it back."""
    return post_at <= now + LEAD


def is_about(duty: str, services: Collection[str]) -> bool:
    """Whether a duty, by its id, is about one of some services; none means any."""
    return not services or duty.partition(".")[0] in services


def next_due(when: When, after: float, holidays: Collection[date] = ()) -> int | None:
    """Find the first second from `after` at which a tip is due; None if there is none within a year."""
    return next(due_times(when, after, after + 366 * 86400, holidays), None)


@dataclass(frozen=True, slots=True)
class History:
    """What a channel has had and asked."""

    seen: Mapping[str, int] = field(default_factory=dict)  # how often each duty's tip was planned
    asked: Mapping[tuple[str, str], int] = field(default_factory=dict)  # questions lately, by service and topic
    last: str | None = None  # the duty whose tip came last

    def after(self, duty: Duty) -> History:
        """Add one duty's tip to the history."""
        return History({**self.seen, duty.id: self.seen.get(duty.id, 0) + 1}, self.asked, duty.id)


def next_tip(knowledge: Knowledge, services: Collection[str], channel: str, history: History) -> Duty | None:
    """Choose the duty whose tip comes next in a channel; None where none fits.

    No tip comes again before all that fit have come. Among those still to come the most relevant is first; what is
    equally relevant comes in an order of the channel's own.
    """
    fit = duties_with_tips(knowledge, services)
    if not fit:
        return None
    least = min(history.seen.get(duty.id, 0) for duty in fit)
    fresh = [duty for duty in fit if history.seen.get(duty.id, 0) == least]
    others = [duty for duty in fresh if duty.id != history.last]  # the last of a round is not the first of the next
    return min(others or fresh, key=lambda duty: (-relevance(duty, history.asked), channel_order(channel, duty.id)))


def duties_with_tips(knowledge: Knowledge, services: Collection[str]) -> list[Duty]:
    """List the duties that have a tip, of some services; none means all of them."""
    return [duty for duty in knowledge.duties if duty.tip and is_about(duty.id, services)]


def relevance(duty: Duty, asked: Mapping[tuple[str, str], int]) -> int:
    """Score how much a duty has to do with recent questions."""
    return sum(
        times
        * (
            ENTRY * ((service, topic) == (duty.service, duty.topic))
            + SERVICE * (service == duty.service)
            + TOPIC * (topic == duty.topic)
        )
        for (service, topic), times in asked.items()
    )


def channel_order(channel: str, duty: str) -> bytes:
    """Make a sort key for an order that differs by channel, and is the same on every machine."""
    return blake2b(f"{channel}/{duty}".encode(), digest_size=8).digest()


def upcoming(
    knowledge: Knowledge, subscription: Subscription, history: History, times: Iterable[int]
) -> Iterator[tuple[int, Duty]]:
    """List the tips that would come at some seconds, if nothing else is asked meanwhile."""
    for post_at in times:
        duty = next_tip(knowledge, subscription.services, subscription.channel, history)
        if duty is None:
            return
        history = history.after(duty)
        yield post_at, duty


def format_days(days: Collection[int]) -> str:
    """Format weekdays as they are typed: "weekdays", "daily", "mon,wed,fri"."""
    if set(days) == WEEKDAYS:
        return "weekdays"
    if set(days) == DAILY:
        return "daily"
    return ",".join(DAY_NAMES[day] for day in sorted(days))


def format_time(post_at: int, zone: str) -> str:
    """Format a second by the clock of a zone: "Mon 30 Nov 09:00"."""
    return datetime.fromtimestamp(post_at, ZoneInfo(zone)).strftime("%a %d %b %H:%M")


@cache
def known_zones() -> Mapping[str, str]:
    """Index the time zones by their names in lower case, and by their cities: "lisbon" is Europe/Lisbon."""
    named = {name.lower(): name for name in sorted(available_timezones())}
    cities: dict[str, set[str]] = {}
    for name in named.values():
        area, _, city = name.rpartition("/")
        if area and area not in ("Etc", "SystemV", "posix", "right"):
            cities.setdefault(city.lower(), set()).add(name)
    alone = {city: names.pop() for city, names in cities.items() if len(names) == 1 and city not in named}
    return {**alone, **named}
