"""A message -> a node: who, when, what, and what can be done with it."""

from __future__ import annotations

from srmbot.fake_slack.journal import key_of
from srmbot.fake_slack.model import BOT_USER, Json, Message, with_ids

from .blocks import blocks
from .context import DrawContext
from .mrkdwn import mrkdwn
from .tree import Element, Node, h

TILE_COLOURS = 6  # of the tiles that stand for people
EDGES = {
    "danger": "edge-bad",
    "#d91515": "edge-bad",
    "#e01e5a": "edge-bad",
    "warning": "edge-warn",
    "good": "edge-good",
    "#2eb67d": "edge-good",
}


def message(given: Message, ink: DrawContext, replies: int = 0, tools: tuple[Node, ...] = ()) -> Element:
    """A message as it is in a channel or thread.

    Args:
        given: the message.
        ink: names and time zone.
        replies: how many stand in its thread.
        tools: what can be done with it.
    """
    name, at = ink.people.get(given.user, given.user), ink.time(float(given.ts or 0))
    badge = h("span", "App", class_="badge") if given.user in ink.bots or given.bot_id else None
    exact = f"{at:%A} {at.day} {at:%B, %H:%M:%S}" if ink.live else None  # a transcript made again is the same
    when = h("time", f"{at:%H:%M}", datetime=at.isoformat(timespec="minutes"), title=exact)
    head = h("p", h("strong", name), badge, when, class_="by")
    alone = h("p", "Only visible to you", class_="alone") if given.viewer else None
    bar = h("div", *tools, class_="tools", role="group", aria_label=f"Actions on {name}'s message") if tools else None
    kind = f"message {'ephemeral' if given.viewer else ''}".strip()
    inner = h("div", alone, head, *body(given, ink), thread_button(given, replies, ink), class_="inner")
    key = {"data_key": key_of(given), "data_ts": given.ts, "data_channel": given.channel} if ink.live else {}
    return h("article", tile(given.user, name, ink), inner, bar, class_=kind, aria_label=f"{name}, {at:%H:%M}", **key)


def tile(user: str, name: str, ink: DrawContext) -> Element:
    """The square beside a person's or bot's name; ours has a colour of its own."""
    kind = "bot" if user == BOT_USER else f"c{sum(map(ord, user)) % TILE_COLOURS}"
    return h("span", name[:1].upper(), class_=f"tile {kind}", aria_hidden="true")


def body(given: Message, ink: DrawContext) -> list[Node]:
    """Blocks, or the text where there are none; then attachments."""
    shown = given.as_json()
    made: list[Node] = blocks(shown.get("blocks", []), ink)
    if not made and given.text:
        made = [h("div", h("div", *mrkdwn(given.text, ink)), class_="b-section")]
    made += [attachment(each, ink) for each in given.attachments]
    made += [file(each) for each in given.files]
    return [*made, h("small", "(edited)", class_="edited")] if given.edited else made


def attachment(given: Json, ink: DrawContext) -> Element:
    """An old attachment, or a message that was shared: a card with a coloured edge."""
    made: list[Node] = [h("p", str(given["author_name"]), class_="title")] if given.get("author_name") else []
    if given.get("pretext"):
        made.append(h("div", *mrkdwn(str(given["pretext"]), ink)))
    if given.get("title"):
        link = given.get("title_link")
        made.append(h("p", *mrkdwn(f"<{link}|{given['title']}>" if link else str(given["title"]), ink), class_="title"))
    if given.get("text"):
        made.append(h("div", *mrkdwn(str(given["text"]), ink)))
    pairs = [
        h("div", h("strong", str(each.get("title", ""))), h("div", *mrkdwn(str(each.get("value", "")), ink)))
        for each in given.get("fields", [])
    ]
    made += [h("div", *pairs, class_="fields")] if pairs else []
    made += blocks(given.get("blocks") or shared_blocks(given), ink)
    made += [attachment(each, ink) for each in given.get("attachments", [])]
    made += [file(each) for each in given.get("files", [])]
    made += [h("small", str(given["footer"]))] if given.get("footer") else []
    return h("div", *made or [str(given.get("fallback", ""))], class_=f"attachment {colour(given.get('color'))}")


def shared_blocks(given: Json) -> list[Json]:
    """The blocks of a message that was shared, where its text is not there."""
    inside = [] if given.get("text") else given.get("message_blocks", [])
    return [with_ids(block, f"s{number}") for each in inside for number, block in enumerate(each["message"]["blocks"])]


def file(given: Json) -> Element:
    """A file: of a mail and of a pasted text how it begins, of any other its name."""
    said = given.get("plain_text") or given.get("preview_plain_text") or given.get("preview") or ""
    sender = next((str(each.get("original", "")) for each in given.get("from", [])), "")
    lines = [h("small", f"From {sender}")] if sender else []
    body = [h("div", line) for line in str(said).splitlines()]
    title = str(given.get("subject") or given.get("title") or given.get("name") or "A file")
    return h("div", h("p", title, class_="title"), *lines, *body, class_="attachment")


def colour(given: object) -> str:
    """The class for an attachment's edge: a strict page takes no colours from outside."""
    return EDGES.get(str(given).lower(), "")


def thread_button(given: Message, replies: int, ink: DrawContext) -> Element | None:
    """How many replies there are, and the way to them."""
    if not replies:
        return None
    label = f"{replies} {'reply' if replies == 1 else 'replies'}"
    if not ink.live:
        return None
    return h("button", label, type="button", class_="replies", data_act="thread", aria_label=f"Open thread, {label}")
