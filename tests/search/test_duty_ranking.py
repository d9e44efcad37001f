"""The one duty of an entry, and the belief, that a question is about."""

from dataclasses import replace

import pytest

from srmbot.query import tokenize
from srmbot.search.duty_ranking import COVERED, MAX_COMPARED, VERY_MANY, DutyRanker, PhraseIndex, cosine

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)


@pytest.fixture(scope="module")
def ranker(matcher):
    return DutyRanker(matcher.knowledge, matcher.weights)


@pytest.fixture(scope="module")
def entry(known):
    return known.covering("rds", "backups")


def make_index(ranker, items):
    return PhraseIndex(items, ranker.vectorize_text, ranker.weights.word_vectors)


def test_an_index_tells_the_cosine_of_the_nearest_phrase(ranker, entry):
    asked = ranker.vectorize(ASKED)
    vectors = {text: ranker.vectorize_text(text) for duty in entry.duties for text in duty.phrases}
    for found in make_index(ranker, [(duty, "") for duty in entry.duties]).rank(asked):
        nearest = max(cosine(asked.words, vectors[text].words) for text in found.item.phrases)
        assert found.nearness == pytest.approx(nearest)
        assert cosine(asked.words, vectors[found.phrase].words) == pytest.approx(nearest)
        assert found.score == found.nearness + COVERED * found.coverage


def test_what_a_duty_says_beside_its_phrases_covers_words_and_comes_no_nearer(ranker, entry):
    duty, asked = entry.duties[0], ranker.vectorize(((("zanzibar", "backups"), 1.0),))
    [plain] = make_index(ranker, [(duty, "")]).rank(asked)
    [more] = make_index(ranker, [(duty, "It is in Zanzibar.")]).rank(asked)
    [all_] = make_index(ranker, [(duty, "Backups of Zanzibar.")]).rank(asked)
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


def by_nearness(item, meaning, nearness, coverage):
    return nearness


def test_every_belief_is_the_nearest_to_its_own_words(ranker, known):
    for slug, beliefs in known.boundaries_by_service.items():
        for each in beliefs:
            for text in each.phrases:
                asked = ranker.vectorize(((tokenize(text), 1.0),))
                score, found = ranker.likeliest_boundary(asked, [slug], by_nearness)
                assert score == found.nearness == max(found.near) == pytest.approx(1.0), text


def test_beliefs_of_another_service_are_not_compared(ranker):
    asked = ranker.vectorize(ASKED)
    for services, owner in ((["aurora"], "aurora"), (["nothing", "rds"], "rds")):
        assert ranker.likeliest_boundary(asked, services, by_nearness)[1].item.service == owner
    assert ranker.likeliest_boundary(asked, ["nothing"], by_nearness) is None


def test_what_decides_is_what_the_caller_weighs(ranker, known):
    last = known.boundaries_by_service["rds"][-1]
    asked = ranker.vectorize(ASKED)
    _, found = ranker.likeliest_boundary(asked, ["rds"], lambda item, *_: float(item is last))
    assert found.item is last
