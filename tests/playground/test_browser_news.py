"""What is new on the page: answers come into sight, forms open at once, and there is something to click at first."""

from srmbot.playground import server
from tests.support.browser import NEEDED, PATIENCE, channel, findings, last, say

pytestmark = NEEDED
TALL = "\n".join(f"line {number}" for number in range(60))
# Whether the beginning of a log's last message is in the part of the log that is seen.
IN_SIGHT = """log => {
  const box = log.getBoundingClientRect();
  const last = [...log.querySelectorAll(":scope > article")].at(-1).getBoundingClientRect();
  return last.top >= box.top - 1 && last.top < box.bottom - 20;
}"""


def in_sight(page, log="#log"):
    """Wait until the newest message can be seen."""
    page.wait_for_function(f"({IN_SIGHT})(document.querySelector('{log}'))")


def test_every_new_answer_comes_into_sight(page):
    page.set_viewport_size({"width": 390, "height": 600})
    for number, question in enumerate(("rds", "dynamodb", "backups", "who patches the OS under RDS?"), 1):
        say(page, f"/srm {question}")
        page.locator("article.ephemeral").nth(number - 1).wait_for()
        in_sight(page)


def test_an_answer_after_a_tall_one_comes_into_sight_in_a_thread(page, room):
    channel(page, "databases")
    first = room.slack.messages("databases")[0]
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Reply").click()
    room.slack.post(TALL, "databases", user=room.slack.other.id, thread_ts=first.ts)
    page.locator("#pane-body article", has_text="line 59").wait_for()
    for question, answer in (("rds backups", "RDS · Backups"), ("who patches the OS under RDS?", "RDS · Operating")):
        say(page, f"@srmbot {question}", "#reply")
        page.locator("#pane-body article", has_text=answer).last.wait_for()
        in_sight(page, "#pane-body")


def test_who_reads_what_was_said_before_is_not_torn_away(page, room):
    say(page, TALL)
    last(page).get_by_text("line 59").wait_for()
    page.locator("#log").evaluate("log => log.scrollTo(0, 0)")
    page.wait_for_function("document.querySelector('#log').scrollTop === 0")
    # the page hears of it with the next frame
    page.evaluate("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))")
    room.slack.post("something else", user=room.slack.other.id)
    page.get_by_role("button", name="New messages").first.click()
    in_sight(page)
    page.get_by_role("button", name="New messages").first.wait_for(state="hidden")


def test_axe_finds_nothing_at_all_on_home_in_alerts_and_in_a_pane_on_a_phone(page):
    """Best practices too, such as the order of headings and one main landmark."""
    channel(page, "alerts")
    assert findings(page, serious=False) == []
    channel(page, "srmbot")
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("button", name="Ask in a form").wait_for()
    assert findings(page, serious=False) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("tab", name="Messages").click()
    say(page, "backups")
    page.locator("#pane-body article").nth(1).wait_for()
    assert findings(page, serious=False) == []


def test_a_form_opens_at_once(page, room, monkeypatch):
    """However long the server would wait between two looks at the clock: longer than the page is waited for."""
    monkeypatch.setattr(server, "CLOCK_LOOK_EVERY", 2 * PATIENCE / 1000)
    for _ in range(5):
        page.get_by_role("button", name="Who owns what?").click()
        page.get_by_role("dialog").get_by_label("Your question").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")


def test_there_is_something_to_click_at_first(page):
    tries = page.get_by_role("group", name="Things to try")
    assert findings(page) == []
    tries.get_by_role("button", name="/srm who patches the OS under RDS?").click()
    page.locator("article.ephemeral", has_text="AWS: RDS · Operating system").wait_for()
    tries.wait_for(state="hidden")
    channel(page, "alerts")
    tries.get_by_role("button", name="@srmbot below the alarm").click()
    page.locator("#pane-body article").nth(2).wait_for()


def test_the_bot_suggests_questions_in_a_direct_message(page, room):
    channel(page, "srmbot")
    room.slack.wait(lambda: room.slack.workspace.prompts)
    page.get_by_role("group", name="Things to try").get_by_role("button", name="Backups on RDS").click()
    page.locator("#pane-body article", has_text="RDS · Backups").wait_for()


def test_a_message_is_forwarded_to_the_bot(page):
    channel(page, "databases")
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Forward to srmbot").click()
    page.locator("h1", has_text="srmbot").wait_for()
    page.locator("#pane-body article", has_text="AWS: RDS · Operating system").wait_for()
    assert findings(page) == []


def test_a_question_is_edited_and_its_answer_changes(page):
    channel(page, "databases")
    say(page, "@srmbot who patches the OS under RDS?")
    page.locator("#pane-body article", has_text="AWS: RDS · Operating system").wait_for()
    page.locator("#log article").last.hover()
    page.locator("#log article").last.get_by_role("button", name="Edit").click()
    assert page.input_value("#text") == "@srmbot who patches the OS under RDS?"
    say(page, "@srmbot who sets backup retention on rds?")
    page.locator("#pane-body article", has_text="You: RDS · Backups").wait_for()
    page.locator("#log article").last.hover()
    page.locator("#log article").last.get_by_role("button", name="Edit").click()
    page.press("#text", "Escape")
    assert page.input_value("#text") == ""


def test_a_workflow_is_run_on_a_message(page):
    channel(page, "databases")
    page.locator("#log article").first.hover()
    page.locator("#log article").first.get_by_role("button", name="Run workflow").click()
    page.locator("#pane-body article", has_text="Owner: AWS").wait_for()
    assert findings(page) == []


def test_the_why_is_there_at_once_and_the_nearest_examples_come(page):
    say(page, "/srm who patches the OS under RDS?")
    answer = page.locator("article.ephemeral")
    answer.wait_for()
    answer.hover()
    answer.get_by_role("button", name="Inspect").click()
    page.locator("#pane").get_by_text("outcome: sure").wait_for()
    page.locator("#pane").get_by_text("to teach it otherwise").wait_for()
    page.locator("#pane").get_by_text("Looking for the nearest examples").wait_for(state="hidden")


def test_what_was_sent_last_comes_back_with_the_arrow(page):
    say(page, "/srm backups")
    page.locator("article.ephemeral").wait_for()
    page.press("#text", "ArrowUp")
    assert page.input_value("#text") == "/srm backups"
