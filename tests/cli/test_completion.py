"""The scripts with which shells complete commands, options, services and topics."""

import shutil
import subprocess

import pytest

from srmbot.cli.completion import SHELLS
from srmbot.cli.parser import find_commands, parser
from tests.support.command_line import run_main


@pytest.fixture
def script(known, monkeypatch, capsys):
    """The script for a shell."""
    monkeypatch.setattr("srmbot.cli.setup.load_knowledge", lambda args: known)

    def printed(shell):
        code, out, err = run_main(["completion", shell], capsys)
        assert (code, err) == (0, "")
        return out

    return printed


COMPLETE = """
COMP_WORDS=(srmbot {words} {last})
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
COMP_LINE="srmbot {words} {last}"
$(complete -p srmbot | sed 's/.*-F \\([^ ]*\\).*/\\1/') srmbot {last} ''
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

TYPED = [
    # words before, what is begun, some of what it may become
    ("", "pla", {"playground"}),
    ("ask", "--js", {"--json", "--jsonl"}),
    ("matrix", "dynamo", {"dynamodb"}),
    ("compare rds", "redsh", {"redshift"}),
    ("compare --topic", "patch", {"patching"}),
    ("ask --service", "auro", {"aurora"}),
    ("completion", "", set(SHELLS)),
]


@pytest.mark.parametrize(("words", "last", "completed"), TYPED)
def test_bash_completes(script, words, last, completed):
    typed = COMPLETE.format(words=words, last=last or "''")
    done = subprocess.run(["bash", "-c", script("bash") + typed], capture_output=True, text=True, check=True)
    found = {word.strip() for word in done.stdout.split()}
    assert completed <= found, done.stderr
    assert all(word.startswith(last) for word in found)


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_completed(script, shell):
    text = script(shell)
    assert [name for name in find_commands(parser()) if name not in text] == []
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=text, text=True, check=True)


def test_fish_completes(script):
    if shutil.which("fish") is None:
        pytest.skip("fish is not installed")
    typed = script("fish") + "\ncomplete -C 'srmbot matrix dynamo'\n"
    done = subprocess.run(["fish", "--no-config", "-c", typed], capture_output=True, text=True, check=True)
    assert "dynamodb" in done.stdout
