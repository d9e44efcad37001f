"""What the store's tables hold, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

LOOKS = 2  # how often Slack is asked for a tip whose outcome is not known
PAST_TIPS_KEPT_FOR = 14 * 86_400  # seconds that past tips are kept
UNREADABLE = -1  # instead of how often a tip came: the channel may not be read


class TipState(StrEnum):
    """How far one planned tip has come. Once its second is past, its state is history."""

    TRYING = "trying"  # about to be handed to Slack, or handed over with an outcome that is not known; see `looks`
    SCHEDULED = "scheduled"  # Slack has it, and will post it
    DROPPING = "dropping"  # is to be taken back from Slack, if it has it
    SKIPPED = "skipped"  # nothing comes at this second


@dataclass(frozen=True, slots=True)
class Planned:
    """One tip at one second in one channel."""

    team: str
    channel: str
    post_at: int
    duty: str | None  # its id; None for a message that was found at Slack and is none of today's tips
    state: TipState
    scheduled_id: str | None  # Slack's name for it
    attempted_at: float  # when it was handed to Slack, or last looked for there; 0 when Slack surely does not have it
    skip: bool = False  # once it has been taken back, nothing else may come at this second
    looks: int = 0  # how often Slack did not show what was handed over without an answer
    came: int | None = None  # how often it stood in the channel after its time; None: not looked; UNREADABLE

    @property
    def key(self) -> tuple[str, str, int]:
        """What tells it from all others."""
        return self.team, self.channel, self.post_at

    @property
    def may_be_there(self) -> bool:
        """Whether Slack was given this tip and has not said whether it took it: it is never handed over again."""
        return (
            self.state in (TipState.TRYING, TipState.DROPPING) and self.scheduled_id is None and self.attempted_at > 0
        )

    @property
    def is_unsure(self) -> bool:
        """Whether that will stay so: Slack was asked twice, and showed nothing."""
        return self.may_be_there and self.looks >= LOOKS

    @property
    def will_come(self) -> bool:
        """Whether something comes at this second, as far as it can be promised."""
        return not self.skip and self.state is not TipState.SKIPPED and not self.is_unsure

    @property
    def was_lost(self) -> bool:
        """Whether a tip whose time is past was surely not posted, or is not known to have been."""
        if self.came is not None and self.came != UNREADABLE:
            return self.came == 0 and self.state in (TipState.TRYING, TipState.SCHEDULED)
        return self.state is TipState.TRYING


@dataclass(frozen=True, slots=True)
class Subject:
    """What was talked about last in a thread; never a word of it."""

    service: str | None  # slugs, as an answer has them; None where several were asked about
    topic: str | None
    duty: str | None  # its id, where one task was


@dataclass(frozen=True, slots=True)
class InstallPlace:
    """Where the app is installed: in a workspace, or in an organisation, whose `team` is then blank."""

    enterprise: str  # E…; blank for a workspace that belongs to no organisation
    team: str  # T…

    def __str__(self) -> str:
        """The IDs, with a stroke between them."""
        return f"{self.enterprise}/{self.team}"


@dataclass(frozen=True, slots=True)
class Tokens:
    """What opens Slack's API in one place. Never in a `repr`."""

    access: str = field(repr=False)
    refresh: str | None = field(default=None, repr=False)  # buys the next one, once; None where tokens do not expire
    expires_at: float | None = None  # seconds since 1970


@dataclass(frozen=True, slots=True)
class Installed:
    """The app in one place."""

    place: InstallPlace
    tokens: Tokens
    name: str  # of the workspace or organisation
    app: str  # A…
    bot: str  # B…
    bot_user: str  # U…
    scopes: str  # with commas between them
    installer: str  # who installed it, U…
    installed_at: float  # seconds since 1970
