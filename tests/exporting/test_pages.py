"""Pages that Docusaurus and browsers render as they are, a sheet for auditors, and JSON."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from srmbot.errors import SrmbotError
from srmbot.exporting.exporter import FORMATS, export
from srmbot.exporting.markdown import escape
from srmbot.exporting.sheet import cell_text

PAGES = ["index", "general", "rds", "dynamodb"]


def test_a_page_for_each_service_and_an_index(exported):
    assert list(exported("markdown")) == [f"{name}.md" for name in PAGES]
    assert list(exported("html")) == [f"{name}.html" for name in PAGES]


def test_front_matter_and_headings(exported):
    text = exported("markdown")["rds.md"]
    assert text.startswith(
        "---\ntitle: 'Amazon Relational Database Service'\nsidebar_label: 'RDS'\nsidebar_position: 3\n---\n\n"
        "# Amazon Relational Database Service\n"
    )
    assert "\n## Backups\n\n| Task | Owner | Why |" in text


@pytest.mark.parametrize("name", PAGES)
def test_mdx_finds_nothing_of_its_own_in_a_page(name, exported):
    text = exported("markdown")[f"{name}.md"]
    assert re.findall(r"(?<!\\)[{}]", text) == []
    assert set(re.findall(r"(?<!\\)<[^>]*>", text)) <= {"<br/>"}
    assert re.search(r"^(?:import|export) ", text, re.MULTILINE) is None


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_has_its_cells(name, exported):
    tokens = MarkdownIt("commonmark").enable("table").parse(exported("markdown")[f"{name}.md"])
    assert [token for token in tokens if token.type == "table_open"]
    shown = "".join(child.content for token in tokens for child in token.children or () if child.type == "text")
    assert "|" not in shown
    assert "\\" not in shown


def test_the_index_links_every_service_and_says_whose_a_topic_is(exported):
    text = exported("markdown")["index.md"]
    assert "| Topic | [RDS](rds.md) | [DynamoDB](dynamodb.md) |" in text
    assert "| Virtualization and tenant isolation | AWS | AWS |" in text
    assert "| Backups | Both | Both |" in text


class Balance(HTMLParser):
    """Notes the tags that are open."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", PAGES)
def test_html_closes_what_it_opens(name, exported):
    reader = Balance()
    reader.feed(exported("html")[f"{name}.html"])
    assert reader.open == []


def test_texts_are_no_markup(known):
    (duty,) = [each for each in known.duties if each.id == "rds.retention"]
    odd = replace(duty, duty="Set <b>|{it}", why="<script>alert(1)</script> & *so*.")
    changed = replace(known, duties=(odd,))
    html = export(changed, "html", ["rds"])["rds.html"]
    assert "Set &lt;b&gt;|{it}" in html
    assert "<script>" not in html
    assert r"Set \<b\>\|\{it\}" in export(changed, "markdown", ["rds"])["rds.md"]
    assert escape("- 1 *a* `b` [c]_d") == r"\- 1 \*a\* \`b\` \[c\]\_d"


def test_the_sheet_has_what_auditors_ask_for(exported, known):
    rows = list(csv.DictReader(io.StringIO(exported("csv")["responsibilities.csv"])))
    assert list(rows[0])[:9] == [
        *("Service", "Topic", "Task", "Owner", "Next step", "Evidence", "Control IDs", "Page", "As of"),
    ]
    (row,) = [row for row in rows if row["ID"] == "rds.retention"]
    assert (row["Task"], row["Owner"]) == ("Set the backup retention period", "Customer")
    assert len(rows) == sum(duty.service in ("general", "rds", "dynamodb") for duty in known.duties)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@x"])
def test_a_spreadsheet_calculates_nothing(text):
    assert cell_text(text) == f"'{text}"


def test_json_is_the_folder_by_its_fields(exported):
    data = json.loads(exported("json")["knowledge.json"])
    assert [each["slug"] for each in data["services"]] == ["general", "rds", "dynamodb"]
    (duty,) = [each for each in data["duties"]["rds"] if each["id"] == "retention"]
    assert (duty["topic"], duty["owner"], "checked" in duty) == ("backups", "customer", False)
    assert set(data["boundaries"]) <= {"general", "rds", "dynamodb"}
    assert {"page", "title"} == set(data["pages"][0])


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_export(form, known):
    with pytest.raises(SrmbotError, match="there are no duties to export"):
        export(replace(known, duties=()), form, list(known.services))
