"""What a person has yet to do in a folder is warned of; it is no problem, and nobody is shown it."""

import pytest

from knowledge.conftest import MINIMAL, RDS
from srmbot import cli
from srmbot.knowledge.load import load
from srmbot.knowledge.problem import KnowledgeError
from srmbot.knowledge.report import check_folders
from srmbot.knowledge.todo import SHOWN_TODOS, todo_lines

UNFINISHED = RDS.replace("RDS keeps automated backups only as long as you ask.", "TODO")


def test_a_reason_may_be_written_later(write):
    folder = write(MINIMAL | {"duties/rds.yaml": UNFINISHED})
    found = check_folders([folder])
    assert found.problems == []
    assert list(map(str, found.todos)) == ["folder/duties/rds.yaml:5:8: TODO"]
    assert load([folder]).by_id["rds.retention"].why == ""


TODOS = [
    # a line, and what is warned of; what merely has the letters in it is none
    ("# TODO: the topic is guessed\n", "TODO: the topic is guessed"),
    ("# nothing # TODO read it\n", "TODO read it"),
    ("# TODOS are no such thing\n", None),
    ("# our list of todo\n", None),
]


@pytest.mark.parametrize(("line", "todo"), TODOS)
def test_a_remark_is_warned_of(line, todo, write):
    found = check_folders([write(MINIMAL | {"duties/rds.yaml": line + RDS})])
    assert found.problems == []
    assert [each.what for each in found.todos] == [todo] * (todo is not None)


def test_what_people_asked_is_not_looked_through(write):
    asked = "voice: Somebody.\nnot_ours:\n- 'TODO: buy milk'\n"
    assert check_folders([write(MINIMAL | {"asked/us.yaml": asked})]).todos == []


def test_nor_is_what_lies_below(write, monkeypatch):
    below = write(MINIMAL | {"duties/rds.yaml": UNFINISHED}, "built_in")
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: below)
    assert check_folders([write({"duties/aurora.yaml": RDS}, "overlay")]).todos == []


def test_of_a_file_the_first_are_named_and_the_others_counted(write):
    many = "# TODO: read\n" * (SHOWN_TODOS + 3) + RDS
    lines = list(todo_lines(check_folders([write(MINIMAL | {"duties/rds.yaml": many})]).todos))
    assert len(lines) == SHOWN_TODOS + 1
    assert lines[-1] == "warning: folder/duties/rds.yaml: 3 more TODO"


def test_a_warning_is_no_failure(write, capsys):
    folder = write(MINIMAL | {"duties/rds.yaml": UNFINISHED})
    assert cli.main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "warning: folder/duties/rds.yaml:5:8: TODO\nfolder: 2 duties, 0 ways to ask, no problems\n"
    )


def test_only_the_reason_may_be_left_open(write):
    with pytest.raises(KnowledgeError, match="`next` is 'TODO'"):
        load([write(MINIMAL | {"duties/rds.yaml": RDS + "  next: TODO\n"})])
