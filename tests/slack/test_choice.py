"""Choice buttons: the same message, another answer, the other choices still there."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from srmbot.answer import Alternative, Answer, Outcome
from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack, Message, View, view_problems
from tests.support.served_app import until

OPEN = "snapshots or failover"
KEYS = ["rds/high-availability", "rds/backups"]


@dataclass
class Torn:
    """A bot, and its state, that is never sure, however well it has learned."""

    bot: Bot

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bot.state, name)

    @property
    def state(self) -> Any:
        return self

    def reply(self, *_: object, **__: object) -> Answer:
        first, other = (self.bot.state.choose(key) for key in KEYS)
        offered = Alternative(other.key, other.service, other.topic, other.owner, 0.4, other.label)
        return replace(first, outcome=Outcome.CHOICE, confidence=0.5, question=OPEN, alternatives=(offered,))


@pytest.fixture
def bot(bot: Bot) -> Torn:
    return Torn(bot)


def buttons(message: Message) -> list[dict]:
    """The buttons of a message, in order."""
    return [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]


def shown(slack: FakeSlack, surface: str) -> Message:
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
def test_an_answer_that_is_gone_is_reported_and_the_others_stay(slack, surface):
    message = shown(slack, surface)
    button = buttons(message)[1]
    button["value"] = "rds/gone|rds/high-availability"
    before = list(message.blocks)
    assert slack.click(message, button["action_id"]).acknowledged
    notice = slack.wait(lambda: [each for each in slack.ephemerals() if each is not message])
    assert [each.text for each in notice] == [
        "That answer no longer exists. Choose another one, or ask again with `/srm`."
    ]
    assert (notice[0].viewer, notice[0].thread_ts) == (slack.user.id, message.thread_ts)
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


def modal(slack: FakeSlack) -> View:
    """An open question's answer in a modal."""
    slack.global_shortcut("ask_question")
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    assert slack.submit(view, question=OPEN).acknowledged
    return view


def text_of(view: View) -> str:
    """Every text of a view's sections."""
    texts = [block["text"]["text"] for block in view.view["blocks"] if block["type"] == "section" and "text" in block]
    return "\n".join(texts)


def row_of(view: View) -> list[tuple[str, str]]:
    """The buttons of a modal: what each is for, and its value."""
    rows = [block["elements"] for block in view.view["blocks"] if block["type"] == "actions"]
    return [(each["text"]["text"], each["value"]) for row in rows for each in row if each["action_id"] != "wrong"]


def test_a_choice_changes_the_modal_and_keeps_the_buttons(slack):
    view = modal(slack)
    row = row_of(view)
    assert [value.split("|")[0] for _, value in row] == KEYS
    for place, label in ((1, "*Shared: RDS · Backups*"), (0, "*Shared: RDS · High availability and failover*")):
        assert slack.click_view(view, f"choose:{place}").acknowledged
        slack.wait(lambda label=label: text_of(view).startswith(label))
        assert row_of(view) == row
        assert view_problems(view.view) == []
    assert {call.method for call in slack.calls()} == {"auth.test", "views.open", "views.update"}
    assert slack.submit(view).acknowledged  # another question
    assert view.view["callback_id"] == "asking"


def test_an_answer_that_is_gone_is_reported_above_the_others(slack):
    view = modal(slack)
    blocks = list(view.view["blocks"])
    buttons(view_as_message(view))[1]["value"] = "rds/gone|rds/high-availability"
    for _ in range(2):
        before = len(slack.calls("views.update"))
        assert slack.click_view(view, "choose:1").acknowledged
        slack.wait(lambda before=before: len(slack.calls("views.update")) > before and slack.calls()[-1].status)
        note, *kept = view.view["blocks"]
        assert note["text"]["text"] == "That answer no longer exists. Choose another one, or ask again with `/srm`."
        assert [block["type"] for block in kept] == [block["type"] for block in blocks]
    assert slack.click_view(view, "choose:0").acknowledged
    slack.wait(lambda: text_of(view).startswith("*Shared: RDS · High availability"))


def view_as_message(view: View) -> Message:
    """Its blocks where `buttons` looks for them."""
    return Message("", "", "", blocks=view.view["blocks"])


def test_a_modal_that_was_closed_meanwhile_is_no_failure(slack, log):
    view = modal(slack)
    slack.workspace.views.pop(view.id)
    assert slack.click_view(view, "choose:1").acknowledged
    until(lambda: log.lines("modal_closed"))
    assert log.lines("ERROR") == []


@pytest.mark.parametrize("fault", [{"error": "internal_error"}, {"status": 500}], ids=str)
def test_a_modal_that_cannot_be_changed_is_reported_in_it(slack, log, fault):
    view = modal(slack)
    slack.fail_next("views.update", **fault)
    assert slack.click_view(view, "choose:1").acknowledged
    slack.wait(lambda: text_of(view).startswith("Slack had a problem and may not have taken my answer"))
    assert [value.split("|")[0] for _, value in row_of(view)] == KEYS
    assert len(log.lines("WARNING expected_error surface=choice key=internal_error")) == 1
