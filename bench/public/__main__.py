"""`python -m bench.public FOLDER`: the matcher on public sets of intents, beside what is published of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

import numpy as np
from sklearn.metrics import matthews_corrcoef

from bench.public.ask import Guess, guess, intents_of, learn_set
from bench.public.sets import NO_INTENT, PublicSet, find_sets
from srmbot.search.learning import matrix

THRESHOLDS = [step / 10 for step in range(1, 10)]  # as HINT3 tries
ALONE = (0.90, 0.95)  # of what is out of scope
# Best of the five platforms that HINT3 publishes; what plain n-grams in a linear model give on the others.
PUBLISHED = {
    "HINT3 curekart": "MCC .603",
    "HINT3 curekart_subset": "MCC .604",
    "HINT3 powerplay11": "MCC .425",
    "HINT3 powerplay11_subset": "MCC .364",
    "HINT3 sofmattress": "MCC .638",
    "HINT3 sofmattress_subset": "MCC .555",
    "CLINC150": "right .928",
    "BANKING77": "right .908",
    "BANKING77-OOS": "at .95 far .741, near .410",
}
COLUMNS = (("set", 26), ("intents", 8), ("n", 6), ("right", 7), ("far .90", 9), ("far .95", 9), ("near .90", 9))
MORE = (("near .95", 9), ("MCC at", 13), ("ms", 6), ("  published", 30))


def main() -> None:
    """Learn each set and ask it, and print a line of figures."""
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("folder", type=Path, help="a folder with checkouts, named as their repositories are")
    asking.add_argument("--only", help="sets whose name begins with this")
    asking.add_argument("--rarest", type=int, default=matrix.RAREST, help="texts that a feature must stand in")
    args = asking.parse_args()
    matrix.RAREST = args.rarest
    print("".join(f"{title:<{wide}}" if title == "set" else f"{title:>{wide}}" for title, wide in (*COLUMNS, *MORE)))
    for each in find_sets(args.folder):
        if each.name.startswith(args.only or ""):
            print(measure(each), flush=True)


def measure(given: PublicSet) -> str:
    """One set's line."""
    matcher, intents = learn_set(given.learned), intents_of(given.learned)
    asked = [guess(matcher, intents, text) for text, _ in given.asked]
    right = np.array([found.intent == intent for found, (_, intent) in zip(asked, given.asked, strict=True)])
    cells = [f"{given.name:<26}", f"{len(intents):>8}", f"{len(asked):>6}", f"{right.mean():>7.3f}"]
    for outside in (given.far, given.near):
        scores = [guess(matcher, intents, text).score for text in outside]
        cells += [f"{right_beside(asked, right, scores, share):>9}" for share in ALONE]
    cells.append(f"{best_mcc(given, [guess(matcher, intents, text) for text, _ in given.mixed]):>13}")
    cells.append(f"{quantiles((found.ms for found in asked), n=2)[0]:>6.2f}")
    return "".join([*cells, f"  {PUBLISHED.get(given.name, ''):<28}"]).rstrip()


def right_beside(asked: Sequence[Guess], right: np.ndarray, outside: Sequence[float], share: float) -> str:
    """How many in scope are answered right where so many out of scope are left alone; blank without any."""
    if not outside:
        return ""
    least = np.quantile(np.array(outside), share)
    return f"{np.mean(right & (np.array([found.score for found in asked]) > least)):.3f}"


def best_mcc(given: PublicSet, found: Sequence[Guess]) -> str:
    """The correlation (MCC) with all labels, at the best of the thresholds, as HINT3 compares platforms."""
    if not found:
        return ""
    labels = [intent for _, intent in given.mixed]

    def correlation(least: float) -> float:
        said = [each.intent if each.likelihood >= least else NO_INTENT for each in found]
        return float(matthews_corrcoef(labels, said))

    best = max(THRESHOLDS, key=correlation)
    return f"{correlation(best):.3f} at {best}"


if __name__ == "__main__":
    main()
