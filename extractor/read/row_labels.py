"""Row numbers of a scanned table: single strokes that OCR cannot tell apart are told by their sequence."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"(\d{1,3})[.)]?")
_ROMAN = re.compile(r"[IVX]{2,6}[.)]?|[VX][.)]?")
_STROKE = re.compile(r"[|lI!\]\[1iÏỊ'’\"]{1,2}[.)]?")
# An H or an N is two strokes of a Roman numeral run together.
_STROKES = re.compile(r"(?:[HN][Il1|]|[Il1|][HN]|[HN])[.)]?")
_ROMANS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def mended_labels(labels: Sequence[str]) -> list[str]:
    """The labels of a column of row numbers, top to bottom, with what OCR could not read told by its place.

    "|", "P2", "3" is "1", "2", "3"; "IH" among numbers is "III". What its neighbours do not tell stays.
    """
    out = list(labels)
    last = 0
    for i, label in enumerate(labels):
        number = _NUMBER.fullmatch(label)
        if number:
            last = int(number[1])
        elif _ROMAN.fullmatch(label):
            last = 0
        elif _STROKES.fullmatch(label):
            out[i] = _ROMANS[sum(2 if c in "HN" else 1 for c in label.rstrip(".)"))]
            last = 0
        elif _STROKE.fullmatch(label.replace(" ", "")) and last == 0 and not _roman_next(labels, i):
            out[i], last = "1", 1
        elif label and len(label) <= 3 and _next_number(labels, i) == last + 2:
            last += 1
            out[i] = str(last)
        elif len(label) > 1 and not any(map(str.isdigit, label)):
            last = 0
    return out


def _next_number(labels: Sequence[str], i: int) -> int | None:
    if i + 1 < len(labels) and (number := _NUMBER.fullmatch(labels[i + 1])):
        return int(number[1])
    return None


def _roman_next(labels: Sequence[str], i: int) -> bool:
    """Whether a lone "I" opens a group: after it the numbers start."""
    return labels[i].strip(".)") == "I" and _next_number(labels, i) == 1
