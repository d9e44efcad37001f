"""An answer passed on: shared with the channel, sent to a team with its question; and its details, for one person."""

from dataclasses import replace

import pytest

from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack, Message, view_problems
from srmbot.model import Team
from srmbot.search.matcher import Matcher
from tests.support.on_screen import texts
from tests.support.served_app import until

QUESTION = "who sets backup retention on rds?"
ON_CALL = "S0DATABASE"


@pytest.fixture
def team_channel(bare: FakeSlack):
    """Where the team can be asked."""
    return bare.add_channel("databases")


@pytest.fixture
def bot(bot: Bot, team_channel) -> Bot:
    """A bot that knows who does RDS's part."""
    team = Team("Databases", "rds", None, "#databases", None, channel_id=team_channel.id, on_call=ON_CALL)
    known = replace(bot.knowledge, teams=(team,))
    return Bot(replace(bot.state, knowledge=known, matcher=Matcher(known, bot.state.matcher.weights)))


def verb(message: Message, action_id: str) -> dict:
    """A button of a message."""
    shown = [each for block in message.blocks if block["type"] == "actions" for each in block["elements"]]
    return next(each for each in shown if each["action_id"] == action_id)


def read(message: Message) -> str:
    """What a person reads of it."""
    return "\n".join(texts(message.blocks))


@pytest.mark.parametrize("where", ["channel", "elsewhere"])
def test_an_answer_that_one_person_got_is_shared_with_the_channel(slack, where):
    channel = getattr(slack, where)
    alone = slack.slash(f"/srm {QUESTION}", channel=channel).message
    assert slack.click(alone, "share").acknowledged
    slack.wait(lambda: not slack.ephemerals())
    [shared] = slack.messages(channel)
    assert shared.text.startswith(f"<@{slack.user.id}> shared: {QUESTION}\nYou: RDS · Backups\n")
    assert shared.blocks[0]["elements"][0]["text"] == f"<@{slack.user.id}> shared: {QUESTION}"
    assert "🔵 You: RDS · Backups" in read(shared)
    assert shared.viewer is None
    assert slack.calls("chat.postMessage") == []  # so that no membership is needed


def test_an_answer_that_slack_does_not_take_stays_with_its_asker(slack):
    alone = slack.slash(f"/srm {QUESTION}").message
    slack.fail_next("response_url", status=404, error="used_url")
    slack.click(alone, "share")
    [_, told] = slack.wait(lambda: slack.ephemerals() if len(slack.ephemerals()) == 2 else [])
    assert told.text.startswith("Slack takes at most five answers to a click or command")
    assert slack.messages() == []


def test_what_is_shared_is_posted_once_though_the_private_one_cannot_be_deleted(slack, log):
    alone = slack.slash(f"/srm {QUESTION}").message
    slack.workspace.ephemeral.clear()
    slack.workspace.add(alone)
    url = slack.workspace.response_url
    slack.workspace.response_url = lambda *given: spent(url(*given))
    slack.click(alone, "share")
    until(lambda: log.lines("original_kept"))
    assert len(slack.messages()) == 1
    assert slack.complaints == ["response_url: used_url"]
    slack.complaints.clear()


def spent(url):
    """A response_url that takes one more post."""
    url.uses = 4
    return url


def test_a_team_is_asked_after_a_confirmation(slack, team_channel):
    alone = slack.slash(f"/srm {QUESTION}").message
    button = verb(alone, "ask_team")
    assert button["text"]["text"] == "Ask Databases"
    assert button["confirm"]["text"]["text"] == (
        "This posts your question and this answer in #databases, with your name."
    )
    slack.click(alone, "ask_team")
    [asked] = slack.wait(lambda: slack.messages(team_channel))
    head = f"<@{slack.user.id}> asks <!subteam^{ON_CALL}>: {QUESTION}"
    assert asked.blocks[0]["elements"][0]["text"] == head
    assert "🔵 You: RDS · Backups" in read(asked)
    told = slack.wait(lambda: [each for each in slack.ephemerals() if each is not alone])
    assert [each.text for each in told] == [f"Asked Databases in <#{team_channel.id}>."]


def test_a_question_from_a_channel_comes_with_the_way_back(slack, team_channel):
    [answer] = slack.answers(slack.mention(QUESTION))
    slack.click(answer, "ask_team", user=slack.other)
    [asked] = slack.wait(lambda: slack.messages(team_channel))
    link = f"https://stand-in.slack.com/archives/{slack.channel.id}/p{answer.ts.replace('.', '')}"
    assert asked.text.startswith(f"<@{slack.other.id}> asks <!subteam^{ON_CALL}>: {QUESTION} (<{link}|asked here>)")


def test_a_team_in_whose_channel_the_bot_is_not_cannot_be_asked(slack, team_channel):
    team_channel.members.discard(slack.bot_user_id)
    alone = slack.slash(f"/srm {QUESTION}").message
    slack.click(alone, "ask_team")
    told = slack.wait(lambda: [each for each in slack.ephemerals() if each is not alone])
    assert [each.text for each in told] == [
        "I'm not in the channel of Databases, so I can't ask there (invite me there with `/invite @srmbot`, or ask in"
        " #databases yourself)"
    ]


@pytest.mark.parametrize("action", ["share", "ask_team", "details"])
def test_what_is_gone_cannot_be_passed_on(slack, action):
    alone = slack.slash(f"/srm {QUESTION}").message
    verb(alone, action)["value"] = "rds/gone"
    slack.click(alone, action)
    told = slack.wait(lambda: [each for each in slack.ephemerals() if each is not alone])
    assert told[0].text.startswith("That answer no longer exists.")


def test_nobody_is_pinged_by_what_was_asked(slack):
    alone = slack.slash(f"/srm <!channel> <@{slack.other.id}> {QUESTION}").message
    slack.click(alone, "share")
    [shared] = slack.wait(slack.messages)
    assert "<!channel>" not in str(shared.blocks[:-2])
    assert f"<@{slack.other.id}>" not in str(shared.blocks[:-2])


def test_details_open_in_a_modal_and_lead_to_other_services(slack):
    [answer] = slack.answers(slack.mention(QUESTION))
    assert slack.click(answer, "details").acknowledged
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    assert view_problems(view.view) == []
    shown = "\n".join(texts(view.view["blocks"]))
    assert "Take manual snapshots" in shown
    assert "You do · Databases" in shown
    assert slack.click_view(view, "elsewhere", "aurora/backups").acknowledged
    slack.wait(lambda: "Shared: Aurora · Backups" in "\n".join(texts(view.view["blocks"])))


def test_details_of_an_answer_in_a_modal_open_above_it(slack):
    slack.global_shortcut("ask_question")
    [form] = slack.wait(lambda: list(slack.workspace.views.values()))
    slack.submit(form, question=QUESTION)
    slack.click_view(form, "details")
    slack.wait(lambda: len(slack.workspace.views) == 2)
    assert [call.method for call in slack.calls()][-1] == "views.push"


@pytest.mark.parametrize("surface", ["slash", "mention", "modal"])
def test_a_topic_of_a_service_takes_its_place_and_the_menu_stays(slack, surface):
    if surface == "modal":
        slack.global_shortcut("ask_question")
        [view] = slack.wait(lambda: list(slack.workspace.views.values()))
        slack.submit(view, question="rds")
        choose, blocks = (lambda value: slack.click_view(view, "topic", value)), lambda: view.view["blocks"]
    else:
        said = slack.slash("/srm rds").message if surface == "slash" else slack.answers(slack.mention("rds"))[0]
        choose, blocks = (lambda value: slack.click(said, "topic", value)), lambda: said.blocks
    assert choose("rds/backups").acknowledged
    slack.wait(lambda: "Shared: RDS · Backups" in "\n".join(texts(blocks())))
    assert "Databases" in "\n".join(texts(blocks()))  # who does it is named there as before
    assert choose("rds").acknowledged
    slack.wait(lambda: "Managed databases" in "\n".join(texts(blocks())))


def test_an_example_below_a_greeting_opens_its_answer(slack):
    said = slack.slash("/srm hello!").message
    assert slack.click(said, "example:0").acknowledged
    [view] = slack.wait(lambda: list(slack.workspace.views.values()))
    assert "Shared: RDS · Backups" in "\n".join(texts(view.view["blocks"]))
