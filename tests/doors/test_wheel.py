"""The wheel in a bare environment, away from the checkout: what `uvx srmbot …` and `pipx run srmbot …` run.

Nothing is fetched: the packages that the wheel names are lent by the environment of the tests, and no others.
.ci/rehearse does the same with packages from a registry.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import srmbot
from tests.support.own_duty import OWN_DUTY

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


def install(wheel, folder, *extras):
    """The wheel in an environment of its own, with what it needs and nothing else."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-index", "--no-deps", str(wheel)],
        check=True,
        capture_output=True,
    )
    [packages] = folder.glob("lib/python*/site-packages")
    [about] = packages.glob("srmbot-*.dist-info/METADATA")
    lines = about.read_text(encoding="utf-8").splitlines()
    for name in needed([line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: ")], extras):
        lend(name, packages)
    return folder / "bin" / "srmbot"


def needed(requirements, extras):
    """The names of all packages that requirements lead to, those of some extras too."""
    found, left = {}, [(text, tuple(extras)) for text in requirements]
    while left:
        text, wanted = left.pop()
        each = Requirement(text)
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *wanted)):
            known = found.setdefault(each.name, set())
            if not known or not each.extras <= known:
                known.update({"", *each.extras})
                left += [(more, tuple(each.extras)) for more in distribution(each.name).requires or ()]
    return sorted(found)


def lend(name, packages):
    """A package of the tests' environment, in another one."""
    held = distribution(name)
    for top in {file.parts[0] for file in held.files if file.parts[0] not in ("..", "__pycache__")}:
        if not (packages / top).exists():
            (packages / top).symlink_to(held.locate_file(top))


@pytest.fixture(scope="module")
def command(wheel, tmp_path_factory):
    """`srmbot`, installed from the wheel."""
    return install(wheel, tmp_path_factory.mktemp("bare"))


@pytest.fixture
def run(command, full, built_in_cache, tmp_path):
    """Run it away from the checkout: its code, and what it prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SRMBOT_CACHE": str(built_in_cache)}
    environment["DATABASE_URL"] = f"sqlite:///{tmp_path / 'srmbot.db'}"

    def running(*words, **more):
        given = {"env": environment | more, "cwd": tmp_path, "stdin": subprocess.DEVNULL, "text": True}
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


def test_nothing_is_installed_that_learns_or_computes(command):
    code = "import importlib.util as u; print([each for each in ('sklearn', 'scipy', 'numpy') if u.find_spec(each)])"
    found = subprocess.run([command.with_name("python"), "-I", "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_a_bare_install_unpacks_what_it_answers_by(run):
    given = {"SRMBOT_CACHE": "off"}
    code, out, err = run("ask", "who patches the OS under RDS?", **given)
    assert (code, out.partition("\n")[0], err) == (0, "AWS: RDS · Operating system", "")


def test_own_duties_are_answered_without_learning_and_it_says_so(run, tmp_path):
    (tmp_path / "ours" / "duties").mkdir(parents=True)
    (tmp_path / "ours" / "duties" / "rds.yaml").write_text(OWN_DUTY)
    code, out, err = run("ask", "--knowledge", "ours", "who runs the zebra export on rds?")
    assert (code, "zebra export" in out) == (0, True)
    fix = '"run `srmbot learn`, or install srmbot[learn]"'
    assert err == f"srmbot: not_learned weights=built_in.weights fix={fix}\n"


def test_teams_of_ones_own_need_no_learning(run, tmp_path):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "teams.yaml").write_text("- {team: Databases, service: rds}\n")
    code, out, err = run("ask", "--knowledge", "ours", "who sets the backup retention on rds?")
    assert (code, "On your side: Databases" in out, err) == (0, True, "")


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


def test_agents_are_answered(run, wheel, tmp_path):
    command = install(wheel, tmp_path / "with-mcp", "mcp")
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
