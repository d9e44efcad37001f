"""The page's server: who may talk to it, and what goes with every answer."""

import http.client
import json
from collections.abc import Iterator

import pytest

from srmbot.errors import SrmbotError
from srmbot.playground.guard import GUARD_HEADER, LARGEST_POST, POLICY_HEADERS
from srmbot.playground.server import MEDIA_TYPES, PAGE_FOLDER, PageServer
from tests.support.serving import serve_in_thread


@pytest.fixture
def served(room) -> Iterator[PageServer]:
    with PageServer(room, 0) as server:
        serve_in_thread(server)
        yield server
        server.shutdown()


def ask(server, method="GET", path="/", headers=(), body=None):
    """Status, headers and body of one request, by hand."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    try:
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()
    finally:
        connection.close()


def act(server, name="say", body='{"text": "hello", "channel": "general"}', **headers):
    """Something a person does; headers as the page sends them, unless given."""
    known = {GUARD_HEADER: server.token, "Content-Type": "application/json"}
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(server, "POST", f"/api/{name}", {key: value for key, value in (known | given).items() if value}, body)


def test_listens_on_loopback_alone(served):
    assert served.server_address[0] == "127.0.0.1"


def test_every_answer_has_the_policy(served):
    for path in ("/", "/page.css", "/nothing", "/api/seen"):
        _, headers, _ = ask(served, path=path)
        assert {name: headers[name] for name in POLICY_HEADERS} == POLICY_HEADERS, path


def test_page_may_do_what_its_own_page_asks(served, room):
    here = f"http://127.0.0.1:{served.server_address[1]}"
    status, _, _ = act(served, Origin=here, Sec_Fetch_Site="same-origin")
    assert status == 200
    assert room.slack.messages("general")[-1].text == "hello"


HERE = "127.0.0.1"
REFUSED = [
    # what another page or a program can send, status
    ({"Host": "evil.example"}, 421),
    ({"Host": "127.0.0.1.evil.example:3000"}, 421),
    ({"Host": "evil.example@127.0.0.1"}, 200),  # what comes before @ is no host
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Sec_Fetch_Site": "cross-site"}, 403),
    ({"Sec_Fetch_Site": "same-site"}, 403),
    ({GUARD_HEADER: ""}, 403),
    ({GUARD_HEADER: "guessed"}, 403),
    ({"Content_Type": "text/plain"}, 415),
    ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
]


@pytest.mark.parametrize(("headers", "status"), REFUSED, ids=[str(headers) for headers, _ in REFUSED])
def test_refuses(served, room, headers, status):
    before = len(room.slack.messages("general"))
    assert act(served, **headers)[0] == status
    assert len(room.slack.messages("general")) == before + (status == 200)


def test_nothing_is_read_without_the_token(served):
    assert ask(served, path="/api/seen")[0] == 403
    assert ask(served, path="/api/seen", headers={GUARD_HEADER: served.token})[0] == 200


def test_a_link_from_elsewhere_opens_the_page_and_no_other_file(served):
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert ask(served, headers=followed)[0] == 200
    assert ask(served, path="/main.js", headers=followed)[0] == 403


def test_too_much_is_not_read(served):
    assert act(served, Content_Length=str(LARGEST_POST + 1), body=None)[0] == 413


@pytest.mark.parametrize("path", ["/../server.py", "/..%2fserver.py", "/page/main.js", "/server.py", "/%TOKEN%"])
def test_only_the_pages_own_files_are_served(served, path):
    assert ask(served, path=path)[0] == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(served, method):
    assert ask(served, method, "/api/say", {GUARD_HEADER: served.token})[0] == 501


WRONG = [
    ("say", "not json", "Expecting value"),
    ("say", "[]", "its body is not a JSON object"),
    ("say", '{"text": "x", "channel": "nowhere"}', "channel_not_found"),
    ("say", '{"text": " ", "channel": "general"}', "a message must have 1 to 12000 characters"),
    ("say", '{"text": "x", "channel": "general", "as": "U0SRMBOT01"}', "no user has the ID 'U0SRMBOT01'"),
    ("click", '{"key": "C1/1.1", "action_id": "x"}', "no message 'C1/1.1'"),
    ("submit", '{"view": "V1"}', "that view is no longer open"),
    ("advance", '{"seconds": -1}', "the clock only moves forward"),
    ("advance", '{"to": "soon"}', "could not convert string to float"),
    ("nothing", "{}", "no such action"),
]


@pytest.mark.parametrize(("name", "body", "said"), WRONG)
def test_what_cannot_be_done_is_reported(served, name, body, said):
    status, _, answer = act(served, name, body)
    assert status == 400
    assert said in json.loads(answer)["error"]


def test_port_that_is_taken_is_one_clear_error(served, room):
    with pytest.raises(SrmbotError, match=r"cannot listen on port \d+: .* \(choose another one with --port\)"):
        PageServer(room, served.server_address[1])


def test_page_has_no_address_of_anything_outside():
    files = [path for path in PAGE_FOLDER.iterdir() if path.suffix in MEDIA_TYPES]
    assert len(files) > 15
    for path in files:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "://" not in text, path.name
        assert "innerHTML" not in text, path.name
        assert "eval(" not in text, path.name


def test_page_is_light():
    assert sum(path.stat().st_size for path in PAGE_FOLDER.iterdir()) < 80_000
