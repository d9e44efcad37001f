"""Mentions by bots: answered where a setting allows it, and never in a loop, whatever the other bot does."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from srmbot.fake_slack import FakeSlack
from srmbot.fake_slack.model import APP
from srmbot.slack import bots as module
from srmbot.slack.bots import MOST_BOT_ANSWERS, WINDOW, AnsweredBots, may_ask
from tests.support.served_app import over_http, until
from tests.support.thread_starts import ANSWER, QUESTION

MENTION = f"<@{FakeSlack.bot_user_id}> "
OTHER = "who patches the os under rds"


@pytest.fixture
def robot(bare):
    user = bare.add_user("robot")
    user.is_bot = True
    return user


def first_line(message) -> str:
    return message.text.splitlines()[0]


def answered(slack: FakeSlack) -> int:
    """How many answers are in the workspace, once one more question of a person is answered."""
    slack.answers(slack.mention("backups"))
    slack.settle()
    return len(slack.calls("chat.postMessage")) - 1


def test_a_workflow_is_answered(slack, robot):
    said = slack.bot_says(MENTION + QUESTION, robot, workflow=True)
    [answer] = slack.answers(said)
    assert (first_line(answer), answer.thread_ts) == (ANSWER, said.ts)


def test_a_workflow_in_a_thread_is_answered_from_the_thread(slack, robot):
    parent = slack.post(QUESTION)
    [answer] = slack.answers(slack.bot_says(MENTION, robot, thread_ts=parent.ts, workflow=True))
    assert first_line(answer) == ANSWER


def test_another_bot_is_not_answered_unless_it_may_ask(slack, robot, log):
    assert slack.bot_says(MENTION + QUESTION, robot).delivery.acknowledged
    assert answered(slack) == 0
    [line] = log.lines("INFO bot_ignored")
    assert f"bot=B{robot.id[1:]} channel={slack.channel.id} what=not_allowed" in line


@pytest.mark.parametrize("allowed", ["all", "bot", "app"])
def test_a_setting_lets_other_bots_ask(bare, bot, robot, allowed):
    names = {"all": "all", "bot": f"B{robot.id[1:]}", "app": f"A{robot.id[1:]}"}
    with over_http(bare, bot, bots=frozenset({names[allowed]})):
        [answer] = bare.answers(bare.bot_says(MENTION + QUESTION, robot))
    assert first_line(answer) == ANSWER


def test_no_bot_at_all_where_the_setting_says_so(bare, bot, robot):
    with over_http(bare, bot, bots=frozenset()):
        bare.bot_says(MENTION + QUESTION, robot, workflow=True)
        assert answered(bare) == 0


def test_a_bot_only_asks(slack, robot):
    [answer] = slack.answers(slack.bot_says(MENTION + "tips on 09:00", robot, workflow=True))
    assert "tips" not in answer.text.lower().splitlines()[0]
    assert slack.calls("chat.scheduleMessage") == []


def test_its_own_app_is_never_answered_even_where_all_bots_may_ask(bare, bot):
    with over_http(bare, bot, bots=frozenset({"all"})):
        event = {"type": "app_mention", "channel": bare.channel.id, "ts": "1700000000.000100", "text": QUESTION}
        assert bare.event({**event, "user": "U1", "bot_id": "B0OTHER001", "app_id": APP}).acknowledged
        assert answered(bare) == 0


WHERE = {"in the thread": (True, 1), "in the channel": (False, MOST_BOT_ANSWERS)}


@pytest.mark.parametrize(("in_thread", "most"), WHERE.values(), ids=WHERE)
def test_two_bots_that_mention_each_other_fall_silent(bare, bot, robot, in_thread, most):
    """The other bot answers everything that ours posts, at once, with another question for it."""
    asked = []

    def answer_it(what: str, message) -> None:
        hear(what, message)
        if what == "posted":
            said = (OTHER, robot, message.channel, message.thread_ts if in_thread else None)
            asked.append(talking.submit(bare.bot_says, MENTION + said[0], *said[1:]))

    hear, bare.workspace.heard = bare.workspace.heard, answer_it
    with ThreadPoolExecutor(1) as talking, over_http(bare, bot, bots=frozenset({"all"})) as served:
        bare.mention(QUESTION)
        until(lambda: len(asked) == most + 1)  # one answer to the person, and those to the bot
        assert all(each.result().delivery.acknowledged for each in asked)
        bare.settle()
        served.executor.shutdown(wait=True)
    assert len(bare.calls("chat.postMessage")) == most + 1


def test_people_are_answered_however_often_bots_have_asked(slack, robot, monkeypatch):
    monkeypatch.setattr(module, "MOST_BOT_ANSWERS", 1)
    slack.answers(slack.bot_says(MENTION + QUESTION, robot, workflow=True))
    slack.bot_says(MENTION + OTHER, robot, workflow=True)
    assert answered(slack) == 1
    [answer] = slack.answers(slack.mention(OTHER))
    assert first_line(answer) == "AWS: RDS · Operating system"


NAMES = [
    # what a bot's message has, what is allowed, whether it may ask
    ({"bot_id": "B1", "bot_profile": {"is_workflow_bot": True}}, {"workflows"}, True),
    ({"bot_id": "B1", "bot_profile": {"is_workflow_bot": False}}, {"workflows"}, False),
    ({"bot_id": "B1"}, {"workflows"}, False),
    ({"bot_id": "B1"}, {"B1"}, True),
    ({"bot_id": "B1", "app_id": "A1"}, {"A1", "workflows"}, True),
    ({"bot_id": "B1", "bot_profile": {"app_id": "A1"}}, {"A1"}, True),
    ({"bot_id": "B1"}, {"B2"}, False),
    ({"bot_id": "B1"}, {"all"}, True),
    ({"bot_id": "B1"}, set(), False),
]


@pytest.mark.parametrize(("event", "allowed", "may"), NAMES)
def test_which_bots_may_ask(event, allowed, may):
    assert may_ask(event, allowed) == may


def test_the_window_passes_and_threads_stay_answered(monkeypatch):
    now = [0.0]
    held = AnsweredBots(now=lambda: now[0])
    assert [held.has_turn("C1", f"{number}.1") for number in range(MOST_BOT_ANSWERS + 1)] == [
        True
    ] * MOST_BOT_ANSWERS + [False]
    assert held.has_turn("C2", "1.1")
    now[0] = WINDOW
    assert held.has_turn("C1", "99.1")
    assert not held.has_turn("C1", "1.1")


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(module, "KEPT_CONVERSATIONS", 2)
    held = AnsweredBots()
    for number in range(5):
        held.has_turn(f"C{number}", "1.1")
    assert (len(held.threads), len(held.channels)) == (2, 2)
