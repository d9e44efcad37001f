"""The shortcut on a message: answered to one alone, wherever the message is."""

import pytest

from tests.support.served_app import BOTH
from tests.support.thread_starts import ANSWER, PARENTS, QUESTION


@BOTH
@pytest.mark.parametrize("where", ["general", "random"])  # the bot is a member of the first alone
def test_it_works_without_history_and_membership(slack, where):
    slack.workspace.scopes -= {"channels:history", "groups:history", "im:history"}
    slack.api.calls.clear()
    message = slack.post(QUESTION, where)
    assert slack.message_shortcut("who_owns_this", message).acknowledged
    [answer] = slack.wait(slack.ephemerals)
    assert (answer.text.splitlines()[0], answer.viewer, answer.channel) == (ANSWER, slack.user.id, message.channel)
    assert slack.calls() == []


@pytest.mark.parametrize("fields", PARENTS.values(), ids=PARENTS)
def test_everything_in_the_message_is_read(slack, fields):
    assert slack.message_shortcut("who_owns_this", slack.post(channel="random", **fields)).acknowledged
    [answer] = slack.wait(slack.ephemerals)
    assert answer.text.splitlines()[0] == ANSWER


def test_a_message_without_words_is_not_known(slack):
    slack.message_shortcut("who_owns_this", slack.post(""))
    [answer] = slack.wait(slack.ephemerals)
    assert answer.text.startswith("I'm not sure what you are asking. ")
