"""The four tools: what an agent asks -> plain data. Their names, arguments and texts are what agents choose by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, ParamSpec, TypeVar, cast

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from srmbot.bot import Bot, State
from srmbot.errors import SrmbotError
from srmbot.mcp.results import comparison_json, evidence_json, responsibilities_json
from srmbot.mcp.shapes import AnswerShape, ComparisonShape, EvidenceShape, ResponsibilitiesShape
from srmbot.render.json import as_json
from srmbot.search.lookup import find_services, find_topic

Given = ParamSpec("Given")
Made = TypeVar("Made")

LONGEST_TEXT = 20_000  # characters of a text
TURNS = 20  # earlier messages
MOST_COMPARED = 10  # services that are compared

QuestionText = Annotated[
    str, Field(description='The question as a person put it: "who patches the OS under RDS?"', max_length=LONGEST_TEXT)
]
ServiceName = Annotated[
    str | None, Field(description='The AWS service it is about, if the text does not name it: "rds", "dynamo"')
]
OneTopic = Annotated[str | None, Field(description='One topic of work instead of all: "backups", "patching"')]
SeveralServices = Annotated[
    list[str],
    Field(description='Two services or more: ["postgres on ec2", "rds"]', min_length=2, max_length=MOST_COMPARED),
]
Turn = Annotated[str, Field(max_length=LONGEST_TEXT)]
Earlier = Annotated[
    list[Turn] | None,
    Field(description="What people wrote before it in the same conversation, oldest first", max_length=TURNS),
]


def explain_failures(call: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let an agent read an expected failure, such as an unknown service, so that it can ask better."""

    @wraps(call)
    def explaining(*given: Given.args, **named: Given.kwargs) -> Made:
        try:
            return call(*given, **named)
        except SrmbotError as fault:
            raise ToolError(str(fault)) from fault

    return explaining


@dataclass(frozen=True)
class Tools:
    """The tools on one bot. Their docstrings are what an agent reads to choose one."""

    bot: Callable[[], Bot]

    @explain_failures
    def who_owns(self, question: QuestionText, service: ServiceName = None, earlier: Earlier = None) -> AnswerShape:
        """Say who does a task on AWS under the Shared Responsibility Model: AWS, the customer, or both.

        Takes a question in plain English, also a yes-or-no question ("RDS is encrypted by default, so we are fine?"),
        a belief, an alarm or a notice. Gives the owner, a summary to tell people, the next step, what each side does,
        the customer's own team where it is known, the evidence, and the AWS pages that say so. `outcome` is `sure`,
        `choice` (a best guess; `alternatives` has the others) or `unknown` (nothing is claimed; `say` tells why).
        The answers come from a reviewed folder, not from a language model: quote them, and link the sources.
        """
        state = self.bot().state
        answer = state.reply(question, earlier or (), find_service(state, service))
        return cast(AnswerShape, as_json(answer))

    @explain_failures
    def evidence(self, question: QuestionText, service: ServiceName = None) -> EvidenceShape:
        """Say how to show an auditor that a task on AWS is done: Security Hub controls, Config rules, AWS reports.

        Takes a question or the name of a task ("rds backups", "proof that the OS under RDS is patched"). Gives what
        `who_owns` gives, and in `duties` every task of the topic with its controls and rules (`checked_by`), what can
        be shown (`proof`), the next step and the pages.
        """
        state = self.bot().state
        return cast(EvidenceShape, evidence_json(state.reply(question, (), find_service(state, service))))

    @explain_failures
    def responsibilities(
        self,
        service: Annotated[str, Field(description='An AWS service: "rds", "dynamo", "postgres on ec2"')],
        topic: OneTopic = None,
    ) -> ResponsibilitiesShape:
        """List who does what on one AWS service, topic by topic: AWS's tasks, the customer's, and the customer's team.

        `status` is `own`, `inherited` (from the service in `from`), `absent` (does not exist there; `because` says
        why) or `empty` (nothing is known). For a design review, or a table of responsibilities.
        """
        known = self.bot().knowledge
        [slug, *_] = find_services(known, [service])
        found = responsibilities_json(known, slug, find_topic(known, topic) if topic else None)
        return cast(ResponsibilitiesShape, found)

    @explain_failures
    def compare(
        self,
        services: SeveralServices,
        topic: OneTopic = None,
    ) -> ComparisonShape:
        """Say where the line between AWS and the customer moves from one AWS service to another, and what stays.

        For a migration, or a choice between services. `moving`, `staying` and `unknown` have the topics with their
        owner on each service; with a topic, `sides` has the tasks of each side of it on each service.
        """
        known = self.bot().knowledge
        slugs = find_services(known, services, least=2)
        found = comparison_json(known, slugs, find_topic(known, topic) if topic else None)
        return cast(ComparisonShape, found)

    def all(self) -> tuple[Callable[..., Any], ...]:
        """Every tool, in the order in which agents see them."""
        return (self.who_owns, self.responsibilities, self.compare, self.evidence)


def find_service(state: State, said: str | None) -> str | None:
    """The slug of the service that is named, if one is.

    Raises:
        UsageError: the name is of no service.
    """
    return find_services(state.knowledge, [said])[0] if said and said.strip() else None
