"""The prompt: a conversation, as it is typed; and its keys, in a terminal of its own."""

import pytest

from srmbot.cli.prompt import WELCOME, complete_from, words_of
from tests.support.command_line import run_main
from tests.support.terminal import in_terminal


@pytest.fixture
def run(full, monkeypatch, capsys, tmp_path):
    """Run a command in this process, on knowledge that is learned already: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srmbot.cli.setup.make_bot", lambda args, settings=None: full)
    return lambda *words: run_main(words, capsys)


@pytest.fixture
def typed(monkeypatch):
    """Types lines at the prompt, then Ctrl-D."""

    def typing(*lines):
        asked = iter(lines)

        def answer(_prompt):
            try:
                return next(asked)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)

    return typing


def test_prompt_answers_until_the_end(run, typed):
    typed("backups", "help", "")
    code, out, _ = run("prompt")
    assert code == 0
    assert out.splitlines()[0] == WELCOME
    assert "Shared: Backups" in out
    assert out.count("I say who owns what on AWS") == 1


def verdicts(out):
    """The first line of each answer at the prompt."""
    return [answer.splitlines()[0] for answer in out.partition(f"{WELCOME}\n")[2].split("\n\n") if answer.strip()]


def test_prompt_keeps_the_conversation(run, typed):
    typed("who sets backup retention on rds?", "help", "and on aurora?", "who patches the OS?")
    _, out, _ = run("prompt")
    asked, _help, aurora, patches = verdicts(out)
    assert (asked, aurora, patches) == ("You: RDS · Backups", "You: Aurora · Backups", "AWS: Aurora · Operating system")


@pytest.mark.parametrize("afresh", ["", "  ", "new", " New "])
def test_prompt_starts_afresh(run, typed, afresh):
    typed("who patches the os under rds", afresh, "and on aurora?", "backups")
    _, out, _ = run("prompt")
    assert verdicts(out)[1:] == ["Shared: Aurora", "Shared: Aurora · Backups"]


def test_prompt_goes_on_after_what_cannot_be_done_here(run, typed):
    typed("tips on 09:00", "backups")
    code, out, _ = run("prompt")
    assert code == 0
    assert "daily tips belong to a channel, and this is not one (use the command in a channel)" in out
    assert "Shared: Backups" in out


@pytest.mark.parametrize("end", ["exit", "quit", " EXIT "])
def test_prompt_ends(run, typed, end):
    typed("backups", end, "patching")
    code, out, _ = run("prompt")
    assert code == 0
    assert len(verdicts(out)) == 1


def test_ctrl_c_throws_a_line_away(run, monkeypatch):
    given = iter([KeyboardInterrupt, "backups", EOFError])

    def typing(_prompt):
        one = next(given)
        if isinstance(one, str):
            return one
        raise one

    monkeypatch.setattr("builtins.input", typing)
    code, out, _ = run("prompt")
    assert code == 0
    assert "Shared: Backups" in out


COMPLETED = [
    ("dynamod", ["dynamodb "]),
    ("Dynamod", ["dynamodb "]),
    ("backu", ["backup", "backups"]),
    ("key-m", ["key-management "]),
    ("compa", ["compare "]),
    ("zzz", []),
    ("", []),
]


@pytest.mark.parametrize(("typed", "words"), COMPLETED)
def test_tab_completes_services_topics_and_commands(known, typed, words):
    complete = complete_from(words_of(known))
    found = [complete(typed, number) for number in range(100)]
    assert [word for word in found if word] == words
    assert None in found  # readline asks until there are no more


def test_keys_in_a_terminal(tmp_path, cache_folder):
    with in_terminal(tmp_path, "prompt", SRMBOT_CACHE=str(cache_folder)) as terminal:
        terminal.until("srm> ")
        terminal.type("who takes the backups in rds?\n")
        terminal.until("RDS · Backups")
        terminal.until("srm> ")
        terminal.type("and on auro\t?\n")
        terminal.until("and on aurora ?")
        terminal.until("Aurora · Backups")
        terminal.until("srm> ")
        terminal.type("\x1b[A\x1b[A\n")  # twice up: the question before the last one
        terminal.until("who takes the backups in rds?")
        terminal.until("RDS · Backups")
        terminal.type("exit\n")
        assert terminal.end() == 0
