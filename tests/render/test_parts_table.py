"""Several services or topics as a table in a message, and as lines where Slack shows none."""

from dataclasses import replace

import pytest

from srmbot.answer import Answer, Outcome
from srmbot.fake_slack import message_problems, view_problems
from srmbot.model import Reply
from srmbot.render import tables as module
from srmbot.render.message import as_message
from srmbot.render.parts_table import parts_table
from srmbot.render.text import as_spoken
from srmbot.render.views import answer_view


def several(bot, *keys: str) -> Answer:
    """An answer about these parts."""
    return Answer(Outcome.SURE, "?", 1.0, bot.knowledge, parts=tuple(bot.state.choose(key) for key in keys))


def texts(table) -> list[list[str]]:
    """What a table's cells say."""
    return [[cell["text"] for cell in row] for row in table["rows"]]


BOTH = ("data_table", "table")
TABLES = [
    # parts, the column that tells them apart, their names
    (("rds/backups", "aurora/backups"), "Service", ["RDS", "Aurora"]),
    (("rds/backups", "rds/monitoring"), "Topic", ["Backups", "Monitoring"]),
    (("rds/backups", "aurora/patching"), "Service · Topic", ["RDS · Backups", "Aurora · Patching"]),
]


@pytest.mark.parametrize(("keys", "column", "names"), TABLES)
def test_parts_stand_below_what_tells_them_apart(bot, keys, column, names):
    heading, *rows = texts(parts_table(several(bot, *keys)))
    assert heading == [column, "Owner", "Task"]
    assert [row[0] for row in rows] == names


def test_a_row_says_whose_it_is_and_what_each_side_does(bot):
    _, both, aws = texts(parts_table(several(bot, "rds/backups", "rds.os-patch")))
    assert both[:2] == ["Backups", "Shared"]
    assert "AWS " in both[2]
    assert "You " in both[2]
    assert aws[:2] == ["Operating system", "AWS"]
    assert aws[2].startswith("AWS patches ")
    assert "You " not in aws[2]


@pytest.mark.parametrize(
    "keys",
    [("rds", "aurora"), ("rds.retention", "rds.manual-snapshot"), ()],
    ids=["whole services", "two tasks of a topic", "one answer"],
)
def test_what_has_no_third_column_is_no_table(bot, keys):
    assert parts_table(several(bot, *keys)) is None


def test_a_table_that_slack_would_not_take_is_none(bot, monkeypatch):
    answer = several(bot, "rds/backups", "aurora/backups")
    monkeypatch.setattr(module, "MOST_CHARACTERS", 100)
    assert parts_table(answer) is None
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    assert parts_table(answer) is None


def test_a_message_has_the_table_in_the_place_of_its_lines(bot):
    answer = several(bot, "rds/backups", "aurora/backups")
    message = as_message(answer)
    assert [block["type"] for block in message["blocks"]] == ["section", "table", "context", "actions"]
    assert message_problems(message) == []
    assert message["text"] == as_spoken(answer)
    assert message["text"].count("RDS · Backups") == 1


def test_lines_say_the_same(bot):
    answer = several(bot, "rds/backups", "aurora/backups")
    _, *rows = texts(as_message(answer)["blocks"][1])
    message = as_message(answer, tables=())
    assert message_problems(message) == []
    [items] = message["blocks"][1]["elements"]
    lines = ["".join(part["text"] for part in each["elements"]) for each in items["elements"]]
    assert [line.partition(".")[0] for line in lines] == ["🟪 Shared: RDS · Backups", "🟪 Shared: Aurora · Backups"]
    assert all(task in line for (_, _, task), line in zip(rows, lines, strict=True))


def test_services_as_a_whole_are_a_table_of_what_moves(full):
    message = as_message(several(full, "ec2", "rds"))
    assert message_problems(message) == []
    said, table, *_ = message["blocks"]
    assert said["text"]["text"].split("\n")[1:] == ["EC2 and RDS differ on 15 of 30 topics."]
    assert (table["type"], table["caption"]) == ("data_table", "Where the line moves")
    assert ["Backups", "you", "both"] in texts(table)
    assert "AWS then takes a part of engine and installation, " in message["text"]


def test_they_keep_what_was_replied_to_and_their_sentences_where_no_table_is_shown(full):
    answer = replace(several(full, "ec2", "rds"), reply=Reply.PARTLY)
    said = [as_message(answer, tables=tables)["blocks"][0]["text"]["text"].split("\n")[1:] for tables in (BOTH, ())]
    assert said[0] == ["Partly.", "EC2 and RDS differ on 15 of 30 topics."]
    assert said[1][0].startswith("Partly. From EC2 to RDS, infrastructure goes to AWS. ")
    plain = as_message(answer, tables=["table"])["blocks"][1]
    assert (plain["type"], "caption" in plain) == ("table", False)


def test_cells_show_their_text_as_it_is(bot):
    part = bot.state.choose("rds.os-patch")
    duty = replace(part.match.duty, duty="Patch <b> & more", does=None)
    odd = replace(part, match=replace(part.match, duty=duty))
    message = as_message(replace(several(bot, "aurora/backups"), parts=(odd, bot.state.choose("aurora/backups"))))
    assert "AWS patches <b> & more." in texts(message["blocks"][1])[1][2]
    assert message_problems(message) == []


def test_a_view_has_lines(bot):
    view = answer_view(several(bot, "rds/backups", "aurora/backups"))
    assert "table" not in [block["type"] for block in view["blocks"]]
    assert view_problems(view) == []
    assert "RDS · Backups" in str(view)
