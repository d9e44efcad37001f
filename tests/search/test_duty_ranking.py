"""The one duty of an entry that a question is about."""

from dataclasses import replace

import pytest

from srmbot.search.duty_ranking import COVERED, MAX_COMPARED, VERY_MANY, DutyRanker, PhraseIndex, cosine

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)
ROUNDED = 1e-3  # shares are cut into steps


@pytest.fixture(scope="module")
def ranker(matcher):
    return DutyRanker(matcher.knowledge, matcher.weights)


@pytest.fixture(scope="module")
def entry(known):
    return known.covering("rds", "backups")


def test_an_index_tells_the_cosine_of_the_nearest_phrase(ranker, entry):
    asked = ranker.vectorize(ASKED)
    vectors = {text: ranker.vectorize_text(text) for duty in entry.duties for text in duty.phrases}
    for found in PhraseIndex([(duty, "") for duty in entry.duties], ranker.vectorize_text).rank(asked):
        nearest = max(cosine(asked, vectors[text]) for text in found.item.phrases)
        assert found.nearness == pytest.approx(nearest, abs=ROUNDED)
        assert cosine(asked, vectors[found.phrase]) == pytest.approx(nearest)
        assert found.score == found.nearness + COVERED * found.coverage


def test_what_a_duty_says_beside_its_phrases_covers_words_and_comes_no_nearer(ranker, entry):
    duty, asked = entry.duties[0], ranker.vectorize(((("zanzibar", "backups"), 1.0),))
    [plain] = PhraseIndex([(duty, "")], ranker.vectorize_text).rank(asked)
    [more] = PhraseIndex([(duty, "It is in Zanzibar.")], ranker.vectorize_text).rank(asked)
    [all_] = PhraseIndex([(duty, "Backups of Zanzibar.")], ranker.vectorize_text).rank(asked)
    assert plain.nearness == more.nearness == all_.nearness
    assert plain.coverage <= more.coverage <= all_.coverage == pytest.approx(1.0)


def test_the_nearest_duty_comes_first(ranker, entry):
    assert ranker.rank(ranker.vectorize(ASKED), entry, {})[0].item.id == "rds.retention"


def test_of_very_many_duties_those_with_the_words_are_compared(ranker, entry):
    many = tuple(replace(entry.duties[0], id=f"rds.made-{number}") for number in range(VERY_MANY + 1))
    recalled = {duty.id: number / 100 for number, duty in enumerate(many)}
    found = ranker.rank(ranker.vectorize(ASKED), replace(entry, duties=many), recalled)
    assert {each.item.id for each in found} == {duty.id for duty in many[-MAX_COMPARED:]}
    assert len(ranker.rank(ranker.vectorize(ASKED), replace(entry, duties=many), {})) == MAX_COMPARED
    assert len(ranker.rank(ranker.vectorize(ASKED), replace(entry, duties=many[:-1]), {})) == VERY_MANY
