"""The settings, and what they lead to -> what is right and what is wrong, with what to do: `srmbot doctor`."""

from __future__ import annotations

import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from srmbot.cache import Cache
from srmbot.config import Settings
from srmbot.errors import SrmbotError
from srmbot.knowledge.files import read_folders
from srmbot.knowledge.load import load_layers
from srmbot.knowledge.report import check_folders
from srmbot.overview.age import today
from srmbot.search.learning.cached import has_learned
from srmbot.search.learning.process import can_learn
from srmbot.slack.manifest import load_manifest
from srmbot.slack.tips.scheduled_messages import single_try_client
from srmbot.store.database import StoreError
from srmbot.store.schema import HEAD
from srmbot.store.sealing import Sealer
from srmbot.store.store import Store

SKEW = 60  # seconds that the clock may be wrong; Slack's signatures are good for 300
ADDRESS_TIMEOUT = 5  # seconds for the bot's own address
COPY = "copy it again from api.slack.com/apps"
UNREACHABLE_ERRORS = (SlackClientError, OSError, ValueError)


class SetupVerdict(StrEnum):
    """How something is."""

    GOOD = "ok"
    ODD = "look"  # it works, but perhaps not as it was meant
    BAD = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str  # "token", "clock", …
    verdict: SetupVerdict
    what: str
    fix: str = ""

    def __str__(self) -> str:
        """One line, or two with what to do."""
        fix = f"\n{'':7}fix: {self.fix}" if self.fix else ""
        return f"{self.verdict:6} {self.about}: {self.what}{fix}"


@dataclass
class Patient:
    """What is looked at; some of it is asked for once and used by several checks."""

    settings: Settings
    folders: list[Path]
    url: str | None = None  # the bot's public address
    bare: bool = False  # of the lowest folder, only names and questions are used
    now: Callable[[], float] = time.time
    answer: Any = None  # Slack's answer to auth.test

    @property
    def client(self) -> WebClient:
        """The Web API, with the bot's token."""
        return single_try_client(self.settings.bot_token, self.settings.slack_api_url)


def good(about: str, what: str) -> Finding:
    """Something is right."""
    return Finding(about, SetupVerdict.GOOD, what)


def odd(about: str, what: str, fix: str) -> Finding:
    """Something is to be looked at."""
    return Finding(about, SetupVerdict.ODD, what, fix)


def bad(about: str, what: str, fix: str) -> Finding:
    """Something is wrong."""
    return Finding(about, SetupVerdict.BAD, what, fix)


def check_way(patient: Patient) -> Iterator[Finding]:
    """How Slack reaches the bot, by the settings alone."""
    held = patient.settings
    if held.bot_token and held.client_id:
        yield odd("settings", "SLACK_BOT_TOKEN is set, so SLACK_CLIENT_ID is not used", "remove one of the two")
    if not held.bot_token and not held.client_id:
        yield bad("settings", "neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set", "set one; see .env.example")
        return
    many = "many workspaces" if held.in_many_workspaces else "one workspace"
    ways = [name for name, key in (("--http", held.signing_secret), ("--socket", held.app_token)) if key]
    if not ways:
        fix = "set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP"
        yield bad("settings", f"{many}, and no way to serve", fix)
    else:
        yield good("settings", f"{many}; can serve {' or '.join(ways)}")
    secret = held.signing_secret
    if secret and (len(secret) != 32 or not set(secret) <= set("0123456789abcdef")):
        yield odd("settings", "SLACK_SIGNING_SECRET does not look like one: 32 digits from 0 to f", COPY)


def check_token(patient: Patient) -> Iterator[Finding]:
    """Whether Slack accepts the bot's token, and how long its answer takes."""
    if not patient.settings.bot_token:
        return
    try:
        patient.answer = answer = patient.client.auth_test()
    except SlackApiError as fault:
        yield bad("token", f"Slack rejected SLACK_BOT_TOKEN: {fault.response.get('error')}", COPY)
    except UNREACHABLE_ERRORS as fault:
        fix = "check the network, a proxy, and SLACK_API_URL"
        yield bad("token", f"Slack cannot be reached: {type(fault).__name__}", fix)
    else:
        yield good("token", f"{answer.get('user')} in {answer.get('team')} ({answer.get('team_id')})")


def header(patient: Patient, name: str) -> str:
    """What Slack's answer about the token has under a name in lower case; blank without it."""
    headers = {} if patient.answer is None else patient.answer.headers
    return next((str(value) for each, value in headers.items() if str(each).lower() == name), "")


def check_scopes(patient: Patient) -> Iterator[Finding]:
    """Whether the token may do what the manifest asks for."""
    if patient.answer is None:
        return
    held = {each.strip() for each in header(patient, "x-oauth-scopes").split(",")}
    asked = load_manifest()["oauth_config"]["scopes"]
    missing, optional = sorted({*asked["bot"]} - held), sorted({*asked["bot_optional"]} - held)
    if missing:
        fix = "give the app the manifest of `srmbot manifest`, and install it again"
        yield bad("scopes", f"the token lacks {', '.join(missing)}", fix)
    elif optional:
        yield odd("scopes", f"without {', '.join(optional)}", "nothing, if you left them out on purpose")
    else:
        yield good("scopes", "all that the manifest asks for")


def check_app_token(patient: Patient) -> Iterator[Finding]:
    """Whether Slack lets a socket be opened."""
    if not patient.settings.app_token or patient.settings.in_many_workspaces:
        return
    try:
        patient.client.apps_connections_open(app_token=patient.settings.app_token)
    except SlackApiError as fault:
        error = fault.response.get("error")
        fix = "give it connections:write, and switch Socket Mode on in the app"
        yield bad("app token", f"Slack opens no socket: {error}", fix)
    except UNREACHABLE_ERRORS as fault:
        yield bad("app token", f"Slack cannot be reached: {type(fault).__name__}", "check the network")
    else:
        yield good("app token", "Slack opens a socket")


def check_clock(patient: Patient) -> Iterator[Finding]:
    """Whether this machine's clock goes as Slack's does: a signature is good for five minutes."""
    try:
        there = parsedate_to_datetime(header(patient, "date")).timestamp()
    except (TypeError, ValueError):
        return
    off = round(patient.now() - there)
    if abs(off) > SKEW:
        yield bad("clock", f"{abs(off)} s {'ahead of' if off > 0 else 'behind'} Slack's", "set it by NTP")
    else:
        yield good("clock", "as Slack's")


def check_database(patient: Patient) -> Iterator[Finding]:
    """Whether the store can be used, and the tokens in it be decrypted."""
    store = Store(patient.settings.database or "")
    try:
        if not store.exists:
            yield good("database", "none yet; it is made with the first thing to remember")
            return
        kind, found = "SQLite" if store.is_sqlite else "PostgreSQL", store.revision()
        if found != HEAD and not store.is_sqlite:  # a file is brought up to date at a start
            yield bad("database", f"{kind}, schema {found}, not {HEAD}", "run `srmbot migrate`")
            return
        yield good("database", f"{kind}, schema {found}")
        if found == HEAD and patient.settings.in_many_workspaces:
            yield from check_installations(store, patient.settings)
    except StoreError as fault:
        yield bad("database", fault.what, fault.fix)
    finally:
        store.close()


def check_installations(store: Store, settings: Settings) -> Iterator[Finding]:
    """Whether the key opens every token."""
    try:
        sealer = Sealer(settings.secret_keys)
        places = [place for place, *_ in store.installations.places()]
        for place in places:
            store.installations.find(place.enterprise, place.team, sealer)
        yield good("installations", f"{len(places)}; SRMBOT_SECRET_KEY opens all")
    except SrmbotError as fault:
        yield bad("installations", fault.what, fault.fix)


def check_knowledge(patient: Patient) -> Iterator[Finding]:
    """Whether the knowledge is valid, and what was learned from it is kept."""
    found = check_folders(patient.folders, today())
    if found.problems:
        yield bad("knowledge", f"{len(found.problems)} problems; the first: {found.problems[0]}", "run `srmbot check`")
    else:
        yield good("knowledge", found.count)
        yield from check_learning(patient)
    folder = patient.settings.cache
    if folder is None:
        fix = "set SRMBOT_CACHE to a folder that lasts"
        yield odd("cache", "nothing is kept, so every start unpacks or learns anew", fix)
    elif not is_writable(folder):
        yield bad("cache", f"{folder} cannot be written to", "set SRMBOT_CACHE to a folder that can")
    else:
        yield good("cache", str(folder))


def check_learning(patient: Patient) -> Iterator[Finding]:
    """Whether valid knowledge has been learned from, or can be."""
    settings = patient.settings
    if missing := [file for file in settings.weights if not file.is_file()]:
        yield bad("learning", f"SRMBOT_WEIGHTS: there is no file {missing[0]}", "write it with `srmbot learn`")
    cache = Cache(settings.cache)
    knowledge = load_layers(read_folders(patient.folders, bare=patient.bare), cache)
    if has_learned(knowledge, cache, settings.weights):
        yield good("learning", "there are weights for just this knowledge")
    elif can_learn():
        yield good("learning", "the next start learns from this knowledge, for a minute or two")
    else:
        fix = "run `srmbot learn` and set SRMBOT_WEIGHTS, or install srmbot[learn]"
        yield odd("learning", "not from this knowledge: the weights of another one answer, and the duties' words", fix)


def is_writable(folder: Path) -> bool:
    """Whether files can be put into a folder, which is made if need be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def check_address(patient: Patient) -> Iterator[Finding]:
    """Whether the bot answers at its public address."""
    if patient.url is None:
        return
    address = f"{patient.url.rstrip('/')}/healthz"
    if not patient.url.startswith("https://"):
        yield bad("address", f"{patient.url} is not https", "put a proxy with https in front of srmbot")
        return
    try:
        with urllib.request.urlopen(address, timeout=ADDRESS_TIMEOUT) as answer:  # noqa: S310  # nosec B310 - https, see above
            yield good("address", f"{address} answers {answer.status}")
    except urllib.error.HTTPError as refused:
        with refused:
            yield bad("address", f"{address} answers {refused.code}", "lead the address to srmbot's PORT")
    except OSError as fault:
        yield bad("address", f"{address}: {fault}", "start srmbot; check DNS, the certificate and the proxy")


SETUP_CHECKS = (
    check_way,
    check_token,
    check_scopes,
    check_app_token,
    check_clock,
    check_database,
    check_knowledge,
    check_address,
)


def examine(patient: Patient) -> Iterator[Finding]:
    """Make every check, in an order in which one may use what an earlier one was answered."""
    for check in SETUP_CHECKS:
        yield from check(patient)
