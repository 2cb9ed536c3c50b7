"""What goes with the name of an agency after it, and where the next agency seems to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.document import AgencyKind
from extractor.recognise.agency_reading import (
    LONGEST,
    Entry,
    Reading,
    level_end,
    new_agency,
    quantifier_at,
    table,
)
from extractor.recognise.agency_runs import goes_on_in_lower_case, starts_entry

OwnerAt = Callable[[Reading, int], Entry | None]
HEADS: tuple[AgencyKind, ...] = ("office", "unit", "party", "other", "ministry", "provincial_department")


def begins_agency(r: Reading, i: int) -> bool:
    """Whether an entry seems to start at word `i`, told without reading it."""
    if quantifier_at(r, i) > i or new_agency(r, i):
        return True
    noun = table("noun", "bare").at(r.words, i)
    blocked = table("not_agency", "words").at(r.words, i)
    return starts_entry(r, i) or (noun is not None and not (blocked and blocked[0] > noun[0]))


def name_tail(r: Reading, i: int, owner_at: OwnerAt) -> int:
    """Where the ending of one agency's name stops ("trực thuộc trung ương", "thuộc Sở Nội vụ")."""
    stop = i + LONGEST
    while (tail := table("tail", "named").at(r.words, i)) and i < stop:
        i = tail[0]
    return linked(r, i, ("thuộc", "trực", "ở"), owner_at)


def linked(r: Reading, i: int, by: Sequence[str], owner_at: OwnerAt) -> int:
    """Past "thuộc Sở Nội vụ", "của Tỉnh ủy": a link and the agency it leads to."""
    if r.fold(i) not in by:
        return i
    j = i + 2 if r.fold(i) == "trực" and r.fold(i + 1) == "thuộc" else i + 1
    if r.fold(i) == "trực" and j == i + 1:
        return i
    if not r.capital(j):
        return max(level_end(r, j), i) if level_end(r, j) > j else i
    owner = owner_at(r, j)
    if owner and not owner.nouns:
        return owner.end
    own = table("head", *HEADS).at(r.words, j)  # "các đơn vị thuộc Bộ"
    return own[0] if own and goes_on_in_lower_case(r, own[0]) is False and not r.capital(own[0]) else i
