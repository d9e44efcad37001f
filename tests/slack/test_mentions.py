"""Mentions and direct messages: answered in their thread, once, and only to people."""

import pytest

from srmbot.fake_slack import FakeSlack, payloads
from srmbot.fake_slack.events import Envelope
from tests.support.served_app import BOTH
from tests.support.thread_starts import ANSWER, PARENTS, QUESTION

UNREADABLE = (
    "I can't read this thread: I'm not in this channel, or can't see its history."
    " Invite me, ask in your own words, or use the shortcut “Who owns this?” on that message."
)


@BOTH
def test_a_mention_is_answered_in_a_thread_below_it(slack):
    said = slack.mention(QUESTION)
    assert said.delivery.acknowledged
    [answer] = slack.answers(said)
    assert answer.thread_ts == said.ts
    assert answer.text.splitlines()[0] == ANSWER
    assert slack.messages() == [said.message]


def test_a_mention_in_a_thread_is_answered_in_it(slack):
    parent = slack.post("Good morning")
    said = slack.mention(QUESTION, thread_ts=parent.ts)
    [answer] = slack.answers(said)
    assert (answer.thread_ts, answer.text.splitlines()[0]) == (parent.ts, ANSWER)
    assert slack.calls("conversations.replies") == []  # the question needs nothing from before


@pytest.mark.parametrize("words", ["", "who owns this?", "?"])
def test_a_mention_without_a_question_answers_the_first_message(slack, words):
    parent = slack.post(QUESTION)
    slack.post("I wonder too", thread_ts=parent.ts)
    [answer] = slack.answers(slack.mention(words, thread_ts=parent.ts))
    assert answer.text.splitlines()[0] == ANSWER


@pytest.mark.parametrize("fields", PARENTS.values(), ids=PARENTS)
def test_everything_in_the_first_message_is_read(slack, fields):
    parent = slack.post(**fields)
    [answer] = slack.answers(slack.mention("", thread_ts=parent.ts))
    assert answer.text.splitlines()[0] == ANSWER
    [call] = slack.calls("conversations.replies")
    assert call.params["ts"] == parent.ts


def test_another_service_is_asked_about_in_the_words_of_the_first_message(slack):
    parent = slack.post(QUESTION)
    [answer] = slack.answers(slack.mention("and on aurora?", thread_ts=parent.ts))
    assert answer.text.splitlines()[0] == "You: Aurora · Backups"


def test_a_subcommand_means_the_same_in_a_thread(slack):
    parent = slack.post(QUESTION)
    [answer] = slack.answers(slack.mention("help", thread_ts=parent.ts))
    assert answer.text.startswith("I say who owns what on AWS")
    assert slack.calls("conversations.replies") == []


def test_an_empty_mention_outside_a_thread_gets_help(slack):
    [answer] = slack.answers(slack.mention(""))
    assert answer.text.startswith("I say who owns what on AWS")


@pytest.mark.parametrize("kind", ["public", "private"])
def test_without_the_scope_it_says_what_else_can_be_done(slack, kind):
    slack.workspace.scopes -= {"channels:history", "groups:history"}
    channel = slack.add_channel("ops", kind)
    parent = slack.post(QUESTION, channel)
    [answer] = slack.answers(slack.mention("who owns this?", channel, parent.ts))
    assert answer.text == UNREADABLE


def test_without_the_scope_a_service_alone_is_answered_as_it_stands(slack):
    slack.workspace.scopes -= {"channels:history"}
    parent = slack.post(QUESTION)
    [answer] = slack.answers(slack.mention("rds", thread_ts=parent.ts))
    assert answer.text.splitlines()[0] == "Shared: RDS"


def test_without_the_scope_a_change_of_service_cannot_be_answered(slack):
    slack.workspace.scopes -= {"channels:history"}
    parent = slack.post(QUESTION)
    [answer] = slack.answers(slack.mention("and on rds?", thread_ts=parent.ts))
    assert answer.text == UNREADABLE


def test_where_the_history_is_closed_it_says_what_else_can_be_done(slack):
    parent = slack.post(QUESTION)
    slack.fail_next("conversations.replies", error="not_in_channel")
    [answer] = slack.answers(slack.mention("", thread_ts=parent.ts))
    assert answer.text == UNREADABLE


def test_where_it_may_not_even_answer_it_says_why_in_a_direct_message(slack, log):
    parent = slack.post(QUESTION, slack.elsewhere)
    mention = slack.post("<@U0SRMBOT01> who owns this?", slack.elsewhere, thread_ts=parent.ts)
    assert slack.event(payloads.mention_event(mention, slack.elsewhere)).acknowledged
    [reason] = slack.wait(lambda: slack.messages(slack.workspace.direct_channel(slack.user.id)))
    assert reason.text.startswith("I couldn't answer you there: I'm not in this conversation (invite me with")
    assert [call.answer.get("error") for call in slack.calls("chat.postMessage")] == ["not_in_channel"] * 2 + [None]
    assert [call.answer["error"] for call in slack.calls("conversations.replies")] == ["not_in_channel"]


def test_a_thread_that_is_gone_cannot_be_answered(slack):
    parent = slack.post(QUESTION)
    said = slack.mention("", thread_ts=parent.ts)
    slack.answers(said)
    slack.workspace.remove(parent)
    slack.event({**said.delivery.payload["event"], "ts": "1700000000.000001"})
    _, *said_since = slack.wait(lambda: found if len(found := slack.calls("chat.postMessage")) == 3 else [])
    assert [call.params["text"] for call in said_since] == [UNREADABLE, "the thread is gone (ask again)"]
    assert [call.answer["error"] for call in said_since] == ["thread_not_found"] * 2


@BOTH
def test_a_direct_message_is_answered_in_a_thread(slack):
    said = slack.direct(QUESTION)
    [answer] = slack.answers(said)
    assert (answer.thread_ts, answer.text.splitlines()[0]) == (said.ts, ANSWER)
    slack.settle()  # its own message came back to it
    assert len(slack.calls("chat.postMessage")) == 1


def quiet(slack: FakeSlack) -> None:
    """Wait until one more question is answered; nothing else may have been."""
    said = slack.mention("backups")
    slack.answers(said)
    slack.settle()
    assert len(slack.calls("chat.postMessage")) == 1


IGNORED = {
    "another bot's": {"bot_id": "B0OTHERBOT"},
    "its own": {"user": FakeSlack.bot_user_id, "bot_id": FakeSlack.bot_id},
    "an edit": {"subtype": "message_changed"},
    "a deletion": {"subtype": "message_deleted"},
    "a join": {"subtype": "channel_join"},
    "a bot's of the old kind": {"subtype": "bot_message", "bot_id": "B0OTHERBOT"},
}


@pytest.mark.parametrize("fields", IGNORED.values(), ids=IGNORED)
@pytest.mark.parametrize("kind", ["app_mention", "message"])
def test_only_people_are_answered(slack, kind, fields):
    where = slack.workspace.direct_channel(slack.user.id).id if kind == "message" else slack.channel.id
    event = {"type": kind, "channel": where, "ts": "1700000000.000100", "user": slack.other.id, "text": QUESTION}
    event |= {"channel_type": "im", **fields} if kind == "message" else fields
    assert slack.event(event).acknowledged
    quiet(slack)


def test_a_channels_messages_are_left_alone_even_when_they_arrive(slack):
    event = {"type": "message", "channel": slack.channel.id, "channel_type": "channel", "ts": "1700000000.000100"}
    assert slack.event({**event, "user": slack.user.id, "text": QUESTION}).acknowledged
    quiet(slack)


@BOTH
def test_an_event_that_comes_twice_is_answered_once(slack):
    said = slack.mention(QUESTION)
    slack.answers(said)
    payload = said.delivery.payload
    assert slack.event(payload["event"], event_id=payload["event_id"]).acknowledged
    assert slack.event(payload["event"]).acknowledged  # another event about the same message
    slack.answers(slack.mention("backups"))
    assert len(slack.messages(thread_ts=said.ts)) == 1


@BOTH
def test_a_retry_of_what_never_arrived_is_answered(slack):
    message = slack.post("<@U0SRMBOT01> " + QUESTION)
    event = payloads.mention_event(message, slack.channel)
    again = payloads.event_callback(event, slack.clock.now(), "Ev0RETRIED1")
    for number in (2, 3):
        assert slack.door.send(Envelope("events_api", again, retry=number, reason="http_timeout")).acknowledged
    slack.wait(lambda: slack.messages(thread_ts=message.ts))
    slack.answers(slack.mention("backups"))
    assert len(slack.messages(thread_ts=message.ts)) == 1


SEND_NOTHING = [
    ("event", {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "messages"}),
    ("event", {"type": "reaction_added", "user": "U1", "item": {}}),
    ("event", {"type": "app_uninstalled"}),
    ("event", {"type": "something_new"}),
    ("event", {"type": "message", "channel_type": "im", "subtype": "message_changed", "channel": "D1", "ts": "1.2"}),
    ("action", {"type": "button", "action_id": "link", "block_id": "b", "url": "https://example.com"}),
    ("action", {"type": "static_select", "action_id": "anything", "block_id": "b", "selected_option": None}),
    ("view_submission", {}),
    ("view_closed", {}),
    ("shortcut", {}),
    ("message_action", {}),
    ("block_suggestion", {}),
]


@BOTH
def test_what_nothing_listens_to_is_acknowledged(slack):
    for kind, given in SEND_NOTHING:
        if kind == "event":
            delivery = slack.event(given)
        else:
            name = "block_actions" if kind == "action" else kind
            payload = payloads.interaction(name, slack.user) | {"trigger_id": "1.2.3", "callback_id": "unknown"}
            payload |= {"view": {"callback_id": "unknown", "type": "modal"}} if kind.startswith("view") else {}
            payload |= {"actions": [given]} if kind == "action" else {"action_id": "unknown", "block_id": "b"}
            delivery = slack.send("interactive", payload)
        assert (delivery.status, delivery.tries) == (200, []), (kind, given, delivery)
