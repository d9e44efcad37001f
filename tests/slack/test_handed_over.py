"""What is handed over with a question: shared messages, cards of other apps, e-mails, pasted texts."""

import pytest

from srmbot.slack.message_text import handed_over, mail_body, message_text
from tests.support.served_app import BOTH
from tests.support.thread_starts import ANSWER, PARENTS, QUESTION

MENTION = "<@U0SRMBOT01>"
PATCHING = "AWS: RDS · Operating system"
CARD = {
    "title": "Alarm",
    "text": "RDS maintenance is due",
    "fields": [{"title": "Asks", "value": QUESTION}],
}
MAIL = {"id": "F1", "mode": "email", "filetype": "email", "title": "A question", "subject": "A question"}
SHORT_MAIL = {**MAIL, "subject": QUESTION, "title": QUESTION}
LONG_MAIL = {**MAIL, "plain_text": f"Hi all,\n\n{QUESTION}\n\nThanks\n-- \nAna\nwho patches the os under rds"}
CUT_MAIL = {**MAIL, "preview_plain_text": QUESTION}
PASTED = {"id": "F2", "mode": "snippet", "title": "notes.txt", "preview": QUESTION}


def first_line(message) -> str:
    return message.text.splitlines()[0]


@BOTH
@pytest.mark.parametrize("fields", PARENTS.values(), ids=PARENTS)
def test_a_message_that_is_shared_with_a_mention_is_read(slack, fields):
    shared = slack.post(channel="random", **fields)
    said = slack.share(shared, MENTION, "general")
    [answer] = slack.answers(said)
    assert (first_line(answer), answer.thread_ts) == (ANSWER, said.ts)
    assert slack.calls("conversations.replies") + slack.calls("conversations.history") == []


@pytest.mark.parametrize("words", ["", "who owns this?", "is this on us?", "can somebody have a look?"])
def test_a_message_that_is_forwarded_to_the_bot_is_read(slack, words):
    [answer] = slack.answers(slack.share(slack.post(QUESTION, "random"), words))
    assert first_line(answer) == ANSWER
    assert slack.calls("conversations.history") == []


def test_a_question_of_its_own_is_asked_about_what_is_shared(slack):
    [answer] = slack.answers(slack.share(slack.post(QUESTION, "random"), f"{MENTION} and on aurora?", "general"))
    assert first_line(answer) == "You: Aurora · Backups"


def test_a_question_that_says_all_it_asks_is_answered_as_it_stands(slack):
    [answer] = slack.answers(slack.share(slack.post(QUESTION, "random"), "who patches the os under rds"))
    assert first_line(answer) == PATCHING


def test_a_subcommand_beside_a_shared_message_stays_one(slack):
    [answer] = slack.answers(slack.share(slack.post(QUESTION, "random"), f"{MENTION} help", "general"))
    assert answer.text.startswith("I say who owns what on AWS")


def test_what_is_shared_in_a_thread_goes_before_the_thread(slack):
    parent = slack.post("who patches the os under rds")
    attachments = [{"is_share": True, "text": QUESTION}]
    [answer] = slack.answers(slack.mention("who owns this?", thread_ts=parent.ts, attachments=attachments))
    assert first_line(answer) == ANSWER
    assert slack.calls("conversations.replies") == []


def test_what_is_shared_and_asks_nothing_leaves_the_thread_to_be_read(slack):
    parent = slack.post(QUESTION)
    attachments = [{"is_share": True, "text": "lunch at twelve?"}]
    [answer] = slack.answers(slack.mention("who owns this?", thread_ts=parent.ts, attachments=attachments))
    assert first_line(answer) == ANSWER


def test_a_mention_inside_what_is_shared_calls_nobody(slack):
    shared = slack.post(f"{MENTION} {QUESTION}", "random")
    assert slack.share(shared, "have a look", "general").deliveries == []


@pytest.mark.parametrize("card", [CARD, {"title": QUESTION}, {"fallback": QUESTION}], ids=["card", "title", "fallback"])
def test_a_card_of_another_app_is_read(slack, card):
    parent = slack.post(attachments=[card], user="U0OTHERBOT", bot_id="B0OTHERBOT")
    [answer] = slack.answers(slack.mention("", thread_ts=parent.ts))
    assert first_line(answer) == ANSWER


MAILS = {"its subject": SHORT_MAIL, "its body": LONG_MAIL, "its preview": CUT_MAIL, "a pasted text": PASTED}


@pytest.mark.parametrize("file", MAILS.values(), ids=MAILS)
def test_a_mail_is_read_beside_a_mention_and_in_a_direct_message(slack, file):
    for said in (slack.mention("who owns this?", files=[file]), slack.direct("", files=[file])):
        [answer] = slack.answers(said)
        assert first_line(answer) == ANSWER


@pytest.mark.parametrize("file", MAILS.values(), ids=MAILS)
def test_a_mail_that_begins_a_thread_is_read(slack, file):
    parent = slack.post("", files=[file], user="USLACKBOT", bot_id="B0EMAIL001", subtype="file_share")
    [answer] = slack.answers(slack.mention("", thread_ts=parent.ts))
    assert first_line(answer) == ANSWER


def test_a_mail_in_a_shared_message_is_read(slack):
    shared = slack.post("", "random", files=[LONG_MAIL], user="USLACKBOT", bot_id="B0EMAIL001")
    [answer] = slack.answers(slack.share(shared, "who owns this?"))
    assert first_line(answer) == ANSWER


CUT = {**MAIL, "id": "F9"}  # as an event has it: without its text


@pytest.fixture
def with_file(slack):
    """The stand-in, where the text of a mail must be looked up."""
    slack.workspace.files["F9"] = {**CUT, "plain_text": QUESTION}
    return slack


def test_the_text_of_a_mail_is_looked_up_where_the_event_has_none(with_file):
    shared = with_file.post("", "random", files=[CUT])
    parent = with_file.post("", files=[CUT], user="USLACKBOT", bot_id="B0EMAIL001")
    said = [
        with_file.mention("who owns this?", files=[CUT]),
        with_file.share(shared, "who owns this?"),
        with_file.mention("", thread_ts=parent.ts),
    ]
    for each in said:
        [answer] = with_file.answers(each)
        assert first_line(answer) == ANSWER
    assert with_file.message_shortcut("who_owns_this", shared).acknowledged
    [answer] = with_file.wait(with_file.ephemerals)
    assert first_line(answer) == ANSWER


def test_without_the_scope_the_subject_is_read(with_file, log):
    with_file.workspace.scopes.discard("files:read")
    for subject, known in ((QUESTION, True), ("A question", False)):
        [answer] = with_file.answers(with_file.mention("who owns this?", files=[{**CUT, "subject": subject}]))
        assert (first_line(answer) == ANSWER) == known
    assert log.lines("INFO mail_unread what=missing_scope")
    assert log.lines("ERROR") == []


def test_what_needs_no_look_up_costs_no_call(slack):
    slack.answers(slack.mention("who owns this?", files=[LONG_MAIL, PASTED]))
    assert slack.calls("files.info") == []


def test_the_shortcut_reads_a_mail(slack):
    shared = slack.post("", "random", files=[LONG_MAIL], user="USLACKBOT", bot_id="B0EMAIL001")
    assert slack.message_shortcut("who_owns_this", shared).acknowledged
    [answer] = slack.wait(slack.ephemerals)
    assert first_line(answer) == ANSWER


def test_other_files_say_nothing(slack):
    picture = {"id": "F3", "mode": "hosted", "filetype": "png", "title": QUESTION, "name": QUESTION}
    [answer] = slack.answers(slack.direct("", files=[picture]))
    assert answer.text.startswith("I say who owns what on AWS")


BODIES = [
    # a mail's text, what its writer says
    ("Hello\nwho patches this?\n-- \nBen, Ops", "Hello\nwho patches this?"),
    ("Yes\n> who patches this?\n> Ben", "Yes"),
    ("FYI\n---------- Forwarded message ---------\nFrom: ben <b@example.com>\nTo: ana\nIt is full", "FYI\nIt is full"),
    ("to be honest: no idea", "to be honest: no idea"),
    ("a -- b", "a -- b"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "body"), BODIES)
def test_what_the_writer_of_a_mail_says(text, body):
    assert mail_body(text) == body


def test_each_thing_that_is_handed_over_is_one_text():
    message = {
        "text": "look",
        "attachments": [{"is_share": True, "text": "one"}, {"text": ""}, {"pretext": "two", "text": "three"}],
        "files": [SHORT_MAIL],
    }
    assert handed_over(message) == ["one", "two\nthree", QUESTION]
    assert message_text(message) == f"look\none\ntwo\nthree\n{QUESTION}"


def test_a_text_that_is_there_twice_is_read_once():
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": QUESTION}}]
    inside = {"message": {"blocks": blocks}}
    assert message_text({"attachments": [{"is_share": True, "text": QUESTION, "message_blocks": [inside]}]}) == QUESTION
    assert message_text({"attachments": [{"is_share": True, "text": "", "message_blocks": [inside]}]}) == QUESTION
