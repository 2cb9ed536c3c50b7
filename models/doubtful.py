"""Weak labels over a corpus, and the items on which they and the judge agree least.

    doubtful.py CORPUS [--most 100] [--output build/model/doubtful.jsonl]

Label functions, each made of rules, vote on every item of every document; the items on which the votes or the judge
differ most are written to be judged by a person. What is kept of a judgement (data/judged.jsonl) is the document's
name, a digest of the item, the answers and the reason, and never the text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from decisions import question
from train import HERE, NAME

from extractor.clean import clean
from extractor.errors import KehoachError
from extractor.judge.judge import load
from extractor.layout.frame import lay_out
from extractor.options import Options
from extractor.read import read
from extractor.resolve.responsibility import starts_with_verb
from extractor.tasks.section_rules import is_formula, is_particular, section_rule
from extractor.tasks.tree import Tree

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*%|\b(?:đạt|giảm|tăng|tối thiểu|ít nhất|phấn đấu)\b.*\d", re.IGNORECASE)
_HOW = re.compile(r"\b(?:phải|bảo đảm|đảm bảo|tránh|không được)\b", re.IGNORECASE)
_AIM = re.compile(r"^(?:nâng cao|góp phần|tạo|phát huy|nhằm|khơi dậy)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:đã|hiện có|hiện nay|còn nhiều|chưa được)\b", re.IGNORECASE)

# One long list of one kind must not fill the sample.
_MOST_OF_ONE = 8

Vote = Callable[[Tree, int], str | None]
VOTES: dict[str, Vote] = {
    "section": lambda t, i: _by_section(t, i),
    "heading_mark": lambda t, i: "heading" if t.labelled(i) and t.is_heading(i) else None,
    "verb": lambda t, i: "task" if starts_with_verb(t.line(i)) else None,
    "doer": lambda t, i: "task" if t.roles(i).lead else None,
    "figure": lambda t, i: "target" if _FIGURE.search(t.line(i)) and not t.roles(i).lead else None,
    "how": lambda t, i: "purpose" if _HOW.search(t.line(i)) and not starts_with_verb(t.line(i)) else None,
    "aim": lambda t, i: "purpose" if _AIM.match(t.line(i)) else None,
    "past": lambda t, i: "remark" if _PAST.search(t.line(i)) else None,
    "formula": lambda t, i: "remark" if is_formula(t.line(i)) or is_particular(t.line(i)) else None,
}


def _by_section(tree: Tree, index: int) -> str | None:
    """What the innermost heading with a rule says."""
    at = tree.nodes[index].parent
    while at is not None:
        rule = section_rule(tree.line(at)) if tree.is_heading(at) else None
        if rule:
            kinds = {"aims": "purpose", "ground": "remark", "when_and_where": "remark", "money": "remark"}
            return kinds.get(rule.name, "task")
        at = tree.nodes[at].parent
    return None


def digest(text: str) -> str:
    return hashlib.blake2s(" ".join(text.split()).encode("utf-8"), digest_size=6).hexdigest()


def weak_items(path: Path) -> Iterator[tuple[Tree, int, Counter[str]]]:
    """The labelled items of a document with their votes."""
    try:
        text = clean(read(path, Options(ocr="never")))
    except KehoachError:
        return
    tree = Tree(text, lay_out(text).nodes)
    for n in tree.nodes:
        if n.grid is None and n.parent is not None and n.label and 25 <= len(tree.line(n.index)) <= 400:
            votes = Counter(v for vote in VOTES.values() if (v := vote(tree, n.index)))
            if votes:
                yield tree, n.index, votes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--model", default=str(HERE / NAME))
    parser.add_argument("--output", type=Path, default=HERE.parent / "build/model/doubtful.jsonl")
    arguments = parser.parse_args()
    judge = load(arguments.model)
    rows: list[dict[str, Any]] = []
    count: Counter[str] = Counter()
    for path in sorted(p for p in arguments.corpus.rglob("*") if p.suffix in (".pdf", ".docx", ".txt")):
        for tree, index, votes in weak_items(path):
            (weak, first), *_ = votes.most_common()
            count[weak] += 1
            item = question(tree, index)
            answer = judge.item(item)
            agreement = first / sum(votes.values())
            rows.append(
                {
                    "document": path.stem, "item": digest(item.text), "weak": weak, "votes": dict(votes),
                    "model": answer.label, "sure": answer.sure, "text": item.text, "headings": item.headings,
                    # Doubt: the votes are split, and the judge is sure of something else.
                    "doubt": round((1 - agreement) + answer.sure * (answer.label != weak), 4),
                }
            )  # fmt: skip
    rows.sort(key=lambda r: -r["doubt"])
    taken: Counter[str] = Counter()
    sample: list[dict[str, Any]] = []
    for row in rows:
        taken[row["document"]] += 1
        if taken[row["document"]] <= _MOST_OF_ONE:
            sample.append(row)
    sample = sample[: arguments.most]
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in sample), "utf-8")
    print(f"{len(rows)} items, weak labels {dict(count)}; {len(sample)} most doubtful in {arguments.output}")


if __name__ == "__main__":
    main()
