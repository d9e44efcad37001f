"""The built-in knowledge exported, and its exports read."""

import json
from pathlib import Path

import pytest

from srmbot.exporting.exporter import export

SERVICES = ("general", "rds", "dynamodb")
SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture(scope="session")
def exported(known):
    """The files of a format, of three services."""

    def make(form):
        return export(known, form, SERVICES)

    return make


@pytest.fixture(scope="session")
def schema():
    """One of OSCAL's released schemas, in which Python's own patterns stand for those that it does not know."""

    def read(name):
        text = (SCHEMAS / f"oscal_{name}_schema.json").read_text(encoding="utf-8")
        return json.loads(text.replace(r"\\p{L}", r"[^\\W\\d_]").replace(r"\\p{N}", r"\\d"))

    return read
