"""Two services -> what moves between them and what stays, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from srmbot.model import Knowledge, Owner
from srmbot.overview.comparison import Comparison, moves
from srmbot.render.statement import conjugate, listed, lower_first, sentence

STAYING = 6  # topics that are named as staying what they are


def move_sentences(known: Knowledge, found: Comparison) -> Iterator[str]:
    """What goes to AWS, what comes to you, and what is then shared, from the first service to the last."""
    went = moved_titles(known, found)
    names = [known.services[slug].name for slug in (found.services[0], found.services[-1])]
    to_aws = moved(went, (Owner.CUSTOMER, Owner.SHARED), Owner.AWS)
    to_you = moved(went, (Owner.AWS, Owner.SHARED), Owner.CUSTOMER)
    if to_aws:
        yield f"From {names[0]} to {names[1]}, {listed(to_aws)} {agree('go', to_aws)} to AWS."
    if to_you:
        yield f"From {names[0]} to {names[1]}, {listed(to_you)} {agree('come', to_you)} to you."
    if shared := moved(went, (Owner.CUSTOMER,), Owner.SHARED):
        yield f"AWS then takes a part of {listed(shared)}."
    if shared := moved(went, (Owner.AWS,), Owner.SHARED):
        yield f"You then take a part of {listed(shared)}."


def staying_sentences(known: Knowledge, found: Comparison) -> Iterator[str]:
    """The first topics of yours that stay as they are from the first service to the last."""
    went = moved_titles(known, found)
    if same := [each for owner in (Owner.CUSTOMER, Owner.SHARED) for each in went.get((owner, owner), [])][:STAYING]:
        stay = "stay as they are" if len(same) > 1 else "stays as it is"
        yield f"{sentence(listed(same)).rstrip('.')} {stay}."


def moved_titles(known: Knowledge, found: Comparison) -> Mapping[tuple[Owner, Owner], list[str]]:
    """The topics by their owner on the first service and on the last, as they are called inside a sentence."""
    went = moves(found)
    return {owners: [lower_first(known.topics[topic].title) for topic in topics] for owners, topics in went.items()}


def moved(went: Mapping[tuple[Owner, Owner], list[str]], before: Sequence[Owner], after: Owner) -> list[str]:
    """The topics that go from one of some owners to another."""
    return [each for owner in before for each in went.get((owner, after), [])]


def agree(verb: str, subjects: Sequence[str]) -> str:
    """A verb after one subject or several: "goes", "go"."""
    return verb if len(subjects) > 1 else conjugate(verb)
