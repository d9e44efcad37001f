"""A stand-in of Slack, and the app in front of it that is installed by consent."""

import pytest

from srmbot.fake_slack import FakeSlack
from srmbot.slack.manifest import load_manifest
from tests.support.installing import migrated, serving
from tests.support.served_app import QUICK


@pytest.fixture
def bare(log):
    """A stand-in that knows our manifest, without an app."""
    with FakeSlack.from_manifest(load_manifest(), timing=QUICK) as slack:
        yield slack
    assert slack.complaints == []


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request, tmp_path):
    """The address of a database with tables."""
    if request.param == "SQLite":
        return f"sqlite:///{tmp_path / 'srmbot.db'}"
    return migrated(request.getfixturevalue("server"))


@pytest.fixture
def served(bare, bot, database):
    with serving(bare, bot, database) as running:
        yield running


@pytest.fixture
def quick(bare, bot, tmp_path):
    """On SQLite alone."""
    with serving(bare, bot, f"sqlite:///{tmp_path / 'srmbot.db'}") as running:
        yield running
