"""A tiny real Bolt app over both ways: a command, a mention, a direct message, a button, a shortcut."""

from .conftest import BLOCKS


def test_command(slack):
    delivery = slack.slash("/srm backups")
    assert delivery.acknowledged, delivery
    assert delivery.message.text == "You asked: backups"
    assert delivery.message.blocks == BLOCKS
    assert slack.ephemerals(slack.user) == [delivery.message]
    assert slack.ephemerals(slack.other) == []
    assert slack.messages() == []
    assert slack.complaints == []


def test_mention(slack):
    said = slack.mention("who patches rds?")
    assert said.delivery.acknowledged
    [answer] = slack.answers(said)
    assert (answer.text, answer.thread_ts) == ("AWS does", said.ts)
    assert slack.messages() == [said.message]
    assert slack.complaints == []


def test_direct_message_and_its_echo(slack):
    said = slack.direct("who patches rds?")
    assert [answer.text for answer in slack.answers(said)] == ["AWS does"]
    slack.settle()  # the bot's own message came back to it, and it did not answer itself
    assert len(slack.calls("chat.postMessage")) == 1


def test_button(slack):
    said = slack.mention("who patches rds?")
    [answer] = slack.answers(said)
    delivery = slack.click(answer, "helped")
    assert delivery.acknowledged, delivery
    slack.wait(slack.ephemerals)
    assert [each.text for each in slack.ephemerals()] == ["Thank you for rds.retention"]


def test_button_of_an_ephemeral_message(slack):
    shown = slack.slash("/srm backups").message
    delivery = slack.click(shown, "helped")
    assert "message" not in delivery.payload
    slack.wait(lambda: len(slack.ephemerals()) == 2)


def test_shortcut_where_the_bot_is_not(slack):
    message = slack.post("Disk full on prod-db", slack.elsewhere)
    assert slack.message_shortcut("who_owns", message).acknowledged
    slack.wait(slack.ephemerals)
    assert slack.ephemerals()[0].text == "You mean: Disk full on prod-db"


def test_slow_command(slack):
    delivery = slack.slash("/srm slow")
    assert (delivery.timed_out, delivery.status, delivery.failure) == (True, None, "operation_timeout")
    assert slack.ephemerals() == []
