"""Thumbs below an answer, and the form in which a person says what is wrong."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack, Message, View, message_problems, view_problems
from srmbot.model import Maintainers
from srmbot.render.carried import Carried
from srmbot.store.store import Store
from tests.support.served_app import over_http, until

QUESTION = "who sets the backup retention on rds?"
EVER = 0.0


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """The store of the app, from outside it."""
    made = Store(f"sqlite:///{tmp_path / 'srmbot.db'}")
    made.prepare()
    yield made
    made.close()


@pytest.fixture
def served(bare, bot, store) -> Iterator[FakeSlack]:
    """The stand-in, with the app that has a store."""
    with over_http(bare, bot, database=str(store.url)):
        yield bare


def thumbs(message: Message) -> dict:
    """The thumbs of a message: the last block."""
    *_, last = message.blocks
    assert last["type"] == "context_actions"
    [element] = last["elements"]
    return element


def reasons(store: Store, slack: FakeSlack) -> dict[str, int]:
    """What was counted, by reason."""
    return {each.reason: each.times for each in store.misses.counts(slack.team_id, EVER)}


def opened(slack: FakeSlack) -> View:
    [view] = slack.wait(lambda: slack.workspace.modals(slack.user.id))
    assert view_problems(view.view) == []
    return view


def down(slack: FakeSlack, message: Message) -> View:
    """The form, once the thumb was clicked."""
    assert slack.click(message, "feedback", thumbs(message)["negative_button"]["value"]).acknowledged
    return opened(slack)


def shown(slack: FakeSlack, surface: str, question: str = QUESTION) -> Message:
    if surface == "slash":
        return slack.slash(f"/srm {question}").message
    return slack.answers(slack.mention(question) if surface == "mention" else slack.direct(question))[0]


@pytest.mark.parametrize("surface", ["slash", "mention", "direct"])
@pytest.mark.parametrize("question", [QUESTION, "who owns the zanzibar failover of our sofa?", "rds | aurora"])
def test_every_answer_has_thumbs(served, surface, question):
    message = shown(served, surface, question)
    assert thumbs(message)["type"] == "feedback_buttons"
    assert message_problems(message.as_json()) == []


@pytest.mark.parametrize("text", ["hello!", "thanks", "what can you do?", "wer kümmert sich um das?"])
def test_small_talk_has_none(served, text):
    assert "context_actions" not in [block["type"] for block in shown(served, "direct", text).blocks]


def test_a_thumb_up_is_counted_once_and_nobody_is_disturbed(served, store):
    message = shown(served, "mention")
    for _ in range(3):
        assert served.click(message, "feedback").acknowledged
    until(lambda: reasons(store, served) == {"helped": 1})
    assert served.click(message, "feedback", user=served.other).acknowledged
    until(lambda: reasons(store, served) == {"helped": 2})
    assert (served.workspace.modals(served.user.id), served.ephemerals()) == ([], [])


@pytest.mark.parametrize("surface", ["slash", "mention", "direct"])
def test_a_thumb_down_opens_a_form_that_is_filled_in(served, store, surface):
    form = down(served, shown(served, surface)).view
    asked, answered, *_, last = (block["elements"][0]["text"] for block in form["blocks"] if "elements" in block)
    assert asked == f"You asked: {QUESTION}"
    assert answered == "I answered: You: RDS · Backups"
    assert last == "I only count the kind of mistake; no text of yours is kept."
    fields = {block["block_id"]: block["element"] for block in form["blocks"] if block["type"] == "input"}
    assert {name: each["initial_option"]["value"] for name, each in fields.items()} == {
        "kind": "wrong-owner",
        "owner": "aws",
    }
    until(lambda: reasons(store, served) == {"wrong": 1})


def test_the_form_is_counted_and_its_text_is_not_stored(served, store):
    form = down(served, shown(served, "mention"))
    assert served.submit(form, kind="outdated").acknowledged
    assert form.view["blocks"][0]["text"]["text"] == "It is counted. Thank you."
    until(lambda: reasons(store, served) == {"wrong": 1, "outdated": 1})
    assert store.misses.open_misses(served.team_id) == []
    assert [(each.service, each.topic) for each in store.misses.counts(served.team_id, EVER)] == [
        ("rds", "backups")
    ] * 2


def test_the_owner_that_was_named_cannot_be_the_right_one(served):
    form = down(served, shown(served, "mention"))
    delivery = served.submit(form, kind="wrong-owner", owner="customer")
    assert delivery.json["errors"] == {
        "owner": "That is the owner I named. Choose the right one, or another kind of mistake."
    }
    assert served.submit(form, kind="wrong-owner", owner="aws").json["response_action"] == "update"


def test_where_text_is_kept_the_form_takes_it(served, store):
    store.misses.keep_text(served.team_id, "U9", 60, EVER)
    form = down(served, shown(served, "mention"))
    assert "Kept for 60 days" in form.view["blocks"][-1]["elements"][0]["text"]
    page = "https://docs.aws.amazon.com/new"
    assert served.submit(form, kind="outdated", note="It is <!here> 45 days now", page=page).acknowledged
    until(lambda: len(store.misses.open_misses(served.team_id)) == 2)
    found = {each.miss.reason: each.miss for each in store.misses.open_misses(served.team_id)}["outdated"]
    assert (found.question, found.note, found.page) == (QUESTION, "It is <!here> 45 days now", page)
    assert (found.user, found.channel) == (served.user.id, served.channel.id)
    assert found.thread_ts == served.messages()[0].ts


def test_the_page_that_the_answer_had_is_no_news(served, store):
    store.misses.keep_text(served.team_id, "U9", 60, EVER)
    assert served.submit(down(served, shown(served, "mention")), kind="other").acknowledged
    until(lambda: len(store.misses.open_misses(served.team_id)) == 2)
    assert {each.miss.page for each in store.misses.open_misses(served.team_id)} == {""}


def test_what_only_one_person_saw_has_no_thread(served, store):
    store.misses.keep_text(served.team_id, "U9", 60, EVER)
    down(served, shown(served, "slash"))
    [kept] = until(lambda: store.misses.open_misses(served.team_id))
    assert (kept.miss.question, kept.miss.thread_ts) == (QUESTION, "")


def with_channel(bot: Bot, channel: str | None) -> Bot:
    """A bot whose maintainers have a channel."""
    maintainers = Maintainers(users=("U1A2",), channel=channel)
    return Bot(replace(bot.state, knowledge=replace(bot.knowledge, maintainers=maintainers)))


def test_text_that_is_not_kept_goes_to_the_maintainers(bare, bot, store):
    there = bare.add_channel("srm-maintainers")
    with over_http(bare, with_channel(bot, there.id), database=str(store.url)):
        form = down(bare, shown(bare, "direct"))
        assert "I keep none of this. It goes to" in form.view["blocks"][-1]["elements"][0]["text"]
        assert bare.submit(form, kind="wrong-owner", owner="aws", note="<!channel> look").acknowledged
        [posted] = bare.wait(lambda: bare.messages(there))
    assert posted.text.splitlines() == [
        f"<@{bare.user.id}> says that an answer is wrong.",
        "The owner is wrong.",
        f"Asked: {QUESTION}",
        "Answered: You: RDS · Backups",
        "It should be: AWS",
        "In their words: &lt;!channel&gt; look",
    ]
    assert store.misses.open_misses(bare.team_id) == []
    bare.api.calls.clear()  # it stands in a channel of its own, not in a thread


def test_a_modal_has_a_button_instead(served, store):
    assert served.global_shortcut("ask_question").acknowledged
    modal = opened(served)
    assert served.submit(modal, question=QUESTION).acknowledged
    assert view_problems(modal.view) == []
    assert served.click_view(modal, "wrong").acknowledged
    [_, form] = served.wait(lambda: (both := served.workspace.modals(served.user.id)) and len(both) == 2 and both)
    assert form.view["title"]["text"] == "What was wrong?"
    assert served.submit(form, kind="other").acknowledged
    until(lambda: reasons(store, served) == {"wrong": 1, "other": 1})


@pytest.mark.parametrize("value", ["", "up", "down|a|b", "x|y|z|a|b", "<!channel>"])
def test_a_value_that_is_none_of_ours_breaks_nothing(served, store, log, value):
    message = shown(served, "mention")
    thumbs(message)["positive_button"]["value"] = value or "-"
    assert served.click(message, "feedback").acknowledged
    assert (reasons(store, served), log.lines("ERROR")) == ({}, [])


@pytest.mark.parametrize("error", ["invalid_blocks", "invalid_blocks_format"])
def test_where_slack_refuses_thumbs_the_answer_comes_without(served, log, error):
    served.fail_next("chat.postMessage", error=error)
    [answer] = served.answers(served.mention(QUESTION))
    assert "context_actions" not in [block["type"] for block in answer.blocks]
    assert len(log.lines(f"WARNING block_refused what={error} block=context_actions")) == 1


def test_a_choice_is_counted_as_what_was_chosen(served, store):
    message = shown(served, "mention")
    message.blocks.insert(0, {"type": "actions", "elements": [a_choice("rds/high-availability")]})
    assert served.click(message, "choose:0").acknowledged
    until(lambda: reasons(store, served) == {"choice": 1})
    [count] = store.misses.counts(served.team_id, EVER)
    assert (count.service, count.topic) == ("rds", "high-availability")
    served.wait(lambda: message.text.startswith("Shared: RDS · High availability"))
    assert thumbs(message)["negative_button"]["value"].endswith(f"|{QUESTION}")


def a_choice(key: str) -> dict:
    text = {"type": "plain_text", "text": "That"}
    value = Carried((key, "rds/backups"), QUESTION).as_value()
    return {"type": "button", "action_id": "choose:0", "text": text, "value": value}


# Questions that were not answered


@pytest.mark.parametrize("surface", ["slash", "mention", "direct"])
def test_an_unanswered_question_is_counted(served, store, surface):
    store.misses.keep_text(served.team_id, "U9", 60, EVER)
    shown(served, surface, "what is the zanzibar of our sofa?")
    [kept] = until(lambda: store.misses.open_misses(served.team_id))
    assert kept.miss.question == "what is the zanzibar of our sofa?"
    assert bool(kept.miss.thread_ts) is (surface != "slash")
    assert set(reasons(store, served)) == {kept.miss.reason}


@pytest.mark.parametrize("text", ["thanks!", QUESTION, "what can you do?"])
def test_what_was_answered_is_not_counted(served, store, text):
    shown(served, "slash", text)
    shown(served, "slash", "what is the zanzibar of our sofa?")
    until(lambda: sum(reasons(store, served).values()) == 1)


def test_the_answer_about_itself_says_what_is_kept(served, store):
    store.misses.keep_text(served.team_id, "U9", 60, EVER)
    for surface in ("direct", "slash"):
        assert (
            "not rightly, for 60 days; `/srm forget me`" in shown(served, surface, "do you store our questions?").text
        )


def test_where_nothing_is_kept_it_says_so(served):
    assert "and questions are not kept." in shown(served, "direct", "do you store our questions?").text
