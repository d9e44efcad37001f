"""Tips of a real process, either way: it plans, is killed, is started again, and stops on a signal."""

import json
import signal

import pytest

from srmbot.fake_slack import FakeSlack
from srmbot.slack.manifest import load_manifest
from srmbot.store.schema import HEAD
from tests.support.served_app import LONG, PATH, QUICK, command, process, tokens

WAYS = {"http": ("serve", "--http"), "socket": ("serve", "--socket")}
DAY = 86_400


@pytest.fixture
def slack():
    with FakeSlack.from_manifest(load_manifest(), timing=QUICK) as fake_slack:
        yield fake_slack
    assert fake_slack.complaints == []


def start(slack, running, way):
    running.until(lambda: running.get("/readyz")[0] == 200, LONG)
    if way == "http":
        slack.app_url = f"http://127.0.0.1:{running.port}{PATH}"


@pytest.mark.parametrize("way", WAYS)
def test_a_process_that_is_killed_loses_and_doubles_nothing(slack, cache_folder, tmp_path, way):
    environment = tokens(slack, cache_folder)
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(slack, running, way)
        assert not (tmp_path / "srmbot.db").exists()
        assert slack.slash("/srm tips on 09:00 UTC daily").acknowledged
        planned = slack.wait(lambda: list(slack.workspace.scheduled.values()), LONG)
        assert json.loads(running.get("/readyz")[1])["reasons"] == []
        running.stop(signal.SIGKILL)
        running.end(LONG)
    with process(tmp_path, *WAYS[way], **environment) as running:
        start(slack, running, way)
        assert slack.slash("/srm tips next").acknowledged
        slack.wait(lambda: [each for each in slack.ephemerals() if each.text.startswith("Next tip: ")], LONG)
        running.stop()
        assert running.end(LONG) == 0, running.log
        assert "Who owns what" not in running.log
    slack.advance(2 * DAY)
    posted = [int(float(each.ts)) for each in slack.messages() if each.text.startswith("Who owns what: RDS · ")]
    assert len(posted) == len(set(posted)) >= len(planned)


def test_a_server_without_tables_is_reported_in_one_line(slack, server, cache_folder, tmp_path):
    environment = {**tokens(slack, cache_folder), "DATABASE_URL": server.database()}
    with process(tmp_path, *WAYS["socket"], **environment) as running:
        assert running.end(LONG) == 1
    line = f"srmbot: the database has no tables yet (expected {HEAD}) (run `srmbot migrate`)"
    assert running.log.splitlines()[-1] == line


def test_questions_are_answered_while_the_store_is_away(slack, cache_folder, tmp_path):
    environment = {**tokens(slack, cache_folder), "DATABASE_URL": "postgres://u:hush@127.0.0.1:1/d"}
    with process(tmp_path, *WAYS["http"], **environment) as running:
        running.until(lambda: running.get("/healthz")[0] == 200, LONG)
        slack.app_url = f"http://127.0.0.1:{running.port}{PATH}"
        assert command(slack, "/srm backups").text.startswith("Shared: RDS · Backups")
        assert len(slack.answers(slack.mention("backups"), timeout=LONG)) == 1
        assert running.get("/readyz")[0] == 503
        slack.slash("/srm tips on 09:00")
        [no] = slack.wait(lambda: [each for each in slack.ephemerals() if "cannot use the database" in each.text])
        assert no.text.endswith("(check DATABASE_URL and that the database is running)")
        running.stop()
        assert running.end(LONG) == 0, running.log
    assert "hush" not in running.log


def test_an_event_is_answered_by_one_of_two_processes(slack, server, cache_folder, tmp_path):
    environment = {**tokens(slack, cache_folder), "DATABASE_URL": server.database()}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with process(tmp_path, "migrate", **environment) as running:
        assert running.end(LONG) == 0, running.log
    with (
        process(tmp_path / "one", *WAYS["http"], **environment) as one,
        process(tmp_path / "two", *WAYS["http"], **environment) as two,
    ):
        start(slack, one, "http")
        first = slack.mention("backups")
        [answer] = slack.answers(first, timeout=LONG)
        start(slack, two, "http")
        event = {"type": "app_mention", "user": slack.user.id, "text": first.message.text, "ts": first.ts}
        assert slack.event({**event, "channel": slack.channel.id, "event_ts": first.ts}).acknowledged
        slack.answers(slack.mention("aurora backups"), timeout=LONG)
        assert slack.messages(thread_ts=first.thread) == [answer]
