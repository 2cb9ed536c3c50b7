"""Which column means what: headings mapped to the register's fields by likeness."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from extractor.register.keys import toneless
from extractor.rules import load

_ALIKE = 86.0


@cache
def labels() -> dict[str, str]:
    """The name a clerk is shown for each field."""
    return {row["field"]: row["label"] for row in load("register")["heading"]}


@cache
def _names() -> dict[str, str]:
    return {_plain(name): row["field"] for row in load("register")["heading"] for name in row["names"]}


def map_headings(headings: Sequence[str]) -> dict[str, str]:
    """Field → heading, each heading for one field; the likest pairs first.

    ("so_ky_hieu", "Ngày BH", "Trích yếu nội dung văn bản") are identifier, issued_on and title.
    """
    pairs: list[tuple[float, int, str]] = []
    for i, heading in enumerate(headings):
        found = field_of(heading)
        if found:
            pairs.append((-found[1], i, found[0]))
    mapping: dict[str, str] = {}
    for _, i, field in sorted(pairs):
        mapping.setdefault(field, headings[i])
    if "identifier" in mapping:
        # "Số" beside "Số, ký hiệu" is the number on the list, not the document's.
        mapping.pop("number", None)
        mapping.pop("symbol", None)
    order: list[dict[str, Any]] = load("register")["heading"]
    return {row["field"]: mapping[row["field"]] for row in order if row["field"] in mapping}


def field_of(heading: str) -> tuple[str, float] | None:
    """The field a heading means and how like it is (0 to 100), or None."""
    from rapidfuzz import fuzz

    plain = _plain(heading)
    if not plain:
        return None
    if plain in _names():
        return _names()[plain], 100.0
    best = max(((fuzz.ratio(plain, name), field) for name, field in _names().items() if len(name) > 5), default=None)
    return (best[1], best[0]) if best and best[0] >= _ALIKE else None


_SHORT = {"vb": "van ban", "bh": "ban hanh", "cq": "co quan", "hl": "hieu luc"}


def _plain(heading: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in toneless(heading)).split()
    return " ".join(_SHORT.get(w, w) for w in words)
