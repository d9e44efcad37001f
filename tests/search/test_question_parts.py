"""Several things in one question: services in a row or beside one another, topics in a row, two questions."""

import pytest

from srmbot.query import tokenize
from srmbot.render.message import as_message
from srmbot.render.point import point
from srmbot.search.parts import are_joined, find_by_segment, listed_services, services_in_row, topics_in_row

SERVICES = [
    # question, whether it compares, the services that are asked about together
    ("who backs up rds and dynamodb?", False, ["rds", "dynamodb"]),
    ("rds, aurora and s3: who encrypts?", False, ["rds", "aurora", "s3"]),
    ("rds or aurora patches", False, ["rds", "aurora"]),
    ("backups: redshift vs neptune", False, ["redshift", "neptune"]),
    ("who backs up dynamodb and rds and dynamodb", False, ["dynamodb", "rds"]),
    ("who restores rds from a bucket in s3?", False, []),
    ("our lambda reads from rds, who patches it?", False, []),
    ("what stays ours when we go from ec2 over to rds?", True, ["ec2", "rds"]),
    ("what stays ours when we go from ec2 over to rds?", False, []),
    ("aws and rds backups", False, ["rds"]),
    ("rds backups", False, ["rds"]),
    ("rds and rds backups", False, ["rds"]),
    ("backups", False, []),
    ("", False, []),
]


@pytest.mark.parametrize(("question", "compared", "services"), SERVICES)
def test_services_count_together_only_in_a_row_or_where_they_are_compared(matcher, question, compared, services):
    found = services_in_row(*find_by_segment(question, matcher.service_names.find), compared=compared)
    assert found == services


TOPICS = [
    # question, the topics that are asked about together
    ("who does backups and patching on rds?", ["backups", "patching"]),
    ("rds monitoring, logging and backups", ["monitoring", "logging", "backups"]),
    ("backups or restores", ["backups", "restore"]),
    ("backups and backups", []),
    ("who monitors the backups?", []),
    ("patching on rds, and much later, in another life, backups", []),
    ("encryption at rest and encryption in transit of s3", ["encryption-at-rest", "encryption-in-transit"]),
    ("rds", []),
    ("", []),
]


@pytest.mark.parametrize(("question", "topics"), TOPICS)
def test_topics_count_together_only_in_a_row(matcher, question, topics):
    found = topics_in_row(tokenize(question), matcher.evidence.topic_names)
    assert (found if len(found) > 1 else []) == topics


JOINED = [
    ("a b", True),
    ("a and b", True),
    ("a and or b", False),
    ("a under b", False),
    ("a and under b", False),
]


@pytest.mark.parametrize(("text", "joined"), JOINED)
def test_only_words_that_join_may_stand_between(text, joined):
    words = tuple(text.split())
    assert are_joined(words, 1, len(words) - 1) is joined


LISTS = [
    # text, the services that it lists, each with what is said of it alone or of all
    (
        "failover of rds, aurora and s3",
        {"rds": "rds failover of", "aurora": "aurora failover of", "s3": "s3 failover of"},
    ),
    (
        "who patches: ec2 / lambda runtimes / rds?",
        {"ec2": "ec2 who patches", "lambda": "lambda runtimes who patches", "rds": "rds who patches"},
    ),
    (
        "keys: my oracle on ec2, my oracle on rds, dynamodb",
        {"ec2": "my oracle on ec2 keys", "rds": "my oracle on rds keys", "dynamodb": "dynamodb keys"},
    ),
    ("rds, aurora", {}),
    ("moving from ec2 to rds, aurora, s3", {}),  # two services in one item
    ("rds, rds, rds", {}),
]


@pytest.mark.parametrize(("text", "said"), LISTS)
def test_a_list_of_services_keeps_what_is_said_of_each(matcher, text, said):
    found = listed_services(text, matcher.service_names.find)
    assert {each.service: each.said for each in found} == said


WHOLE = [
    # question, (service, topic, owner) of each part
    (
        "who does the backups on rds and on aurora?",
        [("rds", "backups", "shared"), ("aurora", "backups", "shared")],
    ),
    ("rds backups and monitoring", [("rds", "backups", "shared"), ("rds", "monitoring", "shared")]),
    (
        "for the slide, rds: backups, monitoring, operating system",
        [("rds", "backups", "shared"), ("rds", "monitoring", "shared"), ("rds", "operating-system", "aws")],
    ),
    (
        "I need a RACI of rds: backups, monitoring, something odd, operating system",
        [("rds", "backups", "shared"), ("rds", "monitoring", "shared"), ("rds", "operating-system", "aws")],
    ),
    ("the rds is back but backups, monitoring, operating system are gone", []),
    ("do backups, snapshots and exports of rds come with it?", []),
    ("we run lambda, s3 and dynamodb. who patches rds?", []),
]


@pytest.mark.parametrize(("question", "parts"), WHOLE)
def test_a_question_about_several_things_has_parts(bot, question, parts):
    found = bot.state.match(question).parts
    assert [(match.service, match.topic, match.owner.value) for match in found] == parts


def test_each_of_many_services_is_judged_by_what_is_said_of_it(full):
    parts = full.state.match("OS patches, whose? oracle on ec2, oracle on rds, dynamodb").parts
    owners = [(match.service, match.owner.value) for match in parts]
    assert owners == [("ec2", "customer"), ("rds", "aws"), ("dynamodb", "aws")]


IN_TURN = [
    # message, (service, topic, owner, reply) of the answer to each question in it
    (
        "who patches the OS under RDS and who sets the backup retention?",
        [("rds", "operating-system", "aws", None), ("rds", "backups", "customer", None)],
    ),
    (
        "who patches the OS under RDS? And is the retention of backups ours?",
        [("rds", "operating-system", "aws", None), ("rds", "backups", "customer", "yes")],
    ),
    ("who sets the backup retention on rds and how long is it kept?", []),  # one answer serves both
    ("who patches rds and what happens if nobody does?", []),
    ("who sets the backup retention on rds?", []),
]


@pytest.mark.parametrize(("message", "answers"), IN_TURN)
def test_each_of_several_questions_gets_its_answer(bot, message, answers):
    parts = bot.state.reply(message).parts
    assert [(each.service, each.topic, each.owner, each.reply) for each in parts] == answers


def test_the_service_that_was_chosen_holds_for_each_of_several_questions(bot):
    found = bot.state.match("who patches the operating system, and who sets the backup window?", service="aurora")
    assert [each.readings[0].service for each in found.questions] == ["aurora", "aurora"]


def test_the_answers_to_several_questions_are_told_one_after_the_other(bot):
    said = point(bot.state.reply("who patches the OS under RDS? And is the retention of backups ours?"))
    patches, retention = said.split(" And yes: ")
    assert patches.startswith("AWS ")
    assert retention.startswith("you set the ")


def test_in_slack_each_of_several_questions_has_its_own_yes_or_no(bot):
    asked = "who patches the OS under RDS? And is the retention of backups ours?"
    said = str(as_message(bot.state.reply(asked))["blocks"])
    assert "'table'" not in said
    assert said.count("Yes.") == 1
    assert said.index("Yes.") > said.index("Operating system. ")


def test_two_questions_that_want_a_yes_or_a_no_get_one_where_they_agree(full):
    agree = "is the retention of rds backups ours and is the maintenance window of rds ours?"
    differ = "is the retention of rds backups ours and is the OS under rds ours?"
    assert [full.state.reply(each).reply for each in (agree, differ)] == ["yes", "partly"]
