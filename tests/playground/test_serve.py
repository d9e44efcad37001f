"""Whether a browser is opened: only where a person sits, and only one with a window of its own."""

import sys
import webbrowser
from types import SimpleNamespace

import pytest

from srmbot.playground.serve import open_browser

URL = "http://127.0.0.1:3000/"
BROWSERS = [
    # whether a person sits there, the browser's name, opened
    (True, "xdg-open", [URL]),
    (True, "lynx", []),
    (True, "w3m", []),
    (True, None, []),
    (False, "xdg-open", []),
]


@pytest.mark.parametrize(("at_terminal", "name", "opened"), BROWSERS)
def test_opens_a_browser_where_one_can_be_opened(monkeypatch, at_terminal, name, opened):
    asked = []

    def get():
        if name is None:
            raise webbrowser.Error("could not locate runnable browser")
        return SimpleNamespace(basename=name, open=asked.append)

    monkeypatch.setattr(webbrowser, "get", get)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: at_terminal))
    open_browser(URL)
    assert asked == opened
