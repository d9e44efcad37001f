"""What is claimed, how plainly, and what else is offered."""

import re
from dataclasses import replace

import pytest

from srmbot.answer import Outcome
from srmbot.decide import ALTERNATIVES, WORTH_OFFERING, decide
from srmbot.form import Ask, read_form
from srmbot.model import Owner
from srmbot.reading import answer_for
from srmbot.render.json import facts
from srmbot.render.point import evidence, next_step, point
from srmbot.render.sections import sources
from srmbot.small_talk import Reason
from tests.support.labelled import FOLDER, read

KEPT = r"0(?:-| to )35 days"


def test_specific_question_gets_one_owner_and_the_numbers(full):
    answer = full.state.reply("who sets the backup retention period on rds?")
    assert answer.outcome is Outcome.SURE
    assert (answer.owner, answer.key) == (Owner.CUSTOMER, "rds.retention")
    assert point(answer).startswith("You set the backup retention period. ")
    assert any(re.search(KEPT, fact) for fact in facts(answer))
    assert answer.customer[0] == "Set the backup retention period"
    assert answer.aws
    assert sources(answer)[0].startswith("https://docs.aws.amazon.com/")


def test_a_near_belief_tells_which_side_is_asked_about(full):
    for question in ("who patches the OS on RDS?", "who's responsible for patching the OS on RDS?"):
        assert full.state.reply(question).owner is Owner.AWS
    assert full.state.reply("rds patching").owner is Owner.SHARED


def test_backups_says_how_long_and_how_to_turn_them_off(full):
    for question in ("backups", "rds backups"):
        answer = full.state.reply(question)
        said = " ".join((point(answer), *(fact for duty in answer.leads for fact in duty.facts)))
        assert answer.owner is Owner.SHARED
        assert re.search(KEPT, said)
        assert "0 switches" in said or "0 turns them off" in said


def test_broad_question_gets_both_sides(full):
    answer = full.state.reply("rds patching")
    assert answer.owner is Owner.SHARED
    assert answer.duty is None
    assert answer.aws
    assert answer.customer
    assert [duty.owner for duty in answer.leads] == [Owner.AWS, Owner.CUSTOMER]


def test_service_alone_gets_its_whole_line(full):
    answer = full.state.reply("rds")
    assert (answer.service, answer.topic, answer.entry, answer.duty) == ("rds", None, None, None)
    assert answer.owner is Owner.SHARED
    assert point(answer).startswith(full.knowledge.services["rds"].line)
    assert answer.aws
    assert answer.customer


def test_service_without_duties_of_its_own_says_whose_answer(bot):
    answer = bot.state.reply("aurora failover")
    assert (answer.service, answer.borrowed) == ("aurora", "RDS")
    assert bot.state.reply("aurora backups").borrowed is None


def test_unknown_claims_nothing(full):
    answer = full.state.reply("how was your weekend?")
    assert answer.outcome is Outcome.UNKNOWN
    assert not answer.answered
    assert (answer.owner, answer.service, answer.topic, answer.duty, answer.reply) == (None,) * 5
    assert (answer.aws, answer.customer, sources(answer), evidence(answer), next_step(answer)) == (
        *((),) * 3,
        [],
        None,
    )
    assert len(answer.alternatives) <= ALTERNATIVES


@pytest.mark.parametrize("text", ["", " ", "<@U1>", "\n"])
def test_blank_is_a_question_without_an_answer(full, text):
    answer = full.state.reply(text)
    assert (answer.answered, answer.reason) == (False, Reason.UNCLEAR)


REASONS = [
    # message, why nothing is claimed, what the reason is about
    ("hello!", Reason.GREETING, ""),
    ("thanks, that helped", Reason.THANKS, ""),
    ("what can you do?", Reason.ABOUT, ""),
    ("that is wrong", Reason.COMPLAINT, ""),
    ("wer ist für Backups zuständig?", Reason.LANGUAGE, "German"),
    ("what is for lunch today?", Reason.ELSEWHERE, ""),
    ("who backs up our workspaces?", Reason.UNCOVERED, "Amazon WorkSpaces"),
    ("show me the cli command to take a snapshot of rds", Reason.HOWTO, ""),
    ("Is there a Terraform module for RDS backups?", Reason.HOWTO, ""),
    ("Could somebody draft a bucket policy for our S3 backups?", Reason.HOWTO, ""),
    ("Does AWS have a script to copy RDS snapshots?", Reason.HOWTO, ""),
    ("", Reason.UNCLEAR, ""),
]


@pytest.mark.parametrize(("message", "reason", "subject"), REASONS)
def test_what_gets_no_answer_says_of_what_kind_it_is(bot, message, reason, subject):
    answer = bot.state.reply(message)
    assert (answer.outcome, answer.reason, answer.subject) == (Outcome.UNKNOWN, reason, subject)


@pytest.mark.parametrize(
    "message",
    [
        "Our RDS is set up by Terraform. Is the retention of backups still our decision?",
        "Will AWS look at a slow query for us on RDS?",
        "A colleague says the backups of RDS are kept by nobody. Nonsense, right?",
        "RDS v2 backups = my job?",
    ],
)
def test_a_yes_or_no_that_speaks_of_code_or_nonsense_is_a_question(full, message):
    assert full.state.reply(message).reply is not None


@pytest.mark.parametrize("message", ["who patches azure sql?", "who owns the encryption of a gcp bucket?"])
def test_another_cloud_is_elsewhere(full, message):
    answer = full.state.reply(message)
    assert (answer.outcome, answer.reason) == (Outcome.UNKNOWN, Reason.ELSEWHERE)


def test_a_service_that_is_covered_is_answered_beside_one_that_is_not(bot):
    answer = bot.state.reply("who sets backup retention on rds, our workspaces app asks?")
    assert (answer.owner, answer.key) == (Owner.CUSTOMER, "rds.retention")


def test_a_topic_that_a_service_does_not_have_is_a_sure_answer_without_duty(bot):
    answer = bot.state.reply("who patches the os of aurora?")
    assert (answer.outcome, answer.owner, answer.entry, answer.duty) == (Outcome.SURE, Owner.AWS, None, None)
    assert answer.absent is bot.knowledge.absent_topics["aurora", "operating-system"]


PARTS = [
    # question, owner of all, service and topic of all, (service, topic, owner) of each
    (
        "rds and aurora backups",
        (Owner.SHARED, None, "backups"),
        [("rds", "backups", Owner.SHARED), ("aurora", "backups", Owner.SHARED)],
    ),
    (
        "rds backups and monitoring",
        (Owner.SHARED, "rds", None),
        [("rds", "backups", Owner.SHARED), ("rds", "monitoring", Owner.SHARED)],
    ),
    ("who sets the backup retention on rds?", (Owner.CUSTOMER, "rds", "backups"), []),
]


@pytest.mark.parametrize(("question", "whole", "each"), PARTS)
def test_several_services_or_topics_are_parts_of_one_answer(bot, question, whole, each):
    answer = bot.state.reply(question)
    assert [(part.service, part.topic, part.owner) for part in answer.parts] == each
    assert (answer.owner, answer.service, answer.topic) == whole
    if each:
        assert (answer.entry, answer.duty, answer.absent) == (None, None, None)
        for side in ("aws", "customer"):
            tasks = [task for part in answer.parts for task in getattr(part, side)]
            assert list(getattr(answer, side)) == list(dict.fromkeys(tasks))


def test_parts_say_how_likely_they_are_right_as_other_answers_do(bot):
    answer = bot.state.reply("rds and aurora backups")
    assert answer.confidence == round(answer.confidence, 3)


@pytest.mark.parametrize(
    ("question", "owner"),
    [
        ("our assessor wants proof that the OS of rds gets its patches, what do I hand him", Owner.AWS),
        ("which report shows that disks of rds are destroyed", Owner.AWS),
        ("what can we show for the retention that we set on rds backups?", Owner.CUSTOMER),
    ],
)
def test_proof_is_of_the_one_who_does_it_whoever_hands_it_over(full, question, owner):
    assert full.state.reply(question).owner is owner


def test_an_answer_opens_with_the_nearest_duty_of_its_owner(full):
    seen = 0
    for row in read(FOLDER):
        answer = full.state.reply(row.text)
        if answer.main_duty is None or answer.boundary or answer.duty:
            continue
        seen += 1
        assert answer.owner in (answer.main_duty.owner, Owner.SHARED), row.text
        mine = [each.item for each in answer.match.ranked if answer.owner in (each.item.owner, Owner.SHARED)]
        assert answer.main_duty == mine[0], row.text
    assert seen > 10


def test_only_what_may_be_meant_and_differs_is_offered(full):
    for row in read(FOLDER):
        answer = full.state.reply(row.text)
        if answer.outcome is Outcome.SURE:
            assert answer.alternatives == (), row.text
        if answer.outcome is Outcome.CHOICE:
            assert 1 <= len(answer.alternatives) <= ALTERNATIVES, row.text
            for other in answer.alternatives:
                assert other.confidence >= WORTH_OFFERING, row.text
                best = (answer.match.service, answer.match.topic, answer.owner)
                assert (other.service, other.topic, other.owner) != best, row.text


def test_every_entry_duty_and_service_can_be_chosen(full):
    for entry in full.knowledge.entries.values():
        answer = full.state.choose(entry.id)
        parent = full.knowledge.services[entry.service].variant_of
        assert (answer.service, answer.topic, answer.owner) == (parent or entry.service, entry.topic, entry.owner)
        assert point(answer)
        assert sources(answer)
    for duty in full.knowledge.duties:
        assert full.state.choose(duty.id).task == duty.duty
    for slug in full.knowledge.services:
        assert full.state.choose(slug).label == full.knowledge.services[slug].name


def test_a_part_or_mode_of_a_service_answers_as_its_parent(full):
    variants = [each for each in full.knowledge.services.values() if each.variant_of]
    assert variants
    for service in variants:
        answer = full.state.choose(service.slug)
        assert (answer.service, answer.variant) == (service.variant_of, service.name)
    assert full.state.choose("rds").variant is None


@pytest.mark.parametrize("key", ["", "rds/", "rds/nothing", "nothing", "nothing/backups", "rds.nothing", "/"])
def test_key_that_is_gone_gets_nothing(full, key):
    assert full.state.choose(key) is None


def test_what_was_chosen_is_asked_in_no_form(bot):
    answer = answer_for("rds/backups", bot.knowledge)
    assert (answer.form, answer.reply) == (read_form(""), None)


def test_what_is_asked_for_does_not_change_who_owns_it(bot):
    matches = bot.state.match("who sets the backup retention on rds?")
    plain = decide(matches, bot.knowledge)
    for ask in set(Ask) - {Ask.YES_NO}:
        asked = decide(replace(matches, form=replace(matches.form, asks=frozenset({ask}))), bot.knowledge)
        assert (asked.owner, asked.key) == (plain.owner, plain.key), ask


@pytest.mark.parametrize(
    ("message", "service"),
    [
        ("who sets the visibility timeout?", "sqs"),
        ("who picks the partition key?", "dynamodb"),
        ("who runs karpenter?", "eks"),
    ],
)
def test_a_feature_is_known_by_its_name_alone(full, message, service):
    answer = full.state.reply(message)
    assert (answer.service, answer.owner is not Owner.AWS) == (service, True)


@pytest.mark.parametrize("message", ["who maintains the jenkins pipeline?", "who renews the slack licence?"])
def test_what_is_no_feature_of_aws_is_left_alone(full, message):
    assert not full.state.reply(message).answered
