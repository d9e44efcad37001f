"""Typos are corrected to words that people use; everything else stays as it was typed."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.search.spelling import LONG, Spelling

FREQUENT = ["backups", "backup", "patching", "responsible", "database", "monitoring", "recover"]
SPELLING = Spelling(lambda: FREQUENT, {*FREQUENT, "pastes"}.__contains__)

SLIPS = [
    # typed, read as
    ("bakcups", "backups"),
    ("abckups", "backups"),
    ("pathcing", "patching"),
    ("responsable", "responsible"),
    ("resposnable", "responsible"),
    ("bakup", "backup"),
    ("pastes", "pastes"),
    ("back", "back"),
    ("mysql8", "mysql8"),
    ("elephants", "elephants"),
]


@pytest.mark.parametrize(("typed", "meant"), SLIPS)
def test_mends(typed, meant):
    assert SPELLING.correct((typed,)) == (meant,)


def test_the_more_frequent_word_is_meant_where_two_are_as_near():
    assert Spelling(lambda: ["grants", "grands"], lambda word: False).correct(("granxs",)) == ("grants",)


def test_a_short_word_is_forgiven_one_slip_alone():
    assert len("backups") < LONG
    assert SPELLING.correct(("bakcupz",)) == ("bakcupz",)


@given(st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=12)))
def test_no_word_is_lost_and_mending_again_changes_nothing(words):
    once = SPELLING.correct(tuple(words))
    assert len(once) == len(words)
    assert SPELLING.correct(once) == once
