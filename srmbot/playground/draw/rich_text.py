"""A rich_text block -> nodes: sections, lists, quotes, code; what people's own messages are made of."""

from __future__ import annotations

from typing import Any

from .emoji import emoji
from .ink import Ink
from .mrkdwn import date, link, mention
from .tree import Element, Node, h

Json = dict[str, Any]
STYLES = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code", "highlight": "mark"}


def rich_text(block: Json, ink: Ink) -> Element:
    """The whole block."""
    return h("div", *[part(each, ink) for each in block.get("elements", [])], class_="b-rich")


def part(element: Json, ink: Ink) -> Node:
    """A section, a list, a quote, or code."""
    inner = element.get("elements", [])
    kind = element.get("type")
    if kind == "rich_text_list":
        tag = "ol" if element.get("style") == "ordered" else "ul"
        items = [h("li", *words(each.get("elements", []), ink)) for each in inner]
        return h(tag, *items, class_=f"indent-{min(8, int(element.get('indent', 0)))}")
    if kind == "rich_text_quote":
        return h("blockquote", *words(inner, ink))
    if kind == "rich_text_preformatted":
        return h("pre", h("code", *words(inner, ink)))
    return h("div", *words(inner, ink))


def words(elements: list[Json], ink: Ink) -> list[Node]:
    """What stands in a section, line breaks as they are."""
    made: list[Node] = []
    for each in elements:
        node = word(each, ink)
        for style in each.get("style") or {}:
            node = h(STYLES[style], node) if style in STYLES else node
        made += lines(node) if isinstance(node, str) else [node]
    return made


def lines(text: str) -> list[Node]:
    """Text with its line breaks as elements."""
    made: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        made += [h("br")] if number else []
        made += [line] if line else []
    return made


def word(element: Json, ink: Ink) -> Node:
    """One element, without its style."""
    kind = element.get("type")
    if kind == "link":
        return link(str(element.get("url")), [str(element.get("text") or element.get("url"))])
    if kind == "emoji":
        return emoji(str(element.get("name")))
    if kind == "user":
        return mention(f"@{ink.people.get(str(element.get('user_id')), element.get('user_id'))}")
    if kind == "channel":
        return mention(f"#{ink.channels.get(str(element.get('channel_id')), element.get('channel_id'))}")
    if kind in ("usergroup", "team", "broadcast"):
        return mention(f"@{element.get('range') or element.get('usergroup_id') or element.get('team_id')}")
    if kind == "date":
        return date(f"!date^{element.get('timestamp')}^{element.get('format')}", str(element.get("fallback", "")), ink)
    return str(element.get("text") or element.get("value") or "")
