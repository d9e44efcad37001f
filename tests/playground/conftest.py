"""A playground with the real app behind it, for all tests of this folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.playground.session import Session, open_session


@pytest.fixture
def knowledge(folder: Path, tmp_path: Path) -> Path:
    """A copy of the small folder, to be changed."""
    return Path(shutil.copytree(folder, tmp_path / "knowledge"))


@pytest.fixture
def room(knowledge: Path, cache_folder: Path) -> Iterator[Session]:
    """The playground's workspace, with a bot that follows the copy."""
    with open_session(Bot.from_folders([knowledge], Cache(cache_folder))) as made:
        yield made
    assert made.slack.complaints == []
