"""The documents say what the code does: settings, scopes, events, fields, the first example, links, quoted lines."""

import ast
import json
import os
import re
import tempfile
from pathlib import Path

import pytest

from srmbot.cli import main
from srmbot.config import VARIABLES
from srmbot.knowledge import maintainers, schema
from srmbot.knowledge.files import PLACES, QUESTIONS
from srmbot.knowledge.load import built_in
from srmbot.knowledge.report import check_folders

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")
QUESTION = "who patches RDS?"

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
QUOTED = re.compile(r"^`([^`\n]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)  # a path, then lines of that file
SKIPPED = {".git", "dist", "build", "node_modules"}

# In two halves, so that this file is no find itself.
HOSTS = tuple(
    "".join(halves)
    for halves in (
        ("pypi.", "org"),
        ("python", "hosted.org"),
        ("registry.", "npmjs"),
        ("registry.", "yarnpkg"),
        ("proxy.", "golang.org"),
        ("crates", ".io"),
        ("conda.", "anaconda.org"),
        ("index", "-url ="),
        ("artifac", "tory"),
    )
)
OUTSIDE = re.compile(
    r"(?<![\w./<{$*:-])/(?:" + "|".join(("work", "tmp", "root", "home", "Users", "var/folders")) + r")/[\w.+-]"
    r"|\.\./" + "shared/"
)


def settings_of_readme():
    table = README.partition("## Settings")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", table, re.MULTILINE))


def settings_of_example():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return {name: about for about, name in re.findall(r"^# (.*)\n([A-Z_]+)=$", text, re.MULTILINE)}


@pytest.mark.parametrize("listed", [settings_of_readme, settings_of_example])
def test_settings_are_those_that_are_read(listed):
    expected = {name: about.replace(f"`{os.pathsep}`", "`:`") for name, about in VARIABLES.items()}
    assert listed() == expected
    assert list(listed()) == list(VARIABLES)


def test_example_sets_nothing_else():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line and not line.startswith("#")] == [
        f"{name}=" for name in VARIABLES
    ]


def test_every_scope_is_documented():
    scopes = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    table = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").partition("## Scopes")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([\w:]+)`( \(optional\))? \|", table, re.MULTILINE)
    assert [name for name, optional in listed if not optional] == scopes["bot"]
    assert [name for name, optional in listed if optional] == scopes["bot_optional"]


def logged_events():
    """Every event that srmbot logs, by the calls in its source."""
    for path in sorted((ROOT / "srmbot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and names_log(node.func):
                yield node.args[0].value
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(record.msg, record.args)":
                yield node.value.elts[0].value


def names_log(function):
    return ast.unparse(function.value) == "log" and function.attr in (
        "debug",
        "info",
        "warning",
        "error",
        "exception",
        "critical",
    )


def test_every_event_in_the_log_is_in_the_table():
    table = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8").partition("## Logs")[2].partition("\n## ")[0]
    events = set(logged_events())
    assert set(re.findall(r"^\| `([^`]+)` \| [A-Z]+ \|", table, re.MULTILINE)) == events
    assert [event for event in events if not re.fullmatch(r"[a-z]+(_[a-z]+)*", event)] == []


def test_first_example_is_what_the_command_prints(full, built_in_cache, monkeypatch, tmp_path, capsys):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SRMBOT_CACHE", str(built_in_cache))
    monkeypatch.chdir(tmp_path)  # away from a .env
    assert main(["ask", QUESTION]) == 0
    shown = re.search(r"```console\n\$ srmbot ask \"([^\"\n]*)\"\n(.*?)```", README, re.DOTALL)
    assert shown[1] == QUESTION
    assert shown[2] == capsys.readouterr().out, "copy the answer into the README anew"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_resolve(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith(("https://", "http://")):
            continue
        name, _, heading = target.partition("#")
        linked = (path.parent / name).resolve() if name else path
        assert linked.exists(), f"{path.name}: no {target}"
        assert linked == ROOT or ROOT in linked.parents, f"{path.name}: {target} leads out of the repository"
        assert not heading or heading in anchors(linked), f"{path.name}: no heading for {target}"


def anchors(path):
    """The anchors that GitHub gives the headings of a document."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def quoted_lines():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return [(path, line) for path, block in QUOTED.findall(text) for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("path", sorted({path for path, _ in quoted_lines()}))
def test_lines_of_worked_examples_stand_in_their_files(path):
    held = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert [line for quoted, line in quoted_lines() if quoted == path and line not in held] == []


def test_examples_of_knowledge_have_no_problems(tmp_path):
    text = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    examples = dict(QUOTED.findall(text))
    assert len(examples) == len((*PLACES, QUESTIONS))
    for path, content in examples.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(content, encoding="utf-8")
    own = [problem for problem in check_folders([built_in(), tmp_path]).problems if tmp_path.name in problem.at.path]
    assert own == []


# Each heading of docs/knowledge.md that has a table of fields, and the records that it describes.
DESCRIBED = {
    "Services": schema.SERVICE,
    "Topics": schema.TOPIC,
    "Elsewhere": schema.NOT_AWS,
    "Duties": schema.DUTY,
    "Boundaries": schema.BOUNDARY,
    "Absent topics": schema.ABSENT,
    "Pages": schema.PAGE,
    "Controls": schema.CONTROLS,
    "Uncovered services": schema.UNCOVERED,
    "Teams": schema.TEAM,
    "Golden questions": schema.QUESTION,
    "Maintainers": maintainers.MAINTAINERS,
}


def test_every_kind_of_record_has_a_table_of_fields():
    held = (*vars(schema).values(), *vars(maintainers).values())
    kinds = {kind.name for kind in held if isinstance(kind, schema.RecordSchema)}
    assert {kind.name for kind in DESCRIBED.values()} == kinds


@pytest.mark.parametrize(("heading", "kind"), DESCRIBED.items(), ids=DESCRIBED)
def test_every_field_of_a_record_is_in_its_table(heading, kind):
    text = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|( yes)? \|", section, re.MULTILINE)
    assert [(name, bool(required)) for name, required in rows] == [(each.name, each.required) for each in kind.fields]


def test_files_of_the_larger_packages_are_in_the_architecture():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for package in (
        "knowledge",
        "search",
        "slack",
        "slack/install",
        "slack/serve",
        "slack/tips",
        "importing",
        "exporting",
    ):
        for path in (ROOT / "srmbot" / package).glob("[!_]*.py"):
            assert re.search(rf"`(?:\w+/)?{path.name}`", text), (
                f"docs/architecture.md does not name {package}/{path.name}"
            )


def files():
    """Every file of the repository, tracked or not; caches and what is built are left out, and a worktree's `.git`."""
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(each for each in inner if not left_out(Path(folder, each)))
        yield from (Path(folder, name) for name in sorted(names) if name not in (".env", ".git"))


def left_out(folder):
    """Whether a folder is git's, a virtual environment, a cache, or what was built."""
    name = folder.name
    marked = (folder / "CACHEDIR.TAG").exists() or (folder / "pyvenv.cfg").exists()
    return marked or name in SKIPPED or "cache" in name or name.startswith(".hypothesis") or name.endswith(".egg-info")


def test_no_file_names_a_registry_or_a_path_of_a_machine():
    # `/tmp` alone is a place on every machine, a Lambda function's too; what lies in it is found as OUTSIDE
    here = {str(ROOT), str(Path.home()), tempfile.gettempdir()} - {"/", os.sep, "/tmp"}
    found = []
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            named = [host for host in HOSTS if host in line]
            named += [place for place in here if re.search(rf"(?<![\w.]){re.escape(place)}(?![\w.-])", line)]
            named += OUTSIDE.findall(line)
            found += [f"{path.relative_to(ROOT)}:{number}: {name}" for name in named]
    assert found == []
