"""What outlives a restart, on both databases."""

import sqlite3
from dataclasses import replace

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from srmbot.store.database import StoreError
from srmbot.store.history import DAY
from srmbot.store.migrate import settings
from srmbot.store.rows import Subject, TipState
from srmbot.store.schema import HEAD, metadata, threads
from srmbot.store.store import Store
from srmbot.store.threads import THREAD_KEPT_FOR
from srmbot.tips import History
from tests.support.planning import HERE, NOW, SOON, row, tip

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


def test_tables_of_the_next_version_are_good_too(store):
    """They only have more in them: a process that is restarted during an upgrade finds them."""
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    newer = Store(store.url)
    newer.prepare()
    newer.subscriptions.subscribe(HERE)
    newer.close()


def test_tables_of_the_version_before_have_to_be_brought_up_to_date(server):
    store = Store(server.database().replace("postgresql://", "postgresql+psycopg://"))
    with store.writing() as connection:
        command.upgrade(settings(connection), "0001")
    with pytest.raises(StoreError, match=rf"the database is at schema 0001, not {HEAD} \(run `srmbot migrate`\)"):
        store.prepare()
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


def test_off_drops_what_is_ahead(store, claim, here):
    for post_at in (SOON, SOON + 60, int(NOW) - 60):
        assert store.plan.begin(claim, here, tip(post_at, f"rds.d{post_at}"))
    store.plan.mark_scheduled(tip(), "Q1")
    dropped = {each.post_at: each for each in store.subscriptions.unsubscribe("T1", "C1", NOW)}
    assert dropped.keys() == {SOON, SOON + 60}
    assert {each.state for each in dropped.values()} == {TipState.DROPPING}
    assert (dropped[SOON].scheduled_id, dropped[SOON + 60].scheduled_id) == ("Q1", None)
    assert row(store, int(NOW) - 60).state is TipState.TRYING
    store.plan.forget_cancelled(row(store))
    assert store.history.read("T1", "C1", NOW).seen[f"rds.d{SOON}"] == 0
    assert [each.post_at for each in store.plan.planned("T1", "C1", 0)] == [int(NOW) - 60, SOON + 60]


def test_a_change_drops_what_does_not_fit(store, claim, here):
    store.plan.begin(claim, here, tip())
    store.plan.begin(claim, here, tip(SOON + 60))
    assert [each.post_at for each in store.subscriptions.subscribe(HERE, [SOON, SOON + 5])] == [SOON]
    assert row(store, SOON + 60).state is TipState.TRYING


def test_a_skipped_second_stays_free(store, claim, here):
    store.plan.begin(claim, here, tip())
    [dropped] = store.plan.skip("T1", "C1", SOON)
    store.plan.forget_cancelled(dropped)
    assert (row(store).state, row(store).skip, row(store).duty) == (TipState.SKIPPED, True, None)
    assert not store.plan.begin(claim, here, tip())
    assert store.history.read("T1", "C1", NOW).seen == {"rds.retention": 0}
    assert store.plan.skip("T1", "C1", SOON + 60) == []
    assert not store.plan.begin(claim, here, tip(SOON + 60))


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


def test_what_is_old_is_forgotten(store, claim, here):
    store.plan.begin(claim, here, tip())
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
    assert store.threads.recall(*THREAD, NOW + DAY + THREAD_KEPT_FOR) == RETENTION
    assert store.threads.recall(*THREAD, NOW + DAY + THREAD_KEPT_FOR + 1) is None
    store.threads.remember("T1", "C1", "2", PATCHING, NOW + DAY + THREAD_KEPT_FOR + 1)
    assert threads_held(store) == ["2"]


def test_the_planner_forgets_old_threads_too(store):
    store.threads.remember(*THREAD, RETENTION, NOW)
    store.history.prune(NOW + THREAD_KEPT_FOR)
    assert threads_held(store) == [THREAD[2]]
    store.history.prune(NOW + THREAD_KEPT_FOR + 1)
    assert threads_held(store) == []


def test_a_thread_has_no_column_for_a_text():
    assert threads.c.keys() == ["team", "channel", "thread_ts", "service", "topic", "duty", "at"]


def test_tables_of_the_first_version_keep_what_they_have(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}")
    with store.writing() as connection:
        command.upgrade(settings(connection), "0001")
        values = "'T1', 'C1', '09:30', 'Europe/Lisbon', '06', 'rds,aurora', 'U1', 17, 1, NULL, false, 0"
        connection.execute(text(f"INSERT INTO subscriptions VALUES ({values})"))
    store.prepare()
    assert store.revision() == HEAD
    assert store.subscriptions.get("T1", "C1") == replace(HERE, revision=1)
    store.threads.remember(*THREAD, RETENTION, NOW)
    assert store.threads.recall(*THREAD, NOW) == RETENTION
    store.close()
