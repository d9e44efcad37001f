"""What one user and one workspace may ask in a minute, and where answers may go."""

import pytest

from srmbot.config import read_settings
from srmbot.errors import ConfigError
from srmbot.request import Requester
from srmbot.slack.limits import KINDLY, Limits
from srmbot.slack.serve.unreadable import UnreadableRequestError, check_payload, slack_origins
from tests.support.served_app import over_http

ANA, BEN, CAT = (Requester(team, "C1", user) for team, user in (("T1", "U1"), ("T1", "U2"), ("T2", "U1")))


@pytest.fixture
def limits():
    made = Limits((2, 3), lambda: made.time)
    made.time = 0.0
    return made


def test_a_user_has_so_many_a_minute_and_then_one_at_a_time(limits):
    assert [limits.refuse(ANA) for _ in range(2)] == [None, None]
    first, second = limits.refuse(ANA), limits.refuse(ANA)
    assert (first.text, first.is_news, second.is_news) == (KINDLY.format(30), True, False)
    assert limits.refuse(BEN) is None
    assert limits.refuse(CAT) is None  # the same ID in another workspace is another person
    limits.time = 30.0
    assert limits.refuse(ANA) is None
    assert limits.refuse(ANA) is not None
    limits.time = 1000.0
    assert [limits.refuse(ANA) for _ in range(2)] == [None, None]
    assert limits.refuse(ANA).is_news


def test_a_workspace_has_a_limit_of_its_own(limits):
    assert [limits.refuse(each) for each in (ANA, ANA, BEN)] == [None] * 3
    assert limits.refuse(BEN).text == KINDLY.format(20)
    assert limits.refuse(CAT) is None


def test_without_a_limit_nothing_is_counted():
    off = Limits(None)
    assert [off.refuse(ANA) for _ in range(9)] == [None] * 9
    assert off.buckets == {}


def test_memory_is_bounded(limits, monkeypatch):
    monkeypatch.setattr("srmbot.slack.limits.MOST_BUCKETS", 10)
    for number in range(50):
        limits.refuse(Requester("T", "C", f"U{number}"))
    assert len(limits.buckets) <= 10


@pytest.mark.parametrize(
    ("text", "means"), [("", (60, 3000)), ("off", None), ("5, 100", (5, 100)), ("OFF", None)], ids=str
)
def test_the_setting(text, means):
    assert read_settings({"SRMBOT_LIMITS": text}).limits == means


@pytest.mark.parametrize("text", ["5", "0,1", "a,b", "1,2,3", "5,-1", "٣,4"])
def test_a_wrong_setting_is_one_clear_line(text):
    with pytest.raises(ConfigError) as caught:
        read_settings({"SRMBOT_LIMITS": text})
    assert str(caught.value) == f"SRMBOT_LIMITS '{text}' is not a pair of numbers (use two such as 60,3000, or `off`)"


def test_who_asks_too_much_hears_it_once_and_others_are_answered(bare, bot):
    with over_http(bare, bot, limits=(2, 100)):
        answers = [bare.slash("/srm backups").message.text for _ in range(3)]
        assert answers[1].startswith("Shared: RDS · Backups")
        assert answers[2].startswith("That's more than I answer in one minute. Ask again in ")
        assert bare.slash("/srm backups", bare.other).message.text.startswith("Shared: RDS · Backups")
        said = [bare.mention("backups") for _ in range(3)]
        other = bare.mention("backups", user=bare.other)
        assert len(bare.answers(other)) == 1
    assert [bare.messages(thread_ts=each.thread) for each in said] == [[], [], []]  # it was said in the command


def test_a_mention_too_many_is_answered_kindly_once(bare, bot):
    with over_http(bare, bot, limits=(1, 100), threads=1):
        bare.answers(bare.mention("backups"))
        [kind] = bare.answers(bare.mention("backups"))
        silent = bare.mention("backups")
        bare.answers(bare.mention("backups", user=bare.other))  # one thread: all before it are done
    assert kind.text.startswith("That's more than I answer in one minute.")
    assert bare.messages(thread_ts=silent.thread) == []


ELSEWHERE = [
    "http://169.254.169.254/latest/meta-data/",
    "http://hooks.slack.com/commands/1",  # without TLS
    "https://hooks.slack.com@evil.example/1",
    "https://hooks.slack.com.evil.example/1",
    "https://hooks.slack.com:8443/1",
    "https://evil.example/?https://hooks.slack.com/",
    "file:///etc/passwd",
    "//hooks.slack.com/1",
    "https://[::1]/",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_answers_go_to_slack_alone(url):
    with pytest.raises(UnreadableRequestError, match="response_url"):
        check_payload({"command": "/srm", "response_url": url})


@pytest.mark.parametrize("url", ["https://hooks.slack.com/commands/T1/2", "https://HOOKS.slack-gov.com/x", "", None])
def test_answers_go_to_slack(url):
    check_payload({"command": "/srm", "response_url": url})


def test_with_a_fake_slack_answers_go_there_alone():
    origins = slack_origins("http://127.0.0.1:8080/api/")
    check_payload({"response_url": "http://127.0.0.1:8080/hooks/1"}, origins)
    with pytest.raises(UnreadableRequestError):
        check_payload({"response_url": "https://hooks.slack.com/1"}, origins)


def test_a_signed_request_with_another_address_is_refused_and_nothing_is_called(slack, log):
    payload = {"command": "/srm", "text": "backups", "team_id": "T1", "channel_id": "C1", "user_id": "U1"}
    got = slack.send("slash_commands", {**payload, "response_url": "http://127.0.0.1:9/secret"})
    assert got.status == 400
    [line] = log.lines("request_unreadable")
    assert "what=response_url" in line
    assert "secret" not in line
