"""What a terminal shows: lines of its width, the verdict in colour, progress; and a pipe none of these."""

import io
import re
import time

import pytest

from srmbot.cli import progress as progressing
from srmbot.cli.progress import CLEAR, progress
from srmbot.cli.terminal import show, wrap
from tests.support.terminal import in_terminal

QUESTION = "who takes the backups in rds?"
ADDRESS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html"

WRAPPED = [
    # line, width, lines
    ("You set the backup retention period.", 20, ["You set the backup", "retention period."]),
    ("  - Set the backup retention period", 24, ["  - Set the backup", "    retention period"]),
    ("Next: Set BackupRetentionPeriod now", 24, ["Next: Set", "  BackupRetentionPeriod", "  now"]),
    ("1. rds/backups customer 1.00 pinned", 24, ["1. rds/backups customer", "  1.00 pinned"]),
    (f"AWS says so: {ADDRESS}", 24, ["AWS says so:", f"  {ADDRESS}"]),
    ("one\n\ntwo", 24, ["one", "", "two"]),
    ("a well-known key", 20, ["a well-known key"]),
    ("word " * 9, 3, ["word word word word", "word word word word", "word"]),
]


@pytest.mark.parametrize(("line", "width", "lines"), WRAPPED)
def test_lines_are_wrapped_between_words(line, width, lines):
    assert wrap(line, width) == lines


def ask(folder, cache, width=60, **environment):
    """What a terminal shows for a question, with the signs for colours."""
    with in_terminal(folder, "ask", QUESTION, width=width, SRMBOT_CACHE=str(cache), **environment) as terminal:
        assert terminal.end() == 0
        return terminal.raw.replace("\r\n", "\n")


def test_a_terminal_gets_its_width_and_the_verdict_in_colour(tmp_path, cache_folder, bot):
    shown = ask(tmp_path, cache_folder)
    first, *others = shown.splitlines()
    assert first == "\x1b[1;35mShared: RDS · Backups\x1b[0m"
    assert "\x1b" not in "".join(others)
    assert [line for line in others if len(line) > 60 and " " in line.strip()] == []
    assert len(others) > len(ask(tmp_path, cache_folder, width=200).splitlines())


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_declined(tmp_path, cache_folder, bot, environment):
    assert ask(tmp_path, cache_folder, **environment).startswith("Shared: RDS · Backups\n")


def test_a_pipe_gets_neither(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    show("a line that is far longer than twenty characters", "\x1b[1m")
    assert capsys.readouterr().out == "a line that is far longer than twenty characters\n"


# progress


class Watched(io.StringIO):
    """Standard error, as a person sees it."""

    def isatty(self):
        return True


def said_of(seconds, patience, stream, monkeypatch):
    """What is said of something that takes so many seconds."""
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progressing, "UNEXPLAINED_WAIT", patience)
    with progress("Learning"):
        time.sleep(seconds)
    return stream.getvalue()


def test_what_takes_a_while_is_said_and_taken_away(monkeypatch):
    assert re.fullmatch(r"(\r\x1b\[KLearning … \d s)+\r\x1b\[K", said_of(1.3, 0.01, Watched(), monkeypatch))


def test_what_is_quick_is_not_said(monkeypatch):
    assert said_of(0.01, 30, Watched(), monkeypatch) == ""


def test_a_log_gets_no_progress(monkeypatch):
    assert said_of(1.3, 0.01, io.StringIO(), monkeypatch) == ""


def test_learning_is_said_in_a_terminal(tmp_path, bot):
    with in_terminal(tmp_path, "ask", QUESTION, SRMBOT_CACHE="off") as terminal:
        assert terminal.end() == 0
    assert "learning_started" not in terminal.shown
    before, _, after = terminal.raw.partition("\x1b[1;35mShared: RDS · Backups")
    assert after
    assert before in ("", CLEAR) or "Learning from the knowledge, once for each version of it … " in before
