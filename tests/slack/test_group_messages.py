"""Direct messages of several people: the bot answers where it is mentioned, once, and stays silent otherwise."""

import pytest

from srmbot.fake_slack import FakeSlack
from tests.support.served_app import BOTH
from tests.support.thread_starts import ANSWER, QUESTION

MENTION = f"<@{FakeSlack.bot_user_id}> "
TWINS = pytest.mark.parametrize("events", [(), ("app_mention",), ("message.mpim",)], ids=["both", "one", "the other"])


@pytest.fixture
def group(slack):
    return slack.add_channel("mpdm-ana--ben--srmbot-1", "mpim")


def first_line(message) -> str:
    return message.text.splitlines()[0]


def quiet(slack: FakeSlack, posts: int) -> None:
    """Wait until one more question is answered; apart from that only so many answers were posted."""
    slack.answers(slack.mention("backups"))
    slack.settle()
    assert len(slack.calls("chat.postMessage")) == posts + 1


@TWINS
def test_a_mention_is_answered_once_however_slack_tells_of_it(slack, group, events):
    slack.events -= set(events)
    said = slack.mention(QUESTION, group)
    [answer] = slack.answers(said)
    assert (first_line(answer), answer.thread_ts) == (ANSWER, said.ts)
    slack.events |= set(events)
    quiet(slack, posts=1)


@BOTH
def test_what_does_not_mention_the_bot_is_left_alone(slack):
    group = slack.add_channel("mpdm-ana--ben--srmbot-1", "mpim")
    for text in (QUESTION, f"<@{slack.other.id}> {QUESTION}"):
        assert slack.say(text, group).delivery.acknowledged
    quiet(slack, posts=0)


def test_a_mention_alone_answers_the_thread(slack, group):
    parent = slack.post(QUESTION, group)
    [answer] = slack.answers(slack.mention("", group, parent.ts))
    assert first_line(answer) == ANSWER


@TWINS
def test_an_edit_that_adds_the_mention_is_answered_and_one_that_changes_the_question_changes_the_answer(
    slack, group, events
):
    slack.events -= set(events)
    message = slack.post(QUESTION, group)
    slack.edit(message, MENTION + QUESTION)
    [answer] = slack.wait(lambda: slack.messages(group, message.ts))
    assert first_line(answer) == ANSWER
    slack.edit(message, MENTION + "who patches the os under rds")
    slack.wait(lambda: first_line(answer) == "AWS: RDS · Operating system")
    slack.events |= set(events)
    quiet(slack, posts=1)


def test_without_the_scope_nothing_is_heard_but_mentions(slack, group):
    slack.workspace.scopes.discard("mpim:history")
    said = slack.mention(QUESTION, group)
    assert len(said.deliveries) == 1
    [answer] = slack.answers(said)
    assert first_line(answer) == ANSWER
