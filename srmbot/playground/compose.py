"""What a person types -> the text that Slack makes of it: names and addresses in <…>, the rest escaped."""

from __future__ import annotations

import re
from collections.abc import Mapping

from srmbot.render.blocks import escape

PART = re.compile(
    r"(?P<address>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])|(?<!\w)@(?P<person>[\w.-]*\w)|(?<!\w)#(?P<channel>[\w-]+)"
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
    for found in PART.finditer(text):
        made += escape(text[end : found.start()]) + part(found, by_name, rooms)
        end = found.end()
    return made + escape(text[end:])


def part(found: re.Match[str], people: Mapping[str, str], rooms: Mapping[str, str]) -> str:
    """One address or name; an unknown name stays as it is."""
    if found["address"]:
        return f"<{escape(found['address'])}>"
    known = people.get(found["person"].lower()) if found["person"] else rooms.get(found["channel"].lower())
    return known or escape(found[0])
