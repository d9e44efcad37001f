"""A channel with tips, and the claim to plan it."""

import pytest

from tests.support.planning import HERE, NOW


@pytest.fixture
def claim(store):
    """The claim on C1, which has subscribed."""
    store.subscriptions.subscribe(HERE)
    [mine] = store.work.claim(["T1"], NOW, 9)
    return mine


@pytest.fixture
def here(store, claim):
    """Its subscription."""
    return store.subscriptions.get("T1", "C1")
