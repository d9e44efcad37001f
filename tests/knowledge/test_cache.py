"""The cache: whole files or none, others' left alone, and never a reason to fail."""

import os
import stat
import time
from pathlib import Path

import pytest

from srmbot import cache as caching
from srmbot.cache import ABANDONED, HALF_WRITTEN, KEPT_FILES, Cache, digest, fingerprint


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "new" / "cache")


def name(number, kind="knowledge", ending="json"):
    return f"{kind}-{number:016x}-{0:016x}.{ending}"


def age(path, seconds):
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_what_is_put_is_found(cache):
    assert cache.json(name(1)) is None
    path = cache.put(name(1), b'{"a": [1]}')
    assert path == cache.path(name(1)) == cache.folder / name(1)
    assert cache.json(name(1)) == {"a": [1]}
    assert cache.path(name(2)) is None


def test_only_the_user_may_read_it(cache):
    path = cache.put(name(1), b"{}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700


def test_no_folder_keeps_nothing():
    nothing = Cache(None)
    assert (nothing.put(name(1), b"{}"), nothing.path(name(1)), nothing.json(name(1))) == (None, None, None)


def test_the_newest_of_each_kind_are_kept(cache):
    for number in range(KEPT_FILES + 3):
        for kind, ending in (("knowledge", "json"), ("weights", "bin")):
            age(cache.put(name(number, kind, ending), b"{}"), 100 - number)
    cache.put(name(99), b"{}")
    cache.put(name(99, "weights", "bin"), b"{}")
    numbers = [*range(4, KEPT_FILES + 3), 99]
    assert {path.name for path in cache.folder.iterdir()} == {
        name(number, kind, ending) for number in numbers for kind, ending in (("knowledge", "json"), ("weights", "bin"))
    }


def test_nobody_else_s_files_are_touched(cache):
    """SRMBOT_CACHE may name a folder in which other things lie."""
    cache.folder.mkdir(parents=True)
    others = ["letter.txt", "knowledge.json", "knowledge-1-2.json", "weights-of-my-cats.bin", ".profile"]
    for other in others:
        (cache.folder / other).write_text("mine")
        age(cache.folder / other, 10 * ABANDONED)
    (cache.folder / "photos").mkdir()
    for number in range(3 * KEPT_FILES):
        cache.put(name(number), b"{}")
    assert {*others, "photos"} <= {path.name for path in cache.folder.iterdir()}


def test_half_written_files_are_taken_out_in_time(cache):
    cache.put(name(1), b"{}")
    for half, seconds in ((f"{HALF_WRITTEN}old", 2 * ABANDONED), (f"{HALF_WRITTEN}new", 0)):
        (cache.folder / half).write_text("")
        age(cache.folder / half, seconds)
    cache.put(name(2), b"{}")
    assert {path.name for path in cache.folder.iterdir()} == {name(1), name(2), f"{HALF_WRITTEN}new"}


def test_a_full_disk_leaves_nothing_half(cache, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    cache.put(name(1), b"{}")
    monkeypatch.setattr(os, "replace", full)
    assert cache.put(name(1), b'{"other": 1}') is None
    assert [path.name for path in cache.folder.iterdir()] == [name(1)]
    assert cache.json(name(1)) == {}


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_folder_that_cannot_be_made(cache, fault, monkeypatch):
    def refuse(*_, **__):
        raise fault

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert cache.put(name(1), b"{}") is None
    assert cache.json(name(1)) is None


def test_a_file_where_the_folder_should_be(tmp_path):
    (tmp_path / "cache").write_text("")
    cache = Cache(tmp_path / "cache")
    assert (cache.put(name(1), b"{}"), cache.path(name(1)), cache.json(name(1))) == (None, None, None)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 200_000, b"\x80\x04K\x01."], ids=range(5))
def test_what_is_not_json_is_a_miss(content, cache):
    cache.put(name(1), content)
    assert cache.json(name(1)) is None


def test_a_folder_in_a_file_s_place_is_a_miss(cache):
    (cache.folder / name(1)).mkdir(parents=True)
    assert cache.json(name(1)) is None
    assert cache.put(name(1), b"{}") is None


def test_a_file_that_goes_while_it_is_read_is_a_miss(cache, monkeypatch):
    monkeypatch.setattr(cache, "path", lambda name: Path("/gone"))
    assert cache.json(name(1)) is None


def test_nothing_that_could_run_code_is_read():
    source = Path(caching.__file__).read_text(encoding="utf-8")
    assert not any(word in source for word in ("pickle", "marshal", "eval", "exec("))


def test_a_digest_tells_where_one_part_ends():
    assert digest([b"ab", b"c"]) != digest([b"a", b"bc"]) != digest([b"abc"])
    assert len(digest([])) == 16


def test_the_code_has_a_version_that_changes_with_it(tmp_path, monkeypatch):
    assert fingerprint("model.py") == fingerprint("model.py")
    monkeypatch.setattr(caching, "PACKAGE", tmp_path)
    (tmp_path / "model.py").write_text("one")
    one = fingerprint("model.py")
    (tmp_path / "model.py").write_text("two")
    assert fingerprint("model.py") != one
