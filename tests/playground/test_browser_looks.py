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


def test_matrix_is_sorted_by_a_click_on_a_heading(page):
    page.set_viewport_size({"width": 390, "height": 844})
    say(page, "/srm matrix rds aurora")
    table = page.locator(".b-data").last
    table.wait_for()
    assert table.locator("caption").inner_text() == "Whose each topic is"
    topics, owners = table.locator("tbody th"), table.locator("tbody td:nth-child(2)")
    before = topics.all_inner_texts()
    for heading, order in (("Topic", "ascending"), ("Topic", "descending"), ("RDS", "ascending")):
        table.get_by_role("button", name=heading, exact=True).click()
        assert table.locator(f"th[aria-sort={order}]").inner_text() == heading
        if heading == "Topic":
            assert topics.all_inner_texts() == sorted(before, reverse=order == "descending")
    assert owners.all_inner_texts() == sorted(owners.all_inner_texts(), key=str.lower)
    assert findings(page) == []


def post_table(room, columns, rows, **fields):
    """Put a data table of the bot's before everybody."""
    cells = [[{"type": "raw_text", "text": f"{name}{number}"} for name in columns] for number in range(rows)]
    data = {"type": "data_table", "caption": "Some", "rows": cells, **fields}
    room.slack.post("a table", user=room.slack.bot_user_id, bot_id=room.slack.bot_id, blocks=[data])


def test_wide_data_table_keeps_the_names_of_its_rows_in_sight_on_a_phone(page, room):
    page.set_viewport_size({"width": 390, "height": 844})
    post_table(room, ["a long name ", *(f"column {letter} " for letter in "abcdefgh")], 3)
    table = page.locator(".b-data")
    table.wait_for()
    name, last = table.locator("tbody th").first, table.locator("tbody tr").first.locator("td").last
    at = name.bounding_box()["x"]
    assert last.bounding_box()["x"] > 390
    table.locator(".b-table").evaluate("each => each.scrollTo(5000, 0)")
    assert (name.bounding_box()["x"], last.bounding_box()["x"] < 390) == (at, True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_pages_of_a_data_table_are_turned(page, room):
    post_table(room, "ab", 8, page_size=3)
    table = page.locator(".b-data")
    table.wait_for()
    shown = table.locator("tbody tr:visible th")
    assert shown.all_inner_texts() == ["a1", "a2", "a3"]
    for _ in range(3):  # the last page is the end
        table.get_by_role("button", name="Later rows").click()
    assert shown.all_inner_texts() == ["a7"]
    assert table.get_by_role("status").inner_text() == "7–7 of 7"
    table.get_by_role("button", name="Earlier rows").click()
    assert shown.all_inner_texts() == ["a4", "a5", "a6"]
    assert findings(page) == []


def test_table_keeps_its_words_whole_on_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    say(page, "@srmbot rds and aurora backups")
    table = page.locator(".b-table").last
    table.wait_for()
    assert table.locator("th").all_inner_texts() == ["Service", "Owner", "Task"]
    short = table.locator("th, td:not(:last-child)")
    assert set(short.evaluate_all(LINES)) == {1}
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
