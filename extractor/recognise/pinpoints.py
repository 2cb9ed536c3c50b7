"""Places inside a cited document: "điểm a khoản 2 Điều 5 Nghị định số …"."""

from __future__ import annotations

import re

from extractor.document import Pinpoint

_REACH = 220
_MAX_RANGE = 40
_VALUE = r"(?:\d{1,3}[a-zđ]?|[a-zđ])(?!\w)"
_JOIN = r"(?:, ?| và | hoặc |; ?| đến | - |-|–)"
_LEVEL = "điểm|khoản|điều|Điều|Khoản|Điểm|ĐIỀU|KHOẢN|ĐIỂM"
_VALUES = rf"{_VALUE}(?:{_JOIN}{_VALUE}){{0,15}}"
PINPOINT = rf"(?:{_LEVEL}) {_VALUES}"
_ITEM = re.compile(rf"(?:(?:các|từ) )?(?P<level>{_LEVEL}) (?P<values>{_VALUES})")
_GAP = re.compile(r"(?:[ ,;]|và|hoặc|của|tại|đến|các|từ|thuộc)*$")
_LEVELS = {"điều": "article", "khoản": "clause", "điểm": "point"}


def pinpoints_before(text: str, start: int, floor: int) -> tuple[Pinpoint, ...]:
    """The places named right before the mention at `start`, not reaching back before `floor`.

    "các điểm a, b khoản 2 Điều 5" gives two places, "Điều 3 đến Điều 5" gives three.
    """
    floor = max(floor, start - _REACH)
    head = text[floor:start]
    if "iều" not in head and "hoản" not in head and "IỀU" not in head:
        return ()
    items = list(_ITEM.finditer(head))
    chain: list[re.Match[str]] = []
    right = len(head)
    for item in reversed(items):
        if not _GAP.match(head[item.end() : right]):
            break
        chain.append(item)
        right = item.start()
    chain.reverse()
    return _places(head, chain)


def _places(head: str, chain: list[re.Match[str]]) -> tuple[Pinpoint, ...]:
    """Fold "điểm … khoản … Điều" into places; a smaller level waits for the larger one behind it."""
    out: list[Pinpoint] = []
    points: list[str] = []
    clauses: list[tuple[str | None, str | None]] = []
    last_end, last_articles = 0, list[str]()
    for item in chain:
        level = _LEVELS[item["level"].lower()]
        values = _values(item["values"])
        gap = head[last_end : item.start()]
        if level == "point":
            if "đến" in gap and points:
                points = points[:-1] + _span(points[-1], values[0]) + values[1:]
            else:
                clauses += [(None, p) for p in points]
                points = values
        elif level == "clause":
            if "đến" in gap and clauses and clauses[-1][0] and not points:
                values = _span(clauses[-1][0], values[0])[1:] + values[1:]
            clauses += [(c, p) for c in values for p in (points or (None,))]
            points = []
        else:
            if "đến" in gap and last_articles:
                values = _span(last_articles[-1], values[0])[1:] + values[1:]
            places = clauses + [(None, p) for p in points] or [(None, None)]
            out += [Pinpoint(a, c, p) for a in values for c, p in places]
            points, clauses, last_articles = [], [], values
        last_end = item.end()
    rest = clauses + [(None, p) for p in points]
    if rest and last_articles:
        # "Điều 5 khoản 2": the larger level came first.
        out.pop()
        return (*out, *(Pinpoint(last_articles[-1], c, p) for c, p in rest))
    return (*out, *(Pinpoint(None, c, p) for c, p in rest))


def _values(printed: str) -> list[str]:
    parts = re.split(rf"({_JOIN})", printed)
    values = [parts[0]]
    for join, value in zip(parts[1::2], parts[2::2], strict=True):
        if join.strip() in ("đến", "-", "–"):
            values += _span(values[-1], value)[1:]
        else:
            values.append(value)
    return values


def _span(first: str, last: str) -> list[str]:
    """The places from `first` to `last`, both included; only the two ends where they cannot be counted."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _MAX_RANGE:
        return [str(i) for i in range(int(first), int(last) + 1)]
    letters = "abcdđeghiklmnopqrstuvxy"
    if first in letters and last in letters and letters.index(first) < letters.index(last):
        return list(letters[letters.index(first) : letters.index(last) + 1])
    return [first, last]
