"""The page's long poll: what happens while the page is drawn is news at once."""

import json
import urllib.request

from srmbot.playground import server
from srmbot.playground.guard import GUARD_HEADER


def seen(served, since: str = "") -> dict:
    """What the page gets to know."""
    asked = urllib.request.Request(f"{served.url}api/seen?since={since}", headers={GUARD_HEADER: served.token})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return json.loads(answer.read())


def test_what_changes_while_the_page_is_drawn_is_known_without_waiting(served, room, monkeypatch):
    version = seen(served)["version"]
    real, drawn = server.page_state, []

    def draw(asked, viewer):
        shown = real(asked, viewer)
        if asked is not room:  # a page of the test before, which waits for news still
            return shown
        if not drawn:
            room.slack.post("just now")  # its wake-up comes before anybody waits
        drawn.append(shown["version"])
        return shown

    monkeypatch.setattr(server, "page_state", draw)
    monkeypatch.setattr(server, "CLOCK_LOOK_EVERY", 60.0)  # three times as long as the page is waited for
    assert seen(served, version)["version"] != version
    assert drawn[0] == version


def test_nothing_new_is_waited_for(served, room, monkeypatch):
    monkeypatch.setattr(server, "NEWS_PATIENCE", 0.2)
    first = seen(served)
    assert seen(served, first["version"])["version"] == first["version"]
