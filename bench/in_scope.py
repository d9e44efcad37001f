"""Whether we are asked, fitted to labelled questions: `python -m bench.in_scope`.

The numbers in srmbot/search/confidence.py come from voices of the bank that were held out (`bench.voices`). People ask
in more ways than the bank, so they are drawn here towards the labelled questions, and stay near where they were: a
logistic regression whose penalty is the distance from the present numbers (a Gaussian prior). Prints what is kept and
left alone when each eighth is judged by the others, and the numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedKFold

from bench.questions import HERE, SETS
from srmbot.bot import Bot
from srmbot.cache import Cache
from srmbot.decide import IN_SCOPE_FROM, no_question
from srmbot.knowledge.load import built_in
from srmbot.search.confidence import IN_SCOPE_WEIGHTS, in_scope_cues
from tests.support.labelled import read
from tests.support.useful import read_rows

PRIOR = 1.0  # how strongly the present numbers hold
PARTS = 8
SEED = 0
NAMES = (*(name for name in IN_SCOPE_WEIGHTS if name != "bias"), "bias")
BEFORE = np.array([IN_SCOPE_WEIGHTS[name] for name in NAMES])


def main() -> None:
    """Print the shares and the numbers."""
    bot = Bot.from_folders([built_in()], Cache(None))
    found = list(cues(bot))
    rows = np.array([[*(float(row[name]) for name in NAMES[:-1]), 1.0] for row, _ in found])
    ours = np.array([asked for _, asked in found])
    likely = np.zeros(len(ours))
    for others, held in StratifiedKFold(PARTS, shuffle=True, random_state=SEED).split(rows, ours):
        likely[held] = likelihoods(rows[held], fit(rows[others], ours[others]))
    for name, each in (("as they are", likelihoods(rows, BEFORE)), ("fitted, on the eighth held out", likely)):
        kept, left = (each[ours] >= IN_SCOPE_FROM).mean(), (each[~ours] < IN_SCOPE_FROM).mean()
        print(f"{name:<32} ours kept {kept:.3f}, the rest left alone {left:.3f}, of {len(ours)}")
    print({name: round(float(weight), 2) for name, weight in zip(NAMES, fit(rows, ours), strict=True)})


def cues(bot: Bot) -> Iterator[tuple[dict[str, float], bool]]:
    """Each question's cues, and whether it is one; without those that are decided by their words alone."""
    labelled = [(row.text, row.thread, row.ours) for path in SETS for row in read(path)]
    more = [
        (row["text"], row.get("thread", ()), row["answer"]) for row in read_rows(HERE / "questions" / "useful.jsonl")
    ]
    for text, thread, ours in (*labelled, *more):
        matches = bot.state.match(text, thread)
        evidence = matches.evidence
        if matches.readings and not (evidence.keyword or evidence.from_parent or no_question(matches, bot.knowledge)):
            yield in_scope_cues(evidence, matches.form, matches.near), ours


def fit(rows: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """The numbers that fit best, and are near the present ones; the bias is free."""
    sign = np.where(ours, 1.0, -1.0)

    def loss(weights: np.ndarray) -> float:
        apart = (weights - BEFORE)[:-1]
        return float(np.logaddexp(0, -sign * (rows @ weights)).sum() + PRIOR * (apart @ apart))

    return np.asarray(minimize(loss, BEFORE, method="L-BFGS-B").x)


def likelihoods(rows: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """How likely each question is one."""
    return np.asarray(1 / (1 + np.exp(-rows @ weights)))


if __name__ == "__main__":
    main()
