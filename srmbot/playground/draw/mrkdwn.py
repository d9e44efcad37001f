"""Slack's mrkdwn -> nodes: bold, italic, strike, code, quotes, links, mentions, dates, emoji.

As https://docs.slack.dev/messaging/formatting-message-text has it: a sign counts only at the edge of a word, `&amp;`
`&lt;` `&gt;` are the only entities, and everything in <…> is a link or a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .context import DrawContext
from .emoji import emoji
from .tree import Node, h

INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|:(?P<emoji>[a-z0-9_+'-]+):"
    r"|(?<![\w*])\*(?P<strong>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<em>[^\s_](?:[^\n]*?[^\s_])?)_(?![\w_])"
    r"|(?<![\w~])~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])"
)
FENCE = re.compile(r"```\n?(.*?)\n?```", re.DOTALL)
SAFE = ("https://", "http://", "mailto:", "tel:")
QUOTE = "&gt;"
# The parts of a <!date^…> in braces -> how strftime says them.
DATES = {
    "date_num": "%Y-%m-%d",
    "date": "%B %-d, %Y",
    "date_short": "%b %-d, %Y",
    "date_long": "%A, %B %-d, %Y",
    "date_pretty": "%B %-d, %Y",
    "date_short_pretty": "%b %-d, %Y",
    "date_long_pretty": "%A, %B %-d, %Y",
    "time": "%H:%M",
    "time_secs": "%H:%M:%S",
}


def mrkdwn(text: str, ink: DrawContext) -> list[Node]:
    """A whole text: code blocks and quotes apart, all else inline."""
    made: list[Node] = []
    for index, part in enumerate(FENCE.split(text)):
        if index % 2:
            made.append(h("pre", h("code", plain(part))))
        elif part:
            made += paragraphs(part.strip("\n") if index or FENCE.search(text) else part, ink)
    return made


def paragraphs(text: str, ink: DrawContext) -> Iterator[Node]:
    """Lines, of which those that begin with > are quotes."""
    lines: list[str] = []
    quoting = False
    for line in text.split("\n"):
        if line.startswith((QUOTE, ">")) != quoting:
            yield from gathered(lines, quoting, ink)
            lines, quoting = [], not quoting
        lines.append(line.removeprefix(QUOTE).removeprefix(">").lstrip() if quoting else line)
    yield from gathered(lines, quoting, ink)


def gathered(lines: list[str], quoting: bool, ink: DrawContext) -> Iterator[Node]:
    """Lines of one kind, with breaks between them."""
    if not lines:
        return
    made = broken(lines, ink)
    if quoting:
        yield h("blockquote", *made)
    else:
        yield from made


def broken(lines: list[str], ink: DrawContext) -> list[Node]:
    """Lines inline, with breaks between them."""
    made: list[Node] = []
    for number, line in enumerate(lines):
        made += [h("br")] if number else []
        made += inline(line, ink)
    return made


def inline(text: str, ink: DrawContext) -> list[Node]:
    """One line."""
    made: list[Node] = []
    end = 0
    for found in INLINE.finditer(text):
        made += [plain(text[end : found.start()])] if found.start() > end else []
        made.append(marked(str(found.lastgroup), found[str(found.lastgroup)], ink))
        end = found.end()
    return [*made, plain(text[end:])] if end < len(text) else made


def marked(kind: str, inner: str, ink: DrawContext) -> Node:
    """What one mark means."""
    if kind == "code":
        return h("code", plain(inner))
    if kind == "emoji":
        return emoji(inner)
    if kind == "angle":
        return angle(inner, ink)
    return h(kind, *inline(inner, ink))


def angle(inner: str, ink: DrawContext) -> Node:
    """What is in <…>: a person, a channel, a command of Slack's own, or an address."""
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return mention(f"@{ink.people.get(target[1:]) or plain(label) or target[1:]}")
    if target.startswith("#"):
        return mention(f"#{ink.channels.get(target[1:]) or plain(label) or target[1:]}")
    if target.startswith("!date^"):
        return date(target, plain(label), ink)
    if target.startswith("!"):
        return mention(f"@{plain(label).removeprefix('@') or target[1:].partition('^')[0]}")
    return link(plain(target), [plain(label or target)])


def mention(text: str) -> Node:
    """A name that is marked."""
    return h("span", text, class_="mention")


def link(address: str, label: list[Node]) -> Node:
    """A link that leads out of the page; only its text where the address is of another kind than the web's."""
    if not address.lower().startswith(SAFE):
        return h("span", *label, title=address)
    return h("a", *label, href=address, target="_blank", rel="noopener noreferrer")


def date(target: str, fallback: str, ink: DrawContext) -> Node:
    """<!date^seconds^text with {date}^link|fallback> in the viewer's time zone."""
    _, seconds, form, *_ = [*target.split("^"), ""]
    if not seconds.isdigit():
        return fallback
    at = ink.time(int(seconds))

    def fill(part: re.Match[str]) -> str:
        return at.strftime(DATES[part[1]].replace("%-d", str(at.day))) if part[1] in DATES else part[0]

    return re.sub(r"\{(\w+)\}", fill, form)


def plain(text: str) -> str:
    """Text with Slack's three entities as the signs that they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
