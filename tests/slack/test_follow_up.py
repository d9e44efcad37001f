"""When a digest is due, and which misses the knowledge settles, in which thread."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from srmbot.misses.miss import KeptMiss, Miss
from srmbot.slack.maintainers.digest import due_week
from srmbot.slack.maintainers.follow_up import by_question, find_answer, place_of

SURE = "who sets the backup retention on rds?"
UNKNOWN = "who rotates the zanzibar keys?"
WRONG = Miss("T1", "wrong", "rds", "backups", SURE, "rds.retention", "U1", "C1", "1.2")

WEEKS = [
    ("2026-12-07T08:59:59", "UTC", None),
    ("2026-12-07T09:00:00", "UTC", "2026-W50"),
    ("2026-12-08T08:59:59", "UTC", "2026-W50"),
    ("2026-12-08T09:00:00", "UTC", None),
    ("2026-12-13T12:00:00", "UTC", None),
    ("2026-12-28T09:30:00", "Asia/Tokyo", "2026-W53"),
    ("2027-01-04T09:30:00", "America/New_York", "2027-W01"),
]


@pytest.mark.parametrize(("at", "zone", "week"), WEEKS)
def test_a_digest_is_due_on_monday_morning_and_for_a_day(at, zone, week):
    moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo(zone)).timestamp()
    assert due_week(moment, None if zone == "UTC" else zone) == week


def kept(*misses: Miss) -> list[KeptMiss]:
    return [KeptMiss(f"m{number}", float(number), each) for number, each in enumerate(misses)]


SETTLED = [
    # what was missed, whether the knowledge of today settles it
    (replace(WRONG, reason="unclear", key=""), True),
    (replace(WRONG, reason="unclear", key="", question=UNKNOWN), False),
    (WRONG, False),  # the same answer as before
    (replace(WRONG, key="rds/monitoring"), True),  # another one
    (replace(WRONG, key="rds.gone"), True),
    (replace(WRONG, reason="wrong-owner", owner="aws"), False),  # it is still the customer's
    (replace(WRONG, reason="wrong-owner", owner="customer", key="rds/monitoring"), True),
    (replace(WRONG, reason="wrong-owner", owner="customer"), False),  # as it was
    (replace(WRONG, question="who sets the retention?", key="aurora/backups"), False),  # it leans on its thread
]


@pytest.mark.parametrize(("miss", "settled"), SETTLED)
def test_a_miss_is_settled_by_an_answer_that_it_had_not(bot, miss, settled):
    assert (find_answer(bot.state, kept(miss)) is not None) is settled


def test_a_thumb_and_its_form_are_one_question(bot):
    found = kept(WRONG, replace(WRONG, reason="outdated"), replace(WRONG, thread_ts="1.3"), replace(WRONG, user="U2"))
    groups = by_question(found)
    assert [[each.id for each in group] for group in groups.values()] == [["m0", "m1", "m3"], ["m2"]]


PLACES = [
    (WRONG, {"channel": "C1", "thread_ts": "1.2"}),
    (replace(WRONG, thread_ts=""), {"channel": "U1"}),  # asked in private, and marked as wrong
    (replace(WRONG, thread_ts="", reason="unclear"), None),  # asked in private: nobody is disturbed
]


@pytest.mark.parametrize(("miss", "place"), PLACES)
def test_the_answer_comes_where_it_was_asked(miss, place):
    [(asked, group)] = by_question(kept(miss)).items()
    assert place_of(asked, group) == place
