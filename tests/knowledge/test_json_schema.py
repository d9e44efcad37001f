"""The JSON Schemas: current, valid, and right about what is there."""

import json
import re

import jsonschema
import pytest
import yaml

from srmbot.knowledge import json_schema as schema
from srmbot.knowledge.files import read_folders
from srmbot.knowledge.load import built_in
from srmbot.knowledge.schema import DUTY, SERVICE, TEAM, TOPIC

FILES = [(built_in() / file.name, file.kind) for layer in read_folders([built_in()]) for file in layer.files]
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)")


class Loader(yaml.CSafeLoader):
    """YAML as editors read it (1.2), and our own reader: `yes` and `no` are words."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, re.compile("^(?:true|false)$") if tag.endswith(":bool") else regexp) for tag, regexp in resolvers]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@pytest.mark.parametrize("name", schema.build_schemas())
def test_the_file_is_current(name):
    written = (built_in() / "schema" / f"{name}.json").read_text(encoding="utf-8")
    assert written == schema.dump(schema.build_schemas()[name]), "run `python -m srmbot.knowledge.json_schema`"


def test_there_are_no_others():
    assert {path.stem for path in (built_in() / "schema").iterdir()} == set(schema.build_schemas())


@pytest.mark.parametrize("name", schema.build_schemas())
def test_it_is_a_valid_schema(name):
    jsonschema.Draft202012Validator.check_schema(schema.build_schemas()[name])


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_it_takes_what_is_there(path, kind):
    rows = yaml.load(path.read_bytes(), Loader=Loader)
    errors = jsonschema.Draft202012Validator(schema.build_schemas()[kind]).iter_errors(rows)
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors] == []


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_every_file_names_its_schema(path, kind):
    found = MODELINE.fullmatch(path.read_text(encoding="utf-8").partition("\n")[0])
    assert found, "the first line must be `# yaml-language-server: $schema=…`"
    assert (path.parent / found[1]).resolve() == built_in().resolve() / "schema" / f"{kind}.json"


@pytest.mark.parametrize("shape", [DUTY, SERVICE, TEAM, TOPIC], ids=lambda shape: shape.name)
def test_every_field_says_what_it_means(shape):
    record = schema.schema_of_records("", shape)["items"]
    assert list(record["properties"]) == [field.name for field in shape.fields]
    for field in shape.fields:
        assert record["properties"][field.name]["description"].startswith(field.about)
        assert field.about.endswith(".")


def test_an_overlay_may_name_a_service_with_its_aliases_alone():
    jsonschema.validate([{"slug": "rds", "aliases": ["our database"]}], schema.build_schemas()["services"])


def test_main_writes_them(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "built_in", lambda: tmp_path)
    schema.main()
    written = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "schema").iterdir()}
    assert written == schema.build_schemas()
