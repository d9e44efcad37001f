"""An organisation's own knowledge, made up: services × topics × tasks in composed words, and questions about it.

The first services are planted: the same in every size, with questions whose answers are known. A larger organisation
has more duties in these services too, and many more services. The same seed gives the same organisation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from srmbot.model import GENERAL, Duty, Knowledge, Owner, Service
from srmbot.query import tokenize
from srmbot.search.service_names import ServiceNames
from tests.support.labelled import Labelled

SEED = 20
PLANTED, PLANTED_DUTIES = 20, 25  # services, and duties of each
GROWS = 10  # times that a planted service has more duties in a large organisation
LARGEST, SMALLEST = 1_200, 60  # duties of one service that is not planted
FEW_TOPICS = 6  # of a planted service's planted duties
APART = 3  # edits between any two names, so that a typing error leaves no doubt
SAID = 3  # phrases of a duty
QUESTIONS = 100  # of each style
CUSTOMERS = 0.65  # share of duties that are the customer's
SYLLABLES = "mar tes quil bor vel dra nim cor hal zan pel ost fen gri lum tav sor wex jud kep".split()
ENDINGS = "ona ith ever ando usk ell ary oon ine ack".split()
KINDS = "amber annual batch blue carbon coastal daily dental export fleet freight garden glass guest harvest island \
ledger lunar market meadow member mobile night nordic orchard parcel partner payroll pilot polar rapid retail river \
salon silver spare summer ticket timber transit tulip urban velvet visitor voucher weekly winter".split()
THINGS = "archive basket beacon board bridge bundle cabinet calendar catalogue counter desk digest drawer feed folder \
form gallery gate grid hub inbox index journal kiosk lane ledger lounge mailbox map mill notebook panel pool portal \
queue register relay roster shelf sheet shuttle stack station terminal tracker vault widget workshop yard".split()
VERBS = {
    Owner.CUSTOMER: ("Approve", "Choose", "Configure", "Define", "Plan", "Review", "Set", "Test", "Turn on"),
    Owner.AWS: ("Guard", "Host", "Keep up", "Operate", "Provide", "Repair", "Replace", "Run"),
}


@dataclass(frozen=True, slots=True)
class Task:
    """A made-up duty with what a question about it may say."""

    duty: Duty
    name: str  # of its service, as people write it
    component: str  # the organisation's own word for the thing
    said: str  # one of the duty's phrases for the work
    unsaid: str  # another phrase for the same work, that the duty does not have


class Organisation:
    """Some duties of an organisation, laid over other knowledge."""

    def __init__(self, below: Knowledge, duties: int) -> None:
        """Make so many duties up, at least those that are planted."""
        self.below = below
        self.works = works(below)
        names = self.names(PLANTED + duties // 100)
        self.planted = [task for name in names[:PLANTED] for task in self.tasks(name, range(PLANTED_DUTIES))]
        self.made = list(self.planted)
        for number, name in enumerate(names):
            if missing := max(duties - len(self.made), 0):
                first = PLANTED_DUTIES if number < PLANTED else 0
                last = min(size(number), first + missing)
                self.made += self.tasks(name, range(first, last))
        self.services = {task.duty.service: service(task.name) for task in self.made}

    def names(self, count: int) -> list[str]:
        """Names of services, no two of them alike, and none like one that is known."""
        possible = ["".join(parts).capitalize() for parts in product(SYLLABLES, SYLLABLES, ENDINGS)]
        Random(SEED).shuffle(possible)
        taken = [" ".join(key) for key in ServiceNames(self.below).strong]
        found: list[str] = []
        for name in possible:
            near = process.extractOne(name.lower(), taken, scorer=OSA.distance, score_cutoff=APART - 1)
            if near is None and len(found) < count:
                found.append(name)
                taken.append(name.lower())
        return found

    def tasks(self, name: str, numbers: range) -> Iterator[Task]:
        """Some of a service's duties, by their numbers: each of the first 2,500 has a component of its own."""
        random = Random(f"{SEED} {name} {numbers.start}")
        components = [" ".join(pair) for pair in product(KINDS, THINGS)]
        Random(name).shuffle(components)
        topics = sorted(self.works)
        if numbers.stop == PLANTED_DUTIES:  # few topics, so that most entries have both owners
            topics = random.sample(topics, FEW_TOPICS)
        for number in numbers:
            topic = random.choice(topics)
            *said, unsaid = random.sample(random.choice(self.works[topic]), SAID + 1)
            component = components[number % len(components)]
            owner = Owner.CUSTOMER if random.random() < CUSTOMERS else Owner.AWS
            task = f"{random.choice(VERBS[owner])} {said[0]} for the {component}"
            say = (f"{component} {said[0]}", f"{said[1]} of the {component}", f"{said[2]}, {component}")
            yield Task(made_up(name.lower(), (topic, owner), task, say, number), name, component, said[0], unsaid)

    def knowledge(self) -> Knowledge:
        """The organisation's knowledge laid over the one below."""
        return replace(
            self.below,
            services={**self.below.services, **self.services},
            duties=(*self.below.duties, *(task.duty for task in self.made)),
            version=f"{self.below.version}-{len(self.made)}",
        )

    def questions(self) -> Iterator[Labelled]:
        """Questions about the planted duties: by keywords, in sentences, with typing errors, in the house's words."""
        random = Random(SEED)
        for style, ask in STYLES.items():
            for task in random.sample(self.planted, QUESTIONS):
                duty = task.duty
                text = ask(task, random)
                yield Labelled(text, (), (duty.owner,), (duty.service,), (duty.topic,), style)

    def write(self, folder: Path) -> None:
        """Write it as a knowledge folder, to be laid over the built-in one."""
        (folder / "duties").mkdir(parents=True)
        names = ("slug", "name", "full_name", "line", "aliases", "falls_back")
        (folder / "services.yaml").write_text("".join(map(record(names), self.services.values())), encoding="utf-8")
        by_service: dict[str, list[Duty]] = {}
        for task in self.made:
            by_service.setdefault(task.duty.service, []).append(replace(task.duty, id=task.duty.id.partition(".")[2]))
        of_duty = record(("id", "topic", "owner", "duty", "why", "say", "source"))
        for slug, duties in by_service.items():
            (folder / "duties" / f"{slug}.yaml").write_text("".join(map(of_duty, duties)), encoding="utf-8")


def size(number: int) -> int:
    """How many duties a service of a large organisation has: outside the planted ones, few have many."""
    if number < PLANTED:
        return PLANTED_DUTIES * GROWS
    return max(SMALLEST, LARGEST * 6 // (number - PLANTED + 6))


def made_up(service: str, label: tuple[str, Owner], task: str, say: tuple[str, ...], number: int) -> Duty:
    """One duty; fields that no question is about are the same for all."""
    return Duty(
        id=f"{service}.task-{number}",
        service=service,
        topic=label[0],
        owner=label[1],
        duty=task,
        why="The house stands still without it.",
        facts=(),
        say=say,
        source=("https://example.com/handbook",),
        tip=None,
        as_of=None,
        checked=True,
        at=f"duties/{service}.yaml:{number}",
    )


def record(names: tuple[str, ...]) -> Callable[[Duty | Service], str]:
    """Something that writes a record's fields as YAML, one a line."""

    def written(row: Duty | Service) -> str:
        lines = [f"{name}: {json.dumps(getattr(row, name))}" for name in names]
        return "- " + "\n  ".join(lines) + "\n\n"

    return written


def service(name: str) -> Service:
    """One of the organisation's own services."""
    return Service(
        slug=name.lower(),
        name=name,
        full_name=f"{name} of our house",
        line="One of our own services.",
        aliases=(name.lower(),),
        hints=(),
        helper=False,
        falls_back=GENERAL,
    )


def works(below: Knowledge) -> dict[str, list[tuple[str, ...]]]:
    """By topic, the phrases for each piece of work that is not tied to one service, where there are enough."""
    names = ServiceNames(below)
    found: dict[str, list[tuple[str, ...]]] = {}
    for duty in below.duties:
        free = tuple(
            text
            for text in duty.say
            if not names.find(tokenize(text)) and below.services.keys().isdisjoint(tokenize(text))
        )
        if len(free) > SAID:
            found.setdefault(duty.topic, []).append(free)
    return found


def keywords(task: Task, random: Random) -> str:
    """As typed into a matcher box."""
    words = [task.name.lower(), task.component, task.said]
    random.shuffle(words)
    return " ".join(words)


SENTENCES = (
    "who takes care of {unsaid} for the {component} on {name}?",
    "is {unsaid} of {name}'s {component} on us or on aws",
    "hi all, quick one: on {name}, whose job is {unsaid} when it comes to the {component}?",
    "do we have to look after {unsaid} for the {component} in {name} ourselves?",
)
OWN = (
    "who looks after the {component} on {name}?",
    "{name}: the {component}, ours or theirs?",
    "is the {component} of {name} something we must handle?",
)


def sentence(task: Task, random: Random) -> str:
    """As asked of a colleague, with another phrase for the work."""
    return random.choice(SENTENCES).format(unsaid=task.unsaid, component=task.component, name=task.name)


def mistyped(task: Task, random: Random) -> str:
    """Keywords or a sentence with an error in one word of three that have five letters or more."""
    words = random.choice((keywords, sentence))(task, random).split()
    return " ".join(slip(word, random) if len(word) > 4 and random.random() < 1 / 3 else word for word in words)


def slip(word: str, random: Random) -> str:
    """A word with two letters swapped, one missing or one twice; its first letter stays."""
    at = random.randrange(1, len(word) - 1)
    middle = random.choice((word[at + 1] + word[at], word[at + 1], word[at] * 2 + word[at + 1]))
    return word[:at] + middle + word[at + 2 :]


def own_words(task: Task, random: Random) -> str:
    """Only by the house's own word for the thing: nothing but this duty's phrases tells the work."""
    return random.choice(OWN).format(component=task.component, name=task.name)


STYLES = {"keyword": keywords, "natural": sentence, "typo": mistyped, "own words": own_words}
