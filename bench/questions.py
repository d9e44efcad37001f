"""Right, wrong and left alone on labelled questions: `python -m bench.questions [FILE or FOLDER …]`.

Without arguments: the development set and the golden questions. Neither is learned from.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.knowledge.load import built_in
from tests.support.labelled import judge, read, table

HERE = Path(__file__).parent
SETS = (HERE / "questions" / "dev.jsonl", HERE.parent / "tests" / "questions")


def main(paths: list[Path]) -> None:
    """Print a table a set, and what a question takes."""
    bot = Bot.from_folders([built_in()], Cache(None))
    for path in paths:
        questions = read(path)
        started = perf_counter()
        judged = list(judge(bot.state.matcher, bot.knowledge, questions))
        each = (perf_counter() - started) / len(questions) * 1000
        print(f"{path.name}: {len(questions)} questions, {each:.2f} ms each")
        print("\n".join(table(judged)), end="\n\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or list(SETS))
