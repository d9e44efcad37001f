"""Shapes -> JSON Schemas, with which an editor helps with typing; `srmbot check` needs none of them.

`python -m srmbot.knowledge.json_schema` writes them to knowledge/schema/. They say what one file can show: names that
are defined elsewhere, and what is said twice, only the check knows.
"""

from __future__ import annotations

import json
from typing import Any

from srmbot.knowledge.load import built_in
from srmbot.knowledge.maintainers import MAINTAINERS
from srmbot.knowledge.schema import (
    ABSENT,
    BOUNDARY,
    CONTROLS,
    DUTY,
    EXAMPLE_FIELDS,
    EXAMPLE_FILE,
    IN_SCOPE,
    MARKUP,
    NOT_AWS,
    OUT_OF_SCOPE,
    PAGE,
    QUESTION,
    SERVICE,
    SLUG,
    TEAM,
    TOPIC,
    UNCOVERED,
    VOICE,
    Field,
    Kind,
    RecordSchema,
)
from srmbot.model import Owner

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCHEMA_HOME = "https://raw.githubusercontent.com/srmbot/srmbot/main/knowledge/schema"  # where the newest are to be had
ENTRY = f"{SLUG.rstrip('$')}/{SLUG.lstrip('^')}"
YEARS = {"type": "integer", "minimum": 2000, "maximum": 2099}  # YAML reads `as_of: 2025` as a number


def build_schemas() -> dict[str, Schema]:
    """Every schema by the kind of its files."""
    schemas = {
        "services": schema_of_records("Services, and what people call them", SERVICE),
        "topics": schema_of_records("Topics, and what people call them", TOPIC),
        "elsewhere": schema_of_records("Names of what is not AWS's, and not ours to answer for", NOT_AWS),
        "teams": schema_of_records("Which team does the customer's duties", TEAM),
        "maintainers": schema_of_records("Who looks after the knowledge", MAINTAINERS),
        "duties": schema_of_records("The duties of one service, which the file is named after", DUTY),
        "boundaries": schema_of_records("What people often misunderstand about one service", BOUNDARY),
        "absent": schema_of_records("Topics that do not exist on one service", ABSENT),
        "pages": schema_of_records("The titles of pages", PAGE),
        "controls": schema_of_records("The controls and rules that are known to check duties", CONTROLS),
        "uncovered": schema_of_records("AWS services that have no duties here", UNCOVERED),
        "questions": schema_of_records("What questions should get, for `srmbot test`", QUESTION),
        "asked": schema_of_examples(),
    }
    return {name: {"$schema": DRAFT, "$id": f"{SCHEMA_HOME}/{name}.json", **schema} for name, schema in schemas.items()}


def schema_of_records(title: str, shape: RecordSchema) -> Schema:
    """The schema of files that are one list of records."""
    required = [each.name for each in shape.fields if each.required]
    record = {
        "type": "object",
        "properties": {each.name: schema_of_field(each) for each in shape.fields},
        "required": required[:1] if shape.adds else required,
        "additionalProperties": False,
    }
    return {"title": title, "type": ["array", "null"], "items": record}


def schema_of_field(field: Field) -> Schema:
    """The schema of one field, with what it means."""
    about = {"description": describe(field)}
    if field.kind is Kind.FLAG:
        return {**about, "type": "boolean"}
    if field.kind is Kind.TEXT:
        return about | schema_of_text(field)
    least = {"minItems": 1} if field.required else {}
    return {**about, "type": "array", "items": schema_of_text(field), "uniqueItems": True, **least}


def describe(field: Field) -> str:
    """What a field means, and how it must be written."""
    return f"{field.about} Write {field.pattern_says}." if field.pattern_says else field.about


def schema_of_text(field: Field) -> Schema:
    """The schema of one text."""
    if field.one_of:
        return {"enum": list(field.one_of)}
    text: Schema = {"type": "string", "minLength": 1, "maxLength": field.longest, "pattern": field.pattern or r"\S"}
    if not field.heard:
        text["not"] = {"pattern": MARKUP}
    return {"anyOf": [text, YEARS]} if field.name == "as_of" else text


def schema_of_examples() -> Schema:
    """The schema of a file of ways to ask."""
    ways = {name: schema_of_field(field) for name, field in EXAMPLE_FIELDS.items()}
    owners = {
        "type": "object",
        "properties": {owner.value: ways[owner] for owner in Owner},
        "additionalProperties": False,
    }
    ours = {
        "description": "By entry (service/topic), then by owner.",
        "type": "object",
        "patternProperties": {ENTRY: owners},
        "additionalProperties": False,
    }
    fields = {VOICE.name: schema_of_field(VOICE), IN_SCOPE: ours, OUT_OF_SCOPE: ways[OUT_OF_SCOPE]}
    return {
        "title": "How people ask, one voice",
        "type": ["object", "null"],
        "properties": {name: fields[name] for name in EXAMPLE_FILE},
        "required": [VOICE.name],
        "additionalProperties": False,
    }


def dump(schema: Schema) -> str:
    """A schema as it is in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every schema to its file."""
    folder = built_in() / "schema"
    folder.mkdir(exist_ok=True)
    for name, schema in build_schemas().items():
        (folder / f"{name}.json").write_text(dump(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
