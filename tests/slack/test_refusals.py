"""Refusals of Slack's that can be foreseen: each says what it is and what to do, on every surface; none is a bug."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from srmbot.fake_slack import FakeSlack
from srmbot.slack import retry
from srmbot.slack.outcomes import CLOSED, LIMITED, REFUSALS
from srmbot.slack.retry import TURN_GAP, DelayedWork, limit_of
from srmbot.slack.tips.actions import WebApiActions
from tests.slack.test_outcomes import direct, home, mention, open_form, shortcut, slow_slash
from tests.support.served_app import until
from tests.support.thread_starts import ANSWER, QUESTION

SURFACES = [(mention, "chat.postMessage"), (direct, "chat.postMessage"), (shortcut, "response_url")]
SURFACES += [(slow_slash, "response_url"), (open_form, "views.open"), (home, "views.publish")]


def texts(slack: FakeSlack) -> list[str]:
    """What the bot has said, anywhere."""
    spaces = slack.workspace
    said = [each.text for held in spaces.messages.values() for each in held if each.user == slack.bot_user_id]
    said += [each.text for each in slack.ephemerals()]
    homes = [block["text"]["text"] for each in spaces.homes.values() for block in each.view["blocks"][:1]]
    return said + homes


@pytest.mark.parametrize("word", sorted(word for word, why in REFUSALS.items() if why != LIMITED))
def test_what_each_refusal_says(slack, log, word):
    reason = "{} ({})".format(*REFUSALS[word])
    for number, (do, method) in enumerate(SURFACES, 1):
        slack.fail_next(method, error=word)
        do(slack)
        until(lambda times=number: sum(reason in text for text in texts(slack)) == times)
    assert log.lines("ERROR") == []
    assert "Something went wrong" not in "".join(texts(slack))


@pytest.mark.parametrize("word", sorted(CLOSED))
def test_where_nothing_can_be_posted_the_reason_comes_in_a_direct_message(slack, word):
    slack.fail_next("chat.postMessage", error=word, times=2)
    mention(slack)
    [reason] = slack.wait(lambda: slack.messages(slack.workspace.direct_channel(slack.user.id)))
    assert reason.text == "I couldn't answer you there: {} ({})".format(*REFUSALS[word])


def test_a_channel_that_is_archived_meanwhile_is_no_bug(slack):
    slack.channel.archived = True
    mention(slack)
    [reason] = slack.wait(lambda: slack.messages(slack.workspace.direct_channel(slack.user.id)))
    assert reason.text.startswith("I couldn't answer you there: this channel is archived")


@pytest.mark.parametrize(
    ("zone", "taken"), [("Mars/Olympus_Mons", None), ("", None), ("europe/lisbon", "Europe/Lisbon")]
)
def test_a_time_zone_that_is_not_known_here_is_done_without(slack, zone, taken):
    slack.user.tz = zone
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    assert WebApiActions(lambda: client, list).zone_of(slack.user.id) == taken


def test_calls_that_wait_for_one_limit_come_one_after_the_other(slack):
    """Four threads to be read, of which Slack lets one a second pass."""
    slack.rate_limit("conversations.replies", 1, seconds=1)
    said = [slack.mention("", thread_ts=slack.post(QUESTION).ts) for _ in range(3)]
    for each in said:
        [answer] = slack.answers(each)
        assert answer.text.splitlines()[0] == ANSWER
    reads = [call.status for call in slack.calls("conversations.replies")]
    assert sorted(reads) == [200] * 3 + [429] * 2  # each of the two waits once


def test_turns_are_taken_by_limit(monkeypatch):
    monkeypatch.setattr(retry.time, "monotonic", lambda: 100.0)
    later = DelayedWork()
    assert [later.take_turn("one", 10) for _ in range(3)] == pytest.approx([10, 10 + TURN_GAP, 10 + 2 * TURN_GAP])
    assert later.take_turn("another", 1) == 1
    monkeypatch.setattr(retry.time, "monotonic", lambda: 200.0)
    assert later.take_turn("one", 5) == 5
    monkeypatch.setattr(retry, "MOST_LIMITED_CALLS", 2)
    later.take_turn("third", 1)
    assert set(later.turns) == {"one", "third"}


def test_a_limit_is_of_a_method_and_a_token():
    def limit(method: str, token: str) -> object:
        headers = {"headers": {"Authorization": f"Bearer {token}"}}
        response = SlackResponse(
            client=None, http_verb="POST", api_url=method, req_args=headers, data={}, headers={}, status_code=429
        )
        return limit_of(SlackApiError("", response))

    assert limit("a", "xoxb-1") == limit("a", "xoxb-1")
    assert len({limit("a", "xoxb-1"), limit("a", "xoxb-2"), limit("b", "xoxb-1")}) == 3
    assert "xoxb" not in repr(limit("a", "xoxb-1"))
