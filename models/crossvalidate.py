"""Rules alone, judge alone and both, on documents that the judge has not seen.

    crossvalidate.py --folder SOURCES GOLD [--folder …] [--unseen SOURCES GOLD] [--output FILE]

Each document of a `--folder` is judged by a model trained on data/ and on the labels of the other documents (leave
one out), and by the shipped model, trained on data/ alone. Those of `--unseen` are judged by the shipped model only.
Intervals are of 95 per cent, by drawing whole documents again 2,000 times. Nothing of a document is written.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from decisions import OTHER, Decision, decisions, pairs
from examples import Example, training
from train import HERE, NAME, train

from extractor.evaluate.labels import parse_labels
from extractor.evaluate.scoring import score
from extractor.judge.judge import Judge, load
from extractor.language.vietnamese import register
from extractor.layout.columns import SURE

_DRAWS = 2000
_REPEATED = 3


class Judged(NamedTuple):
    """A decision with the three answers."""

    decision: Decision
    model: str
    both: str


def judged(judge: Judge, found: Sequence[Decision]) -> list[Judged]:
    """The rules keep what they are sure of; the judge speaks where they have no rule and it is sure enough."""
    out: list[Judged] = []
    for d in found:
        component = d.component.split()[0]
        answer = judge.ask(component, d.words)
        label = simplified(component, answer.label)
        speaks = d.doubt and answer.sure >= SURE and (component != "column_role" or d.rules == "other")
        out.append(Judged(d, label, label if speaks else d.rules))
    return out


def simplified(component: str, label: str) -> str:
    """The label as the documents are labelled: a task or not; lead, cooperating or neither."""
    if component == "item_kind":
        return "task" if label == "task" else "other"
    if component == "agency_role":
        return label if label in ("lead", "cooperating") else OTHER
    return label


def as_training(found: Sequence[Decision]) -> list[Example]:
    """Decisions of labelled documents as examples; of an item that is no task only that is learned."""
    out: list[Example] = []
    for d in found:
        component = d.component.split()[0]
        known = not (component == "item_kind" and d.truth == "other") and d.truth != OTHER
        out.append(Example(d.words, component, d.truth if known else "", ""))
    return out * _REPEATED


def interval(groups: dict[str, list[Judged]], measure: Callable[[Judged], float]) -> tuple[float, float]:
    """95 per cent of the means over documents drawn with return."""
    random_ = random.Random(0)
    sums = [(sum(map(measure, g)), len(g)) for g in groups.values()]
    means: list[float] = []
    for _ in range(_DRAWS):
        drawn = random_.choices(sums, k=len(sums))
        means.append(sum(s for s, _ in drawn) / max(1, sum(n for _, n in drawn)))
    means.sort()
    return means[int(0.025 * _DRAWS)], means[int(0.975 * _DRAWS) - 1]


def summary(found: Sequence[Judged]) -> dict[str, Any]:
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in found:
        groups[j.decision.document].append(j)
    n = max(1, len(found))
    right = {
        "rules": sum(j.decision.rules == j.decision.truth for j in found) / n,
        "model": sum(j.model == j.decision.truth for j in found) / n,
        "both": sum(j.both == j.decision.truth for j in found) / n,
    }
    gain = interval(groups, lambda j: (j.both == j.decision.truth) - (j.decision.rules == j.decision.truth))
    agree = [j for j in found if j.model == j.decision.rules]
    differ = [j for j in found if j.model != j.decision.rules]
    return {
        "documents": len(groups),
        "decisions": len(found),
        **{k: round(v, 4) for k, v in right.items()},
        "model_interval": _rounded(interval(groups, lambda j: j.model == j.decision.truth)),
        "rules_interval": _rounded(interval(groups, lambda j: j.decision.rules == j.decision.truth)),
        "gain": round(right["both"] - right["rules"], 4),
        "gain_interval": _rounded(gain),
        "rules_where_agreed": _share(agree),
        "rules_where_not": _share(differ),
        "not_agreed": len(differ),
    }


def _rounded(pair: tuple[float, float]) -> list[float]:
    return [round(v, 4) for v in pair]


def _share(found: Sequence[Judged]) -> float | None:
    return round(sum(j.decision.rules == j.decision.truth for j in found) / len(found), 4) if found else None


def table(found: Sequence[Judged]) -> dict[str, Any]:
    """A summary for each decision, and below it for each kind of document."""
    out: dict[str, Any] = {}
    for component in dict.fromkeys(j.decision.component for j in found):
        mine = [j for j in found if j.decision.component == component]
        out[component] = summary(mine)
        doubtful = [j for j in mine if j.decision.doubt]
        if doubtful and len(doubtful) < len(mine):
            out[component]["in_doubt"] = summary(doubtful)
        kinds = sorted({j.decision.kind for j in mine})
        out[component]["kinds"] = {
            k: {key: v for key, v in summary([j for j in mine if j.decision.kind == k]).items() if key in
                ("documents", "decisions", "rules", "model", "both")}
            for k in kinds
        }  # fmt: skip
    return out


def whole_plans(sources: Sequence[tuple[Path, Any]], model: str) -> dict[str, Any]:
    """F1 of the tasks, leads and deadlines of whole documents without and with the judge."""
    from extractor import Options, extract

    out: dict[str, Any] = {}
    for name, options in (("rules", Options()), ("both", Options(model=model))):
        scored = [score(gold, parse_labels(json.loads(extract(s, options=options).to_json()))) for s, gold in sources]
        out[name] = {
            field: round(sum((x.counts[field] for x in scored[1:]), scored[0].counts[field]).f1, 4)
            for field in ("tasks", "lead", "cooperating", "deadlines")
        }
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, nargs=2, action="append", default=[], metavar=("SOURCES", "GOLD"))
    parser.add_argument("--unseen", type=Path, nargs=2, action="append", default=[], metavar=("SOURCES", "GOLD"))
    parser.add_argument("--model", type=Path, default=HERE / NAME)
    parser.add_argument("--output", type=Path, default=HERE.parent / "build/model/crossvalidation.json")
    arguments = parser.parse_args()
    register()
    shipped = load(str(arguments.model))
    result: dict[str, Any] = {}

    unseen = [p for folder in arguments.unseen for p in pairs(*folder)]
    if unseen:
        found = {source.stem: list(decisions(source, gold)) for source, gold in unseen}
        result["unseen, shipped model"] = table([j for d in found.values() for j in judged(shipped, d)])
        result["unseen, whole plans"] = whole_plans(unseen, str(arguments.model))

    known = [p for folder in arguments.folder for p in pairs(*folder)]
    labelled = {s: d for source, gold in known if (d := list(decisions(source, gold))) for s in [source.stem]}
    if labelled:
        result["labelled, shipped model"] = table([j for d in labelled.values() for j in judged(shipped, d)])
        result["labelled, whole plans"] = whole_plans(known, str(arguments.model))
        own, out = training(), []
        for stem in labelled:
            others = [e for s, d in labelled.items() if s != stem for e in as_training(d)]
            nlp = train(own + others, arguments.output.parent / "fold")
            out += judged(Judge(nlp), labelled[stem])
            print("left out:", stem, flush=True)
        result["labelled, leave one out"] = table(out)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(arguments.output)


if __name__ == "__main__":
    main()
