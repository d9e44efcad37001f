"""Bytes -> nodes: whatever the bytes are, there is a tree or a Problem, and each place is exact."""

from itertools import pairwise

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from srmbot.knowledge.check import check
from srmbot.knowledge.draft import read_draft
from srmbot.knowledge.files import KIND_OF_PATTERN, File, Layer
from srmbot.knowledge.problem import At, Problem
from srmbot.knowledge.yaml_nodes import DEEPEST, UnreadableError, compose

NAMES = [pattern.replace("*", "rds") for pattern in KIND_OF_PATTERN]


def file(content, name="duties/rds.yaml"):
    return File(f"folder/{name}", name, 0, content if isinstance(content, bytes) else content.encode())


def fault(content):
    """What reading some bytes fails with, as it is printed."""
    with pytest.raises(UnreadableError) as refused:
        compose(file(content))
    return str(refused.value).splitlines()


def problems(files):
    """Every problem of some files that lie in one folder."""
    return check(read_draft([Layer("folder", list(files))]))


SIGN = "put the text in quotes: it begins with a sign of YAML's own"
COLON = "put the text in quotes: it has a colon and a space in it"
NOT_YAML = [
    (b"\x00", "1:1: a control character, U+0000", "take the character out"),
    (b"a: b\nc: \x00", "2:4: a control character, U+0000", "take the character out"),
    (b"a: \x7f", "1:4: a control character, U+007F", "take the character out"),
    ("a: \ufffe".encode(), "1:4: a control character, U+FFFE", "take the character out"),
    (b"\xff\xfea\x00", "1:1: not UTF-8 text", "save the file as UTF-8"),
    (b"a: b\r\nc: \xe4", "2:4: not UTF-8 text", "save the file as UTF-8"),
    ("é: ".encode() + b"\xed\xa0\x80", "1:4: not UTF-8 text", "save the file as UTF-8"),  # half of a pair
    (b"a: @b", "1:4: not YAML: found character that cannot start any token", SIGN),
    (b"a: [b", "2:1: not YAML: did not find expected ',' or ']'", None),
    (b'a: "\\ud800"', "1:7: not YAML: found invalid Unicode character escape code", None),
    (b"a:\n\tb: c", "2:1: not YAML: found character that cannot start any token", "indent with spaces, not tabs"),
    ("a: b\nc: 🔥🔥: d".encode(), "2:6: not YAML: mapping values are not allowed in this context", COLON),
    (b"- b\n...\n- c: ]", "3:1: not YAML: did not find expected <document start>", None),
    (b"a: *b", "1:4: anchors and aliases are not read", "write the value out again"),
    (b"a: &b c", "1:4: anchors and aliases are not read", "write the value out again"),
    (b"? &b c\n: d", "1:3: anchors and aliases are not read", "write the value out again"),
    (b"!!map {a: b}", "1:1: the tag `!!map` is not read", "take the tag out"),
    (b"a: !own b", "1:4: the tag `!own` is not read", "take the tag out"),
    (b"a\n---\nb", "2:1: a second document begins here", "take the `---` out: one document a file"),
]


@pytest.mark.parametrize(("content", "what", "fix"), NOT_YAML)
def test_what_is_not_read(content, what, fix):
    fix = fix or "look at this line and the one before: a quote or bracket may be missing"
    assert fault(content) == [f"folder/duties/rds.yaml:{what}", f"    fix: {fix}"]


DEEP = ["[" * 900_000, "{" * 900_000, "- " * 450_000, "? " * 450_000, "[? " * 300_000, "a:\n" + " - " * 300_000]


@pytest.mark.parametrize("text", DEEP, ids=lambda text: text[:4].strip())
def test_depth_is_refused_before_it_is_built(text):
    """libyaml's own composer recurses in C, where no exception stops it."""
    assert f"nested deeper than {DEEPEST} levels" in fault(text)[0]


@pytest.mark.parametrize("depth", [DEEPEST, DEEPEST + 1])
def test_the_deepest_that_is_read(depth):
    text = "[" * depth + "]" * depth
    if depth > DEEPEST:
        assert fault(text)[0] == f"folder/duties/rds.yaml:1:{depth}: nested deeper than {DEEPEST} levels"
    else:
        assert compose(file(text)) is not None


BOMB = "\n".join(f"- &{after} [{', '.join([f'*{name}'] * 9)}]" for name, after in pairwise("abcdefghi"))


def test_a_bomb_goes_off_nowhere():
    assert fault(f"- &a [x]\n{BOMB}")[0] == "folder/duties/rds.yaml:1:3: anchors and aliases are not read"


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"---\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf# nothing"])
def test_nothing(content):
    assert compose(file(content)) is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_and_a_byte_order_mark(end):
    node = compose(file("\ufeff" + end.join(["- a: é🔥", "  b: [c, d]", ""])))
    (_, first), (_, second) = node.value[0].value
    assert [file("").at(each) for each in (first, second, second.value[1])] == [
        At("folder/duties/rds.yaml", 1, 6),
        At("folder/duties/rds.yaml", 2, 6),
        At("folder/duties/rds.yaml", 2, 10),
    ]
    assert first.value == "é🔥"


def test_a_very_long_line():
    rows = f"- id: window\n  why: {'x' * 100_000}.\n  colour: red\n"
    assert [str(each).splitlines()[0] for each in problems([file(rows)]) if " no `" not in each.what] == [
        "folder:1:1: there is no service `general`, which answers where no service is named",
        "folder/duties/rds.yaml:1:1: unknown service `rds`",
        "folder/duties/rds.yaml:2:8: `why` has 100,001 characters, more than 300",
        "folder/duties/rds.yaml:3:3: unknown field `colour`",
    ]


def test_a_very_long_name_is_cut():
    (line,) = [str(each) for each in problems([file(f"- {'x' * 1_000}: red\n")]) if "unknown field" in each.what]
    assert line.startswith(f"folder/duties/rds.yaml:1:3: unknown field `{'x' * 59}…`\n")


# Properties

SCRAPS = r"""- |id|: |[|]|{|}|#|&a |*a|!x |>|'|"|? |%|@|\|say|why|owner|aws|rds/backups|ours|null|🔥"""
scraps = st.sampled_from([*SCRAPS.split("|"), "|\n", "\n", "\n  ", "\t", "---\n", "\x00", "\x85", "\u2028", "\ufeff"])
texts = st.lists(scraps | st.text(max_size=5), max_size=40).map("".join)
contents = st.binary(max_size=200) | texts.map(lambda text: text.encode("utf-8", "surrogatepass"))


@given(st.dictionaries(st.sampled_from(NAMES), contents, min_size=1))
def test_any_bytes_make_problems_and_nothing_else(folder):
    found = problems(file(content, name) for name, content in folder.items())
    assert found == sorted(set(found))
    assert all(isinstance(each, Problem) and each.fix and len(str(each).splitlines()) == 2 for each in found)


plain_data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
fields = st.sampled_from("id topic owner duty why say source slug aliases team ours not_ours voice".split())


@given(st.sampled_from(NAMES), st.lists(st.dictionaries(fields, plain_data)) | st.dictionaries(fields, plain_data))
def test_any_data_makes_problems_and_nothing_else(name, rows):
    found = problems([file(pyyaml.safe_dump(rows, allow_unicode=True), name)])
    assert found
    assert all(len(str(each).splitlines()) == 2 for each in found)


@given(texts)
def test_the_tree_is_what_yaml_makes_of_it(text):
    """Our nodes hold what PyYAML's own composer finds, wherever we read at all."""

    def values(node):
        if isinstance(node, pyyaml.MappingNode):
            return [(values(key), values(value)) for key, value in node.value]
        return [values(each) for each in node.value] if isinstance(node, pyyaml.SequenceNode) else node.value

    try:
        found = compose(file(text.encode("utf-8", "surrogatepass")))
    except UnreadableError:
        return
    theirs = pyyaml.compose(text.removeprefix("\ufeff"), Loader=pyyaml.CSafeLoader)
    assert (found and values(found)) == (values(theirs) if theirs and theirs.value != "" else None)
