"""srmbot as a process: it starts, says when it cannot, ends without losing an answer, and ends when it is deaf."""

import json
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack, Timing
from srmbot.slack.serve.http import GRACE
from tests.support.served_app import LONG, PATH, command, over_socket, process, tokens, until

PATIENT = Timing(acknowledge=10, retries=())  # on a busy machine
SLOW = 0.8  # seconds of the Web API, in which the signal comes
WAYS = {"http": ("serve", "--http"), "socket": ("serve", "--socket")}


@pytest.fixture
def environment(bare: FakeSlack, bot: Bot, cache_folder: Path) -> dict[str, str]:
    """The settings of a process, so that it serves the stand-in; the bot has learned already what it needs."""
    return tokens(bare, cache_folder)


def start(slack: FakeSlack, running, way: str) -> None:
    """Wait until it answers, and tell the stand-in where."""
    running.until(lambda: running.get("/readyz")[0] == 200)
    if way == "http":
        slack.app_url = f"http://127.0.0.1:{running.port}{PATH}"


def well_formed(log: str) -> bool:
    """Whether every line is one of ours."""
    return all(line[:4].isdigit() and line.split()[0].endswith("Z") for line in log.splitlines())


@pytest.mark.parametrize("way", WAYS)
def test_the_answer_under_way_still_goes_out_at_the_end(bare, environment, tmp_path, way):
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(bare, running, way)
        assert command(bare, "/srm backups").text.startswith("Shared: RDS · Backups")
        bare.api.latency = SLOW
        said = [bare.mention("who sets backup retention on rds?") for _ in range(3)]
        bare.wait(lambda: bare.calls("chat.postMessage"))
        running.stop()
        assert running.end() == 0, running.log
    for each in said:
        [answer] = bare.messages(thread_ts=each.ts)
        assert answer.text.startswith("You: RDS · Backups")
    assert well_formed(running.log), running.log
    assert "ERROR" not in running.log, running.log


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_slack_asked_to_wait_for_goes_out_at_the_end(bare, environment, tmp_path, way):
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(bare, running, way)
        bare.fail_next("chat.postMessage", status=429, retry_after=1)
        said = bare.mention("backups")
        running.until(lambda: "rate_limited" in running.log)
        running.stop()
        assert running.end() == 0, running.log
    assert len(bare.messages(thread_ts=said.ts)) == 1


@pytest.mark.parametrize(("way", "number"), [("http", signal.SIGINT), ("socket", signal.SIGINT)])
def test_it_ends_at_once_when_nothing_is_to_be_done(bare, environment, tmp_path, way, number):
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(bare, running, way)
        started = time.monotonic()
        running.stop(number)
        assert running.end() == 0, running.log
    assert time.monotonic() - started < GRACE


RETENTION = """
- id: retention
  topic: backups
  owner: customer
  duty: {}
  why: It is our own rule.
  say: [backup retention]
  source: [https://wiki.example.com/backups]
"""


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
@pytest.mark.parametrize("way", WAYS)
def test_changed_knowledge_answers_without_a_restart(bare, environment, tmp_path, way):
    ours = tmp_path / "ours" / "duties" / "rds.yaml"
    ours.parent.mkdir(parents=True)
    ours.write_text(RETENTION.format("Keep the backups for a week"))

    def answers_with(text: str) -> bool:
        return text in command(bare, "/srm who sets backup retention on rds?").text

    environment |= {"SRMBOT_KNOWLEDGE": str(ours.parents[1]), "SRMBOT_CACHE": str(tmp_path / "cache")}
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(bare, running, way)
        running.until(lambda: answers_with("keep the backups for a week"))
        ours.write_text(RETENTION.format("Keep the backups for a year"))
        running.until(lambda: answers_with("keep the backups for a year"))
        ours.write_text(RETENTION.format("Keep the backups for a month").replace("customer", "costumer"))
        running.until(lambda: "rds.yaml:4:10 what=" in running.log)
        running.until(lambda: answers_with("keep the backups for a year"))
        running.stop()
        assert running.end() == 0, running.log


def test_a_worker_that_died_is_replaced(bare, environment, tmp_path):
    with process(tmp_path, *WAYS["http"], **environment) as running:
        start(bare, running, "http")
        [line] = [line for line in running.log.splitlines() if "Booting worker" in line]
        os.kill(int(line.split("pid: ")[1].split('"')[0]), signal.SIGKILL)
        running.until(lambda: running.log.count("Booting worker") == 2)
        bare.answers(bare.mention("backups"))
        running.stop()
        assert running.end() == 0, running.log


def test_a_dead_socket_is_reported_and_ends_the_process(bare, environment, tmp_path):
    timeouts = "0.4 1.5 0.1 0.2"  # unready, exit, look, ping
    with process(tmp_path, *WAYS["socket"], TIMEOUTS=timeouts, **environment) as running:
        start(bare, running, "socket")
        assert json.loads(running.get("/readyz")[1]) == {"ready": True, "reasons": [], "notes": []}
        bare.fail_next("apps.connections.open", error="internal_error", times=1000)
        bare.sockets.kill()
        running.until(lambda: running.get("/readyz")[0] == 503)
        assert running.get("/healthz")[0] == 200
        assert json.loads(running.get("/readyz")[1])["reasons"] == ["socket"]
        assert running.end() == 1, running.log
    assert "socket_dead" in running.log


def test_what_comes_while_it_stops_is_left_for_another_process(log, bot):
    impatient = Timing(acknowledge=0.3, retries=())
    with FakeSlack(timing=impatient) as slack, over_socket(slack, bot) as served:
        assert slack.slash("/srm backups").acknowledged
        served.handler.open = False  # as `finish` does first
        assert not slack.mention("backups").delivery.acknowledged
        assert not slack.slash("/srm backups").acknowledged
    assert slack.calls("chat.postMessage") == []


@pytest.mark.parametrize("bare", [PATIENT], indirect=True)
def test_a_lost_socket_is_opened_again(bare, environment, tmp_path):
    with process(tmp_path, *WAYS["socket"], TIMEOUTS="10 90 0.1 0.3", **environment) as running:
        start(bare, running, "socket")
        for lose in (bare.sockets.kill, bare.sockets.disconnect):
            before, answered = len(bare.calls("apps.connections.open")), len(bare.ephemerals())
            lose()
            running.until(lambda before=before: len(bare.calls("apps.connections.open")) > before)
            until(lambda: bare.slash("/srm backups").acknowledged, LONG)
            bare.wait(lambda since=answered: len(bare.ephemerals()) > since, LONG)
            assert bare.ephemerals()[-1].text.startswith("Shared: RDS · Backups")
            assert "closed by the other side" in running.log  # noticed at once, and not by pings that fail
        running.stop()
        assert running.end() == 0, running.log


REFUSED = [
    # how it is served, what is changed, the line that tells
    (
        "http",
        {"SLACK_BOT_TOKEN": ""},
        "SLACK_BOT_TOKEN is not set (add it to the environment or to .env; see .env.example)",
    ),
    (
        "http",
        {"SLACK_BOT_TOKEN": "", "SLACK_SIGNING_SECRET": ""},
        "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set "
        "(add them to the environment or to .env; see .env.example)",
    ),
    (
        "socket",
        {"SLACK_APP_TOKEN": ""},
        "SLACK_APP_TOKEN is not set (add it to the environment or to .env; see .env.example)",
    ),
    (
        "http",
        {"SLACK_BOT_TOKEN": "xoxb-wrong"},
        "Slack rejected SLACK_BOT_TOKEN: invalid_auth (copy it again from api.slack.com/apps)",
    ),
    (
        "socket",
        {"SLACK_BOT_TOKEN": "xoxb-wrong"},
        "Slack rejected SLACK_BOT_TOKEN: invalid_auth (copy it again from api.slack.com/apps)",
    ),
    (
        "socket",
        {"SLACK_APP_TOKEN": "xapp-wrong"},
        "Slack rejected SLACK_APP_TOKEN: invalid_auth (copy it again from api.slack.com/apps)",
    ),
]


@pytest.mark.parametrize(("way", "changed", "line"), REFUSED)
def test_what_it_cannot_start_with_is_reported_in_one_line(environment, tmp_path, way, changed, line):
    with process(tmp_path, *WAYS[way], **{**environment, **changed}) as running:
        assert running.end() == 1
    assert running.log == f"srmbot: {line}\n"


@pytest.mark.parametrize("way", WAYS)
def test_a_slack_that_is_away_is_reported_in_one_line(bare, environment, tmp_path, way):
    unreachable = {**environment, "SLACK_API_URL": "http://127.0.0.1:1/api/"}
    with process(tmp_path, *WAYS[way], **unreachable) as running:
        assert running.end() == 1
    last = running.log.splitlines()[-1]
    assert last.startswith("srmbot: cannot reach Slack: "), running.log
    assert last.endswith("(check the network and SLACK_API_URL)"), running.log


def test_a_slack_that_is_ill_is_reported_in_one_line(bare, environment, tmp_path):
    bare.fail_next("auth.test", status=503)
    with process(tmp_path, *WAYS["http"], **environment) as running:
        assert running.end() == 1
    assert running.log == "srmbot: Slack returned HTTP 503 (try again in a minute)\n"


@pytest.mark.parametrize("way", WAYS)
def test_a_port_that_is_taken_is_reported_in_one_line(bare, environment, tmp_path, way):
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = str(taken.getsockname()[1])
        with process(tmp_path, *WAYS[way], "--port", port, **environment) as running:
            assert running.end() == 1
    line = f"srmbot: cannot listen on port {port}: Address already in use (set --port or PORT to a free port)\n"
    assert running.log == line
