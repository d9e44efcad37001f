"""Answers of each kind on the small folder, whole: as text, as JSON and as a Slack message.

`SNAPSHOTS=write pytest tests/render/test_snapshots.py` writes them anew; read what changed before it is kept.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from srmbot.answer import Answer, Outcome, make_alternative
from srmbot.bot import State
from srmbot.decide import decide
from srmbot.fake_slack import message_problems
from srmbot.model import Knowledge, Team
from srmbot.render.json import as_json
from srmbot.render.message import Setting, as_message
from srmbot.render.text import as_text
from srmbot.search.matcher import Matcher

FOLDER = Path(__file__).parent / "snapshots"
INSIDE = Setting(internal=True)
WIKI = "https://wiki.example.com/rds?a=1&b=2"
TEAM = Team("Data & Storage", "rds", "backups", "#data", WIKI)


def with_team(known: Knowledge) -> Knowledge:
    """The backups of RDS are a team's; nothing else is anybody's."""
    return replace(known, teams=(TEAM,))


def with_long_duty(known: Knowledge) -> Knowledge:
    """A duty with more numbers, pages and proofs than an answer shows."""
    duty = known.by_id["rds.retention"]
    changed = replace(
        duty,
        facts=("0 days switch backups off", "35 days are the most", "7 days in the console", "1 day by API"),
        source=(*duty.source, WIKI, "https://docs.aws.amazon.com/x/API_ModifyDBInstance.html", "https://example.com/d"),
    )
    return replace(known, duties=tuple(changed if each is duty else each for each in known.duties))


def with_variant(known: Knowledge) -> Knowledge:
    """Aurora as a mode of RDS."""
    return replace(known, services=known.services | {"aurora": replace(known.services["aurora"], variant_of="rds")})


def with_moves(known: Knowledge) -> Knowledge:
    """On RDS monitoring is the customer's alone; on Aurora AWS takes a part of it, and all of two other topics."""
    metrics = known.by_id["rds.metrics"]
    kept = [each for each in known.duties if each is not metrics and each.id != "aurora.retention"]
    taken = [replace(each, service="aurora") for each in known.duties if each.id in MOVED]
    return replace(known, duties=(*kept, *taken))


MOVED = ("rds.metrics", "rds.alarms", "rds.patch-apply")


def unchanged(known: Knowledge) -> Knowledge:
    """What the small folder says."""
    return known


def as_choice(*keys: str) -> Callable[[State, Answer], Answer]:
    """An answer that is not sure, with other readings."""

    def change(state: State, answer: Answer) -> Answer:
        found = (state.choose(key).match for key in keys)
        others = tuple(make_alternative(replace(match, likelihood=0.25), state.knowledge) for match in found)
        return replace(answer, outcome=Outcome.CHOICE, alternatives=others)

    return change


def surely_asked(state: State, answer: Answer) -> Answer:
    """The answer that there would be, were the question surely for us."""
    return replace(decide(replace(state.match(answer.question), in_scope=1.0), state.knowledge), confidence=0.9)


def as_it_is(_: State, answer: Answer) -> Answer:
    """The answer that was given."""
    return answer


def unclear(state: State, answer: Answer) -> Answer:
    """An answer that claims nothing, and has something near."""
    others = as_choice("rds/backups", "rds/monitoring")(state, answer).alternatives
    return replace(state.reply(""), question=answer.question, alternatives=others)


@dataclass(frozen=True)
class Case:
    """A question, on what, and what is made of the answer."""

    question: str
    known: Callable[[Knowledge], Knowledge] = unchanged
    change: Callable[[State, Answer], Answer] = as_it_is
    key: str = ""  # what was chosen, where nothing is asked


CASES = {
    "sure-aws": Case("who patches the OS under RDS?"),
    "sure-customer-team": Case("who sets backup retention on rds?", with_team),
    "keyword": Case("rds backups", with_team),
    "service": Case("rds"),
    "no-service": Case("who guards the data centers?"),
    "long": Case("how long are rds backups kept?", with_long_duty),
    "choice": Case("who patches the OS under RDS?", change=as_choice("rds/patching", "aurora")),
    "choice-alike": Case("rds backups", change=as_choice("rds.retention", "rds.manual-snapshot")),
    "belief-yes": Case("does RDS patch the operating system by itself?"),
    "belief-no": Case("Multi-AZ is a backup, right?"),
    "belief-partly": Case("can we postpone patches on rds?"),
    "belief-negated": Case("RDS doesn't patch the operating system by itself, right?"),
    "belief-what-if": Case("what happens if patches on rds wait until we have time for them?"),
    "reply-partly": Case("does AWS do the rds backups?"),
    "reply-no": Case("do we have to patch the OS under RDS?"),
    "number": Case("how long are rds backups kept?"),
    "since-when": Case("who sets backup retention on rds, and since when is that so?"),
    "next": Case("what must I do about the backup retention of rds?"),
    "why": Case("why do we set the backup retention on rds?"),
    "team": Case("who in our team sets the backup retention on rds?", with_team),
    "team-unset": Case("who in our team sets the backup retention on rds?"),
    "team-aws": Case("which team patches the OS under RDS?", with_team),
    "proof": Case("how do I prove that our rds backups are kept?"),
    "parts": Case("rds and aurora backups"),
    "parts-topics": Case("rds backups and monitoring"),
    "parts-tasks": Case("is the daily backup of rds automatic, and who deletes the old snapshots?"),
    "moves": Case("what changes if we move from rds to aurora?", with_moves, surely_asked),
    "absent": Case("who patches the os of aurora?"),
    "unchecked": Case("who switches on enhanced monitoring on rds?"),
    "borrowed": Case("aurora failover"),
    "variant": Case("", with_variant, key="aurora/backups"),
    "chosen": Case("", key="rds/high-availability"),
    "uncovered": Case("who backs up our workspaces?"),
    "greeting": Case("hello!"),
    "thanks": Case("thanks, that helped"),
    "language": Case("wer ist für Backups zuständig?"),
    "unclear": Case("<snapshots> & 'stuff'", change=unclear),
}


def asked(case: Case, state: State) -> Answer:
    """The answer of a case, with figures that learning does not change."""
    known = replace(case.known(state.knowledge), version="0" * 16)
    held = replace(state, knowledge=known, matcher=Matcher(known, state.matcher.weights))
    answer = held.choose(case.key) if case.key else held.reply(case.question)
    assert answer is not None
    return case.change(held, replace(answer, confidence=0.9, alternatives=()))


def rendered(answer: Answer) -> dict[str, str]:
    """What is kept of an answer, by the ending of its file."""
    return {
        "txt": as_text(answer) + "\n",
        "json": json.dumps(as_json(answer, "q1"), ensure_ascii=False, indent=1) + "\n",
        "blocks.json": json.dumps(as_message(answer, INSIDE, echo=True), ensure_ascii=False, indent=1) + "\n",
    }


@pytest.mark.parametrize("name", CASES)
def test_an_answer_reads_as_before(bot, name):
    answer = asked(CASES[name], bot.state)
    assert message_problems(as_message(answer, INSIDE, echo=True)) == []
    for ending, text in rendered(answer).items():
        path = FOLDER / f"{name}.{ending}"
        if os.environ.get("SNAPSHOTS") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{path.name}: read what changed, then SNAPSHOTS=write"


def test_the_question_is_repeated_only_where_that_is_wanted_and_there_is_one(bot):
    answer = asked(CASES["sure-aws"], bot.state)
    echo, *rest = as_message(answer, INSIDE, echo=True)["blocks"]
    assert echo["elements"] == [{"type": "plain_text", "text": answer.question}]
    assert as_message(answer, INSIDE)["blocks"] == rest
    assert len(as_message(replace(answer, question=" \n"), INSIDE, echo=True)["blocks"]) == len(rest)


def test_no_snapshot_is_left_over():
    kept = {path.name for path in FOLDER.iterdir()}
    assert kept == {f"{name}.{ending}" for name in CASES for ending in ("txt", "json", "blocks.json")}
