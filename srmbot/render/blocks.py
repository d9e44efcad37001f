"""Text -> the simplest blocks: plain dicts, within Slack's limits; nothing is sent here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from srmbot.render import words

Block = dict[str, Any]

TEXT_LIMIT = 40_000  # characters of a message's text
SECTION_LIMIT = 3000  # characters of a section's text
BUTTON_LIMIT = 75
CONTEXT_LIMIT = 2000
CUT_LINK = re.compile(r"<(?:http[^>]*|h?t{0,2})\Z")  # an escaped text has no other "<"


class Action(StrEnum):
    """What a button asks for; each has a listener in slack/."""

    ADD = "add"  # a form to add questions to the knowledge; its value: their IDs
    ASK = "ask"  # a form to ask in
    ASK_TEAM = "ask_team"  # question and answer to the team's channel; its value: what is carried
    CHOOSE = "choose"  # another reading of the question; its value: what is carried, with the others' keys
    DETAILS = "details"  # all that is known of an answer; its value: what is carried
    ELSEWHERE = "elsewhere"  # the same on another service; its value: that entry's key
    ENTRY = "entry"  # the answer to what is often asked; its value: the entry's key
    EXAMPLE = "example"  # the answer to an example; its value: the example
    FEEDBACK = "feedback"  # a thumb up or down; its value: what was asked and answered
    HOME_TOPIC = "home_topic"  # a menu of a service's topics on the Home tab; the values: keys of entries
    OWN = "own"  # what the asker alone may do with an answer; its value: that, and who it is
    PROPOSE = "propose"  # a page of the knowledge's repository: a link, there is nothing to do
    SEARCH = "search"  # a question typed on the Home tab
    SERVICE = "service"  # whose each topic of a service is; its value: the slug
    SHARE = "share"  # an answer that one person sees, to the channel; its value: what is carried
    TIP_ENTRY = "tip_entry"  # both sides of what a tip is about; its value: the entry's key
    TIP_LESS = "tip_less"  # a form to choose other topics and times; its value: the tip's service
    TOPIC = "topic"  # a topic of a service; its value: the entry's key, or the service's
    WRONG = "wrong"  # a form to say what is wrong, where there are no thumbs; its value: what was asked and answered


def notice(text: str) -> dict[str, Any]:
    """The parts of a Slack message for text of our own, in which `code` stays marked."""
    blocks = [section(part) for part in pack_lines(escape(text).split("\n"), SECTION_LIMIT)]
    return {"text": shorten_escaped(escape(text), TEXT_LIMIT), "blocks": blocks}


def section(text: str) -> Block:
    """A block of text, already escaped."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": shorten_escaped(text, SECTION_LIMIT)}}


def context(text: str, *, plain: bool = False) -> Block:
    """A block of small text: escaped mrkdwn, or plain text that Slack shows as it is."""
    element: Block = {"type": "plain_text" if plain else "mrkdwn", "text": shorten_escaped(text, CONTEXT_LIMIT)}
    return {"type": "context", "elements": [element]}


def escape(text: str) -> str:
    """Text in which Slack sees no markup: no mention, no link, no broadcast."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(page: str, name: str) -> str:
    """A link with a name; the address comes from checked knowledge and has no `|` or `>`.

    A place in a document of the organisation is no address: it is shown as it is.
    """
    return f"<{escape(page)}|{escape(name)}>" if words.is_address(page) else escape(page)


def source_links(pages: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Links to pages by their titles, those of one kind behind what that kind is called."""
    named = list(zip(pages, names, strict=True))
    for kind in dict.fromkeys(map(words.source_label, pages)):
        links = [link(page, name) for page, name in named if words.source_label(page) == kind]
        yield f"{kind}: {' · '.join(links)}"


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
