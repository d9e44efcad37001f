"""`why TEXT`: what was recognised in a question, what was compared, and the line to change."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence

from srmbot.answer import Answer
from srmbot.bot import State
from srmbot.commands.nearest import nearest
from srmbot.decide import IN_SCOPE_FROM, SURE_FROM
from srmbot.form import Form
from srmbot.query import tokenize
from srmbot.request import Requester
from srmbot.search.matches import Match, Matches, NearBoundary
from srmbot.search.service_names import NamedService

HELP = "`why QUESTION` shows how a question was understood"
SHOWN_LIKELIHOODS = 4  # likelihoods of each kind
# The first explanation reads and indexes every example, some seconds of processor time: one does, the others wait.
ONE_AT_A_TIME = threading.Lock()

# After these, "why" asks for a reason: "why do we patch the os".
REASON = frozenset(
    """
    am are arent be can cant could did didnt do does doesnt dont had has have how i in is isnt it its may might must
    not on our should shouldnt that the there these they this those was wasnt we were what when will wont would you
    """.split()
)


def accepts(known: State, rest: Sequence[str]) -> bool:
    """Whether a question follows, and not the rest of a why-question."""
    return bool(rest) and rest[0].lower().replace("'", "").replace("’", "").strip("?,.!") not in REASON


def run(known: State, rest: Sequence[str], requester: Requester) -> str:
    """Show how the question was understood."""
    query = known.read(" ".join(rest))
    with ONE_AT_A_TIME:
        return "\n".join(explain(known, known.match(query), known.reply(query)))


def explain(known: State, matches: Matches, answer: Answer) -> Iterator[str]:
    """Explain the steps from the text to the answer, one a line, and name the examples nearest to it."""
    yield from explain_steps(known, matches, answer)
    yield from nearest_lines(known, matches)


def explain_steps(known: State, matches: Matches, answer: Answer) -> Iterator[str]:
    """Explain the steps from the text to the answer, one a line."""
    evidence = matches.evidence
    yield f"outcome: {answer.outcome}"
    yield f"in scope: {matches.in_scope:.2f} (answered from {IN_SCOPE_FROM})"
    yield f"confidence: {matches.confidence:.2f} (sure from {SURE_FROM})"
    yield f"names: {', '.join(map(describe_name, evidence.named)) or 'none'}"
    if evidence.corrections:
        yield f"slips: {', '.join(f'{said} → {meant}' for said, meant in evidence.corrections)}"
    yield f"form: {describe_form(matches.form)}"
    if matches.near:
        yield f"belief: {describe_belief(matches.near)}"
    yield f"words: {' '.join(word for words, _ in evidence.parts for word in words)}"
    alone = " (its name is all there is)" if len(evidence.topics) == 1 else ""
    yield f"topic: {format_likelihoods(evidence.topics)}{alone}"
    yield f"service: {format_likelihoods(evidence.services)}"
    for number, match in enumerate(matches.readings, 1):
        yield from explain_reading(known, number, matches, match)
    decisive = known.matcher.weights.explain(evidence.parts, "topic", answer.topic)
    if decisive:
        yield f"decided for {answer.topic}: {', '.join(f'{name!r} {share:+.2f}' for name, share in decisive)}"


def describe_form(form: Form) -> str:
    """Describe how a question asks: "yes-no, number; of the customer's act; negated"."""
    asks = ", ".join(sorted(form.asks)) or "nothing in particular"
    act = f"of {form.party}'s act" if form.party else ""
    found = (
        act,
        "asks a duty" if form.duty else "",
        "negated" if form.negated else "",
        "nothing left to do" if form.fine else "",
    )
    return "; ".join(filter(None, (asks, *found)))


def describe_belief(near: NearBoundary) -> str:
    """Describe the likeliest belief: "rds.backups-35 no 0.93 by 'kept for 35 days' (file:line)"."""
    found, boundary = near.found, near.boundary
    opposed = ", put the other way round" if near.opposed else ""
    return f"{boundary.id} {boundary.reply} {near.likelihood:.2f} by '{found.phrase}'{opposed} ({boundary.at})"


def describe_name(named: NamedService) -> str:
    """Describe a name as it was typed, with the service that it means."""
    corrected = tokenize(named.said) != tokenize(named.alias) and not named.said.startswith(named.alias)
    return f"{named.said} → {named.service}{' (misspelt)' if corrected else '' if named.strong else ' (a hint)'}"


def nearest_lines(known: State, matches: Matches) -> Iterator[str]:
    """List the example questions most like this one, and where to add it."""
    for nearness, way in nearest(known, matches):
        label = f"{way.service}/{way.topic} {way.owner}" if way.topic else "not ours"
        yield f"like '{shorten_line(way.text)}' {nearness:.2f} ({way.at}), which is {label}"
    if matches.readings:
        yield "to teach it otherwise: add the question to a file in knowledge/asked/, under what it should get"


def shorten_line(text: str, most: int = 80) -> str:
    """Shorten a long text to one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def explain_reading(known: State, number: int, matches: Matches, match: Match) -> Iterator[str]:
    """Explain one reading, with the duties of its entry that came nearest."""
    entry = f"{match.service}/{match.topic}" if match.topic else match.service
    yield f"{number}. {entry} {match.owner} {match.likelihood:.2f}{f' pinned {match.duty.id}' if match.duty else ''}"
    if match.entry is None:
        return
    yield f"   owner: {format_likelihoods(known.matcher.readings.owners.likelihoods(matches.evidence, match))}"
    for pin in known.matcher.ranker.rank(matches.evidence.vector, match.entry, matches.evidence.word_shares)[:2]:
        yield f"   {pin.item.id} {pin.item.owner} {pin.nearness:.2f} by '{pin.phrase}' ({pin.item.at})"


def format_likelihoods(values: Mapping[str, float]) -> str:
    """Format the likeliest few, with their likelihoods."""
    best = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN_LIKELIHOODS]
    return ", ".join(f"{name} {value:.2f}" for name, value in best if value >= 0.005)
