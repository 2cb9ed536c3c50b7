"""Entries whose number is like a cited one, by slips of the pen and by what OCR takes for each other.

Such an entry is suggested only where the day or the title speaks for it too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz.distance import OSA

from extractor.register.compare import Cited, Comparisons, compare
from extractor.register.entry import Entry
from extractor.register.keys import NumberParts, day, neighbours, number_parts, title_key
from extractor.register.store import Column, Register

MIN_TITLE = 40  # letters of a title that stands for itself
MOST = 2000  # entries taken of one query for likeness
_MOST_SLIPS = 3
_COLUMNS: tuple[Column, ...] = ("number_day", "skeleton_day", "skeleton", "title_key")


def near_entries(cited: Sequence[Cited], register: Register) -> dict[str, list[Comparisons]]:
    """For each citation the entries whose number is like its own, and which its day or its title speaks for."""
    wanted: dict[str, dict[str, set[str]]] = {}
    for c in cited:
        if c.parts is None:
            continue
        on, title = c.document.issued_on, title_key(c.title or "")
        days = {day(n, on) for n in (c.parts.number, *neighbours(c.parts))} if on else set()
        wanted[c.document.id] = {
            "number_day": {d for d in days if d},
            "skeleton_day": {d for d in (day(c.parts.skeleton, on),) if d},
            "skeleton": set() if on else {c.parts.skeleton},
            "title_key": {title} if len(title) >= MIN_TITLE else set(),
        }
    found: dict[str, dict[int, Entry]] = {name: {} for name in wanted}
    for column in _COLUMNS:
        owners: dict[str, list[str]] = defaultdict(list)
        for name, values in wanted.items():
            for value in values[column]:
                owners[value].append(name)
        for e in register.find(column, owners, MOST):
            for name in owners.get(_value(e, column) or "", ()):
                found[name][e.id or 0] = e
    return {
        c.document.id: [x for e in found[c.document.id].values() if _like(c.parts, e) and _suggests(x := compare(c, e))]
        for c in cited
        if c.document.id in found
    }


def _value(e: Entry, column: Column) -> str | None:
    parts = number_parts(e.identifier)
    if column == "title_key":
        return title_key(e.title or "")
    if parts is None:
        return None
    if column == "skeleton":
        return parts.skeleton
    return day(parts.number if column == "number_day" else parts.skeleton, e.issued_on)


def _like(cited: NumberParts | None, e: Entry) -> bool:
    """A first look, at the numbers alone."""
    own = number_parts(e.identifier)
    if cited is None or own is None or cited.strict == own.strict:
        return False
    return (
        cited.number == own.number
        or cited.skeleton == own.skeleton
        or OSA.distance(cited.key, own.key, score_cutoff=_MOST_SLIPS) <= _MOST_SLIPS
    )


def _suggests(x: Comparisons) -> bool:
    """Whether an entry with another number is like the cited one: its number is, and its day or its title agrees."""
    cited, own = _numbers(x)
    if cited is None or own is None or x.verdict("number") == "same" or x.verdict("issuer") == "differs":
        return False
    same_day, same_title = x.verdict("date") == "same", x.verdict("title") == "same"
    if cited.key == own.key or (cited.number == own.number and cited.skeleton == own.skeleton):
        return x.verdict("date") != "differs" or same_title
    if x.verdict("title") == "differs":
        return False
    if cited.skeleton == own.skeleton:
        return same_day or same_title
    slips = OSA.distance(cited.key, own.key)
    if same_day and cited.number == own.number:
        return slips <= _MOST_SLIPS or same_title
    return (slips <= 1 and (same_day or same_title)) or (slips <= _MOST_SLIPS and same_day and same_title)


def is_slip(x: Comparisons) -> bool:
    """Whether the two numbers are one slip of pen or OCR apart, or the title says that one document is meant.

    An office issues several documents on one day under numbers that follow each other: a digit that is merely
    another one says nothing there.
    """
    cited, own = _numbers(x)
    if cited is None or own is None:
        return False
    swapped = len(cited.key) == len(own.key) and sorted(cited.key) == sorted(own.key)
    return cited.skeleton == own.skeleton or cited.number == own.number or swapped or x.verdict("title") == "same"


def _numbers(x: Comparisons) -> tuple[NumberParts | None, NumberParts | None]:
    printed = next(f for f in x.fields if f.field == "number").cited
    return number_parts(printed), number_parts(x.entry.identifier)
