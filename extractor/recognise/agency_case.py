"""Names that are printed in capitals, set in their proper case where every word's case is known.

The case of a word comes from the names of `rules/agencies.toml`, the provinces, and `[case]` in
`rules/agency_phrases.toml`; after a level ("TỈNH", "XÃ") stands the name of a place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractor.recognise.agency_names import named_agencies
from extractor.recognise.phrases import Phrases, Word, words_of
from extractor.recognise.provinces import province_at, provinces
from extractor.rules import load

_LONGEST_ABBREVIATION = 5
_LONGEST_PLACE = 4
_CONSONANTS = frozenset("BCDĐGHKLMNPQRSTVX")
_WORD = re.compile(r"\w+|[^\w\s]")


def in_capitals(name: str) -> bool:
    """Whether a name is printed in capitals: "SỞ TÀI CHÍNH", not "UBND tỉnh" nor "EVN"."""
    words = [w for w in re.findall(r"\w+", name) if w.isalpha()]
    return name.isupper() and any(not _abbreviation(w) for w in words)


def proper_case(name: str, *, inside: bool = False) -> str | None:
    """A name in capitals in its proper case; None where the case of a word is not known.

    "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP" is "Ủy ban nhân dân tỉnh Đồng Tháp"; of "TRƯỜNG ĐẠI HỌC TÂY ĐÔ" nothing
    tells that "Tây Đô" is a name and "Tây đô" is not. `inside`: it goes on with a name that stands before it.
    """
    words = words_of(name)
    out: list[str] = []
    i = 0
    while i < len(words):
        known = _known().at(words, i)
        found = known if known and known[0] > i + 1 else _level(words, i, inside) or known
        if found:
            out.append(_spelled_as(name[words[i].start : words[found[0] - 1].end], found[1]))
            i = found[0]
        elif place := province_at(words, i):
            out.append(place[1].name)
            i = place[0]
        elif not words[i].letters or words[i].text.isdigit() or _abbreviation(words[i].text) or _roman(words[i].text):
            out.append(words[i].text)
            i += 1
        elif out and (out[-1] in _levels() or _person(words[i].fold)):
            stop = min(i + _LONGEST_PLACE, len(words))
            while i < stop and words[i].letters:
                out.append(words[i].text.capitalize())
                i += 1
        else:
            return None
    said = re.sub(r" (?=[,.)])|(?<=\() ", "", " ".join(out)).replace(" & ", "&").replace(" / ", "/")
    return said if inside else said[:1].upper() + said[1:]


def _level(words: Sequence[Word], i: int, inside: bool) -> tuple[int, str] | None:
    """The level at word `i`; the name of an agency does not open with one."""
    return _levels_at().at(words, i) if i or inside else None


def _spelled_as(printed: str, known: str) -> str:
    """The printed syllables in the case of the known ones: the place of the tone mark stays as printed."""
    ours, theirs = _WORD.findall(printed), _WORD.findall(known)
    if len(ours) != len(theirs):
        return known
    cased = [
        o.capitalize() if t.istitle() else o if t.isupper() else o.lower() for o, t in zip(ours, theirs, strict=True)
    ]
    return re.sub(r" (?=[,.])", "", " ".join(cased))


def _abbreviation(word: str) -> bool:
    """Whether capitals are an abbreviation's: "UBND", "THPT" have no vowel with a mark between consonants."""
    if len(word) < 2 or word in _rules("abbreviations"):
        return word in _rules("abbreviations")
    return (
        len(word) <= _LONGEST_ABBREVIATION
        and word.isupper()
        and not any(c in "AEIOUYĂÂÊÔƠƯ" or not _plain(c) for c in word)
    )


def _plain(c: str) -> bool:
    return c.isascii() or c == "Đ"


def _roman(word: str) -> bool:
    return bool(re.fullmatch(r"[IVX]{1,5}", word))


def _person(folded: str) -> bool:
    return folded in {w.casefold() for w in _rules("family_names")}


@cache
def _rules(key: str) -> frozenset[str]:
    return frozenset(load("agency_phrases")["case"][key])


@cache
def _levels_at() -> Phrases[str]:
    return Phrases((w, w) for w in _rules("levels"))


@cache
def _levels() -> frozenset[str]:
    return _rules("levels")


@cache
def _known() -> Phrases[str]:
    """The phrases whose case is known."""
    names = {a.name for a in named_agencies()} | {p.name for p in provinces()} | _rules("words")
    return Phrases((n, n) for n in sorted(names))
