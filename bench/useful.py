"""Whether answers say what was asked: `python -m bench.useful [--questions FILE …] [--missed]`.

Each question is labelled by what a useful answer holds: the owner, yes or no, the number, the next step, the proof,
each part. Beside our answer stands the same one cut down to whose task it is, which is what a matcher of topics and
owners alone could say.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.questions import HERE
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in
from srmbot.render.json import as_json
from tests.support.useful import GROUPS, Judged, judge_row, read_rows, share

OWNER_ALONE: Mapping[str, Any] = {"reply": None, "next": None, "evidence": [], "parts": []}


def main() -> None:
    """Print a table for each set of questions."""
    options = argparse.ArgumentParser()
    options.add_argument("--questions", nargs="+", type=Path, default=[HERE / "questions" / "useful.jsonl"])
    options.add_argument("--missed", action="store_true", help="list each question that is not answered well")
    given = options.parse_args()
    bot = Bot.from_folders([built_in()], Cache(None))
    for path in given.questions:
        rows = read_rows(path)
        answers = [answer(bot, row) for row in rows]
        ours = [judge_row(row, each) for row, each in zip(rows, answers, strict=True)]
        alone = [judge_row(row, cut_down(each)) for row, each in zip(rows, answers, strict=True)]
        print(f"{path.name}, {len(rows)} questions{'':<10} ours  owner alone  ratio")
        for name, styles in GROUPS.items():
            print(f"  {name:<32} {share(ours, styles):5.2f} {share(alone, styles):12.2f} {ratio(ours, alone, styles)}")
        print(f"  {'yes or no is right':<32} {replies(ours):5.2f}")
        if given.missed:
            for each in ours:
                if not each.useful:
                    print(
                        f"  {each.row['id']} {each.row['style']} | {each.row['text'][:90]!r} | {'; '.join(each.lacks)}"
                    )


def answer(bot: Bot, row: Mapping[str, Any]) -> dict[str, Any]:
    """What a question gets, as JSON."""
    return as_json(bot.state.reply(row["text"], row.get("thread", ())))


def cut_down(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer of which only the first sentence is left: whose task it is."""
    first = (answer["summary"] or "").removeprefix("Yes. ").removeprefix("No. ").removeprefix("Partly. ")
    return {**answer, **OWNER_ALONE, "summary": first.split(". ")[0], "why": None}


def ratio(ours: list[Judged], alone: list[Judged], styles: tuple[str, ...]) -> str:
    """How many times as often ours is useful."""
    less = share(alone, styles)
    return f"{share(ours, styles) / less:6.1f}" if less else "     -"


def replies(judged: list[Judged]) -> float:
    """The share of the questions that want yes or no which get the right one."""
    wanting = [each for each in judged if each.row.get("reply_ok")]
    return sum(each.answer.get("reply") in each.row["reply_ok"] for each in wanting) / max(1, len(wanting))


if __name__ == "__main__":
    main()
