"""Buttons, menus and modals, and the response_url that an interaction gives."""

import json

import pytest

from .conftest import BLOCKS
from .raw import MODAL, OK, post, raw_app, refusal

FORM = {
    **MODAL,
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        }
    ],
}


class TestResponseUrl:
    def url(self, slack, message=None):
        made = slack.workspace.response_url(slack.channel.id, slack.user.id, message)
        return f"{slack.server.url}hooks/{made.id}"

    def send(self, url, **sent):
        return post(url, json.dumps(sent).encode(), kind="application/json")

    def test_five_posts(self, bare):
        url = self.url(bare)
        assert [self.send(url, text=str(n)) for n in range(5)] == [(200, "ok")] * 5
        assert self.send(url, text="6") == (404, "used_url")
        assert len(bare.ephemerals(bare.user)) == 5

    def test_half_an_hour(self, bare):
        url = self.url(bare)
        bare.advance(30 * 60 + 1)
        assert self.send(url, text="x") == (404, "expired_url")
        assert bare.complaints == ["response_url: expired_url"]

    def test_for_all(self, bare):
        self.send(self.url(bare), text="x", response_type="in_channel")
        assert [each.text for each in bare.messages()] == ["x"]

    def test_replace_and_delete(self, bare):
        message = bare.post("old", blocks=BLOCKS)
        assert self.send(self.url(bare, message), text="new", replace_original=True) == (200, "ok")
        assert [(each.text, each.blocks) for each in bare.messages()] == [("new", [])]
        assert self.send(self.url(bare, message), delete_original=True) == (200, "ok")
        assert bare.messages() == []

    def test_an_ephemeral_message_stays_one(self, bare):
        message = bare.post("old", viewer=bare.user.id)
        self.send(self.url(bare, message), text="new", replace_original=True, response_type="in_channel")
        assert (bare.messages(), bare.ephemerals()[0].text) == ([], "new")

    def test_refuses(self, bare):
        assert self.send(self.url(bare), blocks=[{"type": "x"}]) == (400, "invalid_blocks")
        assert self.send(self.url(bare)) == (400, "no_text")
        assert post(self.url(bare), b"x") == (400, "invalid_payload")
        assert self.send(f"{bare.server.url}hooks/404", text="x") == (404, "invalid_url")


class TestClicks:
    def test_what_is_not_there_cannot_be_clicked(self, bare):
        with pytest.raises(LookupError, match="only \\['helped'\\]"):
            bare.click(bare.post("x", blocks=BLOCKS), "missed")

    def test_the_value_tells_two_buttons_apart(self, bare):
        two = [{**BLOCKS[1]["elements"][0], "value": value} for value in ("a", "b")]
        message = bare.post("x", blocks=[{"type": "actions", "elements": [each]} for each in two])
        action = bare.click(message, "helped", "b").payload["actions"][0]
        assert (action["value"], action["block_id"]) == ("b", "b1")
        with pytest.raises(LookupError, match="has the value 'a', not 'c'"):
            bare.click(message, "helped", "c")

    def test_menus_and_feedback(self, bare):
        words = {"text": {"type": "plain_text", "text": "x"}}
        options = [{**words, "value": value} for value in "ab"]
        thumbs = {"positive_button": {**words, "value": "up"}, "negative_button": {**words, "value": "down"}}
        elements = [
            {"type": "static_select", "action_id": "menu", "options": options},
            {"type": "datepicker", "action_id": "day"},
        ]
        feedback = {"type": "feedback_buttons", "action_id": "thumbs", **thumbs}
        blocks = [{"type": "actions", "elements": elements}, {"type": "context_actions", "elements": [feedback]}]
        message = bare.post("x", blocks=blocks)
        chosen = [bare.click(message, *each).payload["actions"][0] for each in (("menu", "b"), ("day", "2026-01-31"))]
        assert chosen[0]["selected_option"]["value"] == "b"
        assert chosen[1]["selected_date"] == "2026-01-31"
        assert bare.click(message, "thumbs", "down").payload["actions"][0]["value"] == "down"

    def test_what_a_click_holds(self, bare):
        message = bare.post("x", blocks=BLOCKS, thread_ts=bare.post("root").ts)
        payload = bare.click(message, "helped").payload
        assert payload["container"]["thread_ts"] == message.thread_ts
        assert payload["message"]["ts"] == message.ts
        assert payload["response_url"].startswith(bare.server.url)


class TestModals:
    def test_submission(self):
        with raw_app(OK) as (slack, _):
            view = slack.workspace.view(slack.user.id, FORM)
            state = slack.submit(view, words="because").payload["view"]["state"]["values"]
            assert state == {"why": {"words": {"type": "plain_text_input", "value": "because"}}}
            assert slack.workspace.views == {}
            with pytest.raises(LookupError, match="empty and not optional"):
                slack.submit(view)

    def test_errors_keep_it_open(self):
        sent = json.dumps({"response_action": "errors", "errors": {"why": "no", "what": "no"}}).encode()
        with raw_app((200, {"Content-Type": "application/json"}, sent, 0)) as (slack, _):
            view = slack.workspace.view(slack.user.id, FORM)
            slack.submit(view, words="x")
            assert slack.workspace.views == {view.id: view}
            assert slack.complaints == ["view errors: 'what' is no input block of the view"]

    def test_update_changes_it(self):
        sent = json.dumps({"response_action": "update", "view": {**MODAL, "callback_id": "next"}}).encode()
        with raw_app((200, {"Content-Type": "application/json"}, sent, 0)) as (slack, _):
            view = slack.workspace.view(slack.user.id, FORM)
            slack.submit(view, words="x")
            assert view.view["callback_id"] == "next"

    def test_a_click_on_the_home_tab(self, bare):
        view = bare.workspace.view(bare.user.id, {"type": "home", "blocks": BLOCKS})
        payload = bare.click_view(view, "helped").payload
        assert payload["container"] == {"type": "view", "view_id": view.id}
        assert "response_url" not in payload
        assert "channel" not in payload

    def test_a_click_in_a_form_tells_what_is_filled_in_so_far(self, bare):
        view = bare.workspace.view(bare.user.id, {**FORM, "blocks": [*FORM["blocks"], BLOCKS[1]]})
        filled = ({}, {"words": "x"})
        payloads = [bare.click_view(view, "helped", None, given).payload for given in filled]
        values = [each["view"]["state"]["values"]["why"]["words"]["value"] for each in payloads]
        assert values == [None, "x"]

    def test_what_was_cleared_is_not_what_it_was_at_first(self, bare):
        words = {"type": "plain_text_input", "action_id": "words", "initial_value": "at first"}
        held = {"type": "input", "block_id": "b", "optional": True, "label": FORM["title"], "element": words}
        view = bare.workspace.view(bare.user.id, {**FORM, "blocks": [held]})
        values = [bare.submit(view, words=each).payload["view"]["state"]["values"] for each in (None, "", "new")]
        assert [each["b"]["words"]["value"] for each in values] == ["at first", None, "new"]

    def test_closing_is_reported_only_if_asked_for(self, bare):
        quiet = bare.workspace.view(bare.user.id, MODAL)
        assert bare.close(quiet) is None
        asked = bare.workspace.view(bare.user.id, {**MODAL, "notify_on_close": True})
        assert bare.close(asked).payload["type"] == "view_closed"
        assert bare.workspace.modals(bare.user.id) == []

    def test_one_above_the_other_up_to_three(self, bare, client):
        def push():
            return client.views_push(trigger_id=bare.workspace.trigger(bare.user.id).id, view=MODAL)

        assert refusal(push)["error"] == "not_found"
        bare.workspace.view(bare.user.id, MODAL)
        pushed = [push()["view"]["id"] for _ in range(2)]
        assert [each.id for each in bare.workspace.modals(bare.user.id)][1:] == pushed
        assert refusal(push)["error"] == "push_limit_reached"

    def test_clear_closes_them_all(self):
        sent = json.dumps({"response_action": "clear"}).encode()
        with raw_app((200, {"Content-Type": "application/json"}, sent, 0)) as (slack, _):
            views = [slack.workspace.view(slack.user.id, MODAL) for _ in range(2)]
            slack.submit(views[1])
            assert slack.workspace.modals(slack.user.id) == []
