"""Organs that issue documents: whose symbol it is, and whether two names are of one organ."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from extractor.recognise.organs import is_unique, may_issue, plain_name
from extractor.recognise.provinces import Province, find_province
from extractor.register.keys import plain_title
from extractor.rules import load

_TERM = re.compile(r"(?<=QH)\d+$|(?<=HĐND)\d+$|(?<=UBND)\d+$")
_KHOA = re.compile(r",? (?:khóa|khoá|lần thứ) [ivx\d]+$")
_LEVEL = re.compile(r"(?:^| )(tỉnh|thành phố|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)(?: |$)")


@cache
def _names_by_code() -> dict[str, str]:
    # The first name of an organ that is one of a kind is its own.
    return {c: row["issuers"][0] for row in load("issuers")["organ"] if row.get("unique") for c in row["codes"]}


def issuer_by_symbol(organ: str | None, place: str | None) -> str | None:
    """The issuer that the organ code tells, or None: ("UBND", "tỉnh Bình Dương") is that province's committee."""
    if not organ:
        return None
    code = _TERM.sub("", organ)
    body: str | None = load("register")["organs"]["of_a_place"].get(code)
    if body and place:
        return f"{body} {place}"
    name = _names_by_code().get(code)
    return name[:1].upper() + name[1:] if name and code not in ("TW",) else None


def same_organ(cited: str, registered: str, organ: str | None, place: str | None = None) -> bool | None:
    """Whether both names mean one organ; None where one is too general to tell.

    `organ` is the code of the symbol, `place` the citing document's place: its "UBND tỉnh" is that province's.
    """
    a, b = _plain(cited), _plain(registered)
    if a in _generic() or b in _generic():
        return None
    if _core(a) == _core(b):
        return True
    province_a, province_b = _province(a, cited), _province(b, registered)
    if province_a is None and (own := find_province(place)) and _is_provincial(a):
        province_a = own
    if province_a and province_b:
        return _merged(province_a) == _merged(province_b) and _agree(a, b, province_a, province_b)
    if province_a or province_b:
        province = province_a or province_b
        assert province is not None
        first, second = _without(a, province), _without(b, province)
        return True if first == second else (None if _within(first, second) else False)
    if is_unique(organ) and may_issue(organ, cited) and may_issue(organ, registered) and not _one_of_several(organ):
        return True
    return True if _within(_core(a), _core(b)) and not _opposed(a, b) else False


def contradicts_symbol(organ: str | None, issuer: str) -> bool:
    """Whether the symbol says that this issuer cannot have signed: "12/QĐ-TTg" of Chính phủ."""
    return plain_name(issuer) not in _generic() and not may_issue(organ, issuer)


def _agree(a: str, b: str, province_a: Province, province_b: Province) -> bool:
    first, second = _without(a, province_a), _without(b, province_b)
    return first == second or _within(first, second) or _within(second, first)


def _plain(name: str) -> str:
    return _KHOA.sub("", plain_title(plain_name(name)))


@cache
def _generic() -> frozenset[str]:
    return frozenset(load("register")["organs"]["generic"])


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(map(re.escape, load('register')['organs']['heads_of']))}) ")


def _core(name: str) -> str:
    return _heads().sub("", name)


def _is_provincial(name: str) -> bool:
    level = _LEVEL.search(name)
    return level is not None and level[1] in ("tỉnh", "thành phố")


def _province(plain: str, printed: str) -> Province | None:
    level = re.search(r"(?:tỉnh|thành phố|tp\.?) (.+)$", printed, re.I)
    return find_province(level[1].strip(" .,").title()) if level and _is_provincial(plain) else None


def _without(name: str, province: Province) -> str:
    bare = _core(name).removesuffix(plain_title(province.name)).strip()
    for variant in province.variants:
        bare = bare.removesuffix(plain_title(variant)).strip()
    return re.sub(r" (?:tỉnh|thành phố)$", " tỉnh", bare)


def _merged(province: Province) -> str:
    return province.name


def _within(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return bool(short) and re.search(rf"(?:^| ){re.escape(short)}(?: |$)", long) is not None


def _opposed(a: str, b: str) -> bool:
    """ "Chính phủ" and "Thủ tướng Chính phủ" are two organs; so are a ministry and its province's department."""
    tails = ("chính phủ", "quốc hội", "trung ương")
    return any(_core(x) == t and _core(y) != t for t in tails for x, y in ((a, b), (b, a)))


def _one_of_several(organ: str | None) -> bool:
    return _TERM.sub("", organ or "") in ("TW",)


def today() -> dt.date:
    """The day, where no document says which day is meant."""
    return dt.date.today()
