"""What every test may use: a bot on a small knowledge folder; and no way out of this machine."""

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `from srmbot.fake_slack import …`, whatever pytest's import mode is

from srmbot.bot import Bot  # noqa: E402
from srmbot.cache import Cache  # noqa: E402

LOOPBACK = ("127.", "::1", "localhost")
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
READ = ("SLACK_", "SRMBOT_", "DATABASE_URL", *PROXIES, "PORT", "LOG_LEVEL")  # variables that are read

# A shell starts what runs in the background with Ctrl-C ignored; so would be every process that a test starts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def folder() -> Path:
    """A knowledge folder of three services, six topics and seventeen duties; valid, and learned in no time."""
    return ROOT / "tests" / "small_knowledge"


@pytest.fixture(scope="session")
def cache_folder(pytestconfig: pytest.Config) -> Path:
    """Where what was learned is kept from run to run: its names have the hash of code and knowledge."""
    return pytestconfig.cache.mkdir("srmbot")


@pytest.fixture(scope="session")
def bot(folder: Path, cache_folder: Path) -> Bot:
    """A real bot that knows the small folder."""
    return Bot.from_folders([folder], Cache(cache_folder))


@pytest.fixture(scope="session")
def server() -> Iterator[object]:
    """PostgreSQL from pip, started once, where a test needs it.

    Not below pytest's folders: for root the server runs as another user, whom pytest shuts out of them.
    """
    from tests.support.databases import postgres

    with tempfile.TemporaryDirectory(prefix="srmbot-") as folder, postgres(Path(folder) / "postgres") as running:
        yield running


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[object]:
    """An empty store, once on each kind of database."""
    from tests.support.databases import on_postgres, on_sqlite

    made = on_sqlite(tmp_path) if request.param == "SQLite" else on_postgres(request.getfixturevalue("server"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A connection to anything but this machine fails, and so does the test."""
    tried: list[object] = []

    def only_here(connect):
        def guarded(self: socket.socket, address: object) -> object:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
                tried.append(address)
                raise ConnectionRefusedError(f"a test connects to {address}")
            return connect(self, address)

        return guarded

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, only_here(getattr(socket.socket, name)))
    yield
    assert not tried, f"connected to {tried}"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """A day that the ages of pages are counted from: answers must not change while the tests stay the same."""
    monkeypatch.setattr("srmbot.overview.age.today", lambda: date(2026, 11, 30))


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without anything that srmbot or Slack's libraries would read."""
    for name in list(os.environ):
        if name.upper().startswith(READ):
            monkeypatch.delenv(name)
