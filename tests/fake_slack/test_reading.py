"""conversations.*, users.*, views.* and assistant.* through a real WebClient."""

from slack_sdk import WebClient

from .conftest import BLOCKS
from .raw import MODAL, refusal


class TestReading:
    def test_history_is_newest_first_without_replies(self, bare, client):
        messages = [bare.post(str(number)) for number in range(5)]
        bare.post("reply", thread_ts=messages[0].ts)
        shown = client.conversations_history(channel=bare.channel.id)["messages"]
        assert [each["text"] for each in shown] == list("43210")
        assert shown[-1]["reply_count"] == 1

    def test_one_parent(self, bare, client):
        messages = [bare.post(str(number)) for number in range(3)]
        read = client.conversations_history
        one = read(channel=bare.channel.id, latest=messages[1].ts, inclusive=True, limit=1)["messages"]
        assert [each["text"] for each in one] == ["1"]
        before = read(channel=bare.channel.id, latest=messages[1].ts, limit=1)["messages"]
        assert [each["text"] for each in before] == ["0"]

    def test_replies_begin_with_the_parent(self, bare, client):
        root = bare.post("root", blocks=BLOCKS, bot_id="B9")
        bare.post("reply", thread_ts=root.ts)
        shown = client.conversations_replies(channel=bare.channel.id, ts=root.ts)["messages"]
        assert [each["text"] for each in shown] == ["root", "reply"]
        assert shown[0]["blocks"][0]["block_id"] == "says"
        answer = refusal(client.conversations_replies, channel=bare.channel.id, ts="1.000001")
        assert answer["error"] == "thread_not_found"

    def test_pages(self, bare, client):
        for number in range(5):
            bare.post(str(number))
        seen, cursor = [], None
        while cursor != "":
            part = client.conversations_history(channel=bare.channel.id, limit=2, cursor=cursor)
            seen += [each["text"] for each in part["messages"]]
            cursor = part["response_metadata"]["next_cursor"]
        assert seen == list("43210")

    def test_only_where_the_bot_is(self, bare, client):
        hidden = bare.add_channel("hidden", "private", bot=False)
        answer = refusal(client.conversations_history, channel=bare.elsewhere.id)
        assert answer["error"] == "not_in_channel"
        assert refusal(client.conversations_history, channel=hidden.id)["error"] == "channel_not_found"
        bare.workspace.scopes.discard("groups:history")
        inside = bare.add_channel("inside", "private")
        assert refusal(client.conversations_history, channel=inside.id)["needed"] == "groups:history"

    def test_people_and_channels(self, bare, client):
        assert client.users_info(user=bare.user.id)["user"]["tz"] == "Europe/Lisbon"
        assert client.conversations_info(channel=bare.channel.id)["channel"]["name"] == "general"
        opened = client.conversations_open(users=[bare.user.id])["channel"]["id"]
        assert client.conversations_open(users=bare.user.id)["channel"]["id"] == opened
        assert client.conversations_info(channel=opened)["channel"]["user"] == bare.user.id
        assert refusal(client.users_info, user="U404")["error"] == "user_not_found"


class TestViews:
    def test_a_trigger_opens_one_modal(self, bare, client):
        trigger = bare.workspace.trigger(bare.user.id).id
        view = client.views_open(trigger_id=trigger, view=MODAL)["view"]
        assert refusal(client.views_open, trigger_id=trigger, view=MODAL)["error"] == "exchanged_trigger_id"
        assert refusal(client.views_open, trigger_id="1.2.x", view=MODAL)["error"] == "invalid_trigger_id"
        changed = client.views_update(view_id=view["id"], hash=view["hash"], view={**MODAL, "callback_id": "c"})["view"]
        assert changed["callback_id"] == "c"
        answer = refusal(client.views_update, view_id=view["id"], hash=view["hash"], view=MODAL)
        assert answer["error"] == "hash_conflict"

    def test_a_trigger_lives_three_seconds(self, bare, client):
        trigger = bare.workspace.trigger(bare.user.id).id
        bare.clock.advance(3.1)
        assert refusal(client.views_open, trigger_id=trigger, view=MODAL)["error"] == "expired_trigger_id"

    def test_home(self, bare, client):
        client.views_publish(user_id=bare.user.id, view={"type": "home", "blocks": BLOCKS})
        assert bare.home()["blocks"] == BLOCKS
        assert bare.home(bare.other) == {}
        answer = refusal(client.views_publish, user_id=bare.user.id, view={"type": "home", "blocks": [{"type": "x"}]})
        assert answer["error"] == "invalid_arguments"
        assert "view.blocks[0].type" in answer["response_metadata"]["messages"][0]

    def test_assistant(self, bare, client):
        ts = bare.direct("hello").ts
        place = bare.workspace.direct_channel(bare.user.id).id
        client.assistant_threads_setStatus(channel_id=place, thread_ts=ts, status="thinks", loading_messages=["a"])
        client.assistant_threads_setSuggestedPrompts(channel_id=place, prompts=[{"title": "a", "message": "b"}])
        assert (bare.workspace.statuses[0]["status"], len(bare.workspace.prompts)) == ("thinks", 1)
        many = [{"title": "a", "message": "b"}] * 5
        call = client.assistant_threads_setSuggestedPrompts
        assert refusal(call, channel_id=place, prompts=many)["error"] == "invalid_arguments"

    def test_validate_needs_no_token(self, bare):
        anonymous = WebClient(base_url=bare.api_url)
        assert anonymous.blocks_validate(blocks=BLOCKS)["ok"]
        assert refusal(anonymous.blocks_validate, blocks=[{"type": "x"}])["errors"][0]["pointer"] == "blocks[0].type"
