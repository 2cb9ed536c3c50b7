"""Headings that name who does what follows: "2. Sở Y tế", "Giám đốc các Sở; Chủ tịch UBND các xã, phường:"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache

from msgspec.structs import replace

from extractor.recognise.agencies import AgencyMention, mentions, reading
from extractor.recognise.agency_case import proper_case
from extractor.recognise.agency_lists import read_list
from extractor.recognise.agency_reading import Entry, Reading
from extractor.recognise.phrases import Phrases
from extractor.rules import load

_NOTHING: Mapping[str, str] = {}
_LONGEST_LABEL = 4
_OF = re.compile(r"(?<=thuộc )\w")


def heading_agencies(
    title: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> tuple[AgencyMention, ...]:
    """The agencies of a heading that names agencies and nothing else; () for any other heading.

    "2. Sở Nông nghiệp và Môi trường" and "Giám đốc các Sở; Chủ tịch UBND các xã, phường:" name those who do
    what follows; "Tổ chức thực hiện" names nobody.
    """
    r = reading(_remark().sub("", title), glossary=glossary, on=on)
    i = _past_label(r, 0)
    if opening := _heading_words().at(r.words, i):
        i = opening[0]
    out: list[Entry] = []
    while i < len(r.words):
        entries, stop = read_list(r, i)
        if not entries:
            break
        out.extend(entries)
        if entries[-1].kind == "person_title" and "phụ" in (
            r.fold(stop),
            r.fold(stop - 2),
        ):  # "Phó Hiệu trưởng phụ trách nuôi dưỡng"
            stop = _charge_end(r, stop)
            out[-1] = replace(out[-1], end=stop)
        stop = _past_remark(r, stop)
        i = stop + 1 if r.fold(stop) == ";" else stop
    while r.fold(i) in (":", ".", ";", ","):
        i += 1
    if i < len(r.words) or (title.isupper() and not _names_in_lower_case(title, out)):
        return ()
    return mentions(title, r, out, place)


def _names_in_lower_case(title: str, entries: list[Entry]) -> bool:
    """Whether a phrase in capitals names agencies set in small letters too: "CÁC SỞ, BAN", not "CÁC HỘI NGHỊ"."""
    if all(e.kind != "group" for e in entries):
        return True
    return bool(heading_agencies(proper_case(title) or _OF.sub(lambda m: m[0].title(), title.capitalize())))


def heading_opening(title: str) -> str:
    """A heading without its label and the words before who is named: "Giao Tổ giúp việc" is "Tổ giúp việc"."""
    r = reading(title)
    i = _past_label(r, 0)
    if opening := _heading_words().at(r.words, i):
        i = opening[0]
    return title[r.words[i].start :] if i < len(r.words) else title


def _charge_end(r: Reading, i: int) -> int:
    """The end of what one who bears a title is in charge of: the next mark of a heading."""
    while i < len(r.words) and r.words[i].letters:
        i += 1
    return i


def _past_remark(r: Reading, i: int) -> int:
    """Past what a heading says of an agency in brackets: "(cơ quan thường trực)"."""
    if r.fold(i) != "(":
        return i
    while i < len(r.words) and r.fold(i) != ")":
        i += 1
    return min(i + 1, len(r.words))


@cache
def _remark() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load("assignments")["heading"]["remarks"]))
    return re.compile(rf"\s+[-–]\s+(?:là )?(?:{words})\b.*$", re.IGNORECASE)


@cache
def _heading_words() -> Phrases[str]:
    return Phrases((w, "heading") for w in load("assignments")["heading"]["words"])


def _past_label(r: Reading, i: int) -> int:
    """Past "2.", "3.1.", "a)", "IV." or "-" before a heading."""
    if r.fold(i) in ("-", "+", "•"):
        return i + 1
    while r.fold(i + 1) in (".", ")") and len(r.fold(i)) <= _LONGEST_LABEL:
        i += 2
    return i + 1 if i and r.fold(i).isdigit() and r.capital(i + 1) else i  # "3.1 Sở Y tế"
