"""Yes, no or partly: whether what is asked or believed is so."""

import pytest

from srmbot.model import Owner, Reply

REPLIES = [
    # question, reply, owner; the reply judges the statement as it is put
    ("who patches the OS under RDS?", None, Owner.AWS),
    ("is patching the OS under RDS ours or AWS's?", None, Owner.AWS),
    ("do we have to patch the OS under RDS?", Reply.NO, Owner.AWS),
    ("does AWS patch the OS under RDS?", Reply.YES, Owner.AWS),
    ("we don't have to patch the OS under RDS, right?", Reply.YES, Owner.AWS),
    ("does AWS set the backup retention on rds?", Reply.NO, Owner.CUSTOMER),
    ("do we have to set the backup retention on rds?", Reply.YES, Owner.CUSTOMER),
    ("we don't have to set the backup retention on rds, right?", Reply.NO, Owner.CUSTOMER),
    ("AWS doesn't set the backup retention on rds, right?", Reply.YES, Owner.CUSTOMER),
    ("AWS doesn't have to set the backup retention on rds, right?", Reply.YES, Owner.CUSTOMER),
    ("Multi-AZ is a backup, right?", Reply.NO, Owner.CUSTOMER),
    ("Multi-AZ is not a backup, right?", Reply.YES, Owner.CUSTOMER),
    ("Multi-AZ is no backup, right?", Reply.YES, Owner.CUSTOMER),
    ("RDS patches the operating system by itself, right?", Reply.YES, Owner.AWS),
    ("RDS doesn't patch the operating system by itself, right?", Reply.NO, Owner.AWS),
    ("can we postpone patches on rds?", Reply.PARTLY, Owner.SHARED),
    ("does AWS do the rds backups?", Reply.PARTLY, Owner.SHARED),
    ("Multi-AZ is a backup, that's on us?", Reply.YES, Owner.CUSTOMER),
]


@pytest.mark.parametrize(("question", "reply", "owner"), REPLIES)
def test_yes_or_no_judges_the_statement_as_it_is_put(bot, question, reply, owner):
    answer = bot.state.reply(question)
    assert (answer.reply, answer.owner) == (reply, owner)


TWO_CLAUSES = [
    # question, whether the clause that wants a yes or no is so
    ("is the daily backup of rds taken by AWS, and who deletes the old snapshots?", Reply.YES),
    ("who patches the OS under RDS and do we have to set the backup retention?", Reply.YES),
]


@pytest.mark.parametrize(("question", "reply"), TWO_CLAUSES)
def test_of_two_questions_the_one_that_wants_a_reply_gets_it(bot, question, reply):
    assert bot.state.reply(question).reply is reply


@pytest.mark.parametrize("question", ["rds backups", "who does the backups on rds?", "Multi-AZ is a backup: proof?"])
def test_a_belief_answers_only_where_something_is_to_be_judged(bot, question):
    assert bot.state.reply(question).boundary is None


CONTRARY = [
    # question, whether it is so
    ("rds snapshots are a must beside a standby, right?", Reply.YES),
    ("rds snapshots aren't a must beside a standby, right?", Reply.NO),
    ("the standby of rds saves us when somebody deletes rows, right?", Reply.NO),
]


@pytest.mark.parametrize(("question", "reply"), CONTRARY)
def test_the_opposite_of_a_belief_gets_the_opposite_reply(bot, question, reply):
    answer = bot.state.reply(question)
    assert (answer.boundary.id, answer.reply) == ("rds.multi-az-backup", reply)


def test_a_belief_says_who_moves_whatever_the_words_say(bot):
    answer = bot.state.reply("the standby saves us when somebody deletes rows, right?")
    assert (answer.boundary.id, answer.opposed) == ("rds.multi-az-backup", False)
    assert (answer.owner, answer.service, answer.topic, answer.key) == (Owner.CUSTOMER, "rds", "backups", "rds/backups")


@pytest.mark.parametrize(
    "message",
    [
        "is encryption at rest of RDS entirely the provider's?",
        "are the backups of dynamodb amazon's job?",
        "is patching of our rds fully on AWS?",
    ],
)
def test_a_yes_or_no_about_a_whole_topic_that_both_have_a_part_in_is_partly_so(full, message):
    assert full.state.reply(message).reply is Reply.PARTLY


NOTHING_LEFT = [
    # question, whether that is so: the topic is AWS's there and elsewhere shared, or AWS's everywhere
    ("nothing to patch on fargate, correct?", False),
    ("nothing for us to do about the power of the data centre, right?", True),
]


@pytest.mark.parametrize(("question", "so"), NOTHING_LEFT)
def test_nothing_is_left_only_where_the_topic_leaves_nothing_to_anybody(full, question, so):
    assert (full.state.reply(question).reply is Reply.YES) is so
