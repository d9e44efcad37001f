"""A rich_text block -> nodes: sections, lists, quotes, code; what people's own messages are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .context import DrawContext
from .emoji import emoji
from .mrkdwn import date, link, mention
from .tree import Element, Node, h

Json = dict[str, Any]
STYLE_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code", "highlight": "mark"}


def rich_text(block: Json, ink: DrawContext) -> Element:
    """The whole block."""
    return h("div", *[part(each, ink) for each in block.get("elements", [])], class_="b-rich")


def part(element: Json, ink: DrawContext) -> Node:
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


def words(elements: list[Json], ink: DrawContext) -> list[Node]:
    """What is in a section, line breaks as they are."""
    made: list[Node] = []
    for each in elements:
        node = word(each, ink)
        for style in each.get("style") or {}:
            node = h(STYLE_TAGS[style], node) if style in STYLE_TAGS else node
        made += lines(node) if isinstance(node, str) else [node]
    return made


def lines(text: str) -> list[Node]:
    """Text with its line breaks as elements."""
    made: list[Node] = []
    for number, line in enumerate(text.split("\n")):
        made += [h("br")] if number else []
        made += [line] if line else []
    return made


def word(element: Json, ink: DrawContext) -> Node:
    """One element, without its style."""
    kind = str(element.get("type"))
    return (
        DRAW_INLINE[kind](element, ink)
        if kind in DRAW_INLINE
        else str(element.get("text") or element.get("value") or "")
    )


def named(sign: str, field: str) -> Callable[[Json, DrawContext], Node]:
    """A mention of the person that a field names."""

    def draw(element: Json, ink: DrawContext) -> Node:
        """The name where it is known."""
        value = str(element.get(field))
        return mention(sign + (ink.people.get(value) or ink.channels.get(value) or value))

    return draw


def address(element: Json, ink: DrawContext) -> Node:
    """A link."""
    return link(str(element.get("url")), [str(element.get("text") or element.get("url"))])


def moment(element: Json, ink: DrawContext) -> Node:
    """A date in the viewer's zone."""
    return date(f"!date^{element.get('timestamp')}^{element.get('format')}", str(element.get("fallback", "")), ink)


DRAW_INLINE: dict[str, Callable[[Json, DrawContext], Node]] = {
    "broadcast": named("@", "range"),
    "channel": named("#", "channel_id"),
    "date": moment,
    "emoji": lambda element, ink: emoji(str(element.get("name"))),
    "link": address,
    "team": named("@", "team_id"),
    "user": named("@", "user_id"),
    "usergroup": named("@", "usergroup_id"),
}
