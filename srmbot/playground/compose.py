"""What a person types -> the text that Slack makes of it: names and addresses in <…>, the rest escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from srmbot.playground.draw.mrkdwn import plain
from srmbot.render.blocks import escape

TYPED_MENTION = re.compile(
    r"(?P<address>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])|(?<!\w)@(?P<person>[\w.-]*\w)|(?<!\w)#(?P<channel>[\w-]+)"
)
MARKED_MENTION = re.compile(
    r"<(?:@(?P<person>\w+)|#\w+\|(?P<channel>[^>]*)|!(?P<all>here|channel|everyone)|(?P<address>https?:[^|>]*)[^>]*)>"
)
BROADCASTS = ("here", "channel", "everyone")


def compose(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """A text as an app gets it.

    Args:
        text: as it was typed: "@srmbot who patches this? https://…".
        people: names by id.
        channels: names by id.
    """
    by_name = {name.lower(): f"<@{key}>" for key, name in people.items()}
    by_name |= {name: f"<!{name}>" for name in BROADCASTS}
    rooms = {name.lower(): f"<#{key}|{name}>" for key, name in channels.items()}
    made, end = "", 0
    for found in TYPED_MENTION.finditer(text):
        made += escape(text[end : found.start()]) + part(found, by_name, rooms)
        end = found.end()
    return made + escape(text[end:])


def part(found: re.Match[str], people: Mapping[str, str], rooms: Mapping[str, str]) -> str:
    """One address or name; an unknown name stays as it is."""
    if found["address"]:
        return f"<{escape(found['address'])}>"
    known = people.get(found["person"].lower()) if found["person"] else rooms.get(found["channel"].lower())
    return known or escape(found[0])


def typed(text: str, people: Mapping[str, str]) -> str:
    """What a person typed, from the text that an app gets: the other way round."""
    return plain(MARKED_MENTION.sub(lambda found: name_of(found, people), text))


def name_of(found: re.Match[str], people: Mapping[str, str]) -> str:
    """A name or an address in <…>, as it is typed."""
    if found["person"]:
        return f"@{people.get(found['person'], found['person'])}"
    if found["channel"]:
        return f"#{found['channel']}"
    return f"@{found['all']}" if found["all"] else found["address"]
