"""Files into a folder: valid, with where it is from and what a person must read; nothing twice, nothing lost."""

from pathlib import Path

import pytest

from srmbot.errors import SrmbotError
from srmbot.importing.folder import write_file
from srmbot.importing.report import report_lines
from tests.support.light import load_light

TABLE = """\
# RDS

| Category | AWS | Customer |
|---|---|---|
| Backups | Takes snapshots: daily | Set retention |
| Ceremonies | | Feed the birds |
"""
TEAMS = "service,team,slack channel,runbook\nrds,Databases,#db,https://wiki.example.com/rds\norders-db,Orders,#orders,\n,Web,,\n"


def test_a_table_becomes_a_file_of_duties(bring):
    assert bring({"docs/srm.md": TABLE}).write() == ["duties/rds.yaml"]
    text = Path("ours/duties/rds.yaml").read_text()
    assert text.startswith(
        """\
# Imported from docs/srm.md

- id: snapshots-daily
  topic: backups
  owner: aws
  duty: 'Take snapshots: daily'
  why: TODO
  say: ['take snapshots: daily']
  source: ['docs/srm.md:5']
  checked: false

- id: set-retention
"""
    )
    assert "# TODO: the topic is guessed, likelihood" in text
    assert load_light(Path("ours"))


def test_the_same_again_adds_nothing(bring):
    bring({"srm.md": TABLE}).write()
    before = Path("ours/duties/rds.yaml").read_text()
    again = bring({"srm.md": TABLE})
    assert (again.write(), len(again.reports[0].known)) == ([], 3)
    assert Path("ours/duties/rds.yaml").read_text() == before


def test_what_is_in_the_folder_stays_as_it_is(bring):
    bring({"srm.md": TABLE}).write()
    before = Path("ours/duties/rds.yaml").read_text() + "# ours\n"
    Path("ours/duties/rds.yaml").write_text(before)
    bring({"more.md": TABLE.replace("Set retention", "Set the window")}).write()
    after = Path("ours/duties/rds.yaml").read_text()
    assert after.startswith(before)
    assert "duty: Set the window" in after
    assert load_light(Path("ours"))


def test_a_file_that_is_no_list_is_not_added_to(bring):
    Path("ours/duties").mkdir(parents=True)
    Path("ours/duties/rds.yaml").write_text("{}\n")
    with pytest.raises(SrmbotError, match="is not a list of records"):
        bring({"srm.md": TABLE}).write()


def test_what_both_sides_do_is_a_part_of_each(duties):
    table = "| Task on RDS | Owner |\n|---|---|\n| Patch management | Shared |\n"
    assert duties(table, service="rds") == [
        (3, "aws", "rds/patching", "Take care of its part of patch management"),
        (3, "customer", "rds/patching", "Take care of your part of patch management"),
    ]


def test_so_is_a_task_that_both_columns_have(duties):
    table = "| AWS | Customer |\n|---|---|\n| Encrypt the disks | Encrypt the disks |\n"
    assert [(owner, task) for _, owner, _, task in duties(table, service="ebs")] == [
        ("aws", "Encrypt the disks"),
        ("customer", "Do your part to encrypt the disks"),
    ]


PLACES = [
    # a page, and the entries that its rows are filed under
    ("# S3\n- AWS: hardware and disks\n", ["s3/infrastructure"]),
    (
        "| Service | AWS | Customer |\n|--|--|--|\n| EC2 | Hypervisor | Guest OS patching |\n",
        ["ec2/virtualization", "ec2/patching"],
    ),
    ("## Amazon Aurora\n### Encryption keys\n- Customer: rotate them yearly\n", ["aurora/key-management"]),
    ("| Category | Customer |\n|---|---|\n| KMS | key rotation |\n", ["kms/key-management"]),
    ("| Area | Customer |\n|---|---|\n| EC2 guest operating system | Yes |\n", ["ec2/operating-system"]),
    ("- Customers must train their staff\n", ["general/training"]),
    (
        "| AWS Service | AWS |\n|--|--|\n| ECS/Fargate | Fargate:<br>OS patching<br>ECS:<br>Servers |\n",
        ["fargate/patching", "ecs/infrastructure"],
    ),
]


@pytest.mark.parametrize(("page", "entries"), PLACES)
def test_service_and_topic(page, entries, duties):
    assert [entry for _, _, entry, _ in duties(page)] == entries


def test_teams_of_a_sheet(bring):
    importer = bring({"teams.csv": TEAMS})
    importer.write()
    assert Path("ours/teams.yaml").read_text() == (
        "# Imported from teams.csv\n\n"
        "- team: Databases\n  service: rds\n  channel: '#db'\n  runbook: 'https://wiki.example.com/rds'\n\n"
        "- team: Orders\n  channel: '#orders'\n  owns:\n  - orders-db\n"
    )
    assert load_light(Path("ours"))
    assert [left.reason for left in importer.reports[0].left] == ["nothing that the team owns"]


def test_teams_of_a_raci_table_where_its_rows_agree(bring):
    table = """\
| RDS activity | AWS | DBA | App |
|---|---|---|---|
| Tune slow queries | C | R | I |
| Create indexes | I | R | C |
| Set backup retention | I | R | C |
| Test restores of backups | I | C | R |
| Choose the backup window | I | C | R |
"""
    (report,) = bring({"raci.md": table}, service="rds").reports
    assert ("DBA", "rds", "performance") in [(each.team, each.service, each.topic) for each in report.teams]
    assert [each.reason for each in report.left] == ["several teams for rds/backups, which takes one"]


def test_a_claim_that_is_made_already_is_left(bring):
    bring({"teams.csv": TEAMS}).write()
    importer = bring({"CODEOWNERS": "/terraform/rds/ @org/others\n/services/orders-db/ @org/web\n"})
    assert importer.write() == []
    assert {left.reason for left in importer.reports[0].left} == {"it belongs to a team already"}


def test_the_report_says_what_was_read_guessed_and_left(bring):
    importer = bring({"docs/srm.md": TABLE + "\n- Celebrate\n"})
    lines = list(report_lines(importer.reports))
    assert lines[0].startswith("docs/srm.md (Markdown): 3 statements, 3 duties (1 guessed, 1 to be read), 1 left")
    assert lines[1:3] == ["  read:", "    5: aws rds/backups: Take snapshots: daily"]
    assert any(line.startswith("    6: customer rds/") and " TODO: Feed the birds" in line for line in lines)
    assert lines[-1] == "    8: it says not whose it is: Celebrate"


REFUSED = [
    ("notes.txt", b"x", "nothing here reads such a file"),
    ("deploy.yaml", b"kind: Deployment\n", "nothing here reads such a file"),
    ("knowledge.json", b"{}", "nothing here reads such a file"),
]


@pytest.mark.parametrize(("name", "content", "what"), REFUSED)
def test_other_files_are_refused(name, content, what, bring):
    with pytest.raises(SrmbotError, match=f"^{name}: {what}"):
        bring({name: content})


def test_a_file_that_is_not_there(bring):
    importer = bring({})
    with pytest.raises(SrmbotError, match="there is no such file"):
        importer.read(Path("gone.md"))


ODD = [
    "| AWS | Customer |\n|---|---|\n| <script>alert(1)</script>Guard <@U1> | 'quotes' & \"more\": # [x] {y} |\n",
    "| AWS | Customer |\n|---|---|\n| \u202eHidden\u200b text | null |\n",
    "- AWS manages " + "very " * 100 + "long things\n- Customer: 🔒\n",
    "| Task | Owner |\n|---|---|\n| — | AWS |\n| ... | Customer |\n| Über-Größe prüfen | Customer |\n",
    "| Category | Customer |\n|---|---|\n| Backups | Set it: <https://example.com/a|b> and `code` |\n",
]


@pytest.mark.parametrize("page", ODD)
def test_whatever_is_written_gives_valid_yaml(page, bring):
    importer = bring({"odd.md": page}, service="rds")
    importer.write()
    assert len(load_light(Path("ours")).duties) == len(importer.reports[0].duties)


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    (tmp_path / "rds.yaml").mkdir()
    with pytest.raises(SrmbotError, match=r"rds.yaml: cannot be written: Is a directory"):
        write_file(tmp_path / "rds.yaml", "- id: x\n")
    assert [path.name for path in tmp_path.iterdir()] == ["rds.yaml"]
