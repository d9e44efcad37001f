"""Channels that are shared with another organisation: who reads along learns of no team, and changes no tips."""

from dataclasses import replace

import pytest
from slack_sdk import WebClient

from srmbot.bot import Bot
from srmbot.fake_slack import FakeSlack
from srmbot.misses.miss import Miss
from srmbot.model import Team
from srmbot.search.matcher import Matcher
from srmbot.slack.audience import MOST_CHANNELS, Channels, is_insider
from srmbot.slack.maintainers.follow_up import follow_up
from srmbot.store.store import Store
from tests.support.on_screen import texts
from tests.support.served_app import until

QUESTION = "who sets backup retention on rds?"
SECRETS = ("Databases", "#databases", "C0DATABASES", "wiki.example.com")
OUTSIDE = "T0OUTSIDER"
NOW = 1_796_634_000.0  # 2026-12-07


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """A bot that knows who does RDS's part."""
    team = Team("Databases", "rds", None, "#databases", "https://wiki.example.com/db", channel_id="C0DATABASES")
    known = replace(bot.knowledge, teams=(team,))
    return Bot(replace(bot.state, knowledge=known, matcher=Matcher(known, bot.state.matcher.weights)))


@pytest.fixture
def shared(slack: FakeSlack) -> FakeSlack:
    """A workspace whose channel ben, of another organisation, is in."""
    slack.channel.shared = True
    slack.other.team = OUTSIDE
    return slack


def names_team(message) -> bool:
    """Whether anything of a message or view tells of the team."""
    return any(secret in str(message) for secret in SECRETS)


def test_what_all_see_names_no_team_and_the_asker_is_shown_it_alone(shared):
    [answer] = shared.answers(shared.mention(QUESTION))
    assert answer.text.startswith("You: RDS · Backups")
    assert not names_team(answer)
    [told] = shared.wait(shared.ephemerals)
    assert told.text == "On your side: Databases <#C0DATABASES>"
    assert (told.viewer, told.thread_ts) == (shared.user.id, answer.thread_ts)


def test_somebody_of_the_other_organisation_is_shown_none(shared, log):
    [answer] = shared.answers(shared.mention(QUESTION, user=shared.other))
    until(lambda: log.lines("answered"))
    assert not names_team(answer)
    assert shared.ephemerals() == []
    assert shared.click(answer, "details", user=shared.other).acknowledged
    [view] = shared.wait(lambda: list(shared.workspace.views.values()))
    assert not names_team(view.view)


def test_our_own_people_see_the_team_in_the_details(shared):
    [answer] = shared.answers(shared.mention(QUESTION))
    shared.click(answer, "details")
    [view] = shared.wait(lambda: list(shared.workspace.views.values()))
    assert "You do · Databases" in "\n".join(texts(view.view["blocks"]))


def test_a_reply_in_the_thread_names_none_either(shared):
    first = shared.mention(QUESTION)
    shared.answers(first)
    for count, text in enumerate(("and who does it for encryption at rest?", "who restores them?"), 2):
        *_, answer = shared.answers(shared.mention(text, thread_ts=first.ts), count)
        assert answer.text.startswith(("You: ", "Shared: ")), answer.text
        assert not names_team(answer)


LATER = [
    # where, how the channel is, whether the answer that comes later names the team
    ("channel", False, True),
    ("channel", True, False),
    ("direct", True, True),
    ("person", False, False),  # who may be of the other organisation
]


@pytest.mark.parametrize(("where", "is_shared", "named"), LATER)
def test_an_answer_that_comes_later_names_a_team_only_where_the_first_would_have(slack, bot, where, is_shared, named):
    slack.channel.shared = is_shared
    answer = follow_up_in(slack, bot, where)
    assert answer.text.startswith("I can answer this now. You: RDS · Backups")
    assert names_team(answer) is named


def test_where_a_channel_may_not_be_looked_up_no_later_answer_names_one(slack, bot):
    slack.workspace.scopes.discard("channels:read")
    assert not names_team(follow_up_in(slack, bot, "channel"))


def test_a_later_answer_whose_blocks_are_refused_comes_in_older_ones(slack, bot):
    slack.workspace.not_shown = {"context_actions"}
    answer = follow_up_in(slack, bot, "channel")
    assert "context_actions" not in [block["type"] for block in answer.blocks]
    assert answer.text.startswith("I can answer this now. You: RDS · Backups")


def follow_up_in(slack: FakeSlack, bot: Bot, where: str):
    """The answer to a question that was asked in vain, once the knowledge has it."""
    direct = slack.workspace.direct_channel(slack.user.id)
    channel = direct if where == "direct" else slack.channel
    asked = slack.post(QUESTION, channel)
    reason, ts = ("wrong-owner", "") if where == "person" else ("unclear", asked.ts)
    store = Store("sqlite://")
    store.prepare()
    store.misses.keep_text(slack.team_id, "U9", 90, NOW)
    miss = Miss(slack.team_id, reason, "rds", "backups", QUESTION, "rds/monitoring", slack.user.id, channel.id, ts)
    store.misses.record(miss, NOW)
    client = WebClient(token=slack.bot_token, base_url=slack.api_url)
    assert follow_up(bot.state, store.misses, slack.team_id, client, NOW) == 1
    store.close()
    found = slack.messages(direct) if where == "person" else slack.messages(channel, asked.ts)
    return found[-1]


def test_asked_for_the_team_the_answer_says_why_it_names_none(shared):
    [answer] = shared.answers(shared.mention("who in our team sets the backup retention on rds?"))
    assert "I name no teams where people of other organisations may read along." in answer.text
    assert not names_team(answer)


def test_what_is_chosen_below_an_answer_names_none_either(shared):
    [answer] = shared.answers(shared.mention("rds"))
    shared.click(answer, "topic", "rds/backups")
    shared.wait(lambda: answer.text.startswith("Shared: RDS · Backups"))
    assert not names_team(answer)


@pytest.mark.parametrize("is_shared", [True, False])
def test_an_answer_passed_on_names_a_team_only_where_the_channel_is_known_to_be_ours(slack, is_shared):
    slack.channel.shared = is_shared
    alone = slack.slash(f"/srm {QUESTION}").message
    assert names_team(alone)
    slack.click(alone, "share")
    [answer] = slack.wait(slack.messages)
    assert names_team(answer) is not is_shared


def test_where_that_may_not_be_looked_up_it_counts_as_shared(slack):
    slack.workspace.scopes.discard("channels:read")
    slack.click(slack.slash(f"/srm {QUESTION}").message, "share")
    [answer] = slack.wait(slack.messages)
    assert not names_team(answer)


def test_an_outsider_asks_no_team(shared):
    shared.channel.shared = False
    [answer] = shared.answers(shared.mention(QUESTION))
    shared.click(answer, "ask_team", user=shared.other)
    [told] = shared.wait(shared.ephemerals)
    assert told.text == "Only people of my own workspace can ask its teams."
    assert len(shared.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("words", ["tips off", "tips on 09:00", "tips skip", "tips"])
def test_an_outsider_changes_no_tips(shared, words):
    [answer] = shared.answers(shared.mention(words, user=shared.other))
    assert answer.text == "Only people of my own workspace can change its daily tips."


def test_nor_by_the_button_below_one(shared):
    block = {"type": "actions", "elements": [{"type": "button", "action_id": "tip_less", "value": "rds"}]}
    block["elements"][0]["text"] = {"type": "plain_text", "text": "Fewer"}
    tip = shared.post("a tip", user=shared.bot_user_id, bot_id=shared.bot_id, blocks=[block])
    shared.click(tip, "tip_less", user=shared.other)
    [told] = shared.wait(shared.ephemerals)
    assert told.text.startswith("only people of my own workspace can change its daily tips")
    assert shared.workspace.views == {}


def test_what_slack_says_of_a_channel_is_kept_for_some_minutes(slack):
    client, channels = WebClient(token=slack.bot_token, base_url=slack.api_url), Channels()
    assert [channels.is_internal(client, slack.channel.id) for _ in range(3)] == [True] * 3
    assert len(slack.calls("conversations.info")) == 1
    channels.known = dict.fromkeys(map(str, range(MOST_CHANNELS)), (0.0, True))
    channels.is_internal(client, slack.elsewhere.id)
    assert len(channels.known) == 1


PEOPLE = [
    # a payload, whether the person is of ours
    ({"team_id": "T1", "user_id": "U1"}, True),  # a command: only our own people have it
    ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T1"}}, True),
    ({"team": {"id": "T1"}, "user": {"id": "U1", "team_id": "T2"}}, False),
    ({"team": None, "enterprise": {"id": "E1"}, "user": {"id": "U1", "team_id": "E1"}}, True),
    ({"authorizations": [{"team_id": "T1"}], "team_id": "T2", "event": {"team": "T2", "user_team": "T2"}}, False),
    ({"authorizations": [{"team_id": "T1", "enterprise_id": "E1"}], "event": {"user_team": "E1"}}, True),
    ({"authorizations": [{"team_id": "T1"}], "event": {"user": "U1"}}, True),
]


@pytest.mark.parametrize(("body", "ours"), PEOPLE)
def test_people_are_told_apart_by_their_workspace(body, ours):
    assert is_insider(body) is ours
