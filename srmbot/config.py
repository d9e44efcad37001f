"""The environment -> Settings; the only reader of it."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from srmbot.errors import ConfigError

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
PORT = 3000
LIMITS = (60, 3000)
BOTS = ("workflows", "all", "none")  # what may stand for bots
HASHES = b"srmbot/questions"  # what the key for hashes is made for
PREFIXES = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. Secrets are left out of the `repr`, so that no log can show them."""

    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    slack_api_url: str | None = None
    port: int = PORT
    log_level: str = "INFO"
    knowledge: tuple[Path, ...] = ()  # folders laid over the built-in one
    weights: tuple[Path, ...] = ()  # files that `srmbot learn` wrote
    cache: Path | None = None  # None: keep nothing
    database: str | None = field(default=None, repr=False)  # as SQLAlchemy takes it; may have a password in it
    timezone: str | None = None
    holidays: frozenset[date] = frozenset()
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    secret_keys: tuple[str, ...] = field(default=(), repr=False)  # the newest first
    workspaces: frozenset[str] = frozenset()  # who may install the app; empty: anybody
    limits: tuple[int, int] | None = LIMITS  # requests a minute of one user, and of one workspace
    metrics_token: str | None = field(default=None, repr=False)
    metrics_port: int | None = None  # on 127.0.0.1
    traces: str | None = None  # where a collector takes them
    bots: frozenset[str] = frozenset({"workflows"})  # bots whose mentions are answered

    @property
    def in_many_workspaces(self) -> bool:
        """Whether the app is installed by its users, and not given the token of one workspace."""
        return self.client_id is not None and self.bot_token is None

    @property
    def hash_key(self) -> str | None:
        """What keys the hashes of questions, made from the newest key; None without one."""
        if not self.secret_keys:
            return None
        return hmac.new(self.secret_keys[0].encode(), HASHES, hashlib.sha256).hexdigest()


# Every variable that is read, and what it is for; .env.example and the README are tested against it.
VARIABLES = {
    "SLACK_BOT_TOKEN": "bot token, xoxb-…, from the app's “OAuth & Permissions” page",
    "SLACK_APP_TOKEN": "app-level token, xapp-…, with the connections:write scope; needed for Socket Mode",
    "SLACK_SIGNING_SECRET": "signing secret from the app's “Basic Information” page; needed for HTTP",
    "SLACK_API_URL": "base URL of the Slack Web API; set it only to test against a fake Slack",
    "PORT": f"port for `serve --http`, `mcp --http`, health checks and the playground; default {PORT}",
    "LOG_LEVEL": f"one of {', '.join(LEVELS)}; default INFO",
    "SRMBOT_KNOWLEDGE": f"your own knowledge folders, laid over the built-in one; separate several with `{os.pathsep}`",
    "SRMBOT_WEIGHTS": "file that `srmbot learn` wrote: what was learned from your own knowledge folders",
    "SRMBOT_CACHE": "folder for what is parsed and learned; default: your user cache folder; `off` keeps nothing",
    "DATABASE_URL": "database for tips and threads, postgres://…; default: a SQLite file in your user data folder",
    "SRMBOT_TIMEZONE": "time zone for tips when a person's own is unknown, such as Europe/Lisbon; default UTC",
    "SRMBOT_HOLIDAYS": "dates without tips, such as 2026-12-25,2027-01-01",
    "SLACK_CLIENT_ID": "client ID from “Basic Information”; for many workspaces, without SLACK_BOT_TOKEN",
    "SLACK_CLIENT_SECRET": "client secret from “Basic Information”; for many workspaces",
    "SRMBOT_SECRET_KEY": "key that encrypts stored tokens and keys the hashes of questions, from `srmbot newkey`;"
    " several with commas, the newest first",
    "SRMBOT_LIMITS": "requests a minute of one user, and of one workspace; default 60,3000; `off` for no limit",
    "SRMBOT_METRICS_TOKEN": "bearer token for `/metrics` beside the health checks; default: no `/metrics` there",
    "SRMBOT_METRICS_PORT": "port of 127.0.0.1 for `/metrics` without a token; default: none",
    "SRMBOT_TRACES": "where OpenTelemetry traces go, such as http://127.0.0.1:4318/v1/traces; default: nowhere",
    "SRMBOT_WORKSPACES": "IDs of the workspaces and organisations that may install the bot; default: any",
    "SRMBOT_BOTS": "bots whose mentions are answered: `workflows` (default), `all`, `none`, or bot and app IDs",
}
SCHEMES = {  # how DATABASE_URL may begin, and what SQLAlchemy calls that
    "postgres://": "postgresql+psycopg://",  # as Heroku gives it
    "postgresql://": "postgresql+psycopg://",
    "postgresql+psycopg://": "postgresql+psycopg://",
    "sqlite:///": "sqlite:///",
}


def read_settings(
    environment: Mapping[str, str], default_cache: Path | None = None, default_data: Path | None = None
) -> Settings:
    """The settings in an environment; a blank value is one that is not set.

    Args:
        environment: usually `os.environ`.
        default_cache: where the cache is unless the environment says otherwise.
        default_data: the folder of the SQLite file unless the environment names a database.

    Raises:
        ConfigError: a value that cannot be meant, without showing it where it is a secret.
    """
    given = {name: value for name in VARIABLES if (value := environment.get(name, "").strip())}
    for name, prefix in PREFIXES.items():
        if name in given and not given[name].startswith(prefix):
            raise ConfigError(f"{name} must start with {prefix}", f"use the {VARIABLES[name]}")
    return Settings(
        bot_token=given.get("SLACK_BOT_TOKEN"),
        app_token=given.get("SLACK_APP_TOKEN"),
        signing_secret=given.get("SLACK_SIGNING_SECRET"),
        slack_api_url=api_url(given.get("SLACK_API_URL")),
        port=port(given.get("PORT", str(PORT)), "PORT"),
        log_level=level(given.get("LOG_LEVEL", "INFO")),
        knowledge=paths(given.get("SRMBOT_KNOWLEDGE", "")),
        weights=paths(given.get("SRMBOT_WEIGHTS", "")),
        cache=cache(given.get("SRMBOT_CACHE"), default_cache),
        database=database(given.get("DATABASE_URL"), default_data),
        timezone=timezone(given.get("SRMBOT_TIMEZONE")),
        holidays=holidays(given.get("SRMBOT_HOLIDAYS", "")),
        client_id=given.get("SLACK_CLIENT_ID"),
        client_secret=given.get("SLACK_CLIENT_SECRET"),
        secret_keys=parts(given.get("SRMBOT_SECRET_KEY", "")),
        limits=limits(given.get("SRMBOT_LIMITS")),
        metrics_token=given.get("SRMBOT_METRICS_TOKEN"),
        metrics_port=port(text, "SRMBOT_METRICS_PORT") if (text := given.get("SRMBOT_METRICS_PORT")) else None,
        traces=url(text, "SRMBOT_TRACES") if (text := given.get("SRMBOT_TRACES")) else None,
        workspaces=frozenset(parts(given.get("SRMBOT_WORKSPACES", ""))),
        bots=bots(given.get("SRMBOT_BOTS", "workflows")),
    )


def parts(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def paths(text: str) -> tuple[Path, ...]:
    """Files or folders with the system's separator between them."""
    return tuple(Path(part) for part in text.split(os.pathsep) if part)


def port(text: str, name: str) -> int:
    """Read a TCP port.

    Args:
        text: as it was given.
        name: of the setting or option, for the error.

    Raises:
        ConfigError: not a number from 0 to 65535.
    """
    if not (text.isascii() and text.isdigit()) or int(text) > 65535:
        raise ConfigError(f"{name} '{text}' is not a valid port", "use a number from 0 to 65535")
    return int(text)


def level(text: str) -> str:
    """A log level.

    Raises:
        ConfigError: none of LEVELS.
    """
    if text.upper() not in LEVELS:
        raise ConfigError(f"LOG_LEVEL '{text}' is not a log level", f"use one of {', '.join(LEVELS)}")
    return text.upper()


def api_url(text: str | None) -> str | None:
    """The base of a Web API, with the slash that slack_sdk wants at its end.

    Raises:
        ConfigError: not an http address.
    """
    return url(text, "SLACK_API_URL").rstrip("/") + "/" if text else None


def url(text: str, name: str) -> str:
    """An address.

    Args:
        text: as it was given.
        name: of the setting, for the error.

    Raises:
        ConfigError: not an http address.
    """
    if not text.startswith(("https://", "http://")):
        raise ConfigError(f"{name} '{text}' is not a URL", "start it with https:// or http://")
    return text


def cache(text: str | None, default: Path | None) -> Path | None:
    """The folder of the cache, or None where nothing is kept."""
    if text is None:
        return default
    return None if text.lower() == "off" else Path(text)


def database(text: str | None, folder: Path | None) -> str | None:
    """The address of the database, as SQLAlchemy takes it.

    Raises:
        ConfigError: neither PostgreSQL nor SQLite; without showing it, because it may have a password in it.
    """
    if text is None:
        return f"sqlite:///{folder / 'srmbot.db'}" if folder else None
    for begins, means in SCHEMES.items():
        if text.startswith(begins):
            return means + text.removeprefix(begins)
    raise ConfigError("unsupported DATABASE_URL", "start it with postgres:// or sqlite:///")


def limits(text: str | None) -> tuple[int, int] | None:
    """How many requests a minute are answered.

    Raises:
        ConfigError: neither `off` nor two numbers above 0.
    """
    if text is None:
        return LIMITS
    if text.lower() == "off":
        return None
    numbers = [int(part) for part in parts(text) if part.isascii() and part.isdigit()]
    if len(numbers) != 2 or min(numbers) < 1 or len(parts(text)) != 2:
        raise ConfigError(f"SRMBOT_LIMITS '{text}' is not a pair of numbers", "use two such as 60,3000, or `off`")
    return numbers[0], numbers[1]


def timezone(text: str | None) -> str | None:
    """The name of a time zone.

    Raises:
        ConfigError: there is none of that name.
    """
    if text is None:
        return None
    from zoneinfo import ZoneInfo  # only where it is set, and to ask a question never

    try:
        return ZoneInfo(text).key
    except (ValueError, OSError, LookupError) as fault:
        raise ConfigError(
            f"SRMBOT_TIMEZONE '{text}' is not a known time zone", "use a name such as Europe/Lisbon"
        ) from fault


def holidays(text: str) -> frozenset[date]:
    """Dates with commas between them.

    Raises:
        ConfigError: something else among them.
    """
    try:
        return frozenset(date.fromisoformat(part) for part in parts(text))
    except ValueError as fault:
        raise ConfigError(
            f"SRMBOT_HOLIDAYS '{text}' is not a list of dates", "use dates such as 2026-12-25,2027-01-01"
        ) from fault


def bots(text: str) -> frozenset[str]:
    """Which bots may ask, with commas between them: IDs, or a word for many.

    Raises:
        ConfigError: something else among them.
    """
    given = parts(text)
    for each in given:
        if each not in BOTS and not (each[0] in "AB" and each.isalnum() and each.isupper()):
            raise ConfigError(f"SRMBOT_BOTS '{each}' is not a bot", f"use {', '.join(BOTS)}, or IDs such as B0123ABCD")
    return frozenset(given) - {"none"}
