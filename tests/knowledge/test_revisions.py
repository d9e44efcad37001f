"""Folders and git revisions of them, read to be compared."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from knowledge.conftest import MINIMAL, RDS
from srmbot import cli
from srmbot.errors import SrmbotError, UsageError
from srmbot.knowledge.problem import KnowledgeError
from srmbot.knowledge.revisions import read_revision

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

LONGER = RDS.replace("keeps automated", "holds automated")


@pytest.fixture
def git(write, tmp_path, monkeypatch):
    """A repository with the minimal folder in it; runs git there."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    write(MINIMAL, "repository/knowledge")

    def run(*words):
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.com", *words],
            cwd=tmp_path / "repository",
            check=True,
            capture_output=True,
        )

    run("init", "--quiet")
    run("add", ".")
    run("commit", "--quiet", "--message", "One")
    (tmp_path / "repository" / "knowledge" / "duties" / "rds.yaml").write_text(LONGER)
    return run


def said(*words):
    """What `srmbot diff` prints."""
    return cli.main(["diff", *words])


def test_a_revision_is_compared_with_the_folder_that_it_is_of(git, capsys):
    assert said("HEAD", "repository/knowledge") == 0
    assert capsys.readouterr().out == (
        "Duties changed (1):\n  rds.retention\n"
        "    why - RDS keeps automated backups only as long as you ask.\n"
        "    why + RDS holds automated backups only as long as you ask.\n"
    )


def test_the_folder_may_be_the_current_one(git, capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path / "repository" / "knowledge")
    assert said("HEAD", ".") == 0
    assert "why + RDS holds" in capsys.readouterr().out


def test_two_revisions_are_of_the_current_folder(git, capsys, monkeypatch, tmp_path):
    git("commit", "--quiet", "--all", "--message", "Two")
    monkeypatch.chdir(tmp_path / "repository" / "knowledge")
    assert said("HEAD", "HEAD~1") == 0
    assert "why + RDS keeps" in capsys.readouterr().out


def test_two_folders_are_compared_without_git(write, capsys, monkeypatch):
    monkeypatch.setattr("srmbot.knowledge.revisions.shutil.which", lambda name: None)
    assert said(str(write(MINIMAL, "a")), str(write(MINIMAL, "b"))) == 0
    assert capsys.readouterr().out == "No difference.\n"


def test_without_git_a_revision_is_a_clear_error(write, monkeypatch):
    monkeypatch.setattr("srmbot.knowledge.revisions.shutil.which", lambda name: None)
    with pytest.raises(SrmbotError, match="git is not installed"):
        read_revision("HEAD", str(write(MINIMAL)))


@pytest.mark.parametrize("name", ["nothing", "HEAD~9", "-x", "--help", "HEAD:knowledge", "HEAD; id"])
def test_neither_folder_nor_revision_is_wrong_usage(git, name):
    with pytest.raises(UsageError) as fault:
        read_revision(name, "repository/knowledge")
    assert str(fault.value).startswith(f"'{name}' is neither a folder nor a git revision of repository/knowledge (")


def test_exit_code_of_what_is_neither(git, capsys):
    assert said("nothing", "repository/knowledge") == 2
    assert capsys.readouterr().err.startswith("srmbot: 'nothing' is neither a folder nor a git revision")


def test_a_folder_outside_git_has_no_revisions(write):
    with pytest.raises(UsageError, match="neither a folder nor a git revision"):
        read_revision("HEAD", str(write(MINIMAL)))


def test_a_folder_that_was_not_there_yet(git, write):
    write(MINIMAL, "repository/new")
    with pytest.raises(UsageError, match="repository/new was not there in 'HEAD'"):
        read_revision("HEAD", "repository/new")


def test_a_problem_of_a_revision_names_it(git):
    Path("repository/knowledge/teams.yaml").write_text("- {team: Us, service: rdz}\n")
    git("add", ".")
    git("commit", "--quiet", "--message", "Two")
    with pytest.raises(KnowledgeError, match=r"HEAD:teams\.yaml:1:23: unknown service `rdz`"):
        read_revision("HEAD", "repository/knowledge")


def test_what_only_a_newer_rule_refuses_is_compared_all_the_same(write):
    """Twice the same phrase keeps srmbot from starting, not from comparing."""
    one = RDS.replace("retention", "other").replace("Set the", "Keep the")
    folder = write(MINIMAL | {"duties/rds.yaml": RDS + one})
    assert [duty.id for duty in read_revision(str(folder), "x").of_service("rds")] == ["rds.retention", "rds.other"]


def test_an_overlay_is_laid_over_the_built_in_folder(write, monkeypatch):
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: write(MINIMAL, "built_in"))
    overlay = write({"teams.yaml": "- {team: Us, service: rds}\n"}, "overlay")
    found = read_revision(str(overlay), "x")
    assert found.teams[0].team == "Us"
    assert "rds.retention" in found.by_id
