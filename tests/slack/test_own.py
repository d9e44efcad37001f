"""What the asker may do with an answer in a channel: take it back, ask in other words; it goes with its question."""

import pytest

from srmbot.fake_slack import FakeSlack, Message
from tests.support.served_app import until

QUESTION = "who sets backup retention on rds?"


@pytest.fixture
def answer(slack: FakeSlack) -> Message:
    """An answer in a channel."""
    return slack.answers(slack.mention(QUESTION))[0]


def own(slack: FakeSlack, answer: Message, what: str, **more):
    """Choose something from the asker's menu."""
    return slack.click(answer, "own", f"{what}:{slack.user.id}", **more)


def test_the_asker_takes_an_answer_back(slack, answer):
    assert own(slack, answer, "back").acknowledged
    slack.wait(lambda: slack.messages(thread_ts=answer.thread_ts) == [])


@pytest.mark.parametrize("what", ["back", "anew"])
def test_nobody_else_does(slack, answer, what):
    own(slack, answer, what, user=slack.other)
    [told] = slack.wait(slack.ephemerals)
    assert (told.text, told.viewer) == ("Only the person who asked can do that.", slack.other.id)
    assert slack.messages(thread_ts=answer.thread_ts) == [answer]
    assert slack.workspace.views == {}


def test_an_answer_that_was_shared_is_taken_back_where_the_bot_is_no_member(slack):
    alone = slack.slash(f"/srm {QUESTION}", channel=slack.elsewhere).message
    slack.click(alone, "share")
    [shared] = slack.wait(lambda: slack.messages(slack.elsewhere))
    own(slack, shared, "back")
    slack.wait(lambda: slack.messages(slack.elsewhere) == [])


def test_another_question_takes_the_place_of_the_answer(slack, answer):
    own(slack, answer, "anew")
    [form] = slack.wait(lambda: list(slack.workspace.views.values()))
    field = form.view["blocks"][0]["element"]
    assert field["initial_value"] == QUESTION
    assert slack.submit(form, question="who patches the OS under RDS?").acknowledged
    slack.wait(lambda: answer.text.startswith("AWS: RDS · Operating system"))
    assert slack.workspace.views == {}
    own(slack, answer, "back")  # it is still the asker's
    slack.wait(lambda: slack.messages(thread_ts=answer.thread_ts) == [])


def test_no_other_question_is_said_in_the_form(slack, answer):
    own(slack, answer, "anew")
    [form] = slack.wait(lambda: list(slack.workspace.views.values()))
    delivery = slack.submit(form, question=" ")
    assert delivery.json["response_action"] == "errors"
    assert answer.text.startswith("You: RDS · Backups")


def test_a_choice_in_an_answer_leaves_it_to_its_asker(slack):
    [answer] = slack.answers(slack.mention("rds"))
    slack.click(answer, "topic", "rds/backups", user=slack.other)
    slack.wait(lambda: answer.text.startswith("Shared: RDS · Backups"))
    own(slack, answer, "back")
    slack.wait(lambda: slack.messages(thread_ts=answer.thread_ts) == [])


def test_an_answer_goes_with_its_question_in_a_direct_message(slack, log):
    said = slack.direct(QUESTION)
    [answer] = slack.answers(said)
    until(lambda: log.lines("answered"))
    slack.delete(said.message)
    slack.wait(lambda: slack.messages(answer.channel, said.ts) == [])
    assert len(slack.calls("chat.delete")) == 1


def test_and_in_a_channel_whose_messages_the_app_hears(slack, log):
    slack.events.add("message.channels")
    said = slack.mention(QUESTION)
    slack.answers(said)
    until(lambda: log.lines("answered"))
    slack.delete(said.message)
    slack.wait(lambda: slack.messages(thread_ts=said.ts) == [])


def test_what_is_gone_already_or_was_never_asked_is_no_failure(slack, log):
    said = slack.direct("!", thread_ts=None)
    slack.workspace.remove(slack.answers(said)[0])
    until(lambda: log.lines("answered"))
    slack.delete(said.message)
    slack.delete(slack.post("not ours", slack.workspace.direct_channel(slack.user.id)))
    slack.wait(lambda: len(slack.calls("chat.delete")) == 1)
    assert log.lines("ERROR") == []
