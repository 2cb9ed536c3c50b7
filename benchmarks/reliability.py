"""Is `confidence` to be trusted? For each band, how many tasks were right in text, lead and deadlines.

    reliability.py --gold DIR --predicted DIR      what was written for labelled documents
    reliability.py --damage FILE...                documents damaged in known ways, and the factors that fit them

With --damage each FILE has its truth beside it or in --truth: STEM.json, labels in the format of the contract or what
`kehoach extract` wrote and somebody read. Every file is run intact and once per kind of damage (damage.py); base and
factors are fitted by maximum likelihood, and the figures after are of documents that the fit did not see: each in
turn is left out. `--write` puts the factors of all into extractor/rules/confidence.toml.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from damage import DAMAGES
from rapidfuzz import fuzz, process

from extractor.errors import KehoachError
from extractor.options import Options
from extractor.pipeline import extract_source
from extractor.read import read
from extractor.read.syllables import bare
from extractor.rules import load
from extractor.tasks.confidence import doubts

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)
RULES = Path(__file__).parents[1] / "extractor" / "rules" / "confidence.toml"
_LIKE, _SAME_NAME = 82, 88


class Case(NamedTuple):
    """A predicted task: where it is from, its doubts, its confidence as the rules stand, and whether it is right."""

    document: str
    damage: str
    origin: str
    doubts: tuple[str, ...]
    stated: float
    right: bool

    @property
    def weight(self) -> int:
        """A document counts as often intact as damaged in any way."""
        return len(DAMAGES) - 1 if self.damage == "intact" else 1


def fold(s: str) -> str:
    """Letters and digits in lower case, without marks."""
    return " ".join(re.sub(r"[^\w ]", " ", bare(s).casefold()).split())


def names(agencies: list[Any]) -> list[str]:
    """Names of agencies, of labels (strings) and of output (objects) alike."""
    return sorted(fold(a if isinstance(a, str) else a["name"]) for a in agencies)


def judge(predicted: list[dict[str, Any]], truth: list[dict[str, Any]]) -> list[bool]:
    """For each predicted task whether the likest true one, not yet taken, has its text, leads and deadlines."""
    free = dict(enumerate(truth))
    out = []
    for task in predicted:
        texts = {i: fold(t["text"]) for i, t in free.items() if t["origin"] == task["origin"]}
        best = process.extractOne(fold(task["text"]), texts, scorer=fuzz.ratio, score_cutoff=_LIKE)
        found = free.pop(best[2]) if best else None
        out.append(found is not None and _same(task, found))
    return out


def _same(task: dict[str, Any], found: dict[str, Any]) -> bool:
    a, b = names(task["lead"]), names(found["lead"])
    leads = len(a) == len(b) and all(fuzz.ratio(x, y) >= _SAME_NAME for x, y in zip(a, b, strict=True))
    keys = ("kind", "start", "end", "rrule")
    times = [sorted(str([d.get(k) for k in keys]) for d in t["deadlines"]) for t in (task, found)]
    return leads and times[0] == times[1]


def damaged(paths: list[Path], truths: Path | None) -> list[Case]:
    """The tasks of every document, intact and under each damage."""
    cases: list[Case] = []
    for path in paths:
        folders = [d for d in (truths, path.parent, path.parent / "expected") if d]
        beside = [d / f"{n}.json" for d in folders for n in (path.stem, path.name)]
        truth = json.loads(next(p for p in beside if p.exists()).read_text("utf-8"))["tasks"]
        source = read(path, Options())
        for kind, damage in DAMAGES.items():
            spoilt = damage(source, random.Random(f"{path.name} {kind}"))
            if kind != "intact" and spoilt == source:
                continue
            try:
                document = extract_source(spoilt, options=Options())
            except KehoachError:
                continue
            plain = json.loads(document.to_json())["tasks"]
            pages = source.info.ocr_pages
            cases += [
                Case(path.stem, kind, t.origin, doubts(t, ocr_pages=pages), t.confidence, right)
                for t, right in zip(document.tasks, judge(plain, truth), strict=True)
            ]
    return cases


def fit(cases: list[Case]) -> dict[str, float]:
    """Base by origin and factor by doubt that make what was seen most likely: one after the other until they rest.

    Every factor has the weight of four cases of the rate it had, so that a doubt that is rare moves little.
    """
    groups: Counter[tuple[str, tuple[str, ...], bool]] = Counter()
    for c in cases:
        groups[c.origin, c.doubts, c.right] += c.weight
    rules = load("confidence")
    values: dict[str, float] = {f"base {o}": rules["base"][o] for o in ("prose", "table")}
    values |= {row["name"]: 0.9 for row in rules["doubt"]}
    grid = [round(x / 100, 2) for x in range(20, 101)]

    def chance(origin: str, held: tuple[str, ...]) -> float:
        p = values[f"base {origin}"]
        for name in held:
            p *= values[name]
        return min(max(p, 0.01), 0.99)

    def likelihood(name: str) -> float:
        total = 4 * (0.9 * math.log(min(values[name], 0.99)) + 0.1 * math.log(1 - min(values[name], 0.99)))
        for (origin, held, right), n in groups.items():
            if name in held or name == f"base {origin}":
                p = chance(origin, held)
                total += n * math.log(p if right else 1 - p)
        return total

    for _ in range(6):
        for name in values:
            scored = []
            for x in grid:
                values[name] = x
                scored.append((likelihood(name), x))
            values[name] = max(scored)[1]
    return values


def stated(case: Case, values: dict[str, float]) -> float:
    """The confidence of a case under base and factors."""
    p = values[f"base {case.origin}"]
    for name in case.doubts:
        p *= values[name]
    return p


def table(stated_and_right: list[tuple[float, bool, int]]) -> None:
    """Print the reliability table with Brier score and expected calibration error; the third value is the weight."""
    counts: dict[int, list[float]] = defaultdict(lambda: [0, 0, 0.0])
    for p, right, n in stated_and_right:
        band = max(i for i, low in enumerate(BANDS) if p >= low)
        counts[band][0] += n
        counts[band][1] += n * right
        counts[band][2] += n * p
    print(f"{'confidence':>14}{'tasks':>8}{'right':>8}{'stated':>8}{'share':>8}")
    for i, (low, high) in enumerate(pairwise(BANDS)):
        n, right, total = counts[i]
        shown = f"{total / n:>8.3f}{right / n:>8.3f}" if n else f"{'–':>8}{'–':>8}"
        print(f"{low:>7.2f}–{min(high, 1.0):<6.2f}{n:>8}{right:>8}{shown}")
    whole = sum(n for _, _, n in stated_and_right)
    brier = sum(n * (p - right) ** 2 for p, right, n in stated_and_right) / whole
    gap = sum(abs(c[1] - c[2]) for c in counts.values()) / whole
    share = sum(n * right for _, right, n in stated_and_right) / whole
    print(f"Brier {brier:.4f}   ECE {gap:.4f}   tasks {len(stated_and_right)}, weighted {whole}   right {share:.3f}\n")


def write(values: dict[str, float]) -> None:
    """Put base and factors into the rules."""
    text = RULES.read_text("utf-8")
    for name, value in values.items():
        if name.startswith("base "):
            text = re.sub(rf"(?m)^{name[5:]} = [\d.]+$", f"{name[5:]} = {value}", text)
        else:
            text = re.sub(rf'(?m)^(name = "{name}".*\nfactor = )[\d.]+$', rf"\g<1>{value}", text)
    RULES.write_text(text, "utf-8")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--predicted", type=Path)
    parser.add_argument("--damage", type=Path, nargs="+")
    parser.add_argument("--truth", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.damage:
        cases = damaged(given.damage, given.truth)
        for kind in DAMAGES:
            rows = [c.right for c in cases if c.damage == kind]
            print(f"{kind:>16}: {sum(rows)} of {len(rows)} right" if rows else f"{kind:>16}: –")
        print("\nas the rules stand")
        table([(c.stated, c.right, c.weight) for c in cases])
        print("fitted, each document left out in turn")
        unseen: list[tuple[float, bool, int]] = []
        for name in sorted({c.document for c in cases}):
            values = fit([c for c in cases if c.document != name])
            unseen += [(stated(c, values), c.right, c.weight) for c in cases if c.document == name]
        table(unseen)
        values = fit(cases)
        seen = Counter(name for c in cases for name in c.doubts)
        wrong = Counter(name for c in cases for name in c.doubts if not c.right)
        for name, value in values.items():
            print(f"{name:>20} {value:.2f}   {seen[name]} tasks, {wrong[name]} wrong")
        if given.write:
            write(values)
        return
    pairs = []
    for path in sorted(given.gold.glob("*.json")):
        predicted = given.predicted / path.name
        if predicted.exists():
            tasks = json.loads(predicted.read_text("utf-8"))["tasks"]
            rights = judge(tasks, json.loads(path.read_text("utf-8"))["tasks"])
            pairs += [(t["confidence"], right, 1) for t, right in zip(tasks, rights, strict=True)]
    table(pairs)


if __name__ == "__main__":
    main()
