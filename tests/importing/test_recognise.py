"""What could be imported lies beside knowledge: it never stops the bot, and `srmbot check` names it."""

import pytest

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.cli import main
from srmbot.importing.recognise import Source, find_importable, recognise

TEAMS = "- team: Databases\n  service: rds\n"
BACKSTAGE = "apiVersion: backstage.io/v1alpha1\nkind: Component\n"
FILES = {
    "teams.yaml": TEAMS,
    "catalog-info.yaml": BACKSTAGE,
    "docker-compose.yml": "services: {web: {image: x}}\n",
    "docs/srm.md": "| AWS | Customer |\n|---|---|\n| a | b |\n",
    "README.md": "# Ours\n\n| file | for |\n|---|---|\n| a | b |\n",
    "teams.csv": "service,team\nrds,dba\n",
    "prices.csv": "name,price\nrds,1\n",
    "CODEOWNERS": "* @org/all\n",
    ".hidden/srm.md": "| AWS | Customer |\n|---|---|\n| a | b |\n",
}


@pytest.fixture
def small(pytestconfig):
    """The knowledge below."""
    return pytestconfig.rootpath / "tests" / "small_knowledge"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        path = tmp_path / "ours" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "ours"


def test_what_says_owners_is_found(folder):
    found = {str(path.relative_to(folder)): kind for path, kind in find_importable(folder)}
    assert found == {
        "CODEOWNERS": Source.CODEOWNERS,
        "catalog-info.yaml": Source.BACKSTAGE,
        "docs/srm.md": Source.MARKDOWN,
        "teams.csv": Source.CSV,
    }


def test_check_names_what_it_passed_over_and_what_could_import_it(folder, small, monkeypatch, capsys):
    monkeypatch.setattr("srmbot.knowledge.load.built_in", lambda: small)
    assert main(["check", "--coverage", "ours"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("passed over: ")]
    assert lines == [
        "passed over: ours/CODEOWNERS: a CODEOWNERS file, which `srmbot import ours/CODEOWNERS --into DIR` reads",
        "passed over: ours/catalog-info.yaml: a Backstage catalogue file, which"
        " `srmbot import ours/catalog-info.yaml --into DIR` reads",
        "passed over: ours/docker-compose.yml: not knowledge",
        "passed over: ours/docs/srm.md: a Markdown file, which `srmbot import ours/docs/srm.md --into DIR` reads",
        "passed over: ours/teams.csv: a CSV file, which `srmbot import ours/teams.csv --into DIR` reads",
    ]


def test_none_of_it_stops_the_bot(folder, small, cache_folder):
    bot = Bot.from_folders([small, folder], Cache(cache_folder))
    assert bot.state.reply("who sets the backup retention on rds?").team.team == "Databases"


def test_kinds_by_their_names(tmp_path):
    kinds = {"a.md": Source.MARKDOWN, "a.MDX": Source.MARKDOWN, "a.tsv": Source.CSV, "a.xlsx": Source.XLSX}
    kinds |= {"a.html": Source.HTML, "a.txt": None, "a.yaml": None, "a.json": None, "CODEOWNERS": Source.CODEOWNERS}
    assert {name: recognise(tmp_path / name) for name in kinds} == kinds
