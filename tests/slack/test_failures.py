"""What goes wrong: the user hears of it, the log has it under the same ID, nothing is kept waiting."""

import re
import time
from dataclasses import dataclass
from typing import Any

import pytest

from srmbot.errors import SrmbotError
from srmbot.fake_slack import Delivery
from srmbot.model import Knowledge
from srmbot.render import views
from srmbot.render.blocks import escape
from tests.support.served_app import WAYS, over_http, until

ERROR_ID = re.compile(r"Something went wrong\. Please give this error ID to whoever runs me: ([0-9a-f]{8})")
WORDS = "who patches zanzibar"  # must not be in the log


@dataclass
class Broken:
    """A bot that fails at everything it is asked."""

    bot: Any
    error: Exception

    def __getattr__(self, name: str) -> Any:
        return getattr(self.bot, name)

    def reply(self, *_: object) -> None:
        raise self.error

    choose = read = reply

    @property
    def state(self) -> Any:
        return self

    @property
    def knowledge(self) -> None:
        raise self.error


def slash(slack) -> tuple[Delivery, str]:
    delivery = slack.slash(f"/srm {WORDS}")
    return delivery, delivery.message.text


def mention(slack) -> tuple[Delivery, str]:
    said = slack.mention(WORDS)
    return said.delivery, slack.answers(said)[0].text


def direct(slack) -> tuple[Delivery, str]:
    said = slack.direct(WORDS)
    return said.delivery, slack.answers(said)[0].text


def choice(slack) -> tuple[Delivery, str]:
    block = {"type": "actions", "elements": [{"type": "button", "action_id": "choose:0", "value": "rds|aurora"}]}
    message = slack.post("", user=slack.bot_user_id, bot_id=slack.bot_id, blocks=[block])
    delivery = slack.click(message, "choose:0")
    assert message.blocks == [block]
    return delivery, slack.wait(slack.ephemerals)[0].text


def shortcut(slack) -> tuple[Delivery, str]:
    delivery = slack.message_shortcut("who_owns_this", slack.post(WORDS))
    return delivery, slack.wait(slack.ephemerals)[0].text


def ask(slack) -> tuple[Delivery, str]:
    delivery = slack.global_shortcut("ask_question")
    return delivery, in_direct_message(slack)


def example(slack) -> tuple[Delivery, str]:
    button = {"type": "button", "action_id": "example:0", "value": WORDS, "text": {"type": "plain_text", "text": "x"}}
    home = slack.workspace.view(slack.user.id, {"type": "home", "blocks": [{"type": "actions", "elements": [button]}]})
    delivery = slack.click_view(home, "example:0")
    return delivery, in_direct_message(slack)


def in_direct_message(slack) -> str:
    """What a user gets who has nothing on the screen yet."""
    where = slack.workspace.direct_channel(slack.user.id)
    return slack.wait(lambda: slack.messages(where))[0].text


def knowledge() -> Knowledge:
    """As little as there may be."""
    return Knowledge({}, {}, (), (), "0" * 16)


def modal(slack) -> tuple[Delivery, str]:
    view = slack.workspace.view(slack.user.id, views.question_form(knowledge()))
    delivery = slack.submit(view, question=WORDS)
    assert view.view["callback_id"] == views.ASKING
    return delivery, escape(delivery.json["errors"]["question"])  # Slack shows it as it is


def home(slack) -> tuple[Delivery, str]:
    delivery = slack.open_home()
    [block] = slack.wait(slack.home)["blocks"]
    return delivery, block["text"]["text"]


SURFACES = [slash, mention, direct, choice, shortcut, ask, example, modal, home]


@pytest.mark.parametrize("way", sorted(WAYS))
@pytest.mark.parametrize("surface", SURFACES)
def test_a_bug_is_reported_and_logged_under_one_id(bare, bot, log, surface, way):
    with WAYS[way](bare, Broken(bot, RuntimeError("a bug"))):
        delivery, text = surface(bare)
    assert delivery.acknowledged, delivery
    given = ERROR_ID.fullmatch(text)
    assert given, text
    [line] = log.lines(f"unexpected_error surface={surface.__name__} request_id={given[1]}")
    assert " ERROR " in line
    assert "RuntimeError: a bug" in log.text
    assert "Traceback" in log.text
    assert "zanzibar" not in log.text


@pytest.mark.parametrize("surface", SURFACES)
def test_an_expected_failure_is_reported_as_it_is(bare, bot, log, surface):
    with over_http(bare, Broken(bot, SrmbotError("<!channel> is down", "wait"))):
        delivery, text = surface(bare)
    assert (delivery.status, text) == (200, "&lt;!channel&gt; is down (wait)")
    assert log.lines("ERROR") == []


def test_nothing_that_was_asked_is_logged(slack, log):
    slack.slash("/srm who patches zanzibar under rds?")
    slack.slash("/srm why who patches zanzibar under rds?")
    slack.answers(slack.mention("who patches zanzibar under rds?"))
    slack.message_shortcut("who_owns_this", slack.post("who patches zanzibar under rds?"))
    slack.wait(slack.ephemerals)
    until(lambda: len(log.lines("answered")) == 4)
    assert "zanzibar" not in log.text
    line = log.lines("surface=mention")[0]
    fields = r"surface=mention ms=[\d.]+ team=T0STANDIN1 channel=C\d+ outcome=[a-z]+ key=\S+ confidence=[\d.]+"
    assert re.fullmatch(rf"\S+Z INFO answered {fields} knowledge=[0-9a-f]{{7}} request_id=[0-9a-f]{{8}}", line), line


def test_after_a_rate_limit_the_answer_comes_later_and_nobody_sleeps(bare, bot):
    with over_http(bare, bot, threads=1):  # one thread: if it slept, the second mention would wait for it
        bare.fail_next("chat.postMessage", status=429, retry_after=2)
        started = time.monotonic()
        limited = bare.mention("backups")
        bare.wait(lambda: bare.calls("chat.postMessage"))
        [other] = bare.answers(bare.mention("who patches the OS under RDS?"))
        assert other.text.startswith("AWS: RDS")
        assert bare.messages(thread_ts=limited.ts) == []
        [answer] = bare.answers(limited)
        assert time.monotonic() - started >= 2
        assert answer.text.startswith("Shared: RDS · Backups")


def test_a_rate_limit_while_reading_the_first_message_is_waited_for_too(bare, bot):
    with over_http(bare, bot):
        parent = bare.post("who sets backup retention on rds?")
        bare.fail_next("conversations.replies", status=429, retry_after=1)
        [answer] = bare.answers(bare.mention("", thread_ts=parent.ts))
        assert answer.text.startswith("You: RDS · Backups")


def test_a_rate_limit_of_a_response_url_is_waited_for_too(slack):
    slack.fail_next("response_url", status=429, retry_after=1)
    assert slack.message_shortcut("who_owns_this", slack.post("backups")).acknowledged
    [answer] = slack.wait(slack.ephemerals)
    assert answer.text.startswith("Shared: RDS · Backups")


def test_what_slack_asks_to_wait_too_long_for_is_given_up_and_logged(bare, bot, log):
    with over_http(bare, bot):
        bare.fail_next("chat.postMessage", status=429, retry_after=3600, times=2)
        said = bare.mention("backups")
        bare.wait(lambda: len(bare.calls("chat.postMessage")) == 2)
    assert bare.messages(thread_ts=said.ts) == []
    assert len(log.lines("WARNING expected_error surface=mention key=ratelimited")) == 1
    assert len(log.lines("notify_failed")) == 1


def request_ids(lines: list[str]) -> set[str]:
    return {line.rpartition("request_id=")[2].split()[0] for line in lines if "request_id=" in line}


def test_every_line_about_a_request_has_its_id(bare, bot, log):
    with over_http(bare, bot):
        bare.fail_next("chat.postMessage", status=429, retry_after=1)
        bare.answers(bare.mention("backups"))  # answered in the thread of a timer
        until(lambda: log.lines("answered"))
        first = log.lines("rate_limited") + log.lines("answered")
        bare.slash("/srm backups")
        until(lambda: len(log.lines("answered")) == 2)
    assert len(first) == 2
    assert len(request_ids(first)) == 1
    assert len(request_ids(log.lines("answered"))) == 2


def test_a_response_url_that_refuses_is_a_failure_and_not_an_answer(bare, bot, log):
    with over_http(bare, bot):
        block = {"type": "actions", "elements": [{"type": "button", "action_id": "choose:0", "value": "rds|aurora"}]}
        message = bare.post("", user=bare.bot_user_id, bot_id=bare.bot_id, blocks=[block])
        url = bare.workspace.response_url
        bare.workspace.response_url = lambda *given: spent(url(*given))
        assert bare.click(message, "choose:0").acknowledged
        until(lambda: log.lines("notify_failed"))
    assert len(log.lines("WARNING expected_error surface=choice key=used_url")) == 1
    assert log.lines("answered surface=choice") == []
    assert bare.complaints == ["response_url: used_url"] * 2
    bare.complaints.clear()


def spent(url):
    """A response_url that has had its five answers."""
    url.uses = 5
    return url


def test_a_modal_opens_however_many_mentions_wait(bare, bot):
    with over_http(bare, bot, threads=2):
        bare.api.latency = 0.15
        said = [bare.mention("backups") for _ in range(60)]  # 4.5 seconds of them
        assert bare.global_shortcut("ask_question").acknowledged
        bare.wait(lambda: bare.workspace.views, 3)
        assert [call.ok for call in bare.calls("views.open")] == [True]
        assert sum(len(bare.messages(thread_ts=each.ts)) for each in said) < 60
        bare.wait(lambda: all(bare.messages(thread_ts=each.ts) for each in said))


def test_the_form_of_a_tip_opens_however_many_mentions_wait(bare, bot, tmp_path):
    less = {"type": "button", "action_id": "tip_less", "value": "rds", "text": {"type": "plain_text", "text": "Fewer"}}
    tip = bare.post("", user=bare.bot_user_id, bot_id=bare.bot_id, blocks=[{"type": "actions", "elements": [less]}])
    with over_http(bare, bot, threads=2, database=f"sqlite:///{tmp_path / 'tips.db'}") as served:
        bare.api.latency = 0.15
        said = [bare.mention("backups") for _ in range(60)]  # 4.5 seconds of them
        assert bare.click(tip, "tip_less").acknowledged
        bare.wait(lambda: bare.workspace.views, 3)
        assert sum(len(bare.messages(thread_ts=each.ts)) for each in said) < 60
        bare.wait(lambda: all(bare.messages(thread_ts=each.ts) for each in said))
    served.app.close()


def test_a_home_tab_that_slack_asks_to_wait_for_comes_later(slack):
    slack.fail_next("views.publish", status=429, retry_after=1)
    assert slack.open_home().acknowledged
    slack.wait(slack.home)
    assert [call.ok for call in slack.calls("views.publish")] == [False, True]


def test_a_hundred_slow_mentions_hold_no_command_up(bare, bot):
    with over_http(bare, bot, threads=8):
        bare.api.latency = 0.15
        said = [bare.mention("backups") for _ in range(100)]
        assert bare.slash("/srm backups").acknowledged
        done = sum(len(bare.messages(thread_ts=each.ts)) for each in said)
        assert done < 100
        bare.wait(lambda: all(bare.messages(thread_ts=each.ts) for each in said))
