"""Whether everybody can use what the page draws: axe-core, best practices too, light and dark, wide and narrow."""

import itertools

import pytest

from tests.support.browser import NEEDED, channel, findings, last, say

pytestmark = NEEDED
WORDS = (
    "who patches the OS under RDS?",
    "rds backups",
    "backups",
    "rds",
    "rds and aurora backups",
    "compare rds aurora",
    "matrix",
    "matrix rds",  # a second one with the same caption
    "is Multi-AZ a backup?",
    "what's for lunch?",
    "hello",
    "help",
)


def assert_usable(page) -> None:
    """Nothing is found in any of the four, and nothing is wider than the page."""
    for scheme, width in itertools.product(("light", "dark"), (1280, 390)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (scheme, width)
        found = findings(page, serious=False) and findings(page, serious=False)  # not of a page that is being redrawn
        assert found == [], (scheme, width)
    page.set_viewport_size({"width": 1280, "height": 844})


def test_messages_of_every_kind(page, room):
    for count, words in enumerate(WORDS, 1):
        say(page, f"/srm {words}")
        page.locator("article.ephemeral").nth(count - 1).wait_for()
    assert_usable(page)


def test_home_of_a_maintainer(page, room, knowledge):
    (knowledge / "maintainers.yaml").write_text(f"- users: [{room.slack.user.id}]\n")
    room.bot.refresh()
    channel(page, "srmbot")
    page.get_by_role("tab", name="Home").click()
    page.get_by_text("For you who look after the knowledge").wait_for()
    assert_usable(page)


MODALS = [
    # what is typed, the button that opens a modal, its title
    ("/srm who patches the OS under RDS?", "Details", "Details"),
    ("/srm who patches the OS under RDS?", "This answer is wrong", "What was wrong?"),
    ("/srm rds", "Matrix", "Matrix"),
    ("", "Who owns what?", "Who owns what?"),
]


@pytest.mark.parametrize(("typed", "button", "title"), MODALS)
def test_modals(page, typed, button, title):
    if typed:
        say(page, typed)
        page.locator("article.ephemeral").wait_for()
    (last(page) if typed else page).get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog", name=title)
    dialog.wait_for()
    assert_usable(page)


def test_clock_beside_a_conversation(page):
    page.get_by_role("button", name="Clock and scheduled messages").click()
    page.get_by_role("heading", name="Nothing is scheduled").wait_for()
    assert_usable(page)


def test_modal_that_is_only_read_opens_at_its_beginning_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 500})
    page.get_by_role("button", name="Conversations").click()
    channel(page, "srmbot")
    page.get_by_role("tab", name="Home").click()
    page.get_by_role("button", name="RDS", exact=True).click()
    page.get_by_role("dialog").wait_for()
    assert page.get_by_role("dialog").locator(".body").evaluate("each => each.scrollTop") == 0


def test_choices_of_a_form_stand_below_each_other_as_in_slack(page):
    say(page, "/srm who patches the OS under RDS?")
    page.locator("article.ephemeral").wait_for()
    last(page).get_by_role("button", name="This answer is wrong").click()
    boxes = page.get_by_role("dialog").get_by_role("radiogroup", name="Whose is it?").get_by_role("radio")
    boxes.first.wait_for()
    assert len({box.bounding_box()["x"] for box in boxes.all()}) == 1
