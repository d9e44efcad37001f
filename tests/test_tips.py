"""When tips are due, and which is next."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from srmbot.model import Duty, Knowledge, Owner
from srmbot.tips import (
    DAILY,
    WEEKDAYS,
    History,
    Subscription,
    When,
    due_times,
    format_days,
    known_zones,
    next_tip,
    relevance,
    upcoming,
)

DAY = 86_400


def at(*when: int, zone: str = "UTC") -> float:
    return datetime(*when, tzinfo=ZoneInfo(zone)).timestamp()


def local(seconds: int, zone: str) -> str:
    return datetime.fromtimestamp(seconds, ZoneInfo(zone)).strftime("%a %Y-%m-%d %H:%M %z")


DUE = [
    # what is special, when, from, to, what comes
    pytest.param(
        When(time(9), "Europe/Lisbon"),
        (2026, 11, 25),
        (2026, 12, 1),
        [f"{day} 09:00 +0000" for day in ("Wed 2026-11-25", "Thu 2026-11-26", "Fri 2026-11-27", "Mon 2026-11-30")],
        id="weekdays",
    ),
    pytest.param(
        When(time(2, 30), "Europe/Berlin", DAILY),
        (2026, 3, 28),
        (2026, 3, 31),
        ["Sat 2026-03-28 02:30 +0100", "Sun 2026-03-29 03:30 +0200", "Mon 2026-03-30 02:30 +0200"],
        id="a time that does not exist comes an hour later",
    ),
    pytest.param(
        When(time(2, 30), "Europe/Berlin", DAILY),
        (2026, 10, 24),
        (2026, 10, 27),
        ["Sat 2026-10-24 02:30 +0200", "Sun 2026-10-25 02:30 +0200", "Mon 2026-10-26 02:30 +0100"],
        id="a time that exists twice comes once",
    ),
    pytest.param(
        When(time(9), "Asia/Kolkata", DAILY),
        (2028, 2, 28),
        (2028, 3, 2),
        ["Mon 2028-02-28 09:00 +0530", "Tue 2028-02-29 09:00 +0530", "Wed 2028-03-01 09:00 +0530"],
        id="a leap day",
    ),
    pytest.param(
        When(time(9), "Pacific/Apia", DAILY),
        (2011, 12, 29),
        (2012, 1, 2),
        ["Thu 2011-12-29 09:00 -1000", "Sat 2011-12-31 09:00 +1400", "Sun 2012-01-01 09:00 +1400"],
        id="a day that was left out",
    ),
]


@pytest.mark.parametrize(("when", "first", "last", "expected"), DUE)
def test_due(when, first, last, expected):
    found = due_times(when, at(*first, zone=when.zone), at(*last, zone=when.zone))
    assert [local(each, when.zone) for each in found] == expected


def test_holidays_have_none():
    when = When(days=DAILY)
    found = due_times(when, at(2026, 12, 24), at(2026, 12, 28), {date(2026, 12, 25), date(2026, 12, 26)})
    assert [local(each, "UTC")[:14] for each in found] == ["Thu 2026-12-24", "Sun 2026-12-27"]


WHENS = st.builds(
    When,
    st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    st.sampled_from(sorted(available_timezones() - {"localtime", "Factory"})),
    st.frozensets(st.integers(0, 6), min_size=1),
)
SECONDS = st.integers(int(at(1995, 1, 1)), int(at(2037, 1, 1)))


@given(WHENS, SECONDS, st.integers(1, 30 * DAY))
def test_every_date_has_one_and_in_order(when, start, length):
    found = list(due_times(when, start, start + length))
    assert all(start <= each < start + length for each in found)
    assert found == sorted(set(found))
    zone = ZoneInfo(when.zone)
    dates = [datetime.fromtimestamp(each, zone).date() for each in found]
    assert len(set(dates)) == len(dates)
    day = datetime.fromtimestamp(start, zone).date() + timedelta(2)
    last = datetime.fromtimestamp(start + length, zone).date() - timedelta(2)
    while day <= last:  # well inside, each weekday that was chosen has one, a day that the zone left out aside
        midday = datetime.combine(day, time(12), zone)
        if day.weekday() in when.days and midday.astimezone(UTC).astimezone(zone).date() == day:
            assert day in dates or day + timedelta(1) in dates, (when, day)
        day += timedelta(1)


@given(WHENS, SECONDS, st.integers(1, 10 * DAY), st.integers(1, 10 * DAY))
def test_two_halves_are_the_whole(when, start, one, other):
    """However the planner's rounds fall, nothing is due twice and nothing is left out."""
    halves = [*due_times(when, start, start + one), *due_times(when, start + one, start + one + other)]
    assert halves == list(due_times(when, start, start + one + other))


# Which is next


def duty(number: int, service: str = "rds", topic: str = "backups", tip: str | None = "A tip.") -> Duty:
    page = "https://docs.aws.amazon.com/a"
    return Duty(
        f"{service}.d{number}", service, topic, Owner.AWS, "Do", "So.", (), (), (page,), tip, None, True, at="a.yaml:1"
    )


def knowing(*duties: Duty) -> Knowledge:
    return Knowledge({}, {}, duties, (), "v")


DUTIES = st.lists(
    st.builds(
        duty,
        st.integers(0, 50),
        st.sampled_from(("rds", "aurora", "ec2")),
        st.sampled_from(("backups", "patching")),
        st.sampled_from((None, "A tip.", "A tip.")),
    ),
    unique_by=lambda each: each.id,
)
ASKED = st.dictionaries(
    st.tuples(st.sampled_from(("rds", "aurora")), st.sampled_from(("backups", "patching"))), st.integers(1, 9)
)
SERVICES = st.sets(st.sampled_from(("rds", "aurora", "ec2")))


@given(DUTIES, SERVICES, ASKED, st.text())
def test_none_comes_twice_before_all_have_come(duties, services, asked, channel):
    known = knowing(*duties)
    fit = {each.id for each in duties if each.tip and (not services or each.service in services)}
    history, had = History(asked=asked), []
    for _ in range(2 * len(fit)):
        chosen = next_tip(known, services, channel, history)
        had.append(chosen.id)
        history = history.after(chosen)
    assert set(had[: len(fit)]) == set(had[len(fit) :]) == fit
    assert all(one != other for one, other in pairwise(had)) or len(fit) == 1
    if not fit:
        assert next_tip(known, services, channel, history) is None


@given(DUTIES, ASKED, st.text())
def test_most_relevant_is_first(duties, asked, channel):
    assume(any(each.tip for each in duties))
    chosen = next_tip(knowing(*duties), (), channel, History(asked=asked))
    assert relevance(chosen, asked) == max(relevance(each, asked) for each in duties if each.tip)


@given(DUTIES, ASKED, st.text(), st.randoms())
def test_order_of_the_files_does_not_matter(duties, asked, channel, random):
    mixed = random.sample(duties, len(duties))
    history = History(asked=asked)
    assert next_tip(knowing(*duties), (), channel, history) == next_tip(knowing(*mixed), (), channel, history)


def test_channels_differ():
    known = knowing(*map(duty, range(20)))
    assert len({next_tip(known, (), f"C{number}", History()).id for number in range(20)}) > 5


def test_a_new_tip_comes_before_those_that_were_seen():
    known = knowing(*map(duty, range(3)))
    seen = History({"rds.d0": 4, "rds.d1": 4, "rds.d2": 0})
    assert next_tip(known, (), "C1", seen).id == "rds.d2"
    assert next_tip(known, (), "C1", replace(seen, last="rds.d2")).id == "rds.d2"  # it is its turn


def test_upcoming_is_what_comes_one_by_one():
    known, here = knowing(*map(duty, range(4))), Subscription("T1", "C1")
    found = [each.id for _, each in upcoming(known, here, History(), range(8))]
    assert sorted(found[:4]) == sorted(found[4:]) == [f"rds.d{number}" for number in range(4)]
    assert list(upcoming(knowing(), here, History(), range(8))) == []


def test_days_and_zones_are_formatted_as_they_are_typed():
    assert [format_days(days) for days in (WEEKDAYS, DAILY, {0, 2, 4})] == ["weekdays", "daily", "mon,wed,fri"]
    assert str(When(time(9), "Europe/Lisbon")) == "09:00 Europe/Lisbon, weekdays"
    known = known_zones()
    assert (known["lisbon"], known["europe/lisbon"], known["utc"]) == ("Europe/Lisbon", "Europe/Lisbon", "UTC")
