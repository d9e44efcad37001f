"""What is stored of a workspace or a person can be read, and deleted."""

from datetime import time

import pytest
from sqlalchemy import insert, select

from srmbot.misses.miss import Miss, Verdict
from srmbot.store.privacy import DAYS_AFTER_DEPARTURE, PERSONS
from srmbot.store.rows import Installed, InstallPlace, Subject, Tokens
from srmbot.store.schema import metadata, subscriptions
from srmbot.store.sealing import Sealer, make_key
from srmbot.tips import Subscription, When

NOW = 1_800_000_000.0
SEALER = Sealer([make_key()])
DAY = 86_400


@pytest.fixture
def full(store):
    """A store with something of two workspaces in every table that has workspaces."""
    store.now = lambda: NOW
    for team in ("T1", "T2"):
        here = Installed(
            InstallPlace("", team), Tokens("xoxb-hush"), "Example", "A1", "B1", "U0", "commands", "U1", NOW
        )
        store.installations.save(here, SEALER)
        store.subscriptions.subscribe(Subscription(team, "C1", When(time(9)), ("rds",), "U1", 0))
        store.threads.remember(team, "C1", "1.2", Subject("rds", "backups", None), NOW)
        store.history.count_questions(team, {("C1", "rds", "backups"): 3}, NOW)
        store.plan.skip(team, "C1", int(NOW) + 3600)
        store.misses.keep_text(team, "U1", 90, NOW)
        store.misses.record(Miss(team, Verdict.WRONG, "rds", "backups", "who backs up?", "rds/backups", user="U1"), NOW)
    with store.writing() as connection:
        for table in metadata.sorted_tables:
            if "team" in table.columns and not list(connection.execute(select(table))):
                for team in ("T1", "T2"):
                    connection.execute(
                        insert(table).values({column.name: filling(column, team) for column in table.columns})
                    )
    return store


def filling(column, team):
    if column.name == "team":
        return team
    return "x" if column.type.python_type is str else column.type.python_type(1)


def test_all_of_a_workspace_can_be_read_and_no_token(full):
    held = full.privacy.export("T1")
    assert set(held) == {table.name for table in metadata.sorted_tables if "team" in table.columns}
    assert {row["team"] for rows in held.values() for row in rows} == {"T1"}
    assert held["threads"][0]["topic"] == "backups"
    assert "sealed" not in held["installations"][0]
    assert "hush" not in repr(held)


def test_all_of_a_workspace_can_be_deleted_and_nothing_of_another(full):
    before = full.privacy.export("T2")
    assert full.privacy.forget("T1") == sum(map(len, before.values()))
    assert full.privacy.export("T1") == {}
    assert full.privacy.export("T2") == before
    assert full.privacy.forget("T1") == 0


def test_what_names_a_person_can_be_read(full):
    held = full.privacy.export("T1", "U1")
    assert set(held) == set(PERSONS)
    assert held["subscriptions"][0]["who"] == "U1"
    assert full.privacy.export("T1", "U2") == {}


def test_a_person_is_forgotten_and_the_channel_keeps_its_tips(full):
    assert full.privacy.forget("T1", "U1") == len(PERSONS)
    assert full.privacy.export("T1", "U1") == {}
    assert full.subscriptions.get("T1", "C1").who == ""
    assert full.subscriptions.get("T2", "C1").who == "U1"


def test_the_words_of_a_person_are_deleted_and_counts_and_settings_stay(full):
    full.privacy.forget("T1", "U1")
    left = full.privacy.export("T1")
    assert "kept_misses" not in left
    assert left["misses"][0]["times"] == 1
    assert (left["text_settings"][0]["who"], left["text_settings"][0]["days"]) == ("", 90)
    assert [row["question"] for row in full.privacy.export("T2")["kept_misses"]] == ["who backs up?"]


def test_every_column_with_a_person_is_known():
    named = {(table.name, column.name) for table in metadata.sorted_tables for column in table.columns}
    assert {(name, column) for name, column in named if column in ("who", "user", "installer")} == set(PERSONS.items())


def come_back(store, *teams):
    for team in teams:
        store.installations.save(store.installations.find("", team, SEALER), SEALER)


def test_a_workspace_is_forgotten_some_time_after_it_uninstalled_the_app(full):
    come_back(full, "T1", "T2")
    full.installations.remove(InstallPlace("", "T1"))
    assert full.privacy.forget_departed(NOW + DAYS_AFTER_DEPARTURE * DAY) == []
    assert full.privacy.forget_departed(NOW + DAYS_AFTER_DEPARTURE * DAY + 1) == ["T1"]
    assert full.privacy.export("T1") == {}
    assert full.privacy.export("T2") != {}


def test_a_workspace_that_comes_back_is_not_forgotten(full):
    here = full.installations.find("", "T1", SEALER)
    come_back(full, "T2")
    full.installations.remove(InstallPlace("", "T1"))
    full.installations.save(here, SEALER)
    assert full.privacy.forget_departed(NOW + 10 * DAYS_AFTER_DEPARTURE * DAY) == []
    with full.reading() as connection:
        assert set(connection.scalars(select(subscriptions.c.paused))) == {None}
