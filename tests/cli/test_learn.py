"""`srmbot learn`: a file with what was learned, for a bot that cannot learn."""

import logging

import pytest

from srmbot.knowledge import load
from srmbot.search import shipped
from srmbot.search.learning import process
from tests.support.command_line import run_main
from tests.support.own_duty import OWN_DUTY

QUESTION = "who runs the zebra export of rds?"


@pytest.fixture
def ours(tmp_path, monkeypatch, folder, cache_folder):
    """An organisation's folder, over a small one that srmbot comes with."""
    monkeypatch.setattr(load, "built_in", lambda: folder)
    monkeypatch.setattr(shipped, "SHIPPED", tmp_path / "none.weights")
    monkeypatch.setenv("SRMBOT_CACHE", str(cache_folder))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours" / "duties").mkdir(parents=True)
    (tmp_path / "ours" / "duties" / "rds.yaml").write_text(OWN_DUTY)
    return tmp_path / "ours"


def test_what_is_learned_here_is_answered_by_there(ours, tmp_path, capsys, caplog, monkeypatch):
    code, out, _ = run_main(["learn", "ours", "--out", "our.weights"], capsys)
    assert (code, out) == (0, "our.weights: learned from 18 duties and 66 example questions, 0.0 MB\n")
    assert (tmp_path / "our.weights").stat().st_size > 1000

    monkeypatch.setattr(process, "find_spec", lambda name: None)
    monkeypatch.setenv("SRMBOT_CACHE", "off")
    monkeypatch.setenv("SRMBOT_WEIGHTS", "our.weights")
    caplog.clear()
    code, out, _ = run_main(["ask", "--knowledge", "ours", QUESTION], capsys)
    assert (code, out.partition("\n")[0]) == (0, "You: RDS · Backups")
    assert [record.msg for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_weights_that_are_to_be_written_anew_need_not_be_there(ours, capsys, monkeypatch):
    monkeypatch.setenv("SRMBOT_WEIGHTS", "our.weights")
    assert run_main(["learn", "ours", "--out", "our.weights"], capsys)[0] == 0


def test_a_file_that_is_not_there_is_one_clear_line(ours, capsys, monkeypatch):
    monkeypatch.setenv("SRMBOT_WEIGHTS", "our.weights")
    said = "srmbot: SRMBOT_WEIGHTS: there is no file our.weights (write it with `srmbot learn`)\n"
    assert run_main(["ask", "rds"], capsys) == (1, "", said)


def test_a_file_that_cannot_be_written_leaves_nothing_behind(ours, tmp_path, capsys):
    code, _, err = run_main(["learn", "ours", "--out", "nowhere/our.weights"], capsys)
    fault = "cannot write nowhere/our.weights: No such file or directory (give another file with --out)"
    assert (code, err) == (1, f"srmbot: {fault}\n")
    assert not list(tmp_path.glob("*.half"))


def test_without_the_extra_it_says_what_to_install(ours, capsys, monkeypatch):
    monkeypatch.setattr(process, "find_spec", lambda name: None)
    said = "srmbot: learning needs scikit-learn (install srmbot[learn])\n"
    assert run_main(["learn", "ours", "--out", "our.weights"], capsys) == (1, "", said)
