"""manifest.json: what it asks Slack for is what the app listens to and uses, within Slack's limits."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_bolt import BoltRequest, BoltResponse

from srmbot.config import Settings
from srmbot.errors import SrmbotError
from srmbot.fake_slack import payloads
from srmbot.fake_slack.model import HOME_TEAM
from srmbot.render.blocks import Action
from srmbot.slack.app import make_app
from srmbot.slack.install import flow, lifecycle
from srmbot.slack.listeners import ASK_SHORTCUT, COMMAND, EVENTS, SHORTCUT
from srmbot.slack.manifest import for_http, for_many, load_manifest, read_manifest
from srmbot.slack.post import tls_context
from srmbot.slack.workflow_step import STEP
from tests.support.served_app import ROOT

# What our calls and events need, and where it is used; `chat:write` also covers threads, `commands` the shortcut.
SCOPES = {
    "app_mentions:read": "app_mention",
    "assistant:write": "app_context_changed, and assistant.threads.setSuggestedPrompts",
    "chat:write": "chat.postMessage",
    "commands": "/srm and the shortcut",
    "im:history": "message.im, and the messages before one of them",
}
OPTIONAL = {
    "channels:history": "conversations.replies",
    "channels:read": "member_joined_channel; conversations.info, whether a channel is shared with others",
    "files:read": "files.info, for the text of a mail",
    "files:write": "files.getUploadURLExternal and files.completeUploadExternal, for patches",
    "groups:history": "conversations.replies",
    "groups:read": "member_joined_channel; conversations.info",
    "mpim:history": "message.mpim, and conversations.replies",
    "usergroups:read": "usergroups.users.list, for maintainers",
    "users:read": "users.info, for a person's time zone",
}
LIMITS = [
    # where, most characters
    ("display_information.name", 35),
    ("display_information.description", 140),
    ("display_information.long_description", 4000),
    ("features.bot_user.display_name", 80),
    ("features.slash_commands.*.command", 32),
    ("features.slash_commands.*.description", 2000),
    ("features.slash_commands.*.usage_hint", 1000),
    ("features.shortcuts.*.name", 24),
    ("features.shortcuts.*.callback_id", 255),
    ("features.shortcuts.*.description", 150),
    ("features.agent_view.agent_description", 300),
]


def at(node: object, path: str) -> list[str]:
    """Every text at a path; `*` is each member of a list."""
    name, _, rest = path.partition(".")
    found = node if name == "*" else [node[name]]
    return [text for each in found for text in (at(each, rest) if rest else [each])]


@pytest.mark.parametrize(("path", "most"), LIMITS)
def test_names_are_within_slacks_limits(path, most):
    texts = at(load_manifest(), path)
    assert texts
    assert all(0 < len(text) <= most for text in texts), texts


def test_scopes_are_those_that_are_used():
    scopes = load_manifest()["oauth_config"]["scopes"]
    assert scopes == {"bot": sorted(SCOPES), "bot_optional": sorted(OPTIONAL)}


def test_every_scope_of_an_event_is_asked_for():
    scopes = load_manifest()["oauth_config"]["scopes"]
    needed = {scope for name in EVENTS if (scope := payloads.EVENT_SCOPES.get(name))}
    assert needed <= {*scopes["bot"], *scopes["bot_optional"]}
    assert needed - set(scopes["bot"]) == {"mpim:history"}  # without it only group conversations are not heard


def test_events_commands_and_shortcuts_are_those_that_are_listened_to():
    features, settings = load_manifest()["features"], load_manifest()["settings"]
    assert settings["event_subscriptions"]["bot_events"] == sorted(EVENTS)
    assert [each["command"] for each in features["slash_commands"]] == [COMMAND]
    assert [(each["type"], each["callback_id"]) for each in features["shortcuts"]] == [
        ("message", SHORTCUT),
        ("global", ASK_SHORTCUT),
    ]
    assert list(load_manifest()["functions"]) == [STEP]
    assert settings["function_runtime"] == "remote"


def test_each_of_them_has_a_listener_of_its_own(bot):
    with ThreadPoolExecutor(1) as executor:
        app = make_app(bot, Settings("xoxb-1", None, "secret"), executor, verify=False)
    names = [each.ack_function.__name__ for each in app._listeners]
    own, rest = names[: names.index("acknowledge")], names[names.index("acknowledge") :]
    assert set(rest) == {"acknowledge"}  # what no other listener takes comes last
    assert len(own) >= len(EVENTS) + len((COMMAND, SHORTCUT, ASK_SHORTCUT))
    assert not any(each.lazy_functions for each in app._listeners)


def payload_of(event: str) -> dict:
    """What Slack sends for an event that the app is subscribed to."""
    kind, _, where = event.partition(".")
    about = {"type": kind, "channel": "C1", "user": "U1", "ts": "1.1", "channel_type": where, "text": "<@U1> x"}
    about |= {"function": {"callback_id": STEP}, "function_execution_id": "Fx1"} if kind == "function_executed" else {}
    return {"type": "event_callback", "event": {**about, "tab": "home"}}


OFFERED = {
    # what Slack sends for everything else that the app offers
    COMMAND: {"command": COMMAND, "text": ""},
    SHORTCUT: {"type": "message_action", "callback_id": SHORTCUT},
    ASK_SHORTCUT: {"type": "shortcut", "callback_id": ASK_SHORTCUT},
    **{name: payload_of(name) for name in EVENTS},
}


@pytest.fixture(scope="module")
def app(bot):
    with ThreadPoolExecutor(1) as executor:
        return make_app(bot, Settings("xoxb-1", None, "secret"), executor, verify=False)


def listener(app, body: dict) -> str:
    """The name of the function that takes a payload."""
    request = BoltRequest(body=body, mode="socket_mode")
    request.context["bot_user_id"] = "U1"
    taken = next(each for each in app._listeners if each.matches(req=request, resp=BoltResponse(status=200)))
    return taken.ack_function.__name__


@pytest.mark.parametrize("body", OFFERED.values(), ids=OFFERED)
def test_what_slack_sends_is_taken_by_a_listener_of_our_own(app, body):
    assert listener(app, body) != "acknowledge"


@pytest.mark.parametrize("action", sorted(set(Action) - {Action.PROPOSE}))
def test_every_button_has_a_listener_of_its_own(app, action):
    """Of several in a row each has a number behind its name. A link needs none."""
    bodies = [
        {"type": "block_actions", "actions": [{"action_id": name, "block_id": "b"}]} for name in (action, f"{action}:0")
    ]
    assert {listener(app, body) for body in bodies} != {"acknowledge"}


def test_all_calls_share_what_tls_trusts(bot):
    with ThreadPoolExecutor(1) as executor:
        app = make_app(bot, Settings("xoxb-1", None, "secret"), executor, verify=False)
    assert app.client.ssl is tls_context()


def test_what_must_be_switched_on_is():
    features, settings = load_manifest()["features"], load_manifest()["settings"]
    assert settings["interactivity"] == {"is_enabled": True}
    assert settings["socket_mode_enabled"] is True
    assert settings["org_deploy_enabled"] is True
    assert settings["token_rotation_enabled"] is False
    assert features["app_home"]["home_tab_enabled"] is True
    assert features["app_home"]["messages_tab_enabled"] is True
    assert features["app_home"]["messages_tab_read_only_enabled"] is False
    # with it on, Slack would turn names into <@U…> before we see them, and a question would carry people's ids
    assert features["slash_commands"][0]["should_escape"] is False
    assert len(features["agent_view"]["suggested_prompts"]) <= 4


def test_there_is_one_manifest_for_the_slack_cli():
    skipped = {".venv", ".git", "node_modules"}
    found = [
        path
        for path in ROOT.rglob("manifest.json")
        if not skipped & set(path.relative_to(ROOT).parts) and "site-packages" not in path.parts
    ]
    assert found == [ROOT / "manifest.json"]


def test_the_command_prints_it(tmp_path):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "srmbot", "manifest"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (read_manifest(), "")
    assert json.loads(done.stdout) == load_manifest()


def test_the_manifest_for_http_differs_in_where_slack_sends_requests():
    made = for_http(load_manifest(), "https://bot.example/")
    assert made["settings"]["socket_mode_enabled"] is False
    assert set(at(made, "features.slash_commands.*.url")) == {"https://bot.example/slack/events"}
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://bot.example/slack/events"
    assert made["oauth_config"] == load_manifest()["oauth_config"]
    with pytest.raises(SrmbotError, match="not a public address"):
        for_http(load_manifest(), "http://bot.example")


def test_the_manifest_for_many_workspaces_has_what_installing_and_uninstalling_need():
    made = for_many(load_manifest(), "https://bot.example/", flow.REDIRECT, lifecycle.INSTALL_EVENTS)
    assert made["oauth_config"]["redirect_urls"] == ["https://bot.example/slack/oauth_redirect"]
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted([*EVENTS, *lifecycle.INSTALL_EVENTS])
    assert made["settings"]["token_rotation_enabled"] is True


def test_every_feature_answers(slack):
    """A team that creates the app from the manifest can use each thing that it announces."""
    assert HOME_TEAM
    for prompt in load_manifest()["features"]["agent_view"]["suggested_prompts"]:
        slack.answers(slack.direct(prompt["message"]))
    assert slack.open_home().acknowledged
    slack.wait(slack.home)
    for each in load_manifest()["features"]["shortcuts"]:
        if each["type"] == "global":
            assert slack.global_shortcut(each["callback_id"]).acknowledged
            slack.wait(lambda: slack.workspace.views)
