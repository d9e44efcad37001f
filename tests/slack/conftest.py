"""A stand-in of Slack with the real app behind it, and what must hold after every test."""

from collections.abc import Iterator

import pytest

from bench.tips.world import SharedClock, World, world
from srmbot.fake_slack import FakeSlack
from srmbot.model import Knowledge
from srmbot.render.welcome import HELLO
from srmbot.slack.manifest import load_manifest
from srmbot.slack.tips.planner import Planner
from srmbot.slack.tips.reconcile import PlanContext
from srmbot.slack.tips.scheduled_messages import RateLimit, ScheduledMessages, single_try_client
from srmbot.store.store import Store
from srmbot.tips import DAILY, Subscription, When
from tests.support.played_planner import Ahead, Played
from tests.support.served_app import QUICK, WAYS, Log, logging_to


@pytest.fixture
def log() -> Iterator[Log]:
    """What is written at INFO; no secret is ever in it."""
    with logging_to(Log()) as written:
        yield written


@pytest.fixture
def bare(log: Log, request: pytest.FixtureRequest) -> Iterator[FakeSlack]:
    """A stand-in that knows our manifest, with no app yet; what the app did in it was right."""
    with FakeSlack.from_manifest(load_manifest(), timing=getattr(request, "param", QUICK)) as slack:
        yield slack
    assert slack.complaints == []
    for call in slack.calls("chat.postMessage"):
        # a person is written to by their id, and only where there is no thread: a modal could not be opened;
        # a channel gets a message of its own only when the bot has joined it, or for somebody who asks its people
        text = call.params["text"]
        alone = call.params["channel"] in slack.workspace.users or HELLO in text
        asked = text.startswith("<@") and " asks" in text
        assert call.params.get("thread_ts") or alone or asked, call
        assert str(call.params["unfurl_links"]).lower() in ("false", "0"), call
        assert str(call.params["unfurl_media"]).lower() in ("false", "0"), call
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in log.text


@pytest.fixture
def slack(bare: FakeSlack, bot, request: pytest.FixtureRequest) -> Iterator[FakeSlack]:
    """The stand-in with the app over HTTP, or over the way that a test is parametrized with."""
    with WAYS[getattr(request, "param", "http")](bare, bot):
        yield bare


@pytest.fixture(scope="module")
def world_of_slacks():
    with world() as made:
        yield made


@pytest.fixture
def played(world_of_slacks: World, known: Knowledge, tmp_path):
    """Two channels with tips at noon, and exactly one noon within the horizon: it is two in the morning."""
    clock = SharedClock(Ahead())
    now = clock.now()
    midnight = now - now % 86_400 + 86_400
    clock.advance(midnight + 13 * 3600 - now)  # one in the afternoon: the noon of tomorrow is the only one
    town = world_of_slacks.towns.found(f"T{tmp_path.name}", clock, 2)
    store = Store(f"sqlite:///{tmp_path / 'tips.db'}", clock.now)
    store.prepare()
    when = When(When().at.replace(hour=12), "UTC", DAILY)
    for channel in town.channels:
        store.subscriptions.subscribe(Subscription(town.team, channel.id, when, (), town.owner))
    client = single_try_client(town.token, world_of_slacks.url, timeout=1)
    scheduler = ScheduledMessages(client, town.team, RateLimit(clock=clock.now))
    planner = Planner(
        PlanContext(store, lambda: known, clock.now), {town.team: scheduler}.get, lambda: [town.team], clock.now
    )
    yield Played(town, store, planner, clock)
    store.close()
    world_of_slacks.towns.leave(town)
    assert town.workspace.complaints == []
    assert all("metadata" not in call.params for call in town.api.calls)
