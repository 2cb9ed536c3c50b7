"""Agencies in text: where they are named, what they are called in full, and of which kind they are.

Every offset is into the text that was given. Names are kept as printed; spelling is folded for matching only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extractor.document import Agency, AgencyKind
from extractor.recognise.agency_canonical import canonical_of
from extractor.recognise.agency_grammar import entry_at
from extractor.recognise.agency_links import HEADS
from extractor.recognise.agency_lists import read_cell, read_list
from extractor.recognise.agency_names import glossary_table
from extractor.recognise.agency_reading import Entry, Reading, new_agency, quantifier_at, table
from extractor.recognise.phrases import words_of

_NOTHING: Mapping[str, str] = {}
# "Bộ Nông nghiệp và Môi trường (sau đây viết tắt là Bộ NN&MT)"
_EXPLAINED = re.compile(
    r"\((?:sau đây )?(?:được )?(?:viết tắt|gọi tắt|gọi chung|viết gọn|gọi)(?: tắt| chung)?(?: là)?:? ?"
    r"[“\"]?([^()“”\"\n]{1,60})[”\"]?\)",
    re.IGNORECASE,
)
_LONGEST_FULL_NAME = 120


class AgencyMention(NamedTuple):
    """An agency and where it is named: half-open offsets into the text that was searched."""

    start: int
    end: int
    agency: Agency


def find_agencies(
    text: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> tuple[AgencyMention, ...]:
    """Every agency that running text names, in order, none overlapping another.

    `glossary` holds the document's own abbreviations (`find_glossary`), `on` its date, `place` its province.
    "Giao Sở KH&CN tham mưu" gives one mention, "Sở KH&CN", called "Sở Khoa học và Công nghệ" in full.
    """
    r = reading(text, glossary=glossary, on=on)
    out: list[Entry] = []
    i = 0
    while i < len(r.words):
        entries = read_list(r, i)[0] if r.words[i].letters and entry_at(r, i) else ()
        if len(entries) > 1 or (entries and not _vague(r, entries[0])):
            out.extend(entries)
        i = max(i + 1, entries[-1].end if entries else 0)
    return mentions(text, r, out, place)


def opens_like_agency(text: str) -> bool:
    """Whether a text opens with a word that names of bodies or words for people open with: "Cán bộ thú y"."""
    r = reading(text)
    i = quantifier_at(r, 0)
    blocked = table("not_agency", "words").at(r.words, i)
    opening = table("head", *HEADS).at(r.words, i) or table("noun", "bare", "after_quantifier").at(r.words, i)
    return new_agency(r, i) or (opening is not None and not (blocked and blocked[0] > opening[0]))


def _vague(r: Reading, e: Entry) -> bool:
    """Whether an entry is one noun alone ("doanh nghiệp"), which running text rarely means as an agency."""
    plural = quantifier_at(r, e.start) > e.start
    return e.nouns == 1 and not e.closed and not plural and not any(w.capital for w in r.words[e.start + 1 : e.end])


def split_agencies(
    text: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> tuple[AgencyMention, ...]:
    """One mention for each agency of a lead or cooperating cell, in order; the rest of the cell is left out.

    A collective phrase is one entry up to the next named agency or the next "các": "Các Sở, ban, ngành; UBND
    các xã, phường" gives two. A name that no rule knows is an entry too, of kind "other".
    """
    r = reading(text, glossary=glossary, on=on, cell=True)
    return mentions(text, r, read_cell(r), place)


def canonical(
    name: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> tuple[str | None, AgencyKind]:
    """The official full name that a printed name stands for, or None where it cannot be known, and its kind.

    "UBND tỉnh" in a document of Quảng Ngãi is "Ủy ban nhân dân tỉnh Quảng Ngãi".
    """
    found = split_agencies(" ".join(name.split()), glossary=glossary, on=on, place=place)
    return (found[0].agency.canonical, found[0].agency.kind) if len(found) == 1 else (None, "other")


def find_glossary(text: str) -> dict[str, str]:
    """The abbreviations of agencies that a document explains itself, with what they stand for.

    "Bộ Nông nghiệp và Môi trường (sau đây viết tắt là Bộ NN&MT)" gives {"Bộ NN&MT": "Bộ Nông nghiệp và Môi
    trường"}. An abbreviation that is explained twice keeps its first meaning.
    """
    out: dict[str, str] = {}
    for m in _EXPLAINED.finditer(text):
        before = text[max(0, m.start() - _LONGEST_FULL_NAME) : m.start()].rstrip()
        found = find_agencies(before)
        short = m[1].strip(" .,;:")
        if found and found[-1].end == len(before) and short:
            full = found[-1].agency
            out.setdefault(short, full.canonical or full.name)
    return out


def reading(
    text: str, *, glossary: Mapping[str, str] = _NOTHING, on: dt.date | None = None, cell: bool = False
) -> Reading:
    """A text made ready to be read for agencies."""
    return Reading(words_of(text), cell, glossary_table(glossary) if glossary else None, on)


def mentions(text: str, r: Reading, entries: Iterable[Entry], place: str | None) -> tuple[AgencyMention, ...]:
    """Entries as mentions: offsets, the name as printed and the name in full."""
    out: list[AgencyMention] = []
    for e in entries:
        start, end = r.words[e.start].start, r.words[e.end - 1].end
        printed = " ".join(text[start:end].split())
        name = f"{e.prefix} {printed}" if e.prefix else printed
        out.append(AgencyMention(start, end, Agency(name, canonical_of(text, r, e, place), e.kind)))
    return tuple(out)
