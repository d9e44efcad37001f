"""People who mention the bot and type commands, and what they see of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from srmbot.fake_slack import FakeSlack
from srmbot.fake_slack.events import Delivery

EVERY = 0.1  # seconds between two mentions, and between two commands
ANSWER = "Shared: RDS · Backups"
TOGETHER = 64  # deliveries under way
LONGEST = 90.0  # seconds to wait for answers; those that wait for one limit of Slack's come 1.2 seconds apart


@dataclass
class Seen:
    """What came of it."""

    mentions: int = 0
    answered: int = 0
    lost: int = 0  # nothing was ever posted
    doubled: int = 0
    commands: int = 0
    replied: int = 0  # with the answer
    noticed: int = 0  # with a sentence that says what is wrong
    failed: int = 0  # Slack itself says that the command failed
    slowest: float = 0.0  # seconds until a command was replied to


@dataclass
class Crowd:
    """Asks as long as it is let."""

    slack: FakeSlack
    stop: threading.Event = field(default_factory=threading.Event)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(TOGETHER))
    mentions: list[str] = field(default_factory=list)  # their timestamps
    commands: list[Future[Delivery]] = field(default_factory=list)

    def ask_while(self, going_on: Callable[[], object]) -> Seen:
        """Have people ask while something goes on, and wait for what comes of it."""
        asking = threading.Thread(target=self.ask)
        asking.start()
        try:
            going_on()
        finally:
            self.stop.set()
            asking.join()
        self.pool.shutdown()
        return self.count()

    def ask(self) -> None:
        """Mention the bot and type a command, again and again."""
        while not self.stop.wait(EVERY):
            self.pool.submit(self.mention)
            self.commands.append(self.pool.submit(self.slack.slash, "/srm backups"))

    def mention(self) -> None:
        """Mention the bot; Slack tries again where nobody takes it."""
        self.mentions.append(self.slack.mention("backups").ts)

    def count(self) -> Seen:
        """Count what came, once nothing more is to come."""
        until = time.monotonic() + LONGEST
        while not all(self.answers()) and time.monotonic() < until:
            time.sleep(0.1)
        answers = self.answers()
        replies = [each.result() for each in self.commands]
        taken = [each for each in replies if each.acknowledged]
        right = [each for each in taken if each.message and each.message.text.startswith(ANSWER)]
        return Seen(
            mentions=len(answers),
            answered=sum(map(bool, answers)),
            lost=answers.count(0),
            doubled=sum(each > 1 for each in answers),
            commands=len(replies),
            replied=len(right),
            noticed=len(taken) - len(right),
            failed=len(replies) - len(taken),
            slowest=max((each.elapsed for each in taken), default=0.0),
        )

    def answers(self) -> list[int]:
        """How many answers each mention has."""
        return [len(self.slack.messages(thread_ts=ts)) for ts in self.mentions]
