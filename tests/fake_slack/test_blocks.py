"""The validator finds each seeded violation, where it is, and nothing in what Slack takes."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.fake_slack import Problem, message_problems, problems, view_problems

from .violations import CELL, SEEDED, VALID, actions, button, mrkdwn, option, plain, section, select

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["type", "text", "x"]), inner),
    max_leaves=10,
)


def test_there_are_enough():
    assert len(SEEDED) >= 70
    assert len({name for name, *_ in SEEDED}) == len(SEEDED)


@pytest.mark.parametrize(("surface", "blocks", "path"), [row[1:] for row in SEEDED], ids=[row[0] for row in SEEDED])
def test_finds_the_violation(surface, blocks, path):
    assert [each.path for each in problems(blocks, surface)] == [path]


@pytest.mark.parametrize(("surface", "blocks"), [row[1:] for row in VALID], ids=[row[0] for row in VALID])
def test_finds_nothing_in_what_is_valid(surface, blocks):
    assert problems(blocks, surface) == []


MODAL = {"type": "modal", "title": plain(), "blocks": []}
FORM = [{"type": "input", "label": plain(), "element": {"type": "plain_text_input"}}]
VIEWS = [
    # name, view, path
    ("no object", [], "view"),
    ("no type", {"blocks": []}, "view.type"),
    ("dialog", {**MODAL, "type": "dialog"}, "view.type"),
    ("no title", {"type": "modal", "blocks": []}, "view.title"),
    ("title 25", {**MODAL, "title": plain("x" * 25)}, "view.title.text"),
    ("title mrkdwn", {**MODAL, "title": mrkdwn()}, "view.title.type"),
    ("submit 25", {**MODAL, "submit": plain("x" * 25)}, "view.submit.text"),
    ("close 25", {**MODAL, "close": plain("x" * 25)}, "view.close.text"),
    ("no blocks", {"type": "home"}, "view.blocks"),
    ("metadata 3001", {**MODAL, "private_metadata": "x" * 3001}, "view.private_metadata"),
    ("callback_id 256", {**MODAL, "callback_id": "x" * 256}, "view.callback_id"),
    ("input without submit", {**MODAL, "blocks": FORM}, "view.submit"),
    ("title of a home tab", {"type": "home", "blocks": [], "title": plain()}, "view.title"),
    ("unknown field", {**MODAL, "size": "large"}, "view.size"),
    ("too large", {**MODAL, "blocks": [section(text=plain("é" * 2999))] * 100}, "view"),
]


@pytest.mark.parametrize(("view", "path"), [row[1:] for row in VIEWS], ids=[row[0] for row in VIEWS])
def test_finds_the_violation_in_a_view(view, path):
    assert [each.path for each in view_problems(view)] == [path]


def test_finds_nothing_in_a_valid_view():
    words = {"submit": plain("x" * 24), "close": plain(), "private_metadata": "x" * 3000, "callback_id": "c"}
    assert view_problems({**MODAL, **words, "blocks": FORM, "notify_on_close": True}) == []
    assert view_problems({"type": "home", "blocks": [section(text=mrkdwn())]}) == []


def test_warns_of_a_message_without_text():
    assert message_problems({"blocks": [{"type": "divider"}], "text": "x"}) == []
    [found] = message_problems({"blocks": [{"type": "divider"}]})
    assert found == Problem("text", "is missing: screen readers and notifications show it", warning=True)


def test_judges_text_and_attachments_of_a_message():
    wrong = {"text": "x" * 40_001, "attachments": [{"color": "good", "blocks": [section()]}]}
    assert [each.path for each in message_problems(wrong)] == ["text", "attachments[0].blocks[0]"]


def test_says_what_is_wrong():
    [found] = problems([actions(button(style="green"))])
    assert str(found) == "blocks[0].elements[0].style: is 'green', must be one of primary, danger"


@given(ANYTHING)
def test_never_raises(junk: Any):
    """Whatever an app sends is judged, in each place where a check looks."""
    for surface in ("message", "modal", "home"):
        problems(junk, surface)
        problems([junk], surface)
    view_problems(junk)
    message_problems(junk)
    message_problems({"blocks": junk, "attachments": [junk]})
    view_problems({"type": "modal", "title": junk, "blocks": junk})
    for name in (
        "section",
        "actions",
        "image",
        "input",
        "rich_text",
        "table",
        "data_table",
        "container",
        "carousel",
        "card",
    ):
        fields = ("text", "elements", "rows", "accessory", "element", "title", "child_blocks", "fields", "block_id")
        fields += ("caption", "page_size", "row_header_column_index")
        problems([{"type": name, **dict.fromkeys(fields, junk)}])
    problems([actions(select(options=junk, initial_option=junk, option_groups=[junk]))])


@given(st.sampled_from(VALID), st.data())
def test_an_unknown_field_is_found_anywhere(row, data):
    """Put a field that Slack does not know into any object of a valid payload."""
    _, surface, blocks = row
    blocks = copy.deepcopy(blocks)
    objects = list(every_object(blocks))
    if objects:
        data.draw(st.sampled_from(objects))["colour"] = "green"
        assert any(each.path.endswith(".colour") for each in problems(blocks, surface))


@given(st.integers(1, 4000))
def test_the_limit_of_a_section_is_exact(size):
    assert (problems([section(text=mrkdwn("x" * size))]) == []) == (size <= 3000)


@given(st.integers(1, 120), st.integers(1, 30))
def test_the_limits_of_a_table_are_exact(rows, columns):
    found = problems([{"type": "table", "rows": [[CELL] * columns] * rows}])
    assert (found == []) == (rows <= 100 and columns <= 20)


@given(st.integers(1, 220), st.integers(1, 30))
def test_the_limits_of_a_data_table_are_exact(rows, columns):
    found = problems([{"type": "data_table", "caption": "x", "rows": [[CELL] * columns] * rows}])
    assert (found == []) == (2 <= rows <= 201 and columns <= 20)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6))
def test_block_ids_are_unique_and_options_are_not_ids(names):
    found = problems([{"type": "divider", "block_id": name} for name in names])
    assert len(found) == len(names) - len(set(names))
    assert problems([actions(select(options=[option(name) for name in names]))]) == []


def every_object(value: Any):
    """Each dict within a payload, but not those that are free to hold anything."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from every_object(each)
