"""Organs that issue documents: whose symbol it is, and whether two names are of one organ."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractor.recognise.organs import is_unique, may_issue, plain_name
from extractor.recognise.provinces import find_province, provinces
from extractor.register.keys import plain_title
from extractor.rules import load

_TERM = re.compile(r"(?<=QH)\d+$|(?<=HĐND)\d+$|(?<=UBND)\d+$")
_KHOA = re.compile(r" (?:khóa|khoá|lần thứ) [ivxl\d]+\b.{0,40}$")
_LEVEL = re.compile(r" (?:tỉnh|thành phố)$")


def code_of(organ: str | None) -> str | None:
    """The organ's code without the term it sat in: "QH15" is "QH"."""
    return _TERM.sub("", organ) if organ else None


def issuer_by_symbol(organ: str | None, place: str | None) -> str | None:
    """The issuer that the organ code tells, or None: ("UBND", "tỉnh Bình Dương") is that province's committee."""
    code = code_of(organ)
    rules = load("register")["organs"]
    name: str | None = rules["by_code"].get(code)
    body = rules["of_a_place"].get(code)
    return f"{body} {place}" if body and place else name


def one_of_a_kind(organ: str | None) -> bool:
    """Whether there is one such organ in the country, so that no issuer beside the number is needed."""
    return code_of(organ) in load("register")["organs"]["by_code"] or is_unique(organ)


@lru_cache(maxsize=16384)
def same_organ(cited: str, registered: str, place: str | None = None) -> bool | None:
    """Whether both names mean one organ; None where a name is too general to tell.

    `place` is the citing document's place: its "UBND tỉnh" is that province's.
    """
    first, second = _parts(cited), _parts(registered)
    if {first[0], second[0]} & _generic():
        return None
    own = find_province(place)
    if first[1] is None and own and _LEVEL.search(first[0]):
        first = (first[0], own.name)
    if first[1] and second[1] and first[1] != second[1]:
        return False
    known = first[1] is not None and second[1] is not None
    if first[0] == second[0]:
        return True if known or first[1] == second[1] else None
    short, long = sorted((first[0], second[0]), key=len)
    if long.startswith(f"{short} "):
        # "ủy ban nhân dân" may be a province's or a commune's, "Thủ tướng" is the one of "Chính phủ".
        return None if short in _of_a_place() else True
    return False


def contradicts_symbol(organ: str | None, issuer: str) -> bool:
    """Whether the symbol says that this issuer cannot have signed: "12/QĐ-TTg" of the Government."""
    code, name = code_of(organ), _parts(issuer)[0]
    if name in _generic():
        return False
    official = load("register")["organs"]["by_code"].get(code)
    if official and same_organ(issuer, official) is True:
        return False
    return not may_issue(organ, issuer) or (official is not None and code != "VPCP")


@cache
def _parts(name: str) -> tuple[str, str | None]:
    """The body's name in plain words, and its province: ("ủy ban nhân dân tỉnh", "Bình Dương")."""
    plain = _KHOA.sub("", plain_title(plain_name(name).replace("tp.", "tp ")))
    rules = load("register")["organs"]
    heads = "|".join(map(re.escape, sorted(rules["heads_of"], key=len, reverse=True)))
    plain = re.sub(rf"^(?:(?:{heads}) (?!nước))+", "", plain) or plain
    standing = "|".join(map(re.escape, rules["standing"]))
    of = "|".join(map(re.escape, rules["standing_of"]))
    plain = re.sub(rf"^(?:{standing}) (?={of})", "", plain)
    for variant, province in _province_names():
        if plain.endswith(f" {variant}"):
            body = _LEVEL.sub(" tỉnh", plain[: -len(variant) - 1])
            # A district's or commune's committee is another body than its province's.
            return (f"{body} tỉnh" if body in _of_a_place() and not body.endswith("ủy") else body), province
    return _LEVEL.sub(" tỉnh", plain), None


@cache
def _province_names() -> tuple[tuple[str, str], ...]:
    names = {plain_title(n): p.name for p in provinces() for n in (p.name, *p.variants) if len(n) > 3}
    return tuple(sorted(names.items(), key=lambda item: -len(item[0])))


@cache
def _generic() -> frozenset[str]:
    return frozenset(load("register")["organs"]["generic"])


@cache
def _of_a_place() -> frozenset[str]:
    return frozenset(plain_title(n) for n in load("register")["organs"]["of_a_place"].values())
