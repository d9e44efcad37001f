"""An entry with both sides -> whose part of it is asked about, and which duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from srmbot.model import Entry, Owner
from srmbot.search.duty_ranking import DutyRanker, RankedDuty
from srmbot.search.evidence import softmax
from srmbot.search.features import context_features, cross_features
from srmbot.search.matches import Evidence, Match

OWNER_SHARPNESS = 2.5  # scores to likelihoods, by bench/voices.py
UNLIKELY = 0.03  # a reading less likely than this, beside the best, is not looked into
PIN = 1.0  # what a near duty adds to its owner's score
SAME = 0.6  # what it adds to its own nearness
SAME_FOR_OWNER = 0.4  # and to its owner's score
DOUBT_FOR_BOTH = 1.5  # what the less likely of the two sides adds to both: where either may be meant, both are said
SIDES = (Owner.AWS, Owner.CUSTOMER)
PLAINLY = 0.8  # how likely one side must be for a topic's bare name to be taken as that side's
PINNED = 0.35  # how near a duty must be to be named alone


@dataclass(frozen=True, slots=True)
class Reading:
    """A match with the evidence for its owner."""

    match: Match
    owners: Mapping[str, float] = field(default_factory=dict)  # how likely each is; none for the whole entry
    pins: Sequence[RankedDuty] = ()  # the entry's duties, the nearest first


class OwnerJudge:
    """Judges whose part of an entry a question asks about."""

    def __init__(self, ranker: DutyRanker) -> None:
        """Remember what duties are compared by."""
        self.ranker, self.weights = ranker, ranker.weights

    def judge(self, evidence: Evidence, match: Match) -> Reading:
        """A reading with its owner: the entry's for a broad question, a duty's for a specific one."""
        entry = match.entry
        if entry is None:
            return Reading(match)
        pins = self.ranker.rank(evidence.vector, entry, evidence.word_shares)
        if evidence.word_shares:
            shares = evidence.word_shares
            nearer = (
                replace(pin, nearness=pin.nearness + SAME * shares[pin.item.id] ** 2) if pin.item.id in shares else pin
                for pin in pins
            )
            pins = sorted(nearer, key=lambda pin: -pin.nearness)
        match = replace(match, ranked=tuple(sorted(pins, key=lambda pin: -pin.score)))
        owners = {match.owner.value: 1.0}
        if match.owner is Owner.SHARED:
            owners = self.likelihoods(evidence, match)
        if evidence.bare:
            plain = max(owners, key=lambda owner: owners[owner])
            owner = Owner(plain) if owners[plain] >= PLAINLY and not evidence.keyword else match.owner
            match = replace(match, owner=owner, ranked=in_order(match.ranked, entry))
            return Reading(match, owners if owner is not Owner.SHARED else {}, pins)
        owner = choose_owner(owners, pins, evidence.word_shares)
        nearest = next((pin for pin in pins if pin.item.owner is owner), None)
        duty = nearest.item if nearest and nearest.nearness >= PINNED else None
        found = replace(match, owner=owner, duty=duty, owner_likelihood=owners.get(owner, 0.0))
        return Reading(found, owners, pins)

    def likelihoods(self, evidence: Evidence, match: Match) -> dict[str, float]:
        """How likely each owner's part is asked about: by the words, on this service, in this topic."""
        parts, service, topic = evidence.parts, match.service, match.topic
        known = self.weights.sum(
            context_features(service, topic), cross_features(parts, service), cross_features(parts, topic)
        )
        return softmax(self.weights.scores(evidence.text + known, "owner")["owner"], OWNER_SHARPNESS)


def in_order(ranked: Iterable[RankedDuty], entry: Entry) -> tuple[RankedDuty, ...]:
    """The duties of a topic that is asked about by its name alone, the main ones first, as its file has them."""
    places = {duty.id: place for place, duty in enumerate(entry.duties)}
    return tuple(sorted(ranked, key=lambda each: (each.special, places[each.item.id])))


def choose_owner(owners: Mapping[str, float], pins: Sequence[RankedDuty], recalled: Mapping[str, float]) -> Owner:
    """Whose work is asked about: what the words say of it, and whose duty they come nearest to."""
    near = {owner: max((pin.nearness for pin in pins if pin.item.owner is owner), default=0.0) for owner in SIDES}
    best = max(near.values())
    score = {owner: owners.get(owner, 0.0) + PIN * (near.get(owner, best) - best) for owner in Owner}
    same = dict.fromkeys(SIDES, 0.0)
    if recalled:
        for pin in pins:
            same[pin.item.owner] = max(same[pin.item.owner], recalled.get(pin.item.id, 0.0))
    for owner in SIDES:
        score[owner] += SAME_FOR_OWNER * same[owner] ** 2
    # a duty that has the question's words leaves less doubt
    score[Owner.SHARED] += DOUBT_FOR_BOTH * min(owners.get(owner, 0.0) for owner in SIDES) * (1 - max(same.values()))
    return max(score, key=lambda owner: score[owner])


def other_owners(reading: Reading) -> Iterator[Match]:
    """The same reading with each other owner who may be meant; none where only one has a part in it."""
    best, entry = reading.match, reading.match.entry
    for name, share in reading.owners.items():
        owner, likelihood = Owner(name), best.likelihood * share
        if owner is best.owner or entry is None or likelihood < UNLIKELY:
            continue
        if owner is not Owner.SHARED:
            nearest = next((pin.item for pin in reading.pins if pin.item.owner is owner), entry.side(owner)[0])
            yield replace(best, owner=owner, duty=nearest, likelihood=likelihood, owner_likelihood=share)
        elif best.duty:  # the whole entry, which an answer without a duty shows already
            yield replace(best, owner=owner, duty=None, likelihood=likelihood, owner_likelihood=share)
