"""Learning in a process of its own: the same weights, and a failure that says why."""

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
