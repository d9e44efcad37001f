"""The wheel in a bare environment, away from the checkout: what `uvx srmbot …` and `pipx run srmbot …` run.

Nothing is fetched: the packages that srmbot needs are lent by the environment of the tests, and srmbot itself is not.
.ci/rehearse does the same with packages from a registry.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

import srmbot

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """`srmbot`, installed from the wheel."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-index", "--no-deps", str(wheel)],
        check=True,
        capture_output=True,
    )
    [packages] = folder.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin" / "srmbot"


@pytest.fixture
def run(command, full, built_in_cache, tmp_path):
    """Run it away from the checkout: its code, and what it prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SRMBOT_CACHE": str(built_in_cache)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'srmbot.db'}"

    def running(*words):
        given = {"env": environment, "cwd": tmp_path, "stdin": subprocess.DEVNULL, "text": True}
        done = subprocess.run([str(command), *words], capture_output=True, timeout=120, check=False, **given)
        return done.returncode, done.stdout, done.stderr

    running.environment = environment
    return running


def test_the_wheel_has_the_package_its_data_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0] for name in names} == {"srmbot", f"srmbot-{srmbot.__version__}.dist-info"}
    shipped = {name.removeprefix("srmbot/_data/") for name in names if name.startswith("srmbot/_data/")}
    held = {str(path.relative_to(ROOT)) for path in (ROOT / "knowledge").rglob("*") if path.is_file()}
    assert shipped == held | {"manifest.json"}


def test_it_is_the_wheel_that_runs(command):
    python = command.with_name("python")
    code = "import srmbot; print(srmbot.__file__)"
    found = subprocess.run([python, "-I", "-c", code], cwd="/", capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(command.parents[1])


RUNS = [
    # words, what is printed
    (["--version"], f"srmbot {srmbot.__version__}\n"),
    (["ask", "who patches the OS under RDS?"], "AWS: RDS · Operating system\n"),
    (["why", "who patches the OS under RDS?"], "\n1. rds/operating-system aws"),
    (["matrix", "rds"], "Backups"),
    (["compare", "ec2", "rds"], "From EC2 to RDS"),
    (["sources"], "https://docs.aws.amazon.com/"),
    (["check", "--coverage"], ", no problems\n"),
    (["tips", "preview", "--days", "7"], ""),
    (["migrate"], "the database schema is up to date"),
    (["manifest"], '"display_information"'),
    (["completion", "fish"], "complete -c srmbot"),
    (["help", "ask"], "usage: srmbot ask"),
]


@pytest.mark.parametrize(("words", "printed"), RUNS, ids=lambda value: value[0] if isinstance(value, list) else "")
def test_every_command_runs_from_the_wheel(run, words, printed):
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert printed in out


def test_a_folder_is_tested(run, tmp_path, folder):
    shutil.copytree(folder, tmp_path / "ours")
    (tmp_path / "ours" / "questions").mkdir()
    (tmp_path / "ours" / "questions" / "ours.yaml").write_text("- {ask: rds backups, owner: shared, service: rds}\n")
    code, out, _ = run("test", "ours")
    assert (code, out) == (0, "ours: 1 question, no problems\n")


def test_the_playground_is_served(run, command, tmp_path):
    given = {"env": run.environment, "cwd": tmp_path, "stdout": subprocess.PIPE, "text": True}
    running = subprocess.Popen([str(command), "playground", "--port", "0"], **given)
    try:
        where = running.stdout.readline().split()[4]
        with urllib.request.urlopen(where, timeout=20) as page:
            assert "<title>srmbot playground</title>" in page.read().decode()
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(20)
        running.stdout.close()


def test_agents_are_answered(run, command, tmp_path):
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    sent = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
    ]
    given = {"env": run.environment, "cwd": tmp_path, "text": True}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([str(command), "mcp"], **pipes, **given) as running:
        for message in sent:
            running.stdin.write(json.dumps(message) + "\n")
        running.stdin.flush()
        answers = [json.loads(running.stdout.readline()) for _ in range(2)]
        running.stdin.close()
        assert running.wait(30) == 0
    assert answers[0]["result"]["serverInfo"]["name"] == "srmbot"
    assert "who_owns" in {tool["name"] for tool in answers[1]["result"]["tools"]}
