"""Folders -> Knowledge: what is written is what is known, layer over layer, from the cache or not."""

from dataclasses import replace
from itertools import pairwise

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import srmbot
from knowledge.conftest import MINIMAL, RDS, SERVICES, TOPICS
from srmbot.errors import SrmbotError
from srmbot.knowledge import build
from srmbot.knowledge.check import check
from srmbot.knowledge.cut_texts import is_cut
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import File, Layer
from srmbot.knowledge.load import built_in, load, load_folder_examples
from srmbot.knowledge.problem import At, KnowledgeError, Problem
from srmbot.knowledge.report import check_folders
from srmbot.knowledge.schema import ENDED, MARKUP, UNSEEN
from srmbot.model import Duty, ExampleQuestion, Maintainers, Owner, Service, Team, Topic

RETENTION = Duty(
    id="rds.retention",
    service="rds",
    topic="backups",
    owner=Owner.CUSTOMER,
    duty="Set the backup retention period",
    why="RDS keeps automated backups only as long as you ask.",
    facts=(),
    say=("backup retention", "keep backups longer"),
    source=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/",),
    tip=None,
    as_of=None,
    checked=True,
    at="folder/duties/rds.yaml:1",
)


def test_what_is_written_is_what_is_known(minimal):
    known = load([minimal])
    assert list(known.services) == ["general", "rds", "aurora"]
    assert known.services["rds"] == Service(
        slug="rds",
        name="RDS",
        full_name="Amazon Relational Database Service",
        line="Managed databases.",
        aliases=("rds", "amazon rds"),
        hints=("postgres",),
        helper=False,
        falls_back="general",
    )
    assert known.topics["backups"] == Topic("backups", "Backups", ("backup", "backups"))
    assert known.duties[1] == RETENTION
    assert known.teams == ()


def test_ways_to_ask(minimal, write):
    overlay = write(
        {"asked/us.yaml": "voice: Us.\nours:\n  rds/backups:\n    shared:\n    - Backups?\nnot_ours: [lunch?]\n"},
        "overlay",
    )
    assert load_folder_examples([minimal, overlay]) == (
        ExampleQuestion("Backups?", "rds", "backups", Owner.SHARED, "us", "overlay/asked/us.yaml:5"),
        ExampleQuestion("lunch?", None, None, None, "us", "overlay/asked/us.yaml:6"),
    )


def test_every_problem_is_in_the_error(write):
    folder = write(MINIMAL | {"duties/rds.yaml": RDS.replace("customer", "nobody").replace("backups\n", "copies\n", 1)})
    with pytest.raises(KnowledgeError) as refused:
        load([folder])
    assert str(refused.value) == (
        "folder/duties/rds.yaml:2:10: unknown topic `copies` and 1 more "
        "(write one of backups, patching, or add it to topics.yaml)"
    )
    assert refused.value.problems[1] == Problem(
        At("folder/duties/rds.yaml", 3, 10),
        "`owner` is 'nobody', not one of aws, customer",
        "write one of aws, customer",
    )


def test_the_built_in_folder_has_no_problem(full):
    found = check_folders([built_in()])
    assert list(map(str, found.problems)) == []
    duties, ways = full.knowledge.duties, full.state.examples()
    assert found.count == f"{len(duties):,} duties, {len(ways):,} ways to ask"


def test_an_installation_without_knowledge(monkeypatch, tmp_path):
    monkeypatch.setattr(srmbot, "__file__", str(tmp_path / "srmbot" / "__init__.py"))
    with pytest.raises(SrmbotError) as refused:
        built_in()
    assert str(refused.value) == f"{tmp_path}/srmbot: no knowledge folder (install srmbot again)"


# Layers

LAYERS = {
    "services.yaml": "- {slug: rds, line: Ours., aliases: [Our Database, rds], hints: [orders]}\n"
    "- {slug: aurora, helper: true}\n",
    "topics.yaml": "- {slug: backups, title: Copies, aliases: [copies]}\n",
    "duties/rds.yaml": RDS.replace("owner: customer", "owner: aws").replace("[backup retention", "[retention"),
    "teams.yaml": "- {team: Databases, service: rds, channel: '#db', runbook: 'https://example.com/db'}\n"
    "- {team: All}\n",
}


def test_a_later_folder_lies_over_an_earlier_one(minimal, write):
    known = load([minimal, write(LAYERS, "overlay")])
    rds = known.services["rds"]
    assert (rds.name, rds.line, rds.falls_back) == ("RDS", "Ours.", "general")
    assert rds.aliases == ("rds", "amazon rds", "our database")
    assert rds.hints == ("postgres", "orders")
    assert known.services["aurora"].helper is True
    assert known.topics["backups"] == Topic("backups", "Copies", ("backup", "backups", "copies"))
    assert known.duties[1] == replace(
        RETENTION, owner=Owner.AWS, say=("retention", "keep backups longer"), at="overlay/duties/rds.yaml:1"
    )
    assert len(known.duties) == 2
    assert known.teams == (
        Team("Databases", "rds", None, "#db", "https://example.com/db"),
        Team("All", None, None, None, None),
    )


def test_a_later_team_replaces_the_earlier_claim(minimal, write):
    below = write({"teams.yaml": "- {team: Old, service: rds}\n- {team: All}\n"}, "below")
    above = write({"teams.yaml": "- {team: New, service: rds}\n"}, "above")
    known = load([minimal, below, above])
    assert [known.team_for(service, "backups").team for service in ("rds", "aurora")] == ["New", "All"]


def test_maintainers_of_all_folders_add_up_and_the_last_channel_counts(minimal, write):
    assert load([minimal]).maintainers == Maintainers()
    below = "- {users: [U1A2], groups: [S1A2], channel: C1A2}\n- {users: [U2A2]}\n"
    above = "- {users: [U3A2, U1A2], channel: C2A2, repository: 'https://github.com/us/ours/tree/main/srm'}\n"
    known = load([minimal, write({"maintainers.yaml": below}, "below"), write({"maintainers.yaml": above}, "above")])
    users = ("U1A2", "U2A2", "U3A2")
    assert known.maintainers == Maintainers(users, ("S1A2",), "C2A2", "https://github.com/us/ours/tree/main/srm")


def test_three_layers_the_last_wins(minimal, write):
    folders = [write({"topics.yaml": f"- {{slug: backups, title: {title}}}\n"}, title) for title in ("One", "Two")]
    assert load([minimal, *folders]).topics["backups"].title == "Two"
    assert load([minimal, *reversed(folders)]).topics["backups"].title == "One"


def test_the_same_folder_twice_changes_nothing(minimal):
    once, twice = load([minimal]), load([minimal, minimal])
    assert replace(twice, version="", learned_from="") == replace(once, version="", learned_from="")


# Whatever a valid duty says, it is loaded as it is

clean = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters="<>|"), min_size=1, max_size=30
)


def none_is_cut(texts):
    """Whether no two texts look like one that a comma has cut, such as "(" and ")": these are refused."""
    return not any(is_cut(*both) for both in pairwise(texts))


words = st.lists(clean, min_size=1, max_size=4).map(" ".join)
slugs = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}\Z")
phrases = st.lists(words.map(lambda text: f"n {text}"[:80].strip()), min_size=1, max_size=3, unique_by=str.casefold)
duties = st.fixed_dictionaries(
    {
        "id": slugs,
        "topic": st.sampled_from(["backups", "patching"]),
        "owner": st.sampled_from(["aws", "customer"]),
        "duty": words,
        "why": words.map(lambda text: f"{text}."),
        "say": phrases,
        "source": st.lists(
            clean.map(lambda text: f"https://example.com/{text}"), min_size=1, max_size=2, unique_by=str.casefold
        ),
    },
    optional={
        "facts": st.lists(words, max_size=3, unique_by=str.casefold).filter(none_is_cut),
        "tip": words.map(lambda text: f"{text}."),
        "as_of": st.sampled_from(["2023", "2025-06"]),
        "checked": st.booleans(),
    },
)


@given(duties, st.booleans())
def test_a_valid_duty_is_loaded_as_it_is(row, flow):
    text = yaml.safe_dump([row], allow_unicode=True, default_flow_style=flow, width=60, sort_keys=False)
    contents = {"services.yaml": SERVICES, "topics.yaml": TOPICS, "duties/general.yaml": text}
    found = read_draft([Layer("folder", [File(name, name, 0, content.encode()) for name, content in contents.items()])])
    assert check(found) == []
    (duty,) = build.build_knowledge(found, "").duties
    assert duty == Duty(
        id=f"general.{row['id']}",
        service="general",
        topic=row["topic"],
        owner=Owner(row["owner"]),
        duty=row["duty"],
        why=row["why"],
        facts=tuple(row.get("facts", ())),
        say=tuple(row["say"]),
        source=tuple(row["source"]),
        tip=row.get("tip"),
        as_of=row.get("as_of"),
        checked=row.get("checked", True),
        at="duties/general.yaml:1",
    )


def test_the_patterns_are_ones_that_every_editor_knows():
    assert (MARKUP, ENDED) == (r"<[@!#]|<https?:", r"[.!?][)\"'”’]?$")
    assert "\\d" not in UNSEEN
