"""`srmbot mcp` as a process of its own, asked by the SDK's own client: over standard input and output, over HTTP."""

import json
import sys
import time
import urllib.error
import urllib.request

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from srmbot.fake_slack.events import sign
from srmbot.render.json import as_json
from tests.support.served_app import RUNNER, bare_environment, process

MODES = ("auto", "legacy")  # how a client of today begins, and one from before
QUESTION = "who takes the backups in rds?"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


async def ask(server, mode):
    """The names of the tools, and what one gives."""
    async with Client(server, mode=mode) as client:
        tools = await client.list_tools()
        result = await client.call_tool("who_owns", {"question": QUESTION})
        return [tool.name for tool in tools.tools], result.structured_content


@pytest.mark.parametrize("mode", MODES)
def test_over_standard_input_and_output(bot, cache_folder, tmp_path, mode):
    given = {**bare_environment(), "SRMBOT_CACHE": str(cache_folder), "PYTHONWARNINGS": "ignore"}
    server = StdioServerParameters(command=sys.executable, args=[str(RUNNER), "mcp"], env=given, cwd=tmp_path)
    tools, found = anyio.run(ask, stdio_client(server), mode)
    assert tools == ["who_owns", "responsibilities", "compare", "evidence"]
    assert found == as_json(bot.state.reply(QUESTION))


@pytest.fixture(scope="module")
def served(tmp_path_factory, cache_folder, bot):
    """`srmbot mcp --http` on the small folder."""
    folder = tmp_path_factory.mktemp("mcp")
    with process(folder, "mcp", "--http", SRMBOT_CACHE=str(cache_folder)) as running:
        running.until(lambda: running.get("/healthz") == (200, '{"ok":true}'))
        yield running


@pytest.mark.parametrize("mode", MODES)
def test_over_http(served, bot, mode):
    tools, found = anyio.run(ask, f"http://127.0.0.1:{served.port}/mcp", mode)
    assert len(tools) == 4
    assert found == as_json(bot.state.reply(QUESTION))


def test_it_says_where_it_is_and_nothing_of_what_is_asked(served):
    anyio.run(ask, f"http://127.0.0.1:{served.port}/mcp", "auto")
    assert served.log == f"The MCP server is at http://127.0.0.1:{served.port}/mcp (Ctrl-C stops it).\n"


LIST = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}})


def post(port, body, **headers):
    """The status and text that a request gets."""
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/mcp", body.encode(), sent)
    try:
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


STRANGERS = [
    ({"Host": "srm.example.com"}, 421),
    ({"Host": "127.0.0.1.evil.example:1"}, 421),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), STRANGERS)
def test_pages_and_names_of_others_are_refused(served, headers, status):
    assert post(served.port, LIST)[0] == 200
    assert post(served.port, LIST, Origin=f"http://localhost:{served.port}")[0] == 200
    assert post(served.port, LIST, **headers)[0] == status


def test_a_port_that_is_taken_is_one_line(served, tmp_path, cache_folder):
    with process(tmp_path, "mcp", "--http", "--port", str(served.port), SRMBOT_CACHE=str(cache_folder)) as second:
        assert second.end() == 1
    said = f"srmbot: cannot listen on port {served.port}: Address already in use (choose another one with --port)\n"
    assert second.log == said


# as Slackbot reaches it


@pytest.fixture(scope="module")
def public(tmp_path_factory, cache_folder, bot):
    """A server that is reached from outside, by Slack alone."""
    folder = tmp_path_factory.mktemp("public")
    given = {"SRMBOT_CACHE": str(cache_folder), "SLACK_SIGNING_SECRET": SECRET}
    with process(folder, "mcp", "--http", "--public", "srm.example.com", **given) as running:
        running.until(lambda: running.get("/healthz")[0] == 200)
        yield running


def signed(body, secret=SECRET, at=None):
    """The headers of a request that Slack signs."""
    stamp = int(time.time() if at is None else at)
    made = sign(secret, stamp, body.encode())
    return {"Host": "srm.example.com", "X_Slack_Request_Timestamp": str(stamp), "X_Slack_Signature": made}


def call(**meta):
    """A tool call, with what Slack says of the person who asks."""
    params = {"name": "who_owns", "arguments": {"question": QUESTION}, "_meta": meta}
    return json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params})


def test_slack_is_answered(public, bot):
    assert post(public.port, LIST, **signed(LIST))[0] == 200
    body = call(slack={"user_id": "U1", "team_id": "T1"})
    status, text = post(public.port, body, **signed(body))
    assert status == 200
    assert json.loads(text)["result"]["structuredContent"] == as_json(bot.state.reply(QUESTION))


REFUSED = [
    pytest.param(lambda: {}, 401, id="no signature"),
    pytest.param(lambda: signed(LIST, "another secret"), 401, id="another secret"),
    pytest.param(lambda: signed(LIST, at=time.time() - 600), 401, id="old"),
    pytest.param(lambda: signed("{}"), 401, id="another body"),
    pytest.param(lambda: signed(LIST) | {"X_Slack_Request_Timestamp": "soon"}, 401, id="no time"),
    pytest.param(lambda: signed(LIST) | {"X_Slack_Signature": "v0=\xe9"}, 401, id="no letters of a signature"),
    pytest.param(lambda: signed(LIST) | {"Host": "127.0.0.1"}, 421, id="another name"),
    pytest.param(lambda: signed(LIST) | {"Origin": "https://evil.example"}, 403, id="another page"),
]


@pytest.mark.parametrize(("headers", "status"), REFUSED)
def test_others_than_slack_are_refused(public, headers, status):
    assert post(public.port, LIST, **headers())[0] == status


@pytest.mark.parametrize("meta", [{}, {"slack": {"user_id": "U1"}}, {"slack": {"team_id": "T1"}}, {"slack": "U1"}])
def test_a_call_that_names_nobody_is_refused(public, meta):
    body = call(**meta)
    said = "a tool call must say who asks, in params._meta.slack"
    assert post(public.port, body, **signed(body)) == (403, said)


def test_a_request_that_is_too_large_is_refused(public):
    body = json.dumps({"filling": "a" * 200_000})
    assert post(public.port, body, **signed(body)) == (413, "a request may have at most 200000 bytes")
