"""Words that mean much the same are near each other."""

import pytest

from srmbot.query import tokenize
from srmbot.search.learning.word_vectors import learn_word_vectors
from srmbot.search.word_vectors import NO_WORD_VECTORS, WordVectors, pack_word_vectors, similarity

SMALL = pack_word_vectors(["backup", "copy", "patch"], [(4, 0), (2, 2), (0, -1)])

ALIKE = [
    # a text, one about the same thing in other words, one about another thing
    ("thrown away after a month", "the logs expire", "the disk is full"),
    ("our nightly copies", "automated backups", "TLS certificates"),
    ("the box under the database", "the host's operating system", "retention of snapshots"),
    ("someone wiped rows by mistake", "restore after an accidental delete", "patch the engine"),
]


def parts(text, weight=1.0):
    return ((tokenize(text), weight),)


def test_what_was_packed_is_read():
    found = WordVectors(SMALL)
    assert [found.of_word(word) for word in ("backup", "copy", "patch", "unheard")] == [
        (4, 0),
        (2, 2),
        (0, -1),
        None,
    ]


def test_a_text_points_where_its_words_do_each_by_what_its_sentence_counts():
    found = WordVectors(SMALL)
    assert found.of_text(parts("backup")) == found.of_text(parts("backup backup unheard")) == [1, 0]
    assert found.of_text((*parts("backup"), *parts("patch", 4.0))) == pytest.approx([0.5**0.5, -(0.5**0.5)])
    assert found.of_text(parts("unheard")) == [0, 0]


def test_points_are_kept_as_bytes():
    found = WordVectors(SMALL)
    assert found.unpack(found.pack([(0.5, -1.0), (0.0, 0.25)])) == [(0.5, -1.0), (0.0, 0.25)]


@pytest.mark.parametrize(("text", "same", "other"), ALIKE)
def test_a_text_is_nearer_to_the_same_in_other_words_than_to_another_thing(full, text, same, other):
    vectors = full.state.matcher.weights.word_vectors
    near, far = (similarity(vectors.of_text(parts(text)), vectors.of_text(parts(each))) for each in (same, other))
    assert near > far


def test_knowledge_of_a_few_words_has_no_meanings_and_still_compares():
    assert (
        learn_word_vectors([tokenize("a few words"), tokenize("a few more")], [[tokenize("a few"), ("a",)]])
        == NO_WORD_VECTORS
    )
    empty = WordVectors(NO_WORD_VECTORS)
    assert (empty.of_text(parts("a few")), empty.unpack(b""), similarity([], [])) == ([], [], 0)


def test_the_same_texts_give_the_same_vectors(known):
    duties = known.duties[:300]
    texts = [tokenize(text) for duty in duties for text in (*duty.phrases, duty.why, *duty.facts)]
    groups = [[tokenize(text) for text in duty.phrases] for duty in duties]
    assert learn_word_vectors(texts, groups) == learn_word_vectors(texts, groups) != NO_WORD_VECTORS
