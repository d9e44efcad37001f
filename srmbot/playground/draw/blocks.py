"""Blocks -> nodes, as Slack lays them out: every type that it knows, and a plain sign for one that it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import elements, tables
from .context import DrawContext
from .elements import plain, text
from .mrkdwn import mrkdwn
from .rich_text import rich_text
from .tree import Element, Node, h

Json = dict[str, Any]


def blocks(given: list[Json], ink: DrawContext) -> list[Node]:
    """All blocks, each in its own element; their ids filled in already (`as_json` of a message or view)."""
    return [block(each, ink) for each in given]


def block(given: Json, ink: DrawContext) -> Element:
    """One block."""
    kind = str(given.get("type"))
    if kind not in DRAW_BLOCK:
        return h("div", f"[{kind}]: a block that the playground does not draw", class_="unknown")
    return DRAW_BLOCK[kind](given, ink)


def drawn(element: Json, given: Json, ink: DrawContext, form: bool = False) -> Element:
    """An element of a block."""
    return elements.draw(element, ink, str(given.get("block_id")), form)


def section(given: Json, ink: DrawContext) -> Element:
    """Text, up to ten fields in two columns, and one element beside them."""
    body: list[Node] = [h("div", *text(given["text"], ink))] if given.get("text") else []
    if given.get("fields"):
        body.append(h("div", *[h("div", *text(each, ink)) for each in given["fields"]], class_="fields"))
    beside = drawn(given["accessory"], given, ink) if given.get("accessory") else None
    return h("div", h("div", *body), beside, class_="b-section")


def context(given: Json, ink: DrawContext) -> Element:
    """Small text and images in a row."""
    made = [
        drawn(each, given, ink) if each.get("type") == "image" else h("span", *text(each, ink))
        for each in given.get("elements", [])
    ]
    return h("div", *made, class_="b-context")


def actions(given: Json, ink: DrawContext) -> Element:
    """Elements in a row."""
    return h("div", *[drawn(each, given, ink) for each in given.get("elements", [])], class_="b-actions")


def header(given: Json, ink: DrawContext) -> Element:
    """A large line."""
    return h("p", plain(given.get("text")), class_="b-header", role="heading", aria_level=2)


def divider(given: Json, ink: DrawContext) -> Element:
    """A line."""
    return h("hr", class_="b-divider")


def image(given: Json, ink: DrawContext) -> Element:
    """An image, by its words."""
    title = h("p", plain(given["title"])) if given.get("title") else None
    return h("div", title, elements.image(given, ink, {}), class_="b-image")


def input_(given: Json, ink: DrawContext) -> Element:
    """A labelled input of a form, with its hint and a place for what is wrong with it."""
    block_id, element = str(given.get("block_id")), given.get("element", {})
    name = f"{ink.place}-{block_id}"
    form = not given.get("dispatch_action")
    control = drawn(element, given, ink, form)
    grouped = element.get("type") in ("radio_buttons", "checkboxes")
    described_by = f"{name}-error" + (f" {name}-hint" if given.get("hint") else "")
    label = {"aria_labelledby": f"{name}-label"} if grouped else {"id": f"{name}-control"}
    held = {key: value for key, value in control.attributes.items() if key != "aria-label"}
    held |= {key.replace("_", "-"): value for key, value in label.items()} | {"aria-describedby": described_by}
    if not given.get("optional"):
        held |= {"data-required": "true"} | ({} if grouped else {"aria-required": "true"})  # a group may not have that
    optional = h("small", " (optional)") if given.get("optional") else None
    head = plain(given.get("label"))
    title = (
        h("span", head, optional, id=f"{name}-label", class_="label")
        if grouped
        else h("label", head, optional, for_=f"{name}-control")
    )
    hint = h("p", plain(given["hint"]), class_="hint", id=f"{name}-hint") if given.get("hint") else None
    error = h("p", class_="error", id=f"{name}-error", data_error_of=block_id)
    made = Element(control.tag, held, control.children)
    return h("div", title, made, hint, error, class_="b-input", data_input=element.get("action_id"))


def alert(given: Json, ink: DrawContext) -> Element:
    """A line that is highlighted in a modal."""
    return h("div", *text(given.get("text"), ink), class_=f"b-alert {given.get('level', 'default')}", role="status")


def card(given: Json, ink: DrawContext) -> Element:
    """A title, a few lines, buttons."""
    lines = [h("p", *text(given[name], ink), class_=name) for name in ("title", "subtitle", "body") if given.get(name)]
    return h("div", *lines, actions({**given, "elements": given.get("actions", [])}, ink), class_="b-card")


def carousel(given: Json, ink: DrawContext) -> Element:
    """Cards side by side."""
    return h("div", *blocks(given.get("elements", []), ink), class_="b-carousel", tabindex=0, role="group")


def container(given: Json, ink: DrawContext) -> Element:
    """Blocks under a title, that can be folded away."""
    title = [rich_text(given["rich_text_title"], ink)] if given.get("rich_text_title") else [plain(given.get("title"))]
    under = h("small", *text(given["subtitle"], ink)) if given.get("subtitle") else None
    inner = blocks(given.get("child_blocks", []), ink)
    if not given.get("is_collapsible"):
        return h("div", h("p", *title, under, class_="title"), *inner, class_="b-container")
    return h(
        "details", h("summary", *title, under), *inner, class_="b-container", open=not given.get("default_collapsed")
    )


def markdown(given: Json, ink: DrawContext) -> Element:
    """A block of markdown, as mrkdwn with the double signs made single: enough to read it."""
    said = str(given.get("text", "")).replace("&", "&amp;").replace("<", "&lt;").replace("**", "*")
    return h("div", h("div", *mrkdwn(said, ink)), class_="b-section")


DRAW_BLOCK: dict[str, Callable[[Json, DrawContext], Element]] = {
    "actions": actions,
    "alert": alert,
    "card": card,
    "carousel": carousel,
    "container": container,
    "context": context,
    "context_actions": actions,
    "data_table": tables.data_table,
    "divider": divider,
    "header": header,
    "image": image,
    "input": input_,
    "markdown": markdown,
    "rich_text": rich_text,
    "section": section,
    "table": tables.table,
}
