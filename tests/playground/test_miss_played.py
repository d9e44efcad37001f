"""A miss in the playground, by what people click there: thumbs, the form, the Home tab, the patch as a file."""

import json

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.fake_slack.journal import key_of
from srmbot.playground.actions import ACTIONS
from srmbot.playground.page_state import page_state
from srmbot.playground.session import open_session
from tests.support.served_app import until

ASKED = "who rotates the zanzibar keys?"


@pytest.fixture
def room(knowledge, cache_folder):
    """The playground, with ana as a maintainer."""
    (knowledge / "maintainers.yaml").write_text("- users: [U000000001]\n")
    with open_session(Bot.from_folders([knowledge], Cache(cache_folder)), follow=False) as made:
        assert made.slack.user.id == "U000000001"
        yield made
    assert made.slack.complaints == []


def do(room, name, **body):
    done = ACTIONS[name](room, room.slack.user, body)
    assert not done.get("notice")
    return done


def seen(room) -> str:
    """All that ana sees."""
    return json.dumps(page_state(room, room.slack.user), ensure_ascii=False)


def modal(room):
    return room.slack.wait(lambda: room.slack.workspace.modals(room.slack.user.id))[-1]


def test_a_thumb_opens_the_form_and_the_form_is_taken(room):
    do(room, "say", text="/srm rds backups", channel="general")
    [answer] = room.slack.wait(room.slack.ephemerals)
    assert "👎" in seen(room)
    thumbs = answer.blocks[-1]["elements"][0]
    do(room, "click", key=key_of(answer), action_id="feedback", value=thumbs["negative_button"]["value"])
    view = modal(room)
    assert "What was wrong?" in seen(room)
    assert do(room, "submit", view=view.id, values={"kind": "outdated"})["errors"] == {}
    assert "Thank you" in seen(room)


def test_the_box_on_the_home_tab_answers(room):
    do(room, "home")
    home = room.slack.wait(lambda: room.slack.workspace.homes.get(room.slack.user.id))
    assert "Ask in your own words" in seen(room)
    do(room, "click_view", view=home.id, action_id="search", value="rds backups")
    modal(room)
    assert "Shared: RDS · Backups" in seen(room)


def test_a_patch_comes_as_a_file_that_can_be_read(room):
    do(room, "say", text="/srm misses text on", channel="general")
    room.slack.wait(lambda: [each for each in room.slack.ephemerals() if "From now on" in each.text])
    do(room, "say", text=f"@srmbot {ASKED}", channel="general")
    room.slack.wait(lambda: [each for each in room.slack.messages() if room.slack.messages(thread_ts=each.ts)])

    def add_button():
        do(room, "home")
        home = room.slack.workspace.homes.get(room.slack.user.id)
        return home if home and "Add to knowledge" in str(home.view) else None

    home = until(add_button)
    do(room, "click_view", view=home.id, action_id="add")
    view = modal(room)
    do(room, "submit", view=view.id, values={"service": "rds", "topic": "backups", "owner": "customer"})
    room.slack.wait(lambda: "in your direct messages" in str(view.view))
    shown = seen(room)
    assert "knowledge.patch" in shown
    assert ASKED in shown.partition("knowledge.patch")[2]
