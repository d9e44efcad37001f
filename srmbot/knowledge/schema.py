"""What each kind of knowledge file holds, field by field; the JSON Schemas are made from this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from srmbot.overview.groups import GROUPS

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
VINTAGE = r"^20[0-9]{2}(-(0[1-9]|1[0-2]))?$"
CHANNEL_ID, CALLED_ID = r"^[CG][A-Z0-9]{8,20}$", r"^[SUW][A-Z0-9]{8,20}$"  # as Slack makes them
HTTPS = r"^https://[^\s<>|]+$"  # `<`, `>` and `|` are what Slack writes links with
ORIGIN = r"^(?:https://[^\s<>|]+|(?![A-Za-z][A-Za-z0-9+.-]*:/)[^\s<>|:#]+(?:[#:][^\s<>|]+)?)$"
ENDED = r"[.!?][)\"'”’]?$"
TODO = r"^TODO\b"  # what a person has yet to write
MARKUP = r"<[@!#]|<https?:"  # what Slack makes a mention or a link of
UNSEEN = "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\uf8ff\ufeff]"
SENTENCE = 300  # characters; reads well as one line
PHRASE = 80
TIP = 200
MESSAGE = 1500  # a way to ask may be a whole chat message


class Kind(StrEnum):
    """What a field may hold."""

    TEXT = "text"
    TEXTS = "texts"  # a list of texts
    FLAG = "flag"  # true or false


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: what it may hold, and what it means."""

    name: str
    about: str
    kind: Kind = Kind.TEXT
    required: bool = False
    longest: int = SENTENCE  # characters, of each text
    pattern: str | None = None
    pattern_says: str = ""
    one_of: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)  # what to do about a wrong value that is often meant
    heard: bool = False  # as people typed it to the bot, Slack's markup included
    prose: bool = False  # a text may have a comma, which cuts it in `[…]`


@dataclass(frozen=True, slots=True)
class RecordSchema:
    """A kind of record: the fields it may have."""

    name: str
    fields: tuple[Field, ...]
    adds: bool = False  # a record of a known slug adds to it, field by field: only the slug is required

    def field(self, name: str) -> Field | None:
        """The field of that name, if there is one."""
        return next((field for field in self.fields if field.name == name), None)


SLUG_SAYS = "lower-case letters, digits and single hyphens, such as `key-management`"


def slug(name: str, about: str, *, required: bool = True) -> Field:
    """A field that holds a slug."""
    return Field(name, about, required=required, pattern=SLUG, pattern_says=SLUG_SAYS, longest=PHRASE)


PAGE_TITLE = 120
BELIEF = 160
CONTROL = r"^[A-Za-z0-9]+\.[0-9]+$|^[a-z0-9]+(-[a-z0-9]+)+$"
CONTROL_SAYS = "a control such as `RDS.11`, or a rule such as `rds-storage-encrypted`"
VINTAGE_SAYS = "a year or a year and month, such as `2026-02`"
CALLED = "an ID such as S0123456789 or U0123456789"
HTTPS_SAYS = "an https:// address without spaces"
ORIGIN_SAYS = "an https:// address, or the place in a document of yours such as `docs/srm.md:12`, without spaces"
SENTENCE_SAYS = "a whole sentence with its full stop"


def source_field() -> Field:
    """The pages that a record rests on."""
    about = "The AWS pages that say so."
    return Field("source", about, kind=Kind.TEXTS, required=True, pattern=ORIGIN, pattern_says=ORIGIN_SAYS)


def as_of_field() -> Field:
    """How old the page was that a record was read in."""
    return Field("as_of", "Vintage of the page that it was read in.", pattern=VINTAGE, pattern_says=VINTAGE_SAYS)


def next_field() -> Field:
    """What follows for the customer."""
    return Field("next", "What the customer does about it, and where.", pattern=ENDED, pattern_says=SENTENCE_SAYS)


DUTY = RecordSchema(
    "duty",
    (
        slug("id", "Its own name; `rds.retention` to the outside is `retention` in rds.yaml."),
        slug("topic", "The category of work, one of topics.yaml."),
        Field(
            "owner",
            "Whose work it is.",
            required=True,
            one_of=("aws", "customer"),
            instead={"shared": "write two duties: what AWS does, and what the customer does"},
        ),
        Field("duty", "The task, as an order: Set the backup retention period.", required=True),
        Field(
            "why",
            "One or two short sentences: why it is theirs, and what it means.",
            required=True,
            pattern=f"{ENDED}|{TODO}",
            pattern_says="whole sentences, the last with its full stop, or `TODO`",
        ),
        Field("facts", "Numbers, defaults and limits, each on its own.", kind=Kind.TEXTS, prose=True),
        Field("say", "How people name this task.", kind=Kind.TEXTS, required=True, longest=PHRASE),
        source_field(),
        Field(
            "tip",
            "One true, short, surprising sentence for the daily tip.",
            longest=TIP,
            pattern=ENDED,
            pattern_says="a whole sentence with its full stop",
        ),
        as_of_field(),
        Field("checked", "false while nobody has read it in an AWS page.", kind=Kind.FLAG),
        Field(
            "does",
            "The task as a statement, where the one that is made from `duty` reads badly.",
            pattern=ENDED,
            pattern_says=SENTENCE_SAYS,
        ),
        next_field(),
        Field(
            "checked_by",
            "The Security Hub controls and Config rules that check it.",
            kind=Kind.TEXTS,
            longest=PHRASE,
            pattern=CONTROL,
            pattern_says=CONTROL_SAYS,
        ),
        Field("proof", "What can be shown to an auditor: a report, a record.", kind=Kind.TEXTS, prose=True),
        Field(
            "holds_for",
            "The services, or kinds of services (you, managed, serverless), that inherit it.",
            kind=Kind.TEXTS,
            longest=PHRASE,
            pattern=SLUG,
            pattern_says=SLUG_SAYS,
        ),
    ),
)

BOUNDARY = RecordSchema(
    "boundary",
    (
        slug("id", "Its own name; `rds.multi-az-backup` to the outside is `multi-az-backup` in rds.yaml."),
        slug("topic", "The category of work, one of topics.yaml."),
        Field("belief", "What people believe, as a statement: Multi-AZ is a backup.", required=True, longest=BELIEF),
        Field("reply", "Whether the belief, as put, is so.", required=True, one_of=("yes", "no", "partly")),
        Field("owner", "Whose move it is in the end.", required=True, one_of=("aws", "customer", "shared")),
        Field(
            "because",
            "Why, in one or two short sentences that stand alone.",
            required=True,
            pattern=ENDED,
            pattern_says="whole sentences, the last with its full stop",
        ),
        next_field(),
        Field(
            "say",
            "Other ways to put the same belief, in the same sense.",
            kind=Kind.TEXTS,
            required=True,
            longest=BELIEF,
        ),
        Field(
            "contrary",
            "Ways to put the opposite: Multi-AZ does not replace backups. The reply to these is turned round.",
            kind=Kind.TEXTS,
            longest=BELIEF,
        ),
        Field("duties", "The duties that it rests on: `rds.retention`.", kind=Kind.TEXTS, longest=PHRASE),
        source_field(),
        as_of_field(),
    ),
)

ABSENT = RecordSchema(
    "absent topic",
    (
        slug("topic", "A topic that does not exist on this service."),
        Field("owner", "Who does what takes its place.", required=True, one_of=("aws", "customer", "shared")),
        Field(
            "because",
            "The sentence that says why there is no such task.",
            required=True,
            pattern=ENDED,
            pattern_says="whole sentences, the last with its full stop",
        ),
        source_field(),
        as_of_field(),
    ),
)

PAGE = RecordSchema(
    "page",
    (
        Field("page", "The address.", required=True, pattern=HTTPS, pattern_says=HTTPS_SAYS),
        Field("title", "What the page is called.", required=True, longest=PAGE_TITLE),
    ),
)

CONTROLS = RecordSchema(
    "list of controls",
    (
        Field("page", "The page that lists them.", required=True, pattern=HTTPS, pattern_says=HTTPS_SAYS),
        Field("as_of", "Vintage of the page.", required=True, pattern=VINTAGE, pattern_says=VINTAGE_SAYS),
        Field(
            "ids",
            "The controls and rules that duties may name in `checked_by`.",
            kind=Kind.TEXTS,
            required=True,
            longest=PHRASE,
            pattern=CONTROL,
            pattern_says=CONTROL_SAYS,
        ),
    ),
)

UNCOVERED = RecordSchema(
    "service without duties",
    (
        Field("name", "The name as AWS writes it: Amazon WorkSpaces.", required=True, longest=PHRASE),
        Field("aliases", "What people call it.", kind=Kind.TEXTS, longest=PHRASE),
    ),
)

SERVICE = RecordSchema(
    "service",
    (
        slug("slug", "Its short name, used everywhere; its duties are in duties/<slug>.yaml."),
        Field("name", "The name as people write it: RDS.", required=True, longest=PHRASE),
        Field("full_name", "The name as AWS writes it.", required=True, longest=PHRASE),
        Field("line", "What it is, in one line.", required=True),
        Field("aliases", "What people call it and nothing else.", kind=Kind.TEXTS, required=True, longest=PHRASE),
        Field(
            "hints", "Words that suggest it, and may mean something else: postgres.", kind=Kind.TEXTS, longest=PHRASE
        ),
        Field(
            "helper", "true for what others are built with (KMS): beside another, that one is meant.", kind=Kind.FLAG
        ),
        slug("falls_back", "The service whose duties it inherits where it has none.", required=False),
        slug("variant_of", "The service that this is a part or a mode of.", required=False),
        Field("runs", "Who runs the hosts under it.", one_of=("you", "managed", "serverless")),
        Field("group", "What kind of service it is.", one_of=tuple(GROUPS)),
    ),
    adds=True,
)

TOPIC = RecordSchema(
    "topic",
    (
        slug("slug", "Its short name, used everywhere."),
        Field("title", "What an answer is headed with.", required=True, longest=PHRASE),
        Field("aliases", "What people call it.", kind=Kind.TEXTS, required=True, longest=PHRASE),
    ),
    adds=True,
)

NOT_AWS = RecordSchema(
    "name",
    (
        Field("name", "A product, cloud or place that is not AWS's: Azure SQL.", required=True, longest=PHRASE),
        Field("aliases", "What else people call it.", kind=Kind.TEXTS, longest=PHRASE),
    ),
)

QUESTION = RecordSchema(
    "question",
    (
        Field("ask", "The question, as a person would ask it.", required=True, longest=MESSAGE, heard=True),
        Field(
            "thread",
            "What people wrote before it in the same conversation, oldest first.",
            kind=Kind.TEXTS,
            longest=MESSAGE,
            heard=True,
        ),
        slug("about", "The service that it is asked about, as `--service` says it.", required=False),
        Field(
            "owner",
            "Whose it is; `nobody` where nothing may be claimed.",
            one_of=("aws", "customer", "shared", "nobody"),
        ),
        slug("service", "The service that the answer is about, or one of several.", required=False),
        slug("topic", "The topic that it is about, or one of several.", required=False),
        Field("duty", "The one task that it is about: `rds.retention`.", longest=PHRASE),
        Field("team", "The team that it names.", longest=PHRASE),
        Field("reply", "Whether the answer says yes, no or partly.", one_of=("yes", "no", "partly")),
    ),
)
TEAM = RecordSchema(
    "team",
    (
        Field("team", "The team's name, as people should read it.", required=True, longest=PHRASE),
        slug("service", "Only its duties on this service.", required=False),
        slug("topic", "Only its duties of this topic.", required=False),
        Field("channel", "Where to ask the team.", longest=PHRASE),
        Field("runbook", "Where its runbook is.", pattern=HTTPS, pattern_says="an https:// address"),
        Field(
            "owns",
            "Only these resources, which are of the service: databases, components, systems.",
            kind=Kind.TEXTS,
            longest=PHRASE,
        ),
        Field("channel_id", "Slack's ID of the channel.", pattern=CHANNEL_ID, pattern_says="an ID such as C0123456789"),
        Field(
            "on_call", "Slack's ID of whom to call: a user group, or a person.", pattern=CALLED_ID, pattern_says=CALLED
        ),
    ),
)

# A file of ways to ask is no list of records: three fields, the second of them a mapping of mappings.
VOICE = Field("voice", "Who is speaking in this file, and how they write.", required=True)
IN_SCOPE, OUT_OF_SCOPE = "ours", "not_ours"
EXAMPLE_FILE = (VOICE.name, IN_SCOPE, OUT_OF_SCOPE)
EXAMPLE_FIELDS = {
    name: Field(name, about, kind=Kind.TEXTS, longest=MESSAGE, heard=True)
    for name, about in {
        "aws": "Ways to ask about what AWS does.",
        "customer": "Ways to ask about what the customer does.",
        "shared": "Ways to ask about both sides.",
        OUT_OF_SCOPE: "What people say that is not ours to answer.",
    }.items()
}
