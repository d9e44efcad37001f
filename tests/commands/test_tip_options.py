"""What is typed after `tips on`."""

from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.commands.tip_options import TipOptions, looks_like_options, parse_options
from srmbot.errors import UsageError
from srmbot.tips import DAILY, WEEKDAYS

EXAMPLE = "for example `tips on 09:00 Europe/Lisbon weekdays rds aurora`"
NO_TIME = "is not a valid time: hours go from 00 to 23, minutes from 00 to 59"
WISHES = [
    # typed, what is wished for
    ("", TipOptions()),
    ("09:00", TipOptions(time(9))),
    ("9", TipOptions(time(9))),
    ("9:05", TipOptions(time(9, 5))),
    ("at 9 o'clock", TipOptions(time(9))),
    ("9 O’Clock", TipOptions(time(9))),
    ("9am", TipOptions(time(9))),
    ("9 pm", TipOptions(time(21))),
    ("12am", TipOptions(time(0))),
    ("12:30 pm", TipOptions(time(12, 30))),
    ("9h30", TipOptions(time(9, 30))),
    ("9h", TipOptions(time(9))),
    ("0915", TipOptions(time(9, 15))),
    ("9.30", TipOptions(time(9, 30))),
    ("noon", TipOptions(time(12))),
    ("midnight", TipOptions(time(0))),
    ("Europe/Lisbon", TipOptions(zone="Europe/Lisbon")),
    ("lisbon", TipOptions(zone="Europe/Lisbon")),
    ("utc", TipOptions(zone="UTC")),
    ("weekdays", TipOptions(days=WEEKDAYS)),
    ("daily", TipOptions(days=DAILY)),
    ("every day", TipOptions(days=DAILY)),
    ("weekends", TipOptions(days=frozenset((5, 6)))),
    ("mon,wed,fri", TipOptions(days=frozenset((0, 2, 4)))),
    ("Mondays and thursday", TipOptions(days=frozenset((0, 3)))),
    ("mon-thu", TipOptions(days=frozenset((0, 1, 2, 3)))),
    ("fri-mon", TipOptions(days=frozenset((4, 5, 6, 0)))),
    ("rds aurora", TipOptions(services=("rds", "aurora"))),
    ("rds, aurora and rds custom", TipOptions(services=("rds", "aurora", "rds-custom"))),
    ("about Amazon DynamoDB", TipOptions(services=("dynamodb",))),
    ("all", TipOptions(services=())),
    (
        "9 o'clock Europe/Lisbon weekdays rds aurora",
        TipOptions(time(9), "Europe/Lisbon", WEEKDAYS, ("rds", "aurora")),
    ),
    ("rds 21:00 sat New_York", TipOptions(time(21), "America/New_York", frozenset((5,)), ("rds",))),
]


@pytest.mark.parametrize(("typed", "wish"), WISHES)
def test_is_understood(known, typed, wish):
    assert parse_options(typed.split(), known) == wish


MISTAKES = [
    # typed, what is said
    ("25:00", f"'25:00' {NO_TIME} ({EXAMPLE})"),
    ("09:60", f"'09:60' {NO_TIME} ({EXAMPLE})"),
    ("24:00", "24:00 is not a valid time (use 00:00 for midnight)"),
    ("13pm", f"'13pm' is not a valid time: with pm, hours go from 1 to 12 ({EXAMPLE})"),
    ("9:5", f"'9:5' is not a valid time ({EXAMPLE})"),
    ("-1:00", "'-1:00' is not a time, time zone, day or service I know"),
    ("Europe/Lisbn", "'Europe/Lisbn' is not a time zone I know (did you mean `Europe/Lisbon`?)"),
    ("09:00 lisbom", "'lisbom' is not a time, time zone, day or service I know (did you mean `Europe/Lisbon`?)"),
    ("09:00 dynamodv", "'dynamodv' is not a time, time zone, day or service I know (did you mean `dynamodb`?)"),
    ("09:00 weekdys", "'weekdys' is not a time, time zone, day or service I know (did you mean `weekdays`?)"),
    ("09:00 <!channel>", "'<!channel>' is not a time, time zone, day or service I know"),
]


@pytest.mark.parametrize(("typed", "said"), MISTAKES)
def test_a_mistake_is_explained(known, typed, said):
    with pytest.raises(UsageError) as caught:
        parse_options(typed.split(), known)
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
    assert looks_like_options(typed.split(), known) is meant


@given(st.text())
def test_any_text_is_understood_or_explained(known, text):
    with suppress(UsageError):
        parse_options(text.split(), known)
    looks_like_options(text.split(), known)
