"""What outlives a restart, on both databases."""

import sqlite3
from dataclasses import replace
from datetime import time

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from srmbot.store.database import StoreError
from srmbot.store.history import DAY
from srmbot.store.leases import TERM, LostLeaseError
from srmbot.store.migrate import settings
from srmbot.store.plan import SETTLE, is_settled
from srmbot.store.rows import Planned, State, Subject
from srmbot.store.schema import HEAD, metadata, threads
from srmbot.store.store import Store
from srmbot.store.threads import KEPT
from srmbot.tips import HORIZON, TOO_LATE, History, Subscription, When

NOW = 1_800_000_000.0
HERE = Subscription("T1", "C1", When(time(9, 30), "Europe/Lisbon", frozenset((0, 6))), ("rds", "aurora"), "U1", 17)
SOON = int(NOW) + 3600


def tip(post_at: int = SOON, duty: str | None = "rds.retention", channel: str = "C1") -> Planned:
    return Planned("T1", channel, post_at, duty, State.TRYING, None, NOW)


@pytest.fixture
def lease(store):
    """The right to plan for T1, where C1 has subscribed."""
    store.subscriptions.subscribe(HERE)
    return store.leases.acquire("tips/T1", "me")


@pytest.fixture
def here(store, lease):
    return store.subscriptions.get("T1", "C1")


def row(store, post_at=SOON):
    [found] = [each for each in store.plan.planned("T1", "C1", 0) if each.post_at == post_at]
    return found


# Tables


def test_migrations_lead_to_the_tables_of_today(store):
    assert ScriptDirectory.from_config(settings()).get_current_head() == HEAD == store.revision()
    with store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_to_migrate_twice_changes_nothing(store):
    store.subscriptions.subscribe(HERE)
    store.migrate()
    assert store.subscriptions.get("T1", "C1") == replace(HERE, revision=1)


def test_reading_makes_no_file(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'data' / 'tips.db'}")
    assert not store.exists
    assert list(tmp_path.iterdir()) == []
    store.prepare()
    assert store.exists
    assert store.reachable()
    store.close()


def test_a_server_without_tables_is_reported(server):
    store = Store(server.database().replace("postgresql://", "postgresql+psycopg://"))
    with pytest.raises(
        StoreError, match=rf"the database has no tables yet \(expected {HEAD}\) \(run `srmbot migrate`\)"
    ):
        store.prepare()
    with pytest.raises(StoreError, match=r"cannot use the database: .*subscriptions.* \(run `srmbot migrate`\)"):
        store.subscriptions.get("T1", "C1")
    store.close()


def test_a_server_that_is_away_is_reported_without_the_password():
    store = Store("postgresql+psycopg://ana:hush@127.0.0.1:1/tips")
    assert not store.reachable()
    with pytest.raises(StoreError) as caught:
        store.prepare()
    assert "hush" not in str(caught.value)
    assert str(caught.value).endswith("(check DATABASE_URL and that the database is running)")


def test_a_folder_that_cannot_be_made_is_reported(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot create .*file.*: .* \(choose another place with DATABASE_URL\)"):
        Store(f"sqlite:///{tmp_path / 'file' / 'in' / 'tips.db'}").prepare()


def test_sqlite_is_set_up_for_threads(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}")
    store.prepare()
    with store.reading() as connection:
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")]
        found += [connection.exec_driver_sql("PRAGMA busy_timeout").scalar()]
    assert found == ["wal", 1, 5000]
    store.close()
    with sqlite3.connect(tmp_path / "tips.db") as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD,)
    raw.close()


# Subscriptions


def test_what_is_subscribed_comes_back_as_it_was(store):
    assert store.subscriptions.get("T1", "C1") is None
    store.subscriptions.subscribe(HERE)
    assert store.subscriptions.get("T1", "C1") == replace(HERE, revision=1)
    store.subscriptions.subscribe(replace(HERE, services=()))
    assert store.subscriptions.get("T1", "C1") == replace(HERE, services=(), revision=2)
    assert store.subscriptions.teams() == ["T1"]


def test_a_team_has_its_own(store):
    store.subscriptions.subscribe(HERE)
    assert store.subscriptions.get("T2", "C1") is None
    assert store.subscriptions.unsubscribe("T2", "C1", NOW) == []
    assert store.subscriptions.get("T1", "C1") is not None


def test_off_drops_what_is_ahead(store, lease, here):
    for post_at in (SOON, SOON + 60, int(NOW) - 60):
        assert store.plan.begin(lease, here, tip(post_at, f"rds.d{post_at}"))
    store.plan.mark_scheduled(lease, tip(), "Q1")
    dropped = {each.post_at: each for each in store.subscriptions.unsubscribe("T1", "C1", NOW)}
    assert dropped.keys() == {SOON, SOON + 60}
    assert {each.state for each in dropped.values()} == {State.DROPPING}
    assert (dropped[SOON].scheduled_id, dropped[SOON + 60].scheduled_id) == ("Q1", None)
    assert row(store, int(NOW) - 60).state is State.TRYING
    store.plan.forget_cancelled(row(store))
    assert store.history.read("T1", "C1", NOW).seen[f"rds.d{SOON}"] == 0
    assert [each.post_at for each in store.plan.planned("T1", "C1", 0)] == [int(NOW) - 60, SOON + 60]


def test_a_change_drops_what_does_not_fit(store, lease, here):
    store.plan.begin(lease, here, tip())
    store.plan.begin(lease, here, tip(SOON + 60))
    assert [each.post_at for each in store.subscriptions.subscribe(HERE, [SOON, SOON + 5])] == [SOON]
    assert row(store, SOON + 60).state is State.TRYING


def test_a_skipped_second_stays_free(store, lease, here):
    store.plan.begin(lease, here, tip())
    [dropped] = store.plan.skip("T1", "C1", SOON)
    store.plan.forget_cancelled(dropped)
    assert (row(store).state, row(store).skip, row(store).duty) == (State.SKIPPED, True, None)
    assert not store.plan.begin(lease, here, tip())
    assert store.history.read("T1", "C1", NOW).seen == {"rds.retention": 0}
    assert store.plan.skip("T1", "C1", SOON + 60) == []
    assert not store.plan.begin(lease, here, tip(SOON + 60))


# The plan


def test_a_tip_is_begun_once(store, lease, here):
    assert store.plan.begin(lease, here, tip())
    assert not store.plan.begin(lease, here, tip(duty="rds.other"))
    assert row(store) == tip()
    assert store.history.read("T1", "C1", NOW) == History({"rds.retention": 1}, {}, "rds.retention")


@pytest.mark.parametrize("change", ["changed", "off", "paused"])
def test_nothing_is_begun_for_what_has_changed(store, lease, here, change):
    if change == "changed":
        store.subscriptions.subscribe(HERE)
    elif change == "off":
        store.subscriptions.unsubscribe("T1", "C1", NOW)
    else:
        store.plan.pause(lease, here, "is_archived")
    assert not store.plan.begin(lease, here, tip())
    assert store.plan.planned("T1", "C1", 0) == []


def test_what_was_called_off_meanwhile_stays_so(store, lease, here):
    store.plan.begin(lease, here, tip())
    store.subscriptions.unsubscribe("T1", "C1", NOW)
    assert store.plan.mark_scheduled(lease, tip(), "Q1") is State.DROPPING
    assert row(store).scheduled_id == "Q1"
    assert not store.plan.mark_retried(lease, tip(), NOW + 99)
    store.plan.forget_cancelled(row(store))
    assert store.plan.mark_scheduled(lease, tip(), "Q1") is None


def test_work_is_what_is_open_then_what_is_old(store, lease, here):
    store.subscriptions.subscribe(replace(HERE, channel="C2"))
    store.subscriptions.subscribe(replace(HERE, channel="C3"))
    for channel, until in (("C1", HORIZON), ("C2", HORIZON - 2 * 3600), ("C3", HORIZON - 5 * 3600)):
        store.plan.mark_planned(lease, store.subscriptions.get("T1", channel), NOW + until)
    assert store.plan.channels_to_plan(["T1"], NOW, 9) == [("T1", "C3"), ("T1", "C2")]
    store.plan.begin(lease, here, tip())
    assert store.plan.channels_to_plan(["T1"], NOW + SETTLE - 1, 9)[0] == ("T1", "C3")
    assert store.plan.channels_to_plan(["T1"], NOW + SETTLE, 9) == [("T1", "C1"), ("T1", "C3"), ("T1", "C2")]
    assert store.plan.channels_to_plan(["T1"], NOW + SETTLE, 1) == [("T1", "C1")]
    assert store.plan.channels_to_plan(["T2"], NOW + SETTLE, 9) == []


def test_a_change_makes_work_and_an_old_look_does_not_undo_it(store, lease, here):
    store.plan.mark_planned(lease, here, NOW + HORIZON)
    assert store.plan.channels_to_plan(["T1"], NOW, 9) == []
    store.subscriptions.subscribe(HERE)
    store.plan.mark_planned(lease, here, NOW + HORIZON)
    assert store.plan.channels_to_plan(["T1"], NOW, 9) == [("T1", "C1")]


def test_dropping_is_work_until_it_is_too_late(store, lease, here):
    store.plan.begin(lease, here, tip())
    store.plan.mark_scheduled(lease, tip(), "Q1")
    store.subscriptions.unsubscribe("T1", "C1", NOW)
    assert store.plan.channels_to_plan(["T1"], SOON - TOO_LATE - 1, 9) == [("T1", "C1")]
    assert store.plan.channels_to_plan(["T1"], SOON - TOO_LATE, 9) == []


def test_a_clock_that_was_wrong_leaves_nothing_undone(store, lease, here):
    """Written down in the future, and the clock was set back."""
    store.plan.begin(lease, here, tip())
    store.plan.mark_planned(lease, here, NOW + HORIZON)
    earlier = NOW - 40 * DAY
    assert store.plan.channels_to_plan(["T1"], earlier, 9) == [("T1", "C1")]
    assert is_settled(tip(), earlier)
    assert not is_settled(tip(), NOW + 1)
    assert is_settled(tip(), NOW + SETTLE)


def test_a_pause_is_notified_once(store, lease, here):
    store.plan.begin(lease, here, tip())
    store.plan.pause(lease, here, "is_archived")
    assert row(store).state is State.DROPPING
    [paused] = store.plan.paused_to_tell(["T1"], 9)
    assert paused.paused == "is_archived"
    assert store.plan.mark_owner_notified(lease, paused, True)
    assert not store.plan.mark_owner_notified(lease, paused, True)
    assert list(store.plan.paused_to_tell(["T1"], 9)) == []
    assert store.plan.channels_to_plan(["T1"], NOW, 9) == [("T1", "C1")] or store.plan.channels_to_plan(
        ["T1"], NOW + SETTLE, 9
    ) == [("T1", "C1")]
    store.subscriptions.subscribe(HERE)
    assert store.subscriptions.get("T1", "C1").paused is None


# Leases


def test_one_holds_a_lease(store):
    mine = store.leases.acquire("tips/T1", "me")
    assert store.leases.acquire("tips/T1", "you") is None
    assert store.leases.acquire("tips/T2", "you").fence == 1
    store.leases.release(mine)
    yours = store.leases.acquire("tips/T1", "you")
    assert yours.fence == mine.fence + 1


def test_a_lease_ends_and_what_its_holder_writes_then_is_refused(store):
    at = [NOW]
    store.now = lambda: at[0]
    store.subscriptions.subscribe(HERE)
    mine, here = store.leases.acquire("tips/T1", "me"), store.subscriptions.get("T1", "C1")
    at[0] += TERM - 1
    assert store.leases.acquire("tips/T1", "you") is None
    mine = store.leases.renew(mine)
    at[0] += TERM - 1
    assert store.leases.acquire("tips/T1", "you") is None
    at[0] += 1
    assert store.leases.acquire("tips/T1", "you") is not None
    writes = [
        lambda: store.leases.renew(mine),
        lambda: store.plan.begin(mine, here, tip()),
        lambda: store.plan.mark_retried(mine, tip(), NOW),
        lambda: store.plan.mark_scheduled(mine, tip(), "Q1"),
        lambda: store.plan.mark_rejected(mine, tip()),
        lambda: store.plan.mark_unconfirmed(mine, tip(), NOW),
        lambda: store.plan.adopt(mine, tip()),
        lambda: store.plan.mark_cancelled(mine, tip()),
        lambda: store.plan.mark_planned(mine, here, NOW),
        lambda: store.plan.pause(mine, here, "x"),
        lambda: store.plan.mark_owner_notified(mine, here, True),
    ]
    for write in writes:
        with pytest.raises(LostLeaseError):
            write()
    store.leases.release(mine)  # which is not his to release
    assert store.leases.acquire("tips/T1", "third") is None


# Memory


def test_questions_count_where_there_are_tips(store):
    store.subscriptions.subscribe(HERE)
    store.history.count_questions("T1", {("C1", "rds", "backups"): 2, ("C9", "rds", "backups"): 1}, NOW)
    store.history.count_questions("T1", {("C1", "rds", "backups"): 1, ("C1", "aurora", "patching"): 1}, NOW + DAY)
    assert store.history.read("T1", "C1", NOW).asked == {("rds", "backups"): 3, ("aurora", "patching"): 1}
    assert store.history.read("T1", "C9", NOW).asked == {}
    assert store.history.read("T1", "C1", NOW + 30 * DAY).asked == {("rds", "backups"): 1, ("aurora", "patching"): 1}
    store.subscriptions.unsubscribe("T1", "C1", NOW)
    assert store.history.read("T1", "C1", NOW).asked == {}


def test_an_event_is_new_once(store):
    assert store.history.is_new_event("Ev1")
    assert not store.history.is_new_event("Ev1")
    assert store.history.is_new_event("Ev2")


def test_what_is_old_is_forgotten(store, lease, here):
    store.plan.begin(lease, here, tip())
    store.history.count_questions("T1", {("C1", "rds", "backups"): 2}, NOW)
    store.history.prune(NOW + 7 * DAY)
    assert row(store) == tip()
    store.history.prune(NOW + 40 * DAY)
    assert store.plan.planned("T1", "C1", 0) == []
    assert store.history.read("T1", "C1", NOW) == History({"rds.retention": 1}, {}, None)


# Threads

THREAD = ("T1", "C1", "1800000000.000100")
RETENTION, PATCHING = Subject("rds", "backups", "rds.retention"), Subject("aurora", "patching", None)


def test_a_thread_is_about_what_was_answered_last(store):
    assert store.threads.recall(*THREAD, NOW) is None
    store.threads.remember(*THREAD, RETENTION, NOW)
    assert store.threads.recall(*THREAD, NOW) == RETENTION
    store.threads.remember(*THREAD, PATCHING, NOW + 1)
    assert store.threads.recall(*THREAD, NOW + 1) == PATCHING


@pytest.mark.parametrize("place", [0, 1, 2], ids=["team", "channel", "thread"])
def test_every_thread_has_its_own_subject(store, place):
    store.threads.remember(*THREAD, RETENTION, NOW)
    other = [*THREAD]
    other[place] += "2"
    assert store.threads.recall(*other, NOW) is None


def test_several_services_have_a_topic_alone(store):
    store.threads.remember(*THREAD, Subject(None, "backups", None), NOW)
    assert store.threads.recall(*THREAD, NOW) == Subject(None, "backups", None)


def threads_held(store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(select(threads.c.thread_ts).order_by(threads.c.thread_ts)))


def test_a_thread_is_forgotten_thirty_days_after_its_last_answer(store):
    store.threads.remember(*THREAD, RETENTION, NOW)
    store.threads.remember(*THREAD, RETENTION, NOW + DAY)
    assert store.threads.recall(*THREAD, NOW + DAY + KEPT) == RETENTION
    assert store.threads.recall(*THREAD, NOW + DAY + KEPT + 1) is None
    store.threads.remember("T1", "C1", "2", PATCHING, NOW + DAY + KEPT + 1)
    assert threads_held(store) == ["2"]


def test_the_planner_forgets_old_threads_too(store):
    store.threads.remember(*THREAD, RETENTION, NOW)
    store.history.prune(NOW + KEPT)
    assert threads_held(store) == [THREAD[2]]
    store.history.prune(NOW + KEPT + 1)
    assert threads_held(store) == []


def test_a_thread_has_no_column_for_a_text():
    assert threads.c.keys() == ["team", "channel", "thread_ts", "service", "topic", "duty", "at"]


def test_tables_of_the_first_version_keep_what_they_have(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}")
    with store.writing() as connection:
        command.upgrade(settings(connection), "0001")
    store.subscriptions.subscribe(HERE)
    store.prepare()
    assert store.revision() == HEAD
    assert store.subscriptions.get("T1", "C1") == replace(HERE, revision=1)
    store.threads.remember(*THREAD, RETENTION, NOW)
    assert store.threads.recall(*THREAD, NOW) == RETENTION
    store.close()
