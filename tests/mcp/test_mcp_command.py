"""`srmbot mcp` where it cannot start, and what the registry of MCP servers reads."""

import json
import re
from pathlib import Path

import pytest

import srmbot
from tests.support.command_line import run_main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")

WRONG = [
    (["--port", "1"], 2, "--port and --public are for --http (add --http)"),
    (["--public", "srm.example.com"], 2, "--port and --public are for --http (add --http)"),
    (["--http", "--port", "http"], 2, "--port 'http' is not a valid port (use a number from 0 to 65535)"),
    (
        ["--http", "--public", "srm.example.com"],
        1,
        "SLACK_SIGNING_SECRET is not set (without it nobody can tell Slack's requests from others)",
    ),
    (
        ["--http", "--public", "https://srm.example.com/mcp"],
        2,
        "--public 'https://srm.example.com/mcp' is not a host name (write it like srm.example.com)",
    ),
]


@pytest.mark.parametrize(("words", "code", "said"), WRONG)
def test_what_cannot_be_served_is_one_line(capsys, words, code, said):
    assert run_main(["mcp", *words], capsys) == (code, "", f"srmbot: {said}\n")


def missing(name):
    raise ModuleNotFoundError(f"No module named {name!r}")


@pytest.mark.parametrize("found", [missing, lambda name: None])  # nothing at all, and a folder of that name
def test_without_the_extra_it_says_how_to_install_it(monkeypatch, capsys, found):
    monkeypatch.setattr("srmbot.cli.mcp.find_spec", found)
    said = "srmbot: the MCP SDK is not installed (run: pip install 'srmbot[mcp]')\n"
    assert run_main(["mcp"], capsys) == (1, "", said)


def test_the_registry_finds_this_package():
    server = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))
    [package] = server["packages"]
    assert server["version"] == package["version"] == srmbot.__version__
    assert len(server["description"]) <= 100
    assert f"mcp-name: {server['name']}\n" in README  # by which the registry knows that the package is this server's
    assert package["identifier"] == "srmbot"
    assert [each["value"] for each in package["packageArguments"]] == ["mcp"]


def test_the_command_of_the_registry_is_the_one_of_the_readme():
    [package] = json.loads((ROOT / "server.json").read_text(encoding="utf-8"))["packages"]
    [runtime] = package["runtimeArguments"]
    command = ["uvx", runtime["name"], runtime["value"], "srmbot", "mcp"]
    [block] = re.findall(r"```json\n(\{\s*\"mcpServers\".*?)```", README, re.DOTALL)
    [shown] = json.loads(block)["mcpServers"].values()
    assert [shown["command"], *shown["args"]] == command
