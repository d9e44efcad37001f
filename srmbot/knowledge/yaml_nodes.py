"""YAML text -> nodes that know their line and column; nothing is executed, expanded or guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from srmbot.knowledge.files import LARGEST_FILE, File
from srmbot.knowledge.problem import At, Problem, shorten

DEEPEST = 8  # levels of nesting; ours have four
FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # YAML 1.1, section 5.1

Node = yaml.Node


class UnreadableError(Exception):
    """A file that is not YAML at all, or not safe to read on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def compose(file: File) -> Node | None:
    """The node tree of a file, or None where it is empty.

    Raises:
        UnreadableError: too large, not UTF-8, not YAML, or YAML that means more than it shows.
    """
    if len(file.content) > LARGEST_FILE:
        what = f"the file has more than {LARGEST_FILE:,} bytes"
        raise UnreadableError(Problem(At(file.path), what, "split it: one file a service, or one a voice"))
    text = decode(file)
    try:
        return build_tree(file, text)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None) or getattr(fault, "context_mark", None)
        at = At(file.path, mark.line + 1, mark.column + 1) if mark else At(file.path)
        what = getattr(fault, "problem", None) or str(fault).partition("\n")[0]
        raise UnreadableError(Problem(at, f"not YAML: {what}", suggest_fix(text, at))) from fault


def decode(file: File) -> str:
    """The text of a file.

    Raises:
        UnreadableError: not UTF-8, or with a character that YAML forbids.
    """
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        at = locate(file, fault.object[: fault.start].decode("utf-8", "replace"))
        raise UnreadableError(Problem(at, "not UTF-8 text", "save the file as UTF-8")) from fault
    if found := FORBIDDEN.search(text):
        what = f"a control character, U+{ord(found[0]):04X}"
        raise UnreadableError(Problem(locate(file, text[: found.start()]), what, "take the character out"))
    return text


def locate(file: File, before: str) -> At:
    """The place in a file that has some text before it."""
    lines = re.split("\r\n|\r|\n", before)
    return At(file.path, len(lines), len(lines[-1]) + 1)


def build_tree(file: File, text: str) -> Node | None:
    """The nodes of a text, built from libyaml's events.

    Not `yaml.compose`: that recurses in C until the stack is gone where a file is nested deep enough, resolves
    aliases, a few lines of which can stand for billions, and takes twice as long.

    Raises:
        UnreadableError: at the first anchor, alias, tag, too deep level or second document.
    """
    starts: list[tuple[Any, list[Node]]] = []  # of the collections that are open, with the nodes around each
    nodes: list[Node] = []  # of the innermost of them
    event: Any
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind is yaml.ScalarEvent and not event.anchor and not event.tag:
            nodes.append(yaml.ScalarNode("", event.value, event.start_mark, event.end_mark, event.style))
        elif kind is yaml.SequenceEndEvent or kind is yaml.MappingEndEvent:
            start, outer = starts.pop()
            outer.append(build_collection(start, nodes, event))
            nodes = outer
        elif fault := find_refusal(event, len(starts), len(nodes)):
            raise UnreadableError(Problem(file.at(event), *fault))
        elif isinstance(event, yaml.CollectionStartEvent):
            starts.append((event, nodes))
            nodes = []
    return nodes[0] if nodes and nodes[0].value != "" else None


def find_refusal(event: yaml.Event, depth: int, before: int) -> tuple[str, str] | None:
    """Why an event is not read, and what to do about it; None for plain YAML."""
    if getattr(event, "anchor", None):  # of an anchor, or of the alias that repeats it
        return "anchors and aliases are not read", "write the value out again"
    if tag := getattr(event, "tag", None):
        tag = tag.replace("tag:yaml.org,2002:", "!!")
        return f"the tag `{shorten(tag)}` is not read", "take the tag out"
    if isinstance(event, yaml.CollectionStartEvent) and depth >= DEEPEST:
        return f"nested deeper than {DEEPEST} levels", "lay it out flatter"
    if isinstance(event, yaml.DocumentStartEvent) and before:
        return "a second document begins here", "take the `---` out: one document a file"
    return None


def build_collection(start: Any, nodes: Any, end: Any) -> Node:
    """The node of a list or a mapping; a mapping's nodes are keys and values in turn."""
    sequence = isinstance(start, yaml.SequenceStartEvent)
    value = nodes if sequence else list(zip(nodes[::2], nodes[1::2], strict=True))
    node = yaml.SequenceNode if sequence else yaml.MappingNode
    return node("", value, start.start_mark, end.end_mark, start.flow_style)


def suggest_fix(text: str, at: At) -> str:
    """What to do about a line that is not YAML."""
    lines = re.split("\r\n|\r|\n", text)
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    if "\t" in line:
        return "indent with spaces, not tabs"
    if ": " in line.partition(": ")[2]:
        return "put the text in quotes: it has a colon and a space in it"
    if line[at.column - 1 : at.column] in ("@", "`", "%"):
        return "put the text in quotes: it begins with a sign of YAML's own"
    return "look at this line and the one before: a quote or bracket may be missing"


def read_pairs(file: File, node: yaml.MappingNode) -> Iterator[tuple[str, Node, Node]]:
    """Each key with its key node and value node; a key that comes twice is reported, and passed over."""
    first: dict[str, int] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name is None:
            file.problem(file.at(key), "a key must be plain text", "write `name: value`")
        elif name in first:
            what = f"`{shorten(name)}` is already defined, first in line {first[name]}"
            file.problem(file.at(key), what, "keep one of the two")
        else:
            first[name] = key.start_mark.line + 1
            yield name, key, value
