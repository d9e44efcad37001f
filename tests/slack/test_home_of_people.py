"""What the Home tab shows of a person's own and of their workspace, and what it shows to maintainers."""

import shutil
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.fake_slack import FakeSlack, view_problems
from srmbot.misses.miss import Miss
from srmbot.overview.news import hash_records
from srmbot.store.versions import Version
from srmbot.tips import Subscription, When
from tests.support.served_app import Served, over_http
from tests.support.serving import serve_in_thread

NOW = 1_796_634_000.0  # 2026-12-07


@pytest.fixture
def own(folder, tmp_path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "own"))


@pytest.fixture
def served(bare, own, tmp_path, cache_folder) -> Iterator[Served]:
    """The app with a store; ana is a maintainer, ben is not."""
    (own / "maintainers.yaml").write_text(f"- users: [{bare.user.id}]\n")
    bot = Bot.from_folders([own], Cache(cache_folder))
    with over_http(bare, bot, database=f"sqlite:///{tmp_path / 'srmbot.db'}") as made:
        made.app.storage.clock = lambda: NOW
        made.app.storage.store.prepare()
        yield made


def home(slack: FakeSlack, user) -> str:
    """All texts of a person's tab."""
    before = len(slack.calls("views.publish"))
    assert slack.open_home(user).acknowledged
    slack.wait(lambda: len([each for each in slack.calls("views.publish") if each.status]) > before)
    view = slack.home(user)
    assert view_problems(view) == []
    found = [block.get("text", {}).get("text", "") for block in view["blocks"]]
    return "\n".join(
        [*found, *(each["elements"][0].get("text", "") for each in view["blocks"] if each["type"] == "context")]
    )


def test_a_persons_tips_are_listed(bare, served):
    when = When(zone="Europe/Lisbon")
    for user in (bare.user, bare.other):
        channel = bare.channel.id if user is bare.other else bare.elsewhere.id
        services = ("rds",) if user is bare.other else ()
        served.app.storage.store.subscriptions.subscribe(
            Subscription(bare.team_id, channel, when, services, user.id, 0)
        )
    assert f"*Your tips*\n• <#{bare.channel.id}>: {when}, about RDS" in home(bare, bare.other)
    assert f"<#{bare.channel.id}>" not in home(bare, bare.user)


def test_what_the_workspace_asked_most_can_be_opened(bare, served):
    for text in ("rds backups", "rds backups", "aurora patching"):
        bare.slash(f"/srm {text}", bare.other)
    served.app.storage.write_counts()
    assert "*Asked most in the last 30 days*" in home(bare, bare.other)
    view = bare.workspace.homes[bare.other.id]
    [row] = [each for each in view.view["blocks"] if "entry:0" in str(each)]
    assert [each["text"]["text"] for each in row["elements"]] == ["RDS · Backups", "Aurora · Patching"]
    assert bare.click_view(view, "entry:0").acknowledged
    [held] = bare.wait(lambda: bare.workspace.modals(bare.other.id))
    assert "Shared: RDS · Backups" in str(held.view)


def test_what_changed_in_the_knowledge_is_said(bare, served):
    known = served.app.rounds.bot.knowledge
    older = hash_records(known) | {"rds/backups": "aws", "rds.gone": "0"}
    first = known.duties[0]
    del older[first.id]
    served.app.storage.store.versions.note(Version("old", older, (), NOW - 1))
    served.app.rounds.run_round()
    shown = home(bare, bare.other)
    assert "*Changed in what I know, 7 December*" in shown
    assert "• RDS · Backups: AWS → both" in shown
    assert f"• New: {known.label(first.service, first.topic)}: {first.duty}" in shown
    assert "• Gone: rds.gone" in shown


def test_the_first_version_is_no_news(bare, served):
    served.app.rounds.run_round()
    assert "Changed in what I know" not in home(bare, bare.other)


def test_maintainers_see_misses_and_what_is_due_and_how_it_goes(bare, served):
    misses = served.app.storage.store.misses
    misses.keep_text(bare.team_id, "U9", 90, NOW)
    miss = Miss(bare.team_id, "wrong", "rds", "backups", "who takes our <copies>?", "rds/backups", "U1")
    misses.record(miss, NOW)
    shown = home(bare, bare.user)
    assert "*Misses*\nLast 30 days: 1 marked wrong.\n• 1× RDS · Backups, marked wrong" in shown
    assert "*who takes our &lt;copies&gt;?*\n1×, marked wrong" in shown
    assert "*Due for review*\n" in shown
    assert "*Health*\n• Knowledge " in shown
    assert "No problems." in shown
    assert bare.click_view(bare.workspace.homes[bare.user.id], "add").acknowledged
    [form] = bare.wait(lambda: bare.workspace.modals(bare.user.id))
    assert form.view["callback_id"] == "add_form"
    assert "Questions that I did not answer are kept for 90 days" in home(bare, bare.other)


def test_others_see_none_of_that(bare, served):
    shown = home(bare, bare.other)
    for part in ("Misses", "Due for review", "Health"):
        assert part not in shown


def test_where_nobody_is_named_nobody_sees_it(bare, served, own):
    (own / "maintainers.yaml").unlink()
    served.app.rounds.bot.refresh()
    assert "Health" not in home(bare, bare.user)


def test_faults_in_newer_files_are_named(bare, served, own):
    (own / "maintainers.yaml").write_text("- channel: C012AB3CD\n")
    assert served.app.rounds.bot.refresh()
    shown = home(bare, bare.user)
    assert "1 problem in newer files, which are not used, the first at " in shown
    assert "maintainers.yaml:1:3: nobody is a maintainer" in shown


def test_many_services_and_misses_fit(bare, served):
    misses = served.app.storage.store.misses
    misses.keep_text(bare.team_id, "U9", 90, NOW)
    words = ("alpha bravo", "charlie delta", "echo foxtrot", "golf hotel", "india juliet", "kilo lima", "mike november")
    for text in (*words, "oscar papa", "quebec romeo", "sierra tango"):
        misses.record(Miss(bare.team_id, "unclear", question=f"{text} {'<' * 500}", user="U1"), NOW)
    home(bare, bare.user)
    assert str(bare.home(bare.user)).count("Add to knowledge") == 8


def test_while_the_database_is_away_the_rest_is_shown(bare, served):
    served.app.storage.away_until = float("inf")
    shown = home(bare, bare.user)
    assert "The database does not answer." in shown
    assert "*Your tips*" in shown


@contextmanager
def hanging_up() -> Iterator[tuple[str, list[object]]]:
    """The URL of a database that takes every connection and says nothing, and who has tried."""
    tries: list[object] = []

    class Door(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            tries.append(self.client_address)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Door) as server:
        serve_in_thread(server)
        yield f"postgresql+psycopg://srmbot:x@127.0.0.1:{server.server_address[1]}/srmbot", tries
        server.shutdown()


def test_a_database_that_is_away_is_waited_for_once_whoever_opens_the_tab(bare, own, cache_folder, log):
    (own / "maintainers.yaml").write_text(f"- users: [{bare.user.id}]\n")
    bot = Bot.from_folders([own], Cache(cache_folder))
    waits = {}
    for user in (bare.other, bare.user):
        with hanging_up() as (url, tries), over_http(bare, bot, database=url):
            shown = home(bare, user)
        waits[user.name] = len(tries)
        assert "*Your tips*\nNone yet." in shown
    assert waits["ana"] == waits["ben"] > 0
    assert "*Misses*" not in shown
    assert "*Health*\n• Knowledge " in shown
    assert "No problems." in shown  # until it is known that the database is away
    assert len(log.lines("expected_error surface=home")) == 2


def test_a_database_that_is_known_to_be_away_is_asked_for_the_misses_alone(bare, own, cache_folder, log):
    (own / "maintainers.yaml").write_text(f"- users: [{bare.user.id}]\n")
    bot = Bot.from_folders([own], Cache(cache_folder))
    with hanging_up() as (url, tries), over_http(bare, bot, database=url) as served:
        served.app.storage.away_until = float("inf")
        assert "*Your tips*" in home(bare, bare.other)
        assert tries == []
        assert "The database does not answer." in home(bare, bare.user)
        assert tries
    assert len(log.lines("expected_error surface=home")) == 1
