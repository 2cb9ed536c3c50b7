"""Agencies set apart inside an item: behind a label ("Cơ quan chủ trì: …") or in a bracket at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from extractor.recognise.agencies import AgencyMention, split_agencies
from extractor.recognise.agency_lists import labels, read_list
from extractor.recognise.agency_reading import Entry, Reading, quantifier_at, table

_LONGEST_LIST = 300
_LONGEST_NAME = 14


def labelled(
    text: str, r: Reading, glossary: Mapping[str, str], on: dt.date | None, place: str | None
) -> dict[str, tuple[AgencyMention, ...]]:
    """The agencies after labels: "Cơ quan chủ trì: Sở Xây dựng; phối hợp: Sở Tài chính. Thời gian: …"."""
    out: dict[str, tuple[AgencyMention, ...]] = {}
    known = labels()
    for i in known.starts(r.words):
        label = known.at(r.words, i)
        if label is None or r.fold(label[0]) != ":" or (i and r.words[i - 1].letters):
            continue
        start, stop = label[0] + 1, _end_of_labelled(r, label[0] + 1)
        if stop <= start:
            continue
        offset, limit = r.words[start].start, r.words[stop - 1].end
        cell = split_agencies(text[offset:limit], glossary=glossary, on=on, place=place)
        out[label[1]] = tuple(m._replace(start=m.start + offset, end=m.end + offset) for m in cell)
    return out


def in_closing_bracket(r: Reading) -> tuple[Entry, ...]:
    """The agencies of a bracket that ends an item and holds nothing else: "Rà soát quy hoạch (Sở Xây dựng, Sở Y tế)."

    A bracket right after an agency explains it: "báo cáo cơ quan thường trực (Sở Nội vụ)".
    """
    close = len(r.words) - 1
    while close > 0 and r.fold(close) in (".", ";", ",", "/"):
        close -= 1
    if close < 1 or r.fold(close) != ")":
        return ()
    start = close
    while start > 0 and r.fold(start) != "(":
        start -= 1
    entries: list[Entry] = []
    i = start + 1
    while i < close:
        found, i = read_list(r, i)
        if not found:
            return ()
        entries.extend(found)
        i += r.fold(i) == ";"
    before = [read_list(r, k) for k in range(max(0, start - _LONGEST_NAME), start)]
    ending = [found[-1] for found, stop in before if stop == start]
    explained = any(not e.nouns or (len(entries) == 1 and _is_agency(r, e)) for e in ending)
    return tuple(entries) if i == close and not explained else ()


def _is_agency(r: Reading, e: Entry) -> bool:
    """Whether a phrase for many is one of agencies; "các khu dân cư" is what the work is about."""
    noun = quantifier_at(r, e.start)
    return noun == e.start or table("noun", "bare").at(r.words, noun) is not None


def _end_of_labelled(r: Reading, i: int) -> int:
    """Where the list after a label ends: the sentence, or the mark before the next label."""
    mark = i
    limit = min(len(r.words), i + _LONGEST_LIST)
    for j in range(i, limit):
        label = labels().at(r.words, j)
        if label and r.fold(label[0]) == ":":
            return j
        if r.fold(j) == ":":
            return mark if mark > i else j
        if r.fold(j) in (".", "\n", ")"):
            return j
        if r.fold(j) in (";", ","):
            mark = j
    return limit
