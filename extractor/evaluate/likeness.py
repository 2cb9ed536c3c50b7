"""When a prediction and a label say the same: letters, not typing. Limits are likeness in per cent (rapidfuzz)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from extractor.evaluate.labels import CitedLabel, TaskLabel

TEXT, TITLE, ISSUER, AGENCY, NAMED_DOCUMENT, PRODUCTS = 82, 95, 92, 90, 88, 90
# A row and an item that read alike are told apart by where they stand.
_SAME_ORIGIN = 3
_DASHES = re.compile("[–—‑−]")
_OTHER = re.compile(r"[^\w/\-.,; ]")
# Two ways of setting the tone mark, and the Icelandic letter that OCR and old fonts give for "đ".
_SPELLING = str.maketrans({"ð": "đ"})
_TONES = (("uỷ", "ủy"), ("hoà ", "hòa "))


def folded(value: str | None) -> str:
    """The value without what typing leaves to chance: case, marks, kind of dash, spaces."""
    s = _DASHES.sub("-", unicodedata.normalize("NFC", value or "").casefold().translate(_SPELLING))
    for one, other in _TONES:
        s = s.replace(one, other)
    return " ".join(_OTHER.sub(" ", s).split()).strip(" .,;:-")


def identifier(value: str | None) -> str:
    """A number and symbol without spaces: "12 / QĐ-UBND" is "12/qđ-ubnd"."""
    return "".join(folded(value).split())


def same_header(field: str, gold: str | None, predicted: str | None) -> bool:
    """Whether a part of the head is right; both unknown is right, one unknown is not."""
    if not gold or not predicted:
        return not gold and not predicted
    if field in ("identifier", "symbol", "number"):
        return identifier(gold) == identifier(predicted)
    limit = {"title": TITLE, "issuer": ISSUER}.get(field)
    if limit is None:
        return folded(gold) == folded(predicted)
    return fuzz.ratio(folded(gold), folded(predicted)) >= limit


def pair_citations(gold: Sequence[CitedLabel], predicted: Sequence[CitedLabel]) -> list[tuple[int, int]]:
    """Which cited document is which: numbered ones by their identifier, named ones by the likest name."""
    numbers = {identifier(c.identifier): j for j, c in enumerate(predicted) if c.identifier}
    pairs = [
        (i, numbers[key]) for i, c in enumerate(gold) if c.identifier and (key := identifier(c.identifier)) in numbers
    ]
    left = {j: cited_name(c) for j, c in enumerate(predicted) if not c.identifier}
    for i, c in enumerate(gold):
        best = None
        if not c.identifier:
            best = process.extractOne(cited_name(c), left, scorer=fuzz.token_set_ratio, score_cutoff=NAMED_DOCUMENT)
        if best:
            pairs.append((i, best[2]))
            del left[best[2]]
    return pairs


def cited_name(c: CitedLabel) -> str:
    """The words by which a document without a number is known."""
    return folded(c.name or c.title or c.text or c.type)


def distinct(cited: Sequence[CitedLabel], own: str | None) -> list[CitedLabel]:
    """Each document once, the citing one itself left out."""
    seen: dict[str, CitedLabel] = {}
    for c in cited:
        key = identifier(c.identifier) or f"name:{cited_name(c)}"
        if key != identifier(own):
            seen[key] = c
    return list(seen.values())


def pair_tasks(gold: Sequence[TaskLabel], predicted: Sequence[TaskLabel]) -> list[tuple[int, int]]:
    """Which task is which: each at most once, the likest texts first."""
    if not gold or not predicted:
        return []
    likeness = process.cdist(
        [folded(t.text) for t in gold], [folded(t.text) for t in predicted], scorer=fuzz.ratio, score_cutoff=TEXT
    )
    cells = sorted(
        (
            (likeness[i, j] + _SAME_ORIGIN * (gold[i].origin == predicted[j].origin), -abs(i - j), i, j)
            for i, j in zip(*likeness.nonzero(), strict=True)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in cells:
        if i not in pairs and j not in taken:
            pairs[int(i)] = int(j)
            taken.add(j)
    return sorted(pairs.items())


def pair_names(gold: Sequence[str], predicted: Sequence[str]) -> list[tuple[int, int]]:
    """Which agency is which, each at most once."""
    left = {j: folded(name) for j, name in enumerate(predicted)}
    pairs: list[tuple[int, int]] = []
    for i, name in enumerate(gold):
        best = process.extractOne(folded(name), left, scorer=fuzz.ratio, score_cutoff=AGENCY)
        if best:
            pairs.append((i, best[2]))
            del left[best[2]]
    return pairs


def same_products(gold: str, predicted: str) -> bool:
    """Whether the products are right, in any order; none on both sides is right."""
    a, b = folded(gold), folded(predicted)
    return fuzz.token_sort_ratio(a, b) >= PRODUCTS if a or b else True
