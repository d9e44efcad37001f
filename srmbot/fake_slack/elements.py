"""What may stand inside a block: composition objects and interactive elements, as tables of checks.

Limits: https://docs.slack.dev/reference/block-kit/block-elements and …/composition-objects, the types of
slackapi/node-slack-sdk and the models of slack_sdk 3.47.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from .rules import (
    Check,
    Json,
    Rule,
    Walk,
    at_least_one,
    flag,
    kinds,
    many,
    one_of,
    only_one,
    shape,
    string,
    text,
    unique_id,
    whole,
)

URL = string(3000, like=r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
WEB_URL = string(3000, like=r"https?://\S+")
PLAIN_TEXT = "plain_text"
BUTTON_STYLE = one_of("primary", "danger")
IDS = many(string(255), 1000)


def action_id(value: Any, path: str, walk: Walk) -> None:
    """At most 255 characters, and unique in its block."""
    unique_id(value, path, walk, walk.action_ids, "block")


def focus(value: Any, path: str, walk: Walk) -> None:
    """True for one element of a payload at most."""
    flag(value, path, walk)
    walk.focused += value is True
    if value is True and walk.focused > 1:
        walk.say(path, "only one element may have focus")


def day(value: Any, path: str, walk: Walk) -> None:
    """A day that exists, as YYYY-MM-DD."""
    try:
        good = isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        good = False
    if not good:
        walk.say(path, f"{value!r} is no day like 2026-01-31")


def ordered(low: str, high: str) -> Rule:
    """A rule: where both fields are there, the first is not above the second."""

    def check(value: Json, path: str, walk: Walk) -> None:
        try:
            wrong = float(value[low]) > float(value[high])
        except (KeyError, TypeError, ValueError):
            return  # one is missing, or its own check has spoken
        if wrong:
            walk.say(f"{path}.{low}", f"is above {high}")

    return check


def initial_is_offered(value: Json, path: str, walk: Walk) -> None:
    """A rule: what is chosen at first is one of the options."""
    groups = value.get("option_groups")
    listed = [group.get("options") for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
    offered = [option for part in [value.get("options"), *listed] if isinstance(part, list) for option in part]
    chosen = value.get("initial_options", [value["initial_option"]] if "initial_option" in value else [])
    for option in chosen if isinstance(chosen, list) else []:
        if option not in offered:
            walk.say(path, "an initial option is not one of the options")


CONFIRM_DIALOG = shape(
    {
        "title": text(100, PLAIN_TEXT),
        "text": text(300),
        "confirm": text(30, PLAIN_TEXT),
        "deny": text(30, PLAIN_TEXT),
        "style": BUTTON_STYLE,
    },
    ("title", "text", "confirm", "deny"),
)
SLACK_FILE = shape({"id": string(255), "url": URL}, (), only_one("id", "url"))
IMAGE_FIELDS: dict[str, Check] = {"alt_text": string(2000), "image_url": WEB_URL, "slack_file": SLACK_FILE}
IMAGE = shape(IMAGE_FIELDS, ("alt_text",), only_one("image_url", "slack_file"))
FILTER = shape(
    {
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    (),
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
DISPATCH = shape({"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})


def option(*types: str, url: bool = False) -> Check:
    """An option: text 75, value 150 (75 until 2025, slack_sdk and the docs say 150 now), description 75."""
    fields = {"text": text(75, *types), "value": string(150), "description": text(75, *types)}
    return shape({**fields, "url": URL} if url else fields, ("text", "value"))


MENU_OPTION = option(PLAIN_TEXT)
BOX_OPTION = option()  # radio buttons and checkboxes may use mrkdwn
OPTION_GROUP = shape({"label": text(75, PLAIN_TEXT), "options": many(MENU_OPTION, 100)}, ("label", "options"))
ACTION: dict[str, Check] = {"action_id": action_id}
PICK: dict[str, Check] = {**ACTION, "confirm": CONFIRM_DIALOG, "focus_on_load": focus}
MENU: dict[str, Check] = {**PICK, "placeholder": text(150, PLAIN_TEXT)}
STATIC: dict[str, Check] = {**MENU, "options": many(MENU_OPTION, 100), "option_groups": many(OPTION_GROUP, 100)}
BOXES: dict[str, Check] = {**PICK, "options": many(BOX_OPTION, 10)}
INPUT: dict[str, Check] = {
    **ACTION,
    "focus_on_load": focus,
    "placeholder": text(150, PLAIN_TEXT),
    "dispatch_action_config": DISPATCH,
}
SEVERAL: dict[str, Check] = {"max_selected_items": whole(1, 1000)}
ID = string(255)
QUERY: dict[str, Check] = {"min_query_length": whole(0, 1000)}
TALKS: dict[str, Check] = {"default_to_current_conversation": flag, "filter": FILTER}
RESPONSE_URL_FLAG: dict[str, Check] = {"response_url_enabled": flag}

SELECTS: dict[str, Check] = {
    "static_select": shape(
        {**STATIC, "initial_option": MENU_OPTION}, (), only_one("options", "option_groups"), initial_is_offered
    ),
    "external_select": shape({**MENU, **QUERY, "initial_option": MENU_OPTION}),
    "users_select": shape({**MENU, "initial_user": ID}),
    "channels_select": shape({**MENU, **RESPONSE_URL_FLAG, "initial_channel": ID}),
    "conversations_select": shape({**MENU, **RESPONSE_URL_FLAG, **TALKS, "initial_conversation": ID}),
}
MULTI_SELECTS: dict[str, Check] = {
    "multi_static_select": shape(
        {**STATIC, **SEVERAL, "initial_options": many(MENU_OPTION, 100)},
        (),
        only_one("options", "option_groups"),
        initial_is_offered,
    ),
    "multi_external_select": shape({**MENU, **SEVERAL, **QUERY, "initial_options": many(MENU_OPTION, 100)}),
    "multi_users_select": shape({**MENU, **SEVERAL, "initial_users": IDS}),
    "multi_channels_select": shape({**MENU, **SEVERAL, "initial_channels": IDS}),
    "multi_conversations_select": shape({**MENU, **SEVERAL, **TALKS, "initial_conversations": IDS}),
}
BUTTON = shape(
    {
        **ACTION,
        "text": text(75, PLAIN_TEXT),
        "value": string(2000),
        "url": URL,
        "style": BUTTON_STYLE,
        "confirm": CONFIRM_DIALOG,
        "accessibility_label": string(75),
        "agent_prompt": string(4000),
        "visible_to_user_ids": IDS,
    },
    ("text",),
)
OVERFLOW = shape({**ACTION, "confirm": CONFIRM_DIALOG, "options": many(option(PLAIN_TEXT, url=True), 5)}, ("options",))
CHECKBOXES = shape({**BOXES, "initial_options": many(BOX_OPTION, 10)}, ("options",), initial_is_offered)
RADIO_BUTTONS = shape({**BOXES, "initial_option": BOX_OPTION}, ("options",), initial_is_offered)
DATEPICKER = shape({**MENU, "initial_date": day})
TIMEPICKER = shape({**MENU, "initial_time": string(5, like=r"([01]\d|2[0-3]):[0-5]\d"), "timezone": string(100)})
DATETIMEPICKER = shape({**PICK, "initial_date_time": whole(10**9, 10**10 - 1)})
PLAIN_TEXT_INPUT = shape(
    {
        **INPUT,
        "initial_value": string(3000, least=0),
        "multiline": flag,
        "min_length": whole(0, 3000),
        "max_length": whole(1, 3000),
    },
    (),
    ordered("min_length", "max_length"),
)
DECIMAL_TEXT = string(255, like=r"-?\d+(\.\d+)?")
NUMBER_INPUT = shape(
    {
        **INPUT,
        "is_decimal_allowed": flag,
        "initial_value": DECIMAL_TEXT,
        "min_value": DECIMAL_TEXT,
        "max_value": DECIMAL_TEXT,
    },
    ("is_decimal_allowed",),
    ordered("min_value", "max_value"),
)
LINE_INPUT = shape({**INPUT, "initial_value": string(3000, least=0)})
FILE_INPUT = shape({**ACTION, "filetypes": many(string(50), 100), "max_files": whole(1, 10)})
FEEDBACK = shape(
    {"text": text(75, PLAIN_TEXT), "value": string(2000), "accessibility_label": string(75)}, ("text", "value")
)
FEEDBACK_BUTTONS = shape(
    {**ACTION, "positive_button": FEEDBACK, "negative_button": FEEDBACK}, ("positive_button", "negative_button")
)
ICON_BUTTON = shape(
    {
        **ACTION,
        "icon": string(100),
        "text": text(75, PLAIN_TEXT),
        "value": string(2000),
        "accessibility_label": string(75),
        "visible_to_user_ids": IDS,
        "confirm": CONFIRM_DIALOG,
    },
    ("icon", "text"),
)

CHOICES: dict[str, Check] = {
    **SELECTS,
    **MULTI_SELECTS,
    "checkboxes": CHECKBOXES,
    "radio_buttons": RADIO_BUTTONS,
    "datepicker": DATEPICKER,
    "timepicker": TIMEPICKER,
}
IN_SECTION = kinds({**CHOICES, "button": BUTTON, "overflow": OVERFLOW, "image": IMAGE}, "element")
IN_ACTIONS = kinds({**CHOICES, "button": BUTTON, "overflow": OVERFLOW, "datetimepicker": DATETIMEPICKER}, "element")
IN_CONTEXT = kinds(
    {
        "image": IMAGE,
        "plain_text": text(3000, "plain_text"),
        "mrkdwn": text(3000, "mrkdwn"),
    },
    "element",
)
IN_CONTEXT_ACTIONS = kinds({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON}, "element")
IN_INPUT = kinds(
    {
        **CHOICES,
        "datetimepicker": DATETIMEPICKER,
        "plain_text_input": PLAIN_TEXT_INPUT,
        "number_input": NUMBER_INPUT,
        "email_text_input": LINE_INPUT,
        "url_text_input": LINE_INPUT,
        "file_input": FILE_INPUT,
    },
    "element",
)
