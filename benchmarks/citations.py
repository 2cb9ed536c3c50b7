"""Measure citations in one run: spans on VNLegalText, relations on the sentences of the tests, speed.

    python benchmarks/citations.py vnlegaltext-val.jsonl

VNLegalText (validation part) is word-segmented; the segmentation is undone and offsets are carried over. Its
spans end with the date, so the issuer behind is cut from ours. Scored are references that carry a number.
The figure is given twice: on the labels as they are, and with two habits of the labels set right. A short
label that repeats the beginning of a longer one ("Nghị định số 41/CP" in "Nghị định số 41/CP ngày …") was put
at the first place where its text stands, and is moved to the next; and the references in a document's own
title, which stands before "Căn cứ" in the same line, were left unlabelled, and are not scored.
"""

from __future__ import annotations

import argparse
import json
import re
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


def speed(path: Path, rounds: int = 3) -> float:
    """Characters per second of `find_citations` on one core, on the running text in one piece."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    text = "\n".join(unsegment(row["data"]["value"])[0] for row in rows)
    find_citations(text[:10_000])
    best = min(_timed(text) for _ in range(rounds))
    return len(text) / best


def _timed(text: str) -> float:
    start = time.perf_counter()
    find_citations(text)
    return time.perf_counter() - start


def main() -> None:
    """Print the three figures."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("labels", type=Path, help="VNLegalText, validation part, JSON lines")
    arguments.add_argument("--show", type=int, default=0, help="print so many sentences that differ")
    options = arguments.parse_args()
    for name, raw in (("as labelled", True), ("settled", False)):
        p, r, f1, characters = vnlegaltext(options.labels, as_labelled=raw, show=0 if raw else options.show)
        print(f"VNLegalText strict, {name}: precision {p:.4f}  recall {r:.4f}  F1 {f1:.4f}  ({characters} characters)")
    f1, sentences = relations()
    print(f"relations: F1 {f1:.4f} on {sentences} sentences")
    print(f"speed: {speed(options.labels) / 1e6:.2f} million characters/s")


if __name__ == "__main__":
    sys.exit(main())
