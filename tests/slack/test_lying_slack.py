"""A Slack that does not say what became of a call, or says what is not so: never two tips, and none lost in silence."""

import logging

import pytest

from srmbot.slack.tips.planner import Planner
from srmbot.slack.tips.scheduled_messages import PROOFS, ScheduledMessages
from srmbot.store.claims import TERM
from srmbot.store.rows import UNREADABLE, TipState
from srmbot.store.work import CHECK_AFTER, REFRESH, SETTLE
from srmbot.tips import LEAD
from tests.support.played_planner import DELETE, HISTORY, SCHEDULE


def look_twice(played) -> None:
    for _ in range(2):
        played.clock.advance(SETTLE + 2)
        played.rounds()


def test_a_call_that_arrives_late_is_not_made_again(played):
    """It is cut off after a second, and carried out half a second later; on a busy machine, while the round ends."""
    played.fail(SCHEDULE, delay=1.5)
    played.planner.run_round()
    assert [row.state for row in played.rows()] == [TipState.TRYING]
    played.clock.advance(SETTLE - 3)
    played.planner.run_round()
    assert len(played.calls(SCHEDULE)) == 1
    played.town.workspace.wait(lambda: played.town.workspace.scheduled)
    played.clock.advance(6)
    played.rounds()
    assert played.scheduled() == played.both()
    assert [row.state for row in played.rows()] == [TipState.SCHEDULED]
    assert len(played.calls(SCHEDULE)) == 2


UNCLEAR = [
    # what goes wrong, whether Slack has the tip
    ({"status": 500}, False),
    ({"status": 503}, False),
    ({"error": "internal_error"}, False),
    ({"drop_after_accept": True}, True),
]


@pytest.mark.parametrize(("how", "there"), UNCLEAR, ids=str)
def test_what_is_unclear_is_looked_up_twice_and_never_handed_over_again(played, how, there):
    played.fail(SCHEDULE, **how)
    played.planner.run_round()
    look_twice(played)
    assert played.scheduled() == (played.both() if there else played.wanted(1))
    assert [(row.state, row.is_unsure) for row in played.rows()] == [
        (TipState.SCHEDULED, False) if there else (TipState.TRYING, True)
    ]
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert len(played.calls(SCHEDULE)) == 2


@pytest.mark.parametrize("lag", [SETTLE * 1.5, REFRESH / 2, float("inf")])
def test_a_list_that_is_behind_doubles_nothing(played, lag):
    """The answer to the first tip is lost, and the list does not show it for a while, or ever."""
    played.town.workspace.list_lag = lag
    played.fail(SCHEDULE, drop_after_accept=True)
    played.planner.run_round()
    look_twice(played)
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert played.scheduled() == played.both()
    assert [row.is_unsure for row in played.rows()] == [lag > REFRESH]


def test_an_answer_to_another_call_is_no_answer(played):
    played.planner.run_round()
    played.clock.advance(86_400)
    played.fail(SCHEDULE, repeat=True)
    played.planner.run_round()
    assert [row.state for row in played.rows()] == [TipState.TRYING]
    look_twice(played)
    assert [row.is_unsure for row in played.rows()] == [True]


def test_what_slack_gave_an_id_for_is_believed_without_the_list(played):
    played.rounds()
    played.town.workspace.list_lag = float("inf")
    played.clock.advance(REFRESH + 1)
    look_twice(played)
    assert [row.state for row in played.rows()] == [TipState.SCHEDULED]
    assert len(played.calls(SCHEDULE)) == 2


def test_a_call_that_never_left_is_made_again(played, world_of_slacks):
    client = played.planner.schedulers(played.town.team).client
    client.base_url = "http://127.0.0.1:1/api/"
    played.planner.run_round()
    client.base_url = world_of_slacks.url
    look_twice(played)
    assert played.scheduled() == played.both()


def test_what_is_there_twice_is_taken_back_once(played):
    played.rounds()
    extra = played.put(played.wanted()[0][1])
    played.clock.advance(REFRESH + 1)
    played.rounds()
    assert played.scheduled() == played.both()
    assert extra.id not in played.town.workspace.scheduled


def test_what_is_there_is_adopted_with_its_tip(played, known):
    duty = next(duty for duty in known.duties if duty.tip)
    held = played.put(played.wanted()[0][1], f"Who owns what: x\n{duty.tip}\nYou …")
    played.rounds()
    [row] = played.rows()
    assert (row.scheduled_id, row.duty, row.state) == (None, duty.id, TipState.TRYING)
    look_twice(played)
    [row] = played.rows()
    assert (row.scheduled_id, row.duty, row.state) == (held.id, duty.id, TipState.SCHEDULED)
    assert played.scheduled() == played.both()


def test_an_older_tip_for_the_same_second_is_not_taken_for_ours(played, known):
    """A list that is behind shows what was there before."""
    duty = [duty for duty in known.duties if duty.tip][-1]
    played.fail(SCHEDULE, status=500)
    played.planner.run_round()
    played.put(played.wanted()[0][1], f"Who owns what: x\n{duty.tip}\nYou …")
    look_twice(played)
    assert [(row.scheduled_id, row.is_unsure) for row in played.rows()] == [(None, True)]


def test_nobody_elses_message_is_touched(played):
    other = played.put(int(played.clock.now()) + 7200)
    played.rounds()
    assert other.id in played.town.workspace.scheduled


def test_nothing_is_scheduled_within_ten_minutes(played):
    [(channel, at)] = played.wanted()
    played.advance_to(at - LEAD)
    played.rounds()
    assert (channel, at) not in played.scheduled()
    assert at not in [row.post_at for row in played.rows()]


def test_off_takes_back_until_ten_minutes_before(played):
    played.rounds()
    for channel in played.town.channels:
        played.store.subscriptions.unsubscribe(played.town.team, channel.id, played.clock.now())
        if channel is played.town.channels[0]:
            played.rounds()
            assert played.scheduled() == played.wanted(1)
            played.advance_to(played.wanted(1)[0][1] - LEAD)
    deleted = len(played.calls(DELETE))
    played.rounds()
    assert len(played.calls(DELETE)) == deleted
    played.clock.advance(LEAD + 10)
    assert played.town.posted().total() == 1


def test_a_deletion_that_was_not_made_is_made_again(played):
    """Slack's yes is believed when it then says that it has no such message."""
    played.rounds()
    for channel in played.town.channels:
        played.store.subscriptions.unsubscribe(played.town.team, channel.id, played.clock.now())
    played.planner.run_round()
    assert played.scheduled() == []
    assert [call.answer.get("error") for call in played.calls(DELETE)] == [None, "invalid_scheduled_message_id"] * 2


def test_repeated_answers_to_a_deletion_leave_no_second_tip(played):
    played.rounds()
    [(channel, at)] = played.wanted()
    spare = played.put(at + 7200)
    ScheduledMessages(played.planner.schedulers(played.town.team).client, played.town.team).unschedule(
        channel, spare.id
    )
    played.fail(DELETE, PROOFS, repeat=True)
    here = played.store.subscriptions.get(played.town.team, channel)
    played.store.subscriptions.subscribe(here, [at])
    played.planner.run_round()
    assert played.scheduled() == played.both()
    assert [row.state for row in played.rows()] == [TipState.DROPPING]
    look_twice(played)
    assert played.scheduled() == played.both()
    assert [row.state for row in played.rows()] == [TipState.SCHEDULED]


def test_what_is_called_off_without_an_answer_is_deleted_when_it_shows(played):
    played.town.workspace.list_lag = SETTLE * 1.5
    played.fail(SCHEDULE, drop_after_accept=True)
    played.planner.run_round()
    [(channel, _)] = played.wanted()
    played.store.subscriptions.unsubscribe(played.town.team, channel, played.clock.now())
    look_twice(played)
    look_twice(played)
    assert played.scheduled() == played.wanted(1)


class Sleeper(ScheduledMessages):
    """Sleeps in the moment before its first tip goes out, while something else happens."""

    def schedule(self, *given):
        meanwhile, self.meanwhile = getattr(self, "meanwhile", lambda: None), lambda: None
        meanwhile()
        return super().schedule(*given)


def test_who_slept_past_the_claim_is_the_only_one_to_hand_it_over(played):
    other = Planner(played.planner.context, played.planner.schedulers, played.planner.teams, played.clock.now)

    def meanwhile():
        for _ in range(3):
            played.clock.advance(TERM + 2)
            while other.run_round():
                pass
        assert played.scheduled() == played.wanted(1)

    sleeper = Sleeper(played.planner.schedulers(played.town.team).client, played.town.team)
    sleeper.meanwhile = meanwhile
    played.planner.schedulers = {played.town.team: sleeper}.get
    played.planner.run_round()
    while other.run_round():
        pass
    assert played.scheduled() == played.both()
    assert [row.state for row in played.rows()] == [TipState.SCHEDULED]


# What was posted


def post_and_look(played, at: int = 0) -> None:
    played.advance_to((at or played.wanted()[0][1]) + CHECK_AFTER + 1)
    played.rounds()


def past(played):
    """The tip of the first channel that was due just now."""
    since = played.clock.now() - 2 * CHECK_AFTER
    return played.store.plan.planned(played.town.team, played.town.channels[0].id, since)[0]


def test_what_was_posted_is_seen_where_the_channel_may_be_read(played):
    played.town.workspace.scopes.add("channels:history")
    played.rounds()
    post_and_look(played)
    assert (past(played).came, past(played).was_lost) == (1, False)
    played.clock.advance(REFRESH)
    played.rounds()
    assert len(played.calls(HISTORY)) == 2


def test_where_the_channel_may_not_be_read_it_is_not_known(played):
    played.rounds()
    post_and_look(played)
    assert (past(played).came, past(played).was_lost) == (UNREADABLE, False)


def test_what_slack_did_not_post_is_reported_and_may_come_again(played, caplog):
    played.town.workspace.scopes.add("channels:history")
    played.rounds()
    duty = played.rows()[0].duty
    played.town.workspace.scheduled.clear()
    with caplog.at_level(logging.WARNING):
        post_and_look(played)
    assert (past(played).came, past(played).was_lost) == (0, True)
    assert caplog.messages.count("tip_not_posted") == 2
    assert played.store.history.read(played.town.team, played.town.channels[0].id, played.clock.now()).seen[duty] == 0


def test_what_came_although_it_was_called_off_is_reported(played, caplog):
    played.town.workspace.scopes.add("channels:history")
    played.rounds()
    [(channel, at)] = played.wanted()
    played.advance_to(at - 240)
    [row] = played.store.subscriptions.unsubscribe(played.town.team, channel, played.clock.now())
    assert not played.planner.schedulers(played.town.team).unschedule(channel, row.scheduled_id)
    with caplog.at_level(logging.WARNING):
        post_and_look(played, at)
    assert caplog.messages.count("tip_came_all_the_same") == 1
    assert past(played).came == 1


def test_a_channel_that_may_not_be_read_just_now_holds_up_no_tip(played):
    played.town.workspace.scopes.add("channels:history")
    played.rounds()
    played.fail(HISTORY, 2, status=429, retry_after=60)
    post_and_look(played)
    assert past(played).came is None
    assert len(played.scheduled()) == 2
