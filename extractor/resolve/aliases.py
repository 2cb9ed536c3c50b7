"""The short names that a text gives to the documents it cites: "(sau đây gọi tắt là Đề án 06)"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from extractor.document import Citation
from extractor.recognise.names import fold
from extractor.resolve.relation_phrases import ALIAS
from extractor.rules import load

_NAMED = re.compile(rf"{ALIAS.pattern}(?P<alias>[^)”\"\n\t]{{2,80}})", re.I)
_REACH = 600  # how far behind its document a short name may be given


# Between a scheme and its decision: "… được Thủ tướng Chính phủ phê duyệt tại".
_APPROVED = re.compile(
    r"(?:phê duyệt|ban hành|thông qua)(?: kèm theo)? (?:tại|theo|bằng|kèm theo)(?: các)? $|^ \((?:theo )?$", re.I
)


def number_head(number: str | None) -> str:
    """The digits a number begins with, without leading zeros: "08-NQ/TU" and "8" are one."""
    digits = re.match(r"[0-9.]*[a-zđ]?", number or "", re.I)
    return digits[0].lstrip("0").lower() if digits else ""


def find_aliases(mentions: Sequence[Citation], text: str) -> dict[str, int]:
    """Each short name, in small letters, with the index of the mention that it stands for.

    "Quyết định số 06/QĐ-TTg … phê duyệt Đề án … (Đề án 06)" and "Đề án 06 được … phê duyệt tại Quyết định số
    06/QĐ-TTg" name the scheme by the number of the decision that approved it.
    """
    found: dict[str, int] = {}
    ends = [c.span.end for c in mentions]
    for m in _NAMED.finditer(text):
        i = bisect_right(ends, m.start()) - 1
        if i < 0 or mentions[i].form not in ("numbered", "named"):
            continue
        if m.start() - ends[i] < _REACH and "\n" not in text[ends[i] : m.start()]:
            found.setdefault(fold(m["alias"].strip(" .,")), i)
    for i, (first, second) in enumerate(pairwise(mentions)):
        between = text[first.span.end : second.span.start]
        if not _same_number(first, second) or "\n" in between or len(between) > _REACH:
            continue
        bracketed = between.endswith("(") and text.startswith(")", second.span.end)
        if bracketed and first.form == "numbered" and first.symbol:
            found.setdefault(fold(second.text), i)
        elif first.type in load("numbers")["mentions"]["schemes"] and not first.symbol and _APPROVED.search(between):
            found.setdefault(fold(first.text), i + 1)
    return found


def _same_number(a: Citation, b: Citation) -> bool:
    return bool(a.number and b.number) and number_head(a.number) == number_head(b.number)
