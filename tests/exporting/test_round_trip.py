"""What was exported and is imported again says the same: each field that the format holds, of every duty."""

import random
import re
from dataclasses import replace

import pytest

from srmbot.exporting.columns import PAGE_COLUMNS, SHEET_COLUMNS
from srmbot.exporting.exporter import export
from srmbot.importing.importer import Importer
from srmbot.model import Duty, Owner
from tests.support.light import load_light

BOTH = ("service", "topic")
HELD = {
    "markdown": (*BOTH, *(column.field for column in PAGE_COLUMNS)),
    "html": (*BOTH, *(column.field for column in PAGE_COLUMNS)),
    "csv": tuple(column.field for column in SHEET_COLUMNS),
    "oscal": tuple(column.field for column in SHEET_COLUMNS),
    "json": tuple(column.field for column in SHEET_COLUMNS),
}
ALPHABET = "abcdefgh ABC 0123 .,;:!?-–()[]{}<>|/\\&*_`'\"#~$%^=+@ éß→"


@pytest.fixture
def there_and_back(full, tmp_path, monkeypatch):
    """The knowledge that an import makes of an export."""
    monkeypatch.chdir(tmp_path)

    def travel(known, form, services):
        importer = Importer(full.state if form != "json" else bare(full, known), None, tmp_path / "ours")
        for name, text in export(known, form, services).items():
            if form != "oscal" or name == "component-definition.json":
                (tmp_path / name).write_bytes(text.encode())
                importer.read(tmp_path / name)
        importer.write()
        return load_light(tmp_path / "ours")

    return travel


def bare(full, known):
    """A state whose knowledge states nothing, so that all that is exported is new."""
    return replace(full.state, knowledge=replace(known, duties=(), boundaries=(), absent=()))


def values(duties, fields):
    return {duty.id: {name: getattr(duty, name) for name in fields} for duty in duties}


@pytest.mark.parametrize("form", HELD)
def test_the_built_in_duties_come_back(form, known, there_and_back):
    services = ["general", "rds", "aurora"]
    found = there_and_back(replace(known, boundaries=()), form, services)
    own = [duty for duty in known.duties if duty.service in services]
    assert values(found.duties, HELD[form]) == values(own, HELD[form])


def test_json_brings_boundaries_and_absent_topics_too(known, there_and_back):
    found = there_and_back(known, "json", list(known.services))
    assert [replace(each, at="") for each in found.boundaries] == [replace(each, at="") for each in known.boundaries]
    assert [replace(each, at="") for each in found.absent] == [replace(each, at="") for each in known.absent]


def text(rng, least=1, most=40):
    """A text that a field of one line may hold: no space at its ends, no two in a row, a letter in it."""
    made = " ".join("".join(rng.choice(ALPHABET) for _ in range(rng.randint(least, most))).split())
    return re.sub("<+(?=[@!#h])", "", f"x{made}x")  # no markup of Slack's, which knowledge may not hold


def texts(rng, most=3):
    return tuple({each.casefold(): each for each in (text(rng) for _ in range(rng.randint(0, most)))}.values())


def sentence(rng):
    return f"{text(rng)}."


def random_duty(rng, number):
    """A duty of any texts that knowledge may hold."""
    return Duty(
        id=f"rds.d{number}",
        service="rds",
        topic=rng.choice(["backups", "patching", "high-availability"]),
        owner=rng.choice([Owner.AWS, Owner.CUSTOMER]),
        duty=f"{text(rng)} {number}",
        why=sentence(rng),
        facts=texts(rng),
        say=(f"say {number}", *(f"{each} {number}" for each in texts(rng, 1))),
        source=("https://docs.aws.amazon.com/a_(b)#c",) if rng.random() < 0.5 else ("docs/srm_*.md:12",),
        tip=rng.choice([None, f"{number} {sentence(rng)}"]),
        as_of=rng.choice([None, "2025", "2026-02"]),
        checked=rng.random() < 0.5,
        does=rng.choice([None, sentence(rng)]),
        next=rng.choice([None, sentence(rng)]),
        checked_by=rng.choice([(), ("RDS.11", "rds-storage-encrypted")]),
        proof=texts(rng),
        holds_for=rng.choice([(), ("aurora", "managed")]),
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", HELD)
def test_whatever_texts_come_back(form, seed, known, there_and_back):
    rng = random.Random(f"{form} {seed}")
    duties = tuple(random_duty(rng, number) for number in range(20))
    found = there_and_back(replace(known, duties=duties, boundaries=(), absent=()), form, ["rds"])
    assert values(found.duties, HELD[form]) == values(duties, HELD[form])
