"""What passed is kept, and each message knows what led to it."""

import pytest
from slack_sdk import WebClient

from srmbot.fake_slack.journal import key_of

from .raw import MODAL, post


def traces(slack, key):
    """What led to a message, once it is noted: that comes a moment after the message."""
    return slack.wait(lambda: slack.workspace.journal.traces(key))


def names(trace):
    return [(step.kind, step.name) for step in trace]


def test_a_command_leads_to_its_own_response(slack):
    delivery = slack.slash("/srm backups")
    [trace] = traces(slack, key_of(delivery.message))
    assert names(trace) == [("delivery", "slash_commands")]
    assert (trace[0].sent["text"], trace[0].status) == ("backups", 200)


def test_a_mention_leads_to_the_answer_in_its_thread(slack):
    slack.mention("another one")
    said = slack.mention("who patches rds?")
    [answer] = slack.answers(said)
    [trace] = traces(slack, key_of(answer))
    assert names(trace) == [("delivery", "events_api"), ("call", "chat.postMessage")]
    assert trace[0].sent["event"]["ts"] == said.ts
    assert trace[1].got["ts"] == answer.ts


def test_a_click_leads_to_what_it_put_there(slack):
    [answer] = slack.answers(slack.mention("who patches rds?"))
    slack.click(answer, "helped")
    [thanks] = slack.wait(slack.ephemerals)
    [trace] = traces(slack, key_of(thanks))
    assert names(trace) == [("delivery", "interactive"), ("response", "response_url")]
    assert trace[0].sent["actions"][0]["action_id"] == "helped"


def test_what_changed_a_message_comes_after_what_put_it_there(bare, client):
    sent = client.chat_postMessage(channel=bare.channel.id, text="one")
    client.chat_update(channel=bare.channel.id, ts=sent["ts"], text="two")
    first, second = traces(bare, f"{bare.channel.id}/{sent['ts']}")
    assert names(first) == [("call", "chat.postMessage")]
    assert names(second) == [("call", "chat.update")]


def test_a_scheduled_message_came_by_the_clock(bare, client):
    client.chat_scheduleMessage(channel=bare.channel.id, text="tip", post_at=int(bare.clock.now()) + 60)
    [tip] = bare.advance(61)
    [trace] = traces(bare, key_of(tip))
    assert names(trace) == [("call", "chat.scheduleMessage"), ("due", "scheduled message")]


@pytest.mark.parametrize("slack", ["http"], indirect=True)
def test_a_modal_knows_the_click_that_opened_it(slack):
    trigger = slack.workspace.trigger(slack.user.id)
    WebClient(slack.bot_token, base_url=slack.api_url).views_open(trigger_id=trigger.id, view=MODAL)
    [view] = slack.workspace.modals(slack.user.id)
    [trace] = traces(slack, f"view/{view.id}")
    assert names(trace) == [("call", "views.open")]


def test_a_refused_answer_is_kept_with_its_reason(bare):
    url = bare.workspace.response_url(bare.channel.id, bare.user.id)
    post(f"{bare.server.url}hooks/{url.id}", b"not json")
    step = bare.workspace.journal.steps()[-1]
    assert (step.status, step.got, step.sent) == (400, "invalid_payload", {"body": "not json"})
