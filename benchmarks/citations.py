"""Measure citations in one run: spans on VNLegalText, relations on the sentences of the tests, speed.

    python benchmarks/citations.py vnlegaltext-val.jsonl [--eyecite]

VNLegalText (validation part) is word-segmented; the segmentation is undone and offsets are carried over. Its
spans end with the date, so the issuer behind is cut from ours. Scored are references that carry a number.
The labels carry strings whose places were found by searching for the string, so that a string which is said
twice, or which begins a longer one ("Nghị định số 41/CP" in "Nghị định số 41/CP ngày …"), has a wrong place, and
labels lie upon each other. The words of a reference are therefore compared, sentence by sentence and as often as
each stands there, on both sides alike; beginning and end must agree to the letter. The figure is given for the
labels by place too, and once more without the title that a document gives itself, which stands before "Căn cứ" in
the same line and whose references were left unlabelled. The differences are counted by kind.

`--eyecite` runs eyecite's `get_citations` beside it, on an English text of the same length and with the same number of
citations, in the same run. eyecite is no dependency: install it where this runs (`pip install eyecite`), or name the
interpreter of an environment that has it with `--eyecite-python`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from extractor.document import Citation
from extractor.recognise.citations import find_citations

_DATE = re.compile(r",? ?\(?ngày ?[\d.…]{0,4}.*$|(?<= )(?:năm )?(?:19|20)\d\d$")
_OWN_TITLE = re.compile(r"(?:Thông tư(?: liên tịch)?|Nghị định|Quyết định|Luật|Nghị quyết) (?!số)[A-ZĐ].*?(?=Căn cứ )")
# "Mục V Thông tư số …": such places are followed by no label, "Điều" and "Khoản" are.
_PART = re.compile(r"(?:[Mm]ục|[Pp]hần|[Cc]hương|[Pp]hụ lục) ?[\w.]{0,4}[ -](?:của )?$")
_CLOSE_LEFT = frozenset(",.;:)]}%!?…”")
_CLOSE_RIGHT = frozenset("([{“")


def unsegment(value: str) -> tuple[str, list[int]]:
    """The running text of a segmented sentence, and for each of its old offsets the new one."""
    out: list[str] = []
    offsets: list[int] = []
    for i, ch in enumerate(value):
        offsets.append(len(out))
        if ch == " ":
            after, before = value[i + 1 : i + 2], value[i - 1 : i]
            if after in _CLOSE_LEFT or before in _CLOSE_RIGHT:
                continue
        out.append(" " if ch == "_" else ch)
    offsets.append(len(out))
    return "".join(out), offsets


def is_numbered(text: str) -> bool:
    """Whether a reference carries a number, besides its date."""
    return bool(re.search(r"\d", _DATE.sub("", text)))


def strict_span(c: Citation) -> tuple[int, int]:
    """The span of a mention without the issuer at its end."""
    end = c.span.end
    if c.issuer and c.text.endswith(c.issuer.name):
        end = c.span.start + len(c.text[: -len(c.issuer.name)].removesuffix(" ").removesuffix(" của"))
    return c.span.start, end


class Sentence(NamedTuple):
    """A sentence with the references that are labelled in it and those found, as half-open offsets."""

    text: str
    gold: frozenset[tuple[int, int]]
    found: frozenset[tuple[int, int]]

    def words(self, spans: frozenset[tuple[int, int]]) -> Counter[str]:
        """How often each reference stands in the sentence, as it is printed."""
        return Counter(self.text[s:e] for s, e in spans)

    def body(self) -> Sentence:
        """The sentence without the references in the title that its document gives itself."""
        title = _OWN_TITLE.match(self.text)
        after = title.end() if title else 0
        behind = (frozenset(span for span in spans if span[0] >= after) for spans in (self.gold, self.found))
        return Sentence(self.text, *behind)


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of the labels in running text."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, at = unsegment(row["data"]["value"])
        if "<" in text:
            continue  # the source left its own tags in some sentences
        labels = (r["value"] for a in row["annotations"] for r in a["result"])
        gold = {(at[v["start"]], at[v["end"]]) for v in labels}
        found = {strict_span(c) for c in find_citations(text) if c.number and c.form in ("numbered", "short")}
        yield Sentence(text, frozenset((s, e) for s, e in gold if is_numbered(text[s:e])), frozenset(found))


class Score(NamedTuple):
    """How many references agree, were found, and were labelled."""

    hit: int
    found: int
    labelled: int

    def __str__(self) -> str:
        p, r = self.hit / self.found, self.hit / self.labelled
        return f"precision {p:.4f}  recall {r:.4f}  F1 {2 * p * r / (p + r):.4f}"


def by_place(rows: Sequence[Sentence]) -> Score:
    """Spans that agree in both offsets."""
    return Score(
        sum(len(r.gold & r.found) for r in rows), sum(len(r.found) for r in rows), sum(len(r.gold) for r in rows)
    )


def by_words(rows: Sequence[Sentence]) -> Score:
    """References that agree in their words, each as often as it stands in its sentence."""
    pairs = [(r.words(r.gold), r.words(r.found)) for r in rows]
    return Score(
        sum((g & f).total() for g, f in pairs), sum(f.total() for _, f in pairs), sum(g.total() for g, _ in pairs)
    )


def differences(rows: Sequence[Sentence], show: int) -> Counter[str]:
    """The differences that are left by words, counted by kind; so many sentences are printed."""
    kinds: Counter[str] = Counter()
    for r in rows:
        gold, found = r.words(r.gold), r.words(r.found)
        missed, wrong = gold - found, found - gold
        title = r.text[: len(m[0])] if (m := _OWN_TITLE.match(r.text)) else ""
        for words in missed.elements():
            kinds["missed: " + _missed(words, wrong)] += 1
        for words in wrong.elements():
            kinds["found: " + _found(words, missed, title, r.text)] += 1
        if show and (missed or wrong):
            show -= 1
            print(r.text)
            print("   missed:", list(missed.elements()))
            print("   wrong: ", list(wrong.elements()))
    return kinds


def _missed(label: str, wrong: Counter[str]) -> str:
    if len(re.findall(r"\d(?:/\d{4})?/[A-ZĐ]", label)) > 1:
        return "one label over several documents"
    if any(words in label for words in wrong):
        return "label longer"
    return "label shorter" if any(label in words for words in wrong) else "nothing there"


def _found(words: str, missed: Counter[str], title: str, text: str) -> str:
    if any(words in label or label in words for label in missed):
        return "other start or end than the label"
    if words in title:
        return "not labelled, in the document's own title"
    return "not labelled, behind a part of it" if _PART.search(text, 0, text.find(words)) else "not labelled"


def relations() -> tuple[float, int]:
    """F1 of the edges on the sentences of the tests, and the number of sentences."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.test_relations import SENTENCES, agree, edges

    hit = predicted = labelled = 0
    for row in SENTENCES:
        found = edges(row["text"])
        hit += agree(row["edges"], found)
        predicted += len(found)
        labelled += len(row["edges"])
    return 2 * hit / (predicted + labelled), len(SENTENCES)


def speed(text: str, rounds: int = 3) -> float:
    """Characters per second of `find_citations` on one core, on the running text in one piece."""
    find_citations(text[:10_000])
    return len(text) / min(_timed(text) for _ in range(rounds))


def running_text(path: Path) -> str:
    """All sentences of the labels in one piece."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return "\n".join(unsegment(row["data"]["value"])[0] for row in rows)


def _timed(text: str) -> float:
    start = time.process_time()
    find_citations(text)
    return time.process_time() - start


# What the other interpreter runs: the text comes on standard input, the figures go to standard output.
_EYECITE = """
import sys, time
from eyecite import get_citations
text = sys.stdin.read()
get_citations(text[:10_000])
start = time.process_time()
found = len(get_citations(text))
print(len(text) / (time.process_time() - start), found)
"""


def english(length: int, citations: int) -> str:
    """An English legal text of a length with so many citations in it, evenly spread."""
    filler = "The court considered whether the statute applies to the conduct of the parties and held that it does. "
    between = max(1, length // max(1, citations))
    out: list[str] = []
    size = 0
    for i in range(citations):
        cite = f"See Smith v. Jones, {i % 500 + 1} U.S. {i % 900 + 1} ({1950 + i % 70}). "
        rest = max(0, between - len(cite))
        out.append(cite + (filler * (rest // len(filler) + 1))[:rest])
        size += len(out[-1])
    return (
        ("".join(out) + filler * ((length - size) // len(filler) + 1))[:length]
        if size < length
        else "".join(out)[:length]
    )


def eyecite_speed(python: str, text: str) -> tuple[float, int] | None:
    """Characters per second of eyecite and the citations it found, or None where it is not installed."""
    done = subprocess.run([python, "-c", _EYECITE], input=text, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    rate, found = done.stdout.split()
    return float(rate), int(found)


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("labels", type=Path, help="VNLegalText, validation part, JSON lines")
    arguments.add_argument("--show", type=int, default=0, help="print so many sentences that differ")
    arguments.add_argument("--eyecite", action="store_true", help="run eyecite beside it")
    arguments.add_argument("--eyecite-python", default=sys.executable, help="an interpreter that has eyecite")
    options = arguments.parse_args()
    rows = list(sentences(options.labels))
    for name, score in (
        ("by place, as labelled", by_place(rows)),
        ("by words", by_words(rows)),
        ("by words, own titles left out", by_words([r.body() for r in rows])),
    ):
        print(f"VNLegalText strict, {name}: {score}  ({score.labelled} labels)")
    for kind, times in differences(rows, options.show).most_common():
        print(f"    {times:4} {kind}")
    f1, count = relations()
    print(f"relations: F1 {f1:.4f} on {count} sentences")
    text = running_text(options.labels)
    found = len(find_citations(text))
    print(f"speed: {speed(text) / 1e6:.2f} million characters/s  ({len(text)} characters, {found} citations)")
    if options.eyecite:
        beside = eyecite_speed(options.eyecite_python, english(len(text), found))
        if beside is None:
            print("eyecite: not installed in", options.eyecite_python)
        else:
            print(f"eyecite: {beside[0] / 1e6:.2f} million characters/s  (as many characters, {beside[1]} citations)")


if __name__ == "__main__":
    sys.exit(main())
