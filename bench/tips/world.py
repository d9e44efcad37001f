"""Many workspaces of a stand-in for Slack on one port, and a clock that every process shares and can be moved."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from srmbot.fake_slack.api import Api, HttpReply
from srmbot.fake_slack.model import BOT_USER, Channel, Clock, Message
from srmbot.fake_slack.oauth import Tokens
from srmbot.fake_slack.server import Server
from srmbot.fake_slack.workspace import Workspace

SCOPES = ("chat:write", "commands", "users:read")


class SharedClock(Clock):
    """The real time, so far ahead as a number says that other processes read too."""

    def __init__(self, ahead: Any) -> None:
        """Use a `multiprocessing.Value` of seconds."""
        super().__init__()
        self.ahead = ahead

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + float(self.ahead.value)

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass at once, for everybody."""
        self.ahead.value += seconds


@dataclass
class Town:
    """One workspace: its channels with the bot in them, its Web API, its clock."""

    team: str
    token: str
    clock: Clock
    workspace: Workspace
    api: Api
    channels: list[Channel] = field(default_factory=list)
    owner: str = ""

    def posted(self) -> Counter[tuple[str, int]]:
        """How many tips stand in each channel for each second."""
        self.workspace.deliver_due()
        return Counter((channel.id, int(float(each.ts))) for channel in self.channels for each in self.tips(channel))

    def tips(self, channel: Channel) -> list[Message]:
        """The tips in a channel."""
        return [each for each in self.workspace.messages[channel.id] if each.text.startswith("Who owns what")]

    def notices(self) -> int:
        """How often the owner was written to."""
        return len(self.workspace.messages[self.workspace.direct_channel(self.owner).id])


class Towns:
    """Serves every workspace; its token says which one is meant."""

    def __init__(self) -> None:
        """Begin with none."""
        self.by_token: dict[str, Town] = {}

    def serve(self, name: str, params: dict[str, Any], token: str) -> HttpReply:
        """One call."""
        town = self.by_token.get(token)
        return town.api.serve(name, params, token) if town else HttpReply(200, {"ok": False, "error": "invalid_auth"})

    def found(self, team: str, clock: Clock, channels: int) -> Town:
        """A new workspace, with so many channels."""
        workspace = Workspace(clock, SCOPES)
        token = f"xoxb-{team}"
        town = Town(team, token, clock, workspace, Api(workspace, Tokens(token, ""), str))
        town.owner = workspace.add_user("ana", "Europe/Lisbon").id
        names = [f"tips-{number}" for number in range(channels)]
        town.channels = [workspace.add_channel(name, "public", (town.owner, BOT_USER)) for name in names]
        for number, channel in enumerate(town.channels):  # an id that no other workspace has: they differ in their tips
            renamed = f"C{team[1:]}N{number}"
            workspace.channels[renamed] = workspace.channels.pop(channel.id)
            workspace.messages[renamed] = workspace.messages.pop(channel.id)
            channel.id = renamed
        self.by_token[token] = town
        return town

    def leave(self, town: Town) -> None:
        """A workspace that is not needed any more."""
        del self.by_token[town.token]


@dataclass(frozen=True)
class World:
    """What all runs share."""

    towns: Towns
    url: str  # of the Web API


@contextmanager
def world() -> Iterator[World]:
    """A stand-in for Slack with room for many workspaces."""
    towns = Towns()
    server = Server(towns)  # type: ignore[arg-type]  # it asks for nothing but `serve`
    server.start()
    yield World(towns, f"{server.url}api/")
    server.stop()
