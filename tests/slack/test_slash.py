"""`/srm …`: answered in the response itself, to the asker alone, whatever was typed."""

import json
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.listener_matcher import builtins

from srmbot.fake_slack import message_problems
from tests.support.served_app import BOTH, over_socket

PINGS = ("<!channel>", "<!here>", "<!everyone>", "<@U0ANYBODY1>", "<!subteam^S0TEAM0001>", "<#C0CHANNEL1>")


def markup_of(message) -> str:
    """All that Slack would look for mentions in: every text but plain_text."""

    def texts(node):
        if isinstance(node, dict):
            if node.get("type") != "plain_text":
                yield from (value for name, value in node.items() if name == "text" and isinstance(value, str))
                for value in node.values():
                    yield from texts(value)
        elif isinstance(node, list):
            for item in node:
                yield from texts(item)

    return "\n".join([message.text, *texts(message.blocks)])


@BOTH
def test_an_answer_comes_in_one_round_trip(slack):
    slack.api.calls.clear()
    delivery = slack.slash("/srm who patches the OS under RDS?")
    assert delivery.acknowledged, delivery
    message = delivery.message
    assert (message.viewer, message.channel) == (slack.user.id, slack.channel.id)
    assert message.text.startswith("AWS: RDS · Operating system\n")
    echo, verdict, *_ = message.blocks
    assert echo["elements"] == [{"type": "plain_text", "text": "who patches the OS under RDS?"}]
    assert verdict["text"]["text"].startswith("🔶 *AWS: RDS · Operating system*\nAWS patches the operating ")
    assert message_problems(delivery.json) == []
    assert slack.calls() == []
    assert slack.messages() == []
    assert delivery.json["unfurl_links"] is False


def test_a_command_that_was_renamed_is_answered_too(slack):
    assert slack.slash("/who-owns backups").message.text.startswith("Shared: RDS · Backups")


def test_bolt_looks_for_a_command_first_and_then_for_a_mention(slack, monkeypatch):
    build, tried = builtins.build_required_kwargs, []
    monkeypatch.setattr(builtins, "build_required_kwargs", lambda **given: tried.append(given) or build(**given))
    assert slack.slash("/srm backups").acknowledged
    assert len(tried) == 1
    slack.answers(slack.mention("backups"))
    assert len(tried) == 1 + 2


def test_a_large_command_takes_little_memory_over_a_socket(bare, bot):
    with over_socket(bare, bot):
        tracemalloc.start()
        try:
            message = bare.slash("/srm backups" + " " * 1_000_000 + "?").message
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert message.text.startswith("Shared: RDS · Backups")
    assert peak < 100_000_000  # of which the stand-in, in the same process, takes a part


TEXTS = [
    # what is typed, how the text of the answer begins
    ("/srm", "I say who owns what on AWS"),
    ("/srm help", "I say who owns what on AWS"),
    ("/srm HELP", "I say who owns what on AWS"),
    ("/srm help me with backups", "Shared: RDS · Backups"),
    ("/srm services", "Others: RDS, Aurora"),
    ("/srm compare rds aurora", "RDS and Aurora differ on 1 of 6 topics.\nWhere the line moves:\n• Operating system: "),
    ("/srm compare rds and aurora backups", "Shared\nRDS and Aurora: "),
    ("/srm matrix rds", "Whose each topic is:\n• "),
    ("/srm what's for lunch?", "I only know AWS: "),
    ("/srm hello!", "Hello! Ask me who does what on AWS"),
    ("/srm backups", "Shared: RDS · Backups"),
    ("/srm aurora patching", "Shared: Aurora · Patching"),
    ("/srm  \t ", "I say who owns what on AWS"),
]


@pytest.mark.parametrize(("typed", "begins"), TEXTS)
def test_what_is_typed_decides_the_answer(slack, typed, begins):
    delivery = slack.slash(typed)
    assert delivery.message.text.startswith(begins), delivery.message.text
    assert delivery.message.viewer == slack.user.id
    assert message_problems(delivery.json) == []


@BOTH
def test_what_takes_long_is_acknowledged_first(slack):
    delivery = slack.slash("/srm why who patches the OS under RDS?")
    assert (delivery.acknowledged, delivery.message) == (True, None)
    [message] = slack.wait(slack.ephemerals)
    assert (message.viewer, message.text.split("\n")[0][:13]) == (slack.user.id, "outcome: sure")


def test_a_question_that_begins_with_why_is_a_question(slack):
    assert not slack.slash("/srm why do we patch the os").message.text.startswith("outcome:")


def test_what_is_not_known_comes_with_things_to_ask(slack):
    text = slack.slash("/srm <@U0ANYBODY1>").message.text
    assert text.splitlines() == [
        "I'm not sure what you are asking. Name the AWS service and the task, and I tell you who does it.",
        "You could ask: backups · who patches the OS under RDS? · dynamodb encryption",
    ]


@pytest.mark.parametrize("question", ["{} who patches rds?", "why {} patches rds", "{}", "backups & <b> {} > 3"])
def test_nothing_that_was_typed_pings_anybody(slack, question):
    for number, ping in enumerate(PINGS, 1):
        delivery = slack.slash(f"/srm {question.format(ping)}")
        message = slack.wait(lambda number=number: slack.ephemerals()[number - 1 :])[0]
        assert ping not in markup_of(message)
        assert delivery.json is None or message_problems(delivery.json) == []


ODD = {
    "very long": "who patches rds? " * 3000,
    "one long word": "x" * 40_000,
    "only signs": "?!…—“”<>&;|`*_~",
    "entities at every cut": "&<>" * 2000,
    "null and controls": "rds\x00\x01\x1b[31m backups\x7f",
    "right to left": "\u202e\u202b\u0645\u0646 rds\u061f",
    "emoji": "🐘" * 3500,
    "json": json.dumps({"text": "<!channel>", "blocks": []}),
    "a form": "text=a&payload=%7B%7D&ssl_check=1",
    "a word that Bolt takes for a click": "backups of the payload",
    "many lines": "rds\n" * 2000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_gets_a_valid_answer(slack, text):
    delivery = slack.slash(f"/srm {text}")
    assert delivery.acknowledged, delivery
    assert message_problems(delivery.json) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_any_text_gets_a_valid_answer(slack, text):
    text = text.encode("utf-8", "replace").decode()
    delivery = slack.slash(f"/srm {text}")
    assert delivery.acknowledged, delivery
    assert message_problems(delivery.json) == []
    assert all(ping not in markup_of(delivery.message) for ping in ("<!", "<@", "<#"))
