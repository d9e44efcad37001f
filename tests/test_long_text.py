"""Long texts: what asks is found wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.query import MAX_CHARACTERS, asks_who, condense
from tests.support.work import count_calls

QUESTION = "Who sets the backup retention of our RDS instances, us or AWS?"
LOG = "2026-11-30 12:00:01 INFO worker-7 flushed 128 rows to the queue\n"


@pytest.mark.parametrize("share", [0, 0.02, 0.3, 0.5, 0.9, 1])
@pytest.mark.parametrize("size", [4_001, 12_000, 40_000])
def test_a_question_is_read_wherever_it_stands(size, share):
    lines = size // len(LOG) + 1
    before = int(lines * share)
    text = LOG * before + f"{QUESTION}\n" + LOG * (lines - before)
    assert QUESTION in condense(text)


@pytest.mark.parametrize("size", [4_100, 40_000])
def test_a_question_in_a_long_post_is_answered(bot, size):
    text = LOG * (size // 2 // len(LOG)) + QUESTION + "\n" + LOG * (size // 2 // len(LOG))
    answer = bot.state.reply(text)
    assert (answer.owner, answer.service, answer.topic) == ("customer", "rds", "backups"), answer
    assert bot.state.reply("who owns this?", [text]).service == "rds"
    assert answer.question == text


@pytest.mark.parametrize("run", [" ", " \n", "<", "^ ", " ^", ") ", "- "])
def test_a_long_run_is_looked_along_once_and_not_from_each_of_its_signs(run):
    """It would take minutes, and hold up everybody else."""
    assert QUESTION in condense(f"{run * 100_000}\n{QUESTION}\n{run * 100_000}")


def test_what_asks_most_plainly_goes_first():
    chatter = "Did anybody see this line before? " * 200
    assert QUESTION in condense(LOG * 50 + chatter + QUESTION + " " + chatter + LOG * 50)


def test_a_short_text_stays_as_it_is():
    assert condense(QUESTION) == QUESTION
    assert condense("x" * MAX_CHARACTERS) == "x" * MAX_CHARACTERS


@given(st.lists(st.sampled_from(["who? ", "a. ", "us ", "\n", "x" * 700, "y" * 300 + "? "]), min_size=1, max_size=20))
def test_what_is_read_is_never_longer_than_what_may_be(parts):
    part = "".join(parts)
    text = part * (MAX_CHARACTERS // len(part) + 1)
    read = condense(text)
    assert len(read) <= MAX_CHARACTERS
    assert text.startswith(read[:900])
    assert text.endswith(read[-900:])


def count_work(text):
    """How many functions are called to read a text, and how many characters are searched for words that ask."""

    def weigh(frame):
        return 1 + (len(frame.f_locals["text"]) if frame.f_code is asks_who.__code__ else 0)

    return count_calls(lambda: condense(text), weigh)


@pytest.mark.parametrize("part", [LOG + "who? " * 10, "who? ", "a" * 999, "a. "], ids=["log", "who", "word", "signs"])
def test_work_grows_with_the_length_of_a_text_and_no_faster(part):
    shorter, longer = ((part * size)[:size] for size in (8_000, 80_000))  # of both, the ends are read as they are
    assert count_work(longer) <= 15 * count_work(shorter)
