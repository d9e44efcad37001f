"""A stand-in of Slack with the real app behind it, and what must hold after every test."""

from collections.abc import Iterator

import pytest

from srmbot.fake_slack import FakeSlack
from srmbot.slack.manifest import load_manifest
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
        # outside a thread a channel is written to only for somebody who asks its people
        asked = call.params["text"].startswith("<@") and " asks" in call.params["text"]
        assert call.params.get("thread_ts") or call.params["channel"] in slack.workspace.users or asked, call
        assert str(call.params["unfurl_links"]).lower() in ("false", "0"), call
        assert str(call.params["unfurl_media"]).lower() in ("false", "0"), call
    for secret in (slack.bot_token, slack.app_token, slack.signing_secret):
        assert secret not in log.text


@pytest.fixture
def slack(bare: FakeSlack, bot, request: pytest.FixtureRequest) -> Iterator[FakeSlack]:
    """The stand-in with the app over HTTP, or over the way that a test is parametrized with."""
    with WAYS[getattr(request, "param", "http")](bare, bot):
        yield bare
