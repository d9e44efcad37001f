"""`srmbot misses`: what was missed, in a terminal."""

import json
from dataclasses import replace

import pytest

from srmbot.cli import main
from srmbot.misses.miss import Miss
from srmbot.store.store import Store

NOW = 4_000_000_000.0  # later than any clock, so that it counts
ASKED = Miss("T1", "unclear", question="who rotates the zanzibar keys?", user="U1")
WRONG = Miss("T1", "wrong", "rds", "backups", "who takes rds backups?", "rds/backups")


@pytest.fixture
def store(tmp_path, monkeypatch, built_in_cache) -> Store:
    address = f"sqlite:///{tmp_path / 'srmbot.db'}"
    monkeypatch.setenv("DATABASE_URL", address)
    monkeypatch.setenv("SRMBOT_CACHE", str(built_in_cache))
    monkeypatch.chdir(tmp_path)
    made = Store(address)
    made.prepare()
    yield made
    made.close()


def test_it_counts_and_where_text_is_kept_shows_the_questions(store, capsys):
    store.misses.record(WRONG, NOW)
    store.misses.keep_text("T1", "U9", 90, NOW)
    for text in (ASKED.question, "zanzibar keys: who rotates them?"):
        store.misses.record(replace(ASKED, question=text), NOW)
    assert main(["misses"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Last 30 days: 2 not answered and 1 marked wrong.",
        "About:",
        "• 2× nothing that I know, not answered",
        "• 1× RDS · Backups, marked wrong",
        "Questions:",
        "• 2× who rotates the zanzibar keys? (not answered)",
    ]


def test_it_prints_json(store, capsys):
    store.misses.record(WRONG, NOW)
    assert main(["misses", "--format", "json", "--team", "T1"]) == 0
    count = {"reason": "wrong", "service": "rds", "topic": "backups", "times": 1, "questions": 1}
    expected = {"days": 30, "text_kept_for_days": None, "counts": [count], "clusters": []}
    assert json.loads(capsys.readouterr().out) == expected


def test_of_several_workspaces_one_must_be_named(store, capsys):
    for team in ("T1", "T2"):
        store.misses.record(replace(WRONG, team=team), NOW)
    assert main(["misses"]) == 2
    expected = "srmbot: cannot tell which workspace you mean (add --team with one of T1, T2)\n"
    assert capsys.readouterr().err == expected


def test_where_nothing_was_missed_it_says_so(store, capsys):
    assert main(["misses"]) == 0
    assert capsys.readouterr().out == "Nothing was missed yet.\n"
