"""Is `confidence` to be trusted? For each band, how many tasks were right in text, lead and deadlines.

    reliability.py --gold DIR --predicted DIR

DIR holds one JSON per document, the same stem on both sides: labels in the format of the contract on one side,
what `kehoach extract` wrote on the other.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

BANDS = (0.0, 0.6, 0.8, 0.9, 0.95, 1.01)


def fold(s: str) -> str:
    """Letters and digits in lower case."""
    return " ".join(re.sub(r"[^\w ]", " ", s.casefold()).split())


def is_right(task: dict[str, Any], gold: list[dict[str, Any]]) -> bool:
    """The likest gold task of the same origin has this text, these leads and these deadlines."""
    same = [g for g in gold if g["origin"] == task["origin"]]
    best = process.extractOne(fold(task["text"]), [fold(g["text"]) for g in same], scorer=fuzz.ratio, score_cutoff=82)
    if best is None:
        return False
    found = same[best[2]]
    leads = sorted(fold(a["name"]) for a in task["lead"]) == sorted(map(fold, found["lead"]))
    keys = ("kind", "start", "end", "rrule")
    times = [sorted(str([d.get(k) for k in keys]) for d in t["deadlines"]) for t in (task, found)]
    return leads and times[0] == times[1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--predicted", type=Path, required=True)
    given = parser.parse_args()
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for path in sorted(given.gold.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))["tasks"]
        for task in json.loads((given.predicted / path.name).read_text("utf-8"))["tasks"]:
            band = max(i for i, low in enumerate(BANDS) if task["confidence"] >= low)
            counts[band][0] += 1
            counts[band][1] += is_right(task, gold)
    print(f"{'confidence':>14}{'tasks':>8}{'right':>8}{'share':>8}")
    for i, (low, high) in enumerate(pairwise(BANDS)):
        n, right = counts[i]
        print(f"{low:>7.2f}–{min(high, 1.0):<6.2f}{n:>8}{right:>8}{(f'{right / n:.3f}' if n else '–'):>8}")


if __name__ == "__main__":
    main()
