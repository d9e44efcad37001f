"""Which channels are planned next, and by whom, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from srmbot.store.claims import FOREVER, TERM, LostClaimError
from srmbot.store.rows import LOOKS
from srmbot.store.store import Store
from srmbot.store.work import CHECK_AFTER, CHECK_UNTIL, FEW_TEAMS, SETTLE
from srmbot.tips import HORIZON, LEAD
from tests.support.planning import HERE, NOW, SOON, row, tip

DAY = 86_400


def pending(store, now=NOW, team="T1"):
    return [channel for _, channel in store.work.pending([team], now, 9)]


def test_what_is_open_comes_first_then_what_is_old(store, claim, here):
    for channel in ("C2", "C3"):
        store.subscriptions.subscribe(replace(HERE, channel=channel))
    for channel, until in (("C1", HORIZON), ("C2", HORIZON - 2 * 3600), ("C3", HORIZON - 5 * 3600)):
        store.plan.mark_planned(claim, store.subscriptions.get("T1", channel), NOW + until)
    store.claims.release(claim)
    assert pending(store) == ["C3", "C2"]
    store.plan.begin(claim, here, tip())
    assert pending(store, NOW + SETTLE - 1) == ["C3", "C2"]
    assert pending(store, NOW + SETTLE) == ["C1", "C3", "C2"]
    assert store.work.pending(["T1"], NOW + SETTLE, 1) == [("T1", "C1")]
    assert pending(store, NOW + SETTLE, "T2") == []
    assert len(store.work.pending([f"T{number}" for number in range(2, FEW_TEAMS + 3)], NOW + SETTLE, 9)) == 3


def test_a_change_makes_work_and_an_old_look_does_not_undo_it(store, claim, here):
    store.plan.mark_planned(claim, here, NOW + HORIZON)
    store.claims.release(claim)
    assert pending(store) == []
    store.subscriptions.subscribe(HERE)
    store.plan.mark_planned(claim, here, NOW + HORIZON)
    assert pending(store) == ["C1"]


def test_dropping_is_work_until_it_is_too_late(store, claim, here):
    store.plan.begin(claim, here, tip())
    store.plan.mark_scheduled(tip(), "Q1")
    store.subscriptions.unsubscribe("T1", "C1", NOW)
    store.claims.release(claim)
    assert pending(store, SOON - LEAD - 1) == ["C1"]
    assert pending(store, SOON - LEAD) == []


def test_what_slack_did_not_show_twice_is_no_work(store, claim, here):
    store.plan.mark_planned(claim, here, NOW + HORIZON)
    store.plan.begin(claim, here, tip())
    for number in range(LOOKS):
        store.plan.mark_looked(claim, row(store), NOW - SETTLE + number)
    store.claims.release(claim)
    assert pending(store) == []


def test_a_tip_is_looked_for_in_its_channel_once(store, claim, here):
    store.plan.mark_planned(claim, here, NOW + HORIZON)
    store.plan.begin(claim, here, tip(int(NOW) - 10))
    store.plan.mark_scheduled(tip(int(NOW) - 10), "Q1")
    store.claims.release(claim)
    assert pending(store) == []
    assert pending(store, NOW + CHECK_AFTER) == ["C1"]
    store.plan.mark_planned(claim, here, NOW + DAY - 60 + HORIZON)
    assert pending(store, NOW + CHECK_UNTIL) == []
    assert pending(store, NOW + CHECK_UNTIL - 60) == ["C1"]
    store.plan.mark_came(row(store, int(NOW) - 10), 1)
    assert pending(store, NOW + CHECK_UNTIL - 60) == []


def test_a_clock_that_was_wrong_leaves_nothing_undone(store, claim, here):
    """Written down in the future, and the clock was set back."""
    store.plan.begin(claim, here, tip())
    store.plan.mark_planned(claim, here, NOW + HORIZON)
    store.claims.release(claim)
    assert pending(store, NOW - 40 * DAY) == ["C1"]


def test_a_claim_is_one_process_and_ends(store):
    at = [NOW]
    store.now = lambda: at[0]
    store.subscriptions.subscribe(HERE)
    [mine] = store.work.claim(["T1"], NOW, 9)
    at[0] += TERM - 1
    assert store.work.claim(["T1"], NOW, 9) == []
    mine = store.claims.renew(mine)
    at[0] += TERM - 1
    assert store.work.claim(["T1"], NOW, 9) == []
    at[0] += 1
    [yours] = store.work.claim(["T1"], NOW, 9)
    assert yours.fence == mine.fence + 1
    here = store.subscriptions.get("T1", "C1")
    writes = [
        lambda: store.claims.renew(mine),
        lambda: store.plan.begin(mine, here, tip()),
        lambda: store.plan.mark_retried(mine, tip(), NOW),
        lambda: store.plan.mark_looked(mine, tip(), NOW),
        lambda: store.plan.adopt(mine, tip()),
        lambda: store.plan.mark_cancelled(mine, tip()),
        lambda: store.plan.mark_planned(mine, here, NOW),
        lambda: store.plan.pause(mine, here, "x"),
        lambda: store.plan.mark_owner_notified(mine, here, True),
    ]
    for write in writes:
        with pytest.raises(LostClaimError):
            write()
    store.claims.release(mine)  # which is not his to release
    assert store.work.claim(["T1"], NOW, 9) == []


def test_a_claim_that_is_given_back_may_have_to_wait(store, claim):
    at = [NOW]
    store.now = lambda: at[0]
    store.claims.release(claim, 300)
    assert pending(store) == []
    at[0] += 300
    assert pending(store) == ["C1"]
    store.claims.leave_alone("T1", 60)
    assert pending(store) == []
    at[0] += 60
    assert pending(store) == ["C1"]


def test_a_claim_of_a_wrong_clock_holds_nobody_up(store, claim):
    store.now = lambda: NOW + 40 * DAY
    store.claims.leave_alone("T1", 600)
    store.now = lambda: NOW
    store.claims.release(claim)
    assert pending(store) == ["C1"]


def test_a_pause_is_notified_once(store, claim, here):
    store.plan.pause(claim, here, "is_archived")
    paused = store.subscriptions.get("T1", "C1")
    assert paused.paused == "is_archived"
    store.claims.release(claim)
    assert pending(store) == ["C1"]
    assert store.plan.mark_owner_notified(claim, paused, True)
    assert not store.plan.mark_owner_notified(claim, paused, True)
    assert pending(store) == []
    store.subscriptions.subscribe(HERE)
    assert store.subscriptions.get("T1", "C1").paused is None


def test_many_that_claim_at_once_share_the_work(store):
    for number in range(40):
        store.subscriptions.subscribe(replace(HERE, channel=f"C{number}"))
    with ThreadPoolExecutor(8) as pool:
        batches = list(pool.map(lambda _: store.work.claim(["T1"], NOW, 5), range(24)))
    claimed = [claim.channel for batch in batches for claim in batch]
    assert len(claimed) == len(set(claimed))
    claimed += [claim.channel for claim in store.work.claim(["T1"], NOW, 40)]
    assert sorted(claimed) == sorted(f"C{number}" for number in range(40))


def test_rows_that_another_has_locked_are_passed_over(server):
    from tests.support.databases import on_postgres

    store = on_postgres(server)
    for channel in ("C1", "C2"):
        store.subscriptions.subscribe(replace(HERE, channel=channel))
    other = Store(store.url)
    with other.writing() as connection:
        connection.execute(text("SELECT * FROM subscriptions WHERE channel = 'C1' FOR UPDATE"))
        assert [claim.channel for claim in store.work.claim(["T1"], NOW, 9)] == ["C2"]
    assert [claim.channel for claim in store.work.claim(["T1"], NOW, 9)] == ["C1"]
    for each in (other, store):
        each.close()


def test_a_process_of_the_version_before_plans_no_more(store, claim):
    """It takes a lease if that has ended; and what it writes of tips has no column of ours."""
    with store.writing() as connection:
        connection.execute(text("INSERT INTO leases VALUES ('tips/T9', 'old', 0, 1)"))
        connection.execute(
            text(
                "INSERT INTO planned (team, channel, post_at, duty, state, attempted_at, skip)"
                f" VALUES ('T1', 'C1', {SOON}, 'rds.retention', 'trying', {NOW}, false)"
            )
        )
    assert (row(store).looks, row(store).came) == (0, None)
    store.subscriptions.subscribe(replace(HERE, team="T9"))
    store.work.claim(["T9"], NOW, 9)
    with store.reading() as connection:
        until = dict(connection.execute(text("SELECT name, until FROM leases")).all())
    assert until == {"tips/T1": FOREVER, "tips/T9": FOREVER}
