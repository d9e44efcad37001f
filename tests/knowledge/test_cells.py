"""Topics that a service has no duty of: whose work they are, by what it inherits or by what it does not have."""

import pytest

from bench.cells import FRAMES, OWNERS, cells, read_frames, read_owners
from srmbot.model import Owner

LABELS = read_owners(OWNERS)


def test_labels_are_known(known):
    for service, topic in LABELS:
        assert service in known.services
        assert topic in known.topics
    assert {owner for owners in LABELS.values() for owner in owners} <= set(Owner)


def test_frames_name_the_service():
    for topic, frames in read_frames(FRAMES).items():
        assert all(frame.count("{service}") == 1 for frame in frames), topic


@pytest.fixture
def said(known):
    """Whose work each topic without a duty is said to be; nothing is said of some."""
    empty = [cell for cell in cells(known, read_frames(FRAMES)) if cell not in known.entries]
    inherited = {cell: known.covered[cell].owner for cell in empty if cell in known.covered}
    absent = {cell: known.absent_topics[cell].owner for cell in empty if cell in known.absent_topics}
    return inherited | absent


def test_what_is_said_of_a_topic_without_duties_has_been_judged(said):
    assert said.keys() <= LABELS.keys()


def test_no_owner_is_false_where_a_service_has_no_duty_of_its_own(said):
    assert not {cell: owner for cell, owner in said.items() if owner not in LABELS[cell]}
