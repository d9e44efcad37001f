"""The page in a real browser, with the real app behind it: what a person sees and does."""

import itertools
import re
import shutil
import threading
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from srmbot.answer import Outcome
from srmbot.bot import Bot
from srmbot.fake_slack.model import BOT_USER
from srmbot.playground.server import PageServer
from srmbot.playground.session import Session, open_session
from srmbot.render.labels import short_labels
from srmbot.render.words import CHOSEN

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SWITCHES = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync --disable-default-apps --mute-audio
""".split()
WIDE = {"width": 1280, "height": 800}
PATIENCE = 8_000  # milliseconds; nothing here takes a tenth of it on an idle machine
SERIOUS = ("serious", "critical")
OPEN = (
    "backups",
    "who applies elasticache service updates?",
    "who configures TTL on a DynamoDB table?",
)  # some have several readings

# How many lines the text of each element takes.
LINES = """all => all.map(each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return range.getClientRects().length;
})"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome is installed")


@pytest.fixture(scope="module")
def browser():
    """One browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def served(room: Session) -> Iterator[PageServer]:
    """The page, served."""
    with PageServer(room, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(browser, served: PageServer):
    """The page, open; nothing that it did was against its own policy, and it called no other machine."""
    context = browser.new_context(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    wrong, asked = [], []
    made = context.new_page()
    made.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("request", lambda request: asked.append(request.url))
    made.goto(served.url)
    made.locator("#log article").first.wait_for()
    yield made
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(served.url)] == []


def say(page, text, field="#text"):
    page.fill(field, text)
    page.press(field, "Enter")


def channel(page, name):
    page.locator("nav li button", has_text=name).click()
    page.locator("h1", has_text=name).wait_for()


def last(page, log="#log"):
    return page.locator(f"{log} article").last


def findings(page):
    """What axe-core finds that is serious."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in SERIOUS]


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
    page.get_by_role("button", name="Ask a question").click()
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


def test_everybody_can_use_it(page):
    """Light and dark, wide and narrow; one page for all, because a page takes its time to open."""
    say(page, "/srm who sets backup retention on rds?")
    page.locator("article.ephemeral").wait_for()
    for scheme, width in itertools.product(("light", "dark"), (1280, 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, paper[4:-1].split(","))) < 200) == (scheme == "dark")
        assert findings(page) == [], (scheme, width)


def test_playground_that_has_ended_is_reported(browser, served):
    page = browser.new_page()
    page.goto(served.url)
    page.locator("#log article").first.wait_for()
    served.token = "of another run"
    page.get_by_role("button", name="Clock").click()
    page.get_by_role("button", name="An hour ahead").click()
    page.locator("#pane-notice", has_text="restarted: reload the page").wait_for()
    page.close()


def test_theme_is_kept(page):
    page.get_by_role("button", name="light and dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.locator("#log article").first.wait_for()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_narrow_screen(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("nav").wait_for(state="hidden")
    page.get_by_role("button", name="Conversations").click()
    channel(page, "alerts")
    page.locator("nav").wait_for(state="hidden")
    page.locator("#log article").first.get_by_role("button", name="Reply").click()
    page.locator("#reply").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Close", exact=True).click()
    page.locator("#text").wait_for()


def test_table_keeps_its_words_whole_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    say(page, "@srmbot rds and aurora backups")
    table = page.locator(".b-table").last
    table.wait_for()
    assert table.locator("th").all_inner_texts() == ["Service", "Owner", "Task"]
    short = table.locator("th, td:not(:last-child)")
    assert set(short.evaluate_all(LINES)) == {1}
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")


class TestFull:
    """With the knowledge that srmbot comes with."""

    @pytest.fixture
    def room(self, full: Bot) -> Iterator[Session]:
        with open_session(full, follow=False) as made:
            yield made

    def test_choice_button_changes_the_answer(self, page, full):
        question = next(each for each in OPEN if full.state.reply(each).outcome is Outcome.CHOICE)
        reply = full.state.reply(question)
        other = next(each for each in reply.alternatives if each.task is None)
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
