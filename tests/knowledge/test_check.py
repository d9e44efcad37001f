"""The rules together: their table, their order, and how they see layers."""

import ast
import inspect
from pathlib import Path

import pytest

from knowledge.conftest import CONTROLS, GENERAL, MINIMAL, RDS, SERVICES, TOPICS
from srmbot.knowledge import check
from srmbot.knowledge import check_wording as wording
from srmbot.knowledge.check import CHECKS
from srmbot.knowledge.load import load, load_folder_examples
from srmbot.knowledge.problem import KnowledgeError
from srmbot.knowledge.report import check_folders


def report(*folders):
    """What `srmbot check` prints for some folders."""
    return "\n".join(map(str, check_folders(folders).problems)).splitlines()


def refused(*folders):
    """What loading some folders fails with."""
    with pytest.raises(KnowledgeError) as fault:
        load(folders)
    return "\n".join(map(str, fault.value.problems)).splitlines()


def test_the_table_is_sorted():
    names = [rule.__name__ for rule in CHECKS]
    assert names == sorted(names)


@pytest.mark.parametrize("module", [check, wording], ids=lambda module: module.__name__)
def test_every_rule_is_in_the_table(module):
    """A rule is a function of a draft alone that yields problems."""
    functions = [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)]
    rules = {
        each.name
        for each in functions
        if each.returns and ast.unparse(each.returns) == "Iterator[Problem]" and len(each.args.args) == 1
    }
    assert rules == {rule.__name__ for rule in CHECKS if rule.__module__ == module.__name__}


def test_every_rule_says_what_it_is():
    assert [rule.__name__ for rule in CHECKS if not rule.__doc__] == []


def test_the_minimal_folder_has_no_problem(minimal):
    assert report(minimal) == []


@pytest.mark.parametrize("name", MINIMAL)
def test_a_file_that_cannot_be_read_is_the_only_one_blamed(write, name):
    ways = "voice: People.\nours:\n  rds/backups:\n    customer:\n    - how long are backups kept\n"
    folder = write(MINIMAL | {"asked/people.yaml": ways, name: MINIMAL[name] + "- id: [\n"})
    [problem, _] = refused(folder)
    assert f"/{name}:" in problem
    assert "not YAML" in problem


def test_all_problems_come_in_one_go_sorted_by_place(write):
    folder = write(
        MINIMAL
        | {
            "topics.yaml": "nonsense",
            "duties/rds.yaml": RDS.replace("owner: customer", "owner: nobody\n  colour: red"),
            "services.yaml": SERVICES.replace("line:", "lines:"),
            "teams.yaml": "- team: Us\n  runbook: ftp://here\n",
        }
    )
    lines = [line.split(":")[:3] for line in report(folder) if not line.startswith("    fix: ")]
    assert [line[0].removeprefix("folder/") for line in lines] == [
        "duties/general.yaml",  # its topic is no longer known
        "duties/rds.yaml",
        "duties/rds.yaml",
        "duties/rds.yaml",
        *["services.yaml"] * 6,  # in each of the three a field unknown and one missing
        "teams.yaml",
        "topics.yaml",
    ]
    assert lines == sorted(lines, key=lambda line: (line[0], int(line[1]), int(line[2])))


def test_one_fault_is_reported_once(write):
    """A file that two rows make a problem of is one problem."""
    folder = write(MINIMAL | {"duties/rsd.yaml": RDS + RDS.replace("retention", "window").replace("Set", "Keep")})
    assert [line for line in report(folder) if "unknown service" in line] == [
        "folder/duties/rsd.yaml:1:1: unknown service `rsd`"
    ]


# Laid over another folder

OVERLAYS = [
    pytest.param({"services.yaml": "- {slug: rds, aliases: [our database]}\n"}, id="aliases alone"),
    pytest.param({"services.yaml": "- {slug: aurora, line: Where our orders are.}\n"}, id="one field"),
    pytest.param({"services.yaml": "- {slug: general, aliases: [our cloud]}\n"}, id="aliases of general"),
    pytest.param({"topics.yaml": "- {slug: backups, title: Copies}\n"}, id="a topic's title"),
    pytest.param({"duties/rds.yaml": RDS}, id="a duty of the same id"),
    pytest.param({"duties/aurora.yaml": RDS}, id="duties of a service that had none"),
    pytest.param({"teams.yaml": "- {team: Databases, service: rds, topic: backups}\n"}, id="teams alone"),
    pytest.param(
        {
            "duties/rds.yaml": RDS + "  checked_by: [ours-kept]\n",
            "controls.yaml": "- {page: 'https://wiki.example.com', as_of: 2026, ids: [ours-kept]}\n",
        },
        id="a rule of its own",
    ),
    pytest.param(
        {"asked/us.yaml": "voice: Us.\nours:\n  aurora/backups:\n    customer: [who keeps ours]\n"}, id="asked alone"
    ),
]


@pytest.mark.parametrize("files", OVERLAYS)
def test_an_overlay_may_be_partial(files, minimal, write, monkeypatch):
    overlay = write(files, "overlay")
    load([minimal, overlay])
    assert report(minimal, overlay) == []
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: minimal)
    assert report(overlay) == []


FAULTY_OVERLAYS = [
    (
        {"services.yaml": "- {slug: vault, aliases: [our vault]}\n"},
        [
            "overlay/services.yaml:1:3: the service has no `full_name`",
            "    fix: add `full_name:` (The name as AWS writes it)",
            "overlay/services.yaml:1:3: the service has no `line`",
            "    fix: add `line:` (What it is, in one line)",
            "overlay/services.yaml:1:3: the service has no `name`",
            "    fix: add `name:` (The name as people write it: RDS)",
            "overlay/services.yaml:1:10: `vault` has no duties, and falls back to none that has",
            "    fix: add duties/vault.yaml, or `falls_back: general`",
        ],
    ),
    (
        {"services.yaml": "- {slug: aurora, aliases: [amazon rds]}\n"},
        [
            "overlay/services.yaml:1:28: `amazon rds` belongs to the service `rds` already, "
            "at folder/services.yaml:11:18",
            "    fix: take it out of one of the two",
        ],
    ),
    (
        {"services.yaml": "- {slug: rds, falls_back: aurora}\n"},
        [
            "overlay/services.yaml:1:27: `rds` falls back to itself in the end (rds → aurora → rds)",
            "    fix: let one of them fall back to `general`",
        ],
    ),
    (
        {"duties/rds.yaml": "- {id: retention, owner: aws}\n"},
        [
            "overlay/duties/rds.yaml:1:3: the duty has no `duty`",
            "    fix: add `duty:` (The task, as an order: Set the backup retention period)",
            "overlay/duties/rds.yaml:1:3: the duty has no `say`",
            "    fix: add `say:` (How people name this task)",
            "overlay/duties/rds.yaml:1:3: the duty has no `source`",
            "    fix: add `source:` (The AWS pages that say so)",
            "overlay/duties/rds.yaml:1:3: the duty has no `topic`",
            "    fix: add `topic:` (The category of work, one of topics.yaml)",
            "overlay/duties/rds.yaml:1:3: the duty has no `why`",
            "    fix: add `why:` (One or two short sentences: why it is theirs, and what it means)",
        ],
    ),
    (
        {"duties/rds.yaml": RDS.replace("[backup retention, keep backups longer]", "[aurora backups]")},
        [
            "overlay/duties/rds.yaml:6:9: `aurora backups` names `aurora`, which is aurora",
            "    fix: leave the name out, or move the duty to aurora.yaml",
        ],
    ),
    (
        {"teams.yaml": "- {team: Databases, service: rsd}\n"},
        ["overlay/teams.yaml:1:30: unknown service `rsd`", "    fix: did you mean `rds`?"],
    ),
    (
        {"asked/us.yaml": "voice: Us.\nours: {aurora/patching: {aws: [who patches]}}\n"},
        [
            "overlay/asked/us.yaml:2:8: `aurora/patching` has no duties, and what it falls back to has none",
            "    fix: add a duty of this topic to duties/aurora.yaml, or take the questions out",
        ],
    ),
]


@pytest.mark.parametrize(("files", "expected"), FAULTY_OVERLAYS, ids=lambda value: ", ".join(value)[:40])
def test_a_faulty_overlay_is_reported_as_it_will_be_used(files, expected, minimal, write, monkeypatch):
    overlay = write(files, "overlay")
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: minimal)
    assert report(overlay) == expected
    assert "\n".join(expected) in "\n".join(refused(minimal, overlay))  # which tells of the folder below, too


def test_a_new_service_needs_no_python(minimal, write):
    overlay = write(
        {
            "services.yaml": SERVICES.partition("\n\n")[2]
            .partition("\n\n")[0]
            .replace("rds", "vault")
            .replace("RDS", "Vault")
            .replace("Amazon Relational Database Service", "Our vault")
            .replace("postgres", "safe"),
            "duties/vault.yaml": RDS,
        },
        "overlay",
    )
    known = load([minimal, overlay])
    assert known.services["vault"].aliases == ("vault", "amazon vault")
    assert [duty.id for duty in known.of_service("vault")] == ["vault.retention"]


def test_a_folder_with_general_of_its_own_is_read_alone(write, monkeypatch):
    """Nothing of the built-in folder helps knowledge that is read alone: what it lacks is reported."""
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: write(MINIMAL, "built_in"))
    folder = write(
        MINIMAL
        | {
            "topics.yaml": TOPICS.partition("\n\n")[0],
            "duties/rds.yaml": RDS.replace("topic: backups", "topic: patching"),
        }
    )
    assert report(folder) == [
        "folder/duties/rds.yaml:2:10: unknown topic `patching`",
        "    fix: write one of backups, or add it to topics.yaml",
    ]


def test_faults_of_the_built_in_folder_are_not_blamed_on_an_overlay(write, monkeypatch):
    faulty = write(MINIMAL | {"topics.yaml": TOPICS.replace("title: Patching", "titel: Patching")}, "built_in")
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: faulty)
    assert report(write({"services.yaml": "- {slug: rds, aliases: [our database]}\n"})) == []
    assert report(Path("built_in")) != []


def test_the_later_of_two_questions_in_two_folders_counts(minimal, write):
    below = write({"asked/a.yaml": "voice: A.\nours: {rds/backups: {aws: [who keeps backups?]}}\n"}, "below")
    above = write({"asked/b.yaml": "voice: B.\nnot_ours: [Who keeps backups]\n"}, "above")
    (asked,) = load_folder_examples([minimal, below, above])
    assert (asked.text, asked.service, asked.voice) == ("Who keeps backups", None, "b")


def test_an_alias_may_be_added_that_others_say_below(minimal, write):
    """Who calls Aurora "longer" need not fix the phrases of the folder below."""
    overlay = write({"services.yaml": "- {slug: aurora, aliases: [longer]}\n"}, "overlay")
    assert "longer" in load([minimal, overlay]).services["aurora"].aliases


def test_what_was_read_is_counted(minimal, write, monkeypatch):
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: minimal)
    one = write({"duties/rds.yaml": RDS, "asked/us.yaml": "voice: Us.\nnot_ours: [lunch]\n"}, "one")
    assert check_folders([minimal]).count == "2 duties, 0 ways to ask"
    assert check_folders([one]).count == "1 duty, 1 way to ask"


def test_a_folder_without_lists_of_controls_may_name_any(write):
    assert report(write(MINIMAL | {"duties/rds.yaml": RDS + "  checked_by: [any-rule]\n"})) == []


def test_an_overlay_may_add_controls_to_those_below_it(write):
    below = write(MINIMAL | {"controls.yaml": CONTROLS})
    more = {"duties/rds.yaml": RDS + "  checked_by: [ours-kept, RDS.11]\n"}
    assert report(below, write(more, "without")) == [
        "without/duties/rds.yaml:8:16: there is no control or rule `ours-kept`",
        "    fix: if AWS has it, add it to controls.yaml; else take it out",
    ]
    own = {"controls.yaml": "- {page: 'https://wiki.example.com', as_of: 2026, ids: [ours-kept]}\n"}
    assert report(below, write(more | own, "with")) == []


@pytest.mark.parametrize(
    ("holds", "problems"),
    [
        ("[managed]", []),
        ("[aurora]", []),
        ("[you]", ["`aurora/backups` has no duties, and what it falls back to has none that hold for it"]),
    ],
)
def test_questions_about_what_does_not_hold_are_refused(write, holds, problems):
    """Aurora falls back to RDS and to general; a duty of theirs answers only where it says that it holds."""
    folder = write(
        MINIMAL
        | {
            "services.yaml": SERVICES + "  runs: managed\n",
            "duties/rds.yaml": f"{RDS}  holds_for: {holds}\n",
            "duties/general.yaml": f"{GENERAL}  holds_for: [you]\n",
            "asked/us.yaml": "voice: Us.\nours:\n  aurora/backups:\n    customer: [who keeps ours]\n",
        }
    )
    assert [each.what for each in check_folders([folder]).problems] == problems


def test_questions_about_what_does_not_exist_may_be_asked(write):
    absent = "- topic: patching\n  owner: aws\n  because: There is none.\n  source: [https://example.com]\n"
    asked = {"asked/us.yaml": "voice: Us.\nours:\n  aurora/patching:\n    aws: [who patches ours]\n"}
    assert report(write(MINIMAL | asked, "without"))[0].endswith(
        "`aurora/patching` has no duties, and what it falls back to has none"
    )
    assert report(write(MINIMAL | asked | {"absent/aurora.yaml": absent}, "with")) == []
