"""Settings from an environment."""

from datetime import date
from pathlib import Path

import pytest

from srmbot.config import VARIABLES, Settings, read_settings
from srmbot.errors import ConfigError

WRONG = [
    ({"PORT": "http"}, "PORT 'http' is not a valid port (use a number from 0 to 65535)"),
    ({"PORT": "70000"}, "PORT '70000' is not a valid port (use a number from 0 to 65535)"),
    ({"PORT": "²"}, "PORT '²' is not a valid port (use a number from 0 to 65535)"),
    ({"LOG_LEVEL": "loud"}, "LOG_LEVEL 'loud' is not a log level (use one of DEBUG, INFO, WARNING, ERROR)"),
    (
        {"SRMBOT_TIMEZONE": "Europe/Lisbn"},
        "SRMBOT_TIMEZONE 'Europe/Lisbn' is not a known time zone (use a name such as Europe/Lisbon)",
    ),
    (
        {"SRMBOT_TIMEZONE": "../etc"},
        "SRMBOT_TIMEZONE '../etc' is not a known time zone (use a name such as Europe/Lisbon)",
    ),
    (
        {"SRMBOT_BOTS": "workflows, jenkins"},
        "SRMBOT_BOTS 'jenkins' is not a bot (use workflows, all, none, or IDs such as B0123ABCD)",
    ),
    (
        {"SRMBOT_HOLIDAYS": "2026-12-25,christmas"},
        "SRMBOT_HOLIDAYS '2026-12-25,christmas' is not a list of dates (use dates such as 2026-12-25,2027-01-01)",
    ),
    (
        {"DATABASE_URL": "mysql://ana:hush@db/tips"},
        "unsupported DATABASE_URL (start it with postgres:// or sqlite:///)",
    ),
    (
        {"SLACK_API_URL": "slack.test"},
        "SLACK_API_URL 'slack.test' is not a URL (start it with https:// or http://)",
    ),
    (
        {"SRMBOT_TRACES": "collector:4318"},
        "SRMBOT_TRACES 'collector:4318' is not a URL (start it with https:// or http://)",
    ),
]


@pytest.mark.parametrize(("environment", "message"), WRONG)
def test_wrong_value_is_one_clear_line(environment, message):
    with pytest.raises(ConfigError) as caught:
        read_settings(environment)
    assert str(caught.value) == message


def test_swapped_token_is_reported_without_showing_it():
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN must start with xoxb-") as caught:
        read_settings({"SLACK_BOT_TOKEN": "xapp-1-secret"})
    assert "secret" not in str(caught.value)


def test_nothing_set_gives_defaults():
    assert read_settings({}) == Settings()


def test_blank_is_not_set():
    assert read_settings(dict.fromkeys(VARIABLES, "  ")) == Settings()


def test_everything_set():
    settings = read_settings(
        {
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_SIGNING_SECRET": "s",
            "SLACK_API_URL": "http://127.0.0.1:9/api",
            "PORT": "8080",
            "LOG_LEVEL": "debug",
            "SRMBOT_KNOWLEDGE": "one:two",
            "SRMBOT_WEIGHTS": "our.weights",
            "SRMBOT_CACHE": "cache",
            "DATABASE_URL": "postgres://ana:hush@db:5432/tips?sslmode=require",
            "SRMBOT_TIMEZONE": "Europe/Lisbon",
            "SRMBOT_HOLIDAYS": "2026-12-25, 2027-01-01",
            "SLACK_CLIENT_ID": "1.2",
            "SLACK_CLIENT_SECRET": "hush",
            "SRMBOT_SECRET_KEY": "hush-new, hush-old",
            "SRMBOT_METRICS_TOKEN": "hush",
            "SRMBOT_METRICS_PORT": "9464",
            "SRMBOT_TRACES": "http://127.0.0.1:4318/v1/traces",
            "SRMBOT_WORKSPACES": "T1,E2",
            "SRMBOT_BOTS": "workflows, B0123ABCD,A0123ABCD",
        }
    )
    assert settings.slack_api_url == "http://127.0.0.1:9/api/"
    assert settings.knowledge == (Path("one"), Path("two"))
    assert settings.weights == (Path("our.weights"),)
    assert settings.database == "postgresql+psycopg://ana:hush@db:5432/tips?sslmode=require"
    assert settings.timezone == "Europe/Lisbon"
    assert settings.holidays == {date(2026, 12, 25), date(2027, 1, 1)}
    assert settings.bots == {"workflows", "B0123ABCD", "A0123ABCD"}
    assert "hush" not in repr(settings)
    assert (settings.client_id, settings.client_secret) == ("1.2", "hush")
    assert settings.secret_keys == ("hush-new", "hush-old")
    assert settings.hash_key == read_settings({"SRMBOT_SECRET_KEY": "hush-new"}).hash_key
    assert settings.hash_key != read_settings({"SRMBOT_SECRET_KEY": "hush-old"}).hash_key
    assert "hush" not in str(settings.hash_key)
    assert Settings().hash_key is None
    assert (settings.metrics_token, settings.metrics_port) == ("hush", 9464)
    assert settings.traces == "http://127.0.0.1:4318/v1/traces"
    assert settings.workspaces == {"T1", "E2"}
    assert not settings.in_many_workspaces  # the token of one goes first
    assert (settings.port, settings.log_level, settings.cache) == (8080, "DEBUG", Path("cache"))


def test_bots():
    assert read_settings({}).bots == read_settings({"SRMBOT_BOTS": "workflows"}).bots == {"workflows"}
    assert read_settings({"SRMBOT_BOTS": "none"}).bots == frozenset()


def test_cache_can_be_turned_off():
    assert read_settings({"SRMBOT_CACHE": "off"}, Path("default")).cache is None
    assert read_settings({}, Path("default")).cache == Path("default")


@pytest.mark.parametrize(
    ("given", "means"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql+psycopg://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////data/srmbot.db", "sqlite:////data/srmbot.db"),
    ],
)
def test_database(given, means):
    assert read_settings({"DATABASE_URL": given}, None, Path("data")).database == means
    assert read_settings({}, None, Path("data")).database == "sqlite:///data/srmbot.db"


def test_secrets_stay_out_of_the_repr():
    settings = read_settings({"SLACK_BOT_TOKEN": "xoxb-abc", "SLACK_SIGNING_SECRET": "def"})
    assert "abc" not in repr(settings)
    assert "def" not in repr(settings)
