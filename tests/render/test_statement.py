"""A task, written as an order, becomes a statement of who does it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmbot.model import Owner
from srmbot.render.statement import ADVERBS, VERBS, conjugate, lower_first, statement, third_person

TASKS = [
    # the order, what is then done
    ("Publish metrics", "publishes metrics"),
    ("Fix the fault", "fixes the fault"),
    ("Copy the snapshot", "copies the snapshot"),
    ("Pay for the standby", "pays for the standby"),
    ("Be on call", "is on call"),
    ("Have the service audited", "has the service audited"),
    ("Go through the logs", "goes through the logs"),
    ("Do the upkeep", "does the upkeep"),
    ("Install and run the engine", "installs and runs the engine"),
    ("Offer or refuse the upgrade", "offers or refuses the upgrade"),
    ("Guard, power and cool the halls", "guards, powers and cools the halls"),
    ("Run, maintain and replace the servers", "runs, maintains and replaces the servers"),
    ("Build, test, and publish releases", "builds, tests, and publishes releases"),
    ("Take the backup and ship the logs", "takes the backup and ships the logs"),
    ("Detect a failure and fail over to the standby", "detects a failure and fails over to the standby"),
    ("Keep copies, and delete them after 35 days", "keeps copies, and deletes them after 35 days"),
    (
        "Watch the hosts and replace failed ones or restart them",
        "watches the hosts and replaces failed ones or restarts them",
    ),
    ("Always encrypt the volume", "always encrypts the volume"),
    ("Never read your rows", "never reads your rows"),
    ("Automatically renew certificates", "automatically renews certificates"),
    ("Do not open ports", "does not open ports"),
    ("Patch the host and the guest", "patches the host and the guest"),
    ("Store backups and updates", "stores backups and updates"),
    ("Secure storage and control planes", "secures storage and control planes"),
    ("Keep the log and test results", "keeps the log and test results"),
    ("Encrypt traffic, load and access tables", "encrypts traffic, load and access tables"),
    ("Run the read and write endpoints", "runs the read and write endpoints"),
    ("Watch the host and reboot or replace it", "watches the host and reboots or replaces it"),
    ("Grow and shrink the storage", "grows and shrinks the storage"),
    ("Wipe or destroy old disks", "wipes or destroys old disks"),
    ("Set", "sets"),
]


@pytest.mark.parametrize(("task", "done"), TASKS)
def test_an_order_becomes_what_somebody_does(task, done):
    assert third_person(task) == done


VERB_FORMS = [
    ("pass", "passes"),
    ("box", "boxes"),
    ("reach", "reaches"),
    ("push", "pushes"),
    ("veto", "vetoes"),
    ("rely", "relies"),
    ("deploy", "deploys"),
    ("size,", "sizes,"),
    ("have", "has"),
]


@pytest.mark.parametrize(("verb", "form"), VERB_FORMS)
def test_a_verb_gets_its_third_person(verb, form):
    assert conjugate(verb) == form


STATEMENTS = [
    # whose, the order, its own statement, what is said
    (Owner.AWS, "Patch the host", None, "AWS patches the host."),
    (Owner.CUSTOMER, "Patch the host and the guest", None, "You patch the host and the guest."),
    (Owner.AWS, "Patch the host.", None, "AWS patches the host."),
    (Owner.AWS, "Patch the host", "Nobody but AWS patches it.", "Nobody but AWS patches it."),
    (Owner.CUSTOMER, "Rest", "You may rest.", "You may rest."),
]


@pytest.mark.parametrize(("owner", "task", "does", "expected"), STATEMENTS)
def test_a_statement_says_who_first(known, owner, task, does, expected):
    assert statement(replace(known.duties[0], owner=owner, duty=task, does=does)) == expected


def test_a_sentence_inside_another_begins_small():
    assert lower_first("Set the window") == "set the window"
    assert lower_first("TLS is yours") == "TLS is yours"
    assert lower_first("A") == "A"
    assert lower_first("") == ""


STARTS = re.compile(rf"AWS (?:(?:{'|'.join(sorted(ADVERBS))}) )*(?P<verb>[a-z-]+)(?:,| |\.$)")
LATER = re.compile(  # an order that stayed one: "… and reboot the host", "wipes or destroy disks"
    r"\b(?:and|or) (?:(?!everything|what|when|where)[a-z]+(?<!s) (?:the|your|it|them|its|their)"
    r"|(?:accept|cool|destroy|erase|grow|reject|scrub|shrink|wipe))\b"
)
# after these, what follows is another's verb, or stays as it is: "lets you view or ship them", "does not read or …"
OTHERS = re.compile(r"\b(?:you|that|which|what|who|to|can|may|must|will|how|customers|when|where|as|does not)\b")


def test_every_task_of_aws_is_stated_in_the_third_person(known):
    wrong = []
    for duty in known.duties:
        if duty.owner is Owner.AWS:
            start = STARTS.match(statement(duty))
            if not start or not start["verb"].endswith(("s", "ed")) or start["verb"] in VERBS:
                wrong.append(f"{duty.id}: {statement(duty)}")
    assert wrong == []


def test_no_later_verb_of_aws_stays_an_order(known):
    wrong = []
    for duty in known.duties:
        said = statement(duty)
        if duty.owner is Owner.AWS and (found := LATER.search(said)) and not OTHERS.search(said[: found.start()]):
            wrong.append(f"{duty.id}: {said}")
    assert wrong == []


def test_every_task_of_the_customer_is_stated_as_yours(known):
    for duty in known.duties:
        if duty.owner is Owner.CUSTOMER:
            said = statement(duty)
            yours = r"\b[Yy]our?\b" if duty.does else r"You (?:[a-z]|[A-Z]{2})"
            assert re.search(yours, said) if duty.does else re.match(yours, said), said
            assert said.endswith((".", ".)"))
            assert ".." not in said


@given(st.text(min_size=1).filter(str.strip))
def test_any_task_can_be_stated(task):
    assert third_person(task) is not None
    assert conjugate(task)
