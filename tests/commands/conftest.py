"""A person who types commands, with a store of their own and with Slack's edge played."""

from dataclasses import replace

import pytest

from srmbot.commands import answer
from srmbot.request import Requester, Resources
from srmbot.store.store import Store
from tests.support.tip_commands import NOW, Played


@pytest.fixture
def slack():
    return Played()


@pytest.fixture
def asker(tmp_path, slack):
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}")
    yield Requester("T1", "C1", "U1", Resources(store, slack, now=lambda: NOW))
    store.close()


@pytest.fixture
def say(full, asker):
    """What a text gets."""
    return lambda text, **more: answer(full.state, text, replace(asker, **more) if more else asker)
