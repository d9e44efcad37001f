"""`matrix`, `compare` and `services`, as they are typed in Slack."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer
from srmbot.commands import answer
from srmbot.overview.comparison import compare
from srmbot.overview.groups import databases
from srmbot.render.blocks import SECTION_LIMIT, escape, notice
from srmbot.render.chat_table import WIDEST, comparison_text, matrix_text

COMMANDS = [
    "matrix",
    "matrix rds",
    "matrix postgres on ec2, dynamo",
    "compare",
    "compare rds aurora",
    "compare rds and aurora",
    "compare our rds with postgres on ec2?",
    "services",
    "Services",
]
QUESTIONS = [
    "compare rds",
    "compare rds and aurora backups",
    "compare backups",
    "compare rds and aurora for patching",
    "compare the two",
    "matrix of responsibilities",
    "matrix rds backups",
    "services that aws patches",
    "services?",
]


@pytest.mark.parametrize("typed", COMMANDS)
def test_services_alone_make_a_subcommand(full, typed):
    assert isinstance(answer(full.state, typed), str)


@pytest.mark.parametrize("typed", QUESTIONS)
def test_anything_else_is_a_question(full, typed):
    assert isinstance(answer(full.state, typed), Answer)


def test_compare_alone_says_how(full):
    assert answer(full.state, "compare").startswith("Name two services or more: `compare rds aurora`")


def test_compare_says_what_moves_and_what_stays(full):
    text = answer(full.state, "compare postgres on ec2 with rds")
    assert text.startswith("From EC2 to RDS, infrastructure goes to AWS. AWS then takes a part of ")
    table = text.partition("```\n")[2].partition("\n```")[0].splitlines()
    assert table[0].split() == ["EC2", "RDS"]
    assert "Backups                    you   both" in table
    assert "\nWhat stays: virtualization and tenant isolation, operating system, patching, " in text


def test_matrix_of_a_few_is_in_words(full):
    text = answer(full.state, "matrix rds dynamo")
    assert "Version upgrades                     both  –\n" in text
    assert text.endswith("```\nAWS, you, both: whose it is. –: does not exist there. ?: nothing is known.")


def test_matrix_of_all_databases_is_in_letters_with_a_key(full):
    text = answer(full.state, "matrix")
    known = full.knowledge
    table = text.partition("```\n")[2].partition("\n```")[0].splitlines()
    assert table[0].split() == [str(number) for number, _ in enumerate(databases(known), 1)]
    assert [line.split()[-1] in "Ayb–?" for line in table[1:]] == [True] * len(known.topics)
    key = ", ".join(f"{number} {known.services[slug].name}" for number, slug in enumerate(databases(known), 1))
    assert text.partition("```\n")[2].partition("```\n")[2].startswith(f"{key}\n")


def test_the_table_of_some_services_is_no_wider_than_a_code_block(full):
    for slugs in (["rds", "aurora"], ["rds-custom", "secrets-manager", "systems-manager", "kinesis"]):
        text = matrix_text(full.knowledge, slugs)
        assert max(map(len, text.partition("```\n")[2].partition("\n```")[0].splitlines())) <= WIDEST


def test_what_does_not_fit_a_message_is_left_out_by_name(full):
    everything = [service.slug for service in full.knowledge.listed_services]
    matrix = matrix_text(full.knowledge, everything)
    assert matrix.endswith("WorkSpaces, Amazon MQ and Elastic Beanstalk; name fewer services.")
    for text in (matrix, comparison_text(full.knowledge, compare(full.knowledge, everything))):
        block = notice(text)["blocks"][0]["text"]["text"]
        assert len(block) <= SECTION_LIMIT
        assert block.count("```") == 2
        assert not block.endswith("…")


def test_signs_that_slack_needs_escaped_are_counted_as_they_are_sent(full):
    known = full.knowledge
    slugs = databases(known)
    renamed = {slug: replace(known.services[slug], name="R&D " * 5) for slug in slugs}
    text = matrix_text(replace(known, services={**known.services, **renamed}), slugs)
    assert "\nNo room for R&D" in text
    assert len(escape(text)) <= SECTION_LIMIT


def test_services_are_listed_by_their_kind(full):
    lines = answer(full.state, "services").splitlines()
    assert lines[0].startswith("Databases: RDS, Aurora, DynamoDB, ")
    assert sorted(name for line in lines for name in line.partition(": ")[2].split(", ")) == sorted(
        service.name for service in full.knowledge.listed_services
    )
