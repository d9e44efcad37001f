"""What a question is read with: the turns before it, or what is remembered of them."""

import pytest

from srmbot.commands.conversation import MOST_EARLIER_TURNS, Conversation, keep_turns, subject_of, subject_turn
from srmbot.render.text import as_text
from srmbot.store.rows import Subject

QUESTION = "who sets backup retention on rds?"


def test_of_a_long_conversation_the_first_message_and_the_newest_are_kept(full):
    said = [f"message {number}" for number in range(30)]
    assert keep_turns(full.state, said) == [said[0], *said[31 - MOST_EARLIER_TURNS :]]
    assert keep_turns(full.state, said[:MOST_EARLIER_TURNS]) == said[:MOST_EARLIER_TURNS]


def test_subcommands_and_blank_messages_are_no_turns(full):
    said = ["help", "<@U1> help", "<@U1>", " ", "why who patches rds?", "<@U1> tips on 09:00", QUESTION, "help me"]
    assert keep_turns(full.state, said) == [QUESTION, "help me"]


def test_a_conversation_keeps_questions_alone(full):
    talk = Conversation()
    assert talk.reply(full.state, QUESTION).key == "rds.retention"
    assert isinstance(talk.reply(full.state, "help"), str)
    assert talk.reply(full.state, "and on aurora?").service == "aurora"
    assert talk.turns == [QUESTION, "and on aurora?"]


SUBJECTS = [
    # question, what is remembered, what it is read as
    (QUESTION, Subject("rds", "backups", "rds.retention"), "RDS Set the backup retention period."),
    ("rds backups", Subject("rds", "backups", None), "RDS Backups"),
    ("rds", Subject("rds", None, None), "RDS"),
    ("who does backups on rds, aurora and dynamodb?", Subject(None, "backups", None), "Backups"),
    ("who patches and who takes backups on rds?", Subject("rds", None, None), "RDS"),
    ("who guards the data centers?", Subject("general", "physical-security", "general.guards"), None),
]


@pytest.mark.parametrize(("question", "subject", "turn"), SUBJECTS)
def test_an_answer_is_remembered_by_names_alone(full, question, subject, turn):
    found = subject_of(full.state.reply(question))
    assert found
    assert (found.service, found.topic) == (subject.service, subject.topic)
    if turn:
        assert (found, subject_turn(found, full.knowledge)) == (subject, turn)


@pytest.mark.parametrize("text", ["lunch at twelve?", "thanks!", ""])
def test_what_claims_nothing_is_not_remembered(full, text):
    assert subject_of(full.state.reply(text)) is None


FOLLOW_UPS = [
    ("", "rds", "backups"),
    ("why?", "rds", "backups"),
    ("and on dynamodb?", "dynamodb", "backups"),
    ("who in our team?", "rds", "backups"),
    ("who patches the OS?", "rds", "operating-system"),
]


@pytest.mark.parametrize(("text", "service", "topic"), FOLLOW_UPS)
def test_a_follow_up_is_understood_from_what_is_remembered(full, text, service, topic):
    turn = subject_turn(Subject("rds", "backups", "rds.retention"), full.knowledge)
    answer = full.state.reply(text, [turn])
    assert (answer.service, answer.topic) == (service, topic)


def test_what_the_knowledge_no_longer_has_is_left_out(full):
    assert subject_turn(Subject("rds", "backups", "rds.gone"), full.knowledge) == "RDS Backups"
    assert subject_turn(Subject("gone", "gone", "gone"), full.knowledge) is None


DIFFERENT = ["why?", "and on dynamodb?", "how long does it take?", "who in our team?", "can we postpone it?"]


@pytest.mark.parametrize("question", [QUESTION, "who patches the OS under RDS?"])
def test_another_question_never_gets_the_same_answer(full, question):
    first = as_text(full.state.reply(question))
    others = [as_text(full.state.reply(text, [question])) for text in DIFFERENT]
    assert len({first, *others}) == 1 + len(DIFFERENT)


@pytest.mark.parametrize("again", ["", "who owns this?"])
def test_an_empty_mention_may_get_the_same_answer_again(full, again):
    assert full.state.reply(again, [QUESTION]).key == full.state.reply(QUESTION).key
