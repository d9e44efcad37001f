"""The belief that a question is about."""

import pytest

from srmbot.query import tokenize
from srmbot.search.duty_ranking import DutyRanker
from srmbot.search.meaning_ranking import MeaningRanker

ASKED = ((("how", "long", "are", "backups", "kept"), 1.0),)
ROUNDED = 1e-3  # shares are cut into steps


@pytest.fixture(scope="module")
def ranker(matcher):
    return MeaningRanker(DutyRanker(matcher.knowledge, matcher.weights))


def find(ranker, parts, services, weigh):
    meaning = ranker.weights.word_vectors.of_text(parts)
    return ranker.find_boundary(ranker.ranker.vectorize(parts), meaning, services, weigh)


def by_nearness(topic, meaning, nearness, coverage):
    return nearness


def test_every_belief_is_the_nearest_to_its_own_words(ranker, known):
    """The first and the last of its phrases, which mostly puts it the other way round: all of them are 33,000."""
    for slug, beliefs in known.boundaries_by_service.items():
        for each in beliefs:
            for text in {each.phrases[0], each.phrases[-1]}:
                score, found = find(ranker, ((tokenize(text), 1.0),), [slug], by_nearness)
                assert score == found.nearness == max(found.near) == pytest.approx(1.0, abs=ROUNDED), text


def test_beliefs_of_another_service_are_not_compared(ranker):
    for services, owner in ((["aurora"], "aurora"), (["nothing", "rds"], "rds")):
        assert find(ranker, ASKED, services, by_nearness)[1].item.service == owner
    assert find(ranker, ASKED, ["nothing"], by_nearness) is None


def test_what_decides_is_what_the_caller_weighs(ranker, known):
    last = known.boundaries_by_service["rds"][-1]
    _, found = find(ranker, ASKED, ["rds"], lambda topic, *_: float(topic == last.topic))
    assert found.item.topic == last.topic


def test_what_was_kept_is_what_would_be_made(ranker, known):
    index = ranker.index("rds")
    made = ranker.find_meanings((each, f"{each.because} {each.next or ''}") for each in index_items(known))
    for kept, new in zip(index.meanings, made, strict=True):
        assert kept == pytest.approx(new, abs=1e-3)  # two bytes a number


def index_items(known):
    return known.boundaries_by_service["rds"]
