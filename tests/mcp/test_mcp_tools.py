"""The tools as the SDK's own client sees and calls them, in this process."""

import anyio
import pytest
from jsonschema import Draft202012Validator
from mcp import Client

from srmbot.mcp.server import make_server
from srmbot.overview.standing import Status, standings
from srmbot.render import topic_comparison
from srmbot.render.json import as_json

TOOLS = ["who_owns", "responsibilities", "compare", "evidence"]


@pytest.fixture
def session(full):
    """Runs what is given a client of a server on the built-in knowledge."""

    def run(steps):
        async def connected():
            async with Client(make_server(lambda: full)) as client:
                return await steps(client)

        return anyio.run(connected)

    return run


@pytest.fixture
def call(session):
    """Calls a tool: what it gives, which must fit its own schema; or the text of its failure."""

    def calling(name, **arguments):
        async def steps(client):
            [tool] = [each for each in (await client.list_tools()).tools if each.name == name]
            return tool.output_schema, await client.call_tool(name, arguments)

        schema, result = session(steps)
        if result.is_error:
            return result.content[0].text
        Draft202012Validator(schema).validate(result.structured_content)
        return result.structured_content

    return calling


def test_an_agent_sees_four_tools_that_only_read(session):
    async def steps(client):
        return (await client.list_tools()).tools, client.server_info

    tools, server = session(steps)
    assert [tool.name for tool in tools] == TOOLS
    assert (server.name, server.title) == ("srmbot", "Who owns what on AWS")
    for tool in tools:
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint) == (True, False), tool.name
        assert (hints.idempotent_hint, hints.open_world_hint) == (True, False), tool.name
        assert tool.input_schema["required"], tool.name
        assert all("description" in each for each in tool.input_schema["properties"].values()), tool.name
        assert "\n  " not in tool.description, tool.name


QUESTIONS = [
    "who patches the OS under RDS?",
    "RDS is encrypted by default, so we are fine?",
    "who takes the backups on rds and on dynamodb?",
    "rds",
    "good morning",
    "",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_owns_gives_the_json_of_ask(call, full, question):
    found = call("who_owns", question=question)
    assert found == as_json(full.state.reply(question))
    assert list(found) == list(as_json(full.state.reply(question)))


def test_who_owns_takes_a_service_as_people_call_it_and_what_was_said_before(call, full):
    assert call("who_owns", question="backups", service="dynamo")["entry"] == "dynamodb/backups"
    found = call("who_owns", question="and on aurora?", earlier=["who takes the backups on rds?"])
    assert found == as_json(full.state.reply("and on aurora?", ["who takes the backups on rds?"]))
    assert found["entry"] == "aurora/backups"


FAILURES = [
    ("who_owns", {"question": "backups", "service": "rdz"}, "unknown service 'rdz' (did you mean `rds`?)"),
    ("responsibilities", {"service": "rdz"}, "unknown service 'rdz' (did you mean `rds`?)"),
    ("responsibilities", {"service": "rds", "topic": "bakcups"}, "unknown topic 'bakcups' (did you mean `backups`?)"),
    ("compare", {"services": ["rds", "rds"]}, "only RDS is named (name at least 2)"),
]


@pytest.mark.parametrize(("tool", "arguments", "said"), FAILURES)
def test_a_failure_says_what_to_ask_instead(call, tool, arguments, said):
    assert call(tool, **arguments) == f"Error executing tool {tool}: {said}"


@pytest.mark.parametrize("arguments", [{}, {"question": 1}, {"question": "a" * 20_001}])
def test_arguments_that_do_not_fit_are_refused(call, arguments):
    assert call("who_owns", **arguments).startswith("Error executing tool who_owns: 1 validation error")


def test_evidence_lists_what_proves_each_task_of_the_topic(call, full):
    found = call("evidence", question="rds backups")
    answer = as_json(full.state.reply("rds backups"))
    assert {name: found[name] for name in answer} == answer
    duties = {duty.id: duty for duty in full.knowledge.entries["rds", "backups"].duties}
    assert {each["id"] for each in found["duties"]} == {
        duty.id for duty in duties.values() if duty.checked_by or duty.proof
    }
    for each in found["duties"]:
        duty = duties[each["id"]]
        assert (each["checked_by"], each["sources"]) == (list(duty.checked_by), list(duty.source))
    assert call("evidence", question="good morning")["duties"] == []


def test_responsibilities_are_all_that_is_known_of_a_service(call, known):
    found = call("responsibilities", service="dynamo")
    assert (found["service"], found["full_name"]) == ("dynamodb", "Amazon DynamoDB")
    assert [each["topic"] for each in found["topics"]] == [
        each.topic for each in standings(known, ["dynamodb"]) if each.status is not Status.EMPTY
    ]
    [backups] = call("responsibilities", service="dynamo", topic="backup")["topics"]
    assert backups in found["topics"]
    assert [each["id"] for each in backups["customer"]] == [
        duty.id for duty in known.entries["dynamodb", "backups"].duties if duty.owner == "customer"
    ]


def test_compare_says_what_moves(call, known):
    found = call("compare", services=["postgres on ec2", "rds"])
    assert [each["service"] for each in found["services"]] == ["ec2", "rds"]
    assert found["summary"].startswith("From EC2 to RDS, infrastructure goes to AWS.")
    assert len(found["moving"]) + len(found["staying"]) + len(found["unknown"]) == len(known.topics)
    assert found["sides"] == []


def test_compare_of_a_topic_has_its_tasks(call, known):
    found = call("compare", services=["rds", "dynamodb"], topic="backups")
    assert [row["topic"] for kind in ("moving", "staying", "unknown") for row in found[kind]] == ["backups"]
    assert found["sides"] == topic_comparison.as_json(known, ["rds", "dynamodb"], "backups")["services"]
