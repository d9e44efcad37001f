"""Installations: encrypted, found by workspace or organisation, their tokens replaced by one process at a time."""

import threading
from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import select, text

from srmbot.errors import ConfigError
from srmbot.store.installations import CLAIM, UNINSTALLED
from srmbot.store.rows import Installed, InstallPlace, Tokens
from srmbot.store.schema import installations
from srmbot.store.sealing import Sealer, SealError, make_key
from srmbot.tips import Subscription, When

NOW = 1_800_000_000.0
KEY = make_key()
SEALER = Sealer([KEY])
TOKENS = Tokens("xoxb-hush", "xoxe-1-hush", NOW + 3600)
HERE = Installed(InstallPlace("", "T1"), TOKENS, "Example", "A1", "B1", "U0", "chat:write,commands", "U1", NOW)
ORG = replace(HERE, place=InstallPlace("E1", ""), tokens=Tokens("xoxb-org"), name="Org")
TIPS = Subscription("T1", "C1", When(time(9)), (), "U1", 0)


@pytest.fixture
def table(store):
    """The table, on a store whose clock stands still."""
    store.now = lambda: NOW
    return store.installations


def test_what_was_stored_is_found(table):
    table.save(HERE, SEALER)
    assert table.find("", "T1", SEALER) == HERE
    assert table.find("E9", "T1", SEALER) == HERE  # a workspace that has joined an organisation since
    assert table.find("", "T2", SEALER) is None
    assert table.find("", "", SEALER) is None
    assert table.teams() == ["T1"]


def test_to_install_again_replaces(table):
    table.save(HERE, SEALER)
    again = replace(HERE, tokens=Tokens("xoxb-new"), place=InstallPlace("E1", "T1"))
    table.save(again, SEALER)
    assert table.find("", "T1", SEALER) == again
    assert len(table.places()) == 1


def test_an_organisation_covers_its_workspaces(table):
    table.save(ORG, SEALER)
    assert table.find("E1", "T7", SEALER) == ORG
    assert table.find("E1", "", SEALER) == ORG
    assert table.find("E2", "T7", SEALER) is None
    assert table.find("", "T7", SEALER) is None
    table.note_team("E1", "T7")
    assert table.find("", "T7", SEALER) == ORG  # as the planner asks, who knows no organisation
    assert table.teams() == ["T7"]


def test_a_workspaces_own_installation_goes_first(table):
    own = replace(HERE, place=InstallPlace("E1", "T1"))
    table.save(ORG, SEALER)
    table.save(own, SEALER)
    table.note_team("E1", "T1")
    assert table.find("E1", "T1", SEALER) == own


def test_no_token_is_in_the_database_or_a_repr(store, table):
    table.save(HERE, SEALER)
    with store.reading() as connection:
        held = repr(list(connection.execute(text("SELECT * FROM installations"))))
    assert "hush" not in held + repr(HERE) + repr(SEALER)


def test_a_token_opens_with_old_keys_and_not_with_others(table):
    table.save(HERE, SEALER)
    new = make_key()
    assert table.find("", "T1", Sealer([new, KEY])) == HERE
    with pytest.raises(SealError, match=r"^cannot decrypt what is stored for /T1 \(add the key"):
        table.find("", "T1", Sealer([new]))


def test_keys_are_replaced_by_command(table):
    table.save(HERE, SEALER)
    table.save(ORG, SEALER)
    new = make_key()
    assert table.reseal(Sealer([new, KEY])) == 2
    assert table.find("", "T1", Sealer([new])) == HERE
    with pytest.raises(SealError):
        table.find("", "T1", SEALER)


def test_where_one_token_cannot_be_decrypted_none_is_changed(store, table):
    table.save(HERE, SEALER)
    lost = make_key()
    table.save(ORG, Sealer([lost]))
    with pytest.raises(SealError, match="cannot decrypt a stored token"):
        table.reseal(Sealer([make_key(), KEY]))
    assert table.find("", "T1", SEALER) == HERE


def test_a_token_that_was_moved_to_another_row_does_not_open(store, table):
    table.save(HERE, SEALER)
    with store.writing() as connection:
        connection.execute(text("UPDATE installations SET team = 'T2'"))
    with pytest.raises(SealError, match="belongs elsewhere"):
        table.find("", "T2", SEALER)


@pytest.mark.parametrize("key", ["short", "é" * 44, KEY[:-1]], ids=["short", "letters", "cut"])
def test_what_is_no_key_is_reported_without_showing_it(key):
    with pytest.raises(ConfigError) as caught:
        Sealer([KEY, key])
    assert str(caught.value) == "SRMBOT_SECRET_KEY has a part that is not a key (make a key with `srmbot newkey`)"


def test_one_process_replaces_a_token(table):
    table.save(HERE, SEALER)
    assert table.claim(HERE.place, NOW + 60, SEALER) is None  # it does not end that soon
    assert table.expiring(NOW + 7200, 9) == [HERE.place]
    claimed = table.claim(HERE.place, NOW + 7200, SEALER)
    assert claimed == HERE
    assert table.claim(HERE.place, NOW + 7200, SEALER) is None
    assert table.expiring(NOW + 7200, 9) == []
    new = Tokens("xoxb-2", "xoxe-2", NOW + 40_000)
    assert table.replace(claimed, new, SEALER)
    assert table.find("", "T1", SEALER).tokens == new
    assert table.claim(HERE.place, NOW + 7200, SEALER) is None


def test_of_many_that_want_to_replace_a_token_one_does(store, table):
    table.save(HERE, SEALER)
    got, begin = [], threading.Barrier(8)

    def claim():
        begin.wait()
        got.append(table.claim(HERE.place, NOW + 7200, SEALER))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each is not None for each in got) == [False] * 7 + [True]


def test_a_process_that_died_holds_a_token_up_for_a_minute(store, table):
    table.save(HERE, SEALER)
    assert table.claim(HERE.place, NOW + 7200, SEALER)
    store.now = lambda: NOW + CLAIM
    assert table.claim(HERE.place, NOW + 7200, SEALER)


def test_a_claim_is_given_back_for_later(store, table):
    table.save(HERE, SEALER)
    assert table.claim(HERE.place, NOW + 7200, SEALER)
    table.release(HERE.place, 10)
    assert table.claim(HERE.place, NOW + 7200, SEALER) is None
    store.now = lambda: NOW + 10
    assert table.claim(HERE.place, NOW + 7200, SEALER)


def test_a_new_token_does_not_replace_that_of_a_newer_installation(table):
    table.save(HERE, SEALER)
    claimed = table.claim(HERE.place, NOW + 7200, SEALER)
    newer = replace(HERE, tokens=Tokens("xoxb-newer"), installed_at=NOW + 1)
    table.save(newer, SEALER)
    assert not table.replace(claimed, Tokens("xoxb-late"), SEALER)
    assert table.find("", "T1", SEALER) == newer


def test_an_end_deletes_the_token_and_pauses_the_tips_until_it_is_installed_again(store, table):
    table.save(HERE, SEALER)
    store.subscriptions.subscribe(TIPS)
    store.subscriptions.subscribe(replace(TIPS, team="T2"))
    assert table.remove(HERE.place)
    assert not table.remove(HERE.place)
    with store.reading() as connection:
        assert list(connection.execute(select(installations))) == []
    assert store.subscriptions.get("T1", "C1").paused == UNINSTALLED
    assert store.subscriptions.get("T2", "C1").paused is None
    table.save(HERE, SEALER)
    assert store.subscriptions.get("T1", "C1").paused is None


def test_the_end_in_an_organisation_is_that_of_its_workspaces_without_an_own_installation(store, table):
    table.save(ORG, SEALER)
    table.save(replace(HERE, place=InstallPlace("E1", "T1")), SEALER)
    for team in ("T1", "T2"):
        table.note_team("E1", team)
        store.subscriptions.subscribe(replace(TIPS, team=team))
    table.remove(ORG.place)
    assert store.subscriptions.get("T1", "C1").paused is None
    assert store.subscriptions.get("T2", "C1").paused == UNINSTALLED
    assert table.teams() == ["T1"]


def test_an_organisation_takes_the_app_from_a_workspace(store, table):
    table.save(ORG, SEALER)
    for team in ("T1", "T2"):
        table.note_team("E1", team)
        store.subscriptions.subscribe(replace(TIPS, team=team))
    table.withdraw("E1", ["T1"])
    assert store.subscriptions.get("T1", "C1").paused == UNINSTALLED
    assert store.subscriptions.get("T2", "C1").paused is None
    assert table.teams() == ["T2"]


def test_tips_resume_in_a_workspace_that_uses_an_organisations_new_installation(store, table):
    table.save(ORG, SEALER)
    table.note_team("E1", "T1")
    store.subscriptions.subscribe(TIPS)
    table.remove(ORG.place)
    table.save(ORG, SEALER)
    assert store.subscriptions.get("T1", "C1").paused == UNINSTALLED
    table.note_team("E1", "T1")
    assert store.subscriptions.get("T1", "C1").paused is None
