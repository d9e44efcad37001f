"""What bench/outages counts: an answer that is missing or comes twice must show in its table."""

import time

import pytest

from bench.outages import crowd
from bench.outages.__main__ import row
from bench.outages.crowd import Crowd, Seen
from bench.outages.faults import FAULTS, MAY_LOSE, ON_SQLITE
from bench.outages.site import Balanced
from srmbot.fake_slack.events import Timing
from srmbot.slack.manifest import load_manifest
from tests.support.served_app import over_http


@pytest.fixture
def slack(bot, monkeypatch):
    monkeypatch.setattr(crowd, "EVERY", 0.02)
    monkeypatch.setattr(crowd, "LONGEST", 0.5)
    timing = Timing(retries=(0.05, 0.3))
    with Balanced.from_manifest(load_manifest(), timing=timing) as made, over_http(made, bot) as served:
        yield made
    served.app.close()


def ask_for(slack, seconds=0.3):
    return Crowd(slack).ask_while(lambda: time.sleep(seconds))


def test_where_nothing_is_wrong_everything_is_answered(slack):
    seen = ask_for(slack)
    assert seen.mentions == seen.answered > 0
    assert seen.commands == seen.replied > 0
    assert (seen.lost, seen.doubled, seen.noticed, seen.failed) == (0, 0, 0, 0)


def test_what_was_never_posted_is_lost(slack):
    slack.fail_next("chat.postMessage", times=1000, status=500)
    seen = ask_for(slack)
    assert seen.lost == seen.mentions > 0
    assert (seen.answered, seen.replied) == (0, seen.commands)


def test_an_answer_that_comes_twice_is_doubled(slack):
    asking = Crowd(slack)
    asking.mention()
    slack.wait(lambda: asking.answers() == [1])
    slack.post("Shared: RDS · Backups", thread_ts=asking.mentions[0])
    assert asking.count().doubled == 1


def test_a_later_try_goes_where_the_app_is_by_then(slack):
    where, slack.app_url = slack.app_url, "http://127.0.0.1:1/slack/events"
    asking = Crowd(slack)
    asking.pool.submit(asking.mention)
    time.sleep(0.1)
    slack.app_url = where
    asking.pool.shutdown()
    assert slack.wait(lambda: asking.answers() == [1])


def test_every_fault_has_a_name_and_a_line():
    assert {*MAY_LOSE, *ON_SQLITE} <= FAULTS.keys()
    line = row("nothing", Seen(mentions=3, answered=2, lost=1, commands=4, replied=4, slowest=0.25))
    assert line.split() == "nothing 3 2 1 0 4 4 0 0 0.25 s".split()
