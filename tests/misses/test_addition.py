"""An addition to the knowledge is a patch that `srmbot check` finds nothing wrong with, and changes nothing else."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from srmbot.knowledge.load import load, load_folder_examples
from srmbot.misses.addition import Addition, Change, propose, pull_request_link
from srmbot.misses.place import UnplaceableError

NOW = date(2026, 11, 30)
QUESTIONS = ("who keeps our nightly copies?", 'the "copies": who\'s on it? #ours - or: AWS')
WANTED = Addition(QUESTIONS, "rds", "backups", "customer")
DUTY = {
    "task": "Rotate the zanzibar keys",
    "why": "AWS does not know them: they are yours.",
    "say": "zanzibar keys",
    "page": "https://docs.aws.amazon.com/zanzibar",
}


@pytest.fixture
def own(folder, tmp_path) -> Path:
    """A copy of the small folder."""
    return Path(shutil.copytree(folder, tmp_path / "own"))


def applied(patch, folder: Path) -> None:
    """Apply a patch as a person would."""
    command = ["git", "apply", "--unsafe-paths", "-p1", "-"]
    subprocess.run(command, cwd=folder, input=patch.diff, text=True, check=True, capture_output=True)


OLD = "- one old question"
ASKED = {
    "no file yet": "",
    "the entry and owner": f"voice: Us.\nours:\n  rds/backups:\n    customer:\n    {OLD}\nnot_ours:\n- lunch?\n",
    "indented lists": f"voice: Us.\nours:\n    rds/backups:\n        customer:\n            {OLD}\n# end\n",
    "another owner": f"voice: Us.\nours:\n  rds/backups:\n    aws:\n    {OLD}\n  rds/patching:\n    aws:\n    - two\n",
    "another entry": f"voice: Us.\nours:\n  rds/patching:\n    aws:\n    {OLD}  # a note\n\nnot_ours:\n- lunch?\n",
    "nothing of ours": "voice: Us.\nnot_ours:\n- lunch?\n",
}


@pytest.mark.parametrize("before", ASKED.values(), ids=ASKED)
def test_questions_are_added_in_their_place(own, before):
    if before:
        (own / "asked" / "slack.yaml").write_text(before)
    patch, problems = propose([own], WANTED, NOW)
    assert problems == []
    [change] = patch.changes
    assert (change.name, change.before) == ("asked/slack.yaml", before)
    kept = [line for line in change.after.splitlines() if line in before.splitlines()]
    assert kept == before.splitlines()
    found = yaml.safe_load(change.after)["ours"]["rds/backups"]["customer"]
    assert found[-2:] == list(QUESTIONS)
    assert change.after.splitlines()[change.line - 1] in change.text.splitlines()

    applied(patch, own)
    assert (own / "asked" / "slack.yaml").read_text() == change.after
    examples = {each.text: (each.service, each.topic, each.owner) for each in load_folder_examples([own])}
    assert {examples[text] for text in QUESTIONS} == {("rds", "backups", "customer")}


def test_a_duty_is_added_at_the_end_of_its_file(own):
    wanted = replace(WANTED, questions=("who rotates the zanzibar keys?",), **DUTY)
    patch, problems = propose([own], wanted, NOW)
    assert problems == []
    assert [change.name for change in patch.changes] == ["duties/rds.yaml", "asked/slack.yaml"]
    applied(patch, own)
    duty = load([own]).by_id["rds.rotate-the-zanzibar-keys"]
    assert (duty.duty, duty.why, duty.say, duty.source) == (
        DUTY["task"],
        DUTY["why"],
        (DUTY["say"],),
        (DUTY["page"],),
    )
    assert (duty.owner, duty.topic, duty.as_of) == ("customer", "backups", "2026-11")


def test_an_overlay_is_changed_and_not_what_it_is_laid_over(own, tmp_path):
    overlay = tmp_path / "overlay"
    overlay.mkdir()
    (overlay / "teams.yaml").write_text("- team: Us\n")
    patch, problems = propose([own, overlay], replace(WANTED, **DUTY), NOW)
    assert problems == []
    assert [(change.name, change.before) for change in patch.changes] == [
        ("duties/rds.yaml", ""),
        ("asked/slack.yaml", ""),
    ]
    applied(patch, overlay)
    assert "rds.rotate-the-zanzibar-keys" in load([own, overlay]).by_id


WRONG = [
    ({"topic": "networking-of-zanzibar"}, "unknown topic `networking-of-zanzibar`"),
    (DUTY | {"why": "No full stop"}, "`why` is 'No full stop'"),
    (DUTY | {"page": "http://here"}, "`source` is 'http://here'"),
    (DUTY | {"owner": "shared"}, "`owner` is 'shared', not one of aws, customer"),
    ({"questions": ("who patches the database?", "Who patches the database")}, "is asked already"),
]


@pytest.mark.parametrize(("fields", "what"), WRONG)
def test_what_is_wrong_is_said_before_it_is_shown(own, fields, what):
    _, problems = propose([own], replace(WANTED, **fields), NOW)
    assert any(what in str(each) for each in problems), problems


@pytest.mark.parametrize(
    "content", ["{voice: Us, ours: {}}", "voice: Us.\nours: {rds/backups: {aws: [one]}}\n", "- no\n"]
)
def test_a_file_that_is_not_written_line_by_line_is_left_alone(own, content):
    (own / "asked" / "slack.yaml").write_text(content)
    with pytest.raises(UnplaceableError, match="is not written line by line"):
        propose([own], WANTED, NOW)


# Links


NEW, KNOWN = (
    Change("asked/slack-1.yaml", "", "voice: A & B\n"),
    Change("duties/rds.yaml", "- id: a\n", "- id: a\n- id: b\n"),
)
LINKS = [
    ("https://github.com/us/ours", KNOWN, "https://github.com/us/ours/edit/main/duties/rds.yaml"),
    (
        "https://github.com/us/ours/tree/trunk/srm/k",
        KNOWN,
        "https://github.com/us/ours/edit/trunk/srm/k/duties/rds.yaml",
    ),
    ("https://gitlab.com/us/ours", KNOWN, "https://gitlab.com/us/ours/-/edit/main/duties/rds.yaml"),
    ("https://git.example.com/us/ours/-/tree/x", KNOWN, "https://git.example.com/us/ours/-/edit/x/duties/rds.yaml"),
]


@pytest.mark.parametrize(("repository", "change", "link"), LINKS)
def test_a_known_file_is_opened_to_be_edited(repository, change, link):
    assert pull_request_link(repository, change) == link


@pytest.mark.parametrize(
    ("repository", "start", "name", "value"),
    [
        ("https://github.com/us/ours/tree/trunk/srm", "https://github.com/us/ours/new/trunk?", "filename", "value"),
        (
            "https://gitlab.com/us/ours/-/tree/trunk/srm",
            "https://gitlab.com/us/ours/-/new/trunk?",
            "file_name",
            "content",
        ),
    ],
)
def test_a_new_file_is_filled_in(repository, start, name, value):
    link = pull_request_link(repository, NEW)
    assert link.startswith(start)
    filled = parse_qs(urlsplit(link).query)
    assert (filled[name], filled[value]) == (["srm/asked/slack-1.yaml"], ["voice: A & B\n"])


def test_a_link_that_slack_would_refuse_is_not_filled_in():
    link = pull_request_link("https://github.com/us/ours", replace(NEW, after="é" * 3000))
    assert link == "https://github.com/us/ours/new/main?filename=asked%2Fslack-1.yaml"
