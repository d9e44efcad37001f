"""Which of a thread's earlier messages a question leans on."""

import pytest

from srmbot.commands.conversation import MOST_EARLIER_TURNS
from srmbot.reading import answer_for
from srmbot.search.follow_up import form_in_thread
from tests.support.work import count_calls

RETENTION = "who sets backup retention on rds?"
NOTICE = "AWS Health: a minor version upgrade of the RDS for PostgreSQL engine is due for billing-prod"
FATAL = "FATAL: remaining connection slots are reserved for non-replication superuser connections on rds"

THREADS = [
    # earlier messages, how many of them lead to the one that asks
    ([RETENTION], 1),
    (["lunch at 12?", RETENTION], 2),
    ([RETENTION, "and on aurora?"], 2),
    ([RETENTION, "I meant aurora"], 2),
    ([RETENTION, "no idea", "me too", "+1", "thanks!"], 1),
    ([NOTICE, "who can take this?", "thanks!"], 2),
    ([NOTICE, "ok looking", "I'm at lunch until 2"], 1),
    (["Good morning", "how was your weekend?"], 1),
    ([], 0),
]


@pytest.mark.parametrize(("thread", "leading"), THREADS)
def test_a_mention_alone_is_about_the_last_message_that_asks(full, thread, leading):
    assert list(full.state.up_to_asking(thread)) == thread[:leading]


def test_chatter_before_the_last_question_is_left_out(full):
    assert full.state.up_to_asking([RETENTION, "+1", "and on aurora?"]) == [RETENTION, "and on aurora?"]


def test_where_none_asks_it_is_about_the_first_that_is_about_aws(full):
    assert full.state.up_to_asking(["v42 is out", FATAL, "ugh"]) == [FATAL]


@pytest.mark.parametrize("asked", ["", "who owns this?", "why?", "who in our team?"])
def test_what_asks_nothing_of_its_own_gets_that_subject(full, asked):
    answer = full.state.reply(asked, ["who patches the OS under RDS?", "+1", "and on aurora?", "no idea"])
    assert (answer.service, answer.topic) == ("aurora", "operating-system")


STANDING_ALONE = [
    ("who patches the OS under RDS?", True),
    ("backups", False),
    ("rds", False),
    ("and who patches the OS under RDS?", False),  # it points back
    ("can we postpone it?", False),
    ("", False),
]


@pytest.mark.parametrize(("text", "alone"), STANDING_ALONE)
def test_a_question_that_says_all_needs_no_thread(full, text, alone):
    assert full.state.stands_alone(full.state.read(text)) is alone


@pytest.mark.parametrize("message", [RETENTION, "lunch at 12?", NOTICE])
@pytest.mark.parametrize("asked", ["", "how long does it take?"])
def test_a_message_of_a_full_thread_takes_no_more_work_than_one_alone(full, message, asked):
    full.state.reply(asked, [message])  # what is indexed when first needed is
    threads = [message], [message] * MOST_EARLIER_TURNS
    one, most = (count_calls(lambda thread=thread: full.state.reply(asked, thread)) for thread in threads)
    assert most <= MOST_EARLIER_TURNS * one <= 300_000  # calls: some milliseconds


LEANING = [
    # a reply, whether it asks of what was said before
    ("how long does it take?", True),
    ("since when?", True),
    ("does that cost anything?", True),
    ("did you see the game?", False),
    ("can someone review my PR?", False),
    ("ok great", False),
]


@pytest.mark.parametrize(("reply", "leans"), LEANING)
def test_a_short_question_leans_on_what_was_said_before(full, reply, leans):
    answer = full.state.reply(reply, ["who patches rds?"])
    assert answer.answered is leans
    assert answer.service == ("rds" if leans else None)


LEANING = [
    # thread, its last message, whether that wants a yes or a no
    (["does AWS patch the host of rds?"], "and on aurora?", True),
    (["does AWS patch the host of rds?", "and on aurora?"], "dynamodb?", True),
    (["who patches the host of rds?"], "and on aurora?", False),
    (["does AWS patch the host of rds?"], "who tests it?", False),
    (["does AWS patch the host of rds?"], "thanks", False),
]


@pytest.mark.parametrize(("thread", "message", "wants"), LEANING)
def test_a_few_words_ask_as_the_message_before_them_did(thread, message, wants):
    assert form_in_thread(message, thread).wants_reply is wants


AS_BEFORE = [
    # what was asked before, the question whether that is the same, its reply
    ("who tests restores on RDS?", "is it the same on aurora?", "yes"),
    ("who patches the OS of RDS?", "is that the same for EC2?", "no"),
    ("who patches the OS of RDS?", "any different on EC2?", "yes"),
    ("who opens the security group of RDS?", "redshift too?", "yes"),
    ("is dynamodb encrypted at rest?", "same on keyspaces?", "yes"),  # of a yes or a no the fact is asked again
]


@pytest.mark.parametrize(("before", "asked", "reply"), AS_BEFORE)
def test_whether_that_is_the_same_here_depends_on_whose_it_was(full, before, asked, reply):
    answer = full.state.reply(asked, [before])
    assert answer.reply == reply
    assert answer_for(answer.reading, full.knowledge, asked).reply == reply  # a button brings it back


def test_whether_two_services_are_the_same_depends_on_whose_work_it_is_on_each(full):
    assert full.state.reply("is patching the OS the same on RDS and Aurora?").reply == "yes"
    assert full.state.reply("is patching the OS the same on RDS and EC2?").reply == "no"


def test_of_two_questions_the_second_may_ask_whether_that_is_the_same(full):
    answer = full.state.reply("who sets the backup retention on rds? Is it the same for the window?")
    assert [part.reply for part in answer.parts] == [None, "yes"]
