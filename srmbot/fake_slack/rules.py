"""The small checks that Block Kit's shapes are built from: a value and its place -> problems in a walk."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]
Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that Slack would refuse, or (a warning) accept but that should be otherwise."""

    path: str  # "blocks[2].elements[0].text"
    what: str  # "has 76 characters, at most 75"
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


@dataclass(slots=True)
class Walk:
    """What is known while one payload is walked: where we are, what was found, what must not come twice."""

    surface: Surface
    found: list[Problem] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    action_ids: set[str] = field(default_factory=set)  # of the block being walked
    tables: int = 0
    markdown: int = 0  # characters in all markdown blocks
    focused: int = 0  # elements with focus_on_load

    def say(self, path: str, what: str) -> None:
        """Note a problem."""
        self.found.append(Problem(path, what))


Check = Callable[[Any, str, Walk], None]
Rule = Callable[[Json, str, Walk], None]


def string(most: int, least: int = 1, like: str = "") -> Check:
    """A check: text of `least` to `most` characters, all of it matching the pattern `like` if there is one."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if not isinstance(value, str):
            walk.say(path, f"must be a string, is {kind_of(value)}")
        elif not least <= len(value) <= most:
            walk.say(path, "is empty" if not value else f"has {len(value)} characters, must have {least} to {most}")
        elif like and not re.fullmatch(like, value):
            walk.say(path, f"{value[:40]!r} has not the form asked for")

    return check


def whole(least: int, most: int) -> Check:
    """A check: a whole number from `least` to `most`."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            walk.say(path, f"must be a whole number, is {kind_of(value)}")
        elif not least <= value <= most:
            walk.say(path, f"is {value}, must be {least} to {most}")

    return check


def flag(value: Any, path: str, walk: Walk) -> None:
    """A check: true or false."""
    if not isinstance(value, bool):
        walk.say(path, f"must be true or false, is {kind_of(value)}")


def one_of(*words: str) -> Check:
    """A check: one of these words."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if value not in words:
            walk.say(path, f"is {value!r}, must be one of {', '.join(words)}")

    return check


def many(each: Check, most: int, least: int = 1) -> Check:
    """A check: a list of `least` to `most` members, each passing `each`."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if not isinstance(value, list):
            walk.say(path, f"must be a list, is {kind_of(value)}")
            return
        if not least <= len(value) <= most:
            walk.say(path, f"has {len(value)} members, must have {least} to {most}")
        for index, member in enumerate(value):
            each(member, f"{path}[{index}]", walk)

    return check


def shape(fields: Mapping[str, Check], required: tuple[str, ...] = (), *rules: Rule) -> Check:
    """A check: an object with these fields and no others, those required, and rules that bind several fields."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.say(path, f"must be an object, is {kind_of(value)}")
            return
        for name in required:
            if name not in value:
                walk.say(f"{path}.{name}", "is required")
        for name, member in value.items():
            if name in fields:
                fields[name](member, f"{path}.{name}", walk)
            elif name != "type":
                walk.say(f"{path}.{name}", "is not a field here")
        for rule in rules:
            rule(value, path, walk)

    return check


def kinds(table: Mapping[str, Check], word: str) -> Check:
    """A check: an object whose `type` is in the table, which then says how to check it."""

    def check(value: Any, path: str, walk: Walk) -> None:
        if not isinstance(value, dict):
            walk.say(path, f"must be an object, is {kind_of(value)}")
            return
        name = value.get("type")
        if not isinstance(name, str) or name not in table:
            walk.say(f"{path}.type", f"{name!r} is no {word} allowed here ({', '.join(sorted(table))})")
            return
        table[name](value, path, walk)

    return check


def only_one(*names: str) -> Rule:
    """A rule: exactly one of these fields is there."""

    def check(value: Json, path: str, walk: Walk) -> None:
        there = [name for name in names if name in value]
        if len(there) != 1:
            walk.say(path, f"needs one of {' or '.join(names)}, has {' and '.join(there) or 'none'}")

    return check


def at_least_one(*names: str) -> Rule:
    """A rule: one or more of these fields are there."""

    def check(value: Json, path: str, walk: Walk) -> None:
        if not any(name in value for name in names):
            walk.say(path, f"needs at least one of {', '.join(names)}")

    return check


def block_id(value: Any, path: str, walk: Walk) -> None:
    """At most 255 characters, and unique in its payload."""
    unique_id(value, path, walk, walk.block_ids, "payload")


def unique_id(value: Any, path: str, walk: Walk, used: set[str], within: str) -> None:
    """At most 255 characters, and not among those that are used already, to which it is added."""
    string(255)(value, path, walk)
    if isinstance(value, str):
        if value in used:
            walk.say(path, f"{value!r} is already used in this {within}")
        used.add(value)


def on(*surfaces: Surface) -> Rule:
    """A rule: the block may only stand on these surfaces."""

    def check(value: Json, path: str, walk: Walk) -> None:
        if walk.surface not in surfaces:
            walk.say(f"{path}.type", f"may not stand in a {walk.surface}, only in {', '.join(surfaces)}")

    return check


def text(most: int, *types: str) -> Check:
    """A check: a text object of at most `most` characters, plain_text or mrkdwn unless `types` says which."""
    fields: dict[str, Check] = {"plain_text": flag, "mrkdwn": flag}
    extra = {"plain_text": "emoji", "mrkdwn": "verbatim"}
    allowed = types or tuple(fields)
    return kinds(
        {name: shape({"text": string(most), extra[name]: fields[name]}, ("text",)) for name in allowed}, "text object"
    )


def kind_of(value: Any) -> str:
    """The JSON name of a value's type, for people: 'null', 'a number', …"""
    names = {type(None): "null", bool: "a boolean", int: "a number", float: "a number", str: "a string"}
    return names.get(type(value), "a list" if isinstance(value, list) else "an object")
