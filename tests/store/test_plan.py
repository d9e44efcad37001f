"""Each step of handing a tip to Slack, as the store keeps it, on both databases."""

import pytest

from srmbot.store.plan import is_settled
from srmbot.store.rows import LOOKS, UNREADABLE, TipState
from srmbot.store.work import SETTLE
from srmbot.tips import History
from tests.support.planning import HERE, NOW, row, tip


def test_a_tip_is_begun_once(store, claim, here):
    assert store.plan.begin(claim, here, tip())
    assert not store.plan.begin(claim, here, tip(duty="rds.other"))
    assert row(store) == tip()
    assert store.history.read("T1", "C1", NOW) == History({"rds.retention": 1}, {}, "rds.retention")


@pytest.mark.parametrize("change", ["changed", "off", "paused"])
def test_nothing_is_begun_for_what_has_changed(store, claim, here, change):
    if change == "changed":
        store.subscriptions.subscribe(HERE)
    elif change == "off":
        store.subscriptions.unsubscribe("T1", "C1", NOW)
    else:
        store.plan.pause(claim, here, "is_archived")
    assert not store.plan.begin(claim, here, tip())
    assert store.plan.planned("T1", "C1", 0) == []


def test_what_was_called_off_meanwhile_stays_so(store, claim, here):
    store.plan.begin(claim, here, tip())
    store.subscriptions.unsubscribe("T1", "C1", NOW)
    assert store.plan.mark_scheduled(tip(), "Q1") is TipState.DROPPING
    assert row(store).scheduled_id == "Q1"
    assert not store.plan.mark_retried(claim, tip(), NOW + 99)
    store.plan.forget_cancelled(row(store))
    assert store.plan.mark_scheduled(tip(), "Q1") is None


def test_only_what_slack_surely_does_not_have_is_handed_over_again(store, claim, here):
    store.plan.begin(claim, here, tip())
    assert row(store).may_be_there
    assert not store.plan.mark_retried(claim, tip(), NOW + 99)
    store.plan.mark_rejected(tip())
    assert not row(store).may_be_there
    assert store.plan.mark_retried(claim, tip(), NOW + 99)
    assert row(store).attempted_at == NOW + 99


def test_what_slack_does_not_show_twice_stays_unsure(store, claim, here):
    store.plan.begin(claim, here, tip())
    for number in range(LOOKS):
        assert not row(store).is_unsure
        store.plan.mark_looked(claim, row(store), NOW + number)
    assert row(store).is_unsure
    assert not row(store).will_come
    assert row(store).was_lost
    assert not store.plan.begin(claim, here, tip(duty="rds.other"))


def test_an_answer_that_comes_late_is_kept(store, claim, here):
    """Of a process that slept: nobody else has handed the tip over meanwhile."""
    store.plan.begin(claim, here, tip())
    for number in range(LOOKS):
        store.plan.mark_looked(claim, row(store), NOW + number)
    assert store.plan.mark_scheduled(tip(), "Q1") is TipState.SCHEDULED
    assert (row(store).scheduled_id, row(store).is_unsure, row(store).will_come) == ("Q1", False, True)
    store.plan.mark_rejected(tip())
    assert row(store).scheduled_id == "Q1"
    assert row(store).attempted_at > 0


CAME = [
    # how often it was seen in the channel, whether it was lost, how often it counts as seen
    (0, True, 0),
    (1, False, 1),
    (2, False, 1),
    (UNREADABLE, False, 1),
]


@pytest.mark.parametrize("case", CAME)
def test_a_tip_that_did_not_come_was_not_seen(store, claim, here, case):
    times, lost, seen = case
    store.plan.begin(claim, here, tip())
    store.plan.mark_scheduled(tip(), "Q1")
    for _ in range(2):
        store.plan.mark_came(row(store), times)
    assert (row(store).came, row(store).was_lost) == (times, lost)
    assert store.history.read("T1", "C1", NOW).seen == {"rds.retention": seen}


def test_a_clock_that_was_set_back_leaves_nothing_unsettled():
    assert is_settled(tip(), NOW - 40 * 86_400)
    assert not is_settled(tip(), NOW + 1)
    assert is_settled(tip(), NOW + SETTLE)
