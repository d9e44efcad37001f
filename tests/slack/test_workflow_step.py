"""The step in Workflow Builder: a question in, the owner and the answer out; a workflow never waits in vain."""

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from srmbot.errors import SrmbotError
from srmbot.fake_slack import FakeSlack
from srmbot.slack.manifest import load_manifest
from srmbot.slack.workflow_step import STEP, outputs
from tests.slack.test_failures import ERROR_ID, Broken
from tests.support.served_app import BOTH, over_http
from tests.support.thread_starts import ANSWER, QUESTION


def ended(slack: FakeSlack, question: str):
    """A step, once it has ended."""
    execution = slack.run_step(STEP, question=question)
    slack.wait(lambda: not execution.is_running)
    return execution


@BOTH
def test_a_question_gets_its_owner_its_answer_and_the_page(slack):
    got = ended(slack, QUESTION).outputs
    assert got["owner"] == "You"
    assert got["answer"].splitlines()[0] == ANSWER
    assert got["page"].startswith("https://")


OWNERS = [
    # what a workflow asks, the owner
    ("who patches the os under rds", "AWS"),
    ("rds backups", "Shared"),
    ("Auditors: who patches the operating system of our RDS instances? It is due on Friday.", "AWS"),
    ("lunch at twelve?", "Unknown"),
    (" ", "Unknown"),
]


@pytest.mark.parametrize(("question", "owner"), OWNERS)
def test_the_owner_is_a_word_that_a_workflow_can_compare(slack, question, owner):
    got = ended(slack, question).outputs
    assert got["owner"] == owner
    assert got["answer"]


def test_the_step_ends_with_the_token_of_its_workflow(slack):
    execution = ended(slack, QUESTION)
    [call] = slack.calls("functions.completeSuccess")
    assert call.params["function_execution_id"] == execution.id
    assert execution.token != slack.bot_token
    with pytest.raises(SlackApiError, match="invalid_auth"):  # it is good for no more than the step
        WebClient(execution.token, base_url=slack.api_url).auth_test()


def test_an_event_that_comes_twice_ends_the_step_once(slack):
    execution = ended(slack, QUESTION)
    [sent] = [step.sent for step in slack.workspace.journal.steps() if "function" in step.sent.get("event", {})]
    assert slack.event(sent["event"]).acknowledged
    slack.answers(slack.mention("backups"))
    assert len(slack.calls("functions.completeSuccess")) == 1
    assert execution.error is None


def test_a_bug_fails_the_step_so_that_the_workflow_goes_on(bare, bot, log):
    with over_http(bare, Broken(bot, RuntimeError("a bug"))):
        assert ERROR_ID.fullmatch(ended(bare, "backups").error)
    assert log.lines("ERROR unexpected_error surface=step")


def test_an_expected_failure_says_what_it_is(bare, bot):
    with over_http(bare, Broken(bot, SrmbotError("the knowledge is away", "wait"))):
        assert ended(bare, "backups").error == "the knowledge is away (wait)"


def test_a_rate_limit_is_waited_for(slack):
    slack.fail_next("functions.completeSuccess", status=429, retry_after=1)
    assert ended(slack, QUESTION).outputs["owner"] == "You"


def test_a_function_that_is_not_ours_is_acknowledged(slack):
    slack.workspace.functions["other"] = load_manifest()["functions"][STEP]
    execution = slack.run_step("other", question=QUESTION)
    slack.answers(slack.mention("backups"))
    assert execution.is_running


def test_the_outputs_are_those_that_the_manifest_defines(bot):
    defined = load_manifest()["functions"][STEP]["output_parameters"]
    made = outputs(bot.state.reply(QUESTION))
    assert list(made) == list(defined["properties"]) == defined["required"]


REFUSED = [
    # what an app does wrong, Slack's word for it
    ("functions.completeSuccess", {"function_execution_id": "Fx0", "outputs": {}}, "function_execution_not_found"),
    ("functions.completeSuccess", {"outputs": {"owner": "AWS"}}, "parameter_validation_failed"),
    ("functions.completeSuccess", {"outputs": {"owner": 1, "answer": "a", "page": ""}}, "parameter_validation_failed"),
    ("functions.completeSuccess", {"outputs": "no JSON"}, "invalid_arguments"),
    ("functions.completeError", {"error": ""}, "invalid_arguments"),
]


@pytest.mark.parametrize(("method", "params", "error"), REFUSED)
def test_the_fake_refuses_what_slack_refuses(bare, method, params, error):
    bare.app_url = "http://127.0.0.1:1/"
    execution = bare.run_step(STEP, question="x")
    client = WebClient(bare.bot_token, base_url=bare.api_url)
    with pytest.raises(SlackApiError, match=error):
        client.api_call(method, json={"function_execution_id": execution.id, **params})
    assert client.functions_completeError(function_execution_id=execution.id, error="no")["ok"]
    with pytest.raises(SlackApiError, match="execution_not_in_running_state"):
        client.functions_completeError(function_execution_id=execution.id, error="no")


def test_a_workflow_cannot_leave_out_the_question(bare):
    with pytest.raises(LookupError, match="question: required"):
        bare.run_step(STEP)
