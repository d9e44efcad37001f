"""What is typed after `tips on`."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.commands.wish import Wish, is_meant, understood
from srmbot.errors import UsageError
from srmbot.tips import DAILY, WEEKDAYS

EXAMPLE = "for example `tips on 09:00 Europe/Lisbon weekdays rds aurora`"
NO_TIME = "is no time of day: hours go from 00 to 23, minutes from 00 to 59"
WISHES = [
    # typed, what is wished for
    ("", Wish()),
    ("09:00", Wish(time(9))),
    ("9", Wish(time(9))),
    ("9:05", Wish(time(9, 5))),
    ("at 9 o'clock", Wish(time(9))),
    ("9 O’Clock", Wish(time(9))),
    ("9am", Wish(time(9))),
    ("9 pm", Wish(time(21))),
    ("12am", Wish(time(0))),
    ("12:30 pm", Wish(time(12, 30))),
    ("9h30", Wish(time(9, 30))),
    ("9h", Wish(time(9))),
    ("0915", Wish(time(9, 15))),
    ("9.30", Wish(time(9, 30))),
    ("noon", Wish(time(12))),
    ("midnight", Wish(time(0))),
    ("Europe/Lisbon", Wish(zone="Europe/Lisbon")),
    ("lisbon", Wish(zone="Europe/Lisbon")),
    ("utc", Wish(zone="UTC")),
    ("weekdays", Wish(days=WEEKDAYS)),
    ("daily", Wish(days=DAILY)),
    ("every day", Wish(days=DAILY)),
    ("weekends", Wish(days=frozenset((5, 6)))),
    ("mon,wed,fri", Wish(days=frozenset((0, 2, 4)))),
    ("Mondays and thursday", Wish(days=frozenset((0, 3)))),
    ("mon-thu", Wish(days=frozenset((0, 1, 2, 3)))),
    ("fri-mon", Wish(days=frozenset((4, 5, 6, 0)))),
    ("rds aurora", Wish(services=("rds", "aurora"))),
    ("rds, aurora and rds custom", Wish(services=("rds", "aurora", "rds-custom"))),
    ("about Amazon DynamoDB", Wish(services=("dynamodb",))),
    ("all", Wish(services=())),
    (
        "9 o'clock Europe/Lisbon weekdays rds aurora",
        Wish(time(9), "Europe/Lisbon", WEEKDAYS, ("rds", "aurora")),
    ),
    ("rds 21:00 sat New_York", Wish(time(21), "America/New_York", frozenset((5,)), ("rds",))),
]


@pytest.mark.parametrize(("typed", "wish"), WISHES)
def test_is_understood(known, typed, wish):
    assert understood(typed.split(), known) == wish


MISTAKES = [
    # typed, what is said
    ("25:00", f"'25:00' {NO_TIME} ({EXAMPLE})"),
    ("09:60", f"'09:60' {NO_TIME} ({EXAMPLE})"),
    ("24:00", "24:00 is the 00:00 of the next day (write 00:00 for midnight)"),
    ("13pm", f"'13pm' is no time of day: with pm the hours go from 1 to 12 ({EXAMPLE})"),
    ("9:5", f"'9:5' is no time of day ({EXAMPLE})"),
    ("-1:00", "'-1:00' is no time, zone, day or service that I know"),
    ("Europe/Lisbn", "'Europe/Lisbn' is no time zone that I know (did you mean `Europe/Lisbon`?)"),
    ("09:00 lisbom", "'lisbom' is no time, zone, day or service that I know (did you mean `Europe/Lisbon`?)"),
    ("09:00 dynamodv", "'dynamodv' is no time, zone, day or service that I know (did you mean `dynamodb`?)"),
    ("09:00 weekdys", "'weekdys' is no time, zone, day or service that I know (did you mean `weekdays`?)"),
    ("09:00 <!channel>", "'<!channel>' is no time, zone, day or service that I know"),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES)
def test_a_mistake_is_explained(known, typed, said):
    with pytest.raises(UsageError) as caught:
        understood(typed.split(), known)
    assert str(caught.value).startswith(said)


MEANT = [
    ("", True),
    ("09:00", True),
    ("25:00", True),
    ("Europe/Lisbn", True),
    ("9 o'clock rsd", True),
    ("rds", True),
    ("monday", True),
    ("backups", False),
    ("backups?", False),
    ("rds backups", False),
    ("who patches rds", False),
    ("2 databases?", False),
]


@pytest.mark.parametrize(("typed", "meant"), MEANT)
def test_a_question_is_none(known, typed, meant):
    assert is_meant(typed.split(), known) is meant


@given(st.text())
def test_any_text_is_understood_or_explained(known, text):
    with suppress(UsageError):
        understood(text.split(), known)
    is_meant(text.split(), known)
