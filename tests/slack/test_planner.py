"""The planner in one process, with the stand-in's faults and a clock that is moved: what it calls, and what comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from bench.tips.child import knowledge
from bench.tips.world import SharedClock, Town, World, world
from srmbot.fake_slack.faults import Fault, Limit
from srmbot.fake_slack.model import Message, Scheduled
from srmbot.slack.tips.planner import BARRED_FOR, FULL_FOR, Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages, single_try_client
from srmbot.store.leases import TERM
from srmbot.store.plan import REFRESH, SETTLE
from srmbot.store.rows import State
from srmbot.store.store import Store
from srmbot.tips import DAILY, HORIZON, Subscription, When

SCHEDULE, LIST, DELETE = "chat.scheduleMessage", "chat.scheduledMessages.list", "chat.deleteScheduledMessage"


@dataclass
class Ahead:
    """What a `multiprocessing.Value` is to a clock, within one process."""

    value: float = 0.0


@dataclass
class Played:
    """A planner, and all around it."""

    town: Town
    store: Store
    planner: Planner
    clock: SharedClock

    def calls(self, method: str) -> list:
        return [call for call in self.town.api.calls if call.method == method]

    def rounds(self, most: int = 20) -> int:
        """Make rounds until nothing is left to be done at once; how many there were."""
        for number in range(1, most):
            if not self.planner.run_round():
                return number
        raise AssertionError("it does not come to an end")

    def fail(self, method: str, times: int = 1, **how) -> None:
        self.town.api.faults.add(method, Fault(**how), times)

    def rows(self, number: int = 0) -> list:
        return self.store.plan.planned(self.town.team, self.town.channels[number].id, self.clock.now())

    def scheduled(self) -> list[tuple[str, int]]:
        held = self.town.workspace.scheduled.values()
        return sorted((each.message.channel, each.post_at) for each in held)

    def wanted(self, number: int = 0) -> list[tuple[str, int]]:
        """The next two noons."""
        noon = datetime.fromtimestamp(self.clock.now(), UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        at = int(noon.timestamp()) + 36 * 3600
        return [(self.town.channels[number].id, at)]


@pytest.fixture(scope="module")
def slack():
    with world() as made:
        yield made


@pytest.fixture
def played(slack: World, tmp_path):
    """Two channels with tips at noon, and exactly one noon within the horizon: it is two in the morning."""
    clock = SharedClock(Ahead())
    now = clock.now()
    midnight = now - now % 86_400 + 86_400
    clock.advance(midnight + 13 * 3600 - now)  # one in the afternoon: the noon of tomorrow is the only one
    town = slack.towns.found(f"T{tmp_path.name}", clock, 2)
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}", clock.now)
    store.prepare()
    when = When(When().at.replace(hour=12), "UTC", DAILY)
    for channel in town.channels:
        store.subscriptions.subscribe(Subscription(town.team, channel.id, when, (), town.owner))
    client = single_try_client(town.token, slack.url, timeout=1)
    scheduler = ScheduledMessages(client, town.team, RateLimit(clock=clock.now))
    planner = Planner(
        PlanContext(store, knowledge, clock.now), {town.team: scheduler}.get, lambda: [town.team], clock.now
    )
    yield Played(town, store, planner, clock)
    store.close()
    slack.towns.leave(town)
    assert town.workspace.complaints == []
    assert all("metadata" not in call.params for call in town.api.calls)


def both(played):
    return sorted(played.wanted(0) + played.wanted(1))


def test_plans_once_and_then_only_looks(played):
    played.rounds()
    assert played.scheduled() == both(played)
    assert [row.state for row in played.rows()] == [State.SCHEDULED]
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


def test_a_call_that_arrives_late_is_not_made_again(played):
    """It is cut off after a second, and carried out half a second later."""
    played.fail(SCHEDULE, delay=1.5)
    played.planner.run_round()
    assert played.scheduled() == []
    assert [row.state for row in played.rows()] == [State.TRYING]
    played.clock.advance(SETTLE - 3)
    played.planner.run_round()
    assert len(played.calls(SCHEDULE)) == 1
    played.town.workspace.wait(lambda: played.town.workspace.scheduled)
    played.clock.advance(6)
    played.rounds()
    assert played.scheduled() == both(played)
    assert len(played.calls(SCHEDULE)) == 2


UNCLEAR = [{"status": 500}, {"status": 503}, {"error": "internal_error"}, {"drop_after_accept": True}]


@pytest.mark.parametrize("how", UNCLEAR, ids=str)
def test_what_is_unclear_is_looked_up(played, how):
    played.fail(SCHEDULE, **how)
    played.planner.run_round()
    played.clock.advance(SETTLE + 2)
    played.rounds()
    assert played.scheduled() == both(played)
    assert len(played.calls(SCHEDULE)) == (2 if how.get("drop_after_accept") else 3)


def test_when_rate_limited_it_waits(played):
    played.fail(SCHEDULE, status=429, retry_after=40)
    played.planner.run_round()
    assert [row.attempted_at for row in played.rows()] == [0.0]
    played.clock.advance(39)
    played.planner.run_round()
    assert len(played.calls(SCHEDULE)) == 1
    played.clock.advance(2)
    played.rounds()
    assert played.scheduled() == both(played)
    seen = played.store.history.read(played.town.team, played.town.channels[0].id, played.clock.now()).seen
    assert sum(seen.values()) == 1


def test_a_list_that_fails_schedules_nothing(played):
    played.fail(LIST, status=500)
    played.planner.run_round()
    assert played.calls(SCHEDULE) == []
    played.clock.advance(SETTLE + 2)
    played.rounds()
    assert played.scheduled() == both(played)


def test_keeps_its_own_pace(played, slack):
    town = slack.towns.found("TPACE", played.clock, 60)
    for method in (SCHEDULE, LIST):
        town.api.faults.limit(method, Limit(50, 60.0))
    for channel in town.channels:
        played.store.subscriptions.subscribe(Subscription(town.team, channel.id, When(days=DAILY), (), town.owner))
    scheduler = ScheduledMessages(
        single_try_client(town.token, slack.url), town.team, RateLimit(clock=played.clock.now)
    )
    played.planner.schedulers, played.planner.teams = {town.team: scheduler}.get, lambda: [town.team]
    played.rounds()
    assert len(town.workspace.scheduled) == 45
    played.clock.advance(61)
    played.rounds()
    assert len(town.workspace.scheduled) == 60
    assert [call for call in town.api.calls if call.status == 429] == []
    slack.towns.leave(town)


def put(played, post_at: int, text: str = "x") -> Scheduled:
    """A message that Slack has of us."""
    message = Message(played.town.channels[0].id, "", "U0SRMBOT01", text)
    return played.town.workspace.schedule(message, post_at)


def test_what_is_there_twice_is_taken_back_once(played):
    played.rounds()
    extra = put(played, played.wanted()[0][1])
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert played.scheduled() == both(played)
    assert extra.id not in played.town.workspace.scheduled
    assert len(played.calls(DELETE)) == 1


def test_what_is_there_is_adopted_with_its_tip(played):
    duty = next(duty for duty in knowledge().duties if duty.tip)
    held = put(played, played.wanted()[0][1], f"Who owns what: x\n{duty.tip}\nYou …")
    played.rounds()
    [row] = played.rows()
    assert (row.scheduled_id, row.duty, row.state) == (held.id, duty.id, State.SCHEDULED)
    assert played.scheduled() == both(played)


def test_what_is_gone_is_planned_again_after_a_second_look(played):
    played.rounds()
    played.town.workspace.scheduled.clear()
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert played.scheduled() == []
    played.clock.advance(SETTLE + 2)
    played.rounds()
    assert played.scheduled() == both(played)


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


def test_nobody_elses_message_is_touched(played):
    other = put(played, int(played.clock.now()) + 7200)
    played.rounds()
    assert other.id in played.town.workspace.scheduled


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
    assert played.scheduled() == both(played)


def test_a_full_channel_waits_and_others_do_not(played):
    played.fail(SCHEDULE, error="restricted_too_many")
    played.rounds()
    assert played.scheduled() == played.wanted(1)
    played.clock.advance(FULL_FOR + 1)
    played.rounds()
    assert played.scheduled() == both(played)


@pytest.mark.parametrize("error", ["time_in_past", "invalid_blocks"])
def test_what_slack_never_takes_is_not_tried_for_ever(played, error):
    played.fail(SCHEDULE, error=error)
    played.rounds()
    assert played.scheduled() == played.wanted(1)
    assert [row.state for row in played.rows()] == [State.SKIPPED]


def test_off_takes_back_and_the_last_minute_is_too_late(played):
    played.rounds()
    for channel in played.town.channels:
        played.store.subscriptions.unsubscribe(played.town.team, channel.id, played.clock.now())
        if channel is played.town.channels[0]:
            played.rounds()
            assert played.scheduled() == played.wanted(1)
            played.clock.advance(played.wanted(1)[0][1] - 50 - played.clock.now())
    played.rounds()
    assert played.calls(DELETE)[1:] == []
    played.clock.advance(60)
    assert played.town.posted().total() == 1


def test_a_tip_that_left_the_knowledge_makes_room(played):
    played.fail(SCHEDULE, status=429, retry_after=1)
    played.planner.run_round()
    [row] = played.rows()
    known = knowledge()
    kept = tuple(duty for duty in known.duties if duty.id != row.duty)
    less = type(known)(known.services, known.topics, kept, known.teams, known.version)
    played.planner.context = PlanContext(played.store, lambda: less, played.clock.now)
    played.clock.advance(2)
    played.rounds()
    assert played.scheduled() == both(played)
    assert played.rows()[0].duty not in (None, row.duty)


def test_holidays(played):
    at = datetime.fromtimestamp(played.wanted()[0][1], UTC).date()
    played.planner.context = PlanContext(played.store, knowledge, played.clock.now, {at})
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
    assert played.scheduled() == both(played)


def test_many_that_wait_do_not_hide_the_others(played, monkeypatch):
    monkeypatch.setattr("srmbot.slack.tips.planner.MOST", 1)
    played.fail(SCHEDULE, error="restricted_too_many")
    played.rounds()
    assert played.scheduled() == played.wanted(1)


class Sleeper(ScheduledMessages):
    """Sleeps in the moment before its first tip goes out, while something else happens."""

    def schedule(self, *given):
        meanwhile, self.meanwhile = getattr(self, "meanwhile", lambda: None), lambda: None
        meanwhile()
        return super().schedule(*given)


def test_who_slept_past_the_lease_has_the_other_look_again(played):
    other = Planner(played.planner.context, played.planner.schedulers, played.planner.teams, played.clock.now)

    def meanwhile():
        played.clock.advance(TERM + 2)
        while other.run_round():
            pass
        assert played.scheduled() == both(played)

    sleeper = Sleeper(played.planner.schedulers(played.town.team).client, played.town.team)
    sleeper.meanwhile = meanwhile
    played.planner.schedulers = {played.town.team: sleeper}.get
    played.planner.run_round()
    assert len(played.scheduled()) == 3
    while other.run_round():
        pass
    assert played.scheduled() == both(played)
