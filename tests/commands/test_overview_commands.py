"""`matrix`, `compare` and `services`, as they are typed in Slack."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer
from srmbot.commands import answer
from srmbot.fake_slack import message_problems
from srmbot.overview.comparison import compare
from srmbot.overview.groups import databases
from srmbot.render.chat_table import comparison_grid, matrix_grid
from srmbot.render.grid import Grid, as_message
from srmbot.render.tables import MOST_COLUMNS

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
    grid = answer(full.state, "compare postgres on ec2 with rds")
    heading, *rows = grid.rows
    assert (grid.caption, heading) == ("Where the line moves", ["Topic", "EC2", "RDS"])
    assert ["Backups", "you", "both"] in rows
    assert grid.above == ["EC2 and RDS differ on 15 of 30 topics."]
    assert grid.below[0].startswith("What stays: virtualization and tenant isolation, operating system, patching, ")


def test_what_moves_is_said_in_sentences_where_it_is_little(full):
    grid = answer(full.state, "compare rds aurora")
    assert len(grid.rows) == 3
    assert grid.above == [
        "From RDS to Aurora, physical security goes to AWS. From RDS to Aurora, training comes to you."
    ]


def test_what_is_the_same_everywhere_is_no_table(full):
    known, same = full.knowledge, ["secrets-manager", "secrets-manager"]
    said = comparison_grid(known, compare(known, same))
    assert not isinstance(said, Grid)
    assert said.startswith("The line is in the same place.\nWhat stays: physical security, ")


def test_a_matrix_names_its_columns_and_says_in_words_what_is_not_there(full):
    grid = answer(full.state, "matrix rds dynamo")
    heading, *rows = grid.rows
    assert heading == ["Topic", "RDS", "DynamoDB"]
    assert ["Version upgrades", "both", "not there"] in rows
    assert [row[0] for row in rows] == [topic.title for topic in full.knowledge.topics.values()]


def test_alone_it_is_of_all_databases(full):
    heading, *rows = answer(full.state, "matrix").rows
    assert heading[1:] == [full.knowledge.services[slug].name for slug in databases(full.knowledge)]
    assert {cell for row in rows for cell in row[1:]} == {"AWS", "you", "both", "not there", "unknown"}


def test_the_text_says_all_of_the_table(full):
    grid = answer(full.state, "compare rds aurora dynamodb")
    lines = grid.splitlines()
    assert lines[:2] == ["RDS, Aurora and DynamoDB differ on 8 of 30 topics.", "Where the line moves:"]
    assert "• Version upgrades: RDS both, Aurora both, DynamoDB not there" in lines
    assert [line.partition(":")[0].removeprefix("• ") for line in lines[2:-1]] == [row[0] for row in grid.rows[1:]]
    assert lines[-1] == grid.below[0]


def test_many_services_are_said_by_what_they_have_in_common(full):
    lines = str(answer(full.state, "matrix rds aurora dynamodb dax")).splitlines()
    assert "• Version upgrades: both: RDS, Aurora; not there: DynamoDB, DAX" in lines
    assert "• Monitoring: both everywhere" in lines


def test_what_a_table_has_no_column_for_is_left_out_by_name(full):
    everything = [service.slug for service in full.knowledge.listed_services]
    matrix = matrix_grid(full.knowledge, everything)
    assert len(matrix.rows[0]) == MOST_COLUMNS
    assert matrix.below[0].startswith("No room for ")
    assert matrix.endswith("WorkSpaces, Amazon MQ and Elastic Beanstalk; name fewer services.")
    for grid in (matrix, comparison_grid(full.knowledge, compare(full.knowledge, everything))):
        message = as_message(grid)
        assert "data_table" in [block["type"] for block in message["blocks"]]
        assert message_problems(message) == []


def test_so_is_what_would_have_too_many_characters(full):
    known, slugs = full.knowledge, databases(full.knowledge)
    renamed = {slug: replace(known.services[slug], name="R&D " * 500) for slug in slugs}
    grid = matrix_grid(replace(known, services={**known.services, **renamed}), slugs)
    assert len(grid.rows[0]) == 5
    assert message_problems(as_message(grid)) == []


def test_where_there_are_too_many_topics_it_is_lines(full):
    known = full.knowledge
    topics = {str(at): replace(topic, slug=str(at)) for at, topic in enumerate([*known.topics.values()] * 4)}
    message = as_message(matrix_grid(replace(known, topics=topics), ["rds", "aurora"]))
    assert {block["type"] for block in message["blocks"]} == {"section"}
    assert message_problems(message) == []


def test_services_are_listed_by_their_kind(full):
    lines = answer(full.state, "services").splitlines()
    assert lines[0].startswith("Databases: RDS, Aurora, DynamoDB, ")
    assert sorted(name for line in lines for name in line.partition(": ")[2].split(", ")) == sorted(
        service.name for service in full.knowledge.listed_services
    )
