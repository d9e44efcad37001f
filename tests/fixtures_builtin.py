"""Fixtures on the built-in knowledge, learned once for all tests."""

import fcntl

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in


@pytest.fixture(scope="session")
def built_in_cache(pytestconfig):
    """Where it is kept from run to run: apart from the small folders, which would push it out of the cache."""
    return pytestconfig.cache.mkdir("srmbot-built-in")


@pytest.fixture(scope="session")
def full(built_in_cache):
    """A bot that knows what srmbot comes with, and has all indexes too: each first `ask` would make them anew."""
    with (built_in_cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several processes one makes it, and the others read it
        made = Bot.from_folders([built_in()], Cache(built_in_cache))
        made.state.matcher.meanings.index_all()
        if made.state.matcher.meanings.indexed:
            made.keep_indexes()
            made = Bot.from_folders([built_in()], Cache(built_in_cache))
    return made


@pytest.fixture(scope="session")
def known(full):
    """The built-in knowledge."""
    return full.knowledge


@pytest.fixture(scope="session")
def matcher(full):
    """A matcher that has learned from it."""
    return full.state.matcher
