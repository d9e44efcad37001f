"""A message or view of the bot's -> all that can be known about it: checks, the why, steps, what came and what went."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import Any

from srmbot.commands import resolve
from srmbot.commands.command import Invocation
from srmbot.commands.conversation import keep_turns
from srmbot.commands.why import explain_steps, nearest_lines
from srmbot.fake_slack import Message, Problem, message_problems, view_problems
from srmbot.fake_slack.journal import Step, key_of
from srmbot.playground.draw.tree import Element, Node, as_list, h
from srmbot.playground.question import read_question
from srmbot.playground.session import Session

Json = dict[str, Any]

MESSAGE_PARTS = ("text", "blocks", "attachments", "metadata")


def inspect(room: Session, key: str) -> list[Any]:
    """Everything about one message ("C…/ts") or view ("view/V…"), drawn.

    Raises:
        LookupError: there is no such thing, or no longer.
    """
    sent, found = content(room, key)
    traces = room.slack.workspace.journal.traces(key)
    made = [checks(found)]
    for number, steps in enumerate(reversed(traces)):
        title = "" if number == 0 else "Before that"
        made += [h("h3", title)] if title else []
        made += [part for part in (why(room, steps), timeline(steps), came(steps)) if part is not None]
    made.append(folded("What went out", sent, unfolded=not traces))
    return [as_list(each) for each in made]


def content(room: Session, key: str) -> tuple[Json, list[Problem]]:
    """What was sent to be seen, and what Slack would say to it. Raises LookupError."""
    place, _, name = key.partition("/")
    if place == "view":
        view = room.slack.workspace.views.get(name)
        if view is None:
            raise LookupError(f"no view {name!r} is open")
        return view.view, view_problems(view.view)
    message = message_of(room, key)
    shown = {name: value for name in MESSAGE_PARTS if (value := getattr(message, name))} | message.options
    return shown, message_problems({name: shown[name] for name in MESSAGE_PARTS if name in shown})


def message_of(room: Session, key: str) -> Message:
    """A message by its key. Raises LookupError."""
    workspace = room.slack.workspace
    with workspace.lock:
        held = [each for each in workspace.ephemeral if key_of(each) == key]
        held += [each for each in workspace.messages.get(key.partition("/")[0], []) if key_of(each) == key]
    if not held:
        raise LookupError(f"no message {key!r}")
    return held[0]


def checks(found: Sequence[Problem]) -> Element:
    """What the validator says."""
    if not found:
        return h("p", "✓ Slack takes this as it is.", class_="good")
    items = [h("li", h("code", each.path), f" {each.what}", class_="warn" if each.warning else "bad") for each in found]
    return h("div", h("p", f"{len(found)} to look at:", class_="bad"), h("ul", *items))


def why(room: Session, steps: Sequence[Step]) -> Element | None:
    """How the question was understood, by what knows it now; None where nothing was asked."""
    asked = read_question(steps)
    if asked is None:
        return None
    if asked.key:
        return section("Chosen", h("p", "By its button: ", h("code", asked.key)), *lines(chosen(room, asked.key)))
    known, started = room.bot.state, perf_counter()
    turns = keep_turns(known, asked.thread)
    question = resolve(known, asked.text, in_thread=bool(turns))
    if isinstance(question, Invocation):
        return section("Why", h("p", "A subcommand: ", h("code", asked.text or "help")))
    matches = known.match(question.query, turns, asked.service)
    took = f"understood in {(perf_counter() - started) * 1000:.1f} ms, measured just now"
    reply = known.reply(question.query, turns, asked.service)
    before = [h("p", "after ", h("q", turn), class_="quiet") for turn in turns]
    asked_text = h("p", h("q", asked.text) if asked.text else "A mention alone", class_="asked")
    # The examples are read from YAML when they are first needed, which takes seconds: they come by themselves.
    more = h("p", "Looking for the nearest examples…", class_="quiet", data_more="nearest", role="status")
    shown = lines(explain_steps(known, matches, reply))
    return section("Why", asked_text, *before, *shown, more, h("p", took, class_="quiet"))


def nearest_examples(room: Session, key: str) -> list[Any]:
    """The example questions nearest to what led to a message or view last, drawn.

    Raises:
        LookupError: nothing was asked, or it is forgotten.
    """
    traces = room.slack.workspace.journal.traces(key)
    asked = read_question(traces[-1]) if traces else None
    if asked is None:
        raise LookupError("nothing was asked here")
    known = room.bot.state
    matches = known.match(asked.text, keep_turns(known, asked.thread), asked.service)
    return [as_list(each) for each in lines(nearest_lines(known, matches)) if isinstance(each, Element)]


def chosen(room: Session, key: str) -> Iterator[str]:
    """The duties of an answer that was chosen, each with its line."""
    answer = room.bot.state.choose(key)
    duties = answer.entry.duties if answer and answer.entry else ()
    yield from (f"{duty.id} {duty.owner} ({duty.at})" for duty in duties)


def lines(texts: Iterator[str]) -> list[Node]:
    """What `why` prints, line by line."""
    return [h("pre", h("code", "\n".join(texts)), tabindex=0)]


def timeline(steps: Sequence[Step]) -> Element:
    """Each step: when it began after the first, how long it took, what came of it."""
    begin = steps[0].started
    rows = [
        h(
            "tr",
            h("td", f"+{(step.started - begin) * 1000:.0f} ms", class_="number"),
            h("td", {"delivery": "→ app", "call": "← app", "response": "← app", "due": "clock"}[step.kind]),
            h("td", h("code", name_of(step))),
            h("td", outcome(step), class_="" if fine(step) else "bad"),
            h("td", f"{step.seconds * 1000:.1f} ms", class_="number"),
        )
        for step in steps
    ]
    names = ("At", "Way", "Step", "Result", "Took")
    head = h("thead", h("tr", *[h("th", name, scope="col") for name in names]))
    return section(
        "Steps",
        h("div", h("table", head, h("tbody", *rows)), class_="b-table", tabindex=0, role="region", aria_label="Steps"),
    )


def name_of(step: Step) -> str:
    """A step's name, as Slack calls it."""
    if step.kind != "delivery":
        return step.name
    return str(step.sent.get("command") or (step.sent.get("event") or step.sent).get("type"))


def outcome(step: Step) -> str:
    """What came of a step, in a word."""
    if step.status is None:
        return str(step.got or "no answer")
    if isinstance(step.got, dict) and step.got.get("ok") is False:
        return str(step.got.get("error"))
    return "ok" if step.status == 200 else f"HTTP {step.status}"


def fine(step: Step) -> bool:
    """Whether a step went well."""
    return outcome(step) == "ok"


def came(steps: Sequence[Step]) -> Element:
    """What began it: a payload of Slack's, or a call that nothing asked for."""
    return folded("What came in" if steps[0].kind == "delivery" else "What was called", steps[0].sent)


def folded(title: str, value: Any, unfolded: bool = False) -> Element:
    """Data that can be unfolded."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    size = h("small", f" {len(text.encode()):,} bytes")
    return h("details", h("summary", title, size), h("pre", h("code", text), tabindex=0), open=unfolded)


def section(title: str, *inner: Node) -> Element:
    """A part of the inspector under its title."""
    return h("section", h("h3", title), *inner)
