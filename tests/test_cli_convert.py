"""`srmbot import` and `srmbot export`, as they are run in a terminal."""

import json
import re
from pathlib import Path

import pytest

from srmbot.cli.convert import EXPORT_FORMATS
from srmbot.exporting import exporter
from tests.support.command_line import run_main

TABLE = "# RDS\n\n| Category | AWS | Customer |\n|---|---|---|\n| Backups | Take snapshots | Set retention |\n"


@pytest.fixture
def run(full, known, monkeypatch, capsys, tmp_path):
    """Run a command in this process, on knowledge that is learned already: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srmbot.cli.setup.make_bot", lambda args, settings=None: full)
    monkeypatch.setattr("srmbot.cli.setup.load_knowledge", lambda args: known)
    return lambda *words: run_main(words, capsys)


def test_import_writes_and_reports(run):
    Path("srm.md").write_text(TABLE)
    code, out, err = run("import", "srm.md", "--into", "ours")
    assert (code, re.sub(r" 0\.\d\d(?=:)", "", out), err) == (  # how surely a topic is placed hangs on what is known
        0,
        "srm.md (Markdown): 2 statements, 2 duties (0 guessed, 0 to be read), 0 left\n"
        "  read:\n"
        "    5: aws rds/backups: Take snapshots\n"
        "    5: customer rds/backups: Set retention\n"
        "ours: wrote to duties/rds.yaml\n"
        "next: srmbot check ours\n",
        "",
    )
    assert Path("ours/duties/rds.yaml").is_file()


def test_a_dry_run_writes_nothing(run):
    Path("srm.md").write_text(TABLE)
    code, out, _ = run("import", "srm.md", "--into", "ours", "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "nothing was written (--dry-run)")
    assert not Path("ours").exists()


def test_import_of_the_service_that_was_said(run):
    Path("srm.md").write_text(TABLE.replace("# RDS\n", ""))
    _, out, _ = run("import", "srm.md", "--into", "ours", "--service", "aurora")
    assert "4: aws aurora/backups: Take snapshots" in out
    assert run("import", "srm.md", "--into", "ours", "--service", "auroro")[0] == 2


def test_a_file_that_cannot_be_imported_is_a_failure_and_nothing_is_written(run):
    Path("srm.md").write_text(TABLE)
    code, out, err = run("import", "srm.md", "gone.md", "--into", "ours")
    assert (code, out, err) == (1, "", "srmbot: gone.md: there is no such file (give a file)\n")
    assert not Path("ours").exists()


def test_the_formats_are_those_that_there_are():
    assert tuple(exporter.FORMATS) == EXPORT_FORMATS


@pytest.mark.parametrize("form", EXPORT_FORMATS)
def test_export_into_a_folder(form, run):
    code, out, _ = run("export", "--format", form, "--into", "out", "rds", "dynamo")
    assert (code, out) == (
        0,
        f"out: wrote {len(list(Path('out').iterdir()))} file{'s' * (form not in ('csv', 'json'))}\n",
    )


def test_a_single_file_is_printed(run):
    code, out, _ = run("export", "--format", "json", "rds")
    assert (code, list(json.loads(out)["duties"])) == (0, ["rds"])


def test_several_files_need_a_folder(run):
    assert run("export", "--format", "oscal", "rds") == (
        2,
        "",
        "srmbot: oscal makes 3 files (name a folder for them: --into DIR)\n",
    )


def test_a_folder_that_cannot_be_written_to(run):
    Path("out").write_text("")
    code, _, err = run("export", "--format", "csv", "--into", "out", "rds")
    assert (code, err) == (1, "srmbot: out: cannot be written: File exists (choose another folder)\n")
