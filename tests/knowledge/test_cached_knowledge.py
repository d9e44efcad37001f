"""The version of folders, and what the cache keeps of them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import srmbot
from knowledge.conftest import MINIMAL, RDS
from srmbot.cache import Cache
from srmbot.knowledge import load as loading
from srmbot.knowledge.files import read_folders
from srmbot.knowledge.load import load, version_of
from srmbot.knowledge.problem import KnowledgeError

OVERLAY = {
    "services.yaml": "- {slug: rds, aliases: [our database], hints: [orders], helper: true}\n",
    "teams.yaml": "- {team: Databases, service: rds, channel: '#db', runbook: 'https://example.com/db'}\n",
    "maintainers.yaml": "- {users: [U1A2], channel: C1A2}\n",
    "duties/aurora.yaml": RDS + "  facts: [one, two]\n  tip: True.\n  as_of: 2025\n  checked: false\n",
}


def version(*folders):
    return version_of(read_folders(folders))


# The version

CHANGES = [
    ("a duty", lambda folder: (folder / "duties/rds.yaml").write_text(RDS.replace("Set", "Choose"))),
    ("a comment", lambda folder: (folder / "duties/rds.yaml").write_text(RDS + "# \n")),
    ("a new file", lambda folder: (folder / "duties/aurora.yaml").write_text("")),
    ("another name", lambda folder: (folder / "duties/rds.yaml").rename(folder / "duties/aurora.yaml")),
    ("a file that is named wrongly", lambda folder: (folder / "duties/aurora.yml").write_text("")),
    ("a file less", lambda folder: (folder / "duties/rds.yaml").unlink()),
]


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[name for name, _ in CHANGES])
def test_the_version_changes_with_the_files(change, minimal):
    before = version(minimal)
    change(minimal)
    assert version(minimal) != before


def test_the_version_does_not_change_with_the_place(minimal, write):
    assert version(minimal) == version(write(MINIMAL, "elsewhere")) == version(minimal.resolve())


def test_a_folder_that_is_gone_is_not_taken_from_the_cache(minimal, tmp_path):
    cache = Cache(tmp_path / "cache")
    load([minimal], cache)
    with pytest.raises(KnowledgeError, match="there is no such folder"):
        load([minimal, Path("gone")], cache)


def test_nor_is_one_with_a_file_out_of_place(minimal, tmp_path):
    cache = Cache(tmp_path / "cache")
    load([minimal], cache)
    (minimal / "duties" / "s3.yml").write_text("")
    with pytest.raises(KnowledgeError, match="this file is not read"):
        load([minimal], cache)


# The cache


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def reading(monkeypatch):
    """How often the folders were parsed."""
    calls = []
    parse = loading.read_checked
    monkeypatch.setattr(loading, "read_checked", lambda *given: calls.append(given) or parse(*given))
    return calls


def kept(cache):
    (path,) = cache.folder.iterdir()
    return path


def test_the_second_time_it_comes_from_the_cache(minimal, write, cache, reading):
    folders = [minimal, write(OVERLAY, "overlay")]
    first = load(folders, cache)
    assert load(folders, cache) == first
    assert len(reading) == 1


def test_a_hit_reads_no_yaml_and_imports_no_parser(minimal, cache):
    load([minimal], cache)
    script = (
        "import sys; from pathlib import Path; from srmbot.knowledge.load import load;"
        "from srmbot.cache import Cache;"
        f"load([Path({str(minimal)!r})], Cache(Path({str(cache.folder)!r})));"
        "print(*sorted({'yaml', 'rapidfuzz', 'tempfile', 'srmbot.knowledge.check'} & set(sys.modules)))"
    )
    root = Path(srmbot.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(root)}
    )
    assert done.stdout == "\n"


def test_paths_are_right_from_another_folder(minimal, cache, monkeypatch):
    assert load([minimal], cache).duties[1].at == "folder/duties/rds.yaml:1"
    absolute = minimal.resolve()
    monkeypatch.chdir(minimal)
    assert load([absolute], cache).duties[1].at == "duties/rds.yaml:1"


def test_what_is_refused_is_not_kept(write, cache):
    folder = write(MINIMAL | {"topics.yaml": ""})
    for _ in range(2):
        with pytest.raises(KnowledgeError):
            load([folder], cache)
    assert not cache.folder.exists()


CORRUPT = ["", "{", "null", "[]", '"text"', "12", "{}", "[" * 100_000, "\x00", "ÿ", '{"version": "0"}']


@pytest.mark.parametrize("content", CORRUPT, ids=lambda content: content[:8].strip("\x00") or "empty")
def test_a_corrupt_cache_is_done_without(content, minimal, cache, reading):
    first = load([minimal], cache)
    kept(cache).write_text(content, encoding="latin-1")
    assert load([minimal], cache) == first
    assert len(reading) == 2
    assert json.loads(kept(cache).read_bytes())["version"] == first.version


def spoilt(path, value):
    """Kept knowledge with one part of it changed."""
    return lambda rows: (
        rows[path[0]].__setitem__(*path[1:], value) if len(path) > 1 else rows.__setitem__(path[0], value)
    )


SPOILT = [
    spoilt(["version"], "0000000000000000"),
    spoilt(["duties"], None),
    spoilt(["duties"], [None]),
    spoilt(["duties", 0], []),
    spoilt(["duties", 0], ["general.copies", "general", "backups", "nobody"] + [None] * 9),
    spoilt(["duties", 0], {"id": "general.copies"}),
    spoilt(["services"], 1),
    spoilt(["teams"], [["Us"]]),
    lambda rows: rows.pop("topics"),
]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_cache_of_another_form_is_done_without(spoil, minimal, cache, reading):
    first = load([minimal], cache)
    rows = json.loads(kept(cache).read_bytes())
    spoil(rows)
    kept(cache).write_text(json.dumps(rows))
    assert load([minimal], cache) == first
    assert len(reading) == 2


def test_other_code_does_not_read_it(minimal, cache, reading, monkeypatch):
    load([minimal], cache)
    monkeypatch.setattr(loading, "fingerprint", lambda *patterns: "another")
    load([minimal], cache)
    assert len(reading) == 2


def test_a_cache_that_cannot_be_written_is_done_without(minimal, tmp_path):
    (tmp_path / "file").write_text("")
    assert load([minimal], Cache(tmp_path / "file")) == load([minimal], Cache(None))
