"""What is stored of a miss, on both databases: a count by the hash; the text only where it is wanted, and so long."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from srmbot.misses.miss import Miss, MissCount, hash_question
from srmbot.store.misses import COUNT_KEPT_FOR, DAY
from srmbot.store.schema import kept_misses, knowledge_versions, metadata, misses
from srmbot.store.store import Store
from srmbot.store.versions import Version
from srmbot.tips import Subscription, When

NOW = 1_800_000_000.0
QUESTION = "Who rotates the zanzibar keys?"
ASKED = Miss("T1", "unclear", question=QUESTION, user="U1", channel="C1", thread_ts="1.2")


def everything(store) -> str:
    """Every value of every table."""
    with store.reading() as connection:
        return str([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_by_default_no_word_of_the_question_is_stored_and_nobody_is(store):
    store.misses.record(replace(ASKED, note="zanzibar is ours", page="https://zanzibar"), NOW)
    stored = everything(store)
    assert "unclear" in stored
    for text in ("zanzibar", "U1", "C1", "1.2"):
        assert text not in stored


def test_the_same_question_is_counted_by_its_hash(store):
    for text in (QUESTION, "who rotates the Zanzibar keys", "who rotates the lamu keys"):
        store.misses.record(replace(ASKED, question=text), NOW)
    assert store.misses.counts("T1", NOW) == [MissCount("unclear", "", "", 3, 2)]
    assert store.misses.counts("T2", NOW) == []
    assert store.misses.counts("T1", NOW + 1) == []
    with store.reading() as connection:
        assert sorted(connection.scalars(select(misses.c.times))) == [1, 2]


@pytest.mark.parametrize("secret", ["first secret", "second secret", None])
def test_hashes_differ_with_the_secret_and_the_workspace(tmp_path, secret):
    store = Store(f"sqlite:///{tmp_path / 'a.db'}", secret=secret)
    store.prepare()
    for team in ("T1", "T2"):
        store.misses.record(replace(ASKED, team=team), NOW)
    with store.reading() as connection:
        one, other = connection.scalars(select(misses.c.hash))
        kept = store.misses.find_secret(connection).decode()
    assert one != other
    assert {one, other} == {hash_question((secret or kept).encode(), team, QUESTION) for team in ("T1", "T2")}
    assert (len(kept) == 64) is (secret is None)
    store.close()


def test_a_blank_question_has_no_hash(store):
    store.misses.record(replace(ASKED, question=" ?! "), NOW)
    with store.reading() as connection:
        assert connection.scalars(select(misses.c.hash)).all() == [""]


def test_text_is_kept_where_it_was_switched_on(store):
    store.misses.keep_text("T1", "U9", 90, NOW)
    assert (store.misses.kept_days("T1"), store.misses.kept_days("T2")) == (90, None)
    store.misses.record(ASKED, NOW)
    store.misses.record(replace(ASKED, team="T2"), NOW)
    [kept] = store.misses.open_misses("T1")
    assert (kept.miss, kept.at) == (ASKED, NOW)
    assert store.misses.open_misses("T2") == []
    assert store.misses.find("T2", [kept.id]) == []
    assert store.misses.find("T1", [kept.id, "gone"]) == [kept]


@pytest.mark.parametrize("reason", ["helped", "choice"])
def test_what_is_no_miss_is_only_counted(store, reason):
    store.misses.keep_text("T1", "U9", 90, NOW)
    store.misses.record(replace(ASKED, reason=reason), NOW)
    assert store.misses.open_misses("T1") == []
    assert [each.reason for each in store.misses.counts("T1", NOW)] == [reason]


def test_to_switch_it_off_deletes_every_text_of_that_workspace(store):
    for team in ("T1", "T2"):
        store.misses.keep_text(team, "U9", 90, NOW)
        store.misses.record(replace(ASKED, team=team), NOW)
    assert store.misses.keep_no_text("T1") == 1
    assert (store.misses.open_misses("T1"), store.misses.kept_days("T1")) == ([], None)
    assert len(store.misses.open_misses("T2")) == 1
    store.misses.record(ASKED, NOW)
    assert store.misses.open_misses("T1") == []


def test_a_person_can_be_forgotten(store):
    store.misses.keep_text("T1", "U9", 90, NOW)
    for user in ("U1", "U1", "U2"):
        store.misses.record(replace(ASKED, user=user), NOW)
    assert store.misses.forget_user("T2", "U1") == 0
    assert store.misses.forget_user("T1", "U1") == 2
    assert [each.miss.user for each in store.misses.open_misses("T1")] == ["U2"]


def test_texts_and_counts_are_deleted_when_their_time_is_up(store):
    store.misses.keep_text("T1", "U9", 30, NOW)
    store.misses.record(ASKED, NOW)
    store.history.prune(NOW + 30 * DAY)
    assert len(store.misses.open_misses("T1")) == 1
    store.history.prune(NOW + 30 * DAY + 1)
    assert store.misses.open_misses("T1") == []
    store.history.prune(NOW + COUNT_KEPT_FOR + 1)
    assert store.misses.counts("T1", 0) == []


def test_an_answer_is_claimed_once(store):
    store.misses.keep_text("T1", "U9", 90, NOW)
    store.misses.record(ASKED, NOW)
    [kept] = store.misses.open_misses("T1")
    assert [store.misses.claim_answered(kept.id, NOW + 1) for _ in range(2)] == [True, False]
    assert store.misses.open_misses("T1") == []


def test_a_digest_is_claimed_once_a_week(store):
    claims = [("T1", "2026-W48"), ("T1", "2026-W48"), ("T1", "2026-W49"), ("T2", "2026-W48")]
    assert [store.misses.claim_digest(*each) for each in claims] == [True, False, True, True]


def test_long_texts_are_cut(store):
    store.misses.keep_text("T1", "U9", 90, NOW)
    store.misses.record(replace(ASKED, question="x" * 5000, note="y" * 5000), NOW)
    with store.reading() as connection:
        row = connection.execute(select(kept_misses)).one()
    assert (len(row.question), len(row.note)) == (1000, 1000)


def test_what_a_workspace_asked_most_is_counted_over_all_channels(store):
    counts = {("C1", "rds", "backups"): 2, ("C9", "rds", "backups"): 1, ("C9", "aurora", "patching"): 1}
    store.history.count_questions("T1", counts, NOW)
    store.history.count_questions("T2", {("C1", "rds", "patching"): 9}, NOW)
    assert store.history.asked_most("T1", NOW) == [("rds", "backups", 3), ("aurora", "patching", 1)]
    assert store.history.asked_most("T1", NOW + 30 * DAY) == []


def test_the_subscriptions_of_a_person_are_found(store):
    one = Subscription("T1", "C1", When(), (), "U1", 0)
    for each in (one, replace(one, channel="C2", who="U2"), replace(one, team="T2")):
        store.subscriptions.subscribe(each)
    assert [each.channel for each in store.subscriptions.of_user("T1", "U1")] == ["C1"]


def test_the_newest_version_of_the_knowledge_is_read(store):
    assert store.versions.newest() is None
    versions = [Version(f"v{number}", {"a": str(number)}, [f"line {number}"], NOW + number) for number in range(7)]
    for each in versions:
        store.versions.note(each)
    assert store.versions.newest() == versions[-1]
    store.versions.note(replace(versions[3], at=NOW + 9))
    assert store.versions.newest().version == "v3"
    with store.reading() as connection:
        assert len(connection.execute(select(knowledge_versions)).all()) == 5
