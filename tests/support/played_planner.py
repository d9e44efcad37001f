"""A planner in one process, with a stand-in of Slack and a clock that is moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from bench.tips.world import SharedClock, Town
from srmbot.fake_slack.faults import Fault
from srmbot.fake_slack.model import BOT_USER, Message, Scheduled
from srmbot.slack.tips.planner import Planner
from srmbot.store.store import Store

SCHEDULE, LIST, DELETE = "chat.scheduleMessage", "chat.scheduledMessages.list", "chat.deleteScheduledMessage"
HISTORY = "conversations.history"


@dataclass
class Ahead:
    """What a `multiprocessing.Value` is to a clock, within one process."""

    value: float = 0.0


@dataclass
class Played:
    """A planner, and all around it."""

    town: Town
    store: Store
    planner: Planner
    clock: SharedClock

    def calls(self, method: str) -> list:
        return [call for call in self.town.api.calls if call.method == method]

    def rounds(self, most: int = 20) -> int:
        """Make rounds until nothing is left to be done at once; how many there were."""
        for number in range(1, most):
            if not self.planner.run_round():
                return number
        raise AssertionError("it does not come to an end")

    def fail(self, method: str, times: int = 1, **how) -> None:
        self.town.api.faults.add(method, Fault(**how), times)

    def rows(self, number: int = 0) -> list:
        return self.store.plan.planned(self.town.team, self.town.channels[number].id, self.clock.now())

    def scheduled(self) -> list[tuple[str, int]]:
        held = self.town.workspace.scheduled.values()
        return sorted((each.message.channel, each.post_at) for each in held)

    def wanted(self, number: int = 0) -> list[tuple[str, int]]:
        """The next two noons."""
        noon = datetime.fromtimestamp(self.clock.now(), UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        at = int(noon.timestamp()) + 36 * 3600
        return [(self.town.channels[number].id, at)]

    def both(self) -> list[tuple[str, int]]:
        """The noon of tomorrow, in both channels."""
        return sorted(self.wanted(0) + self.wanted(1))

    def put(self, post_at: int, text: str = "x") -> Scheduled:
        """A message that Slack has of us."""
        return self.town.workspace.schedule(Message(self.town.channels[0].id, "", BOT_USER, text), post_at)

    def advance_to(self, post_at: int) -> None:
        """Move the clock to some second."""
        self.clock.advance(post_at - self.clock.now())
