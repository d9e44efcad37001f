"""Words of the command line that do not fit, and the help that says which do."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from srmbot.cli.examples import COMMAND_EXAMPLES
from srmbot.cli.parser import find_commands, parser, read_arguments
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[2]

WRONG = [
    # words, what is said
    (["aks"], "unknown command 'aks' (did you mean `ask`, or `srmbot help`?)"),
    (["chekc", "knowledge"], "unknown command 'chekc' (did you mean `check`, or `srmbot ask \"chekc knowledge\"`?)"),
    (["rds", "backups"], "unknown command 'rds' (try `srmbot ask \"rds backups\"`)"),
    (["frobnicate"], "unknown command 'frobnicate' (try `srmbot help`)"),
    (["--verson"], "unknown option '--verson' (did you mean `--version`?)"),
    (["ask", "--jsno", "backups"], "unknown option '--jsno' (did you mean `--json`?)"),
    (["ask", "--servic=rds", "backups"], None),  # argparse takes what begins an option for it
    (["ask", "--colour=red", "backups"], "unknown option '--colour' (`srmbot ask --help` lists them)"),
    (["ask", "who", "--json", "patches"], "unexpected argument 'patches' (put options before the rest)"),
    (["import", "a.md", "--into", "ours", "--inot=theirs"], "unknown option '--inot' (did you mean `--into`?)"),
    (["ask", "--service"], "argument --service: expected one argument (`srmbot ask --help` shows how)"),
    (["help", "aks"], "unknown command 'aks' (did you mean `ask`, or `srmbot help`?)"),
    (["a\x1b[31mb"], "unknown command 'a\\x1b[31mb' (try `srmbot help`)"),
]


@pytest.mark.parametrize(("words", "said"), [row for row in WRONG if row[1]])
def test_wrong_usage_is_one_line_with_what_was_meant(capsys, words, said):
    assert run_main(words, capsys) == (2, "", f"srmbot: {said}\n")


@pytest.mark.parametrize("words", [words for words, said in WRONG if said is None])
def test_the_beginning_of_an_option_is_enough(words):
    assert read_arguments(words).service == "rds"


@pytest.mark.parametrize("name", find_commands(parser()))
def test_every_command_has_help_with_examples_that_fit_it(capsys, name):
    code, shown, _ = run_main(["help", name], capsys)
    assert code == 0
    assert run_main([name, "--help"], capsys) == (0, shown, "")
    assert all(example in shown for example in COMMAND_EXAMPLES[name])
    for example in COMMAND_EXAMPLES[name]:
        program, *words = shlex.split(re.sub(r" [<>] .*", "", example))
        assert (program, read_arguments(words).run.__name__.rstrip("_")) == ("srmbot", name), example


def test_help_lists_every_command(capsys):
    code, shown, _ = run_main(["help"], capsys)
    assert code == 0
    assert (
        set(re.findall(r"^    ([a-z]+) ", shown, re.MULTILINE)) == set(find_commands(parser())) == set(COMMAND_EXAMPLES)
    )


PORTS = ["http", "-1", "65536", "", "８０"]


@pytest.mark.parametrize("command", [["serve", "--http"], ["serve", "--socket"], ["playground"], ["mcp", "--http"]])
@pytest.mark.parametrize("port", PORTS)
def test_a_wrong_port_is_named_as_it_was_given(capsys, monkeypatch, tmp_path, command, port):
    monkeypatch.chdir(tmp_path)
    said = f"srmbot: --port '{port}' is not a valid port (use a number from 0 to 65535)\n"
    assert run_main([*command, f"--port={port}"], capsys) == (2, "", said)


def test_words_are_read_without_what_only_commands_need():
    code = (
        "import sys; from srmbot.cli.parser import read_arguments; read_arguments(['ask', 'rds']);"
        "slow = {'srmbot.answer', 'srmbot.bot', 'srmbot.config', 'srmbot.model', 'srmbot.render', 'yaml', 'shtab'};"
        "print(sorted(slow & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
