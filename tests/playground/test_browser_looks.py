"""How the page looks in a real browser: light and dark, wide and narrow."""

import itertools

from tests.support.browser import NEEDED, channel, findings, say

# How many lines the text of each element takes.
LINES = """all => all.map(each => {
  const range = document.createRange();
  range.selectNodeContents(each);
  return range.getClientRects().length;
})"""

pytestmark = NEEDED


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
