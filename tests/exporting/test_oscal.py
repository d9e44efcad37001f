"""What is exported as OSCAL is valid by the released schemas, and others read it."""

import json
import subprocess
import sys

import jsonschema
import pytest

DOCUMENTS = {"catalog": "catalog.json", "component": "component-definition.json", "ssp": "system-security-plan.json"}


@pytest.mark.parametrize(("schema_name", "file"), DOCUMENTS.items())
def test_each_document_is_valid(schema_name, file, schema, exported):
    document = json.loads(exported("oscal")[file])
    found = jsonschema.Draft7Validator(schema(schema_name)).iter_errors(document)
    assert [(list(each.absolute_path), each.message) for each in found] == []


def test_a_schema_refuses_what_is_wrong(schema, exported):
    document = json.loads(exported("oscal")["component-definition.json"])
    document["component-definition"]["components"][0]["control-implementations"][0]["uuid"] = "rds"
    assert not jsonschema.Draft7Validator(schema("component")).is_valid(document)


READ = """
import sys
from pathlib import Path
from trestle.oscal.catalog import Catalog
from trestle.oscal.component import ComponentDefinition
from trestle.oscal.ssp import SystemSecurityPlan
folder = Path(sys.argv[1])
catalog = Catalog.oscal_read(folder / "catalog.json")
definition = ComponentDefinition.oscal_read(folder / "component-definition.json")
plan = SystemSecurityPlan.oscal_read(folder / "system-security-plan.json")
print([component.title for component in definition.components])
statements = [
    statement
    for component in definition.components
    for requirement in component.control_implementations[0].implemented_requirements
    for statement in requirement.statements
]
parts = {part.id for control in catalog.controls for part in control.parts}
print(len(statements), {each.statement_id for each in statements} <= parts)
requirements = plan.control_implementation.implemented_requirements
exports = [each.export for requirement in requirements for each in requirement.by_components]
print(sum(len(each.provided or ()) for each in exports), sum(len(each.responsibilities or ()) for each in exports))
"""


def test_compliance_trestle_reads_it_back(exported, known, tmp_path):
    pytest.importorskip("trestle", reason="compliance-trestle is not installed")
    for name, text in exported("oscal").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)], capture_output=True, text=True, check=True, timeout=120
    )
    duties = [duty for duty in known.duties if duty.service in ("general", "rds", "dynamodb")]
    aws = sum(duty.owner == "aws" for duty in duties)
    names = ["AWS shared responsibility model", "Amazon Relational Database Service", "Amazon DynamoDB"]
    assert done.stdout.splitlines() == [str(names), f"{len(duties)} True", f"{aws} {len(duties) - aws}"]


def test_the_same_knowledge_gives_the_same_documents(exported):
    assert exported("oscal") == exported("oscal")


def test_owner_reason_controls_and_pages_are_in_a_statement(exported):
    (components,) = [json.loads(exported("oscal")["component-definition.json"])["component-definition"]["components"]]
    (rds,) = [each for each in components if each["title"] == "Amazon Relational Database Service"]
    requirements = rds["control-implementations"][0]["implemented-requirements"]
    (backups,) = [each for each in requirements if each["control-id"] == "backups"]
    (retention,) = [each for each in backups["statements"] if each["statement-id"] == "rds.retention"]
    props = {each["name"]: each["value"] for each in retention["props"]}
    assert (props["owner"], props["checked"]) == ("customer", "true")
    assert retention["responsible-roles"] == [{"role-id": "customer"}]
    assert retention["links"][0]["href"].startswith("https://docs.aws.amazon.com/")
