"""The golden questions: how many are understood, by style, and how many of the others are left alone.

A single question may tip over when the knowledge grows, so shares are judged and not each question; what must
never go wrong is in tests/search/test_search.py.
"""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from srmbot.answer import Outcome
from srmbot.query import tokenize
from tests.support.labelled import judge, read, share

FOLDER = Path(__file__).parent / "questions"
RIGHT = 0.80  # of all that is ours: owner, service and topic of what was answered; measured: bench/questions.py
STYLES = 0.70  # the same, of the worst style
ALONE = 0.93  # of what is not ours
WRONG_OWNER = 0.06  # of what is said plainly


@pytest.fixture(scope="module")
def judged(full):
    return list(judge(full.state.matcher, full.knowledge, read(FOLDER)))


def test_questions_are_understood(judged):
    ours = [row for row in judged if row.asked.ours]
    wrong = [row.asked.text for row in ours if not row.right or row.outcome is Outcome.UNKNOWN]
    assert 1 - len(wrong) / len(ours) >= RIGHT, "\n".join(wrong)


def test_questions_of_every_style_are_understood(judged):
    counted = Counter(row.asked.style for row in judged if row.asked.ours)
    for style in counted:
        rows = [row for row in judged if row.asked.ours and row.asked.style == style]
        assert share(row.right and row.outcome is not Outcome.UNKNOWN for row in rows) >= STYLES, style


def test_what_is_not_ours_is_left_alone(judged):
    others = [row for row in judged if not row.asked.ours]
    answered = [row.asked.text for row in others if row.outcome is not Outcome.UNKNOWN]
    assert 1 - len(answered) / len(others) >= ALONE, "\n".join(answered)


def test_a_plain_answer_seldom_names_the_wrong_owner(judged):
    sure = [row for row in judged if row.asked.ours and row.outcome is Outcome.SURE]
    wrong = [row.asked.text for row in sure if not row.owner_right]
    assert len(wrong) / len(sure) <= WRONG_OWNER, "\n".join(wrong)


def test_every_service_has_golden_questions(known):
    files = {path.stem for path in FOLDER.glob("*.yaml")} - {"not-ours", "threads"}
    assert files == set(known.services)


def test_labels_are_known(known):
    for row in read(FOLDER):
        assert set(row.service) <= set(known.services), row
        assert set(row.topic) <= set(known.topics), row
        assert set(row.owner) <= {"aws", "customer", "shared"}, row


def test_golden_questions_are_never_learned_from(known):
    asked = {
        tokenize(text)
        for path in (Path(__file__).parents[1] / "knowledge" / "asked").glob("*.yaml")
        for text in texts(yaml.safe_load(path.read_text()))
    }
    for row in read(FOLDER):
        assert row.thread or len(tokenize(row.text)) < 4 or tokenize(row.text) not in asked, row.text


def texts(asked):
    """Every way to ask of a file."""
    yield from asked.get("not_ours", [])
    for owners in asked.get("ours", {}).values():
        for found in owners.values():
            yield from found
