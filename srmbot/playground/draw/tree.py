"""A tree of HTML elements -> text of HTML, or plain lists for the page. Text is only ever text, never markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

VOID = frozenset({"br", "hr", "input"})


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its tag, its attributes, what is in it."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...] = ()


Node = str | Element


def h(tag: str, *children: Node | None, **attributes: str | int | bool | None) -> Element:
    """An element.

    Args:
        tag: its name.
        children: what is in it; None is left out.
        attributes: `class_` is class, `data_key` is data-key; None and False are left out, True is there without value.
    """
    given = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    kept = {name: "" if value is True else str(value) for name, value in given.items() if not absent(value)}
    return Element(tag, kept, tuple(child for child in children if child is not None))


def absent(value: object) -> bool:
    """Whether an attribute of that value is left out; 0 is not."""
    return value is None or value is False


def as_list(node: Node) -> Any:
    """As the page gets it: a string, or [tag, attributes, child, …]."""
    if isinstance(node, str):
        return node
    return [node.tag, dict(node.attributes), *map(as_list, node.children)]


def as_html(node: Node) -> str:
    """As text of HTML, everything escaped."""
    if isinstance(node, str):
        return escape(node, quote=False)
    attributes = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}" for name, value in node.attributes.items()
    )
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{''.join(map(as_html, node.children))}</{node.tag}>"


def words(node: Node) -> str:
    """The text in a tree, as a person reads it."""
    return node if isinstance(node, str) else "".join(map(words, node.children))
