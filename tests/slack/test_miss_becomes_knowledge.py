"""A miss, followed through: asked in a thread, grouped, added to the knowledge, answered in the thread."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.fake_slack import FakeSlack, Message, message_problems, view_problems
from srmbot.knowledge.report import check_folders
from srmbot.slack.manifest import load_manifest
from tests.support.served_app import QUICK, Served, over_http, until

ASKED = "who rotates the zanzibar keys?"
AGAIN = "zanzibar keys: who rotates them?"
MONDAY = 1_796_634_000.0  # 2026-12-07, 09:00 UTC
SUNDAY = MONDAY - 86_400
DUTY = {
    "task": "Rotate the zanzibar keys",
    "why": "AWS does not see them.",
    "say": "zanzibar keys",
    "page": "https://docs.aws.amazon.com/zanzibar",
}


@pytest.fixture
def own(folder, tmp_path) -> Path:
    """A copy of the small folder, to be changed."""
    return Path(shutil.copytree(folder, tmp_path / "own"))


@pytest.fixture
def slack(log) -> Iterator[FakeSlack]:
    with FakeSlack.from_manifest(load_manifest(), timing=QUICK) as made:
        yield made
    assert made.complaints == []


@pytest.fixture
def served(slack, own, tmp_path, cache_folder) -> Iterator[Served]:
    """The app with a store, and ana as a maintainer."""
    group = f"- users: [{slack.user.id}]\n  channel: {slack.channel.id}\n"
    (own / "maintainers.yaml").write_text(group)
    bot = Bot.from_folders([own], Cache(cache_folder))
    with over_http(slack, bot, database=f"sqlite:///{tmp_path / 'srmbot.db'}") as made:
        made.app.storage.clock = lambda: SUNDAY
        yield made


def asked_in_vain(slack: FakeSlack, served: Served) -> str:
    """Two people ask the same in other words. Returns the ts of the first one's thread."""
    assert "From now on I keep the questions" in said(slack, "misses text on 30")
    first = slack.mention(ASKED, user=slack.other)
    slack.answers(first)
    slack.answers(slack.direct(AGAIN))
    until(lambda: len(served.app.storage.store.misses.open_misses(slack.team_id)) == 2)
    return first.ts


def said(slack: FakeSlack, words: str) -> str:
    """What ana gets for a slow command, which answers through its response_url."""
    before = len(slack.ephemerals())
    assert slack.slash(f"/srm {words}").acknowledged
    return str(slack.wait(lambda: slack.ephemerals()[before:])[0].text)


def digest(slack: FakeSlack, served: Served) -> Message:
    """The digest in the maintainers' channel, as of a Monday."""
    run_monday(served)
    return slack.messages()[-1]


def run_monday(served: Served) -> None:
    """A round as on Monday morning."""
    served.app.storage.clock = lambda: MONDAY
    served.app.rounds.run_round()


def apply(diff: str, own: Path, bot: Bot) -> None:
    """Apply a patch as a person would, and wait until it has been learned from."""
    subprocess.run(["git", "apply", "-p1", "-"], cwd=own, input=diff, text=True, check=True)
    assert check_folders([own]).problems == []
    assert bot.refresh() == ()
    until(lambda: bot.state.learned, 60)


def form_of(slack: FakeSlack, message) -> object:
    """The form behind “Add to knowledge” of a digest."""
    assert slack.click(message, "add", user=slack.user).acknowledged
    [view] = slack.wait(lambda: slack.workspace.modals(slack.user.id))
    assert view_problems(view.view) == []
    return view


def patched(slack: FakeSlack, view) -> object:
    """The direct message with the patch, once the form says that it was sent."""
    slack.wait(lambda: "in your direct messages" in str(view.view))
    assert view_problems(view.view) == []
    return slack.messages(slack.workspace.direct_channel(slack.user.id))[-1]


def test_from_the_thread_to_the_patch_to_the_answer_in_the_thread(slack, served, own):
    thread = asked_in_vain(slack, served)

    message = digest(slack, served)
    assert message_problems(message.as_json()) == []
    assert f"2× {ASKED} (not answered)" in message.text
    view = form_of(slack, message)
    filled = {block["block_id"]: block["element"] for block in view.view["blocks"] if block["type"] == "input"}
    assert filled["questions"]["initial_value"].splitlines() == [ASKED, AGAIN]

    chosen = {"service": "rds", "topic": "monitoring", "owner": "customer"}
    assert slack.submit(view, **chosen, **DUTY).acknowledged
    direct = patched(slack, view)
    assert "duties/rds.yaml" in direct.text
    [reply] = slack.messages(direct.channel, direct.ts)
    [file] = reply.files
    assert file["name"] == "knowledge.patch"

    apply(file["preview"], own, served.app.rounds.bot)
    served.app.rounds.run_round()
    *_, answer = slack.messages(thread_ts=thread)
    assert answer.text.startswith("I can answer this now. You: RDS · Monitoring\nYou rotate the zanzibar keys.")
    assert message_problems(answer.as_json()) == []
    before = len(slack.calls("chat.postMessage"))
    served.app.rounds.answered_from = ""
    served.app.rounds.run_round()
    assert len(slack.calls("chat.postMessage")) == before  # nobody gets it twice
    assert served.app.storage.store.misses.open_misses(slack.team_id) == []


def test_what_would_be_no_valid_knowledge_comes_back_with_the_form(slack, served):
    asked_in_vain(slack, served)
    view = form_of(slack, digest(slack, served))
    wrong = DUTY | {"why": "No full stop"}
    assert slack.submit(view, service="rds", topic="backups", owner="customer", **wrong).acknowledged
    slack.wait(lambda: "That would not be valid knowledge" in str(view.view))
    assert view_problems(view.view) == []
    assert "write whole sentences, the last with its full stop" in str(view.view)
    kept = {block["block_id"]: block["element"] for block in view.view["blocks"] if block["type"] == "input"}
    assert kept["why"]["initial_value"] == "No full stop"
    assert slack.submit(view, service="rds", topic="backups", owner="customer", why="It is.").acknowledged
    patched(slack, view)


def test_without_the_scope_the_patch_comes_as_text(slack, served, log):
    asked_in_vain(slack, served)
    slack.workspace.scopes.discard("files:write")
    view = form_of(slack, digest(slack, served))
    assert slack.submit(view, service="rds", topic="backups", owner="customer").acknowledged
    direct = patched(slack, view)
    [block] = [each for each in direct.blocks if each["type"] == "rich_text"]
    assert ASKED in str(block)
    assert log.lines("WARNING file_rejected what=missing_scope")


def test_where_a_repository_is_set_there_is_a_link_that_is_filled_in(slack, served, own):
    link = "https://github.com/us/ours"
    (own / "maintainers.yaml").write_text(
        f"- users: [{slack.user.id}]\n  channel: {slack.channel.id}\n  repository: {link}\n"
    )
    served.app.rounds.bot.refresh()
    asked_in_vain(slack, served)
    view = form_of(slack, digest(slack, served))
    assert slack.submit(view, service="rds", topic="backups", owner="customer").acknowledged
    direct = patched(slack, view)
    [button] = [each for block in direct.blocks if block["type"] == "actions" for each in block["elements"]]
    assert button["url"].startswith(f"{link}/new/main?filename=asked%2Fslack-2026-11-30-")
    assert "zanzibar" in button["url"]


# Who may, and what is said


def test_others_may_not_look(slack, served):
    refused = "only those who look after my knowledge may do that (ask one of them)"
    for words in ("misses", "misses text on"):
        before = len(slack.ephemerals(slack.other))
        assert slack.slash(f"/srm {words}", slack.other).acknowledged
        [answer] = slack.wait(lambda before=before: slack.ephemerals(slack.other)[before:])
        assert answer.text == refused
    assert "No text is kept here" in said(slack, "misses")


def test_a_click_of_somebody_else_opens_no_form(slack, served):
    asked_in_vain(slack, served)
    message = digest(slack, served)
    assert slack.click(message, "add", user=slack.other).acknowledged
    slack.wait(lambda: slack.ephemerals(slack.other))
    assert slack.workspace.modals(slack.other.id) == []


def test_members_of_a_group_may(slack, served, own):
    (own / "maintainers.yaml").write_text("- groups: [S012AB3CD]\n")
    served.app.rounds.bot.refresh()
    slack.workspace.groups["S012AB3CD"] = {slack.user.id}
    assert said(slack, "misses").splitlines()[0] == "Last 30 days: nothing was missed."


def test_the_command_shows_what_was_missed(slack, served):
    asked_in_vain(slack, served)
    assert said(slack, "misses").splitlines() == [
        "Last 30 days: 2 not answered.",
        "About:",
        "• 2× nothing that I know, not answered",
        "Questions:",
        f"• 2× {ASKED} (not answered)",
    ]
    assert said(slack, "misses text off") == "No text is kept from now on. Deleted: 2."
    assert "No text is kept here" in said(slack, "misses")


def test_what_was_asked_in_private_is_shown_to_nobody_else(slack, served):
    asked_in_vain(slack, served)
    before = len(slack.ephemerals())
    said = slack.mention("misses")
    [answer] = slack.wait(lambda: slack.ephemerals()[before:])
    assert (answer.viewer, AGAIN in answer.text or ASKED in answer.text) == (slack.user.id, True)
    assert slack.messages(thread_ts=said.ts) == []


def test_forget_me_deletes_what_came_from_that_person(slack, served):
    asked_in_vain(slack, served)
    assert said(slack, "forget me") == "Deleted: 1 of your questions and reports."
    assert said(slack, "forget me") == "I have no text of yours."
    [left] = served.app.storage.store.misses.open_misses(slack.team_id)
    assert left.miss.user == slack.other.id


def test_a_digest_comes_once_a_week_and_only_if_there_is_something_to_say(slack, served):
    run_monday(served)
    asked_in_vain(slack, served)
    run_monday(served)
    run_monday(served)
    assert [each.text.splitlines()[0] for each in slack.messages() if each.bot_id] == ["What I missed this week"]
