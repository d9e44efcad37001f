"""`srmbot doctor`: what it finds, and what it says to do."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from srmbot.config import Settings
from srmbot.fake_slack import FakeSlack
from srmbot.search.learning import process
from srmbot.slack.doctor import Patient, SetupVerdict, check_address, examine
from srmbot.slack.manifest import load_manifest
from srmbot.store.rows import Installed, InstallPlace, Tokens
from srmbot.store.schema import HEAD
from srmbot.store.sealing import Sealer, make_key
from srmbot.store.store import Store
from tests.support.command_line import run_main
from tests.support.served_app import settings_of

KEY = make_key()
HERE = Installed(InstallPlace("", "T1"), Tokens("xoxb-hush"), "Example", "A1", "B1", "U0", "commands", "U1", 1.0)


@pytest.fixture
def slack():
    with FakeSlack.from_manifest(load_manifest()) as made:
        yield made


@pytest.fixture
def patient(slack, folder, tmp_path):
    database = f"sqlite:///{tmp_path / 'srmbot.db'}"
    return Patient(replace(settings_of(slack), database=database, cache=tmp_path / "cache"), [folder])


def found(patient, about):
    return [str(each) for each in examine(patient) if each.about == about]


def with_settings(patient, **changed):
    return replace(patient, settings=replace(patient.settings, **changed))


def test_a_bot_that_is_well(patient):
    findings = list(examine(patient))
    assert [(each.about, each.verdict) for each in findings] == [
        ("settings", SetupVerdict.GOOD),
        ("token", SetupVerdict.GOOD),
        ("scopes", SetupVerdict.GOOD),
        ("app token", SetupVerdict.GOOD),
        ("clock", SetupVerdict.GOOD),
        ("database", SetupVerdict.GOOD),
        ("knowledge", SetupVerdict.GOOD),
        ("learning", SetupVerdict.GOOD),
        ("cache", SetupVerdict.GOOD),
    ]
    assert str(findings[0]) == "ok     settings: one workspace; can serve --http or --socket"
    assert str(findings[1]) == "ok     token: srmbot in Stand-in (T0STANDIN1)"


WRONG = [
    (
        {"bot_token": None},
        "settings",
        "wrong  settings: neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set\n       fix: set one; see .env.example",
    ),
    (
        {"app_token": None, "signing_secret": None},
        "settings",
        "wrong  settings: one workspace, and no way to serve\n"
        "       fix: set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP",
    ),
    (
        {"client_id": "1.2"},
        "settings",
        "look   settings: SLACK_BOT_TOKEN is set, so SLACK_CLIENT_ID is not used\n       fix: remove one of the two",
    ),
    (
        {"signing_secret": "xoxb-hush"},
        "settings",
        "look   settings: SLACK_SIGNING_SECRET does not look like one: 32 digits from 0 to f\n"
        "       fix: copy it again from api.slack.com/apps",
    ),
    (
        {"bot_token": "xoxb-hush"},
        "token",
        "wrong  token: Slack rejected SLACK_BOT_TOKEN: invalid_auth\n       fix: copy it again from api.slack.com/apps",
    ),
    (
        {"slack_api_url": "http://127.0.0.1:1/api/"},
        "token",
        "wrong  token: Slack cannot be reached: URLError\n       fix: check the network, a proxy, and SLACK_API_URL",
    ),
    (
        {"app_token": "xapp-hush"},
        "app token",
        "wrong  app token: Slack opens no socket: invalid_auth\n"
        "       fix: give it connections:write, and switch Socket Mode on in the app",
    ),
    (
        {"database": "postgresql+psycopg://ana:hush@127.0.0.1:1/d"},
        "database",
        "wrong  database: cannot use the database: ",
    ),
    (
        {"weights": (Path("gone.weights"),)},
        "learning",
        "wrong  learning: SRMBOT_WEIGHTS: there is no file gone.weights\n       fix: write it with `srmbot learn`",
    ),
    (
        {"cache": None},
        "cache",
        "look   cache: nothing is kept, so every start unpacks or learns anew\n"
        "       fix: set SRMBOT_CACHE to a folder that lasts",
    ),
]


@pytest.mark.parametrize(("changed", "about", "line"), WRONG)
def test_what_is_wrong_is_named_with_what_to_do(patient, changed, about, line):
    lines = found(with_settings(patient, **changed), about)
    assert any(each.startswith(line) for each in lines), lines
    assert not any("hush" in each for each in lines)


def test_whether_the_knowledge_was_learned_from(patient, folder, bot, cache_folder, monkeypatch):
    [line] = found(patient, "learning")
    assert line == "ok     learning: the next start learns from this knowledge, for a minute or two"
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    [line] = found(patient, "learning")
    assert line == (
        "look   learning: not from this knowledge: the weights of another one answer, and the duties' words\n"
        "       fix: run `srmbot learn` and set SRMBOT_WEIGHTS, or install srmbot[learn]"
    )
    [line] = found(with_settings(patient, cache=cache_folder), "learning")
    assert line == "ok     learning: there are weights for just this knowledge"


def test_scopes_that_are_missing_are_named(folder, tmp_path):
    scopes = load_manifest()["oauth_config"]["scopes"]
    asked = {*scopes["bot"]}
    with FakeSlack(asked - {"commands"}) as slack:
        patient = Patient(replace(settings_of(slack), database=f"sqlite:///{tmp_path / 'srmbot.db'}"), [folder])
        [line] = found(patient, "scopes")
        assert line.startswith("wrong  scopes: the token lacks commands\n")
    with FakeSlack(asked) as slack:
        patient = Patient(replace(settings_of(slack), database=f"sqlite:///{tmp_path / 'srmbot.db'}"), [folder])
        [line] = found(patient, "scopes")
        assert line.startswith(f"look   scopes: without {', '.join(sorted(scopes['bot_optional']))}\n")


@pytest.mark.parametrize(("off", "says"), [(90, " s ahead of Slack's"), (-400, " s behind Slack's")])
def test_a_clock_that_is_wrong_is_noticed(patient, off, says):
    wrong = replace(patient, now=lambda: time.time() + off)
    [line] = found(wrong, "clock")
    assert line.startswith("wrong  clock: ")
    assert line.endswith(f"{says}\n       fix: set it by NTP")


def test_invalid_knowledge_is_named(patient, tmp_path):
    (tmp_path / "own" / "duties").mkdir(parents=True)
    (tmp_path / "own" / "duties" / "rds.yaml").write_text("- id: one\n")
    [line] = found(replace(patient, folders=[*patient.folders, tmp_path / "own"]), "knowledge")
    assert line.startswith("wrong  knowledge: ")
    assert "own/duties/rds.yaml:1" in line


def test_a_cache_that_cannot_be_written_is_named(patient, tmp_path):
    (tmp_path / "file").write_text("")
    [line] = found(with_settings(patient, cache=tmp_path / "file" / "cache"), "cache")
    assert line.startswith("wrong  cache: ")


def test_old_tables_of_a_server_are_named(patient, server):
    url = server.database().replace("postgresql://", "postgresql+psycopg://")
    [line] = found(with_settings(patient, database=url), "database")
    assert line == f"wrong  database: PostgreSQL, schema None, not {HEAD}\n       fix: run `srmbot migrate`"


def test_a_key_that_does_not_open_what_is_stored_is_noticed(patient):
    store = Store(patient.settings.database)
    store.prepare()
    store.installations.save(HERE, Sealer([KEY]))
    store.close()
    many = with_settings(patient, bot_token=None, client_id="1.2", client_secret="s", secret_keys=(KEY,))
    assert found(many, "installations") == ["ok     installations: 1; SRMBOT_SECRET_KEY opens all"]
    [line] = found(with_settings(many, secret_keys=(make_key(),)), "installations")
    assert line.startswith("wrong  installations: cannot decrypt what is stored for /T1\n")


def test_it_looks_without_changing(patient, tmp_path):
    list(examine(patient))
    assert not (tmp_path / "srmbot.db").exists()


def test_the_address_must_be_https_and_answer(patient):
    [plain] = check_address(replace(patient, url="http://bot.example"))
    assert (plain.verdict, plain.what) == (SetupVerdict.BAD, "http://bot.example is not https")
    [away] = check_address(replace(patient, url="https://127.0.0.1:1"))
    assert away.verdict is SetupVerdict.BAD
    assert away.what.startswith("https://127.0.0.1:1/healthz: ")


def test_the_command_prints_a_line_each_and_fails_if_something_is_wrong(monkeypatch, capsys, tmp_path, folder):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srmbot.cli.setup.knowledge_folders", lambda args, settings: [folder])
    monkeypatch.setattr("srmbot.cli.setup.read_environment", lambda: Settings(database="sqlite:///none.db"))
    code, out, _ = run_main(["doctor"], capsys)
    assert code == 1
    assert out.startswith("wrong  settings: ")
