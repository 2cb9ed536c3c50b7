"""Agencies behind a label inside an item: "Cơ quan chủ trì: …; đơn vị phối hợp: …"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from extractor.recognise.agencies import AgencyMention, split_agencies
from extractor.recognise.agency_lists import labels
from extractor.recognise.agency_reading import Reading

_LONGEST_LIST = 300


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
