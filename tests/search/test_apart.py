"""Learning in a process of its own: the same weights, and a failure that says why."""

import pytest

from srmbot.search import apart
from srmbot.search.apart import learn_apart
from srmbot.search.learn import learn


def test_it_learns_the_same(bot):
    assert learn_apart(bot.knowledge, bot.examples()) == learn(bot.knowledge, bot.examples())


def test_a_process_that_fails_is_told_with_what_it_wrote(bot, monkeypatch):
    monkeypatch.setattr(apart, "to_json", lambda knowledge: {"version": "0"})
    with pytest.raises(RuntimeError, match=r"(?s)^learning ended with 1: .*what was sent is no knowledge of ours"):
        learn_apart(bot.knowledge, ())
