"""Keys, what is stored, and manifests for other ways than Socket Mode, on the command line."""

import json

import pytest

from srmbot.slack.manifest import load_manifest
from srmbot.store.rows import Installed, InstallPlace, Tokens
from srmbot.store.sealing import Sealer, SealError, make_key
from srmbot.store.store import Store
from tests.support.command_line import run_main

HERE = Installed(InstallPlace("", "T1"), Tokens("xoxb-hush"), "Example", "A1", "B1", "U0", "commands", "U1", 1.0)


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    """Run a command with a database of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'srmbot.db'}")
    return lambda *words: run_main(words, capsys)


@pytest.fixture
def store(tmp_path):
    made = Store(f"sqlite:///{tmp_path / 'srmbot.db'}")
    made.prepare()
    yield made
    made.close()


def test_a_new_key_encrypts(run):
    code, out, _ = run("newkey")
    assert code == 0
    sealer = Sealer([out.strip()])
    assert sealer.unseal("here", sealer.seal("here", {"a": 1})) == {"a": 1}
    assert run("newkey")[1] != out


def test_a_key_is_replaced(run, monkeypatch, store):
    old, new = make_key(), make_key()
    store.installations.save(HERE, Sealer([old]))
    monkeypatch.setenv("SRMBOT_SECRET_KEY", f"{new},{old}")
    assert run("rekey") == (0, "1 installation encrypted with the first key; the other keys can go\n", "")
    assert store.installations.find("", "T1", Sealer([new])) == HERE
    with pytest.raises(SealError):
        store.installations.find("", "T1", Sealer([old]))


def test_without_the_old_key_nothing_is_replaced(run, monkeypatch, store):
    store.installations.save(HERE, Sealer([make_key()]))
    monkeypatch.setenv("SRMBOT_SECRET_KEY", make_key())
    code, out, err = run("rekey")
    assert (code, out) == (1, "")
    assert err.startswith("srmbot: cannot decrypt a stored token (add the key that it was encrypted with")


def test_to_replace_a_key_there_must_be_one(run):
    assert run("rekey") == (1, "", "srmbot: SRMBOT_SECRET_KEY is not set (make a key with `srmbot newkey`)\n")


def test_without_a_database_there_is_nothing_to_encrypt(run, monkeypatch):
    monkeypatch.setenv("SRMBOT_SECRET_KEY", make_key())
    assert run("rekey") == (0, "there is no database, and so nothing to encrypt\n", "")


def test_what_is_stored_is_printed_and_deleted(run, store):
    store.installations.save(HERE, Sealer([make_key()]))
    code, out, _ = run("stored", "--team", "T1")
    assert code == 0
    assert json.loads(out)["installations"][0]["installer"] == "U1"
    assert "hush" not in out
    assert run("forget", "--team", "T1", "--user", "U1") == (0, "U1 taken out of 1 row\n", "")
    assert run("forget", "--team", "T1") == (0, "1 row of T1 deleted\n", "")
    assert run("stored", "--team", "T1") == (0, "{}\n", "")


def test_without_a_database_nothing_is_stored(run, tmp_path):
    assert run("stored", "--team", "T1") == (0, "{}\n", "")
    assert run("forget", "--team", "T1") == (0, "0 rows of T1 deleted\n", "")
    assert not (tmp_path / "srmbot.db").exists()


def test_manifests_for_http_and_for_many_workspaces_are_printed(run):
    code, out, _ = run("manifest", "--url", "https://bot.example")
    assert code == 0
    assert json.loads(out)["settings"]["socket_mode_enabled"] is False
    assert "redirect_urls" not in json.loads(out)["oauth_config"]
    _, out, _ = run("manifest", "--url", "https://bot.example", "--many")
    assert json.loads(out)["oauth_config"]["scopes"] == load_manifest()["oauth_config"]["scopes"]
    assert json.loads(out)["oauth_config"]["redirect_urls"] == ["https://bot.example/slack/oauth_redirect"]
    assert run("manifest", "--many")[0] == 2
