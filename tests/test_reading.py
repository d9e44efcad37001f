"""A key of a reading brings back what was offered: service, topic, owner, and what the answer opened with."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.answer import make_alternative
from srmbot.model import AbsentTopic, Owner, Team
from srmbot.reading import answer_for
from srmbot.render.point import point
from tests.support.labelled import FOLDER, read


def asked(full):
    """The golden questions that are answered."""
    answers = (full.state.reply(row.text, row.thread) for row in read(FOLDER))
    return [answer for answer in answers if answer.answered]


def what(answer):
    """What an answer stands for."""
    return answer.label, answer.owner, answer.duty, answer.reply, answer.boundary, len(answer.parts)


def test_every_first_guess_can_be_had_back(full):
    answers = asked(full)
    back = [full.state.choose(answer.reading, answer.question) for answer in answers]
    assert list(map(what, back)) == list(map(what, answers))
    assert [each.reading for each in back] == [answer.reading for answer in answers]
    same = sum(point(one) == point(other) for one, other in zip(answers, back, strict=True))
    assert same / len(answers) > 0.99


def test_every_choice_stands_for_the_reading_that_it_names(full):
    answers = asked(full)
    offered = [(answer.question, other) for answer in answers for other in answer.alternatives]
    assert offered
    for question, other in offered:
        chosen = full.state.choose(other.key, question)
        task = chosen.duty.id if chosen.duty else None
        assert (chosen.label, chosen.owner, task) == (other.label, other.owner, other.duty), question


KEYS = [
    # key, label, owner, duty
    ("rds.retention", "RDS · Backups", Owner.CUSTOMER, "rds.retention"),
    ("rds/backups", "RDS · Backups", Owner.SHARED, None),
    ("rds", "RDS", Owner.SHARED, None),
    ("rds/backups@aws", "RDS · Backups", Owner.AWS, None),
    ("rds/backups@customer!rds.retention", "RDS · Backups", Owner.CUSTOMER, "rds.retention"),
    (
        "aurora/high-availability@customer!rds.multi-az",
        "Aurora · High availability and failover",
        Owner.CUSTOMER,
        "rds.multi-az",
    ),
    ("rds/backups@customer!rds.gone+rds.gone~rds.retention", "RDS · Backups", Owner.CUSTOMER, None),
    ("rds/operating-system@customer", "RDS · Operating system", Owner.AWS, None),  # all of it is AWS's by now
]


@pytest.mark.parametrize(("key", "label", "owner", "duty"), KEYS)
def test_a_key_names_place_owner_and_task(bot, key, label, owner, duty):
    answer = bot.state.choose(key)
    assert (answer.label, answer.owner, answer.duty.id if answer.duty else None) == (label, owner, duty)


@pytest.mark.parametrize("key", ["", "rds/gone", "gone/backups", "gone", "rds/backups,gone", "rds/backups=rds.gone"])
def test_what_is_gone_is_no_answer(bot, key):
    assert bot.state.choose(key) is None


def test_what_does_not_exist_on_a_service_can_be_chosen(bot):
    because = "Aurora has none."
    known = replace(bot.knowledge, absent=(AbsentTopic("aurora", "operating-system", Owner.AWS, because),))
    known = replace(known, duties=tuple(each for each in known.duties if each.service != "aurora"))
    answer = answer_for("aurora/operating-system@aws", known)
    assert point(answer) == because
    assert answer_for(make_alternative(answer.match, known).key, known).absent == answer.absent


def test_a_resource_that_was_asked_about_is_still_named(bot):
    team = Team("Orders", "rds", None, None, None, owns=("orders db~1",))
    known = replace(bot.knowledge, teams=(team,))
    match = replace(bot.state.choose("rds.retention").match, resource="orders db~1")
    key = make_alternative(match, known).key
    assert answer_for(key, known).match.resource == "orders db~1"
    assert answer_for(key, known).team == team


def test_the_question_decides_what_is_said_first(bot):
    key = "rds/backups@customer!rds.retention"
    assert bot.state.choose(key, "do we set the backup retention on rds?").reply == "yes"
    assert bot.state.choose(key, "does AWS set the backup retention on rds?").reply == "no"
    assert bot.state.choose(key).reply is None


def test_answers_to_several_questions_come_back_with_their_replies(full):
    question = "who takes the daily backup of rds, and is it encrypted if the instance is?"
    answer = full.state.reply(question)
    again = answer_for(answer.reading, full.knowledge, question)
    assert answer.in_turn
    assert point(again) == point(answer)
    assert answer_for(f"{answer.reading};rds/gone", full.knowledge, question) is None


def test_several_things_come_back_together(bot):
    answer = bot.state.reply("rds and aurora backups")
    again = bot.state.choose(answer.reading, answer.question)
    assert ([part.label for part in again.parts], again.owner) == ([part.label for part in answer.parts], answer.owner)


@given(st.text("rds/backups@aws!+~=-,. x", max_size=40))
def test_any_key_is_read(bot, key):
    bot.state.choose(key)
