"""What is said, how plainly, and what else is offered."""

import pytest

from srmbot.answer import OFFERED, Outcome, lower_first
from srmbot.model import Owner


def test_specific_question_gets_one_owner_and_the_numbers(full):
    answer = full.state.reply("who sets the backup retention period on rds?")
    assert answer.outcome is Outcome.SURE
    assert (answer.owner, answer.key) == (Owner.CUSTOMER, "rds.retention")
    assert answer.summary.startswith("This is yours: set the backup retention period.")
    assert any("0-35 days" in fact for fact in answer.facts)
    assert answer.customer[0] == "Set the backup retention period"
    assert answer.aws
    assert answer.sources[0].startswith("https://docs.aws.amazon.com/")


def test_backups_says_how_long_and_how_to_turn_them_off(full):
    for question in ("backups", "rds backups"):
        answer = full.state.reply(question)
        said = " ".join((answer.summary, *answer.facts))
        assert answer.owner is Owner.SHARED
        assert "0-35 days" in said
        assert "0 switches them off" in said or "0 turns them off" in said


def test_broad_question_gets_both_sides(full):
    answer = full.state.reply("rds patching")
    assert answer.owner is Owner.SHARED
    assert answer.duty is None
    assert answer.aws
    assert answer.customer


def test_service_alone_gets_its_whole_line(full):
    answer = full.state.reply("rds")
    assert (answer.service, answer.topic, answer.entry, answer.duty) == ("rds", None, None, None)
    assert answer.owner is Owner.SHARED
    assert answer.summary
    assert answer.aws
    assert answer.customer


def test_service_without_duties_of_its_own_says_whose_answer(full):
    answer = full.state.reply("aurora incident response")
    assert (answer.service, answer.borrowed) == ("aurora", "RDS")


def test_unknown_claims_nothing(full):
    answer = full.state.reply("how was your weekend?")
    assert answer.outcome is Outcome.UNKNOWN
    assert not answer.answered
    assert (answer.owner, answer.service, answer.topic, answer.summary, answer.duty) == (None,) * 5
    assert len(answer.alternatives) <= OFFERED


@pytest.mark.parametrize("text", ["", " ", "<@U1>", "\n"])
def test_blank_is_a_question_without_an_answer(full, text):
    assert not full.state.reply(text).answered


def test_every_entry_duty_and_service_can_be_chosen(full):
    for entry in full.knowledge.entries.values():
        answer = full.state.choose(entry.id)
        assert (answer.service, answer.topic, answer.owner) == (entry.service, entry.topic, entry.owner)
        assert answer.summary
        assert answer.sources
    for duty in full.knowledge.duties:
        assert full.state.choose(duty.id).task == duty.duty
    for slug in full.knowledge.services:
        assert full.state.choose(slug).label == full.knowledge.services[slug].name


@pytest.mark.parametrize("key", ["", "rds/", "rds/nothing", "nothing", "nothing/backups", "rds.nothing", "/"])
def test_key_that_is_gone_gets_nothing(full, key):
    assert full.state.choose(key) is None


def test_sentence_inside_another_begins_small():
    assert lower_first("Set the window") == "set the window"
    assert lower_first("TLS is yours") == "TLS is yours"
