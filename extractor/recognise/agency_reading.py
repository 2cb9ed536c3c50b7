"""What is read for agencies, and what every rule of the reading asks: gathering words, levels, places.

The words are in `rules/agency_phrases.toml`.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

import msgspec

from extractor.document import AgencyKind
from extractor.recognise.agency_names import Named, named_at
from extractor.recognise.phrases import Phrases, Word
from extractor.recognise.provinces import province_at
from extractor.recognise.verbs import ends_name, verb_at
from extractor.rules import load

# No name and no collective phrase of a real document is longer; a bound keeps reading linear.
LONGEST = 60
JOINTS = frozenset({",", "và", "/", "hoặc"})
_PLACE_RUN = 4
_MAY_BE_A_FIELD = frozenset({"CT"})  # Chủ tịch, or Công Thương


class Reading(msgspec.Struct, frozen=True):
    """What is read: the words, the document's own abbreviations, and whether they fill a table cell.

    In a cell a name runs to the next mark; in running text it also ends at a verb. `known` and `lists` keep
    what was read at a word, so that it is read once.
    """

    words: tuple[Word, ...]
    cell: bool = False
    glossary: Phrases[str] | None = None
    on: dt.date | None = None
    depth: int = 0
    known: dict[tuple[int, int], Entry | None] = msgspec.field(default_factory=dict)
    lists: dict[int, tuple[tuple[Entry, ...], int]] = msgspec.field(default_factory=dict)

    def fold(self, i: int) -> str:
        """The folded word `i`; "" past the end."""
        return self.words[i].fold if 0 <= i < len(self.words) else ""

    def capital(self, i: int) -> bool:
        """Whether word `i` starts with a capital letter."""
        return 0 <= i < len(self.words) and self.words[i].capital


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry as word positions (`end` exclusive). `names` are the agencies that its spelling may mean.

    `name_end` is where the gazetteer's name ends and a level or place begins; `head` is the head word of the
    name, which a list may leave out; `prefix` the head word where it was left out here.
    """

    start: int
    end: int
    kind: AgencyKind
    names: tuple[Named, ...] = ()
    name_end: int = 0
    full: str | None = None
    owner: Entry | None = None
    closed: bool = False
    nouns: int = 0
    head: str | None = None
    prefix: str = ""


@cache
def _rules() -> dict[str, dict[str, list[str]]]:
    return load("agency_phrases")


@cache
def table(section: str, *keys: str) -> Phrases[str]:
    """The phrases of a section of the rules; the value of each is the key it stands under."""
    return Phrases((w, key) for key in keys for w in _rules()[section].get(key, ()))


@cache
def phrase_set(section: str, key: str) -> frozenset[str]:
    """The phrases under one key, in lower case."""
    return frozenset(w.casefold() for w in _rules()[section][key])


def quantifier_at(r: Reading, i: int) -> int:
    """Where a gathering word ("các", "toàn thể các") at word `i` ends; `i` where there is none."""
    quantifiers = table("quantifier", "words")
    for _ in range(2):  # "các các phòng" is a slip that is printed
        found = quantifiers.at(r.words, i)
        if found is None:
            break
        i = found[0]
    return i


def level_end(r: Reading, i: int) -> int:
    """Where the level or place at word `i` ends ("các xã, phường", "tỉnh Lào Cai"); `i` without one."""
    if whole := table("level", "whole").at(r.words, i):
        return whole[0]
    if i < len(r.words) and (place := province_at(r.words, i)):
        return place[0]
    end = i
    j = quantifier_at(r, i)
    while end - i < LONGEST:
        if r.fold(j).isdigit():
            j += 1
        unit = table("level", "units").at(r.words, j)
        blocked = table("not_agency", "words").at(r.words, j)
        if unit is None or (blocked and blocked[0] > unit[0]) or (end > i and r.fold(j) == "địa"):
            break
        inner = table("level", "units").at(r.words, unit[0])  # "chi nhánh Khu vực 9"
        end = unit[0] if r.fold(j) == "cấp" else place_end(r, inner[0] if inner else unit[0])
        if r.fold(end) not in JOINTS and r.fold(end) != "-":
            break
        j = end + 1
        if r.fold(j) == "," or quantifier_at(r, j) > j or new_agency(r, j):
            break
    return end


def place_end(r: Reading, i: int) -> int:
    """Where the name of a place at word `i` ends; `i` where there is none."""
    if i < len(r.words) and (place := province_at(r.words, i)):
        return place[0]
    if r.fold(i).isdigit():  # "khu vực 1 - Sơn Dương"
        return place_end(r, i + 2) if r.fold(i + 1) == "-" and r.capital(i + 2) and not new_agency(r, i + 2) else i + 1
    end = i
    while r.capital(end) and end - i < _PLACE_RUN and not new_agency(r, end):
        end += 1
    numbered = end > i and r.fold(end).isdigit() and len(r.fold(end)) == 1  # "phường Hòa Bình 2"
    return end + 1 if numbered and r.fold(end + 1) not in ("/", ".", ")") else end


def names_at(r: Reading, i: int) -> tuple[int, tuple[Named, ...]] | None:
    """The agencies of the gazetteer whose spelling stands at word `i`, and where it ends; case decides.

    "Sở Xây dựng" is the department; in "các đơn vị thuộc Sở xây dựng kế hoạch" the verb follows the head.
    """
    found = named_at(r.words, i)
    if found is None or found[0] < i + 2 or not r.capital(i) or any(r.capital(k) for k in range(i + 1, found[0])):
        return found
    if found[1][0].head and (verb_at(r.words, i + 1) or 0) >= found[0] and not _closes_name(r, found[0]):
        return None
    return found


def _closes_name(r: Reading, i: int) -> bool:
    if i >= len(r.words) or not r.words[i].letters or r.fold(i) in JOINTS:
        return True
    return verb_at(r.words, i) is not None or ends_name(r.words, i)


def new_agency(r: Reading, i: int) -> bool:
    """Whether an agency of the gazetteer or a person's title stands at word `i`."""
    named = names_at(r, i)
    if named and named[0] == i + 1 and mid_word(r, i):  # "đoàn xã" in "công đoàn xã"
        named = None
    if named and any(not n.needs_place or level_end(r, named[0]) > named[0] for n in named[1]):
        return True
    title = table("title", "words").at(r.words, i)
    if title and r.words[i].text in _MAY_BE_A_FIELD and names_at(r, title[0]) is None:
        return False
    if title is None or r.capital(i):
        return title is not None
    spelled = " ".join(w.fold for w in r.words[i : title[0]])
    return spelled in ("lãnh đạo", "trưởng") or spelled not in phrase_set("title", "words_of_their_own")


def mid_word(r: Reading, i: int) -> bool:
    """Whether a noun of one syllable may be half of a word: "hội" in "xã hội", "HỘI" in "BẢO HIỂM XÃ HỘI"."""
    if i == 0 or not r.words[i - 1].letters or r.fold(i - 1) in phrase_set("head", "lower_case_after"):
        return False
    return not r.capital(i) or (
        r.words[i].text.isupper() and len(r.words[i].text) > 1 and r.words[i - 1].text.isupper()
    )
