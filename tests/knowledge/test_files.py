"""What is found in a folder, and what is refused before it is read."""

import os
from pathlib import Path

import pytest

from knowledge.conftest import MINIMAL, SERVICES
from srmbot.knowledge import files
from srmbot.knowledge.files import LARGEST_FILE, read_folder
from srmbot.knowledge.report import check_folders

HOLDS = (
    "services.yaml: services and what people call them; topics.yaml: topics and what people call them; "
    "elsewhere.yaml: names of what is not AWS's; "
    "teams.yaml: which team does the customer's duties; "
    "maintainers.yaml: who looks after the knowledge; duties/*.yaml: duties, one file a service; "
    "boundaries/*.yaml: what is often misunderstood, one file a service; "
    "absent/*.yaml: topics that do not exist on a service, one file a service; "
    "pages.yaml: titles of the pages that are linked; controls.yaml: controls and rules that check duties; "
    "uncovered.yaml: AWS services that have no duties here; "
    "asked/*.yaml: how people ask, one file a voice"
)


@pytest.fixture
def below(write, monkeypatch):
    """What a folder without `general` is laid over; the built-in one would be read for each."""
    folder = write(MINIMAL, "built_in").resolve()
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: folder)


def report(folder):
    return "\n".join(map(str, check_folders([folder]).problems)).splitlines()


def test_files_come_in_a_fixed_order(minimal):
    assert [(file.name, file.kind, file.home) for file in read_folder(minimal, 0).files] == [
        ("services.yaml", "services", "services"),
        ("topics.yaml", "topics", "topics"),
        ("duties/general.yaml", "duties", "general"),
        ("duties/rds.yaml", "duties", "rds"),
    ]


@pytest.mark.parametrize("name", ["duties", "asked", "services.yaml"])
def test_the_name_of_the_folder_itself_does_not_matter(name, write):
    assert report(write(MINIMAL, f"ours/{name}")) == []


MISNAMED = [
    ("duties/rds.yml", "rename it to duties/rds.yaml"),
    ("duties/rds.YAML", "rename it to duties/rds.yaml"),
    ("teams.yml", "rename it to teams.yaml"),
]


@pytest.mark.parametrize(("name", "fix"), MISNAMED)
def test_knowledge_that_nobody_reads_for_its_ending_is_reported(name, fix, write):
    assert report(write(MINIMAL | {name: ""})) == [f"folder/{name}:1:1: this file is not read", f"    fix: {fix}"]


FOREIGN = [
    # a YAML file of others beside good knowledge, and what it should be called if it was meant as knowledge
    ("catalog-info.yaml", ""),
    ("docker-compose.yml", ""),
    ("duties/more/s3.yaml", "did you mean `duties/*.yaml`?"),
    ("rds.yaml", ""),
    ("service.yaml", "did you mean `services.yaml`?"),
    ("boundarys/rds.yaml", "did you mean `boundaries/*.yaml`?"),
]


@pytest.mark.parametrize(("name", "hint"), FOREIGN)
def test_yaml_of_others_is_passed_over_and_named(name, hint, write):
    found = check_folders([write(MINIMAL | {name: "kind: [not knowledge"})])
    assert found.problems == []
    assert [(each.name, each.hint) for each in found.foreign] == [(name, hint)]


@pytest.mark.parametrize(
    "name", ["README.md", "duties/rds.yaml~", "duties/.#rds.yaml", ".github/workflows/ci.yaml", "schema/duties.json"]
)
def test_what_is_not_knowledge_is_passed_over(name, write):
    assert report(write(MINIMAL | {name: ""})) == []


def test_an_editor_s_lock_is_passed_over(minimal):
    """Emacs marks a file as being edited by a link that leads nowhere."""
    (minimal / "duties" / ".#rds.yaml").symlink_to("somebody@somewhere.1234")
    assert report(minimal) == []


def test_no_such_folder(below):
    assert report(Path("/nowhere/at/all")) == [
        "/nowhere/at/all:1:1: there is no such folder",
        "    fix: give a folder with knowledge files in it",
    ]


def test_a_file_is_no_folder(minimal, below):
    assert report(minimal / "topics.yaml") == [
        "folder/topics.yaml:1:1: cannot be read: Not a directory",
        "    fix: give a folder with knowledge files in it",
    ]


def test_an_empty_folder(write, below):
    assert report(write({})) == ["folder:1:1: no knowledge in this folder", f"    fix: {HOLDS}"]


def test_a_link_out_of_the_folder_is_not_followed(minimal, write):
    write({"secret.yaml": "password: 1234\n"}, "elsewhere")
    (minimal / "duties" / "aurora.yaml").symlink_to("../../elsewhere/secret.yaml")
    assert report(minimal) == [
        "folder/duties/aurora.yaml:1:1: a link that leads out of the folder",
        "    fix: copy the file here",
    ]


def test_nor_is_a_folder_that_is_such_a_link(write):
    folder = write({name: text for name, text in MINIMAL.items() if "/" in name}, "elsewhere")
    write({name: text for name, text in MINIMAL.items() if "/" not in name})
    Path("folder/duties").symlink_to(f"../{folder}/duties")
    assert [line for line in report(Path("folder")) if "link" in line] == [
        "folder/duties/general.yaml:1:1: a link that leads out of the folder",
        "folder/duties/rds.yaml:1:1: a link that leads out of the folder",
    ]


def test_links_inside_the_folder_are_followed(write):
    """Kubernetes mounts a ConfigMap as links to a hidden folder, so that it can change all files at once."""
    folder = write(MINIMAL, "mounted/..2026_11_23")
    mounted = folder.parent
    (mounted / "..data").symlink_to(folder.name)
    for name in ("services.yaml", "topics.yaml", "duties"):
        (mounted / name).symlink_to(f"..data/{name}")
    assert report(mounted) == []


def test_the_folder_may_be_a_link_itself(minimal):
    Path("link").symlink_to(minimal)
    assert report(Path("link")) == []


def test_a_link_that_leads_nowhere(minimal):
    (minimal / "teams.yaml").symlink_to("gone.yaml")
    assert report(minimal) == [
        "folder/teams.yaml:1:1: not a file that can be read",
        "    fix: put a plain file here",
    ]


def test_links_in_a_circle(minimal):
    (minimal / "teams.yaml").symlink_to("teams.yaml")
    what, fix = report(minimal)
    assert what.startswith("folder/teams.yaml:1:1: ")
    assert fix in ("    fix: see that it is there and may be read", "    fix: put a plain file here")


def test_a_pipe_is_not_waited_for(minimal):
    os.mkfifo(minimal / "teams.yaml")
    assert report(minimal) == [
        "folder/teams.yaml:1:1: not a file that can be read",
        "    fix: put a plain file here",
    ]


def test_a_folder_named_like_a_file(minimal):
    (minimal / "teams.yaml").mkdir()
    assert report(minimal) == []


def test_a_file_that_may_not_be_read(minimal, monkeypatch):
    def refuse(path, *rest):
        if path.endswith("topics.yaml"):
            raise PermissionError(13, "Permission denied")
        return open(path, *rest)

    monkeypatch.setattr(files, "open", refuse, raising=False)
    assert report(minimal)[-2:] == [
        "folder/topics.yaml:1:1: cannot be read: Permission denied",
        "    fix: see that it is there and may be read",
    ]


def test_a_large_file_is_not_read_to_its_end(minimal):
    (minimal / "duties" / "rds.yaml").write_bytes(b"# " + b"x" * 3 * LARGEST_FILE)
    assert report(minimal) == [
        "folder/duties/rds.yaml:1:1: the file has more than 1,000,000 bytes",
        "    fix: split it: one file a service, or one a voice",
    ]
    assert [len(file.content) for file in read_folder(minimal, 0).files][-1] == LARGEST_FILE + 1


def test_too_many_files(write, monkeypatch):
    monkeypatch.setattr(files, "MOST_FILES", 5)
    folder = write(MINIMAL | {f"asked/voice-{n}.yaml": "voice: V.\n" for n in range(3)})
    assert "folder:1:1: 7 files, more than 5" in report(folder)


def test_names_that_a_terminal_would_act_on_are_written_out(write):
    folder = write(MINIMAL | {"duties/r\x1b[31md\ns.yaml": ""})
    assert report(folder)[0] == r"folder/duties/r\x1b[31md\ns.yaml:1:1: unknown service `r\x1b[31md\ns`"


def test_a_name_that_is_not_utf8(minimal):
    (minimal / os.fsdecode(b"duties/\xff.yml")).write_bytes(b"")
    assert report(minimal)[0] == r"folder/duties/\udcff.yml:1:1: this file is not read"


def test_paths_are_shown_as_one_would_type_them(write, monkeypatch):
    folder = write(MINIMAL | {"services.yaml": SERVICES.replace("line:", "lime:")}).resolve()
    monkeypatch.chdir(folder)
    assert report(folder)[0].startswith("services.yaml:1:3: ")
    monkeypatch.chdir(folder / "duties")
    assert report(folder)[0].startswith(f"{folder}/services.yaml:1:3: ")
