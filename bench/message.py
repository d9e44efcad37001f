"""What a person reads of an answer in Slack: `python -m bench.message [--long N]`, over the golden questions."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from srmbot.answer import Answer
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.cli.setup import read_environment
from srmbot.fake_slack import message_problems
from srmbot.knowledge.load import built_in
from srmbot.render.message import as_message
from tests.support.labelled import FOLDER, read
from tests.support.on_screen import labels, said_twice, spread, words

LONGEST_LABEL = 30  # characters; Slack may cut what is longer


def main() -> None:
    """Print the measures, and the longest messages where that is asked for."""
    options = argparse.ArgumentParser()
    options.add_argument("--long", type=int, default=0, help="print so many of the longest messages")
    given = options.parse_args()
    bot = Bot.from_folders([built_in()], Cache(read_environment().cache))
    answers = [answer for row in read(FOLDER) if (answer := bot.state.reply(row.text, row.thread)).answered]
    messages = [as_message(answer) for answer in answers]
    print(f"{len(answers)} answers to golden questions")
    counts = [words(message["blocks"]) for message in messages]
    print("  words on screen, labels apart: median {:.0f}, p90 {:.0f} (aims 40, 65)".format(*spread(counts)))
    rows = [row for message in messages for row in labels(message["blocks"])]
    print(f"  rows with a label over {LONGEST_LABEL} characters: {sum(map(is_long, rows))} of {len(rows)}")
    print(f"  rows with two labels alike: {sum(map(has_twins, rows))} of {len(rows)}")
    one = [each for each in zip(answers, messages, strict=True) if not each[0].parts]
    twice = sum(bool(said_twice(answer, message["blocks"])) for answer, message in one)
    print(f"  answers about one thing that say a duty twice: {twice} of {len(one)}")
    addresses = sum("https://" in message["text"] for message in messages)
    print(f"  texts for screen readers with an address: {addresses} of {len(messages)}")
    print(f"  messages that Slack would refuse: {sum(bool(message_problems(each)) for each in messages)}")
    print_longest(answers, counts, given.long)


def is_long(row: Sequence[str]) -> bool:
    """Whether a label of a row may be cut."""
    return any(len(label) > LONGEST_LABEL for label in row)


def has_twins(row: Sequence[str]) -> bool:
    """Whether two labels of a row look the same once they are cut."""
    return len({label[:LONGEST_LABEL] for label in row}) < len(row)


def print_longest(answers: Sequence[Answer], counts: Sequence[int], most: int) -> None:
    """Print the questions whose messages have the most words."""
    ordered = sorted(zip(counts, (answer.question for answer in answers), strict=True), reverse=True)
    for count, question in ordered[:most]:
        print(f"  {count:4} {question[:100]!r}")


if __name__ == "__main__":
    main()
