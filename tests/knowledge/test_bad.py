"""Each file of tests/bad is faulty in one way, and says at its top where it belongs and what must be reported."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from knowledge.conftest import CONTROLS, MINIMAL
from srmbot.knowledge.check import CHECKS
from srmbot.knowledge.load import built_in, load
from srmbot.knowledge.problem import KnowledgeError
from srmbot.knowledge.report import check_folders

BAD = sorted((Path(__file__).parents[1] / "bad").glob("*.yaml"))
BEYOND_SCHEMAS = {  # faults in files that are right by themselves, or that a JSON Schema has no words for
    "shape-cut",  # a comma
    "shape-say-double",  # upper and lower case
    "shape-unseen",
    "shape-unseen-nul",
    "shape-key",
    "yaml-key-twice",
    "yaml-merge",
}


def heading(path):
    """Where a faulty file belongs, and the lines that must be printed for it."""
    place, expected = None, []
    for line in path.read_bytes().decode("utf-8", "replace").splitlines():
        name, _, text = line.removeprefix("# ").partition(": ")
        if name == "as":
            place = text
        elif name == "says":
            expected.append(f"{place}:{text}")
        elif name == "fix":
            expected.append(f"    fix: {text}")
        else:
            return place, expected
    raise AssertionError(f"{path} has nothing but its heading")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_says_exactly_this(path, write, monkeypatch):
    place, expected = heading(path)
    monkeypatch.chdir(write(MINIMAL | {"controls.yaml": CONTROLS, place: path.read_bytes()}))
    with pytest.raises(KnowledgeError) as refused:
        load([Path()])
    assert "\n".join(map(str, refused.value.problems)).splitlines() == expected
    assert expected, "a faulty file must say what is wrong with it"


@pytest.mark.parametrize("path", [path for path in BAD if path.stem != "general-missing"], ids=lambda path: path.stem)
def test_srmbot_check_says_the_same(path, write, monkeypatch):
    place, expected = heading(path)
    monkeypatch.chdir(write(MINIMAL | {"controls.yaml": CONTROLS, place: path.read_bytes()}))
    assert "\n".join(map(str, check_folders([Path()]).problems)).splitlines() == expected


@pytest.mark.parametrize("rule", CHECKS, ids=lambda rule: rule.__name__)
def test_every_rule_has_a_faulty_file(rule):
    assert rule.__name__.replace("_", "-") in {path.stem for path in BAD}


def test_every_faulty_file_is_of_a_rule_or_a_shape():
    kinds = (*(rule.__name__.replace("_", "-") for rule in CHECKS), "shape", "yaml")
    assert [path.stem for path in BAD if not path.stem.startswith(kinds)] == []


def by_schema(path):
    """Whether the schema of its kind takes a file; None where YAML's own reader does not."""
    place, _ = heading(path)
    kind = place.partition("/")[0].removesuffix(".yaml")
    schema = json.loads((built_in() / "schema" / f"{kind}.json").read_text())
    try:
        rows = yaml.safe_load(path.read_bytes())
    except (yaml.YAMLError, UnicodeDecodeError, TypeError):
        return None
    return jsonschema.Draft202012Validator(schema).is_valid(rows)


@pytest.mark.parametrize("path", [path for path in BAD if path.stem.startswith("shape-")], ids=lambda path: path.stem)
def test_a_schema_refuses_it_too(path):
    if path.stem not in BEYOND_SCHEMAS:
        assert by_schema(path) is False


@pytest.mark.parametrize("name", ["missing-field", "missing-field-team"])
def test_a_schema_refuses_a_record_without_a_field(name):
    assert by_schema(Path(__file__).parents[1] / "bad" / f"{name}.yaml") is False


def test_nothing_is_listed_that_a_schema_refuses():
    assert [path.stem for path in BAD if path.stem in BEYOND_SCHEMAS and by_schema(path) is False] == []
