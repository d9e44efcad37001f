"""Fixtures on the built-in knowledge, learned once for all tests."""

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in


@pytest.fixture(scope="session")
def full(cache_folder):
    """A bot that knows what srmbot comes with."""
    return Bot.from_folders([built_in()], Cache(cache_folder))


@pytest.fixture(scope="session")
def known(full):
    """The built-in knowledge."""
    return full.knowledge


@pytest.fixture(scope="session")
def matcher(full):
    """A matcher that has learned from it."""
    return full.state.matcher
