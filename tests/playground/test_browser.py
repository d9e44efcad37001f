"""The page in a real browser, with the real app behind it: what a person sees and does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.session import Session, open_session
from srmbot.render.labels import short_labels
from srmbot.render.words import CHOSEN
from tests.support import labelled
from tests.support.browser import NEEDED, channel, findings, last, say

QUESTIONS = Path(__file__).parents[1] / "questions"

pytestmark = NEEDED


def test_slash_is_answered_to_me_alone(page, room):
    say(page, "/srm who patches the OS under RDS?")
    answer = page.locator("article.ephemeral")
    answer.wait_for()
    assert "Only visible to you" in answer.inner_text()
    assert "AWS: RDS · Operating system" in answer.inner_text()
    page.select_option("#me", label="ben · America/New_York")
    page.locator("#me:has(option:checked:text('ben'))").wait_for()
    page.locator("h1", has_text="general").wait_for()
    page.wait_for_function("document.querySelectorAll('article.ephemeral').length === 0")


def test_mention_in_a_thread_is_answered_there(page):
    channel(page, "databases")
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Reply").click()
    say(page, "@srmbot who sets backup retention on rds?", "#reply")
    answer = page.locator("#pane-body article", has_text="You: RDS · Backups")
    answer.wait_for()
    page.locator("#log .replies", has_text="2 replies").wait_for()
    page.keyboard.press("Escape")
    page.locator("#pane").wait_for(state="hidden")


def test_empty_mention_answers_the_alarm_above(page, room):
    channel(page, "alerts")
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Reply").click()
    say(page, "@srmbot", "#reply")
    page.locator("#pane-body article").nth(2).wait_for()
    [read] = room.slack.calls("conversations.replies")
    assert read.ok


def test_who_owns_this_on_a_message(page):
    channel(page, "databases")
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Who owns this?").click()
    page.locator("article.ephemeral", has_text="Operating system").wait_for()


def test_bot_that_is_not_in_a_channel_can_be_invited(page):
    channel(page, "random")
    say(page, "@srmbot who patches the OS under RDS?")
    page.get_by_role("button", name="Invite it").click()
    page.locator("#about", has_text="srmbot is one").wait_for()
    say(page, "@srmbot who patches the OS under RDS?")
    page.locator("#pane-body article", has_text="AWS: RDS · Operating system").wait_for()


def test_home_and_the_form(page):
    channel(page, "srmbot")
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("button", name="Ask in a form").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Ask", exact=True).click()
    dialog.get_by_text("Please complete this required field.").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    dialog.get_by_label("Your question").fill("who patches the OS?")
    dialog.get_by_label("Service").select_option("rds")
    assert findings(page) == []
    dialog.get_by_role("button", name="Ask", exact=True).click()
    dialog.get_by_text("AWS: RDS · Operating system").wait_for()
    dialog.get_by_text("Inspect").click()
    dialog.get_by_text("outcome: sure").wait_for()
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")


def test_form_by_the_shortcut(page):
    page.get_by_role("button", name="Who owns what?").click()
    page.get_by_role("dialog").get_by_label("Your question").wait_for()


SETTINGS = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Daily tips"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": name,
            "optional": True,
            "label": {"type": "plain_text", "text": name},
            "element": {"action_id": name, **element},
        }
        for name, element in {
            "Zone": {"type": "plain_text_input", "initial_value": "Europe/Lisbon"},
            "Time": {"type": "timepicker", "initial_time": "09:00"},
            "Days": {
                "type": "checkboxes",
                "options": [{"text": {"type": "plain_text", "text": day}, "value": day} for day in ("Mon", "Tue")],
                "initial_options": [{"text": {"type": "plain_text", "text": "Mon"}, "value": "Mon"}],
            },
            "Services": {
                "type": "multi_static_select",
                "options": [{"text": {"type": "plain_text", "text": each}, "value": each} for each in ("rds", "s3")],
            },
        }.items()
    ],
}


def test_form_with_every_kind_of_input(page, room):
    room.slack.workspace.view(room.slack.user.id, SETTINGS)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Zone").fill("")
    dialog.get_by_label("Time").fill("10:30")
    dialog.get_by_label("Tue").check()
    dialog.get_by_label("Services").select_option(["rds", "s3"])
    assert findings(page) == []
    dialog.get_by_role("button", name="Save").click()
    dialog.wait_for(state="hidden")
    [sent] = [step.sent for step in room.slack.workspace.journal.steps() if step.sent.get("type") == "view_submission"]
    held = {name: element[name] for name, element in sent["view"]["state"]["values"].items()}
    assert held["Zone"]["value"] is None
    assert held["Time"]["selected_time"] == "10:30"
    assert [each["value"] for each in held["Days"]["selected_options"]] == ["Mon", "Tue"]
    assert [each["value"] for each in held["Services"]["selected_options"]] == ["rds", "s3"]


def test_button_that_asks_first(page, room):
    words = {name: {"type": "plain_text", "text": name} for name in ("title", "text", "confirm", "deny")}
    button = {"type": "button", "action_id": "off", "text": {"type": "plain_text", "text": "Off"}, "confirm": words}
    room.slack.post("x", user=BOT_USER, blocks=[{"type": "actions", "elements": [button]}])

    def clicks():
        return [step for step in room.slack.workspace.journal.steps() if step.sent.get("type") == "block_actions"]

    page.get_by_role("button", name="Off").click()
    page.get_by_role("dialog").get_by_text("title").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="hidden")
    assert clicks() == []
    page.get_by_role("button", name="Off").click()
    page.get_by_role("dialog").get_by_role("button", name="confirm").click()
    [sent] = room.slack.wait(clicks)
    assert sent.sent["actions"][0]["action_id"] == "off"


def test_tip_comes_when_the_clock_is_moved(page, room):
    slack = room.slack
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    tomorrow = int(slack.clock.now()) + 24 * 3600
    client.chat_scheduleMessage(channel=slack.channel.id, text="Did you know? Retention is yours.", post_at=tomorrow)
    page.get_by_role("button", name="1 scheduled").click()
    page.locator(".waiting", has_text="Retention is yours").wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="Make it come now").click()
    page.locator("#log article", has_text="Did you know? Retention is yours.").wait_for()
    page.get_by_text("Nothing is scheduled").wait_for()


def test_daily_tip_of_the_bot_comes_by_the_clock_and_can_be_asked_about(page, room):
    say(page, "/srm tips on 09:00 Europe/Lisbon daily")
    page.locator("#log article", has_text="switched on daily tips").wait_for()
    page.get_by_role("button", name=re.compile(r"\d scheduled")).click()
    waiting = page.locator(".waiting", has_text="Who owns what: RDS").first
    waiting.get_by_role("button", name="Make it come now").click()
    tip = page.locator("#log article", has_text="Who owns what: RDS").first
    tip.get_by_role("button", name="Who owns what here?").click()
    page.locator("article.ephemeral", has_text="AWS does").last.wait_for()
    tip.get_by_role("button", name="Fewer or other tips").click()
    page.get_by_role("dialog").get_by_text("Daily tips").first.wait_for()
    assert findings(page) == []


def test_edited_knowledge_is_in_the_next_answer_and_a_faulty_one_is_reported(page, knowledge):
    file = knowledge / "duties" / "rds.yaml"
    good, before = file.read_text(), page.inner_text("#knowledge")
    file.write_text(good.replace("RDS gives you no login to the host", "Nobody but AWS has the keys"))
    page.wait_for_function("old => document.querySelector('#knowledge').innerText !== old", arg=before)
    say(page, "/srm who patches the OS under RDS?")
    page.locator("article.ephemeral", has_text="Nobody but AWS has the keys").wait_for()
    file.write_text(good.replace("owner: aws", "owner: amazon", 1))
    problems = page.get_by_role("alert")
    problems.get_by_text("duties/rds.yaml:3:").wait_for()
    say(page, "/srm who patches the OS under RDS?")
    page.locator("article.ephemeral", has_text="Nobody but AWS has the keys").nth(1).wait_for()
    assert findings(page) == []
    file.write_text(good)
    problems.wait_for(state="hidden")


def test_inspector_tells_what_came_what_went_and_why(page):
    say(page, "@srmbot who patches the OS under RDS?")
    answer = page.locator("#pane-body article", has_text="AWS: RDS · Operating system")
    answer.hover()
    answer.get_by_role("button", name="Inspect").click()
    pane = page.locator("#pane")
    for text in ("Slack takes this as it is", "rds.os-patch", "duties/rds.yaml:1", "app_mention", "chat.postMessage"):
        pane.get_by_text(text).first.wait_for()
    pane.get_by_text("What came in").click()
    pane.get_by_text('"event_id"').wait_for()
    assert findings(page) == []
    page.get_by_role("button", name="Back to the thread").click()
    answer.wait_for()


def test_completion_by_keyboard(page):
    page.click("#text")
    page.keyboard.type("/s")
    page.keyboard.press("Enter")
    assert page.input_value("#text") == "/srm "
    page.keyboard.type("h")
    page.locator("#composer [role=option]", has_text="/srm help").wait_for()
    page.keyboard.press("Escape")
    page.fill("#text", "")
    page.keyboard.type("hello @be")
    page.keyboard.press("Tab")
    assert page.input_value("#text") == "hello @ben "
    page.keyboard.press("Enter")
    last(page).locator(".mention", has_text="@ben").wait_for()


def test_what_people_write_is_only_ever_text(page):
    evil = "<img src=x onerror=alert(1)> *<b>bold</b>* javascript:alert(1) <https://x.example|&lt;script&gt;>"
    say(page, evil)
    last(page).get_by_text("onerror=alert(1)").wait_for()
    assert page.locator("#log img, #log b, #log script").count() == 0
    assert page.locator("#log a[href^='javascript:']").count() == 0


def test_arrow_keys_walk_through_messages(page):
    channel(page, "databases")
    page.locator("#log article").last.focus()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("[...document.querySelectorAll('#log article')].indexOf(document.activeElement)") == 0


def test_playground_that_has_ended_is_reported(browser, served):
    page = browser.new_page()
    page.goto(served.url)
    page.locator("#log article").first.wait_for()
    served.token = "of another run"
    page.get_by_role("button", name="Clock").click()
    page.get_by_role("button", name="An hour ahead").click()
    page.locator("#pane-notice", has_text="restarted: reload the page").wait_for()
    page.close()


class TestFull:
    """With the knowledge that srmbot comes with."""

    @pytest.fixture
    def room(self, full: Bot) -> Iterator[Session]:
        with open_session(full, follow=False) as made:
            yield made

    def test_choice_button_changes_the_answer(self, page, full):
        answers = ((each.text, full.state.reply(each.text)) for each in labelled.read(QUESTIONS) if not each.thread)
        question, reply, other = next(
            (text, reply, other) for text, reply in answers for other in reply.alternatives if other.task is None
        )
        label = short_labels([reply, *reply.alternatives])[1 + reply.alternatives.index(other)]
        say(page, f"@srmbot {question}")
        answer = page.locator("#pane-body article").nth(1)
        answer.get_by_role("button", name=label, exact=True).click()
        answer.get_by_role("button", name=f"{CHOSEN}{label}", exact=True).wait_for()
        answer.locator("strong", has_text=other.label).first.wait_for()
        answer.get_by_text("(edited)").wait_for()
        answer.hover()
        answer.get_by_role("button", name="Inspect").click()
        page.locator("#pane", has_text="By its button").get_by_text(other.key).first.wait_for()
