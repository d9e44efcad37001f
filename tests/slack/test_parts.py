"""The small parts: what has been seen, what waits, which messages hold what."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.render.carried import read_carried
from srmbot.slack import dedup as seen
from srmbot.slack import executor as slow
from srmbot.slack.choice import row_keys
from srmbot.slack.dedup import REMEMBERED_FOR, SeenEvents
from srmbot.slack.executor import YieldingExecutor
from srmbot.slack.mentions import without_mentions
from srmbot.slack.message_text import message_text
from srmbot.slack.retry import DelayedWork
from tests.support.served_app import Log, logging_to


def test_a_key_is_new_once():
    known = SeenEvents()
    assert [known.is_first(key) for key in ("a", "b", "a")] == [True, True, False]


def test_a_key_is_forgotten_after_slacks_last_retry():
    now = [0.0]
    known = SeenEvents(lambda: now[0])
    known.is_first("a")
    now[0] = 6 * 60 + 10  # the third retry
    assert not known.is_first("a")
    now[0] = REMEMBERED_FOR + 1
    assert known.is_first("a")


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(seen, "MOST_EVENTS", 10)
    known = SeenEvents()
    for number in range(100):
        known.is_first(str(number))
    assert len(known.at) == 10
    assert not known.is_first("99")


def test_of_many_threads_one_is_first():
    known, firsts = SeenEvents(), []
    start = threading.Barrier(16)

    def run() -> None:
        start.wait()
        firsts.append(known.is_first("a"))

    threads = [threading.Thread(target=run) for _ in range(16)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(firsts) == [False] * 15 + [True]


def test_the_end_waits_for_what_is_to_be_done():
    later, done = DelayedWork(), []
    later.run_after(0.05, lambda: done.append(1))
    later.run_after(0.1, lambda: done.append(2))
    later.finish(5)
    assert done == [1, 2]


def test_the_end_does_not_wait_for_ever():
    later = DelayedWork()
    later.run_after(60, lambda: None)
    with logging_to(Log()) as log:
        later.finish(0.01)
    assert log.text.endswith("WARNING answers_dropped count=1\n")


ROW = ["a/b", "c.d", "e"]


@given(st.integers(0, 2))
def test_a_row_of_buttons_keeps_its_order(place):
    value = "|".join([ROW[place], *(key for key in ROW if key != ROW[place])])
    assert row_keys({"action_id": f"choose:{place}"}, read_carried(value)) == ROW


@given(st.text(), st.text())
def test_any_button_has_keys(action_id, value):
    assert row_keys({"action_id": action_id}, read_carried(value))


@given(st.text())
def test_mentions_at_the_beginning_are_left_out(text):
    assert without_mentions(f"<@U1> <@U2|ana>  {text}") == without_mentions(text)


def test_a_message_is_read_once():
    text = "Disk full on prod-db"
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}, "accessory": {"type": "button", "text": "Ack"}}
    ]
    actions = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Silence"}}]}
    attachments = [{"title": "CloudWatch", "text": text, "fields": [{"title": "Region", "value": "eu-west-1"}]}]
    message = {"text": text, "blocks": [*blocks, actions], "attachments": attachments}
    assert message_text(message) == "Disk full on prod-db\nCloudWatch\nRegion eu-west-1"


def test_slow_work_lets_requests_go_first(monkeypatch):
    monkeypatch.setattr(slow, "QUIET_BEFORE", 1)
    monkeypatch.setattr(slow, "LONGEST_PUT_OFF", 60)
    with YieldingExecutor(2) as executor:
        executor.note_request()
        begun = executor.submit(lambda: "done")
        with pytest.raises(TimeoutError):
            begun.result(0.1)
        executor.answered_at -= 60  # a minute ago
        assert begun.result(5) == "done"


def test_slow_work_is_put_off_only_so_long(monkeypatch):
    monkeypatch.setattr(slow, "QUIET_BEFORE", 60)
    with YieldingExecutor(1) as executor:
        executor.note_request()
        assert executor.submit(lambda: "done").result(5) == "done"
