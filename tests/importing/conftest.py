"""An import of files into a folder, by the built-in knowledge; and the seed document."""

import shutil
from pathlib import Path

import pytest

from srmbot.importing.importer import Importer

FILES = Path(__file__).parent / "files"


@pytest.fixture
def seed(tmp_path, monkeypatch):
    """The document that the knowledge began with, as a file below the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    shutil.copy(FILES / "seed-srm-of-aws.md", tmp_path / "docs" / "srm.md")
    return Path("docs/srm.md")


@pytest.fixture
def bring(full, tmp_path, monkeypatch):
    """Import texts, by the names of their files; gives the importer, which has not written yet."""
    monkeypatch.chdir(tmp_path)

    def read(files, into="ours", service=None):
        importer = Importer(full.state, service, Path(into))
        for name, text in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            importer.read(path)
        return importer

    return read


@pytest.fixture
def duties(bring):
    """The duties of one text, each as its line, owner, entry and task."""

    def read(text, name="srm.md", service=None):
        (report,) = bring({name: text}, service=service).reports
        return [
            (each.placed.statement.place.line, each.owner.value, f"{each.service}/{each.placed.topic}", each.duty)
            for each in report.duties
        ]

    return read
