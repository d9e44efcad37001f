"""All that a command or a surface may use: ask, choose, explain; and notice knowledge that has changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache as once
from pathlib import Path

from srmbot.answer import Answer
from srmbot.cache import Cache
from srmbot.decide import decide
from srmbot.knowledge.files import read_folders
from srmbot.knowledge.load import NO_CACHE, load_examples, load_layers
from srmbot.knowledge.problem import KnowledgeError, Problem
from srmbot.model import ExampleQuestion, Knowledge
from srmbot.query import asks_who
from srmbot.reading import answer_for
from srmbot.search.analyzer import POINTING_BACK, AnalyzedQuery
from srmbot.search.learning.cached import NotLearnedError, borrow, keep_indexes, load_or_learn
from srmbot.search.learning.process import can_learn, learn_in_process
from srmbot.search.matcher import Matcher
from srmbot.search.matches import Matches
from srmbot.search.service_names import has_strong_name
from srmbot.search.weights import Weights
from srmbot.spans import span

log = logging.getLogger("srmbot.bot")

LOGGED = 20  # problems of one try; with more, these are fixed first


@dataclass(frozen=True)
class State:
    """What is known at one moment, and what was learned from it. What is answered from one state is of one piece."""

    knowledge: Knowledge
    matcher: Matcher
    examples: Callable[[], Sequence[ExampleQuestion]] = (
        tuple  # how people ask; read when first needed, to learn or to explain
    )
    learned: bool = True  # from this very knowledge, and not from an earlier or another one

    def read(self, text: str) -> AnalyzedQuery:
        """A text read once: what it asks about, and whether it leaves that to what was said before it."""
        with span("read"):
            return self.matcher.read(text)

    def stands_alone(self, query: AnalyzedQuery) -> bool:
        """Whether a message says all that it asks about, so that nothing before it matters."""
        return (
            has_strong_name(query.named)
            and self.matcher.evidence.knows_topic(query)
            and POINTING_BACK.isdisjoint(query.query.words)
        )

    def match(self, asked: str | AnalyzedQuery, thread: Sequence[str] = (), service: str | None = None) -> Matches:
        """What was found for a question, with what speaks for it: see `reply`."""
        query = self.read(asked) if isinstance(asked, str) else asked
        with span("match"):
            return self.matcher.match(query, self.up_to_asking(thread) if query.is_empty else thread, service)

    def up_to_asking(self, thread: Sequence[str]) -> Sequence[str]:
        """The earlier messages up to the last one that asks: what "who owns this?" is about.

        Where none asks, it is about the first one that is about anything of AWS, such as a notice; chatter after it
        changes nothing.

        Args:
            thread: earlier messages of people, oldest first.
        """
        turns = [message for message in thread if not self.is_chatter(message)]
        for end in range(len(turns), 0, -1):
            if self.answers(turns[end - 1], turns[: end - 1]):
                return turns[:end]
        noticed = next((message for message in thread if self.answers("", [message])), None)
        return thread[:1] if noticed is None else [noticed]

    def is_chatter(self, message: str) -> bool:
        """Whether a message asks nothing, and tells nothing of AWS: "no idea", "me too", "+1"."""
        query = self.read(message)
        asks = "?" in query.query.original or asks_who(query.query.text)
        return not (asks or query.named or self.matcher.evidence.knows_topic(query))

    def answers(self, text: str, thread: Sequence[str]) -> bool:
        """Whether a message would be answered, were it asked in its thread."""
        return decide(self.matcher.match(text, thread), self.knowledge).answered

    def reply(self, asked: str | AnalyzedQuery, thread: Sequence[str] = (), service: str | None = None) -> Answer:
        """The answer to a question; blank text gets an answer that claims nothing.

        Args:
            asked: the text as it was typed, or what `read` made of it.
            thread: earlier messages of people in its thread, oldest first.
            service: the slug of the service that it is about, where the asker has said so.
        """
        question = asked if isinstance(asked, str) else asked.query.original
        with span("answer") as say:
            answer = replace(decide(self.match(asked, thread, service), self.knowledge), question=question)
            say("outcome", answer.outcome)
            say("confidence", answer.confidence)
        return answer

    def choose(self, key: str, question: str = "") -> Answer | None:
        """The answer to a reading by its key; None where there is none any more: see `answer_for`."""
        return answer_for(key, self.knowledge, question)


@dataclass
class Bot:
    """Answers questions from the newest valid knowledge. Safe to use from many threads.

    A change of the knowledge replaces the state as a whole. A surface takes `state` once for each request, and asks
    that, so that an answer is of one piece.
    """

    state: State = field(repr=False)
    folders: Sequence[Path] = ()
    cache: Cache = NO_CACHE
    bare: bool = False  # of the lowest folder only what things are called is known, and nothing that it states
    files: Sequence[Path] = ()  # of weights that `srmbot learn` wrote
    problems: Sequence[Problem] = ()  # what the folders had wrong when they were read last
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)  # held while the state is replaced
    learner: threading.Thread | None = field(default=None, repr=False)

    @classmethod
    def from_folders(
        cls, folders: Sequence[Path], cache: Cache, *, bare: bool = False, files: Sequence[Path] = ()
    ) -> Bot:
        """A bot that knows what some folders say, the lowest first.

        Args:
            folders: at least one.
            cache: where what was learned is kept.
            bare: take from the lowest only what things are called and how people ask, and nothing that it states.
            files: of weights that `srmbot learn` wrote.

        Raises:
            KnowledgeError: with every problem found in them.
        """
        knowledge, ways = read_knowledge(folders, cache, bare=bare)
        return cls(make_state(knowledge, ways, cache, files), folders, cache, bare, files)

    @property
    def knowledge(self) -> Knowledge:
        """What is known now."""
        return self.state.knowledge

    def refresh(self) -> Sequence[Problem]:
        """Read the folders again: valid knowledge answers from now on, invalid knowledge changes nothing.

        A new text shows in the next answer; what questions mean is learned anew in the background. Only where there
        are other services or topics than before is it learned first, for some seconds: the old weights name the
        old ones.

        Returns:
            Every problem of the folders; they are kept as `problems`, and logged.
        """
        with self.lock:
            try:
                knowledge, ways = read_knowledge(self.folders, self.cache, bare=self.bare)
            except KnowledgeError as fault:
                self.keep_problems(fault.problems)
                return self.problems
            self.keep_problems(())
            if knowledge.version != self.knowledge.version:
                self.replace_state(knowledge, ways)
        return ()

    def keep_indexes(self) -> None:
        """Let the next start find in the cache what was indexed to answer."""
        if self.state.learned:
            keep_indexes(self.state.matcher.meanings, self.cache)

    def replace_state(self, knowledge: Knowledge, ways: Callable[[], Sequence[ExampleQuestion]]) -> None:
        """Answer from new knowledge; the lock is held."""
        loaded = {"knowledge": knowledge.version[:7], "duties": len(knowledge.duties)}
        if same_names(self.knowledge, knowledge) and can_learn():
            old = self.state.matcher.weights
            self.state = State(knowledge, Matcher(knowledge, old), ways, learned=False)
            self.start_learning()
        else:
            self.state = make_state(knowledge, ways, self.cache, self.files)
        log.info("knowledge_loaded", extra=loaded)

    def keep_problems(self, problems: Sequence[Problem]) -> None:
        """Keep what was found wrong, and log it where it is new."""
        if problems == self.problems:
            return
        self.problems = problems
        kept = {"knowledge": self.knowledge.version[:7]}
        for problem in problems[:LOGGED]:
            log.error("knowledge_problem", extra={"at": problem.at, "what": problem.what, "fix": problem.fix})
        if problems:
            log.error("knowledge_invalid", extra={"count": len(problems), **kept})
        else:
            log.info("knowledge_valid", extra=kept)

    def start_learning(self) -> None:
        """Learn in a thread of its own, unless one does already; the lock is held."""
        if self.learner is None:
            self.learner = threading.Thread(target=self.learn_newest, name="learner", daemon=True)
            self.learner.start()

    def learn_newest(self) -> None:
        """Learn until the newest knowledge has been learned from; what came too late for it is thrown away."""
        held: State | None = None
        learned = None
        while True:
            with self.lock:
                if held is self.state and learned:
                    self.state = replace(held, matcher=Matcher(held.knowledge, learned), learned=True)
                    log.info("knowledge_learned", extra={"knowledge": held.knowledge.version[:7]})
                if held is self.state or self.state.learned:
                    self.learner = None
                    return
                held = self.state
            learned = try_learning(held, self.cache, self.files)


def make_state(
    knowledge: Knowledge, ways: Callable[[], Sequence[ExampleQuestion]], cache: Cache, files: Sequence[Path]
) -> State:
    """What there is to answer from; where nothing can be learned, by what was learned from other knowledge."""
    try:
        learned = load_or_learn(knowledge, ways, cache, learn_in_process, files)
    except NotLearnedError:
        return State(knowledge, Matcher(knowledge, borrow(knowledge, cache, files)), ways, learned=False)
    return State(knowledge, Matcher(knowledge, learned), ways)


def read_knowledge(
    folders: Sequence[Path], cache: Cache, *, bare: bool = False
) -> tuple[Knowledge, Callable[[], Sequence[ExampleQuestion]]]:
    """What some folders say, and what gives the ways to ask in them.

    Both are of the same bytes, however the files change in between.

    Raises:
        KnowledgeError: with every problem found.
    """
    layers = read_folders(folders, bare=bare)
    return load_layers(layers, cache), once(lambda: load_examples(layers))


def same_names(old: Knowledge, new: Knowledge) -> bool:
    """Whether weights learned from the old knowledge can be used with the new: they name services and topics."""
    return old.services.keys() == new.services.keys() and old.topics.keys() == new.topics.keys()


def try_learning(state: State, cache: Cache, files: Sequence[Path]) -> Weights | None:
    """Learn from a state's knowledge. Returns None if that fails; the log says why."""
    try:
        return load_or_learn(state.knowledge, state.examples, cache, learn_in_process, files)
    except Exception:
        log.exception("learning_failed")
        return None
