"""Node trees -> records of the known shapes; every misfit is noted with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import yaml

from srmbot.knowledge.cut_texts import is_cut
from srmbot.knowledge.files import File
from srmbot.knowledge.problem import At, did_you_mean, find_nearest, join_names, shorten
from srmbot.knowledge.schema import (
    EXAMPLE_FIELDS,
    EXAMPLE_FILE,
    IN_SCOPE,
    MARKUP,
    OUT_OF_SCOPE,
    UNSEEN,
    VOICE,
    Field,
    Kind,
    RecordSchema,
)
from srmbot.knowledge.yaml_nodes import Node, read_pairs

TRUTH = ("true", "false")
NO_VALUE = ("", "~", "null", "Null", "NULL")  # what YAML reads as no value, unless it is in quotes


@dataclass(frozen=True, slots=True)
class Cell:
    """One text, and its place."""

    text: str
    at: At


@dataclass(slots=True)
class Record:
    """One record as it was written: fields that hold one text or flag, and fields that hold several."""

    at: At
    home: str  # the name of its file, without the ending
    layer: int = 0  # the number of its folder, the lowest first
    one: dict[str, Cell] = field(default_factory=dict)
    many: dict[str, list[Cell]] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)  # the fields that were written, fitting or not

    def text(self, name: str) -> str | None:
        """The text of a field, or None where it is not given."""
        cell = self.one.get(name)
        return cell.text if cell else None

    def flag(self, name: str) -> bool:
        """Whether a flag is set; one that is not given is not."""
        return self.text(name) == "true"

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list field, in order."""
        return tuple(cell.text for cell in self.many.get(name, ()))

    def cells(self, *names: str) -> Iterator[Cell]:
        """The texts of some fields with their places, whether a field holds one or several."""
        for name in names:
            if name in self.one:
                yield self.one[name]
            yield from self.many.get(name, ())


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One way to ask as it was written: the entry and owner keys above it, or None twice."""

    ask: Cell
    entry: Cell | None
    owner: Cell | None
    voice: str
    layer: int


def read_records(file: File, root: Node | None, shape: RecordSchema) -> Iterator[Record]:
    """The records of a file that is one list of them."""
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        file.problem(file.at(root), f"the file must be a list of {shape.name} records", "begin each with `- `")
        return
    for node in root.value:
        if isinstance(node, yaml.MappingNode):
            yield read_record(file, node, shape)
        else:
            what = f"a {shape.name} must be written as `field: value` lines"
            file.problem(file.at(node), what, f"begin it with `- {shape.fields[0].name}: …`")


def read_record(file: File, node: yaml.MappingNode, shape: RecordSchema) -> Record:
    """One record; unknown and misfitting fields are noted. A missing one may be in a lower layer: check.py tells."""
    found = Record(file.at(node), file.home, file.layer)
    names = [each.name for each in shape.fields]
    for name, key, value in read_pairs(file, node):
        known = shape.field(name)
        if known is None:
            report_unknown_field(file, key, name, names, shape.name)
            continue
        found.given.add(name)
        if known.kind is Kind.TEXTS:
            found.many[name] = list(read_texts(file, value, known))
        elif cell := read_text(file, value, known):
            found.one[name] = cell
    return found


def report_unknown_field(file: File, key: Node, name: str, names: list[str], owner: str) -> None:
    """Note a field that is not read."""
    fix = did_you_mean(name, names, f"a {owner} has {join_names(names, len(names))}")
    file.problem(file.at(key), f"unknown field `{shorten(name)}`", fix)


def read_texts(file: File, node: Node, known: Field) -> Iterator[Cell]:
    """The texts of a list; an empty list of a required field, and a text given twice, are noted."""
    if not isinstance(node, yaml.SequenceNode):
        file.problem(file.at(node), f"`{known.name}` must be a list", f"write `{known.name}: [one, two]`")
        return
    if known.required and not node.value:
        file.problem(file.at(node), f"`{known.name}` is empty", f"add at least one ({known.about.rstrip('.')})")
    if known.prose and node.flow_style:
        report_cut_texts(file, node, known)
    seen = set()
    for item in node.value:
        cell = read_text(file, item, known)
        if cell is None:
            continue
        if cell.text.casefold() in seen:
            file.problem(cell.at, f"`{shorten(cell.text)}` appears twice in `{known.name}`", "keep one of the two")
        seen.add(cell.text.casefold())
        yield cell


def report_cut_texts(file: File, node: yaml.SequenceNode, known: Field) -> None:
    """Note texts in `[…]` that a comma seems to have cut; one in quotes is as it was meant."""
    for before, after in pairwise(node.value):
        plain = all(isinstance(each, yaml.ScalarNode) and not each.style for each in (before, after))
        if plain and is_cut(before.value, after.value):
            what = f"`{shorten(after.value)}` seems to be the end of the text before it, cut off by the comma"
            fix = f"put the whole text in quotes, or write `{known.name}` with a line for each"
            file.problem(file.at(after), what, fix)


def read_text(file: File, node: Node, known: Field) -> Cell | None:
    """One text that fits its field, or None with the reason noted."""
    at = file.at(node)
    if not isinstance(node, yaml.ScalarNode):
        fix = "put it in quotes if it has a colon, a comma or brackets in it"
        file.problem(at, f"`{known.name}` must be text, not a list or a mapping", fix)
        return None
    nothing = not node.style and node.value in NO_VALUE
    text = "" if nothing else " ".join(node.value.split())
    if fault := find_misfit(text, known):
        file.problem(at, *fault)
        return None
    return Cell(text, at)


def find_misfit(text: str, known: Field) -> tuple[str, str] | None:
    """What is wrong with a text for its field and how to fix it, or None."""
    name = known.name
    if not text:
        return f"`{name}` is empty", f"fill it in ({known.about.rstrip('.')})"
    if known.kind is Kind.FLAG and text not in TRUTH:
        return f"`{name}` is '{shorten(text)}', not true or false", f"write `{name}: false`"
    if known.one_of and text not in known.one_of:
        choice = ", ".join(known.one_of)
        meant = find_nearest(text, known.one_of)
        fix = f"did you mean `{name}: {meant}`?" if meant else f"write one of {choice}"
        return f"`{name}` is '{shorten(text)}', not one of {choice}", known.instead.get(text, fix)
    if len(text) > known.longest:
        return f"`{name}` has {len(text):,} characters, more than {known.longest:,}", "say it shorter"
    if known.pattern and not re.search(known.pattern, text):
        return f"`{name}` is '{shorten(text)}'", f"write {known.pattern_says}"
    return find_unwanted(text, known)


def find_unwanted(text: str, known: Field) -> tuple[str, str] | None:
    """What a text must not have in it, however it is meant."""
    if not text.isprintable() and (found := re.search(UNSEEN, text)):
        return f"`{known.name}` has a character that nobody can see, U+{ord(found[0]):04X}", "take it out"
    if not known.heard and "<" in text and (found := re.search(MARKUP, text)):
        return f"`{known.name}` has Slack's markup in it, `{found[0]}`", "write it in plain words"
    return None


def read_examples(file: File, root: Node | None) -> Iterator[ExampleRow]:
    """The ways to ask of one file: `ours` by entry and owner, and `not_ours`."""
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        what = f"the file must have {', '.join(f'`{name}:`' for name in EXAMPLE_FILE)}"
        file.problem(file.at(root), what, "begin it with `voice: …`")
        return
    parts: dict[str, Node] = {}
    for name, key, value in read_pairs(file, root):
        parts[name] = value
        if name not in EXAMPLE_FILE:
            report_unknown_field(file, key, name, list(EXAMPLE_FILE), "file of ways to ask")
    if VOICE.name in parts:
        read_text(file, parts[VOICE.name], VOICE)
    else:
        file.problem(file.at(root), "the file has no `voice`", f"add `voice:` ({VOICE.about.rstrip('.')})")
    if IN_SCOPE in parts:
        yield from read_in_scope(file, parts[IN_SCOPE])
    if OUT_OF_SCOPE in parts:
        for cell in read_texts(file, parts[OUT_OF_SCOPE], EXAMPLE_FIELDS[OUT_OF_SCOPE]):
            yield ExampleRow(cell, None, None, file.home, file.layer)


def read_in_scope(file: File, node: Node) -> Iterator[ExampleRow]:
    """The ways to ask under `ours:`: entry, then owner, then a list."""
    for entry, key, owners in read_mapping(file, node, "service/topic, such as `rds/backups:`"):
        for owner, owner_key, texts in read_mapping(file, owners, "an owner: `aws:`, `customer:` or `shared:`"):
            for cell in read_texts(
                file, texts, EXAMPLE_FIELDS.get(owner, EXAMPLE_FIELDS["shared"])
            ):  # check.py reports a wrong owner
                place = Cell(entry, file.at(key)), Cell(owner, file.at(owner_key))
                yield ExampleRow(cell, *place, file.home, file.layer)


def normalize(text: str) -> str:
    """Text as it is compared: its words in lower case, one space between them; its signs where it has no words."""
    folded = text.casefold()
    return " ".join(re.findall(r"[^\W_]+", folded.replace("'", ""))) or folded


def read_mapping(file: File, node: Node, keys: str) -> Iterator[tuple[str, Node, Node]]:
    """The pairs of a mapping; anything else is noted."""
    if isinstance(node, yaml.MappingNode):
        yield from read_pairs(file, node)
    else:
        file.problem(file.at(node), "a mapping is expected here", f"its keys are {keys}")
