"""docs/commands.md, line by line: its examples run, its options are taken, its tables hold, its exit codes come."""

import json
import re
import shlex
from datetime import time
from pathlib import Path

import pytest

from srmbot.cli.parser import read_arguments
from srmbot.commands import resolve
from srmbot.commands.command import Invocation, Question
from srmbot.commands.tip_options import parse_options
from srmbot.overview.standing import Status
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SHOWN = [line for block in re.findall(r"```console\n(.*?)```", DOC, re.DOTALL) for line in block.splitlines()]
COMMANDS = [line.removeprefix("$ ") for line in SHOWN if line.startswith("$ ")]


FILES = {  # what the examples name
    "docs/srm.md": "| Task | AWS | You |\n|---|---|---|\n| RDS backup retention | | x |\n",
    "CODEOWNERS": "/terraform/rds @acme/databases\n",
    "our-knowledge/teams.yaml": "- service: rds\n  team: Databases\n",
}


@pytest.fixture
def run(full, known, monkeypatch, capsys, tmp_path):
    """Run a command on the built-in knowledge: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'tips.db'}")
    monkeypatch.setattr("srmbot.cli.setup.make_bot", lambda args, settings=None: full)
    monkeypatch.setattr("srmbot.cli.setup.load_knowledge", lambda args: known)
    return lambda *words: run_main(words, capsys)


def words_of(command):
    """The words of an example, without where its output goes."""
    program, *words = shlex.split(re.sub(r" [<>|] .*", "", command))
    assert program == "srmbot", command
    return words


ELSEWHERE = ("diff", "serve", "mcp")  # these need a git repository, or Slack, or go on until they are stopped


@pytest.mark.parametrize("command", COMMANDS)
def test_every_example_runs(run, command):
    words = words_of(command)
    assert read_arguments(words).run.__name__.rstrip("_") == words[0]
    if words[0] not in ELSEWHERE:
        code, out, err = run(*words)
        assert (code, err) == (0, ""), err
        assert out


def section(heading):
    """What stands below a heading, up to the next one."""
    return DOC.partition(f"\n{heading}\n")[2].partition("\n#")[0]


# the JSON of the commands


def keys_in(text):
    """The keys of the objects that a text shows: `{"a", "b"}`."""
    return [re.findall(r'"(\w+)"', shown) for shown in re.findall(r"`\{(.*?)\}`", text)]


def test_the_json_of_a_matrix_is_as_described(run):
    text = section("### `srmbot matrix [SERVICE …]`")
    [cell] = keys_in(text)
    found = json.loads(run("matrix", "rds", "dax", "--format", "json")[1])
    assert set(re.search(r"prints `(\w+)` and `(\w+)`", text).groups()) <= set(found)
    cells = [cell for service in found["services"] for cell in service["cells"].values()]
    assert all(list(each) == cell for each in cells)
    assert set(re.search(r"`status` is (.*?);", text)[1].replace("`", "").replace(" or ", ", ").split(", ")) == set(
        Status
    )
    assert all((each["owner"] is None) == (each["status"] in ("absent", "empty")) for each in cells)


def test_the_json_of_a_comparison_is_as_described(run):
    text = section("### `srmbot compare SERVICE SERVICE …`")
    found = json.loads(run("compare", "rds", "dax", "--format", "json")[1])
    assert set(re.findall(r"`(moving|staying|unknown)`", text)) <= set(found)


def test_the_json_of_the_sources_is_as_described(run):
    [page] = keys_in(section("### `srmbot sources`"))
    assert list(json.loads(run("sources", "--format", "json")[1])["pages"][0]) == page


# the exit codes


def test_the_exit_codes_are_as_described(run, monkeypatch, tmp_path):
    table = dict(re.findall(r"^\| (\d+) \| (.*) \|$", section("### Exit codes"), re.MULTILINE))
    assert set(table) == {"0", "1", "2", "130"}
    assert run("ask", "good morning")[0] == 0
    (tmp_path / "teams.yaml").write_text("- {team: Us, service: rdz}\n")
    assert run("check", "--coverage", str(tmp_path))[0] == 1
    assert run("check", "--nothing")[0] == 2
    monkeypatch.setattr("srmbot.cli.setup.load_knowledge", interrupt)
    assert run("matrix")[0] == 130


def interrupt(args):
    raise KeyboardInterrupt


# in Slack

SLACK = DOC.partition("\n## In Slack\n")[2]
STANDS_FOR = {"SERVICE SERVICE …": "rds aurora", "SERVICE …": "rds", "QUESTION": "who patches rds?"}
ROWS = re.findall(r"^\| `/srm ?(.*?)` \|", SLACK, re.MULTILINE)


@pytest.mark.parametrize("row", ROWS)
def test_every_subcommand_of_the_table_is_taken(full, row):
    typed = (
        row.replace("SERVICE SERVICE …", "rds aurora")
        .replace("SERVICE …", "rds")
        .replace("QUESTION", "who patches rds?")
    )
    asked = resolve(full.state, typed)
    assert isinstance(asked, Question if row == "QUESTION" else Invocation)
    if isinstance(asked, Invocation):
        assert asked.command.name == (row.split() or ["help"])[0]


def test_what_only_looks_like_a_subcommand_is_a_question(full):
    [shown] = re.findall(r"only if the rest fits it: (.*?) are questions", " ".join(SLACK.split()))
    questions = re.findall(r"“/srm (.*?)”", shown)
    assert len(questions) == 3
    assert [each for each in questions if isinstance(resolve(full.state, each), Invocation)] == []


OPTIONS = re.findall(r"^\| (a time|a time zone|days|services) \| (.*?) \|", SLACK, re.MULTILINE)
WRITTEN = [(kind, typed) for kind, row in OPTIONS for typed in re.findall(r"`(.*?)`", row)]
FIELDS = {"a time": "at", "a time zone": "zone", "days": "days", "services": "services"}


@pytest.mark.parametrize(
    ("kind", "typed"), [(kind, each) for kind, row in OPTIONS for each in re.findall(r"`(.*?)`", row)]
)
def test_every_option_of_tips_is_understood_as_it_is_written(known, kind, typed):
    found = parse_options(typed.split(), known)
    given = [name for name in FIELDS.values() if getattr(found, name) is not None]
    assert given == [FIELDS[kind]]


def test_options_of_tips_come_in_any_order(known):
    words = ["09:00", "Europe/Lisbon", "mon-thu", "rds"]
    found = parse_options(words, known)
    assert parse_options(words[::-1], known) == found
    assert (found.at, found.zone, found.days) == (time(9), "Europe/Lisbon", frozenset(range(4)))
