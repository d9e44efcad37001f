"""Text as people type it in Slack or a terminal."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from srmbot.query import (
    ASIDE_WEIGHT,
    HALF_WEIGHT,
    LONG_MESSAGE,
    MAX_CHARACTERS,
    STOP_WORDS,
    clean,
    content_words,
    parse,
    tokenize,
)

CLEANED = [
    # as typed, as understood
    ("who patches RDS?", "who patches RDS?"),
    ("<@U0BOT> backups", "backups"),
    ("@srmbot backups", "backups"),
    ("@jenkins build the backup-job", "@jenkins build the backup-job"),
    ("ask <#C024|ops> about <!here> backups", "ask about backups"),
    ("see <https://example.com/a?b=1|the runbook> first", "see the runbook first"),
    ("see https://example.com/a?b=1 first", "see first"),
    ("who restores :cry: the db :flag-pt:?", "who restores the db ?"),
    ("who restores :CRY::tada: the db", "who restores the db"),
    ("at 10:30:00 it broke", "at 10:30:00 it broke"),
    ("is arn:aws:rds:eu-west-1:1:db ours", "is rds ours"),
    ("R&amp;D owns &lt;this&gt;", "R&D owns <this>"),
    ("`rds.force_ssl` is whose?", "rds.force_ssl is whose?"),
    ("who’s “responsible”", 'who\'s "responsible"'),
    ("must *we* or _they_ patch ~it~?", "must we or they patch it?"),
    ("2 * 3 * 4 of pg_stat_* and rds_superuser_x", "2 * 3 * 4 of pg_stat_* and rds_superuser_x"),
    ("ﬁrewall", "firewall"),
    ("back\u200bups", "backups"),
    ("   ", ""),
]


@pytest.mark.parametrize(("typed", "understood"), CLEANED)
def test_cleans_what_slack_adds(typed, understood):
    assert " ".join(clean(typed).split()) == understood


def test_mail_address_is_no_mention():
    assert "ops@example.com" in clean("write to ops@example.com")


def test_words_are_lower_case_without_punctuation():
    assert tokenize("Who's patching the OS, RDS-Custom?") == ("whos", "patching", "the", "os", "rds", "custom")


def test_short_text_is_one_part():
    assert parse("Hi! Who patches RDS? Thanks.").parts == ((("hi", "who", "patches", "rds", "thanks"), 1.0),)


def test_in_long_text_the_sentence_that_asks_counts_most():
    story = "We moved the shop to a new account last week and everything was slow for an hour or two. " * 2
    query = parse(story + "Who sets the retention of the backups?")
    weights = {words[0]: weight for words, weight in query.parts}
    assert len(query.words) >= LONG_MESSAGE
    assert weights["who"] == 1.0
    assert weights["we"] < 1.0


def test_the_sentence_that_asks_most_plainly_counts_most():
    talk = "We moved the whole shop last week and the team is proud of what was done. "
    query = parse(talk + "The disks are ours. Who patches the hosts? " + talk)
    weights = {words[:2]: weight for words, weight in query.parts}
    assert weights["who", "patches"] == 1.0
    assert weights["the", "disks"] == HALF_WEIGHT
    assert weights["we", "moved"] == ASIDE_WEIGHT


PASTE = "2026-10-02 ERROR connection reset by peer in worker seven\n" * 200  # 11,600 characters


@pytest.mark.parametrize("text", [f"who patches rds?\n{PASTE}", f"{PASTE}who patches rds?"], ids=["before", "after"])
def test_a_question_before_or_after_a_long_paste_is_read(text):
    query = parse(text)
    assert ("who", "patches", "rds") in [words for words, weight in query.parts if weight == 1]
    assert len(query.text) <= MAX_CHARACTERS + 1


def test_blank_text_has_no_parts():
    assert parse(" <@U1> \n").blank


def test_telling_words_leave_out_those_that_only_ask():
    assert content_words(tokenize("who owns the backups of our database?")) == ("backups", "database")


def test_fillers_are_words_as_parsed():
    assert all(tokenize(word) == (word,) for word in STOP_WORDS)


@example(":A:")
@example("HTTP://0")
@given(st.text(string.printable))
def test_shouting_changes_nothing(text):
    assert parse(text.upper()).words == parse(text.lower()).words


@given(st.text())
def test_any_text_can_be_parsed_and_parsing_again_changes_nothing(text):
    query = parse(text)
    assert all(word == word.casefold() and word.strip() for word in query.words)
    assert all(0 < weight <= 1 for _, weight in query.parts)
    assert parse(" ".join(query.words)).words == query.words
