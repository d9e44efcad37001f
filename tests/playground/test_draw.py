"""What Slack shows, as trees: mrkdwn, blocks, elements, messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.fake_slack import Message, problems
from srmbot.fake_slack.blocks import BLOCKS
from srmbot.playground.draw.blocks import DRAW_BLOCK, blocks
from srmbot.playground.draw.context import DrawContext
from srmbot.playground.draw.elements import DRAW_ELEMENT as ELEMENTS
from srmbot.playground.draw.message import message
from srmbot.playground.draw.mrkdwn import mrkdwn
from srmbot.playground.draw.tree import as_html, as_list, h, words
from srmbot.render.blocks import escape

INK = DrawContext({"U1": "ana"}, {"C1": "general"}, tz="Europe/Lisbon")

TEXTS = [
    # mrkdwn, html
    ("*bold* and _italic_ and ~struck~", "<strong>bold</strong> and <em>italic</em> and <s>struck</s>"),
    ("*bold _and italic_*", "<strong>bold <em>and italic</em></strong>"),
    ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
    ("* not bold *", "* not bold *"),
    ("`*code*` *`x`*", "<code>*code*</code> <strong><code>x</code></strong>"),
    ("a\nb", "a<br>b"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("```\n*x*\ny\n```", "<pre><code>*x*\ny</code></pre>"),
    ("&gt; said\n&gt; again\nanswer", "<blockquote>said<br>again</blockquote>answer"),
    ("<@U1> <@U9> <#C1|old> <!here>", "@ana|@U9|#general|@here"),
    ("<https://x.example/?a=1&amp;b=2|a &lt; b>", "https://x.example/?a=1&amp;b=2"),
    ("<javascript:alert(1)|x>", '<span title="javascript:alert(1)">x</span>'),
    ("<!date^1735689600^{date_num} {time}|then>", "2025-01-01 00:00"),
    ("<!date^soon^{time}|then>", "then"),
    (":tada: :no-such-one:", "🎉 :no-such-one:"),
]


@pytest.mark.parametrize(("text", "shown"), TEXTS)
def test_mrkdwn(text, shown):
    made = "".join(map(as_html, mrkdwn(text, INK)))
    assert all(part in made for part in shown.split("|")), made


@given(st.text())
def test_escaped_text_is_shown_as_it_was(text):
    """Whatever was escaped comes out the same, but for the marks that are not escaped in Slack."""
    plain = text.translate(dict.fromkeys(map(ord, "*_~`:\n\r"), "."))
    shown = mrkdwn(escape(plain), INK)
    assert "".join("".join(map(words, shown)).split()) == "".join(plain.removeprefix(">").split())


@given(st.text(st.sampled_from("*_~`<>|:&@#!^ab \n")))
def test_nothing_makes_markup(text):
    made = h("div", *mrkdwn(text, INK))
    tags = {"div", "strong", "em", "s", "code", "pre", "br", "blockquote", "span", "a"}
    assert set(tags_in(as_list(made))) <= tags


def cell(text):
    return {"type": "raw_text", "text": text}


TABLE = {
    "type": "table",
    "column_settings": [{"align": "left", "is_wrapped": True}, None, {"align": "right"}],
    "rows": [
        [cell(name) for name in ("Service", "Owner", "Task", "No")],
        [cell(name) for name in ("RDS", "<AWS>", "t", "1")],
    ],
}


def test_a_table_has_a_heading_and_wraps_only_the_columns_that_ask_for_it():
    assert problems([TABLE]) == []
    [made] = blocks([TABLE], INK)
    shown = as_html(made)
    assert '<th scope="col">Service</th>' in shown
    assert '<td class="left">RDS</td><td class="unwrapped">&lt;AWS&gt;</td><td class="unwrapped right">t</td>' in shown
    assert '<td class="unwrapped">1</td>' in shown


DATA = {
    "type": "data_table",
    "caption": "Whose <it> is",
    "page_size": 2,
    "row_header_column_index": 1,
    "rows": [[cell("No"), cell("Topic")], *([{"type": "raw_number", "value": n}, cell(f"t{n}")] for n in range(3))],
}


def test_a_data_table_has_a_caption_headings_both_ways_and_pages():
    assert problems([DATA]) == []
    [made] = blocks([DATA], INK)
    shown = as_html(made)
    assert "<caption>Whose &lt;it&gt; is</caption>" in shown
    assert (
        '<th scope="col" aria-sort="none"><button type="button" class="sort" data-act="sort" data-column="1">' in shown
    )
    assert '<tr><td class="number" data-value="1">1</td><th scope="row">t1</th></tr>' in shown
    assert '<tr hidden><td class="number" data-value="2">2</td>' in shown
    assert '<span role="status">1–2 of 3</span>' in shown


def test_where_nothing_can_be_clicked_all_of_a_data_table_is_shown():
    [made] = blocks([DATA], DrawContext(live=False))
    assert "hidden" not in as_html(made)
    assert '<th scope="col">Topic</th>' in as_html(made)
    assert "button" not in tags_in(as_list(made))


def test_thumbs_are_named_as_the_app_names_them_for_those_who_cannot_see():
    side = {"text": {"type": "plain_text", "text": "👎"}, "value": "down"}
    element = {"type": "feedback_buttons", "action_id": "a", "positive_button": side}
    element["negative_button"] = side | {"accessibility_label": "This answer is wrong"}
    shown = as_html(blocks([{"type": "context_actions", "block_id": "b", "elements": [element]}], INK)[0])
    assert 'title="👎" aria-label="👎"' in shown
    assert 'title="This answer is wrong" aria-label="This answer is wrong"' in shown


def tags_in(node):
    if isinstance(node, list):
        yield node[0]
        for child in node[2:]:
            yield from tags_in(child)


PLAIN = {"type": "plain_text", "text": "Label <b>"}
OPTIONS = [{"text": PLAIN, "value": "a"}, {"text": PLAIN, "value": "b", "description": PLAIN}]
FULL = {
    "button": {
        "text": PLAIN,
        "value": "v",
        "confirm": {"title": PLAIN, "text": PLAIN, "confirm": PLAIN, "deny": PLAIN},
    },
    "icon_button": {"icon": "trash", "text": PLAIN},
    "feedback_buttons": {
        "positive_button": {"text": PLAIN, "value": "up"},
        "negative_button": {"text": PLAIN, "value": "down"},
    },
    "overflow": {"options": OPTIONS[:1]},
    "static_select": {"options": OPTIONS, "initial_option": OPTIONS[0]},
    "multi_static_select": {"option_groups": [{"label": PLAIN, "options": OPTIONS}]},
    "external_select": {},
    "radio_buttons": {"options": OPTIONS, "initial_option": OPTIONS[1]},
    "checkboxes": {"options": OPTIONS, "initial_options": OPTIONS},
    "datepicker": {"initial_date": "2026-01-02"},
    "timepicker": {"initial_time": "09:00"},
    "datetimepicker": {"initial_date_time": 1735689600},
    "plain_text_input": {"multiline": True, "initial_value": "x", "max_length": 9},
    "number_input": {"is_decimal_allowed": True, "min_value": "1"},
    "email_text_input": {},
    "url_text_input": {},
    "image": {"image_url": "https://x.example/i.png", "alt_text": "A chart"},
}


@pytest.mark.parametrize("kind", ELEMENTS)
def test_every_element_is_drawn_with_what_it_is_for(kind):
    element = {"type": kind, **FULL.get(kind, {})} | ({} if kind == "image" else {"action_id": "act"})
    if kind == "image":
        block = {"type": "context", "block_id": "b", "elements": [element]}
    elif kind in ("button", "overflow"):
        block = {"type": "actions", "block_id": "b", "elements": [element]}
    elif kind in ("icon_button", "feedback_buttons"):
        block = {"type": "context_actions", "block_id": "b", "elements": [element]}
    else:
        block = {"type": "input", "block_id": "b", "label": PLAIN, "element": element}
    surface = "modal" if block["type"] == "input" else "message"
    assert problems([block], surface) == []
    [made] = blocks([block], INK)
    html = as_html(made)
    assert "<b>" not in html
    if kind != "image":
        assert 'data-action-id="act"' in html
        assert 'data-block-id="b"' in html


def test_every_block_that_the_validator_knows_is_drawn():
    assert set(DRAW_BLOCK) == set(BLOCKS)


def test_block_that_is_not_known_is_reported():
    [made] = blocks([{"type": "hologram"}], INK)
    assert words(made) == "[hologram]: a block that the playground does not draw"


def test_message_for_one_alone_says_so():
    made = message(Message("C1", "1735689600.000001", "U1", "*hello*", viewer="U1"), INK, replies=2)
    assert as_list(made)[1]["class"] == "message ephemeral"
    assert words(made) == "AOnly visible to youana00:00hello2 replies"


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "the disk is full"}}
HANDED_OVER = [
    # what a message hands over, what is seen of it
    (
        {"attachments": [{"author_name": "ben", "text": "who *patches*?", "footer": "Posted in #ops"}]},
        "benwho patches?Posted in #ops",
    ),
    ({"attachments": [{"text": "", "message_blocks": [{"message": {"blocks": [SECTION]}}]}]}, "the disk is full"),
    (
        {"attachments": [{"text": "see", "attachments": [{"title": "Alarm"}], "files": [{"title": "a.png"}]}]},
        "seeAlarma.png",
    ),
    (
        {"files": [{"subject": "Tables", "plain_text": "who?\nus?", "from": [{"original": "D <d@x.example>"}]}]},
        "TablesFrom D <d@x.example>who?us?",
    ),
    ({"files": [{"name": "x.png"}]}, "x.png"),
]


@pytest.mark.parametrize(("fields", "shown"), HANDED_OVER)
def test_what_is_handed_over_is_shown(fields, shown):
    made = message(Message("C1", "1735689600.000001", "U1", "look", **fields), INK)
    assert words(made) == f"Aana00:00look{shown}"
    assert "<d@" not in as_html(made)


def test_zero_is_an_attribute_like_others():
    assert as_html(h("div", tabindex=0, hidden=False, open=True, title=None)) == '<div tabindex="0" open></div>'
