"""Learning in a process of its own: the same weights, and a failure that says why."""

import signal
import subprocess
import sys

import pytest

from srmbot.search.learning import process as apart
from srmbot.search.learning.process import learn_in_process
from srmbot.search.learning.train import learn


def test_it_learns_the_same(bot):
    assert learn_in_process(bot.knowledge, bot.state.examples()) == learn(bot.knowledge, bot.state.examples())


def test_a_process_that_fails_is_reported_with_what_it_wrote(bot, monkeypatch):
    monkeypatch.setattr(apart, "to_json", lambda knowledge: {"version": "0"})
    with pytest.raises(RuntimeError, match=r"(?s)^learning ended with 1: .*what was sent is no knowledge of ours"):
        learn_in_process(bot.knowledge, ())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_what_uses_too_much_of_the_processor_is_ended():
    code = "from srmbot.search.learning.process import *; limit_processor_time(1)\nwhile True: pass"
    assert subprocess.run([sys.executable, "-c", code], timeout=120, check=False).returncode == -signal.SIGXCPU


def test_an_end_by_the_system_says_what_it_may_be(bot, monkeypatch):
    done = subprocess.CompletedProcess([], -signal.SIGXCPU, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    with pytest.raises(RuntimeError, match=r"^learning ended with -24, after 1800 s of processor time: $"):
        learn_in_process(bot.knowledge, ())
