"""The files to deploy with: they name commands, settings and paths that there are."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from srmbot.cli.parser import parser
from srmbot.config import VARIABLES

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
PLATFORM = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB"}  # of the database's image


class Template(yaml.SafeLoader):
    """Reads CloudFormation's short forms as plain values."""


Template.add_multi_constructor("!", lambda loader, tag, node: getattr(node, "value", None))


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def compose():
    return yaml.safe_load(read("deploy/compose.yaml"))["services"]


def containers():
    task = yaml.load(read("deploy/fargate.yaml"), Template)["Resources"]["Task"]["Properties"]
    return {each["Name"]: each for each in task["ContainerDefinitions"]}


def commands():
    """Every command of srmbot in these files."""
    for line in read("Procfile").splitlines():
        yield line.split("python -m srmbot ")[1].split()
    yield json.loads(re.search(r"^CMD (\[.*\])$", read("deploy/Dockerfile"), re.MULTILINE)[1])
    for words in re.findall(r"/venv/bin/srmbot ([^;&\\\n]+)", read("deploy/Dockerfile")):
        yield words.split()
    yield from (compose()[name]["command"] for name in ("migrate", "srmbot"))
    yield from (each["Command"] for each in containers().values())
    yield re.search(r"^ExecStart=\S+/srmbot (.*)$", read("deploy/systemd/srmbot.service"), re.MULTILINE)[1].split()


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_is_one_of_srmbots(words):
    assert parser().parse_args(words).run.__name__ == words[0]


def settings():
    """Every setting in these files."""
    yield from json.loads(read("app.json"))["env"]
    yield from re.findall(r"\b(S[LR][A-Z]*_[A-Z_]+|DATABASE_URL|PORT)=", read("deploy/Dockerfile"))
    yield from (name for each in compose().values() for name in each.get("environment", {}))
    yield from (secret["Name"] for each in containers().values() for secret in each["Secrets"])
    yield from re.findall(r"^Environment=([A-Z_]+)=", read("deploy/systemd/srmbot.service"), re.MULTILINE)


def test_every_setting_is_read():
    found = set(settings())
    assert {"SLACK_BOT_TOKEN", "DATABASE_URL", "SRMBOT_CACHE", "PORT"} <= found
    assert found <= VARIABLES.keys() | PLATFORM


def test_heroku_is_given_the_settings_in_our_words():
    env = json.loads(read("app.json"))["env"]
    assert env["SLACK_BOT_TOKEN"]["description"] == VARIABLES["SLACK_BOT_TOKEN"]
    assert env["SLACK_APP_TOKEN"]["description"] == VARIABLES["SLACK_APP_TOKEN"]
    kinds = {line.partition(":")[0] for line in read("Procfile").splitlines()}
    assert json.loads(read("app.json"))["formation"].keys() == kinds - {"release"}


def test_no_container_may_write_or_run_as_root():
    assert compose()["srmbot"]["read_only"] is True
    assert compose()["srmbot"]["cap_drop"] == ["ALL"]
    assert {each["ReadonlyRootFilesystem"] for each in containers().values()} == {True}
    stages = read("deploy/Dockerfile").split("\nFROM ")
    assert re.search(r"^USER 10001$", stages[-1], re.MULTILINE)
    assert "HEALTHCHECK" in stages[-1]


def test_the_image_is_made_from_files_that_there_are():
    for source in re.findall(r"^COPY (?!--from)(\S+) ", read("deploy/Dockerfile"), re.MULTILINE):
        assert (ROOT / source).exists(), source
    assert ".env" in read(".dockerignore").split()


def test_only_the_image_s_stage_that_learns_has_what_learning_needs():
    stages = re.split(r"^FROM ", read("deploy/Dockerfile"), flags=re.MULTILINE)
    assert [stage.splitlines()[0] for stage in stages if "requirements-learn.txt" in stage] == ["build AS learn"]
    copied = re.findall(r"^COPY --from=(\w+) .*?(\S+) \S+$", stages[-1], re.MULTILINE)
    assert copied == [("build", "/venv"), ("learn", "/own"), ("learn", "/learned")]


def locked(name):
    """The packages in a lock."""
    return set(re.findall(r"^([\w.-]+)==", read(name), re.MULTILINE))


def test_what_learns_is_in_no_lock_that_a_bot_runs_with():
    learning = {"numpy", "scikit-learn", "scipy"}
    assert not learning & locked("requirements.txt")
    assert locked("requirements.txt") < locked("requirements-learn.txt") < locked("requirements-dev.txt")
    assert learning <= locked("requirements-learn.txt")


def test_slack_deploy_names_what_is_missing():
    hook = json.loads(read(".slack/hooks.json"))["hooks"]["deploy"]
    known = {"PATH": os.environ["PATH"]}
    done = subprocess.run(hook.split(), cwd=ROOT, env=known, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "set DEPLOY_TO to heroku, compose or fargate; docs/deploy.md says what each needs\n"


def test_slack_deploy_knows_the_files_that_it_deploys():
    for name in re.findall(r"deploy/[\w.]+", read("deploy/deploy.sh")):
        assert (ROOT / name).exists(), name
