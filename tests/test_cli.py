"""The command line, run as people and programs run it."""

import io
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from srmbot import cli, misfiled
from srmbot.cli import main, setup
from srmbot.render.json import as_json
from srmbot.store.schema import HEAD
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(full, monkeypatch, capsys, tmp_path):
    """Run a command in this process, on knowledge that is learned already: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srmbot.cli.setup.make_bot", lambda args, settings=None: full)

    def command(*words):
        return run_main(words, capsys)

    return command


def test_ask_prints_the_answer(run):
    code, out, err = run("ask", "who", "patches", "the", "OS", "under", "RDS?")
    assert (code, err) == (0, "")
    assert out.startswith("AWS: RDS · Operating system\n")


@pytest.mark.parametrize("words", [["ask", "--json", ""], ["ask", "--json", " "], ["ask", "--json"]])
def test_ask_nothing_is_no_error(run, monkeypatch, words):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, out, _ = run(*words)
    assert code == 0
    assert json.loads(out)["answered"] is False


@pytest.mark.parametrize("words", [["ask"], ["ask", "-"]])
def test_ask_reads_standard_input(run, monkeypatch, words):
    monkeypatch.setattr("sys.stdin", io.StringIO("who patches the OS\nunder RDS?\n"))
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert out.startswith("AWS: RDS · Operating system\n")


@pytest.mark.parametrize("command", ["ask", "why"])
def test_no_question_in_a_terminal_is_wrong_usage(run, monkeypatch, command):
    monkeypatch.setattr("sys.stdin", typed := io.StringIO("never read"))
    typed.isatty = lambda: True
    fix = 'add one, such as "who patches RDS?", or `-` to type it on standard input'
    assert run(command) == (2, "", f"srmbot: no question ({fix})\n")
    assert typed.tell() == 0


def test_ask_json_is_the_answer_as_data(run, full):
    _, out, _ = run("ask", "--json", "rds backups")
    assert json.loads(out) == as_json(full.state.reply("rds backups"))


def test_ask_takes_a_parent_and_a_service(run):
    _, out, _ = run("ask", "--json", "--parent", "who takes the backups in rds?", "and on aurora?")
    assert json.loads(out)["entry"] == "aurora/backups"
    _, out, _ = run("ask", "--json", "--service", "dynamodb", "backups")
    assert json.loads(out)["entry"] == "dynamodb/backups"


def test_unknown_service_is_wrong_usage(run):
    assert run("ask", "--service", "dynamo", "backups") == (
        2,
        "",
        "srmbot: unknown service 'dynamo' (did you mean `dynamodb`?)\n",
    )


def test_lines_come_back_in_order_with_their_ids(run, full, monkeypatch):
    rows = [{"id": "a", "text": "rds"}, {"id": 2, "text": ""}, {"id": None, "text": "?", "parent": "rds backups"}]
    monkeypatch.setattr("sys.stdin", [json.dumps(row) + "\n" for row in rows] + ["\n"])
    code, out, _ = run("ask", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["id"] for row in found] == ["a", 2, None]
    assert [row["text"] for row in found] == ["rds", "", "?"]
    assert found[2]["entry"] == "rds/backups"


def test_a_line_may_have_the_messages_before_it(run, monkeypatch):
    rows = [
        {"text": "and on dynamodb?", "thread": ["who takes the backups in rds?", "and on aurora?"]},
        {"text": "and on dynamodb?", "thread": ["rds backups"], "parent": "rds patching"},
        {"text": "and on dynamodb?", "thread": [], "parent": "rds patching"},
    ]
    monkeypatch.setattr("sys.stdin", [json.dumps(row) for row in rows])
    _, out, _ = run("ask", "--jsonl")
    found = [json.loads(line) for line in out.splitlines()]
    assert [(row["service"], row["topic"]) for row in found[:2]] == [("dynamodb", "backups")] * 2
    assert found[2]["topic"] != "patching"


BAD_LINES = [
    ("not json", 'srmbot: line 1 is not a JSON object (write {"id": …, "text": "…"})\n'),
    ("[1]", 'srmbot: line 1 is not a JSON object (write {"id": …, "text": "…"})\n'),
    ('{"text": 1}', "srmbot: line 1: `text` and `parent` must be strings (put them in quotes)\n"),
    (
        '{"text": "a", "thread": "b"}',
        "srmbot: line 1: `thread` must be a list of strings (write the earlier messages, oldest first)\n",
    ),
    (
        '{"text": "a", "thread": [1]}',
        "srmbot: line 1: `thread` must be a list of strings (write the earlier messages, oldest first)\n",
    ),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES)
def test_bad_line_is_one_clear_error(run, monkeypatch, line, message):
    monkeypatch.setattr("sys.stdin", [line])
    assert run("ask", "--jsonl") == (1, "", message)


def test_lines_and_words_do_not_go_together(run):
    code, _, err = run("ask", "--jsonl", "backups")
    assert code == 2
    assert "--jsonl reads questions from standard input" in err


def test_why_explains(run):
    code, out, _ = run("why", "who patches the OS under RDS?")
    assert code == 0
    assert "1. rds/operating-system aws" in out
    head, reading, *_ = out.split("\n\n")
    assert head.splitlines()[0] == "outcome     sure"
    assert {line[10:12] for line in head.splitlines()} == {"  "}
    assert reading.startswith("1. rds/operating-system aws")


def test_manifest_is_printed(run):
    code, out, _ = run("manifest")
    assert code == 0
    assert out == (ROOT / "manifest.json").read_text()


def test_check_of_a_faulty_folder(run, tmp_path):
    (tmp_path / "duties").mkdir()
    (tmp_path / "duties" / "rds.yaml").write_text("- id: one\n  topic: backup\n")
    code, out, _ = run("check", str(tmp_path))
    assert code == 1
    assert "duties/rds.yaml:2:10: unknown topic `backup`\n    fix: did you mean `backups`?" in out


def test_check_tells_what_is_filed_under_one_answer_and_gets_another(run, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    (own / "asked" / "wrong.yaml").write_text(
        "voice: Somebody who files it wrongly.\nours:\n  aurora/patching:\n    aws:\n    - rds backups\n"
    )
    code, out, _ = run("check", str(own))
    assert code == 1
    assert "own/asked/wrong.yaml:5:1: `rds backups` is filed under aurora/patching, but is answered with rds/" in out
    assert "fix: move it there if that is right" in out


def test_many_ways_to_ask_are_asked_by_several_processes_and_the_report_is_the_same(run, folder, tmp_path, monkeypatch):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    (own / "asked" / "wrong.yaml").write_text(
        "voice: Somebody who files it wrongly.\nours:\n  aurora/patching:\n    aws:\n"
        "    - rds backups\n    - backups of rds please\n"
    )
    alone = run("check", str(own))
    monkeypatch.setattr(misfiled, "FEWEST_FOR_A_PROCESS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert run("check", str(own)) == alone
    assert alone[1].count("is filed under aurora/patching, but is answered with rds/") == 2


def test_questions_about_a_part_of_a_service_may_be_filed_under_it(run, folder, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    services = own / "services.yaml"
    services.write_text(services.read_text().replace("slug: aurora\n", "slug: aurora\n  variant_of: rds\n"))
    (own / "asked" / "part.yaml").write_text(
        "voice: Somebody who asks about a part of RDS.\nours:\n  aurora/patching:\n    aws:\n    - aurora patching\n"
    )
    code, out, _ = run("check", str(own))
    assert code == 0, out


def test_tips(run, monkeypatch, tmp_path):
    hour = 9 if datetime.now(UTC).hour > 12 else 21  # what is due within the hour is too near to be planned
    at = f"{hour:02}:00 UTC, daily, about RDS"
    file = tmp_path / "data" / "tips.db"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
    here = ("--channel", "C1")
    code, out, err = run("tips", "preview", "--days", "7")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 5
    assert not file.exists()
    assert run("tips", "on", "09:00") == (2, "", "srmbot: no channel given (add --channel with the channel's ID, C…)\n")
    code, out, err = run("tips", "on", str(hour), "o'clock", "utc", "daily", "rds", *here, "--team", "T1")
    assert (code, out.splitlines()[0]) == (0, f"Daily tips are on: {at}.")
    assert file.exists()
    assert run("tips", "status", *here)[1].startswith(f"Daily tips here: {at}.\n")
    assert run("tips", "skip", *here)[1].startswith("The tip due ")
    assert run("tips", "now", *here)[1].startswith("Who owns what: RDS · ")
    assert len(run("tips", "preview", "--days", "3", *here)[1].splitlines()) == 2
    assert run("tips", "off", *here)[1] == "Daily tips are off.\n"
    code, _, err = run("tips", "for", "backups", *here)
    assert (code, err.partition(" (")[0]) == (2, "srmbot: unknown tips command 'for backups'")


def test_migrate(run, monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'data' / 'tips.db'}")
    for _ in range(2):
        assert run("migrate") == (0, f"the database schema is up to date ({HEAD})\n", "")


def test_no_command_shows_what_there_is(run):
    code, _, err = run()
    assert code == 2
    assert "ask " in err


def test_run_without_tokens_opens_the_playground(run, monkeypatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    opened = []
    monkeypatch.setattr("srmbot.playground.serve.serve_page", lambda bot, port, tell, script: opened.append(port))
    code, out, _ = run("run")
    assert code == 0
    assert out == "No Slack tokens in the environment or .env (see .env.example): opening the playground.\n"
    assert opened == [3000]


def test_run_takes_its_options_along(monkeypatch):
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    given = []
    monkeypatch.setattr("srmbot.cli.run.playground", lambda args: given.append((args.bare, args.knowledge)) or 0)
    assert main(["run", "--bare", "--knowledge", "ours"]) == 0
    assert given == [(True, ["ours"])]


def test_foreseen_failure_is_one_line(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", "http")
    assert cli.main(["ask", "backups"]) == 1
    assert capsys.readouterr().err == "srmbot: PORT 'http' is not a valid port (use a number from 0 to 65535)\n"


def test_dotenv_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    monkeypatch.delenv("PORT", raising=False)
    (tmp_path / ".env").write_text("PORT=8080\nLOG_LEVEL=DEBUG\n")
    settings = setup.read_environment()
    assert (settings.port, settings.log_level) == (8080, "ERROR")


def test_the_whole_program_answers_without_what_only_others_need(tmp_path):
    """A cold start, twice: from what is shipped, then from the cache without anything that is slow to import."""
    code = (
        "import sys; from srmbot.cli import main; code = main(['ask', 'rds backups']);"
        "slow = {'numpy', 'sklearn', 'scipy', 'yaml', 'slack_bolt', 'slack_sdk', 'sqlalchemy', 'zoneinfo'};"
        "slow &= set(sys.modules);"
        "print(sorted(slow), file=sys.stderr); sys.exit(code)"
    )
    environment = {"SRMBOT_CACHE": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        for _ in range(2)
    ]
    assert runs[0].stderr == "['yaml']\n"
    assert runs[1].stderr == "[]\n"
    assert runs[0].stdout == runs[1].stdout
