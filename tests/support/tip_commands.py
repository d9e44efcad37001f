"""What a `tips` command finds: Slack as far as it sees it, and a tip that is planned."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from srmbot.request import Requester
from srmbot.store.rows import Planned, TipState

NOW = datetime(2026, 11, 25, 11, 0, tzinfo=UTC).timestamp()  # a Wednesday


@dataclass
class Played:
    """Slack, as far as a command sees it."""

    zone: str | None = None
    refusal: str | None = None
    said: list[tuple[str, str, str]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    wakes: int = 0

    def announce(self, channel, user, what):
        self.said.append((channel, user, what))
        return self.refusal

    def zone_of(self, user):
        return self.zone

    def unschedule(self, channel, scheduled_id):
        self.taken_back.append(scheduled_id)
        return True

    def replan(self):
        self.wakes += 1


def planned(asker: Requester, post_at: float, scheduled_id: str | None = "Q1", duty: str = "rds.retention") -> Planned:
    """A tip that Slack has."""
    store = asker.resources.store
    [claim], here = store.work.claim(["T1"], NOW, 1), store.subscriptions.get("T1", "C1")
    row = Planned("T1", "C1", int(post_at), duty, TipState.TRYING, None, NOW)
    assert store.plan.begin(claim, here, row)
    if scheduled_id:
        store.plan.mark_scheduled(row, scheduled_id)
    store.claims.release(claim)
    return row
