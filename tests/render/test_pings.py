"""Nothing that stands in the knowledge or a question is markup to Slack, or too long for it, wherever it is shown."""

import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from srmbot.answer import Outcome, make_alternative
from srmbot.bot import State
from srmbot.fake_slack import message_problems
from srmbot.model import Knowledge, Team
from srmbot.render.blocks import TEXT_LIMIT, notice
from srmbot.render.message import Setting, as_message
from srmbot.search.matcher import Matcher
from srmbot.small_talk import Reason

INSIDE = Setting(internal=True)
PING = "<!here> & <@U1>"
SAFE = "&lt;!here&gt; &amp; &lt;@u1&gt;"  # in lower case: labels are suggested as they would be typed
KEPT = (
    "id",
    "slug",
    "service",
    "topic",
    "source",
    "channel",
    "channel_id",
    "runbook",
    "falls_back",
    "checked_by",
    "aliases",
    "at",
)


TEAM = Team("Databases", None, None, "#db", "https://wiki.example.com/x", (), "C0123456789")


def lengthened(record: Any, more: str) -> Any:
    """A record of the knowledge with more in every text that people read."""
    changed = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name not in KEPT and type(value) is str:
            changed[field.name] = f"{value} {more}"
        elif field.name not in KEPT and type(value) is tuple and all(type(each) is str for each in value):
            changed[field.name] = tuple(f"{each} {more}" for each in value)
    assert is_dataclass(record)
    return replace(record, **changed)


def saying(state: State, more: str) -> State:
    """The small folder with more in everything."""
    known: Knowledge = state.knowledge
    made = replace(
        known,
        services={slug: lengthened(each, more) for slug, each in known.services.items()},
        topics={slug: lengthened(each, more) for slug, each in known.topics.items()},
        duties=tuple(lengthened(each, more) for each in known.duties),
        boundaries=tuple(lengthened(each, more) for each in known.boundaries),
        absent=tuple(lengthened(each, more) for each in known.absent),
        titles=dict.fromkeys((page for duty in known.duties for page in duty.source), more),
        uncovered=dict.fromkeys(known.uncovered, more),
        teams=(lengthened(TEAM, more),),
    )
    return replace(state, knowledge=made, matcher=Matcher(made, state.matcher.weights))


@pytest.fixture(scope="module")
def state(bot) -> State:
    """The small folder with a ping in everything."""
    return saying(bot.state, PING)


@pytest.fixture(scope="module")
def long_winded(bot) -> State:
    """The small folder with very much in everything."""
    return saying(bot.state, "a & b " * 900)


QUESTIONS = [
    "rds",
    "rds backups",
    "who sets backup retention on rds?",
    "how do I prove that our rds backups are kept?",
    "which team sets backup retention on rds?",
    "rds and aurora backups",
    "aurora failover",
    "who patches the os of aurora?",
    "can we postpone patches on rds?",
    "who backs up our workspaces?",
    "who switches on enhanced monitoring on rds?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_text_of_the_knowledge_pings_anybody(state, question):
    answer = replace(state.reply(question), question=f"{question} {PING}")
    assert is_safe(as_message(answer, INSIDE, echo=True))


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_text_of_the_knowledge_is_too_long_for_slack(long_winded, question):
    answer = replace(long_winded.reply(question), question="a & b " * 900)
    assert message_problems(as_message(answer, INSIDE, echo=True)) == []
    assert len(as_message(answer, INSIDE)["text"]) <= TEXT_LIMIT
    best = long_winded.choose("rds/backups")
    choice = replace(best, outcome=Outcome.CHOICE, alternatives=(make_alternative(best.match, long_winded.knowledge),))
    assert message_problems(as_message(choice)) == []
    assert len(notice("a & b " * 9000)["text"]) <= TEXT_LIMIT
    assert message_problems(notice("a & b\n" * 900)) == []


def test_nothing_to_choose_pings_anybody(state):
    best, other = state.choose("rds/backups"), state.choose("rds/monitoring")
    others = (make_alternative(other.match, state.knowledge),)
    assert is_safe(as_message(replace(best, outcome=Outcome.CHOICE, alternatives=others)))
    assert is_safe(as_message(replace(state.reply(""), reason=Reason.UNCLEAR, alternatives=others)))


def is_safe(message: dict[str, Any]) -> bool:
    """Whether every ping of a message is shown as it is written, and there is one."""
    assert message_problems(message) == []
    texts = [message["text"], *(text for block in message["blocks"] for text in marked_texts(block))]
    marked = [text.lower() for text in texts]
    assert not [text for text in marked if "<!" in text or "<@" in text]
    assert [text for text in marked if SAFE in text], json.dumps(message)
    return all(text.count("&lt;!") == text.count(SAFE) or text.endswith("…") for text in marked)


def marked_texts(node: Any) -> list[str]:
    """The texts in which Slack looks for markup."""
    if isinstance(node, list):
        return [text for each in node for text in marked_texts(each)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if node.get("type") == "mrkdwn" else []
    return own + [text for value in node.values() for text in marked_texts(value)]
