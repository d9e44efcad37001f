"""The document that the knowledge began with comes in whole: every row and bullet, right owner, right topic."""

import shutil
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.importing.importer import Importer
from srmbot.knowledge.load import built_in
from srmbot.knowledge.report import check_folders
from srmbot.model import Owner
from srmbot.render.text import as_text

AWS, YOU = "aws", "customer"
FILES = Path(__file__).parent / "files"

# Each statement of the document: its line, its owner, and the tasks that it becomes, with their topics.
STATEMENTS = [
    (12, AWS, {"infrastructure": "infrastructure", "backups": "backups", "patching": "patching"}),
    (12, AWS, {"availability": "high-availability"}),
    (13, YOU, {"data security": "data", "configuration": "configuration", "optimization": "performance"}),
    (23, AWS, {"underlying hardware, networking, and storage": "infrastructure"}),
    (24, AWS, {"install patches and updates": "patching"}),
    (24, YOU, {"engine type and version": "engine", "patch schedule": "patching"}),
    (25, AWS, {"automated backups, snapshots, and point-in-time recovery": "backups"}),
    (25, YOU, {"Set backup retention (1–35 days) and create manual snapshots": "backups"}),
    (26, AWS, {"replication and failover for Multi-AZ": "high-availability"}),
    (26, YOU, {"whether to enable Multi-AZ": "high-availability"}),
    (27, AWS, {"metrics and logs via Amazon CloudWatch": "monitoring"}),
    (27, YOU, {"Monitor database performance and act on alerts": "monitoring"}),
    (28, AWS, {"handle encryption at rest (AWS KMS)": "encryption-at-rest"}),
    (28, YOU, {"IAM access": "iam", "encryption keys": "key-management", "credentials": "credentials"}),
    (36, AWS, {"infrastructure management": "infrastructure"}),
    (36, YOU, {"data security": "data", "IAM access controls": "iam"}),
    (37, AWS, {"automated backups & restore": "backups"}),
    (37, YOU, {"data encryption": "encryption-at-rest", "key management": "key-management"}),
    (38, AWS, {"OS & DB patching": "patching"}),
    (38, YOU, {"application performance tuning": "performance"}),
    (39, AWS, {"availability & failover": "high-availability"}),
    (39, YOU, {"monitoring": "monitoring", "optimization": "performance"}),
    (45, AWS, {"hardware": "infrastructure"}),
    (46, YOU, {"access permissions": "iam"}),
]


@pytest.fixture
def importer(full, seed, tmp_path):
    made = Importer(full.state, None, tmp_path / "ours")
    made.read(seed)
    return made


@pytest.mark.parametrize(("line", "owner", "tasks"), STATEMENTS)
def test_every_row_and_bullet_has_its_owner_and_topic(importer, line, owner, tasks):
    there = [each for each in importer.reports[0].duties if each.placed.statement.place.line == line]
    for words, topic in tasks.items():
        (duty,) = [each for each in there if words.lower() in each.duty.lower() and each.owner.value == owner]
        assert (duty.service, duty.placed.topic) == ("rds", topic), duty.duty
        assert duty.source == (f"docs/srm.md:{line}",)


def test_nothing_else_comes_in_and_nothing_is_lost(importer):
    (report,) = importer.reports
    assert report.statements == 23
    assert len(report.duties) == sum(len(tasks) for _, _, tasks in STATEMENTS)
    # what the summary says again
    assert [(each.statement.place.line, each.order) for each in report.known] == [
        (45, "Manage availability"),
        (45, "Manage backups"),
        (45, "Manage patching"),
        (46, "Manage data security"),
        (46, "Manage optimization"),
    ]
    assert [(each.place.line, each.reason) for each in report.left] == [
        (15, "prose"),
        (47, "it says not whose it is"),
    ]


def test_it_is_valid_with_something_left_to_read(importer):
    importer.write()
    found = check_folders([importer.into])
    assert found.problems == []
    assert len(found.todos) == len(importer.reports[0].duties)  # each lacks its reason
    assert found.count == "34 duties, 0 ways to ask"


QUESTIONS = [
    # question, owner, what the document says, its line
    ("who sets the backup retention on rds?", Owner.CUSTOMER, "You set backup retention (1–35 days)", 25),
    ("who takes the automated backups of rds?", Owner.AWS, "AWS takes care of automated backups", 37),
    ("who chooses the rds engine version?", Owner.CUSTOMER, "You choose engine type and version", 24),
    ("who installs patches for the rds engine?", Owner.AWS, "AWS automatically installs patches and updates", 24),
    ("who does failover on rds multi-az?", Owner.AWS, "AWS manages replication and failover", 26),
    ("who decides whether to enable multi-az for rds?", Owner.CUSTOMER, "You choose whether to enable Multi-AZ", 26),
    ("who acts on alerts for rds?", Owner.CUSTOMER, "You monitor database performance and act on alerts", 27),
    ("who does snapshots and point-in-time recovery on rds?", Owner.AWS, "AWS performs automated backups", 25),
    ("who looks after the hardware under rds?", Owner.AWS, "AWS manages hardware", 45),
    ("who manages the credentials of our rds database?", Owner.CUSTOMER, "You manage credentials", 28),
    ("whose job is application performance tuning on rds?", Owner.CUSTOMER, "You take care of application", 38),
]


VOICES = ("architect", "database-admin", "keywords", "not-for-us", "plain-words", "practitioner", "search-box")


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The built-in folder, with a few of its sixty voices: all of them are learned from for twenty seconds."""

    def others(folder, files):
        return [name for name in files if Path(folder).name == "asked" and Path(name).stem not in VOICES]

    return shutil.copytree(built_in(), tmp_path_factory.mktemp("names") / "knowledge", ignore=others)


@pytest.fixture(scope="module")
def alone(full, names, cache_folder, tmp_path_factory):
    """A bot that knows nothing but what the document states."""
    folder = tmp_path_factory.mktemp("alone")
    (folder / "docs").mkdir()
    text = (FILES / "seed-srm-of-aws.md").read_bytes()
    (folder / "docs" / "srm.md").write_bytes(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        made = Importer(full.state, None, folder / "ours")
        made.read(Path("docs/srm.md"))
        made.write()
        return Bot.from_folders([names, folder / "ours"], Cache(cache_folder), bare=True)


@pytest.mark.parametrize(("question", "owner", "said", "line"), QUESTIONS)
def test_its_own_statements_answer_questions(alone, question, owner, said, line):
    answer = alone.state.reply(question)
    assert answer.owner is owner
    assert said in as_text(answer)
    assert f"Source: docs/srm.md:{line}" in as_text(answer)
    assert "TODO" not in as_text(answer)


def test_what_it_does_not_state_is_not_answered(alone):
    answer = alone.state.reply("who is responsible for rds read replicas lag?")
    assert not answer.answered
    assert {duty.service for duty in alone.knowledge.duties} == {"rds"}
