"""A PostgreSQL that accepts connections and answers nothing: it holds nobody up for long, and is reported."""

import json
import time

import pytest
from sqlalchemy import text

from srmbot.store.database import StoreError
from srmbot.store.store import Store
from tests.slack.test_requests import ask
from tests.support.databases import on_postgres
from tests.support.served_app import over_http

SOON = 30  # seconds: a lost connection and a new one that does not open, three each, on a busy machine


@pytest.fixture
def database(server) -> str:
    store = on_postgres(server)
    store.close()
    return store.url.render_as_string(hide_password=False)


def test_mentions_are_answered_and_readiness_is_denied_in_time(bare, bot, log, server, database):
    with over_http(bare, bot, database=database) as served:
        bare.answers(bare.mention("backups"))  # the pool has a connection now
        assert json.loads(ask(bare, "GET", "/readyz")[1])["ready"] is True
        with server.frozen():
            started = time.monotonic()
            said = [bare.mention("backups") for _ in range(40)]
            assert bare.slash("/srm backups").acknowledged
            # within the five seconds that `ask` waits
            assert json.loads(ask(bare, "GET", "/readyz")[1]) == {"ready": False, "reasons": ["database"], "notes": []}
            bare.wait(lambda: all(bare.messages(thread_ts=each.ts) for each in said), SOON)
            assert time.monotonic() - started < SOON
        assert [len(bare.messages(thread_ts=each.ts)) for each in said] == [1] * len(said)
        bare.wait(lambda: ask(bare, "GET", "/readyz")[0] == 200, SOON)
    served.app.close()
    assert log.lines("expected_error surface=event")
    assert log.lines("ERROR") == []


def test_a_statement_under_way_is_given_up(server, database):
    store = Store(database)
    store.prepare()
    started = time.monotonic()
    late = pytest.raises(StoreError, match=r"cannot use the database: no answer in 3 s \(check DATABASE_URL")
    with late, store.reading() as connection, server.frozen():
        connection.execute(text("SELECT 1"))
    assert time.monotonic() - started < SOON
    assert store.subscriptions.teams() == []
    store.close()
