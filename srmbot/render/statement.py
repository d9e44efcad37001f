"""A duty -> the statement of who does it: "Set the period" -> "You set …", "Patch the OS" -> "AWS patches …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from srmbot.model import Duty, Owner

ADVERBS = frozenset("always never also only automatically not".split())  # may stand before the verb
IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
# Verbs that tasks are joined by; a noun that looks the same is known by what follows.
VERBS = frozenset(
    """
    add adopt aid alert allocate announce answer apply approve archive assign attach authenticate back block build
    buy call check choose clean close collect configure connect control convert cool copy create decide define delete
    deliver destroy
    deploy design detect develop disable document draw drop enable encrypt end enforce ensure erase expire
    export fail fix follow give grant grow guard handle harden hold host house import inform install investigate
    isolate issue join keep launch let limit list load log maintain make manage measure merge migrate monitor
    move name notify offer open operate order own patch pay pick place plan power prepare prevent protect prove
    provide provision publish pull push put react read reboot rebuild recover reduce refuse register release
    remove renew repair replace replicate report require reserve reset resolve restart restore review revoke
    rotate route run save scale scan schedule screen scrub secure segment send separate serve set share ship show shrink
    shred sign size start state stop store supply support switch take tell terminate test track train turn tune
    update upgrade use validate verify version warn watch wipe withhold work write
    """.split()
)
OBJECT = frozenset(  # what a verb's object begins with
    """
    a an the your its their our all any each every both no new old what which who how whether them it this that
    those these only one two three more most other another such failed unhealthy broken expired to in on off out
    and or up down over for from with changes hosts nodes instances functions clusters access data traffic updates
    patches versions requests memory
    """.split()
)
# a first word that is no command, setting or value, which keep their small letter: "describe-db-instances", "gp3"
ORDINARY = re.compile(
    r"(?:a|[a-z]{2}[a-zA-Z]*|(?:cross|in|multi|node|non|on|one|row|service|third|user|zero)-[a-zA-Z-]+)[.,:]?(?: |$)"
)
JOINED = re.compile(r"(?P<before>,? and |,? or |, )(?P<verb>[a-z]+)(?= (?P<next>[\w’']+))")


def statement(duty: Duty) -> str:
    """A duty as a whole sentence in the present tense, with who does it first."""
    if duty.does:
        return duty.does
    task = duty.duty.rstrip(".")
    if duty.owner is Owner.CUSTOMER:
        return f"You {lower_first(task)}."
    return f"AWS {third_person(task)}."


def third_person(task: str) -> str:
    """A task, given as an order, as what a person does: "Install and run the OS" -> "installs and runs the OS"."""
    words = lower_first(task).split(" ")
    if words[:2] == ["do", "not"]:
        return " ".join(["does", *words[1:]])
    at = next((number for number, word in enumerate(words) if word not in ADVERBS), 0)
    words[at] = conjugate(words[at])
    head, rest = " ".join(words[: at + 1]), " ".join(words[at + 1 :])
    # "Guard, power and cool the data centres", "Run and patch the host"
    while found := re.match(r"(?P<join>,? ?(?:and|or|,)? ?)(?P<verb>[a-z]+)(?P<comma>,?)(?= |$)", rest):
        joins = head.endswith(",") or found["join"].strip() in ("and", "or", ", and", ",")
        if not joins or found["verb"] not in VERBS:
            break
        space = "" if found["join"].startswith((" ", ",")) else " "
        head = f"{head}{space}{found['join']}{conjugate(found['verb'])}{found['comma']}"
        rest = rest[found.end() :].lstrip(" ") if found["comma"] else rest[found.end() :]
    return f"{head} {JOINED.sub(joined, rest.strip())}".strip()


def joined(found: re.Match[str]) -> str:
    """A later verb of the same subject: "take the backup and ship the logs" -> "… and ships the logs"."""
    if found["verb"] in VERBS and found["next"].lower() in OBJECT and found["before"] != ", ":
        return f"{found['before']}{conjugate(found['verb'])}"
    return found[0]


def conjugate(verb: str) -> str:
    """A verb in the third person: "patch" -> "patches", "apply" -> "applies"."""
    core = verb.rstrip(",")
    comma = verb[len(core) :]
    if core in IRREGULAR:
        return IRREGULAR[core] + comma
    if re.search(r"(?:s|x|z|ch|sh|o)$", core):
        return f"{core}es{comma}"
    if re.search(r"[^aeiou]y$", core):
        return f"{core[:-1]}ies{comma}"
    return f"{core}s{comma}"


def lower_first(text: str) -> str:
    """A sentence that begins inside another: "Set …" -> "set …"; "TLS …" stays."""
    return text[0].lower() + text[1:] if len(text) > 1 and text[1].islower() else text


def listed(names: Sequence[str]) -> str:
    """Names in a row: "RDS, Aurora and DynamoDB"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def sentence(text: str) -> str:
    """A fact as a sentence: with a capital and a full stop."""
    ended = text if text.endswith((".", "!", "?")) else f"{text}."
    return ended[0].upper() + ended[1:] if ORDINARY.match(ended) else ended
