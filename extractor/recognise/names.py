"""Documents cited by name: laws, codes, ordinances, the Constitution, Party resolutions, treaties."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

import msgspec

from extractor.recognise.dates import date_at
from extractor.recognise.issuers import UPPER
from extractor.rules import load

_MAX_NAME = 130
_OLD_TONES = {"hoà": "hòa", "hoá": "hóa", "khoá": "khóa", "uỷ": "ủy", "thuỷ": "thủy", "toà": "tòa", "tuý": "túy"}


class Named(msgspec.Struct, frozen=True):
    """A named document: the ends of its name and of the mention, its type, its date where one is printed.

    `is_draft` tells that the document is still to be made, unless a number follows.
    """

    name_end: int
    end: int
    type: str
    issued_on: dt.date | None
    is_draft: bool = False


_LAW_WORD = re.compile(r"(?:Bộ [Ll]uật|Luật|Pháp [Ll]ệnh|BỘ LUẬT|LUẬT|PHÁP LỆNH) ")
_SCOPE = re.compile(
    r"(?i:(?:sửa đổi,? (?:và )?bổ sung|sửa đổi|bổ sung)"
    r"(?:(?: một số| một vài| các) (?:điều khoản|điều|quy định|nội dung)"
    r"| (?:khoản \d{1,3},? )?điều \d{1,3}[a-zđ]?)?(?: của)?(?: các)?)"
    r" (?=(?:Bộ [Ll]uật|Luật|Pháp [Ll]ệnh) )"
)
# "Pháp lệnh về lực lượng dự bị động viên ngày 27/8/1996": known for a law by the date or number behind it.
_ABOUT = re.compile(
    r"(?:về|sửa đổi, bổ sung một số điều của (?:\d{1,2}|các) (?i:luật)) [^.;:()\n\t\d]{3,150}?"
    r"(?=,? (?:ngày \d|số ?:? ?\d{1,3}/\d{4}/))"
)
_REVISED = re.compile(r" ?\((?i:sửa đổi(?:, bổ sung)?)\)")
_PLAIN_REVISED = re.compile(r" (?i:sửa đổi)(?!\w|,? bổ sung| (?:một số|các|của|theo))")
_YEAR = re.compile(r",? (?:(?i:năm) )?(?:19|20)\d\d(?!\d| ?[-–/] ?\d|-\w)")
# What stands behind the whole name of a law: its date, year or number.
_NAME_IS_OVER = re.compile(r",? \(?(?:ngày \d|(?:năm )?(?:19|20)\d\d(?!\d)|số ?:? ?\d|sửa đổi\))")
_AND_LAW = re.compile(r"(?:,|,? và|;) (?=(?:Bộ [Ll]uật|Luật|Pháp [Ll]ệnh) )")
# "Luật Giá đã được Quốc hội khóa XV thông qua ngày 19/6/2023": the day it was passed is its date.
_PASSED = re.compile(
    r",? (?:đã )?được Quốc hội(?:,? (?:nước )?[^,.;:()\n\t]{0,60})?"
    r"(?:,? kỳ họp thứ [^,.;:()\n\t]{1,20})? thông qua(?= ngày ?\d)"
)
# "Đại học Luật", "VĂN BẢN QUY PHẠM PHÁP LUẬT"
_NOT_A_LAW = re.compile(r"(?:Đại học|Khoa|Học viện|Trường|ngành|cử nhân|thạc sĩ|tiến sĩ|pháp) $", re.I)


def fold(s: str) -> str:
    """Small letters and the modern place of tone marks ("Uỷ" is "ủy"); always as long as `s`."""
    small = s.lower()
    if len(small) != len(s):
        return s
    for old, new in _OLD_TONES.items():
        small = small.replace(old, new)
    return small


@cache
def _laws() -> dict[str, tuple[str, ...]]:
    """The catalogue by first word, the longest name first."""
    table: dict[str, list[str]] = {}
    names = set(map(fold, load("named_documents")["laws"]))
    for full, short in load("named_documents")["shortened"].items():
        names |= {name.replace(full, short) for name in names}
    for name in sorted(names, key=len, reverse=True):
        table.setdefault(re.split(r"[ ,]", name)[0], []).append(name)
    return {k: tuple(v) for k, v in table.items()}


@cache
def _stops() -> str:
    return "|".join(sorted((re.escape(s) for s in load("named_documents")["stops"]), key=len, reverse=True))


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(rf"[{UPPER}][^\W\d_]*(?: (?:- )?(?!(?i:{_stops()})(?!\w))[^\W\d_]+){{0,12}}(?!\w|/)")


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    ordinal = r"\d{1,2}|[IVX]{1,6}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|tư|lăm))?"
    return tuple(
        (row["type"], re.compile(row["pattern"].replace("ORD", ordinal).replace("STOP", _stops())))
        for row in load("named_documents")["named"]
    )


@cache
def _drafting() -> re.Pattern[str]:
    phrases = sorted(load("named_documents")["drafts"]["before"], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))}) $", re.I)


def named_at(text: str, start: int, word_end: int, type_name: str) -> Named | None:
    """The named document whose type word stands at `start`, or None: "Luật Đất đai năm 2024".

    A number behind the name is left to the caller. Rule: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5.
    """
    if type_name in ("Luật", "Bộ luật", "Pháp lệnh"):
        return _law_at(text, start, word_end, type_name)
    for kind, pattern in _patterns():
        m = pattern.match(text, start)
        if m:
            date = date_at(text, m.end())
            whole = date is not None and date.whole
            return Named(m.end(), date.end if date and whole else m.end(), kind, date.value if date and whole else None)
    return None


def _law_at(text: str, start: int, word_end: int, type_name: str) -> Named | None:
    if text[word_end : word_end + 1] != " " or _NOT_A_LAW.search(text, max(0, start - 12), start):
        return None
    pos = word_end + 1
    scope = _SCOPE.match(text, pos)
    if about := _ABOUT.match(text, pos):
        date = date_at(text, about.end())
        return Named(about.end(), date.end if date else about.end(), type_name, date.value if date else None)
    end = _inner_laws(text, scope.end()) if scope else _name_end(text, pos)
    if end is None:
        return None
    draft = False
    if revised := _REVISED.match(text, end):
        end = revised.end()
        draft = _alone(text, start, end)
    elif not scope and (plain := _PLAIN_REVISED.match(text, end)):
        # "Luật Bảo hiểm y tế sửa đổi" without number or date is a law to come.
        end, draft = plain.end(), True
    if year := _YEAR.match(text, end):
        return Named(year.end(), year.end(), type_name, None)
    passed = _PASSED.match(text, end)
    date = date_at(text, passed.end() if passed else end)
    if date and date.whole:
        return Named(end, date.end, type_name, date.value)
    draft = draft or bool(_drafting().search(text, max(0, start - 40), start))
    return Named(end, end, type_name, None, draft)


def _inner_laws(text: str, pos: int) -> int | None:
    """Where the laws end that an amending law names: "… một số điều của Luật A, Luật B và Luật C"."""
    end: int | None = None
    for _ in range(12):
        word = _LAW_WORD.match(text, pos)
        inner = _name_end(text, word.end()) if word else None
        if inner is None:
            break
        end = inner
        more = _AND_LAW.match(text, end)
        if not more or text[end] == ";":
            break
        pos = more.end()
    return end


def _name_end(text: str, pos: int) -> int | None:
    """Where the name of a law that starts at `pos` ends: by the catalogue, else by its shape."""
    low = fold(text[pos : pos + _MAX_NAME])
    first = re.split(r"[ ,.;:)]", low, maxsplit=1)[0]
    for name in _laws().get(first, ()):
        if low.startswith(name) and not low[len(name) : len(name) + 1].isalnum():
            return _longer(text, pos, pos + len(name))
    if text[pos - 2 : pos - 1].isupper():
        return None  # behind "LUẬT" all is in capitals, and the shape of a name cannot be told
    shape = _shape().match(text, pos)
    return shape.end() if shape else None


def _longer(text: str, pos: int, end: int) -> int:
    """The end of a name that goes on behind a known one: "Luật Thương mại điện tử ngày …" is not Luật Thương mại."""
    if text[end : end + 1] != " " or not text[end + 1 : end + 2].islower():
        return end
    shape = _shape().match(text, pos)
    return shape.end() if shape and shape.end() > end and _NAME_IS_OVER.match(text, shape.end()) else end


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the mention is all that a table cell holds: a product to come, not a law in force."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return "\t" in (before, after) and before in ("\t", "\n", "") and after in ("\t", "\n", "")
