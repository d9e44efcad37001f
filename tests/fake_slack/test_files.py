"""Files: announced, received, shared; and what is refused on the way."""

import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.fake_slack import FakeSlack

SCOPES = {"files:write", "chat:write", "usergroups:read"}


@pytest.fixture
def slack():
    with FakeSlack(scopes=SCOPES) as made:
        yield made


@pytest.fixture
def client(slack):
    return WebClient(slack.bot_token, base_url=slack.api_url)


def error(call, **params) -> str:
    with pytest.raises(SlackApiError) as refused:
        call(**params)
    return refused.value.response["error"]


def test_a_file_is_shared_in_a_thread(slack, client):
    parent = slack.post("Here?")
    given = {"content": "a: 1\n", "filename": "a.patch", "title": "A", "channel": slack.channel.id}
    client.files_upload_v2(**given, thread_ts=parent.ts, initial_comment="There.")
    [message] = slack.messages(thread_ts=parent.ts)
    assert message.text == "There."
    assert [(each["name"], each["title"], each["preview"]) for each in message.as_json()["files"]] == [
        ("a.patch", "A", "a: 1\n")
    ]


@pytest.mark.parametrize(
    ("where", "refusal"),
    [("elsewhere", "not_in_channel"), ("user", "channel_not_found"), ("none", "channel_not_found")],
)
def test_where_the_bot_may_not_post_it_shares_no_file(slack, client, where, refusal):
    channel = {"elsewhere": slack.elsewhere.id, "user": slack.user.id, "none": "C404"}[where]
    assert error(client.files_upload_v2, content="a", filename="a", channel=channel) == refusal


def test_the_scope_is_wanted(slack, client):
    slack.workspace.scopes.discard("files:write")
    assert error(client.files_getUploadURLExternal, filename="a", length=1) == "missing_scope"


@pytest.mark.parametrize("given", [{"filename": "", "length": 1}, {"filename": "a", "length": 0}])
def test_a_file_has_a_name_and_a_length(client, given):
    assert error(client.files_getUploadURLExternal, **given) == "invalid_arguments"


def test_a_file_whose_bytes_did_not_come_is_not_shared(slack, client):
    begun = client.files_getUploadURLExternal(filename="a", length=2)
    with pytest.raises(urllib.error.HTTPError) as short, urllib.request.urlopen(begun["upload_url"], data=b"1"):
        pass
    short.value.close()
    assert (
        error(client.files_completeUploadExternal, files=[{"id": begun["file_id"], "title": "a"}]) == "file_not_found"
    )


def test_members_of_a_user_group_are_listed(slack, client):
    slack.workspace.groups["S1"] = {slack.other.id, slack.user.id}
    assert client.usergroups_users_list(usergroup="S1")["users"] == sorted((slack.user.id, slack.other.id))
    assert error(client.usergroups_users_list, usergroup="S2") == "no_such_subteam"
    slack.workspace.scopes.discard("usergroups:read")
    assert error(client.usergroups_users_list, usergroup="S1") == "missing_scope"
