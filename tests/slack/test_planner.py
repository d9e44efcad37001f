"""The planner in one process, with the stand-in's faults and a clock that is moved: what it calls, and what comes."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from srmbot.fake_slack.faults import Limit
from srmbot.slack.tips.planner import BARRED_FOR, FULL_FOR
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages, single_try_client
from srmbot.store.rows import TipState
from srmbot.store.work import REFRESH, SETTLE
from srmbot.tips import DAILY, HORIZON, Subscription, When
from tests.support.played_planner import LIST, SCHEDULE


def test_plans_once_and_then_only_looks(played):
    played.rounds()
    assert played.scheduled() == played.both()
    assert [row.state for row in played.rows()] == [TipState.SCHEDULED]
    assert len(played.calls(LIST)) == len(played.calls(SCHEDULE)) == 2
    played.rounds()
    assert len(played.town.api.calls) == 4
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert (len(played.calls(LIST)), len(played.calls(SCHEDULE))) == (4, 2)


def test_what_comes_is_complete_and_without_previews(played):
    played.rounds()
    played.town.clock.advance(HORIZON)
    played.town.workspace.deliver_due()
    [message] = played.town.tips(played.town.channels[0])
    assert [block["type"] for block in message.blocks] == ["section", "section", "context", "actions"]
    assert [message.options[name] for name in ("unfurl_links", "unfurl_media")] == [False, False]


def test_day_after_day_another_tip(played):
    for _ in range(6):
        played.rounds()
        played.clock.advance(86_400)
    texts = [each.text for each in played.town.tips(played.town.channels[0])]
    played.town.posted()
    texts = [each.text for each in played.town.tips(played.town.channels[0])]
    assert len(texts) == len(set(texts)) == 6


def test_when_rate_limited_it_waits(played):
    played.fail(SCHEDULE, status=429, retry_after=40)
    played.planner.run_round()
    assert [row.attempted_at for row in played.rows()] == [0.0]
    played.clock.advance(39)
    played.planner.run_round()
    assert len(played.calls(SCHEDULE)) == 1
    played.clock.advance(2)
    played.rounds()
    assert played.scheduled() == played.both()
    seen = played.store.history.read(played.town.team, played.town.channels[0].id, played.clock.now()).seen
    assert sum(seen.values()) == 1


def test_a_list_that_fails_schedules_nothing(played):
    played.fail(LIST, status=500)
    played.planner.run_round()
    assert played.calls(SCHEDULE) == []
    played.clock.advance(SETTLE + 2)
    played.rounds()
    assert played.scheduled() == played.both()


def test_keeps_its_own_pace(played, world_of_slacks):
    town = world_of_slacks.towns.found("TPACE", played.clock, 60)
    for method in (SCHEDULE, LIST):
        town.api.faults.limit(method, Limit(50, 60.0))
    for channel in town.channels:
        played.store.subscriptions.subscribe(Subscription(town.team, channel.id, When(days=DAILY), (), town.owner))
    scheduler = ScheduledMessages(
        single_try_client(town.token, world_of_slacks.url), town.team, RateLimit(clock=played.clock.now)
    )
    played.planner.schedulers, played.planner.teams = {town.team: scheduler}.get, lambda: [town.team]
    played.rounds()
    assert len(town.workspace.scheduled) == 45
    played.clock.advance(61)
    played.rounds()
    assert len(town.workspace.scheduled) == 60
    assert [call for call in town.api.calls if call.status == 429] == []
    world_of_slacks.towns.leave(town)


def test_a_change_just_before_its_time_leaves_what_still_fits(played):
    played.rounds()
    [(channel, at)] = played.wanted()
    played.clock.advance(at - 100 - played.clock.now())
    here = played.store.subscriptions.get(played.town.team, channel)
    played.store.subscriptions.subscribe(replace(here, since=int(played.clock.now()) + 120))
    played.rounds()
    assert (channel, at) in played.scheduled()


def test_nothing_new_comes_before_it_was_promised(played):
    [(channel, at)] = played.wanted()
    here = played.store.subscriptions.get(played.town.team, channel)
    played.store.subscriptions.subscribe(replace(here, since=at + 1))
    played.rounds()
    assert played.scheduled() == played.wanted(1)


@pytest.mark.parametrize("error", ["is_archived", "channel_not_found", "not_in_channel", "restricted_action"])
def test_a_channel_that_is_gone_is_paused_and_its_owner_notified_once(played, error):
    played.fail(SCHEDULE, error=error)
    played.rounds()
    played.clock.advance(SETTLE + 2)
    played.rounds()
    channel = played.town.channels[0].id
    assert played.store.subscriptions.get(played.town.team, channel).paused == error
    [notice] = played.calls("chat.postMessage")
    assert notice.params["channel"] == played.town.owner
    assert notice.params["text"].startswith(f"<#{channel}>: Daily tips are paused: ")
    assert played.scheduled() == played.wanted(1)
    assert played.rows() == []
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert len(played.calls("chat.postMessage")) == 1


@pytest.mark.parametrize(("how", "times"), [({"status": 429, "retry_after": 5}, 2), ({"status": 500}, 1)])
def test_an_owner_is_rather_not_notified_than_notified_twice(played, how, times):
    played.town.channels[0].archived = True
    played.fail("chat.postMessage", **how)
    for _ in range(4):
        played.rounds()
        played.clock.advance(SETTLE + 2)
    assert len(played.calls("chat.postMessage")) == times


def test_a_workspace_that_refuses_us_is_left_alone(played):
    played.fail(LIST, error="token_revoked")
    played.planner.run_round()
    played.clock.advance(BARRED_FOR - 1)
    played.planner.run_round()
    assert len(played.town.api.calls) == 1
    played.clock.advance(2)
    played.rounds()
    assert played.scheduled() == played.both()


def test_a_full_channel_waits_and_others_do_not(played):
    played.fail(SCHEDULE, error="restricted_too_many")
    played.rounds()
    assert played.scheduled() == played.wanted(1)
    played.clock.advance(FULL_FOR + 1)
    played.rounds()
    assert played.scheduled() == played.both()


@pytest.mark.parametrize("error", ["time_in_past", "invalid_blocks"])
def test_what_slack_never_takes_is_not_tried_for_ever(played, error):
    played.fail(SCHEDULE, error=error)
    played.rounds()
    assert played.scheduled() == played.wanted(1)
    assert [row.state for row in played.rows()] == [TipState.SKIPPED]


def test_a_tip_that_left_the_knowledge_makes_room(played, known):
    played.fail(SCHEDULE, status=429, retry_after=1)
    played.planner.run_round()
    [row] = played.rows()
    kept = tuple(duty for duty in known.duties if duty.id != row.duty)
    less = type(known)(known.services, known.topics, kept, known.teams, known.version)
    played.planner.context = PlanContext(played.store, lambda: less, played.clock.now)
    played.clock.advance(2)
    played.rounds()
    assert played.scheduled() == played.both()
    assert played.rows()[0].duty not in (None, row.duty)


def test_holidays(played, known):
    at = datetime.fromtimestamp(played.wanted()[0][1], UTC).date()
    played.planner.context = PlanContext(played.store, lambda: known, played.clock.now, {at})
    played.rounds()
    assert played.scheduled() == []


def test_a_channel_that_cannot_be_read_holds_nobody_up(played):
    here = played.store.subscriptions.get(played.town.team, played.town.channels[0].id)
    played.store.subscriptions.subscribe(replace(here, when=replace(here.when, zone="Atlantis/Capital")))
    played.rounds()
    assert played.scheduled() == played.wanted(1)
    played.store.subscriptions.subscribe(here)
    played.clock.advance(FULL_FOR + 1)
    played.rounds()
    assert played.scheduled() == played.both()


def test_many_that_wait_do_not_hide_the_others(played, monkeypatch):
    monkeypatch.setattr("srmbot.slack.tips.planner.MOST_CHANNELS_A_ROUND", 1)
    played.fail(SCHEDULE, error="restricted_too_many")
    played.rounds()
    assert played.scheduled() == played.wanted(1)
