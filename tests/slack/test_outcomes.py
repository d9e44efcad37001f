"""Calls to Slack whose outcome is not known, or foreseeably no: nothing comes twice, nothing true is taken back."""

import json
from urllib.error import URLError

import pytest

from srmbot.fake_slack import FakeSlack
from srmbot.slack import post, token_watch
from srmbot.slack.outcomes import UnconfirmedError, sending
from tests.slack.test_requests import ask
from tests.support.served_app import over_http, until

SHORT = 0.4  # seconds that the app waits for Slack here
LATE = 1.2  # seconds after which Slack confirms


@pytest.fixture
def slack(bare, bot, monkeypatch):
    """The stand-in with an app that waits for a short time only."""
    monkeypatch.setattr(post, "CALL_TIMEOUT", SHORT)
    with over_http(bare, bot) as served:
        served.app.client.timeout = SHORT
        yield bare


def mention(slack: FakeSlack) -> None:
    slack.mention("backups")


def direct(slack: FakeSlack) -> None:
    slack.direct("backups")


def shortcut(slack: FakeSlack) -> None:
    slack.message_shortcut("who_owns_this", slack.post("backups"))


def choice(slack: FakeSlack) -> None:
    block = {"type": "actions", "elements": [{"type": "button", "action_id": "choose:0", "value": "rds/backups"}]}
    slack.click(slack.post("", user=slack.bot_user_id, bot_id=slack.bot_id, blocks=[block]), "choose:0")


def slow_slash(slack: FakeSlack) -> None:
    slack.slash("/srm why backups")


def open_form(slack: FakeSlack) -> None:
    slack.global_shortcut("ask_question")


def home(slack: FakeSlack) -> None:
    slack.post("hello", slack.workspace.direct_channel(slack.user.id))  # no newcomer, who would be welcomed
    slack.open_home()


def modal(slack: FakeSlack) -> None:
    slack.global_shortcut("ask_question")
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    slack.submit(view, question="why backups")


SENT = [
    # what somebody does, how the answer goes out, its surface
    (mention, "chat.postMessage", "mention"),
    (direct, "chat.postMessage", "direct"),
    (shortcut, "response_url", "shortcut"),
    (choice, "response_url", "choice"),
    (slow_slash, "response_url", "slash"),
    (open_form, "views.open", "ask"),
    (home, "views.publish", "home"),
    (modal, "views.update", "modal"),
]
FAULTS = {"its receipt is lost": {"drop_after_accept": True}, "it is slow to be confirmed": {"late": LATE}}


def everything(slack: FakeSlack) -> list[str]:
    """What anybody can see, as one text each."""
    spaces = slack.workspace
    seen = [repr(each) for held in spaces.messages.values() for each in held if each.user == slack.bot_user_id]
    seen += [repr(each) for each in slack.ephemerals()]
    return seen + [repr(each.view) for each in spaces.views.values()]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("sent", SENT)
def test_what_may_have_arrived_is_not_repeated_or_contradicted(slack, log, sent, fault):
    do, method, surface = sent
    slack.fail_next(method, **fault)
    do(slack)
    until(lambda: log.lines(f"WARNING answer_unconfirmed surface={surface} what="))
    seen = everything(slack)
    assert len(seen) == 1, seen
    assert "Something went wrong" not in seen[0]
    assert "may not have taken" not in seen[0]
    assert log.lines("unexpected_error") + log.lines("answered") == []
    assert "Traceback" not in log.text


def test_what_never_left_this_machine_is_tried_again_and_then_a_failure(bare, bot, log):
    with over_http(bare, bot):
        bare.server.stop()
        bare.mention("backups")
        until(lambda: log.lines("notify_failed"))
    [line] = log.lines("WARNING expected_error surface=mention")
    assert "key=slack_unreachable" in line
    assert log.lines("answer_unconfirmed") == []
    for error, raised in ((URLError(ConnectionRefusedError()), URLError), (URLError("reset"), UnconfirmedError)):
        with pytest.raises(raised), sending():
            raise error


def test_a_thread_that_cannot_be_read_in_time_is_a_failure(slack, log):
    parent = slack.post("backups")
    slack.fail_next("conversations.replies", late=LATE)
    [answer] = slack.answers(slack.mention("", thread_ts=parent.ts))
    assert answer.text == "I couldn't reach Slack (try again in a minute)"
    assert "Traceback" not in log.text


FAILED = "Slack had a problem and may not have taken my answer (ask again if you don't see it)"
TOKEN = "Slack no longer accepts my token (ask the person who runs me to install me again)"
LATE_CLICK = "Slack opens a form only within three seconds of a click, and this took longer (click again)"
REFUSED = [
    # how the answer is refused, its name in the log, what the person reads
    ({"error": "internal_error"}, "internal_error", FAILED),
    ({"status": 500}, "internal_error", FAILED),
    ({"status": 502, "error": "no word of Slack's"}, "fatal_error", FAILED),
    ({"status": 503, "error": "service_unavailable"}, "service_unavailable", FAILED),
    ({"error": "token_revoked"}, "token_revoked", TOKEN),
    ({"error": "account_inactive"}, "account_inactive", TOKEN),
    ({"error": "is_archived"}, "is_archived", "this channel is archived, so I can't post here (use another channel)"),
]


@pytest.mark.parametrize(("fault", "key", "text"), REFUSED, ids=str)
def test_a_refusal_that_can_be_foreseen_is_explained(slack, log, fault, key, text):
    slack.fail_next("chat.postMessage", **fault)
    [answer] = slack.answers(slack.mention("backups"))
    assert answer.text == text
    [line] = log.lines("expected_error")
    assert f" WARNING expected_error surface=mention key={key} what=" in line
    assert "Traceback" not in log.text


def test_a_token_that_is_revoked_makes_the_process_unready_until_it_is_good_again(slack, monkeypatch):
    ready = {"ready": True, "reasons": [], "notes": []}
    assert json.loads(ask(slack, "GET", "/readyz")[1]) == ready
    for method in ("chat.postMessage", "auth.test"):
        slack.fail_next(method, error="token_revoked", times=2)
    slack.mention("backups")
    slack.wait(lambda: len(slack.calls("chat.postMessage")) == 2)
    until(lambda: ask(slack, "GET", "/readyz")[0] == 503)
    assert json.loads(ask(slack, "GET", "/readyz")[1]) == {"ready": False, "reasons": ["token"], "notes": []}
    assert ask(slack, "GET", "/healthz")[0] == 200
    monkeypatch.setattr(token_watch, "ASK_EVERY", 0)
    until(lambda: json.loads(ask(slack, "GET", "/readyz")[1]) == ready)
    assert len(slack.calls("auth.test")) >= 3


MODALS = [
    ({"error": "expired_trigger_id"}, "expired_trigger_id", LATE_CLICK),
    ({"status": 429, "retry_after": 1}, "ratelimited", "Slack is rate-limiting me (try again in a minute)"),
    ({"status": 500}, "internal_error", FAILED),
]


@pytest.mark.parametrize(("fault", "key", "text"), MODALS, ids=str)
def test_a_modal_that_does_not_open_is_explained_and_not_tried_again(slack, log, fault, key, text):
    slack.fail_next("views.open", **fault)
    assert slack.global_shortcut("ask_question").acknowledged
    where = slack.workspace.direct_channel(slack.user.id)
    [message] = slack.wait(lambda: slack.messages(where))
    assert message.text == text
    assert len(slack.calls("views.open")) == 1
    assert log.lines(f"WARNING expected_error surface=ask key={key} what=")
    assert "Traceback" not in log.text


@pytest.mark.parametrize("fault", [{"error": "expired_url"}, {"error": '{"ok":false,"error":"used_url"}'}], ids=str)
def test_a_response_url_that_is_spent_is_no_bug(slack, log, fault):
    slack.fail_next("response_url", **fault)
    shortcut(slack)
    [message] = slack.wait(slack.ephemerals)
    assert message.text.startswith("Slack takes at most five answers to a click or command, within half an hour")
    assert log.lines("WARNING expected_error surface=shortcut key=")
    assert "Traceback" not in log.text


def test_what_slack_finds_wrong_with_a_message_is_a_bug(slack, log):
    slack.fail_next("chat.postMessage", times=2, error="invalid_blocks")  # with thumbs, and without
    [answer] = slack.answers(slack.mention("backups"))
    assert answer.text.startswith("Something went wrong. Please give this error ID")
    assert log.lines("ERROR unexpected_error surface=mention")
