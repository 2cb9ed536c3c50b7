"""One name for one resolution of the Party, however it is called: "Đại hội XIII", "Đại hội lần thứ 13 của Đảng"."""

from __future__ import annotations

import re

_WORDS = {
    "nhất": 1,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}
_ORDINAL = rf"(?P<ordinal>\d{{1,2}}|[ivx]{{1,6}}(?!\w)|(?:mười )?(?:{'|'.join(_WORDS)})(?!\w))"
_CONGRESS = re.compile(
    rf"nghị quyết (?:của )?đại hội (?:(?!đảng bộ|{_ORDINAL.replace('ordinal', '_')})\w+ )*{_ORDINAL}"
)
_SESSION = re.compile(
    rf"nghị quyết (?:của )?(?:hội nghị )?(?:(?:trung ương|tw|ban|bch|chấp|hành|đảng|lần|thứ|của),? )*{_ORDINAL}"
    r"[^\d]*(?:khóa|khoá) (?P<term>[ivx]{1,6})"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}


def party_key(name: str) -> str:
    """A folded name with a congress or session of the Central Committee told in one way; others as they are.

    "nghị quyết hội nghị lần thứ sáu ban chấp hành trung ương đảng khóa xii" and "nghị quyết trung ương 6 khóa xii"
    are "nghị quyết trung ương 6 khóa 12".
    """
    if "đảng bộ" in name:
        return name
    if m := _SESSION.match(name):
        return f"nghị quyết trung ương {_value(m['ordinal'])} khóa {_value(m['term'])}"
    if m := _CONGRESS.match(name):
        return f"nghị quyết đại hội {_value(m['ordinal'])}"
    return name


def _value(ordinal: str) -> int:
    if ordinal.isdigit():
        return int(ordinal)
    if all(c in _ROMAN for c in ordinal):
        values = [_ROMAN[c] for c in ordinal]
        return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))
    return sum(_WORDS[w] for w in ordinal.split())
