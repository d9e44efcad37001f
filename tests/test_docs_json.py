"""docs/commands.md tells every key of the JSON object, of what it holds, and of a line of questions."""

import json
import re
from dataclasses import replace
from pathlib import Path

from srmbot.answer import make_alternative
from srmbot.cli.ask import read_row
from srmbot.model import Team
from srmbot.render.json import as_json
from srmbot.small_talk import Reason

COMMANDS_DOC = (Path(__file__).parents[1] / "docs" / "commands.md").read_text(encoding="utf-8")
JSON_OBJECT = COMMANDS_DOC.partition("### The JSON object")[2].partition("\n### ")[0]


def test_every_key_of_the_json_object_is_documented_in_order(bot):
    keys = list(as_json(bot.state.reply("")))
    assert re.findall(r"^\| `(\w+)` \|", JSON_OBJECT.partition("\n| reason |")[0], re.MULTILINE) == keys


def test_every_key_of_what_the_json_object_holds_is_documented_in_order(bot):
    known = replace(bot.knowledge, teams=(Team("Databases", None, None, None, None),))
    answer = bot.state.choose("rds/backups")
    several = replace(answer, knowledge=known, alternatives=(make_alternative(answer.match, known),), parts=(answer,))
    found = as_json(several) | {"team": as_json(replace(several, parts=()))["team"]}
    for key in ("parts", "team", "alternatives"):
        held = found[key] if key == "team" else found[key][0]
        row = re.search(rf"^\| `{key}` \|.*$", JSON_OBJECT, re.MULTILINE)[0]
        assert re.search(r"`\{(.*)\}`", row)[1] == ", ".join(f'"{name}"' for name in held), key


def test_every_reason_is_documented_in_order():
    table = JSON_OBJECT.partition("\n| reason |")[2]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(Reason)


def test_every_key_of_a_line_of_questions_is_documented(bot):
    line = re.search(r"A line for `--jsonl` is `(\{.*?\})`", COMMANDS_DOC)[1]
    made = json.loads(line.replace("…", "1").replace('"id": 1', '"id": "1"'))
    assert list(made) == ["id", "text", "thread", "parent"]
    assert read_row(1, json.dumps(made)).thread == ["1"]
    assert read_row(1, json.dumps(made | {"thread": None})).thread == ["1"]
