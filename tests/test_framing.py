"""The claim in a sentence, without who believes, doubts or asks it."""

import pytest

from srmbot.form import asking_sentence, read_form
from srmbot.framing import find_claim
from srmbot.grammar import Party
from srmbot.model import Reply
from srmbot.query import clean

FRAMED = [
    # sentence, its claim
    ("I wonder whether Amazon resizes the nodes", "Amazon resizes the nodes"),
    ("my manager would like to know if readers are billed", "readers are billed"),
    ("not sure whether or not we must renew the certificate", "we must renew the certificate"),
    ("is it true that a stopped cluster is free?", "a stopped cluster is free?"),
    ("am I right in thinking that AWS rotates the key", "AWS rotates the key"),
    ("can we assume that nobody at AWS sees the rows?", "nobody at AWS sees the rows?"),
    ("as far as I know, the engine is upgraded by us", "the engine is upgraded by us"),
    ("correct me if I'm wrong but snapshots cost money", "snapshots cost money"),
    ("my understanding is that DAX needs no backup", "DAX needs no backup"),
    ("I'm pretty sure we own the security groups", "we own the security groups"),
    ("please confirm AWS replaces the disks", "AWS replaces the disks"),
    ("true or false: an index is our job", "an index is our job"),
    ('head of sales: "AWS rotates our keys, right?"', 'AWS rotates our keys, right?"'),
    ("with autoscaling off, any chance the disk grows?", "with autoscaling off, the disk grows?"),
    ("just checking: am I right that we set the window", "we set the window"),
    ("readers fail over by themselves, is that so?", "readers fail over by themselves?"),
    ("the vendor says it is encrypted - legit?", "it is encrypted?"),
    ("tell me I'm not wrong: readers cost extra", "readers cost extra"),
    ("a restore into the same cluster, possible?", "a restore into the same cluster?"),
]
PLAIN = [
    "who knows whose job that is?",
    "does AWS tell us if a disk fails?",
    "which team checks that backups run?",
    "AWS patches the host",
    "how do we know that a restore works?",
    "what do I tell an auditor who asks whether disks are wiped?",
    "is a restore of one table possible?",
]


@pytest.mark.parametrize(("sentence", "claim"), FRAMED)
def test_the_claim_is_what_is_left_without_its_frame(sentence, claim):
    found = find_claim(sentence)
    assert found.framed
    assert found.text == claim


@pytest.mark.parametrize("sentence", PLAIN)
def test_a_sentence_without_a_frame_stays_as_it_is(sentence):
    assert find_claim(sentence) == (sentence, False)


@pytest.mark.parametrize(("sentence", "claim"), FRAMED)
def test_one_who_puts_a_claim_wants_a_yes_or_a_no(sentence, claim):
    assert read_form(clean(sentence)).wants_reply


SPOKEN_OF = [
    # sentence, whose act the claim in it speaks of
    ("I wonder if AWS drops the table", Party.AWS),
    ("does anyone know whether we have to drain the node", Party.CUSTOMER),
    ("they told me Amazon pays the transfer", Party.AWS),
    ("the upgrade stays the customer's job, doesn't it?", Party.CUSTOMER),
    ("does the review of grants rest with the customer?", Party.CUSTOMER),
    ("and the upgrade we must start ourselves?", Party.CUSTOMER),
]


@pytest.mark.parametrize(("sentence", "party"), SPOKEN_OF)
def test_the_one_who_asks_is_not_the_one_who_acts(sentence, party):
    assert read_form(clean(sentence)).party is party


ABOUT_ANOTHER = [
    # message, the sentence that it wants judged
    ("AWS picks the window. Is he right?", "AWS picks the window, right?"),
    ("We add a reader in another zone. Possible?", "We add a reader in another zone, right?"),
    ("The cluster is stopped for a month. Ok?", "The cluster is stopped for a month, right?"),
    ("Readers are free. Am I reading that correctly?", "Readers are free, right?"),
    ("true or false? AWS tests the restore", "AWS tests the restore, right?"),
    ("Snapshots never expire. Convince me otherwise", "Snapshots never expire, right?"),
    ("The OS under it gets old. AWS?", "The OS under it gets old, AWS?"),
    ('A client: "our data never leaves Frankfurt." Do I nod?', 'A client: "our data never leaves Frankfurt, right?'),
    ('Can you check her?\n"AWS sets the retention."', "AWS sets the retention, right?"),
    ("Does AWS test it? Can anyone confirm?", "Does AWS test it?"),
    ("Is it ours?", "Is it ours?"),
]


@pytest.mark.parametrize(("message", "sentence"), ABOUT_ANOTHER)
def test_a_sentence_that_only_asks_about_another_one_leaves_it_to_that(message, sentence):
    assert asking_sentence(clean(message)) == sentence


SAME = [
    # wordings of one question, and the reply
    (Reply.YES, "does AWS patch the operating system of RDS?"),
    (Reply.YES, "I was told that AWS patches the operating system of RDS"),
    (Reply.YES, "someone wants to know if AWS patches the operating system of RDS"),
    (Reply.YES, "AWS patches the operating system of RDS. Is that correct?"),
    (Reply.NO, "do we have to patch the operating system of RDS?"),
    (Reply.NO, "not sure if we have to patch the operating system of RDS"),
    (Reply.NO, "am I right that it is up to us to patch the operating system of RDS?"),
]


@pytest.mark.parametrize(("reply", "question"), SAME)
def test_the_reply_does_not_turn_with_the_frame(bot, reply, question):
    assert bot.state.reply(question).reply is reply


DUTIES = [
    # question, whether it asks whose task it is
    ("do we sort out failed items?", True),
    ("will AWS resize it?", True),
    ("does AWS keep copies for years?", False),
    ("do we lose rows in a failover?", False),
    ("is the retention off our plate?", True),
    ("is it free?", False),
]


@pytest.mark.parametrize(("question", "duty"), DUTIES)
def test_a_task_is_told_from_what_merely_happens(question, duty):
    assert read_form(clean(question)).duty is duty


STATED = [
    "Aurora adds the missing index, that's what we pay for",
    "flow logs: on from the beginning?",
    "and the bloat, also me?",
    "moving to the next version: our project?",
    "Neptune retains deleted graphs for a week",
    "the proxy logs every statement of ours",
    "a resize stops the nodes one by one",
]


@pytest.mark.parametrize("message", STATED)
def test_what_is_stated_in_passing_is_to_be_confirmed(message):
    assert read_form(clean(message)).wants_reply
