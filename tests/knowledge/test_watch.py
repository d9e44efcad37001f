"""Watching folders: each change of knowledge is noticed, and nothing else is."""

import os
import shutil
import threading
import time

import pytest

from srmbot.knowledge.watch import matters, watch


class Watched:
    """A folder that is being watched, and how often a change was noticed."""

    def __init__(self, *folders) -> None:
        self.stop, self.calls = threading.Event(), 0
        self.thread = threading.Thread(target=watch, args=(folders, self.count, self.stop), daemon=True)
        self.thread.start()
        self.until(lambda: self.calls)

    def count(self) -> None:
        self.calls += 1
        if self.calls == 2:
            raise LookupError("a bug, which ends nothing")

    def until(self, true, seconds: float = 20) -> None:
        """Wait for something."""
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"called {self.calls} times"
            time.sleep(0.01)

    def after(self, change) -> None:
        """Make a change, and wait until it is noticed."""
        before = self.calls
        change()
        self.until(lambda: self.calls > before)


@pytest.fixture
def ours(tmp_path):
    (tmp_path / "ours" / "duties").mkdir(parents=True)
    (tmp_path / "ours" / "services.yaml").write_text("- slug: rds\n")
    return tmp_path / "ours"


@pytest.fixture
def watched(ours):
    held = Watched(ours)
    yield held
    held.stop.set()
    held.thread.join(10)
    assert not held.thread.is_alive()


def test_every_way_to_change_knowledge_is_reported(watched, ours, tmp_path):
    path, other = ours / "duties" / "rds.yaml", tmp_path / "new.yaml"
    watched.after(lambda: path.write_text("one"))
    watched.after(lambda: path.write_text("two"))  # after one that ended in a bug
    other.write_text("three")
    watched.after(lambda: os.replace(other, path))  # as many editors save
    watched.after(lambda: path.rename(ours / "duties" / "aurora.yaml"))
    watched.after((ours / "duties" / "aurora.yaml").unlink)
    watched.after(lambda: shutil.rmtree(ours / "duties"))


def test_a_folder_that_is_replaced_is_watched_anew(watched, ours, tmp_path):
    watched.after(lambda: ours.rename(tmp_path / "old"))
    watched.after(lambda: shutil.copytree(tmp_path / "old", ours))
    time.sleep(1.2)  # what is written in the second in which the new one is found is found with it
    watched.after(lambda: (ours / "services.yaml").write_text("- slug: aurora\n"))


def test_many_changes_at_once_are_reported_together(watched, ours):
    before = watched.calls
    for number in range(50):
        (ours / "duties" / f"a{number}.yaml").write_text("x")
    watched.until(lambda: watched.calls > before)
    time.sleep(1)
    assert watched.calls - before <= 3


MATTERS = [
    ("duties/rds.yaml", True),
    ("asked/people.YML", True),
    ("duties", True),  # a folder, moved as a whole
    ("..data", True),
    (".rds.yaml.swp", False),
    (".git", False),
    ("duties/.#rds.yaml", False),
    ("duties/rds.yaml~", False),
    ("README.md", False),
    ("duties/4913", True),  # vim's, and like a folder: to read once too often costs little
]


@pytest.mark.parametrize(("name", "noticed"), MATTERS)
def test_what_matters(name, noticed):
    assert matters(None, f"/ours/{name}") is noticed
