"""Blocks that Slack refuses, each with where: (name, surface, blocks, path). And a few that it takes, for contrast."""

# ruff: noqa: E501  a case a line, to be read as a table
from typing import Any


def plain(text: Any = "x", **more: Any) -> dict:
    return {"type": "plain_text", "text": text, **more}


def mrkdwn(text: Any = "x", **more: Any) -> dict:
    return {"type": "mrkdwn", "text": text, **more}


def section(**fields: Any) -> dict:
    return {"type": "section", **fields}


def button(**fields: Any) -> dict:
    return {"type": "button", "text": plain(), **fields}


def actions(*elements: dict, **fields: Any) -> dict:
    return {"type": "actions", "elements": list(elements), **fields}


def option(value: Any = "v", **fields: Any) -> dict:
    return {"text": plain(), "value": value, **fields}


def select(**fields: Any) -> dict:
    return {"type": "static_select", "options": [option()], **fields}


def confirm(**fields: Any) -> dict:
    return {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain(), **fields}


def entry(element: dict, **fields: Any) -> dict:
    return {"type": "input", "label": plain(), "element": element, **fields}


def image(**fields: Any) -> dict:
    return {"type": "image", "alt_text": "x", "image_url": "https://x.example/y.png", **fields}


def rich(*parts: dict) -> dict:
    return {"type": "rich_text", "elements": list(parts)}


def line(*words: dict) -> dict:
    return {"type": "rich_text_section", "elements": list(words)}


def table(rows: Any, **fields: Any) -> dict:
    return {"type": "table", "rows": rows, **fields}


def data_table(rows: Any, **fields: Any) -> dict:
    return {"type": "data_table", "caption": "x", "rows": rows, **fields}


def container(*children: dict, **fields: Any) -> dict:
    return {"type": "container", "title": plain(), "child_blocks": list(children), **fields}


WORD = {"type": "text", "text": "x"}
CELL = {"type": "raw_text", "text": "x"}
DIVIDER = {"type": "divider"}
MARKDOWN = {"type": "markdown", "text": "x" * 7000}
CARD = {"type": "card", "title": mrkdwn()}
ACTION = "blocks[0].elements[0]"

# fmt: off
SEEDED: list[tuple[str, str, Any, str]] = [
    # Counts, types and ids of blocks
    ("51 blocks in a message", "message", [DIVIDER] * 51, "blocks"),
    ("101 blocks in a modal", "modal", [DIVIDER] * 101, "blocks"),
    ("101 blocks on a home tab", "home", [DIVIDER] * 101, "blocks"),
    ("blocks are no list", "message", {"type": "divider"}, "blocks"),
    ("blocks are null", "message", None, "blocks"),
    ("a block that is a string", "message", ["divider"], "blocks[0]"),
    ("unknown block type", "message", [{"type": "text", "text": "x"}], "blocks[0].type"),
    ("a block without type", "message", [{"text": plain()}], "blocks[0].type"),
    ("a type that is a list", "message", [{"type": ["divider"]}], "blocks[0].type"),
    ("file block", "message", [{"type": "file", "source": "remote", "external_id": "x"}], "blocks[0].type"),
    ("video block", "message", [{"type": "video"}], "blocks[0].type"),
    ("unknown field of a divider", "message", [{"type": "divider", "text": "x"}], "blocks[0].text"),
    ("block_id too long", "message", [{"type": "divider", "block_id": "x" * 256}], "blocks[0].block_id"),
    ("block_id empty", "message", [{"type": "divider", "block_id": ""}], "blocks[0].block_id"),
    ("block_id a number", "message", [{"type": "divider", "block_id": 1}], "blocks[0].block_id"),
    ("block_id twice", "message", [{"type": "divider", "block_id": "a"}] * 2, "blocks[1].block_id"),
    ("block_id twice, once within", "message", [{"type": "divider", "block_id": "a"}, container({"type": "divider", "block_id": "a"})], "blocks[1].child_blocks[0].block_id"),
    # Sections and texts
    ("section of nothing", "message", [section()], "blocks[0]"),
    ("section text 3001", "message", [section(text=mrkdwn("x" * 3001))], "blocks[0].text.text"),
    ("section text empty", "message", [section(text=mrkdwn(""))], "blocks[0].text.text"),
    ("section text a string", "message", [section(text="x")], "blocks[0].text"),
    ("section text null", "message", [section(text=None)], "blocks[0].text"),
    ("text of type markdown", "message", [section(text={"type": "markdown", "text": "x"})], "blocks[0].text.type"),
    ("text of type text", "message", [section(text={"type": "text", "text": "x"})], "blocks[0].text.type"),
    ("text without text", "message", [section(text={"type": "mrkdwn"})], "blocks[0].text.text"),
    ("text that is a number", "message", [section(text=mrkdwn(1))], "blocks[0].text.text"),
    ("emoji with mrkdwn", "message", [section(text=mrkdwn(emoji=True))], "blocks[0].text.emoji"),
    ("verbatim with plain_text", "message", [section(text=plain(verbatim=True))], "blocks[0].text.verbatim"),
    ("emoji is a string", "message", [section(text=plain(emoji="true"))], "blocks[0].text.emoji"),
    ("11 fields", "message", [section(fields=[mrkdwn()] * 11)], "blocks[0].fields"),
    ("no fields", "message", [section(fields=[])], "blocks[0].fields"),
    ("field 2001", "message", [section(fields=[mrkdwn(), mrkdwn("x" * 2001)])], "blocks[0].fields[1].text"),
    ("plain_text_input as accessory", "message", [section(text=mrkdwn(), accessory={"type": "plain_text_input"})], "blocks[0].accessory.type"),
    ("accessory is a list", "message", [section(text=mrkdwn(), accessory=[button()])], "blocks[0].accessory"),
    ("accessories", "message", [section(text=mrkdwn(), accessories=[button()])], "blocks[0].accessories"),
    ("expand is a string", "message", [section(text=mrkdwn(), expand="yes")], "blocks[0].expand"),
    # Headers, context, images
    ("header 151", "message", [{"type": "header", "text": plain("x" * 151)}], "blocks[0].text.text"),
    ("header in mrkdwn", "message", [{"type": "header", "text": mrkdwn()}], "blocks[0].text.type"),
    ("header without text", "message", [{"type": "header"}], "blocks[0].text"),
    ("11 context elements", "message", [{"type": "context", "elements": [mrkdwn()] * 11}], "blocks[0].elements"),
    ("empty context", "message", [{"type": "context", "elements": []}], "blocks[0].elements"),
    ("button in context", "message", [{"type": "context", "elements": [button()]}], "blocks[0].elements[0].type"),
    ("image without alt_text", "message", [{"type": "image", "image_url": "https://x.example"}], "blocks[0].alt_text"),
    ("image with both sources", "message", [image(slack_file={"id": "F1"})], "blocks[0]"),
    ("image with no source", "message", [{"type": "image", "alt_text": "x"}], "blocks[0]"),
    ("image_url no URL", "message", [image(image_url="y.png")], "blocks[0].image_url"),
    ("image_url 3001", "message", [image(image_url="https://" + "x" * 2993)], "blocks[0].image_url"),
    ("alt_text 2001", "message", [image(alt_text="x" * 2001)], "blocks[0].alt_text"),
    ("title of an image in mrkdwn", "message", [image(title=mrkdwn())], "blocks[0].title.type"),
    ("image element with a title", "message", [section(text=mrkdwn(), accessory=image(title=plain()))], "blocks[0].accessory.title"),
    # Actions and buttons
    ("26 elements", "message", [actions(*[button()] * 26)], "blocks[0].elements"),
    ("no elements", "message", [actions()], "blocks[0].elements"),
    ("elements missing", "message", [{"type": "actions"}], "blocks[0].elements"),
    ("unknown element", "message", [actions({"type": "link_button"})], f"{ACTION}.type"),
    ("text among actions", "message", [actions(mrkdwn())], f"{ACTION}.type"),
    ("image among actions", "message", [actions(image())], f"{ACTION}.type"),
    ("button text 76", "message", [actions(button(text=plain("x" * 76)))], f"{ACTION}.text.text"),
    ("button text mrkdwn", "message", [actions(button(text=mrkdwn()))], f"{ACTION}.text.type"),
    ("button text a string", "message", [actions(button(text="x"))], f"{ACTION}.text"),
    ("button without text", "message", [actions({"type": "button"})], f"{ACTION}.text"),
    ("button value 2001", "message", [actions(button(value="x" * 2001))], f"{ACTION}.value"),
    ("button value a number", "message", [actions(button(value=7))], f"{ACTION}.value"),
    ("button url 3001", "message", [actions(button(url="https://" + "x" * 2993))], f"{ACTION}.url"),
    ("button url none", "message", [actions(button(url="docs"))], f"{ACTION}.url"),
    ("button style default", "message", [actions(button(style="default"))], f"{ACTION}.style"),
    ("button colour", "message", [actions(button(color="green"))], f"{ACTION}.color"),
    ("action_id 256", "message", [actions(button(action_id="x" * 256))], f"{ACTION}.action_id"),
    ("action_id twice in a block", "message", [actions(button(action_id="a"), button(action_id="a"))], "blocks[0].elements[1].action_id"),
    ("label 76", "message", [actions(button(accessibility_label="x" * 76))], f"{ACTION}.accessibility_label"),
    ("confirm title 101", "message", [actions(button(confirm=confirm(title=plain("x" * 101))))], f"{ACTION}.confirm.title.text"),
    ("confirm text 301", "message", [actions(button(confirm=confirm(text=plain("x" * 301))))], f"{ACTION}.confirm.text.text"),
    ("confirm button 31", "message", [actions(button(confirm=confirm(confirm=plain("x" * 31))))], f"{ACTION}.confirm.confirm.text"),
    ("confirm deny 31", "message", [actions(button(confirm=confirm(deny=plain("x" * 31))))], f"{ACTION}.confirm.deny.text"),
    ("confirm without deny", "message", [actions(button(confirm={k: v for k, v in confirm().items() if k != "deny"}))], f"{ACTION}.confirm.deny"),
    ("confirm style", "message", [actions(button(confirm=confirm(style="warning")))], f"{ACTION}.confirm.style"),
    # Menus and options
    ("101 options", "message", [actions(select(options=[option(str(n)) for n in range(101)]))], f"{ACTION}.options"),
    ("no options", "message", [actions(select(options=[]))], f"{ACTION}.options"),
    ("neither options nor groups", "message", [actions({"type": "static_select"})], ACTION),
    ("options and groups", "message", [actions(select(option_groups=[{"label": plain(), "options": [option()]}]))], ACTION),
    ("101 groups", "message", [actions({"type": "static_select", "option_groups": [{"label": plain(), "options": [option()]}] * 101})], f"{ACTION}.option_groups"),
    ("group label 76", "message", [actions({"type": "static_select", "option_groups": [{"label": plain("x" * 76), "options": [option()]}]})], f"{ACTION}.option_groups[0].label.text"),
    ("option value 151", "message", [actions(select(options=[option("v" * 151)]))], f"{ACTION}.options[0].value"),
    ("option without value", "message", [actions(select(options=[{"text": plain()}]))], f"{ACTION}.options[0].value"),
    ("option text 76", "message", [actions(select(options=[option(text=plain("x" * 76))]))], f"{ACTION}.options[0].text.text"),
    ("option text mrkdwn in a menu", "message", [actions(select(options=[option(text=mrkdwn())]))], f"{ACTION}.options[0].text.type"),
    ("option description 76", "message", [actions(select(options=[option(description=plain("x" * 76))]))], f"{ACTION}.options[0].description.text"),
    ("option url in a menu", "message", [actions(select(options=[option(url="https://x.example")]))], f"{ACTION}.options[0].url"),
    ("initial option not offered", "message", [actions(select(initial_option=option("other")))], ACTION),
    ("placeholder 151", "message", [actions(select(placeholder=plain("x" * 151)))], f"{ACTION}.placeholder.text"),
    ("6 in an overflow", "message", [actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]})], f"{ACTION}.options"),
    ("overflow url no URL", "message", [actions({"type": "overflow", "options": [option(url="x")]})], f"{ACTION}.options[0].url"),
    ("overflow with placeholder", "message", [actions({"type": "overflow", "options": [option()], "placeholder": plain()})], f"{ACTION}.placeholder"),
    ("11 checkboxes", "message", [actions({"type": "checkboxes", "options": [option(str(n)) for n in range(11)]})], f"{ACTION}.options"),
    ("11 radio buttons", "message", [actions({"type": "radio_buttons", "options": [option(str(n)) for n in range(11)]})], f"{ACTION}.options"),
    ("initial radio not offered", "message", [actions({"type": "radio_buttons", "options": [option()], "initial_option": option("w")})], ACTION),
    ("external select with options", "message", [actions({"type": "external_select", "options": [option()]})], f"{ACTION}.options"),
    ("users select with options", "message", [actions({"type": "users_select", "options": [option()]})], f"{ACTION}.options"),
    ("empty filter", "message", [actions({"type": "conversations_select", "filter": {}})], f"{ACTION}.filter"),
    ("max_selected_items 0", "modal", [entry({"type": "multi_users_select", "max_selected_items": 0})], "blocks[0].element.max_selected_items"),
    ("no such day", "message", [actions({"type": "datepicker", "initial_date": "2026-02-30"})], f"{ACTION}.initial_date"),
    ("day the other way round", "message", [actions({"type": "datepicker", "initial_date": "31.01.2026"})], f"{ACTION}.initial_date"),
    ("no such time", "message", [actions({"type": "timepicker", "initial_time": "24:00"})], f"{ACTION}.initial_time"),
    ("time in 12 hours", "message", [actions({"type": "timepicker", "initial_time": "9:00"})], f"{ACTION}.initial_time"),
    ("two with focus", "modal", [entry({"type": "plain_text_input", "focus_on_load": True}), entry({"type": "plain_text_input", "focus_on_load": True})], "blocks[1].element.focus_on_load"),
    # Inputs
    ("input without label", "modal", [{"type": "input", "element": {"type": "plain_text_input"}}], "blocks[0].label"),
    ("input without element", "modal", [{"type": "input", "label": plain()}], "blocks[0].element"),
    ("label 2001", "modal", [entry({"type": "plain_text_input"}, label=plain("x" * 2001))], "blocks[0].label.text"),
    ("label mrkdwn", "modal", [entry({"type": "plain_text_input"}, label=mrkdwn())], "blocks[0].label.type"),
    ("hint 2001", "modal", [entry({"type": "plain_text_input"}, hint=plain("x" * 2001))], "blocks[0].hint.text"),
    ("button in an input", "modal", [entry(button())], "blocks[0].element.type"),
    ("plain_text_input among actions", "modal", [actions({"type": "plain_text_input"})], f"{ACTION}.type"),
    ("min_length 3001", "modal", [entry({"type": "plain_text_input", "min_length": 3001})], "blocks[0].element.min_length"),
    ("min above max", "modal", [entry({"type": "plain_text_input", "min_length": 9, "max_length": 3})], "blocks[0].element.min_length"),
    ("dispatch on nothing known", "modal", [entry({"type": "plain_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_blur"]}})], "blocks[0].element.dispatch_action_config.trigger_actions_on[0]"),
    ("number input without its flag", "modal", [entry({"type": "number_input"})], "blocks[0].element.is_decimal_allowed"),
    # Rich text
    ("rich text of nothing", "message", [rich()], "blocks[0].elements"),
    ("rich text with words outside a section", "message", [rich(WORD)], "blocks[0].elements[0].type"),
    ("empty word", "message", [rich(line({"type": "text", "text": ""}))], "blocks[0].elements[0].elements[0].text"),
    ("unknown word", "message", [rich(line({"type": "mention", "user_id": "U1"}))], "blocks[0].elements[0].elements[0].type"),
    ("unknown style", "message", [rich(line({**WORD, "style": {"blink": True}}))], "blocks[0].elements[0].elements[0].style.blink"),
    ("list without style", "message", [rich({"type": "rich_text_list", "elements": [line(WORD)]})], "blocks[0].elements[0].style"),
    ("list of words", "message", [rich({"type": "rich_text_list", "style": "bullet", "elements": [WORD]})], "blocks[0].elements[0].elements[0].type"),
    ("indent 9", "message", [rich({"type": "rich_text_list", "style": "bullet", "indent": 9, "elements": [line(WORD)]})], "blocks[0].elements[0].indent"),
    ("link to nowhere", "message", [rich(line({"type": "link", "url": ""}))], "blocks[0].elements[0].elements[0].url"),
    # Markdown and tables
    ("markdown 12,001", "message", [{"type": "markdown", "text": "x" * 12_001}], "blocks[0].text"),
    ("markdown 14,000 in two", "message", [MARKDOWN, MARKDOWN], "blocks[1].text"),
    ("markdown text an object", "message", [{"type": "markdown", "text": mrkdwn()}], "blocks[0].text"),
    ("markdown in a modal", "modal", [{"type": "markdown", "text": "x"}], "blocks[0].type"),
    ("two tables", "message", [table([[CELL]]), table([[CELL]])], "blocks[1]"),
    ("101 rows", "message", [table([[CELL]] * 101)], "blocks[0].rows"),
    ("no rows", "message", [table([])], "blocks[0].rows"),
    ("21 columns", "message", [table([[CELL] * 21])], "blocks[0].rows[0]"),
    ("a row that is an object", "message", [table([CELL])], "blocks[0].rows[0]"),
    ("a cell in mrkdwn", "message", [table([[mrkdwn()]])], "blocks[0].rows[0][0].type"),
    ("an empty cell", "message", [table([[{"type": "raw_text", "text": ""}]])], "blocks[0].rows[0][0].text"),
    ("column aligned middle", "message", [table([[CELL]], column_settings=[{"align": "middle"}])], "blocks[0].column_settings[0].align"),
    ("10,001 characters in cells", "message", [table([[{"type": "raw_text", "text": "x" * 5_000}, rich(line({**WORD, "text": "x" * 5_001}))]])], "blocks[0].rows"),
    ("table in a modal", "modal", [table([[CELL]])], "blocks[0].type"),
    ("data table without a caption", "message", [{"type": "data_table", "rows": [[CELL]] * 2}], "blocks[0].caption"),
    ("empty caption", "message", [data_table([[CELL]] * 2, caption="")], "blocks[0].caption"),
    ("caption in mrkdwn", "message", [data_table([[CELL]] * 2, caption=mrkdwn())], "blocks[0].caption"),
    ("data table of a heading alone", "message", [data_table([[CELL]])], "blocks[0].rows"),
    ("202 rows of a data table", "message", [data_table([[CELL]] * 202)], "blocks[0].rows"),
    ("a row that is too short", "message", [data_table([[CELL] * 2, [CELL]])], "blocks[0].rows[1]"),
    ("rich text in a heading", "message", [data_table([[rich(line(WORD))], [CELL]])], "blocks[0].rows[0][0].type"),
    ("an empty cell of a data table", "message", [data_table([[CELL], [{"type": "raw_text", "text": ""}]])], "blocks[0].rows[1][0].text"),
    ("a page of no rows", "message", [data_table([[CELL]] * 2, page_size=0)], "blocks[0].page_size"),
    ("a page of 101 rows", "message", [data_table([[CELL]] * 2, page_size=101)], "blocks[0].page_size"),
    ("rows named by a column that is not there", "message", [data_table([[CELL]] * 2, row_header_column_index=1)], "blocks[0].row_header_column_index"),
    ("settings of a data table's columns", "message", [data_table([[CELL]] * 2, column_settings=[None])], "blocks[0].column_settings"),
    ("20,001 characters in cells", "message", [data_table([[CELL], [{"type": "raw_text", "text": "x" * 20_000}]])], "blocks[0].rows"),
    ("a table and a data table", "message", [table([[CELL]]), data_table([[CELL]] * 2)], "blocks[1]"),
    ("data table in a modal", "modal", [data_table([[CELL]] * 2)], "blocks[0].type"),
    ("data table in a container", "message", [container(table([[CELL]]), data_table([[CELL]] * 2))], "blocks[0].child_blocks[1]"),
    # Newer blocks
    ("alert in a message", "message", [{"type": "alert", "text": plain()}], "blocks[0].type"),
    ("alert level", "modal", [{"type": "alert", "text": plain(), "level": "fatal"}], "blocks[0].level"),
    ("card of nothing", "message", [{"type": "card"}], "blocks[0]"),
    ("card title 151", "message", [{"type": "card", "title": mrkdwn("x" * 151)}], "blocks[0].title.text"),
    ("card body 201", "message", [{"type": "card", "body": mrkdwn("x" * 201)}], "blocks[0].body.text"),
    ("card on a home tab", "home", [CARD], "blocks[0].type"),
    ("11 cards", "message", [{"type": "carousel", "elements": [CARD] * 11}], "blocks[0].elements"),
    ("section in a carousel", "message", [{"type": "carousel", "elements": [section(text=plain())]}], "blocks[0].elements[0].type"),
    ("11 in a container", "message", [container(*[DIVIDER] * 11)], "blocks[0].child_blocks"),
    ("empty container", "message", [container()], "blocks[0].child_blocks"),
    ("container in a container", "message", [container(container(DIVIDER))], "blocks[0].child_blocks[0].type"),
    ("container without a title", "message", [{"type": "container", "child_blocks": [DIVIDER]}], "blocks[0]"),
    ("container collapsed for good", "message", [container(DIVIDER, default_collapsed=True)], "blocks[0].default_collapsed"),
    ("container width", "message", [container(DIVIDER, width="huge")], "blocks[0].width"),
    ("6 context actions", "message", [{"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain()}] * 6}], "blocks[0].elements"),
    ("button in context actions", "message", [{"type": "context_actions", "elements": [button()]}], "blocks[0].elements[0].type"),
    ("feedback with one side", "message", [{"type": "context_actions", "elements": [{"type": "feedback_buttons", "positive_button": {"text": plain(), "value": "y"}}]}], "blocks[0].elements[0].negative_button"),
    ("feedback without value", "message", [{"type": "context_actions", "elements": [{"type": "feedback_buttons", "positive_button": {"text": plain()}, "negative_button": {"text": plain(), "value": "n"}}]}], "blocks[0].elements[0].positive_button.value"),
]

VALID: list[tuple[str, str, Any]] = [
    ("nothing", "message", []),
    ("50 blocks", "message", [DIVIDER] * 50),
    ("section at its limits", "message", [section(text=mrkdwn("x" * 3000, verbatim=True), fields=[plain("x" * 2000)] * 10, expand=True)]),
    ("fields alone", "message", [section(fields=[mrkdwn()])]),
    ("header at its limit", "message", [{"type": "header", "text": plain("x" * 150, emoji=True), "block_id": "x" * 255}]),
    ("context", "message", [{"type": "context", "elements": [mrkdwn(), plain(), image()]}]),
    ("buttons at their limits", "message", [actions(*[button(text=plain("x" * 75), value="v" * 2000, url="https://x.example", style="danger", action_id=f"a{n}", confirm=confirm(style="primary")) for n in range(25)])]),
    ("the same action_id in two blocks", "message", [actions(button(action_id="a")), actions(button(action_id="a"))]),
    ("menus", "message", [actions(select(initial_option=option(), placeholder=plain()), {"type": "overflow", "options": [option(url="https://x.example")]}, {"type": "users_select"}, {"type": "channels_select"}, {"type": "external_select", "min_query_length": 0})]),
    ("groups", "message", [section(text=mrkdwn(), accessory={"type": "static_select", "option_groups": [{"label": plain(), "options": [option("v" * 150)]}], "initial_option": option("v" * 150)})]),
    ("boxes", "message", [actions({"type": "checkboxes", "options": [option(text=mrkdwn(), description=mrkdwn())]}, {"type": "radio_buttons", "options": [option()]})]),
    ("pickers", "message", [actions({"type": "datepicker", "initial_date": "2028-02-29"}, {"type": "timepicker", "initial_time": "09:00", "timezone": "Europe/Lisbon"}, {"type": "datetimepicker", "initial_date_time": 1628633820})]),
    ("a form", "modal", [entry({"type": "plain_text_input", "multiline": True, "min_length": 0, "max_length": 3000, "focus_on_load": True}, hint=plain(), optional=True), entry({"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "2"}), entry({"type": "email_text_input"}), entry({"type": "multi_conversations_select", "filter": {"include": ["public"]}})]),
    ("rich text", "message", [rich(line(WORD, {"type": "link", "url": "https://x.example", "style": {"bold": True}}, {"type": "user", "user_id": "U1"}, {"type": "emoji", "name": "wave"}), {"type": "rich_text_list", "style": "ordered", "elements": [line(WORD)], "indent": 1}, {"type": "rich_text_quote", "elements": [WORD]}, {"type": "rich_text_preformatted", "elements": [WORD]})]),
    ("a table", "message", [table([[CELL] * 20] * 100, column_settings=[None, {"align": "right", "is_wrapped": True}]), {"type": "markdown", "text": "x" * 12_000}]),
    ("10,000 characters in cells", "message", [table([[{"type": "raw_text", "text": "x" * 5_000}] * 2])]),
    ("tables on a home tab", "home", [table([[CELL]])]),
    ("a data table", "message", [data_table([[CELL] * 20] * 201, page_size=100, row_header_column_index=19)]),
    ("cells of a data table", "message", [data_table([[CELL, CELL], [rich(line(WORD)), {"type": "raw_number", "value": 1.5, "text": "1.5"}]])]),
    ("20,000 characters in cells", "message", [data_table([[CELL], [{"type": "raw_text", "text": "x" * 19_999}]])]),
    ("cells", "message", [table([[CELL, rich(line(WORD)), {"type": "raw_number", "value": 1.5}]])]),
    ("images", "home", [image(title=plain()), {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}}]),
    ("alert", "modal", [{"type": "alert", "text": mrkdwn(), "level": "warning"}]),
    ("cards", "message", [{"type": "carousel", "elements": [{**CARD, "subtitle": mrkdwn(), "body": mrkdwn(), "hero_image": image(), "actions": [button()]}] * 10}]),
    ("container", "message", [container(section(text=mrkdwn()), DIVIDER, actions(button()), is_collapsible=True, default_collapsed=True, width="full", subtitle=mrkdwn(), icon=image())]),
    ("feedback", "message", [{"type": "context_actions", "elements": [{"type": "feedback_buttons", "action_id": "f", "positive_button": {"text": plain(), "value": "y"}, "negative_button": {"text": plain(), "value": "n"}}, {"type": "icon_button", "icon": "trash", "text": plain(), "value": "v"}]}]),
]
# fmt: on
