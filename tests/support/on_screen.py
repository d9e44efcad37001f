"""A Slack message -> what of it a person reads: its words, its labels, the duties that it says more than once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median, quantiles
from typing import Any

from srmbot.answer import Answer
from srmbot.model import Duty
from srmbot.render.statement import statement

Block = dict[str, Any]

CONTROLS = ("actions", "context_actions")  # blocks with nothing to read but labels
LINK = re.compile(r"<[^|>]*\|([^>]*)>")
ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"[^\W_]")
MARKS = re.compile(r":[a-z0-9_+-]+:|[*_~`]")


def texts(node: Any) -> Iterator[str]:
    """Every text that is shown without a click, the labels of controls apart; a link by its title."""
    if isinstance(node, list):
        for each in node:
            yield from texts(each)
    elif isinstance(node, dict) and node.get("type") not in CONTROLS:
        if node.get("type") == "rich_text_section":
            yield "".join(str(each.get("text", "")) for each in node["elements"])
            return
        for name, value in node.items():
            if name == "text" and isinstance(value, str):
                yield plain(value)
            elif name != "accessory":
                yield from texts(value)


def plain(text: str) -> str:
    """Mrkdwn as it is read."""
    shown = MARKS.sub("", LINK.sub(r"\1", text))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def words(blocks: Sequence[Block]) -> int:
    """How many words are read; signs are none."""
    return sum(bool(WORD.search(word)) for text in texts(list(blocks)) for word in text.split())


def labels(blocks: Sequence[Block]) -> list[list[str]]:
    """The labels of the buttons, and of the options of menus, row by row."""
    rows = [block["elements"] for block in blocks if block["type"] in CONTROLS]
    rows += [[block["accessory"]] for block in blocks if "accessory" in block]
    made = []
    for row in rows:
        made.append([each["text"]["text"] for each in row if each["type"] == "button"])
        made += [[option["text"]["text"] for option in each["options"]] for each in row if "options" in each]
    return [row for row in made if row]


def said_twice(answer: Answer, blocks: Sequence[Block]) -> list[Duty]:
    """The duties that stand in a message more than once, as a task or as a statement."""
    text = "\n".join(texts(list(blocks))).lower()
    duties = [duty for part in (answer.parts or (answer,)) if part.entry for duty in part.entry.duties]
    return [duty for duty in dict.fromkeys(duties) if times_said(duty, text) > 1]


def times_said(duty: Duty, text: str) -> int:
    """How often a duty is said in a text in small letters; a statement that holds the task says it once."""
    rest, said = text, 0
    for form in sorted({duty.duty.lower().rstrip("."), statement(duty).lower().rstrip(".")}, key=len, reverse=True):
        rest, count = re.subn(rf"(?<!\w){re.escape(form)}(?!\w)", "…", rest)
        said += count
    return said


def spread(counts: Sequence[int]) -> tuple[float, float]:
    """The median, and what nine of ten are at most."""
    return median(counts), quantiles(counts, n=10)[-1]
