"""`matrix`, `compare`, `sources` and `check --coverage`, run as people and programs run them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from srmbot.overview.groups import databases
from srmbot.overview.standing import Status, standing
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run(known, monkeypatch, capsys, tmp_path):
    """Run a command on the built-in knowledge, in a terminal of some width: its code, its output, its errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("srmbot.cli.setup.load_knowledge", lambda args: known)

    def command(*words, width=120):
        monkeypatch.setenv("COLUMNS", str(width))
        return run_main(words, capsys)

    return command


# matrix


def test_a_wide_terminal_gets_a_table(run, known):
    code, out, err = run("matrix", "rds", "dynamo", "postgres on ec2")
    assert (code, err) == (0, "")
    header, *rows = out.partition("\n\n")[0].splitlines()
    assert header.split() == ["RDS", "DynamoDB", "EC2"]
    assert len(rows) == len(known.topics)
    [upgrades] = [row for row in rows if row.startswith("Version upgrades ")]
    assert upgrades.split()[2:] == ["both", "–", "you"]
    assert out.endswith("AWS, you, both: whose it is. –: does not exist there. ?: nothing is known.\n")


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_narrow_terminal_gets_a_block_for_each_service(run, known, width):
    _, out, _ = run("matrix", width=width)
    blocks = out.strip().split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [known.services[slug].name for slug in databases(known)]
    assert max(map(len, out.splitlines())) <= width
    [dynamodb] = [block for block in blocks if block.startswith("DynamoDB\n")]
    assert "does not exist: version upgrades, database users and grants" in " ".join(dynamodb.split())


def test_every_topic_is_in_a_block_once(run, known):
    _, out, _ = run("matrix", "control-tower", "rds", width=40)
    flat = " ".join(out.partition("\n\n")[0].split()).lower()
    assert [topic.slug for topic in known.topics.values() if topic.title.lower() not in flat] == []
    assert "unknown: " in flat


def test_without_services_the_databases_are_shown(run, known):
    _, out, _ = run("matrix", width=400)
    assert out.splitlines()[0].split("  ")[-1] == known.services[databases(known)[-1]].name


def test_matrix_in_markdown(run):
    _, out, _ = run("matrix", "rds", "ec2", "--format", "markdown")
    assert out.splitlines()[:3] == ["|  | RDS | EC2 |", "| --- | --- | --- |", "| Physical security | both | AWS |"]


def test_matrix_for_programs(run, known):
    _, out, _ = run("matrix", "aurora", "dax", "--format", "json")
    found = json.loads(out)
    assert [each["topic"] for each in found["topics"]] == list(known.topics)
    assert [(each["service"], each["name"]) for each in found["services"]] == [("aurora", "Aurora"), ("dax", "DAX")]
    for service in found["services"]:
        for topic, cell in service["cells"].items():
            expected = standing(known, service["service"], topic)
            assert cell == {
                "owner": expected.owner and expected.owner.value,
                "status": expected.status.value,
                "from": expected.inherited_from,
                "because": expected.because,
            }
    assert found["services"][1]["cells"]["backups"]["status"] == "absent"
    assert found["knowledge"] == known.version[:7]


def test_unknown_service_is_wrong_usage(run):
    assert run("matrix", "rdz") == (2, "", "srmbot: unknown service 'rdz' (did you mean `rds`?)\n")
    assert run("compare", "rds") == (2, "", "srmbot: only RDS is named (name at least 2)\n")


# compare


def test_what_moves_comes_before_what_stays(run):
    code, out, _ = run("compare", "postgres on ec2", "rds")
    assert code == 0
    assert out.startswith("From EC2 to RDS, infrastructure goes to AWS.")
    moves, stays = out.index("\nWhere the line moves:\n"), out.index("\nWhat stays:\n")
    assert moves < out.index("\nBackups ", moves) < stays < out.index("\nTraining ", stays)
    [backups] = [line for line in out.splitlines() if line.startswith("Backups ")]
    assert backups.split() == ["Backups", "you", "both"]


def test_a_comparison_that_is_too_wide_has_a_line_for_each_topic(run):
    _, out, _ = run("compare", "ec2", "rds", width=36)
    assert "\nBackups: EC2 you, RDS both\n" in out
    assert max(map(len, out.splitlines())) <= 36


def test_services_alike_have_nothing_that_moves(run):
    _, out, _ = run("compare", "rds", "aurora", "--format", "json")
    found = json.loads(out)
    topics = {each["topic"] for kind in ("moving", "staying", "unknown") for each in found[kind]}
    assert len(topics) == sum(len(found[kind]) for kind in ("moving", "staying", "unknown")) == 30
    for row in found["moving"]:
        assert len({cell["owner"] for cell in row["cells"].values()}) == 2
    for row in found["staying"]:
        assert len({cell["owner"] for cell in row["cells"].values()}) == 1


def test_a_comparison_of_three_has_no_sentence_of_two(run):
    _, out, _ = run("compare", "rds", "aurora", "dynamodb", "--format", "markdown")
    assert out.startswith("## Where the line moves\n\n|  | RDS | Aurora | DynamoDB |\n| --- | --- | --- | --- |\n")
    assert "\n## What stays\n" in out


def test_a_topic_is_compared_side_by_side(run, known):
    _, out, _ = run("compare", "rds", "dynamo", "--topic", "backup", width=140)
    lines = out.splitlines()
    assert lines[0].split() == ["Backups", "RDS", "DynamoDB"]
    assert lines[1].split() == ["Whose", "both", "both"]
    assert max(map(len, lines)) <= 140
    assert known.by_id["rds.retention"].duty in out
    assert "Turn on point-in-time recovery" in out


def test_a_topic_in_a_narrow_terminal_is_compared_one_below_the_other(run):
    _, out, _ = run("compare", "rds", "dax", "--topic", "backups", width=50)
    assert out.startswith("RDS · Backups: both\nAWS does:\n  - ")
    assert "\n\nDAX · Backups: does not exist: DAX has no backups\n  and needs none." in out
    assert max(map(len, out.splitlines())) <= 50


def test_a_topic_in_markdown_and_for_programs(run, known):
    _, out, _ = run("compare", "rds", "redshift", "--topic", "physical security", "--format", "markdown")
    assert out.startswith("| Physical security | RDS | Redshift |\n| --- | --- | --- |\n| Whose | both | AWS")
    _, out, _ = run("compare", "rds", "dax", "--topic", "backups", "--format", "json")
    rds, dax = json.loads(out)["services"]
    assert [each["id"] for each in rds["customer"]] == [
        duty.id for duty in known.entries["rds", "backups"].duties if duty.owner == "customer"
    ]
    assert (dax["status"], dax["aws"], dax["customer"]) == ("absent", [], [])


def test_an_inherited_topic_says_from_where(run, known):
    lent = next(
        standing(known, slug, topic)
        for slug in known.services
        for topic in known.topics
        if standing(known, slug, topic).status is Status.INHERITED
    )
    _, out, _ = run("compare", lent.service, "ec2", "--topic", lent.topic, width=150)
    assert f"(as for {known.services[lent.inherited_from].name})" in out


def test_unknown_topic_is_wrong_usage(run):
    assert run("compare", "rds", "aurora", "--topic", "bakcups") == (
        2,
        "",
        "srmbot: unknown topic 'bakcups' (did you mean `backups`?)\n",
    )


# sources


def test_sources_begin_lines_with_addresses(run, known):
    _, out, _ = run("sources")
    addresses = [line for line in out.splitlines() if line.startswith("https://")]
    assert addresses == sorted(
        {page for each in (*known.duties, *known.boundaries, *known.absent) for page in each.source}
    )


def test_sources_for_programs_name_what_rests_on_them(run, known):
    _, out, _ = run("sources", "--format", "json")
    pages = {each["page"]: each for each in json.loads(out)["pages"]}
    for duty in known.duties:
        assert all(duty.id in pages[page]["duties"] for page in duty.source)
    for boundary in known.boundaries:
        assert all(boundary.id in pages[page]["boundaries"] for page in boundary.source)
    for absent in known.absent:
        assert all(f"{absent.service}/{absent.topic}" in pages[page]["absent"] for page in absent.source)
    assert all(each["title"] for each in pages.values())
    assert run("sources", "--format", "markdown")[0] == 2


# check --coverage


def test_coverage_counts_every_cell_once(run, known):
    code, out, _ = run("check", "--coverage")
    assert code == 0
    rows = [line for line in out.splitlines() if line.startswith(("RDS  ", "ElastiCache  ", "DAX  "))]
    assert [list(map(int, row.split()[1:5])) for row in rows] == [
        [sum(standing(known, slug, topic).status is status for topic in known.topics) for status in Status]
        for slug in ("rds", "elasticache", "dax")
    ]
    assert rows[1].endswith(f"Any AWS service {rows[1].split()[2]}")


def test_coverage_says_what_is_empty_on_databases(run, known):
    _, out, _ = run("check", "--coverage", width=500)
    slugs = databases(known)
    empty = sum(standing(known, slug, topic).status is Status.EMPTY for slug in slugs for topic in known.topics)
    cells = len(slugs) * len(known.topics)
    assert (
        f"Databases: {cells - empty} of {cells} cells are filled or absent ({100 * (1 - empty / cells):.1f} %)." in out
    )
    if empty:
        assert "\n  empty on " in out


def test_coverage_of_a_faulty_folder_is_its_problems(run, tmp_path):
    (tmp_path / "teams.yaml").write_text("- {team: Us, service: rdz}\n")
    code, out, _ = run("check", "--coverage", str(tmp_path))
    assert code == 1
    assert "unknown service `rdz`" in out
    assert "inherited" not in out


def test_matrix_starts_without_what_only_questions_need(tmp_path):
    code = (
        "import sys; from srmbot.cli import main; code = main(['matrix']);"
        "slow = {'numpy', 'sklearn', 'yaml', 'slack_bolt', 'sqlalchemy', 'zoneinfo', 'srmbot.bot'};"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    environment = {"SRMBOT_CACHE": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
    assert done.stderr == "[]\n"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("weights")] == []
