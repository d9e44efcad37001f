"""Knowledge and ways to ask -> weights: linear models over the same features, one head a question.

The only user of scikit-learn, numpy and scipy, which take a second to import: nothing else imports this
module at its top.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from srmbot.model import Duty, ExampleQuestion, Knowledge
from srmbot.query import parse, tokenize
from srmbot.search.analyzer import AnalyzedQuery, Analyzer
from srmbot.search.features import (
    Counts,
    Parts,
    context_features,
    cross_features,
    ngram_counts,
    shape_features,
    word_counts,
)
from srmbot.search.learning.matrix import (
    RAREST,
    build_blocks,
    build_vocabulary,
    count_words,
    spelling_rows,
    tfidf,
    tfidf_of_pieces,
)
from srmbot.search.learning.sense import learn_sense
from srmbot.search.learning.word_vectors import learn_word_vectors
from srmbot.search.learning.write import pack
from srmbot.search.meaning_ranking import keep_phrases
from srmbot.search.service_names import has_strong_name
from srmbot.search.spelling import SHORTEST, Spelling, Words
from srmbot.search.weights import SENSE, WORD_VECTORS, Head, place_blocks

FREQUENT_TEXTS = 3  # texts that a word must be in for typos to be corrected to it
MAX_DUTIES = 180  # duties of a topic that are learned from
FIRST_DUTIES = 100  # of them the first ones: those of the lowest folder, which the bank asks about
FACT_WEIGHT = 0.25  # what a number or a next step counts beside a question
DUTY_WEIGHT = 0.5  # what a duty's text counts beside a question: people do not ask in its words
Read = Callable[[str], AnalyzedQuery]  # a text -> the same with its names found
IN_SCOPE, OUT_OF_SCOPE = "in_scope", "out_of_scope"


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """A text with what is known of it; None is left out of that head."""

    parts: Parts
    topic: str | None = None
    service: str | None = None  # where the words alone must tell it
    owner: str | None = None
    in_scope: str | None = None
    about: str | None = None  # the service, however it is known
    named: bool = False  # whether the text names it
    weight: float = 1.0  # what it counts beside others


# How much a head may bend to single examples (C of the support vector machine), by bench/voices.py
HEAD_BEND = {"topic": 0.4, "service": 1.0, "owner": 0.3, "in_scope": 0.5}


def learn(knowledge: Knowledge, asked: Iterable[ExampleQuestion]) -> bytes:
    """The weights learned from all that is known and asked, ready to be written to a file.

    The same knowledge gives the same weights. Source: linear support vector machines over TF-IDF of words
    and pieces of words, as in Joachims, "Text categorization with support vector machines", ECML 1998.
    """
    asked = tuple(asked)
    known = count_repeated(knowledge, asked)
    frequent = [word for word, count in known.items() if count >= FREQUENT_TEXTS and len(word) >= SHORTEST - 1]
    reader = Analyzer(knowledge, Spelling(lambda: frequent, known.__contains__))
    read = cache(lambda text: reader.analyze(parse(text)))  # most phrases are learned from more than once
    examples = list(training_examples(knowledge, asked, read))
    kinds = build_blocks(map(extract_features, examples))
    words = count_words(word_counts(example.parts) for example in examples)
    # what the topic is learned from is part of what the owner is learned from
    given = [one for name in ("text", "owner", "in_scope") for one in kinds[name]]
    columns, idf = build_vocabulary(given, words, len(examples))
    text = tfidf_of_pieces(words, columns, idf) + sum(tfidf(one, columns, idf) for one in kinds.pop("text"))
    heads, weights = [], []
    for name, bend in HEAD_BEND.items():
        rows = [at for at, example in enumerate(examples) if getattr(example, name) is not None]
        # no text has a feature of what is known beside it, so that they can be added up
        matrix = sum((tfidf(one, columns, idf)[rows] for one in kinds.pop(name, ())), text[rows])
        head, learned = fit(name, matrix, [examples[at] for at in rows], bend)
        heads.append(head)
        weights.append(learned)
    share = idf / idf.max()  # only the proportions matter: a text is brought to length 1
    table = np.vstack(weights).T
    more = spelling_rows(words, columns, share, table)
    keys = np.concatenate([columns, more.keys]).tolist()
    content = pack(heads, keys, np.concatenate([share, more.lengths]), np.vstack([table, more.table]), frequent)
    texts = [join_parts(each.parts) for each in examples]
    blocks = [
        (WORD_VECTORS, "", learn_word_vectors(texts, phrase_groups(knowledge, read))),
        (SENSE, "", learn_sense(knowledge.boundaries)),
    ]
    return keep_phrases(place_blocks(content, blocks), knowledge)


def phrase_groups(knowledge: Knowledge, read: Read) -> list[list[Words]]:
    """The phrases of every duty and boundary: those of one are about the same."""
    phrases = [*(duty.phrases for duty in knowledge.duties), *(each.phrases for each in knowledge.boundaries)]
    return [[join_parts(read(text).parts) for text in group] for group in phrases]


def join_parts(parts: Parts) -> Words:
    """All words of a text."""
    return tuple(word for words, _ in parts for word in words)


def extract_features(example: TrainingExample) -> dict[str, tuple[Counts, ...]]:
    """The features of a text, and by head those of what is known beside it.

    For the topic that is the service if it is named, for the owner the entry.
    """
    parts, about, topic = example.parts, example.about, example.topic
    named = about if example.named else None
    return {
        "text": (ngram_counts(parts),),
        "topic": (context_features(named), cross_features(parts, named)),
        "owner": (context_features(about, topic), cross_features(parts, about), cross_features(parts, topic)),
        "in_scope": (shape_features(parts),),
    }


def sample_duties(duties: Sequence[Duty]) -> list[Duty]:
    """The duties to learn from: of a topic that has very many, some from all over its services.

    A model of topics needs no more of them, and the words of single duties are found by `recall`.
    """
    by_topic: dict[str, list[Duty]] = {}
    for duty in duties:
        by_topic.setdefault(duty.topic, []).append(duty)
    few = (
        rows
        if len(rows) <= MAX_DUTIES
        else [*rows[:FIRST_DUTIES], *sample_evenly(rows[FIRST_DUTIES:], MAX_DUTIES - FIRST_DUTIES)]
        for rows in by_topic.values()
    )
    return [duty for rows in few for duty in rows]


def sample_evenly(rows: Sequence[Duty], count: int) -> list[Duty]:
    """So many of them, at even distances."""
    return [rows[number * len(rows) // count] for number in range(count)]


def count_repeated(knowledge: Knowledge, asked: Iterable[ExampleQuestion]) -> dict[str, int]:
    """The words that stand in several texts, with how many these are; the most frequent first."""
    texts = (text for duty in sample_duties(knowledge.duties) for text in (duty.duty, duty.why, *duty.say))
    names = (name for topic in knowledge.topics.values() for name in (topic.title, *topic.aliases) * FREQUENT_TEXTS)
    services = (name for one in knowledge.services.values() for name in (*one.aliases, *one.hints) * FREQUENT_TEXTS)
    counted = Counter(
        word for text in (*texts, *names, *services, *(way.text for way in asked)) for word in set(parse(text).words)
    )
    found = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return {word: count for word, count in found if count >= RAREST}


def training_examples(knowledge: Knowledge, asked: Iterable[ExampleQuestion], read: Read) -> Iterable[TrainingExample]:
    """What there is to learn from: duties, topics, and ways to ask."""

    def hidden(text: str) -> Parts:
        return read(text).parts

    for duty in sample_duties(knowledge.duties):
        yield from duty_examples(duty, hidden)
    for boundary in knowledge.boundaries:
        for text in boundary.phrases:
            yield TrainingExample(
                hidden(text),
                topic=boundary.topic,
                in_scope=IN_SCOPE,
                about=boundary.service,
                named=True,
                weight=DUTY_WEIGHT,
            )
    for topic in knowledge.topics.values():
        for text in (topic.title, *topic.aliases):
            yield TrainingExample(((tokenize(text), 1.0),), topic=topic.slug)
    for way in asked:
        subject = read(way.text)
        strong = has_strong_name(subject.named)
        yield TrainingExample(
            subject.parts,
            topic=way.topic,
            service=None if strong else way.service,
            owner=way.owner,
            in_scope=IN_SCOPE if way.topic else OUT_OF_SCOPE,
            about=way.service,
            named=strong,
        )


def duty_examples(duty: Duty, hidden: Callable[[str], Parts]) -> Iterable[TrainingExample]:
    """What there is to learn from one duty: its reason, what it is called, its numbers and next step."""

    def example(text: str, weight: float, owner: str | None = None) -> TrainingExample:
        return TrainingExample(
            hidden(text), topic=duty.topic, owner=owner, about=duty.service, named=True, weight=weight
        )

    yield from (example(text, DUTY_WEIGHT) for text in filter(None, [duty.why]))
    yield from (example(text, DUTY_WEIGHT, duty.owner) for text in duty.phrases)
    yield from (example(text, FACT_WEIGHT) for text in (*duty.facts, *filter(None, [duty.next])))


def fit(name: str, matrix: csr_matrix, examples: Sequence[TrainingExample], bend: float) -> tuple[Head, np.ndarray]:
    """One head: its classes with their biases, and a row of weights a class."""
    labels = [getattr(example, name) for example in examples]
    classes = sorted(set(labels))
    if len(classes) < 2:  # nothing to tell apart, as in a folder without messages that are not ours
        return Head(name, tuple(classes), (0.0,) * len(classes)), np.zeros((len(classes), matrix.shape[1]))
    balance = "balanced" if name == "in_scope" else None
    counted = [example.weight for example in examples]
    model = LinearSVC(C=bend, random_state=0, class_weight=balance).fit(matrix, labels, counted)
    if len(classes) == 2:  # one plane between two classes: its two sides
        coef, bias = np.vstack([-model.coef_, model.coef_]), np.array([-model.intercept_[0], model.intercept_[0]])
    else:
        coef, bias = model.coef_, model.intercept_
    return Head(name, tuple(model.classes_), tuple(bias.tolist())), coef
