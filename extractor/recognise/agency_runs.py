"""The words of a name that is not in the gazetteer, from its head to where it ends."""

from __future__ import annotations

from collections.abc import Callable

from extractor.recognise.agency_reading import (
    JOINTS,
    LONGEST,
    Entry,
    Reading,
    level_end,
    new_agency,
    phrase_set,
    quantifier_at,
    table,
)
from extractor.recognise.verbs import ends_name, verb_at

PARENT_KINDS = frozenset({"ministry", "provincial_department", "people_committee", "office", "party", "unit", "other"})
_CAPITAL_RUN = 12
_LOWER_RUN = 7


def goes_on_in_lower_case(r: Reading, i: int) -> bool:
    """Whether running text goes on with a word that is no verb, so that the head before it is no name."""
    if r.cell or i >= len(r.words) or not r.words[i].letters:
        return False
    return not (verb_at(r.words, i) or ends_name(r.words, i))


def name_run(r: Reading, i: int, head: str, owner_at: Callable[[Reading, int], Entry | None]) -> int:
    """Past the words of a name after its head; see `[head]` in the rules for what goes on with it.

    `owner_at` reads the agency that a name ends with ("Phòng Tổ chức Sở Nội vụ").
    """
    end, lower = i, 0
    project = head.casefold() in phrase_set("head", "goes_on_after")
    while end < len(r.words) and end - i < LONGEST:
        if r.capital(end) or (r.fold(end).isdigit() and lower == 0 and r.fold(end + 1) not in ("/", ".")):
            if end > i and new_agency(r, end):
                owner = owner_at(r, end)
                return owner.end if owner and owner.kind in PARENT_KINDS and owner.kind != "people_committee" else end
            end, lower = end + 1, 0
        elif (r.fold(end) in ("-", "&", "/", "và") and r.capital(end + 1) and not starts_entry(r, end + 1)) or (
            r.fold(end) == "," and _series_goes_on(r, end)
        ):
            end, lower = end + 2, 0
        elif more := table("head", "inside").at(r.words, end):
            end, lower = more[0], lower + more[0] - end
        elif project and (more := table("head", "goes_on").at(r.words, end)):
            end, lower = more[0], 0
        elif (level := level_end(r, end)) > end and table("level", "units", "whole").at(r.words, end):
            return level
        elif (
            not r.words[end].letters
            or lower >= _LOWER_RUN
            or quantifier_at(r, end) > end
            or ends_name(r.words, end)
            or r.fold(end) in JOINTS
            or (not r.cell and _verb_ends_name(r, end))
            or table("tail", "named").at(r.words, end)
            or r.fold(end) == "thuộc"
        ):
            break
        else:
            end, lower = end + 1, lower + 1
    return end


def _verb_ends_name(r: Reading, i: int) -> bool:
    """Whether a verb at word `i` ends a name: "tạo" in "Phòng Đào tạo" is half of one that began before."""
    verb = verb_at(r.words, i)
    whole = verb_at(r.words, i - 1)
    return verb is not None and verb > i + 1 and not (whole and whole > i and r.capital(i - 1))


def starts_entry(r: Reading, i: int) -> bool:
    """Whether a name or a person's title begins at word `i`."""
    found = table("head", "office", "unit", "party", "other", "provincial_department").at(r.words, i)
    return new_agency(r, i) or (found is not None and r.capital(found[0]))


def _series_goes_on(r: Reading, comma: int) -> bool:
    """Whether a comma is inside a name: "Phòng Kinh tế, Hạ tầng và Đô thị" ends in "và" and a capital."""
    j = comma + 1
    if not r.capital(j) or starts_entry(r, j) or quantifier_at(r, j) > j:
        return False
    while j - comma < _CAPITAL_RUN and j < len(r.words) and r.words[j].letters and r.fold(j) != "và":
        j += 1
    return r.fold(j) == "và" and r.capital(j + 1) and not starts_entry(r, j + 1)
