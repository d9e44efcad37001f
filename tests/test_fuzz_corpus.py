"""The corpus of bench/fuzz: every sample, and some changed ones, break nothing."""

from random import Random

import pytest

from bench.fuzz.__main__ import SHARES, corpus, fails
from bench.fuzz.mutations import MUTATIONS, mutate
from bench.fuzz.targets import WrongError, knowledge, requests, texts
from srmbot.fake_slack import FakeSlack


@pytest.fixture(scope="module")
def targets(bot):
    with FakeSlack() as slack:
        yield {"request": requests(bot, slack), "text": texts(bot), "knowledge": knowledge()}


@pytest.mark.parametrize("name", SHARES)
def test_nothing_in_the_corpus_breaks_anything(targets, name):
    samples, random = corpus(name), Random(7)
    changed = [mutate(random, samples) for _ in range(60)]
    assert [wrong for sample in (*samples, *changed) if (wrong := fails(targets[name], sample))] == []


def test_what_breaks_is_noticed():
    def broken(sample):
        raise WrongError("so it is")

    assert "so it is" in fails(broken, b"")


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda change: change.__name__)
def test_a_sample_is_changed_and_the_same_seed_changes_it_alike(change):
    samples = [b"some bytes", b"", b"others"]
    first, again = ([change(sample, Random(seed), samples) for seed in range(20) for sample in samples] for _ in "12")
    assert first == again
    assert set(first) - set(samples)
