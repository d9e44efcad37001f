"""`srmbot test`: a folder's own golden questions, asked of it."""

import shutil

import pytest

from tests.support.command_line import run_main

GOOD = """
- ask: who takes the backups in rds?
  owner: shared
  service: rds
  topic: backups
- ask: and on aurora?
  thread: [who takes the backups in rds?]
  service: aurora
- ask: backups
  about: aurora
  topic: backups
- ask: who sets how long backups are kept on rds?
  duty: rds.retention
  team: Databases
- ask: good morning
  owner: nobody
"""


@pytest.fixture
def own(folder, tmp_path, bot):
    """A copy of the small folder, learned from already, with two teams."""
    own = tmp_path / "own"
    shutil.copytree(folder, own)
    (own / "questions").mkdir()
    (own / "teams.yaml").write_text("- {team: Databases, service: rds}\n- {team: Platform}\n")
    return own


@pytest.fixture
def run(own, monkeypatch, capsys, cache_folder):
    """Test the folder with some questions: the code, and what is printed."""
    monkeypatch.chdir(own.parent)
    monkeypatch.setenv("SRMBOT_CACHE", str(cache_folder))

    def testing(questions):
        if questions is not None:
            (own / "questions" / "ours.yaml").write_text(questions)
        code, out, err = run_main(["test", "own"], capsys)
        return code, out + err

    return testing


def test_questions_that_get_what_they_should(run):
    assert run(GOOD) == (0, "own: 5 questions, no problems\n")


WRONG = [
    # question, what is wrong with what it gets
    ("{ask: rds backups, owner: aws}", "`rds backups` gets owner shared, not aws"),
    (
        "{ask: rds backups, owner: nobody, topic: patching}",
        "owner shared, not nobody; topic backups, not patching",
    ),
    ("{ask: good morning, owner: aws, service: rds}", "gets owner nobody, not aws; service none, not rds"),
    ("{ask: rds backups, duty: rds.retention}", "not rds.retention"),
    ("{ask: who sets how long backups are kept on rds?, team: Platform}", "gets team Databases, not Platform"),
    ("{ask: who takes the backups in rds?, reply: no}", "gets reply none, not no"),
]


@pytest.mark.parametrize(("question", "what"), WRONG)
def test_a_question_that_gets_something_else_is_a_problem_with_its_line(run, question, what):
    code, out = run(f"# ours\n- {question}\n")
    assert code == 1
    first, fix, last = out.splitlines()
    assert first.startswith("own/questions/ours.yaml:2:9: ")
    assert what in first
    assert fix == "    fix: `srmbot why` explains it; add ways to ask to asked/, or correct the question"
    assert last == "own: 1 question, 1 problem"


MISWRITTEN = [
    ("- ask: rds backups\n", "a question that any answer would fit"),
    ("- owner: aws\n", "a question without `ask`"),
    ("- {ask: rds, ownr: aws}\n", "unknown field `ownr`\n    fix: did you mean `owner`?"),
    ("- {ask: rds, owner: Bob}\n", "`owner` is 'Bob', not one of aws, customer, shared, nobody"),
    ("- {ask: rds, service: rdz}\n", "unknown service `rdz`\n    fix: did you mean `rds`?"),
    ("- {ask: rds, topic: backup}\n", "unknown topic `backup`\n    fix: did you mean `backups`?"),
    ("- {ask: rds, duty: rds.retentoin}\n", "unknown duty `rds.retentoin`\n    fix: did you mean `rds.retention`?"),
    ("- {ask: rds, team: Database}\n", "unknown team `Database`\n    fix: did you mean `Databases`?"),
    ("ask: rds\n", "the file must be a list of question records"),
    ("- [\n", "own/questions/ours.yaml:2:1: "),
]


@pytest.mark.parametrize(("questions", "what"), MISWRITTEN)
def test_a_question_that_cannot_be_asked_is_a_problem(run, questions, what):
    code, out = run(questions)
    assert code == 1
    assert what in out


def test_a_folder_without_questions_says_where_they_go(run):
    said = "srmbot: no golden questions in own (write them to questions/*.yaml in that folder)\n"
    assert run(None) == (1, said)


def test_faulty_knowledge_is_reported_first(run, own):
    (own / "teams.yaml").write_text("- {team: Us, service: rdz}\n")
    code, out = run(GOOD)
    assert code == 1
    assert "own/teams.yaml:1:23: unknown service `rdz`" in out


def test_no_folder_is_wrong_usage(capsys):
    code, _, err = run_main(["test"], capsys)
    assert code == 2
    assert err == "srmbot: the following arguments are required: DIR (`srmbot test --help` shows how)\n"


def test_questions_are_never_learned_from_and_never_in_the_way(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: folder)
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "ours.yaml").write_text(GOOD)
    (tmp_path / "teams.yaml").write_text("- {team: Databases, service: rds}\n")
    code, out, _ = run_main(["check", "--coverage", str(tmp_path)], capsys)
    assert code == 0, out
