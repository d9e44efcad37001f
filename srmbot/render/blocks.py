"""Answer -> Block Kit: plain dicts, within Slack's limits; nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from srmbot.answer import Answer, Outcome
from srmbot.render import words
from srmbot.render.parts_table import parts_table
from srmbot.render.sections import Place, Section, sections, sources, titles
from srmbot.render.text import as_text

Block = dict[str, Any]

TEXT_LIMIT = 40_000  # characters of a message's text
SECTION_LIMIT = 3000  # characters of a section's text
FIELD_LIMIT = 2000
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000
BETWEEN = "|"  # between the keys in a button's value; no key has it
CUT_LINK = re.compile(r"<(?:http[^>]*|h?t{0,2})\Z")  # an escaped text has no other "<"


class Action(StrEnum):
    """What a button asks for; each has a listener in slack/."""

    ADD = "add"  # a form to add questions to the knowledge; its value: their IDs
    ASK = "ask"  # a form to ask in
    CHOOSE = "choose"  # another reading of the question; its value: that one's key, then the others'
    ENTRY = "entry"  # the answer to what is often asked; its value: the entry's key
    EXAMPLE = "example"  # the answer to an example; its value: the example
    PROPOSE = "propose"  # a page of the knowledge's repository: a link, there is nothing to do
    FEEDBACK = "feedback"  # a thumb up or down; its value: what was asked and answered
    WRONG = "wrong"  # a form to say what is wrong, where there are no thumbs; its value: the same
    SEARCH = "search"  # a question typed on the Home tab
    SERVICE = "service"  # whose each topic of a service is; its value: the slug
    TOPIC = "topic"  # a menu of a service's topics; the values: keys of entries
    TIP_ENTRY = "tip_entry"  # both sides of what a tip is about; its value: the entry's key
    TIP_LESS = "tip_less"  # a form to choose other topics and times; its value: the tip's service


def as_blocks(answer: Answer, *, echo: bool = False, table: bool = False) -> list[Block]:
    """The answer as blocks: verdict, why, both sides, numbers and pages, buttons.

    Args:
        answer: any.
        echo: repeat the question above it, for an answer that is shown alone.
        table: several parts may be a table: only in a message, not in a view.
    """
    made = list(unknown_blocks(answer) if answer.outcome is Outcome.UNKNOWN else answer_blocks(answer, table))
    return [context(answer.question, plain=True), *made] if echo and answer.question.strip() else made


def as_message(answer: Answer, *, echo: bool = False, table: bool = True) -> dict[str, Any]:
    """The parts of a Slack message: its blocks, and the text that is complete without them."""
    blocks = as_blocks(answer, echo=echo, table=table)
    return {"text": shorten_escaped(escape(as_text(answer)), TEXT_LIMIT), "blocks": blocks}


def notice(text: str) -> dict[str, Any]:
    """The parts of a Slack message for text of our own, in which `code` stays marked."""
    blocks = [section(part) for part in pack_lines(escape(text).split("\n"), SECTION_LIMIT)]
    return {"text": shorten_escaped(escape(text), TEXT_LIMIT), "blocks": blocks}


def unknown_blocks(answer: Answer) -> Iterator[Block]:
    """What is said when nothing is claimed, with the nearest as buttons."""
    lines = [escape(words.say(answer))]
    if suggestions := words.suggestions(answer):
        lines.append(f"{words.TRY}: {join_examples(suggestions)}")
    yield section("\n".join(lines))
    if answer.alternatives:
        yield choices(words.option_labels(answer.alternatives))


def answer_blocks(answer: Answer, table: bool) -> Iterator[Block]:
    """An answer that claims something: the verdict and the point, both sides, lists, what is read last."""
    shown = parts_table(answer) if table else None
    found = [each for each in sections(answer) if not (shown and each.name == "parts")]
    lines = [f"*{escape(words.verdict_line(answer))}*"]
    lines += [escape(line) for each in found if each.place is Place.POINT for line in each.lines]
    yield section("\n".join(lines))
    if shown:
        yield shown
    for each in found:
        if each.place is Place.LIST:
            yield from map(section, pack_lines(list_text(each).split("\n"), SECTION_LIMIT))
    if sides := [column(each.title, each.lines) for each in found if each.place is Place.SIDE]:
        yield {"type": "section", "fields": sides}
    notes = [list_text(each) for each in found if each.place is Place.NOTE]
    if pages := " · ".join(source_links(sources(answer), titles(answer))):
        notes.append(pages)
    yield from map(context, pack_lines(notes, CONTEXT_LIMIT))
    if answer.alternatives:
        yield context(words.DID_YOU_MEAN)
        yield choices(words.option_labels([answer, *answer.alternatives]))


def list_text(found: Section) -> str:
    """A section as mrkdwn: one line after its title, several below it."""
    lines = [with_links(line) for line in found.lines]
    if not found.title:
        return "\n".join(lines)
    if len(lines) == 1:
        return f"*{escape(found.title)}:* {lines[0]}"
    return "\n".join((f"*{escape(found.title)}:*", *(f"• {line}" for line in lines)))


def with_links(line: str) -> str:
    """A line escaped; an address at its end, such as a runbook's, is a link by what it is."""
    before, dot, address = line.rpartition(" · https://")
    return f"{escape(before)} · {link(f'https://{address}', 'Runbook')}" if dot else escape(line)


def column(title: str, tasks: Sequence[str]) -> Block:
    """One side of the line as a field of a section."""
    lines = [f"*{title}*", *(f"• {escape(task)}" for task in tasks)]
    return {"type": "mrkdwn", "text": shorten_escaped("\n".join(lines), FIELD_LIMIT)}


def section(text: str) -> Block:
    """A block of text, already escaped."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": shorten_escaped(text, SECTION_LIMIT)}}


def context(text: str, *, plain: bool = False) -> Block:
    """A block of small text: escaped mrkdwn, or plain text that Slack shows as it is."""
    element: Block = {"type": "plain_text" if plain else "mrkdwn", "text": shorten_escaped(text, CONTEXT_LIMIT)}
    return {"type": "context", "elements": [element]}


def choices(options: Sequence[tuple[str, str]]) -> Block:
    """A row of buttons, one a reading; each knows the others, so that one may come back."""
    keys = [key for _, key in options]
    return {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": f"{Action.CHOOSE}:{number}",
                "text": {"type": "plain_text", "text": shorten_escaped(label, BUTTON_LIMIT)},
                "value": BETWEEN.join([key, *(other for other in keys if other != key)]),
            }
            for number, (label, key) in enumerate(options)
        ],
    }


def escape(text: str) -> str:
    """Text in which Slack sees no markup: no mention, no link, no broadcast."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(page: str, name: str) -> str:
    """A link with a name; the address comes from checked knowledge and has no `|` or `>`."""
    return f"<{escape(page)}|{escape(name)}>"


def source_links(pages: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Links to pages by their titles, those of one kind behind what that kind is called."""
    named = list(zip(pages, names, strict=True))
    for kind in dict.fromkeys(map(words.source_label, pages)):
        links = [link(page, name) for page, name in named if words.source_label(page) == kind]
        yield f"{kind}: {' · '.join(links)}"


def join_examples(examples: Sequence[str]) -> str:
    """Things to ask, each as it would be typed."""
    return " · ".join(f"`{escape(example)}`" for example in examples)


def pack_lines(lines: Iterable[str], most: int) -> Iterator[str]:
    """Join lines into as few texts of at most so many characters as they fit in; a longer line stays alone."""
    held: list[str] = []
    for line in lines:
        if held and len("\n".join((*held, line))) > most:
            yield "\n".join(held)
            held.clear()
        held.append(line)
    if held:
        yield "\n".join(held)


def shorten_escaped(text: str, most: int) -> str:
    """Text of at most so many characters; what is cut off leaves a sign, and no half of an escaped sign or a link."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    amp = short.rfind("&", max(0, len(short) - 5))
    short = short[:amp] if amp >= 0 and ";" not in short[amp:] else short
    return CUT_LINK.sub("", short) + "…"
