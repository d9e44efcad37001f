"""What a company's own repository uses: the GitHub Action, the hooks of pre-commit; and how a release is made."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import srmbot
from srmbot.cli.parser import read_arguments
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step.get("name"): step for step in ACTION["runs"]["steps"]}
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
QUESTIONS = "- {ask: rds backups, owner: shared, service: rds, topic: backups}\n"


@pytest.fixture
def repository(tmp_path, folder, bot):
    """A repository with a folder that stands alone, so that it is learned from in no time."""
    shutil.copytree(folder, tmp_path / "ours")
    (tmp_path / "ours" / "questions").mkdir()
    (tmp_path / "ours" / "questions" / "ours.yaml").write_text(QUESTIONS)
    return tmp_path


@pytest.fixture
def step(repository, cache_folder):
    """Runs a step of the action as GitHub does: its script in bash, with its environment."""
    installed = repository / "runner" / "srmbot" / "bin"
    installed.mkdir(parents=True)
    (installed / "srmbot").write_text(f'#!/bin/sh\nexec {sys.executable} -m srmbot "$@"\n')
    (installed / "srmbot").chmod(0o755)

    def running(name, folders="ours"):
        given = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "RUNNER_TEMP": str(repository / "runner"),
            "FOLDERS": folders,
            "SRMBOT_CACHE": str(cache_folder),
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
        done = subprocess.run(command, env=given, cwd=repository, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    return running


def test_the_action_checks_and_tests(step, repository):
    code, out = step("Check")
    assert (code, out.rpartition(", ")[2]) == (0, "no problems\n")
    assert step("Test") == (0, "ours: 1 question, no problems\n")


def test_the_action_fails_with_a_mark_on_the_line(step, repository):
    (repository / "ours" / "questions" / "ours.yaml").write_text(QUESTIONS.replace("shared", "aws"))
    code, out = step("Test")
    assert code == 1
    [marked] = [found for line in out.splitlines() if (found := matcher().match(line))]
    assert marked.groups() == (
        "ours/questions/ours.yaml",
        "1",
        "9",
        "`rds backups` gets owner shared, not aws",
    )


def matcher():
    """What finds problems in the log, for GitHub to show beside the line."""
    [only] = json.loads((ROOT / ".github" / "problems.json").read_text())["problemMatcher"]
    [pattern] = only["pattern"]
    assert (pattern["file"], pattern["line"], pattern["column"], pattern["message"]) == (1, 2, 3, 4)
    return re.compile(pattern["regexp"])


def test_several_folders_are_taken(step, repository):
    (repository / "more").mkdir()
    (repository / "more" / "teams.yaml").write_text("- {team: Payments, service: rdz}\n")
    code, out = step("Check", "ours more")
    assert code == 1
    assert out.startswith("more/teams.yaml:1:29: unknown service `rdz`")
    assert out.splitlines()[-1].startswith("ours, more: ")


def test_no_input_of_the_action_becomes_part_of_a_script():
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "run" in step]
    assert len(scripts) == 3
    assert [script for script in scripts if "${{" in script] == []


def test_every_input_of_the_action_is_used():
    text = (ROOT / "action.yml").read_text()
    assert [name for name in ACTION["inputs"] if f"inputs.{name}" not in text] == []


@pytest.mark.parametrize("name", HOOKS)
def test_the_hooks_of_pre_commit_run_on_a_folder(repository, monkeypatch, capsys, cache_folder, name):
    hook = HOOKS[name]
    program, *words = [*hook["entry"].split(), *hook["args"]]
    assert (program, hook["language"], hook["pass_filenames"]) == ("srmbot", "python", False)
    assert read_arguments(words).folders == ["."]
    monkeypatch.chdir(repository / "ours")
    monkeypatch.setenv("SRMBOT_CACHE", str(cache_folder))
    assert run_main(words, capsys)[0] == 0
    Path("teams.yaml").write_text("- {team: Us, service: rdz}\n")
    assert run_main(words, capsys)[0] == 1


@pytest.mark.parametrize("path", ["ours/duties/rds.yaml", "teams.yml"])
def test_the_hooks_run_when_knowledge_changes(path):
    assert all(re.search(hook["files"], path) for hook in HOOKS.values())


# releases


def release_notes(folder, tag):
    """What is said of a release, by a copy of the repository's own files."""
    command = [str(folder / ".ci" / "release-notes"), tag]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def release(tmp_path):
    """The files that name a version, with a release in the changelog."""
    for name in ("pyproject.toml", "server.json", "CHANGELOG.md", "srmbot/__init__.py", ".ci/release-notes"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    changelog = tmp_path / "CHANGELOG.md"
    dated = f"## [{srmbot.__version__}] - 2026-12-01\n\n- It answers.\n\n## [0.0.1] - 2026-01-01\n\n- Older.\n"
    changelog.write_text(changelog.read_text().partition("## [Unreleased]")[0] + dated)
    return tmp_path


def test_a_release_is_announced_with_what_the_changelog_says(release):
    assert release_notes(release, f"v{srmbot.__version__}") == (0, "\n- It answers.\n\n", "")


def test_a_tag_that_is_not_the_version_makes_no_release(release):
    assert release_notes(release, "v9.9.9") == (1, "", "pyproject.toml does not name version 9.9.9\n")


@pytest.mark.parametrize("name", ["server.json", "srmbot/__init__.py"])
def test_every_file_must_name_the_version(release, name):
    path = release / name
    path.write_text(path.read_text().replace(srmbot.__version__, "0.0.9"))
    said = f"{name} does not name version {srmbot.__version__}\n"
    assert release_notes(release, f"v{srmbot.__version__}") == (1, "", said)


def test_the_workflows_run_what_is_there():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        jobs = yaml.safe_load(path.read_text())["jobs"]
        scripts = " ".join(step.get("run", "") for job in jobs.values() for step in job["steps"])
        for script in re.findall(r"\.ci/[\w-]+", scripts):
            assert os.access(ROOT / script, os.X_OK), f"{path.name} runs {script}"
        for job in jobs.values():
            assert all("@" in step["uses"] for step in job["steps"] if "uses" in step)


def test_a_release_is_attested_before_it_is_published():
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text())["jobs"]
    used = [step.get("uses", step.get("run", "")) for step in jobs["build"]["steps"]]
    order = [
        next(n for n, one in enumerate(used) if name in one)
        for name in ("release-notes", ".ci/run", "rehearse", "attest")
    ]
    assert order == sorted(order)
    assert jobs["build"]["permissions"]["attestations"] == "write"
    assert jobs["publish"]["needs"] == "build"
    assert "contents" not in jobs["publish"]["permissions"]
