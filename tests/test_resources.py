"""A team owns resources too: a question that names one is answered with its team, and with its service's line."""

import pytest

from srmbot.answer import Outcome
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.model import Owner
from srmbot.render.json import as_json
from srmbot.render.text import as_text

TEAMS = """\
- team: Payments
  service: rds
  channel: '#payments'
  runbook: https://wiki.example.com/orders-db
  owns: [orders-db, Ledger DB]
- team: Backup crew
  service: rds
  topic: backups
  owns: [orders-db]
- team: Web
  channel: '#web'
  owns: [checkout-api]
- team: Keepers
  service: rds
  owns: [period]
- team: Databases
  service: rds
"""


@pytest.fixture(scope="module")
def bot(folder, cache_folder, tmp_path_factory):
    overlay = tmp_path_factory.mktemp("overlay")
    (overlay / "teams.yaml").write_text(TEAMS, encoding="utf-8")
    return Bot.from_folders([folder, overlay], Cache(cache_folder))


WHOLE = ["who owns orders-db?", "orders-db", "whose is the orders-db database?", "which team owns the Orders-DB"]


@pytest.mark.parametrize("question", WHOLE)
def test_team_channel_runbook_and_the_service_s_line(bot, question):
    answer = bot.state.reply(question)
    assert answer.label == "orders-db · RDS"
    assert as_json(answer)["team"] == {
        "team": "Payments",
        "channel": "#payments",
        "runbook": "https://wiki.example.com/orders-db",
    }
    said = as_text(answer)
    assert "orders-db is on RDS, and belongs to Payments (#payments). Managed " in said  # then the service's own line
    assert "On your side: Payments · #payments · https://wiki.example.com/orders-db" in said
    assert answer.aws
    assert f"  - {answer.aws[0]}" in said


def test_a_task_on_a_resource_is_one_on_its_service(bot):
    answer = bot.state.reply("who sets the backup retention of orders-db?")
    assert (answer.service, answer.topic, answer.owner) == ("rds", "backups", Owner.CUSTOMER)
    assert answer.label == "orders-db · RDS · Backups"
    assert answer.team.team == "Backup crew"


def test_another_resource_has_another_team_for_it(bot):
    assert bot.state.reply("who sets the backup retention of the ledger db?").team.team == "Payments"


def test_what_is_aws_s_has_no_team(bot):
    answer = bot.state.reply("who patches the OS under orders-db?")
    assert (answer.owner, answer.team) == (Owner.AWS, None)


def test_a_claim_on_resources_is_none_on_the_service(bot):
    assert bot.state.reply("who sets the backup retention on rds?").team.team == "Databases"


def test_a_resource_of_no_service_belongs_to_its_team(bot):
    answer = bot.state.reply("who owns checkout-api?")
    assert (answer.outcome, answer.owner) == (Outcome.SURE, Owner.CUSTOMER)
    assert as_text(answer) == "You: checkout-api\ncheckout-api belongs to Web (#web).\nOn your side: Web · #web"


def test_a_resource_with_a_common_name_is_not_always_meant(bot):
    assert bot.state.reply("who owns period?").match.resource == "period"
    answer = bot.state.reply("who sets the backup retention period on rds?")
    assert (answer.service, answer.topic, answer.match.resource) == ("rds", "backups", None)


def test_a_later_folder_s_team_owns_it(folder, cache_folder, tmp_path):
    for name, team in (("first", "Payments"), ("later", "Orders")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "teams.yaml").write_text(f"- team: {team}\n  service: rds\n  owns: [orders-db]\n")
    bot = Bot.from_folders([folder, tmp_path / "first", tmp_path / "later"], Cache(cache_folder))
    assert bot.state.reply("who owns orders-db?").team.team == "Orders"
