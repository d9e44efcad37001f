"""`/readyz`: what it says, and what it keeps to itself."""

import json
import shutil
from dataclasses import replace

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.slack.serve.health import Health, answer_health
from tests.slack.test_requests import ask
from tests.support.served_app import over_http

YES, NO, UNUSED = (lambda: True), (lambda: False), (lambda: None)
SAID = [
    # what must be, what should be, status, body
    ({}, {}, "200 OK", {"ready": True, "reasons": [], "notes": []}),
    ({"database": YES}, {"learning": YES}, "200 OK", {"ready": True, "reasons": [], "notes": []}),
    ({"database": UNUSED, "token": UNUSED}, {}, "200 OK", {"ready": True, "reasons": [], "notes": []}),
    ({"database": YES}, {"learning": NO}, "200 OK", {"ready": True, "reasons": [], "notes": ["learning"]}),
    (
        {"socket": NO, "database": NO, "token": UNUSED},
        {"knowledge": NO},
        "503 Service Unavailable",
        {"ready": False, "reasons": ["socket", "database"], "notes": ["knowledge"]},
    ),
]


@pytest.mark.parametrize(("ready", "well", "status", "body"), SAID)
def test_reasons_and_notes_are_named(ready, well, status, body):
    said = []
    environ = {"PATH_INFO": "/readyz", "REQUEST_METHOD": "GET"}
    answered = answer_health(Health(ready, well), environ, lambda *given: said.append(given))
    assert json.loads(b"".join(answered)) == body
    assert said[0][0] == status


def readiness(slack):
    status, body = ask(slack, "GET", "/readyz")
    return status, json.loads(body)


def test_a_folder_that_becomes_invalid_or_disappears_is_a_note_and_no_reason(bare, folder, cache_folder, tmp_path):
    ours = shutil.copytree(folder, tmp_path / "ours")
    changing = Bot.from_folders([ours], Cache(cache_folder))
    with over_http(bare, changing) as served:
        assert readiness(bare) == (200, {"ready": True, "reasons": [], "notes": []})
        (ours / "topics.yaml").write_text("- slug: [\n")
        assert changing.refresh()
        assert readiness(bare) == (200, {"ready": True, "reasons": [], "notes": ["knowledge"]})
        shutil.rmtree(ours)
        assert changing.refresh()
        status, body = ask(bare, "GET", "/readyz")
        assert (status, json.loads(body)["notes"]) == (200, ["knowledge"])
        assert str(tmp_path).encode() not in body
        assert bare.slash("/srm backups").message.text.startswith("Shared: RDS · Backups")
    served.app.close()


def test_a_bot_that_has_not_learned_says_so(bare, folder, cache_folder):
    borrowing = Bot.from_folders([folder], Cache(cache_folder))
    borrowing.state = replace(borrowing.state, learned=False)
    with over_http(bare, borrowing) as served:
        assert readiness(bare) == (200, {"ready": True, "reasons": [], "notes": ["learning"]})
    served.app.close()
