"""What drawing needs to know beside the thing itself: names, the viewer's time zone, and where it is drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True, slots=True)
class DrawContext:
    """Names by id, and the zone that times are shown in.

    `place` tells elements of several surfaces on one page apart; `live` is off where nothing can be clicked.
    """

    people: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    bots: frozenset[str] = frozenset()
    tz: str = "UTC"
    place: str = ""
    live: bool = True

    def time(self, seconds: float) -> datetime:
        """A moment in the viewer's zone."""
        try:
            return datetime.fromtimestamp(seconds, ZoneInfo(self.tz))
        except (ZoneInfoNotFoundError, ValueError):
            return datetime.fromtimestamp(seconds, ZoneInfo("UTC"))
