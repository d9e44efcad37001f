"""chat.* through a real WebClient: what is posted, refused, and posted later."""

from .conftest import BLOCKS
from .raw import refusal

DAY = 24 * 3600


class TestPosting:
    def test_posts_and_records(self, bare, client):
        answer = client.chat_postMessage(channel=bare.channel.id, text="x", blocks=BLOCKS, unfurl_links=False)
        [message] = bare.messages()
        assert (message.ts, message.text, message.user) == (answer["ts"], "x", bare.bot_user_id)
        assert message.options["unfurl_links"] is False
        [call] = bare.calls("chat.postMessage")
        assert (call.params["text"], call.ok, call.status) == ("x", True, 200)

    def test_by_name_and_to_a_person(self, bare, client):
        client.chat_postMessage(channel="#general", text="x")
        answer = client.chat_postMessage(channel=bare.user.id, text="y")
        assert answer["channel"].startswith("D")
        assert [each.text for each in bare.messages(bare.user.id)] == ["y"]

    def test_threads(self, bare, client):
        root = client.chat_postMessage(channel=bare.channel.id, text="root")["ts"]
        reply = client.chat_postMessage(channel=bare.channel.id, text="reply", thread_ts=root)["ts"]
        assert [each.text for each in bare.messages()] == ["root"]
        assert [each.text for each in bare.messages(thread_ts=root)] == ["reply"]
        assert bare.complaints == []
        client.chat_postMessage(channel=bare.channel.id, text="again", thread_ts=reply)
        assert [each.text for each in bare.messages(thread_ts=root)] == ["reply", "again"]
        assert "is a reply's ts" in bare.complaints[0]

    def test_a_message_has_an_address(self, bare, client):
        said = bare.post("hello")
        got = client.chat_getPermalink(channel=bare.channel.id, message_ts=said.ts)
        assert got["permalink"].endswith(f"/{bare.channel.id}/p{said.ts.replace('.', '')}")
        refused = refusal(client.chat_getPermalink, channel=bare.channel.id, message_ts="1.000001")
        assert refused["error"] == "message_not_found"

    def test_refuses(self, bare, client):
        archived, hidden = bare.add_channel("old"), bare.add_channel("hidden", "private", bot=False)
        archived.archived = True
        here = bare.channel.id
        rows = [
            ({"channel": "C404", "text": "x"}, "channel_not_found"),
            ({"channel": hidden.id, "text": "x"}, "channel_not_found"),
            ({"channel": bare.elsewhere.id, "text": "x"}, "not_in_channel"),
            ({"channel": archived.id, "text": "x"}, "is_archived"),
            ({"channel": here}, "no_text"),
            ({"channel": here, "text": "x" * 40_001}, "msg_too_long"),
            ({"channel": here, "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
            ({"channel": here, "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
            ({"channel": here, "text": "x", "blocks": [{"type": "x"}]}, "invalid_blocks"),
            ({"channel": here, "text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
            ({"channel": here, "text": "x", "metadata": {"event_type": "t"}}, "invalid_metadata_format"),
        ]
        for params, error in rows:
            assert refusal(client.api_call, "chat.postMessage", json=params)["error"] == error, params
        assert bare.messages() == []

    def test_tells_what_is_wrong_with_blocks(self, bare, client):
        answer = refusal(client.chat_postMessage, channel=bare.channel.id, text="x", blocks=[{"type": "section"}])
        assert answer["response_metadata"]["messages"] == ["[ERROR] blocks[0]: needs at least one of text, fields"]

    def test_refuses_what_a_workspace_does_not_show_yet(self, bare, client):
        bare.workspace.not_shown = {"divider"}
        refused = refusal(client.chat_postMessage, channel=bare.channel.id, text="x", blocks=[{"type": "divider"}])
        assert refused["response_metadata"]["messages"] == ["[ERROR] blocks[0].type: divider is not supported"]
        assert bare.messages() == []

    def test_complains_of_blocks_without_text(self, bare, client):
        client.api_call("chat.postMessage", json={"channel": bare.channel.id, "blocks": BLOCKS})
        assert bare.complaints == ["text: is missing: screen readers and notifications show it"]

    def test_public_scope(self, bare, client):
        bare.workspace.scopes.add("chat:write.public")
        client.chat_postMessage(channel=bare.elsewhere.id, text="x")
        assert len(bare.messages(bare.elsewhere)) == 1

    def test_ephemeral(self, bare, client):
        stranger = bare.add_user("cleo")
        client.chat_postEphemeral(channel=bare.channel.id, user=bare.user.id, text="psst")
        assert [each.text for each in bare.ephemerals(bare.user)] == ["psst"]
        assert bare.ephemerals(bare.other) == bare.messages() == []
        answer = refusal(client.chat_postEphemeral, channel=bare.channel.id, user=stranger.id, text="x")
        assert answer["error"] == "user_not_in_channel"

    def test_update_and_delete(self, bare, client):
        here = bare.channel.id
        ts = client.chat_postMessage(channel=here, text="x", blocks=BLOCKS)["ts"]
        client.api_call("chat.update", json={"channel": here, "ts": ts, "blocks": BLOCKS[:1]})
        assert (bare.messages()[0].text, bare.messages()[0].blocks) == ("x", BLOCKS[:1])
        client.chat_update(channel=here, ts=ts, text="y")
        assert (bare.messages()[0].text, bare.messages()[0].blocks) == ("y", [])
        theirs = bare.post("z").ts
        assert refusal(client.chat_update, channel=here, ts=theirs, text="y")["error"] == "cant_update_message"
        assert refusal(client.chat_delete, channel=here, ts=theirs)["error"] == "cant_delete_message"
        assert refusal(client.chat_update, channel=here, ts="1.000001", text="y")["error"] == "message_not_found"
        assert refusal(client.chat_update, channel=here, ts=ts, text="y" * 4001)["error"] == "msg_too_long"
        client.chat_delete(channel=here, ts=ts)
        assert [each.text for each in bare.messages()] == ["z"]


class TestScheduling:
    def test_posts_when_it_is_time(self, bare, client):
        at = int(bare.clock.now()) + DAY
        answer = client.chat_scheduleMessage(channel=bare.channel.id, text="tip", post_at=at)
        [listed] = client.chat_scheduledMessages_list(channel=bare.channel.id)["scheduled_messages"]
        assert (listed["id"], listed["post_at"], listed["text"]) == (answer["scheduled_message_id"], at, "tip")
        assert bare.advance(DAY - 60) == bare.messages() == []
        assert [each.text for each in bare.advance(61)] == ["tip"]
        assert bare.messages()[0].ts.startswith(f"{at}.")
        assert client.chat_scheduledMessages_list()["scheduled_messages"] == []

    def test_vanishes_with_metadata(self, bare, client):
        data = {"event_type": "tip", "event_payload": {"id": 1}}
        at = int(bare.clock.now()) + 60
        assert client.chat_scheduleMessage(channel=bare.channel.id, text="tip", post_at=at, metadata=data)["ok"]
        assert bare.advance(DAY) == bare.messages() == []

    def test_bounds(self, bare, client):
        now = int(bare.clock.now())
        rows = [(now - 1, "time_in_past"), (now + 121 * DAY, "time_too_far"), ("soon", "invalid_time")]
        for at, error in rows:
            answer = refusal(client.chat_scheduleMessage, channel=bare.channel.id, text="x", post_at=at)
            assert answer["error"] == error

    def test_thirty_in_five_minutes_of_a_channel(self, bare, client):
        start = int(bare.clock.now()) + DAY
        for number in range(30):
            client.chat_scheduleMessage(channel=bare.channel.id, text="x", post_at=start + number * 10)
        answer = refusal(client.chat_scheduleMessage, channel=bare.channel.id, text="x", post_at=start + 299)
        assert answer["error"] == "restricted_too_many"
        client.chat_scheduleMessage(channel=bare.channel.id, text="x", post_at=start + 300)
        client.chat_scheduleMessage(channel=bare.user.id, text="x", post_at=start)

    def test_pages_and_deletion(self, bare, client):
        start = int(bare.clock.now()) + DAY
        ids = [
            client.chat_scheduleMessage(channel=bare.channel.id, text=str(n), post_at=start + n * 60) for n in range(5)
        ]
        first = client.chat_scheduledMessages_list(limit=3)
        second = client.chat_scheduledMessages_list(limit=3, cursor=first["response_metadata"]["next_cursor"])
        seen = [each["text"] for each in first["scheduled_messages"] + second["scheduled_messages"]]
        assert (seen, second["response_metadata"]["next_cursor"]) == (list("01234"), "")
        name = ids[0]["scheduled_message_id"]
        client.chat_deleteScheduledMessage(channel=bare.channel.id, scheduled_message_id=name)
        answer = refusal(client.chat_deleteScheduledMessage, channel=bare.channel.id, scheduled_message_id=name)
        assert answer["error"] == "invalid_scheduled_message_id"

    def test_no_deletion_within_a_minute(self, bare, client):
        at = int(bare.clock.now()) + 90
        name = client.chat_scheduleMessage(channel=bare.channel.id, text="x", post_at=at)["scheduled_message_id"]
        bare.advance(31)
        answer = refusal(client.chat_deleteScheduledMessage, channel=bare.channel.id, scheduled_message_id=name)
        assert answer["error"] == "invalid_scheduled_message_id"
        assert [each.text for each in bare.advance(60)] == ["x"]

    def test_a_deletion_within_five_minutes_is_a_lie(self, bare, client):
        at = int(bare.clock.now()) + 300
        for text, post_at in (("kept", at), ("gone", at + 5)):
            name = client.chat_scheduleMessage(channel=bare.channel.id, text=text, post_at=post_at)
            name = name["scheduled_message_id"]
            assert client.chat_deleteScheduledMessage(channel=bare.channel.id, scheduled_message_id=name)["ok"]
            answer = refusal(client.chat_deleteScheduledMessage, channel=bare.channel.id, scheduled_message_id=name)
            assert answer["error"] == "invalid_scheduled_message_id"
        assert client.chat_scheduledMessages_list()["scheduled_messages"] == []
        assert [each.text for each in bare.advance(306)] == ["kept"]

    def test_the_list_may_be_behind(self, bare, client):
        bare.workspace.list_lag = 100.0
        at = int(bare.clock.now()) + DAY
        client.chat_scheduleMessage(channel=bare.channel.id, text="tip", post_at=at)
        assert client.chat_scheduledMessages_list()["scheduled_messages"] == []
        bare.advance(100)
        assert len(client.chat_scheduledMessages_list()["scheduled_messages"]) == 1

    def test_an_answer_may_be_a_repetition(self, bare, client):
        at = int(bare.clock.now()) + DAY
        first = client.chat_scheduleMessage(channel=bare.channel.id, text="one", post_at=at)
        bare.fail_next("chat.scheduleMessage", repeat=True)
        again = client.chat_scheduleMessage(channel=bare.channel.id, text="two", post_at=at + 60)
        assert (again["scheduled_message_id"], again["post_at"]) == (first["scheduled_message_id"], at)
        assert [each.text for each in bare.advance(DAY + 61)] == ["one"]

    def test_not_into_a_channel_that_is_gone(self, bare, client):
        client.chat_scheduleMessage(channel=bare.channel.id, text="x", post_at=int(bare.clock.now()) + 60)
        bare.channel.archived = True
        assert bare.advance(DAY) == []
