"""How a message asks, whatever it is about: what it wants, whose act it speaks of, and what it takes for granted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.form import Ask, Form, asking_sentence, clauses, read_form
from srmbot.grammar import Party
from srmbot.query import clean

WHO, YES_NO, NUMBER, COST = Ask.WHO, Ask.YES_NO, Ask.NUMBER, Ask.COST
WHAT_NOW, WHAT_IF, HOW, WHY = Ask.WHAT_NOW, Ask.WHAT_IF, Ask.HOW, Ask.WHY
PROOF, COMPARE, TEAM, PAGE, TRY = Ask.PROOF, Ask.COMPARE, Ask.TEAM, Ask.PAGE, Ask.TRY
FIND_OUT = Ask.FIND_OUT

ASKS = [
    # question, all that it asks for
    ("who rotates the master password of redshift?", {WHO}),
    ("whose task is the subnet group?", {WHO}),
    ("snapshot copies to another region", set()),
    ("is the engine of neptune updated by AWS?", {YES_NO}),
    ("must we size the nodes ourselves?", {YES_NO}),
    ("Hi folks, quick question: do we need to reboot after a parameter change?", {YES_NO}),
    ("on memorydb, is that still us?", {YES_NO}),
    ("if the zone burns down, will Amazon bring the table back?", {YES_NO, WHAT_IF}),
    ("possible to keep a snapshot for three years?", {YES_NO}),
    ("anything left for our dba on aurora?", {YES_NO}),
    ("encryption keys, ours?", {YES_NO}),
    ("the readers as well?", {YES_NO}),
    ("and on the serverless one? still us?", {YES_NO}),
    ("what of the firewall in front of it, is that AWS?", {YES_NO}),
    ("volume of a halted server still encrypted there?", {YES_NO}),
    ("caretaker of the route tables over there?", set()),
    ("usual size of the buffer pool over there?", set()),
    ("how long does a failover of documentdb last?", {NUMBER}),
    ("how many replicas may a cluster have?", {NUMBER}),
    ("what is the default backup window?", {NUMBER}),
    ("maximum size of an item?", {NUMBER}),
    ("since when does redshift encrypt by default?", {NUMBER}),
    ("who pays for the traffic between zones?", {WHO, COST}),
    ("is a stopped instance free?", {YES_NO, COST}),
    ("certificate runs out on Friday, what do we have to do?", {WHAT_NOW}),
    ("storage is full, what now?", {WHAT_NOW}),
    ("what should I do about the pending maintenance?", {WHAT_NOW}),
    ("what happens to the writes during a switchover?", {WHAT_IF}),
    ("what if nobody renews the certificate?", {WHAT_IF}),
    ("how do I copy a snapshot to another account?", {HOW}),
    ("why does the standby lag?", {WHY}),
    ("how come only we may delete snapshots?", {WHY}),
    ("our auditor wants evidence that disks are wiped", {PROOF}),
    ("which report shows that the hosts are patched?", {PROOF}),
    ("what can we attach to show encryption at rest?", {PROOF}),
    ("what is the difference between aurora and rds for us?", {COMPARE}),
    ("dynamodb vs keyspaces backups", {COMPARE}),
    ("which team of ours looks after the alarms?", {WHO, TEAM}),
    ("who in our company sets the window?", {WHO, TEAM}),
    ("where is that written?", {PAGE}),
    ("source?", {PAGE}),
    ("the writer is gone, now what", {WHAT_NOW}),
    ("how would we have noticed the lag?", {HOW, FIND_OUT}),
    ("can I move one schema by itself, and is moving it my job or theirs?", {YES_NO, WHO}),
    ("they hold the certificate => our shop is certified", {YES_NO}),
    ("we pay for support so AWS rehearses it instead of us", {YES_NO, COST}),
    ("event history holds all of it so a trail adds nothing", {YES_NO}),
    ("a stream keeps its records for a week if i recall", {YES_NO}),
    ("State the party controlling entry to the halls.", {WHO}),
    ("The renewal of our domain has failed again. so who mends that", {WHO}),
    ("my lead sent it with '???'. do we need to act", {YES_NO, WHAT_NOW}),
    ("AWS Health: action required. The update installs itself after its date.", set()),
    ("AWS Health: action required. So the update installs itself, right?", {YES_NO}),
    ("need something that shows our backups ran", {PROOF}),
    ("who resizes it, aws?", {YES_NO}),
    ("the volume grew. us?", {YES_NO}),
    ("we have a standby, that's enough", {YES_NO}),
    ("need a ticket before the resize?", {YES_NO}),
    ("our keyspaces table, any replicas elsewhere", {YES_NO}),
    ("who restarted it and was it our window?", {WHO, YES_NO}),
    ("who moves the endpoint + can we delay that?", {WHO, YES_NO}),
    ("weeks of notice before a node is retired", {NUMBER}),
    ("which file do we hand to the assessor?", {PROOF}),
    ("their tender wants a signed agreement", {PROOF}),
    ("can we rehearse a failover?", {YES_NO, TRY}),
    ("who installs the patches and can I postpone them?", {WHO, YES_NO}),
    ("who takes the snapshots and how long are they kept?", {WHO, NUMBER}),
    ("who encrypts the disks, and where is that documented?", {WHO, PAGE}),
    ("the cluster keeps who-did-what logs by default, right?", {YES_NO}),
    ("the cluster keeps who-did-what logs out of the box, correct??", {YES_NO}),
    ("what about when the cluster is deleted, do those snapshots survive?", {YES_NO}),
    ("keys, grants and policies of the new table: all of them made by amazon at creation??", {YES_NO}),
    ("ours or AWS's: the parameter groups?", {WHO}),
]


@pytest.mark.parametrize(("question", "asks"), ASKS)
def test_tells_what_a_question_asks_for(question, asks):
    assert besides_who(question) == asks - {WHO}
    assert WHO not in asks or WHO in read_form(question).asks


def besides_who(question: str) -> frozenset[Ask]:
    """What is asked for besides whose work it is: "our" and "do I" alone count as that, too."""
    return read_form(question).asks - {WHO}


PARTIES = [
    # question, whose act it speaks of
    ("schema design is for us and not for aws, true?", Party.CUSTOMER),
    ("one partition has it all... that's on us innit?", Party.CUSTOMER),
    ("the engine version ends in May. any action for my squad?", Party.CUSTOMER),
    ("a node was replaced; something left for us?", Party.CUSTOMER),
    ("do we have to vacuum?", Party.CUSTOMER),
    ("the node was swapped overnight, anything in there for us?", Party.CUSTOMER),
    ("suppose AWS does it tonight, must we reconnect the pool by hand?", Party.CUSTOMER),
    ("the cpu is high, is it that?", Party.AWS),
    ("can my team log in to the host?", Party.CUSTOMER),
    ("is the export something we've to schedule?", Party.CUSTOMER),
    ("should one of us watch the replica?", Party.CUSTOMER),
    ("does anybody here need to watch the disks?", Party.CUSTOMER),
    ("is upgrading the engine our job?", Party.CUSTOMER),
    ("are the alarms on us?", Party.CUSTOMER),
    ("i set the retention, right?", Party.CUSTOMER),
    ("somebody on our side must click that, right?", Party.CUSTOMER),
    ("does AWS test our restores?", Party.AWS),
    ("will amazon pay for the outage?", Party.AWS),
    ("does redshift take snapshots alone?", Party.AWS),
    ("can somebody at AWS read our rows?", Party.AWS),
    ("is the firewall AWS's responsibility?", Party.AWS),
    ("they rotate the keys, right?", Party.AWS),
    ("are disk failures up to Amazon?", Party.AWS),
    ("is it switched on by default?", Party.AWS),  # it: the service
    ("are backups encrypted?", None),
    ("who patches the host?", None),
    ("is it on me to rotate that?", Party.CUSTOMER),
    ("the upgrade is something we gotta start", Party.CUSTOMER),
    ("do copies only exist if we ask for them?", Party.CUSTOMER),
    ("the log isn't on unless we turn it on, right?", Party.CUSTOMER),
    ("is the host a responsibility of AWS?", Party.AWS),
    ("roles in the cluster = customer", Party.CUSTOMER),
    ("the host -> AWS, right?", Party.AWS),
    ("is the gateway opened by our network team?", Party.CUSTOMER),
    ("must the migration project open the port?", Party.CUSTOMER),
    ("kernel holes of the box, our ops people close them?", Party.CUSTOMER),
    ("nobody here has to lift a finger, AWS moves the version, right?", Party.AWS),
]


@pytest.mark.parametrize(("question", "party"), PARTIES)
def test_tells_whose_act_a_question_speaks_of(question, party):
    assert read_form(question).party is party


STATEMENTS = [
    # question, belief, negated, fine
    ("Amazon backs the table up for us, right?", True, False, False),
    ("I guess AWS watches the disks", True, False, False),
    ("our consultant says Amazon installs the engine patches", True, False, False),
    ("we don't have to test restores, correct?", True, True, True),
    ("AWS doesn't have to choose the retention, correct?", True, True, False),
    ("nobody needs to look at the logs, yes?", True, True, False),
    ("AWS never touches our data, does it?", True, True, False),
    ("a standby is no backup, right?", True, True, False),
    ("there is no need to patch, right?", True, True, True),
    ("encrypted by default, so we're fine?", True, False, True),
    ("it is managed, so nothing to patch for us, right?", True, False, True),
    ("multi-az is on, so I closed the ticket", True, False, True),
    ("AWS runs it, so we needn't watch anything, right?", True, False, True),
    ("no hurry at all: does anybody on our side test the restores?", False, False, False),
    ("the window does not suit us, can we move it?", False, False, False),
    ("The audit log shows every failed login of last year.", True, False, False),
    ("large rows always reach the stream in one piece", True, False, False),
    ("so a paused cluster wakes by the first query", True, False, False),
    ("Without a switch, the port accepts plain connections. Confirm.", True, False, False),
    ("a name that doesn't change rests with our developers, right?", True, False, False),
    ("serverless = nothing we must ever size", True, False, False),
    ("nobody has to create the alarms, they exist already, right?", True, False, False),
    ("old drives get shredded, our own shredder is no longer needed, right?", True, False, False),
    ("AWS decides which version we run, right?", True, False, False),
    ("where the data lies is chosen by us ja?", True, False, False),
    ("no matter what we set, it is rotated, yes?", True, False, False),
    ("isn't the host patched by AWS?", False, False, False),
    ("don't we have to set that?", False, False, False),
    ("does AWS not encrypt this?", False, True, False),
    ("do we patch the host?", False, False, False),
    ("who patches the host?", False, False, False),
    ("rds backups", False, False, False),
    ("aurora serverless pause", False, False, False),
]


@pytest.mark.parametrize(("question", "belief", "negated", "fine"), STATEMENTS)
def test_tells_what_is_taken_for_granted(question, belief, negated, fine):
    form = read_form(question)
    assert (form.negated, form.fine) == (negated, fine)
    assert form.wants_reply or not belief


EITHER = [
    # question, whether it lets choose between the two sides
    ("is patching ours or theirs?", True),
    ("us or aws: the subnets?", True),
    ("do we do the restore, or is it Amazon?", True),
    ("is that AWS's side or our side?", True),
    ("do we patch the operating system below the database or does AWS?", True),
    ("which party deletes the snapshots?", True),
    ("can we use rds or aurora?", False),
    ("do we need one key or two?", False),
    ("is it ours?", False),
]


@pytest.mark.parametrize(("question", "either"), EITHER)
def test_a_choice_between_the_sides_is_no_yes_or_no(question, either):
    form = read_form(question)
    assert form.either is either
    assert form.wants_reply is not either
    assert (WHO in form.asks) or not either


MAY = [
    # question, whether it asks what is possible
    ("can we switch the upgrades off?", True),
    ("are we allowed to scan the endpoints?", True),
    ("is it possible to delay the window?", True),
    ("do we have to scan the endpoints?", False),
    ("does AWS scan the endpoints?", False),
]


@pytest.mark.parametrize(("question", "may"), MAY)
def test_tells_what_is_allowed_from_what_must_be_done(question, may):
    assert read_form(question).may is may


SENTENCES = [
    # message, the sentence that asks
    ("Hi team! Who resizes the disk? Thanks in advance.", "Who resizes the disk?"),
    ("We run three clusters. Tell me who patches them. It is urgent.", "Tell me who patches them."),
    ("ERROR 1040: Too many connections\nis this our problem\nseen at 10:31", "is this our problem"),
    ("[AWS Health] Your DB instance will be patched.\nDo I have to act?", "Do I have to act?"),
    ("Backups are on. So that's fine?", "Backups are on, right?"),
    ("AWS rotates the certificate. Please confirm.", "AWS rotates the certificate, right?"),
    ("One? Two? Who does three?", "Who does three?"),
    ("The cluster gets a new version tonight. can I say not now?", "can I say not now?"),
    ("The cluster gets a new version tonight. can I sleep?", "The cluster gets a new version tonight, right?"),
    ("redshift\nsnapshots", "redshift snapshots"),
    ("", ""),
]


@pytest.mark.parametrize(("message", "sentence"), SENTENCES)
def test_the_sentence_that_asks_is_found_among_others(message, sentence):
    assert asking_sentence(message) == sentence


CLAUSES = [
    # sentence, the questions in it
    ("who patches it and can I postpone it?", ("who patches it", "can I postpone it?")),
    ("who takes it, how long is it kept, and where is it?", ("who takes it", "how long is it kept", "where is it?")),
    ("who patches and reboots the host?", ("who patches and reboots the host?",)),
    ("who moved it, and was that our doing?", ("who moved it", "was that our doing?")),
    ("who sizes it + can we shrink it?", ("who sizes it", "can we shrink it?")),
    ("rds and aurora backups", ("rds and aurora backups",)),
]


@pytest.mark.parametrize(("sentence", "parts"), CLAUSES)
def test_a_sentence_is_cut_where_another_question_begins(sentence, parts):
    assert clauses(sentence) == parts


@given(st.text())
def test_any_text_has_a_form(text):
    form = read_form(clean(text))
    assert isinstance(form, Form)
    assert form.clauses
    assert not (form.either and form.wants_reply)


@given(st.sampled_from([question for question, _ in ASKS]))
def test_shouting_asks_the_same(question):
    assert besides_who(question.upper()) == besides_who(question)


GREETINGS = ["Hi team! ", "Hello,\n", "quick question: "]


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize(("question", "asks"), [row for row in ASKS if "?" in row[0]])
def test_a_greeting_and_thanks_change_nothing(greeting, question, asks):
    assert besides_who(f"{greeting}{question} Thanks a lot!") == asks - {WHO}


SAME = [
    # question, whether it asks if that is the same (true), or differs (false)
    ("is it the same on neptune?", True),
    ("same rule for the readers?", True),
    ("replicas likewise?", True),
    ("the standby too?", True),
    ("any different on redshift?", False),
    ("how is neptune different?", None),
    ("did we get the same from MSK?", None),
    ("is it in the same zone?", None),
    ("same name on both sides?", None),
    ("is there a standby too many in there?", None),
]


@pytest.mark.parametrize(("question", "same"), SAME)
def test_whether_it_asks_if_that_is_the_same(question, same):
    assert read_form(question).same is same
