"""A YAML file as text, and something to add -> the text with it in its place; nothing else of the file changes."""

from __future__ import annotations

import json
from collections.abc import Sequence

import yaml

from srmbot.errors import SrmbotError
from srmbot.knowledge.files import File
from srmbot.knowledge.schema import IN_SCOPE
from srmbot.knowledge.yaml_nodes import Node, UnreadableError, compose

SLACK_VOICE = "Questions from Slack that were not answered, or not rightly."


class UnplaceableError(SrmbotError):
    """There is no place in a file where something can be added line by line."""


def insert_questions(file: File, entry: str, owner: str, questions: Sequence[str]) -> str:
    """Add example questions to a file of them, below their entry and owner.

    Args:
        file: as it is; one without content is begun.
        entry: "rds/backups".
        owner: "aws", "customer" or "shared".
        questions: as people asked.

    Raises:
        UnplaceableError: the file is not written line by line.
    """
    lines = file.content.decode().splitlines()
    if not lines:
        head = [f"voice: {SLACK_VOICE}", f"{IN_SCOPE}:", f"  {entry}:", f"    {owner}:"]
        return join([*head, *(item(each, 4) for each in questions)])
    root = read_root(file, yaml.MappingNode)
    return join(insert(lines, *find_place(root, entry, owner, questions)))


def find_place(root: Node, entry: str, owner: str, questions: Sequence[str]) -> tuple[int, list[str]]:
    """Find the line after which questions belong, and the lines to insert."""
    ours = child(root, IN_SCOPE)
    entries = child(ours, entry) if ours else None
    asked = child(entries, owner) if entries else None
    if asked:
        return last_line(asked), [item(each, asked.start_mark.column) for each in questions]
    if entries:
        inside = indent_of(entries)
        return last_line(entries), [f"{' ' * inside}{owner}:", *(item(each, inside) for each in questions)]
    inside = indent_of(ours) if ours else 2
    added = [f"{' ' * inside}{entry}:", f"{' ' * inside}  {owner}:", *(item(each, inside + 2) for each in questions)]
    return last_line(ours or root), added if ours else [f"{IN_SCOPE}:", *added]


def append_record(file: File, fields: Sequence[tuple[str, str | Sequence[str]]]) -> str:
    """Add a record at the end of a file that is a list of them.

    Raises:
        UnplaceableError: the file is not written line by line.
    """
    lines = file.content.decode().splitlines()
    root = read_root(file, yaml.SequenceNode) if file.content.strip() and compose(file) else None
    indent = " " * (root.start_mark.column if root else 0)
    added = [
        f"{indent}{'- ' if not number else '  '}{name}: {scalar(value)}" for number, (name, value) in enumerate(fields)
    ]
    return join(insert(lines, last_line(root) if root else len(lines) - 1, added))


def read_root(file: File, kind: type[Node]) -> Node:
    """The root of a file.

    Raises:
        UnplaceableError: it is of another kind, or written in one line.
    """
    try:
        root = compose(file)
    except UnreadableError as fault:
        raise UnplaceableError(f"{file.path} cannot be read", "fix what `srmbot check` says of it") from fault
    if not isinstance(root, kind) or getattr(root, "flow_style", False):
        raise UnplaceableError(f"{file.path} is not written line by line", "write it without brackets and braces")
    return root


def child(node: Node, name: str) -> Node | None:
    """The value of a key; None where there is none.

    Raises:
        UnplaceableError: the node, or the value, is written in one line.
    """
    if not isinstance(node, yaml.MappingNode):
        return None
    found: Node | None = next((value for key, value in node.value if key.value == name), None)
    if found is not None and (isinstance(found, yaml.ScalarNode) or getattr(found, "flow_style", False)):
        raise UnplaceableError(f"`{name}` is not written line by line", "write it without brackets and braces")
    return found


def indent_of(node: Node) -> int:
    """The column of the first key of a mapping."""
    return int(node.value[0][0].start_mark.column)


def last_line(node: Node) -> int:
    """The number of the last line of a node, from 0."""
    if isinstance(node, yaml.ScalarNode):
        return int(node.end_mark.line if node.end_mark.column else node.end_mark.line - 1)
    parts = [part for pair in node.value for part in (pair if isinstance(pair, tuple) else (pair,))]
    return max((last_line(part) for part in parts), default=int(node.start_mark.line))


def insert(lines: Sequence[str], after: int, added: Sequence[str]) -> list[str]:
    """Lines with others inserted after one of them."""
    return [*lines[: after + 1], *added, *lines[after + 1 :]]


def item(text: str, indent: int) -> str:
    """A line of a list."""
    return f"{' ' * indent}- {scalar(text)}"


def scalar(value: str | Sequence[str]) -> str:
    """A text in quotes, in which nothing is YAML; or several in brackets. A plain word stays plain."""
    if not isinstance(value, str):
        return f"[{', '.join(map(quote, value))}]"
    return value if value.replace("-", "").isalnum() and value.isascii() and value.islower() else quote(value)


def quote(text: str) -> str:
    """A text in double quotes."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def join(lines: Sequence[str]) -> str:
    """Lines as the text of a file."""
    return "\n".join(lines) + "\n"
