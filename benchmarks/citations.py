"""Measure citations in one run: spans on VNLegalText, relations on the sentences of the tests, speed.

    python benchmarks/citations.py vnlegaltext-val.jsonl [--eyecite]

VNLegalText (validation part) is word-segmented; the segmentation is undone and offsets are carried over. Its
spans end with the date, so the issuer behind is cut from ours. Scored are references that carry a number.
The figure is given twice: on the labels as they are, and with two habits of the labels set right. A short
label that repeats the beginning of a longer one ("Nghị định số 41/CP" in "Nghị định số 41/CP ngày …") was put
at the first place where its text stands, and is moved to the next; and the references in a document's own
title, which stands before "Căn cứ" in the same line, were left unlabelled, and are not scored.

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
from pathlib import Path

from extractor.document import Citation
from extractor.recognise.citations import find_citations

_DATE = re.compile(r",? ?\(?ngày ?[\d.…]{0,4}.*$|(?<= )(?:năm )?(?:19|20)\d\d$")
_OWN_TITLE = re.compile(r"(?:Thông tư(?: liên tịch)?|Nghị định|Quyết định|Luật|Nghị quyết) (?!số)[A-ZĐ].*?(?=Căn cứ )")
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


def settled(text: str, gold: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The labels with those that lie at the start of a longer one moved to the next place of their text."""
    out: set[tuple[int, int]] = set()
    for start, end in sorted(gold, key=lambda span: (span[0], -span[1])):
        at, words = start, text[start:end]
        while at >= 0 and any(s < at + len(words) and at < e for s, e in gold | out if (s, e) != (start, end)):
            at = text.find(words, at + 1)
        out.add((at, at + len(words)) if at >= 0 else (start, end))
    return out


def vnlegaltext(path: Path, *, as_labelled: bool, show: int = 0) -> tuple[float, float, float, int]:
    """Precision, recall, F1 of numbered references and the characters read."""
    hit = predicted = labelled = characters = 0
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        text, at = unsegment(row["data"]["value"])
        if "<" in text:
            continue  # the source left its own tags in some sentences
        spans = [r["value"] for a in row["annotations"] for r in a["result"]]
        gold = {(at[v["start"]], at[v["end"]]) for v in spans}
        found = {strict_span(c) for c in find_citations(text) if c.number and c.form in ("numbered", "short")}
        if not as_labelled:
            own_title = _OWN_TITLE.match(text)
            after = own_title.end() if own_title else 0
            gold = {span for span in settled(text, gold) if span[0] >= after}
            found = {span for span in found if span[0] >= after}
        gold = {(s, e) for s, e in gold if is_numbered(text[s:e])}
        characters += len(text)
        hit += len(gold & found)
        predicted += len(found)
        labelled += len(gold)
        if show and gold != found:
            show -= 1
            print(text)
            print("   missed:", [text[s:e] for s, e in sorted(gold - found)])
            print("   wrong: ", [text[s:e] for s, e in sorted(found - gold)])
    p, r = hit / predicted, hit / labelled
    return p, r, 2 * p * r / (p + r), characters


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
    start = time.perf_counter()
    find_citations(text)
    return time.perf_counter() - start


# What the other interpreter runs: the text comes on standard input, the figures go to standard output.
_EYECITE = """
import sys, time
from eyecite import get_citations
text = sys.stdin.read()
get_citations(text[:10_000])
start = time.perf_counter()
found = len(get_citations(text))
print(len(text) / (time.perf_counter() - start), found)
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
    """Print the three figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("labels", type=Path, help="VNLegalText, validation part, JSON lines")
    arguments.add_argument("--show", type=int, default=0, help="print so many sentences that differ")
    arguments.add_argument("--eyecite", action="store_true", help="run eyecite beside it")
    arguments.add_argument("--eyecite-python", default=sys.executable, help="an interpreter that has eyecite")
    options = arguments.parse_args()
    for name, raw in (("as labelled", True), ("settled", False)):
        p, r, f1, characters = vnlegaltext(options.labels, as_labelled=raw, show=0 if raw else options.show)
        print(f"VNLegalText strict, {name}: precision {p:.4f}  recall {r:.4f}  F1 {f1:.4f}  ({characters} characters)")
    f1, sentences = relations()
    print(f"relations: F1 {f1:.4f} on {sentences} sentences")
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
