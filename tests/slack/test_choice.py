"""Choice buttons: the same message, another answer, the other choices still there."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from srmbot.answer import Alternative, Answer, Outcome
from srmbot.bot import Bot
from srmbot.playground.stand_in import Message, StandIn

OPEN = "snapshots or failover"
KEYS = ["rds/high-availability", "rds/backups"]


@dataclass
class Torn:
    """A bot that is never sure, however well it has learned."""

    bot: Bot

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bot, name)

    def reply(self, *_: object) -> Answer:
        first, other = (self.bot.choose(key) for key in KEYS)
        offered = Alternative(other.key, other.service, other.topic, other.owner, 0.4, other.label)
        return replace(first, outcome=Outcome.CHOICE, confidence=0.5, question=OPEN, alternatives=(offered,))


@pytest.fixture
def bot(bot: Bot) -> Torn:
    return Torn(bot)


def buttons(message: Message) -> list[dict]:
    """The buttons of a message, in order."""
    return [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]


def shown(slack: StandIn, surface: str) -> Message:
    """An open question's answer: to one alone, in a channel, in a direct message."""
    if surface == "slash":
        return slack.slash(f"/srm {OPEN}").message
    said = slack.mention(OPEN) if surface == "mention" else slack.direct(OPEN)
    return slack.answers(said)[0]


@pytest.mark.parametrize("surface", ["slash", "mention", "direct"])
def test_a_choice_changes_the_message_and_keeps_the_buttons(slack, surface):
    message = shown(slack, surface)
    row = [(each["text"]["text"], each["action_id"]) for each in buttons(message)]
    assert [each["value"].split("|")[0] for each in buttons(message)] == KEYS
    first, second = buttons(message)
    posts = len(slack.calls())

    assert slack.click(message, second["action_id"]).acknowledged
    slack.wait(lambda: message.text.startswith("Shared: RDS · Backups"))
    assert [(each["text"]["text"], each["action_id"]) for each in buttons(message)] == row
    assert slack.click(message, first["action_id"]).acknowledged
    slack.wait(lambda: message.text.startswith("Shared: RDS · High availability and failover"))
    assert [each["value"] for each in buttons(message)] == [first["value"], second["value"]]
    assert len(slack.calls()) == posts  # no Web API: response_url does it
    assert len(slack.ephemerals()) == (surface == "slash")


def test_somebody_else_may_choose_in_a_channel(slack):
    message = shown(slack, "mention")
    assert slack.click(message, "choose:1", user=slack.other).acknowledged
    slack.wait(lambda: message.text.startswith("Shared: RDS · Backups"))
    assert len(slack.messages(thread_ts=message.thread_ts)) == 1


@pytest.mark.parametrize("surface", ["slash", "mention"])
def test_an_answer_that_is_gone_is_told_and_the_others_stay(slack, surface):
    message = shown(slack, surface)
    button = buttons(message)[1]
    button["value"] = "rds/gone|rds/high-availability"
    before = list(message.blocks)
    assert slack.click(message, button["action_id"]).acknowledged
    told = slack.wait(lambda: [each for each in slack.ephemerals() if each is not message])
    assert [each.text for each in told] == [
        "That answer is no longer in the knowledge. Choose another one, or ask again: `/srm …`"
    ]
    assert (told[0].viewer, told[0].thread_ts) == (slack.user.id, message.thread_ts)
    assert message.blocks == before
    assert slack.click(message, "choose:0").acknowledged
    slack.wait(lambda: message.text.startswith("Shared: RDS · High availability"))
    assert len(buttons(message)) == 2


def test_where_all_others_are_gone_there_is_nothing_to_choose(slack):
    message = shown(slack, "slash")
    buttons(message)[1]["value"] = "rds/backups|rds/gone"
    assert slack.click(message, "choose:1").acknowledged
    slack.wait(lambda: message.text.startswith("Shared: RDS · Backups"))
    assert buttons(message) == []


@pytest.mark.parametrize("value", ["", "|", "rds/backups|rds/backups", "<!channel>", "x" * 2000, None])
def test_a_value_that_is_none_of_ours_breaks_nothing(slack, log, value):
    message = shown(slack, "slash")
    buttons(message)[0]["value"] = value
    assert slack.click(message, "choose:0").acknowledged
    slack.wait(lambda: message.edited or len(slack.ephemerals()) == 2)
    assert log.lines("ERROR") == []
