"""The first meeting: a welcome, once, to a person on the Home tab and to a channel."""

import pytest

from srmbot.fake_slack import FakeSlack, message_problems
from srmbot.render.welcome import HELLO, TO_CHANNEL, TO_PERSON, welcome_channel, welcome_person
from srmbot.render.words import EXAMPLE_QUESTIONS
from srmbot.slack.welcome import is_own_joining
from tests.support.served_app import BOTH, over_http, until


def direct(slack: FakeSlack) -> list:
    """What the person has in their conversation with the bot."""
    return slack.messages(slack.workspace.direct_channel(slack.user.id))


@BOTH
def test_who_opens_the_home_tab_first_is_welcomed(slack):
    assert slack.open_home().acknowledged
    [message] = slack.wait(lambda: direct(slack))
    assert message.text.splitlines() == [HELLO, *TO_PERSON]
    assert slack.home()


def test_a_welcome_comes_once(slack):
    first = slack.open_home()
    slack.wait(lambda: direct(slack))
    slack.open_home()
    slack.event(first.payload["event"])  # Slack is not sure that it arrived
    slack.answers(slack.mention("backups"))
    assert len(direct(slack)) == 1


def test_after_a_restart_nobody_is_welcomed_again(bare, bot):
    for _ in range(2):
        with over_http(bare, bot):
            bare.open_home()
            bare.wait(bare.home)
    assert len(direct(bare)) == 1


def test_who_has_written_with_the_bot_before_needs_no_welcome(bare, bot):
    with over_http(bare, bot):
        bare.answers(bare.direct("backups"))
        bare.open_home()
        bare.wait(bare.home)
    assert len(direct(bare)) == 1


@pytest.mark.parametrize("method", ["conversations.history", "chat.postMessage"])
def test_a_welcome_that_cannot_be_given_disturbs_nobody(bare, bot, log, method):
    with over_http(bare, bot):
        bare.fail_next(method, error="missing_scope")
        bare.open_home()
        bare.wait(bare.home)
    assert direct(bare) == []
    assert log.lines("ERROR") == []


@pytest.mark.parametrize("kind", ["public", "private"])
def test_a_channel_that_the_bot_is_added_to_is_greeted(slack, log, kind):
    channel = slack.add_channel("ops", kind, bot=False)
    assert slack.invite(channel).acknowledged
    [message] = slack.wait(lambda: slack.messages(channel))
    assert (message.text.splitlines(), message.thread_ts) == ([HELLO, *TO_CHANNEL], None)
    until(lambda: log.lines(f"INFO welcomed surface=joined channel={channel.id}"))


def test_an_event_that_comes_twice_greets_once(slack):
    delivery = slack.invite(slack.elsewhere)
    slack.wait(lambda: slack.messages(slack.elsewhere))
    slack.event(delivery.payload["event"])
    slack.answers(slack.mention("backups"))
    assert len(slack.messages(slack.elsewhere)) == 1


def test_without_the_scopes_nothing_is_heard(slack):
    slack.workspace.scopes -= {"channels:read", "groups:read"}
    assert slack.invite(slack.elsewhere) is None
    [answer] = slack.answers(slack.mention("backups", slack.elsewhere))
    assert answer.text


def test_people_who_join_are_left_alone(slack):
    event = {"type": "member_joined_channel", "user": slack.other.id, "channel": slack.channel.id, "event_ts": "1.1"}
    assert slack.event(event).acknowledged
    slack.answers(slack.mention("backups"))
    assert len(slack.calls("chat.postMessage")) == 1


def test_a_channel_where_nobody_may_post_is_left_alone(slack, log):
    slack.fail_next("chat.postMessage", error="restricted_action")
    assert slack.invite(slack.elsewhere).acknowledged
    until(lambda: log.lines("WARNING expected_error surface=joined key=restricted_action"))
    assert slack.messages(slack.elsewhere) == []


def test_its_examples_answer(slack):
    slack.invite(slack.elsewhere)
    [message] = slack.wait(lambda: slack.messages(slack.elsewhere))
    assert slack.click(message, "example:0", user=slack.user).acknowledged
    [view] = slack.wait(lambda: slack.workspace.modals(slack.user.id))
    assert "RDS · Backups" in str(view.view["blocks"])


@pytest.mark.parametrize("message", [welcome_person(), welcome_channel()])
def test_slack_takes_it(message):
    assert message_problems(message) == []
    assert [each["value"] for each in message["blocks"][-1]["elements"][:-1]] == list(EXAMPLE_QUESTIONS)


def test_only_its_own_joining_counts():
    class Context:
        bot_user_id = "U1"

    assert is_own_joining({"user": "U1"}, Context())
    assert not is_own_joining({"user": "U2"}, Context())
    assert not is_own_joining({}, Context())
