"""Answer -> Block Kit: plain dicts, within Slack's limits; nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from srmbot.answer import Answer, Outcome
from srmbot.render import words
from srmbot.render.text import as_text

Block = dict[str, Any]

SECTION_LIMIT = 3000  # characters of a section's text, and of a message's where it stays readable
FIELD_LIMIT = 2000
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000
PREFIX = re.compile(r"^(?:USER|CHAP|Appendix|Concepts)[_.]")  # what AWS's guides begin the names of files with
BETWEEN = "|"  # between the keys in a button's value; no key has it


class Action(StrEnum):
    """What a button asks for; each has a listener in slack/."""

    ASK = "ask"  # a form to ask in
    CHOOSE = "choose"  # another reading of the question; its value: that one's key, then the others'
    EXAMPLE = "example"  # the answer to an example; its value: the example
    TIP_ENTRY = "tip_entry"  # both sides of what a tip is about; its value: the entry's key
    TIP_LESS = "tip_less"  # a form to choose other topics and times; its value: the tip's service


def as_blocks(answer: Answer, *, echo: bool = False) -> list[Block]:
    """The answer as blocks: verdict, why, both sides, numbers and pages, buttons.

    Args:
        answer: any.
        echo: repeat the question above it, for an answer that stands alone.
    """
    made = list(unknown_blocks(answer) if answer.outcome is Outcome.UNKNOWN else answer_blocks(answer))
    return [context(answer.question, plain=True), *made] if echo and answer.question.strip() else made


def as_message(answer: Answer, *, echo: bool = False) -> dict[str, Any]:
    """The parts of a Slack message: its blocks, and the text that is complete without them."""
    return {"text": shorten_escaped(escape(as_text(answer)), SECTION_LIMIT), "blocks": as_blocks(answer, echo=echo)}


def notice(text: str) -> dict[str, Any]:
    """The parts of a Slack message for text of our own, in which `code` stays marked."""
    return {"text": shorten_escaped(escape(text), SECTION_LIMIT), "blocks": [section(escape(text))]}


def unknown_blocks(answer: Answer) -> Iterator[Block]:
    """What is said when nothing is claimed, with the nearest as buttons."""
    yield section(f"{escape(words.NOT_KNOWN)}\n{words.TRY}: {join_examples(words.suggestions(answer))}")
    if answer.alternatives:
        yield choices(words.option_labels(answer.alternatives))


def answer_blocks(answer: Answer) -> Iterator[Block]:
    """An answer that claims something."""
    lines = [f"*{escape(words.verdict_line(answer))}*", escape(answer.opening)]
    if answer.outcome is Outcome.CHOICE:
        lines.insert(1, f"_{words.UNSURE}_")
    if note := words.borrowed_note(answer):
        lines.append(f"_{escape(note)}_")
    yield section("\n".join(lines))
    columns = ((words.AWS_SIDE, answer.aws), (words.YOUR_SIDE, answer.customer))
    if sides := [column(title, words.with_reasons(answer, tasks)) for title, tasks in columns if tasks]:
        yield {"type": "section", "fields": sides}
    if small := "\n".join(footnotes(answer)):
        yield context(small)
    if answer.alternatives:
        yield choices(words.option_labels([answer, *answer.alternatives]))


def footnotes(answer: Answer) -> Iterator[str]:
    """Numbers, the team, the pages: what is read last."""
    if answer.facts:
        yield "\n".join((f"{words.FACTS}:", *(f"• {escape(fact)}" for fact in answer.facts)))
    if answer.team:
        yield f"{words.TEAM}: {escape(' · '.join(filter(None, (answer.team.team, answer.team.channel))))}"
        if answer.team.runbook:
            yield link(answer.team.runbook, "Runbook")
    if answer.unchecked:
        yield words.UNCHECKED
    if answer.sources:
        yield " · ".join(source_links(answer.sources))


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


def source_links(pages: Sequence[str]) -> Iterator[str]:
    """Links to pages, those of one kind behind what that kind is called."""
    for kind in dict.fromkeys(map(words.source_label, pages)):
        links = [link(page, page_title(page)) for page in pages if words.source_label(page) == kind]
        yield f"{kind}: {' · '.join(links)}"


def page_title(page: str) -> str:
    """The last part of an address, which in AWS's guides names the page, as a person would write it."""
    last = page.rstrip("/").rsplit("/", 1)[-1].partition("#")[0].removesuffix(".html")
    if (action := last.removeprefix("API_")) != last:
        return f"{action} (API)"
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])(?!SQL|DB)|[-_]+", " ", PREFIX.sub("", last)).replace(".", ": ")
    return spaced.strip(" :") or page


def join_examples(examples: Sequence[str]) -> str:
    """Things to ask, each as it would be typed."""
    return " · ".join(f"`{escape(example)}`" for example in examples)


def shorten_escaped(text: str, most: int) -> str:
    """Text of at most so many characters; what is cut off leaves a sign, and no half of an escaped sign."""
    if len(text) <= most:
        return text
    short = text[: most - 1]
    amp = short.rfind("&", max(0, len(short) - 5))
    return (short[:amp] if amp >= 0 and ";" not in short[amp:] else short) + "…"
