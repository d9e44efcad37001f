"""Block Kit as Slack would judge it: blocks, a message or a view, and the surface -> every problem.

Stricter than the SDK's models: unknown fields, types, empty texts and repeated ids are problems too.
Limits: https://docs.slack.dev/reference/block-kit/blocks and …/reference/views.
"""

from __future__ import annotations

import json
from typing import Any

from . import elements, rich_text, tables
from .elements import PLAIN_TEXT
from .rules import (
    Check,
    Json,
    Problem,
    Rule,
    Surface,
    Walk,
    at_least_one,
    block_id,
    flag,
    kind_of,
    kinds,
    many,
    on,
    one_of,
    only_one,
    shape,
    string,
    text,
)
from .tables import listed

__all__ = ["Problem", "Surface", "message_problems", "problems", "view_problems"]

MOST_BLOCKS: dict[Surface, int] = {"message": 50, "modal": 100, "home": 100}
MARKDOWN_LIMIT = 12_000
MESSAGE_TEXT_LIMIT = 40_000
VIEW_BYTES = 250 * 1024


def count_markdown(value: Json, path: str, walk: Walk) -> None:
    """A rule: all markdown blocks of a payload together have at most 12,000 characters."""
    size, before = len(value["text"]) if isinstance(value.get("text"), str) else 0, walk.markdown
    walk.markdown += size
    if before <= MARKDOWN_LIMIT < walk.markdown and size <= MARKDOWN_LIMIT:
        walk.say(f"{path}.text", f"all markdown blocks together have over {MARKDOWN_LIMIT} characters")


def collapses(value: Json, path: str, walk: Walk) -> None:
    """A rule: a container collapsed at first can be collapsed, and then it has no divider."""
    if value.get("default_collapsed") and not value.get("is_collapsible"):
        walk.say(f"{path}.default_collapsed", "needs is_collapsible")
    if value.get("has_header_divider") and value.get("is_collapsible"):
        walk.say(f"{path}.has_header_divider", "may not stand beside is_collapsible")


def block(fields: dict[str, Check], required: tuple[str, ...] = (), *rules: Rule) -> Check:
    """A block's check: its own fields and a block_id; its action_ids are counted apart from other blocks'."""
    inner = shape({**fields, "block_id": block_id}, required, *rules)

    def check(value: Any, path: str, walk: Walk) -> None:
        outside, walk.action_ids = walk.action_ids, set()
        inner(value, path, walk)
        walk.action_ids = outside

    return check


def any_object(value: Any, path: str, walk: Walk) -> None:
    """Any object: an attachment's own fields are not judged."""
    if not isinstance(value, dict):
        walk.say(path, f"must be an object, is {kind_of(value)}")


CARD = block(
    {
        "hero_image": kinds({"image": elements.IMAGE}, "element"),
        "icon": kinds({"image": elements.IMAGE}, "element"),
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": many(kinds({"button": elements.BUTTON}, "element"), 3),
    },
    (),
    at_least_one("hero_image", "title", "actions", "body"),
    on("message"),
)
PLAIN_BLOCKS: dict[str, Check] = {
    "actions": block({"elements": many(elements.IN_ACTIONS, 25)}, ("elements",)),
    "context": block({"elements": many(elements.IN_CONTEXT, 10)}, ("elements",)),
    "divider": block({}),
    "header": block({"text": text(150, PLAIN_TEXT)}, ("text",)),
    "image": block(
        {**elements.IMAGE_FIELDS, "title": text(2000, PLAIN_TEXT)}, ("alt_text",), only_one("image_url", "slack_file")
    ),
    "input": block(
        {
            "label": text(2000, PLAIN_TEXT),
            "hint": text(2000, PLAIN_TEXT),
            "optional": flag,
            "dispatch_action": flag,
            "element": elements.IN_INPUT,
        },
        ("label", "element"),
    ),
    "rich_text": block({"elements": rich_text.ELEMENTS}, ("elements",)),
    "section": block(
        {"text": text(3000), "fields": many(text(2000), 10), "accessory": elements.IN_SECTION, "expand": flag},
        (),
        at_least_one("text", "fields"),
    ),
    "data_table": block(tables.DATA_TABLE, ("rows", "caption"), *tables.DATA_TABLE_RULES),
    "table": block(tables.TABLE_FIELDS, ("rows",), *tables.TABLE_RULES),
}
BLOCKS: dict[str, Check] = {
    **PLAIN_BLOCKS,
    "alert": block(
        {"text": text(200), "level": one_of("default", "info", "warning", "error", "success")}, ("text",), on("modal")
    ),
    "card": CARD,
    "carousel": block({"elements": many(kinds({"card": CARD}, "block"), 10)}, ("elements",), on("message")),
    # Surfaces of a container are not documented: accepted everywhere.
    "container": block(
        {
            "title": text(150, PLAIN_TEXT),
            "rich_text_title": kinds({"rich_text": PLAIN_BLOCKS["rich_text"]}, "block"),
            "subtitle": text(150),
            "child_blocks": many(kinds(PLAIN_BLOCKS, "block"), 10),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": kinds({"image": elements.IMAGE}, "element"),
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
        ("child_blocks",),
        at_least_one("title", "rich_text_title"),
        collapses,
    ),
    "context_actions": block({"elements": many(elements.IN_CONTEXT_ACTIONS, 5)}, ("elements",), on("message")),
    "markdown": block({"text": string(MARKDOWN_LIMIT)}, ("text",), count_markdown, on("message")),
}
ANY_BLOCK = kinds(BLOCKS, "block")


def problems(blocks: Any, surface: Surface = "message") -> list[Problem]:
    """What Slack would refuse in these blocks on that surface, sorted by place; none if all is well."""
    walk = Walk(surface)
    many(ANY_BLOCK, MOST_BLOCKS[surface], least=0)(blocks, "blocks", walk)
    return walk.found


def message_problems(message: Any) -> list[Problem]:
    """Blocks, text and attachments of a message; no `text` beside blocks is a warning (screen readers need it)."""
    if not isinstance(message, dict):
        return [Problem("", f"must be an object, is {kind_of(message)}")]
    walk, blocks, words = Walk("message"), message.get("blocks"), message.get("text")
    if blocks is not None:
        walk.found += problems(blocks, "message")
    if words is not None:
        string(MESSAGE_TEXT_LIMIT, least=0)(words, "text", walk)
    if message.get("attachments") is not None:
        many(any_object, 100, least=0)(message["attachments"], "attachments", walk)
    for index, attachment in enumerate(listed(message.get("attachments"))):
        inner = attachment.get("blocks") if isinstance(attachment, dict) else None
        found = problems(inner, "message") if inner is not None else []
        walk.found += [Problem(f"attachments[{index}].{each.path}", each.what) for each in found]
    if blocks and not words:
        walk.found.append(Problem("text", "is missing: screen readers and notifications show it", warning=True))
    return walk.found


VIEW: dict[str, Check] = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
}
VIEWS: dict[str, dict[str, Check]] = {
    "home": VIEW,
    "modal": {
        **VIEW,
        "title": text(24, PLAIN_TEXT),
        "submit": text(24, PLAIN_TEXT),
        "close": text(24, PLAIN_TEXT),
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
}


def view_problems(view: Any) -> list[Problem]:
    """What Slack would refuse in a view, modal or home, its blocks included."""
    if not isinstance(view, dict):
        return [Problem("view", f"must be an object, is {kind_of(view)}")]
    surface = view.get("type")
    if not isinstance(surface, str) or surface not in VIEWS:
        return [Problem("view.type", f"is {surface!r}, must be modal or home")]
    walk = Walk("modal" if surface == "modal" else "home")
    blocks = many(ANY_BLOCK, MOST_BLOCKS[walk.surface], least=0)
    required = ("blocks", "title") if surface == "modal" else ("blocks",)
    shape({**VIEWS[surface], "blocks": blocks}, required)(view, "view", walk)
    kinds_there = [each.get("type") for each in listed(view.get("blocks")) if isinstance(each, dict)]
    if surface == "modal" and "input" in kinds_there and "submit" not in view:
        walk.say("view.submit", "is required where there is an input block")
    if len(json.dumps(view).encode()) > VIEW_BYTES:
        walk.say("view", f"is larger than {VIEW_BYTES} bytes")
    return walk.found
