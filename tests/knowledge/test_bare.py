"""Of a bare folder only what things are called is read: what it states is not known, and gaps are no problem."""

from pathlib import Path

import pytest

from knowledge.conftest import GENERAL, MINIMAL, RDS
from srmbot.knowledge.files import read_folders
from srmbot.knowledge.load import load_examples, load_layers
from srmbot.knowledge.problem import KnowledgeError

ASKED = "voice: Somebody.\nours:\n  rds/backups:\n    customer:\n    - who keeps our backups\n"
OWN = RDS.replace("retention", "own").replace("Set the backup", "Agree on the")


@pytest.fixture
def bare(write):
    def read(overlay):
        below = write(MINIMAL | {"asked/us.yaml": ASKED}, "below")
        return read_folders([below, write(overlay, "overlay")], bare=True)

    return read


def test_only_the_overlay_states_anything(bare):
    known = load_layers(bare({"duties/rds.yaml": OWN}))
    assert [duty.id for duty in known.duties] == ["rds.own"]
    assert list(known.services) == ["general", "rds", "aurora"]
    assert list(known.topics) == ["backups", "patching"]


def test_how_people_ask_is_known(bare):
    assert [each.text for each in load_examples(bare({"duties/general.yaml": GENERAL}))] == ["who keeps our backups"]


def test_a_problem_of_the_overlay_is_one(bare):
    with pytest.raises(KnowledgeError, match="unknown topic `backup`"):
        load_layers(bare({"duties/rds.yaml": OWN.replace("topic: backups", "topic: backup")}))


def test_it_is_another_version_than_the_whole(bare, write):
    layers = bare({"duties/rds.yaml": OWN})
    whole = read_folders([Path(layer.path) for layer in layers])
    assert load_layers(layers).version != load_layers(whole).version
