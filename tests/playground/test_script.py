"""Scripts: played, and written down as one file."""

import html.parser
import logging
import re
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.playground.serve import write_transcript
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[2]
SCRIPT = """
#databases who patches the OS under RDS?
>> @srmbot
/srm backups <b>

@dm who sets backup retention on rds?
>> and on aurora?
#random @srmbot are you here?
"""


@pytest.fixture
def run(folder, cache_folder, monkeypatch, capsys, tmp_path):
    """Play a script by the command; its code, output and errors, and the file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "srmbot.cli.setup.make_bot", lambda args, settings=None: Bot.from_folders([folder], Cache(cache_folder))
    )

    def command(script, out="out.html"):
        (tmp_path / "talk.txt").write_text(script, encoding="utf-8")
        return run_main(["playground", "--script", "talk.txt", "--transcript", out], capsys)

    return command


def test_transcript_has_the_whole_conversation(run, tmp_path):
    code, out, err = run(SCRIPT)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert (code, err) == (0, "")
    assert out == f"out.html: {len(page.encode()):,} bytes\n"
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["# databases", "# databases", "Direct message to srmbot", "# random"]
    assert (
        page.count("<strong>srmbot</strong>") == 4
    )  # one in a thread, one for me alone, two directly, none in #random
    assert "AWS: RDS · Operating system" in page
    assert "/srm backups &lt;b&gt;" in page
    assert "This is not Slack." in page


def test_transcript_needs_nothing_else(run, tmp_path):
    run(SCRIPT)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    found = []

    class Reader(html.parser.HTMLParser):
        def handle_starttag(self, tag, attributes):
            found.append(tag)
            assert not {"src", "onclick", "style"} & dict(attributes).keys()

    Reader().feed(page)
    assert not {"script", "link", "img", "iframe"} & set(found)
    assert "default-src 'none'; style-src 'sha256-" in page


def test_transcript_made_again_is_the_same(folder, cache_folder, tmp_path):
    script = tmp_path / "talk.txt"
    script.write_text(SCRIPT, encoding="utf-8")
    bot = Bot.from_folders([folder], Cache(cache_folder))
    for name in ("one", "two"):
        write_transcript(bot, script, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert 'datetime="2026-03-02T09:00+00:00">09:00</time>' in (tmp_path / "one").read_text(encoding="utf-8")


def test_example_of_the_documents_can_be_played(full, tmp_path):
    write_transcript(full, ROOT / "docs" / "talk.txt", tmp_path / "talk.html")
    page = (tmp_path / "talk.html").read_text(encoding="utf-8")
    assert page.count("<strong>srmbot</strong>") == 5


def test_a_slow_command_is_recorded_with_its_answer(run, tmp_path):
    code, _, err = run("/srm why backups")
    assert (code, err) == (0, "")
    assert "outcome: " in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_a_command_is_typed_in_the_channel_that_a_line_names(run, tmp_path):
    code, _, err = run("#general hello\n#databases /srm backups\n/srm rds")
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert (code, err) == (0, "")
    assert re.findall(r"<h2>(.*?)</h2>", page) == ["# general", "# databases", "# databases"]
    assert page.count("Only visible to you") == 2


WRONG = [
    ("\nhello", "talk.txt:2: hello is not one of #general, #random, #databases, #alerts, @dm ("),
    ("#nowhere hello", "talk.txt:1: #nowhere is not one of #general, "),
    (">> hello", "talk.txt:1: there is no message above to reply to ("),
    ("/other x", "talk.txt:1: /other is not a command of this app ("),
    ("#general /other x", "talk.txt:1: /other is not a command of this app ("),
]


@pytest.mark.parametrize(("script", "said"), WRONG)
def test_line_that_is_wrong_is_named(run, script, said):
    code, _, err = run(script)
    assert code == 1
    assert err.startswith(f"srmbot: {said}")


def test_script_that_is_not_there(run, capsys):
    assert run_main(["playground", "--script", "none.txt", "--transcript", "x.html"], capsys)[0] == 1


def test_transcript_that_cannot_be_written(run):
    code, _, err = run("", "no/such/folder.html")
    fault = "cannot write no/such/folder.html: No such file or directory"
    assert (code, err) == (1, f"srmbot: {fault} (choose another file with --transcript)\n")


def test_log_is_as_loud_as_before(run, caplog):
    caplog.set_level(logging.DEBUG, "srmbot.slack")
    run(SCRIPT)
    assert logging.getLogger("srmbot.slack").level == logging.DEBUG


def test_transcript_without_a_script_is_wrong_usage(run, capsys):
    code, _, err = run_main(["playground", "--transcript", "x.html"], capsys)
    assert (code, err) == (2, "srmbot: --transcript needs a script to record (add --script FILE)\n")
