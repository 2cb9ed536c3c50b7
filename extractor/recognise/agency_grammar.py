"""One entry of a list of agencies: where it starts and ends, and what it is.

An entry is a name ("Sở Khoa học và Công nghệ tỉnh Lào Cai"), a person by title ("Giám đốc các Sở") or a
collective phrase ("các bộ, ngành, cơ quan có liên quan"). The words are in `rules/agency_phrases.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.document import AgencyKind
from extractor.recognise.agency_names import Named, named_at
from extractor.recognise.agency_reading import (
    JOINTS,
    LONGEST,
    Entry,
    Reading,
    level_end,
    new_agency,
    phrase_set,
    place_end,
    quantifier_at,
    table,
)
from extractor.recognise.agency_runs import PARENT_KINDS, goes_on_in_lower_case, name_run, starts_entry
from extractor.recognise.phrases import words_of
from extractor.recognise.verbs import ends_name

_DEEPEST = 3


def entry_at(r: Reading, i: int) -> Entry | None:
    """The entry that starts at word `i`, or None."""
    if i >= len(r.words) or not r.words[i].letters or _in_symbol(r, i):
        return None
    if r.glossary and (short := r.glossary.at(r.words, i)):
        return _abbreviation(r, i, *short)
    j = quantifier_at(r, i)
    if j > i and r.fold(i) == r.fold(i + 1):  # "các các phòng"
        i += 1
    if j > i:
        return _title(r, i, j) or _collective(r, i, j) or _group_of_names(r, i, j)
    named = named_at(r.words, i)
    title = _title(r, i, i)
    if title and not (named and named[0] >= title.end):
        return title
    blocked = table("not_agency", "words").at(r.words, i)
    if blocked and not (named and named[0] > blocked[0]):
        return None
    if named and (entry := _named(r, i, *named)):
        return entry
    return _collective(r, i, i) or _headed(r, i)


def _in_symbol(r: Reading, i: int) -> bool:
    """Whether a word is part of a document's symbol: "TTg" in "12/QĐ-TTg"."""
    if i < 2 or r.words[i - 1].text not in ("-", "/", "&") or r.words[i].text.istitle():
        return False
    return r.words[i - 2].end + 1 == r.words[i].start and not r.words[i].text.islower()


def _mid_word(r: Reading, i: int) -> bool:
    """Whether a noun of one syllable may be half of a word: "hội" in "xã hội", "HỘI" in "BẢO HIỂM XÃ HỘI"."""
    if i == 0 or not r.words[i - 1].letters or r.fold(i - 1) in phrase_set("head", "lower_case_after"):
        return False
    return not r.capital(i) or (
        r.words[i].text.isupper() and len(r.words[i].text) > 1 and r.words[i - 1].text.isupper()
    )


def _owner_at(r: Reading, i: int) -> Entry | None:
    """The agency inside another entry: what a title heads, what "thuộc" leads to."""
    return entry_at(msgspec.structs.replace(r, depth=r.depth + 1), i) if r.depth < _DEEPEST else None


def _abbreviation(r: Reading, i: int, end: int, full: str) -> Entry:
    kind = kind_of(full)
    return Entry(i, name_tail(r, level_end(r, end)), kind, name_end=end, full=full)


def kind_of(name: str) -> AgencyKind:
    """The kind of agency that a name in full belongs to; "other" where its head is not known."""
    entry = entry_at(Reading(words_of(name), cell=True), 0)
    return entry.kind if entry else "other"


def _named(r: Reading, i: int, end: int, names: tuple[Named, ...]) -> Entry | None:
    words = r.words[i:end]
    if not words[0].capital and not any(w.capital for w in words[1:]):
        names = tuple(n for n in names if n.kind in ("people_committee", "people_council"))
    stop = level_end(r, end) if any(n.place for n in names) else end
    while r.fold(stop) in JOINTS and (more := table("level", "committees").at(r.words, stop + 1)):
        if stop - i > LONGEST or not table("level", "committees").at(r.words, i):
            break
        stop = more[0]
    names = tuple(n for n in names if stop > end or not n.needs_place)
    if not names:
        return None
    return Entry(i, name_tail(r, stop), names[0].kind, names, end, head=names[0].head)


def begins_agency(r: Reading, i: int) -> bool:
    """Whether an entry seems to start at word `i`, told without reading it."""
    if quantifier_at(r, i) > i or new_agency(r, i):
        return True
    noun = table("noun", "bare").at(r.words, i)
    blocked = table("not_agency", "words").at(r.words, i)
    return starts_entry(r, i) or (noun is not None and not (blocked and blocked[0] > noun[0]))


def name_tail(r: Reading, i: int) -> int:
    """Where the ending of one agency's name stops ("trực thuộc trung ương", "thuộc Sở Nội vụ")."""
    stop = i + LONGEST
    while (tail := table("tail", "named").at(r.words, i)) and i < stop:
        i = tail[0]
    return _linked(r, i, ("thuộc", "trực"))


def _linked(r: Reading, i: int, by: Sequence[str]) -> int:
    """Past "thuộc Sở Nội vụ", "của Tỉnh ủy": a link and the agency it leads to."""
    if r.fold(i) not in by:
        return i
    j = i + 2 if r.fold(i) == "trực" and r.fold(i + 1) == "thuộc" else i + 1
    if r.fold(i) == "trực" and j == i + 1:
        return i
    if not r.capital(j):
        return max(level_end(r, j), i) if level_end(r, j) > j else i
    owner = _owner_at(r, j)
    return owner.end if owner and not owner.nouns else i


def _title(r: Reading, start: int, i: int) -> Entry | None:
    """A person by title, with the agencies that the title heads."""
    found = table("title", "words").at(r.words, i)
    if found is None:
        return None
    end = found[0]
    spelled = " ".join(w.fold for w in r.words[i:end])
    j = end + 1 if r.fold(end) == "của" else end
    owner = _owner_at(r, j) if r.fold(j) not in ("", ",", ".") else None
    if owner and (r.capital(i) or spelled not in ("lãnh đạo", "trưởng")):
        return Entry(start, owner.end, "person_title", owner=owner, name_end=end, closed=owner.closed)
    if spelled.endswith(("trưởng phòng", "trưởng khoa", "trưởng ban")) and r.capital(end):
        return Entry(start, name_run(r, end, "", _owner_at), "person_title", name_end=end)
    known = " ".join(w.text for w in r.words[i:end]).casefold() in phrase_set("title", "alone")
    return Entry(start, end, "person_title", name_end=end) if known and r.capital(i) else None


def _collective(r: Reading, start: int, i: int) -> Entry | None:
    """A phrase for many agencies that starts with its first noun at word `i`."""
    quantified = i > start
    seen: set[tuple[str, ...]] = set()
    nouns, end, closed, j = 0, i, False, i
    while j - start < LONGEST and (noun := _noun_at(r, j, nouns > 0 or quantified)):
        after = _noun_tail(r, _people_of(r, j, noun[0]))
        if nouns and noun[1] and not after[1] and r.fold(j - 1) == "và":
            break
        spelled = tuple(w.fold for w in r.words[j : noun[0]])
        if spelled in seen and after[0] == noun[0]:
            break
        seen.add(spelled)
        nouns, (end, closed) = nouns + 1, after
        closed = closed or (not quantified and nouns == 1 and r.fold(i) == "cơ" and r.fold(i + 1) == "sở")
        if closed or r.fold(end) not in JOINTS:
            break
        j = end + 1
        if r.fold(j) == "và":
            j += 1
    if not nouns:
        return None
    bare = table("noun", "bare").at(r.words, i) is not None
    if not quantified and not bare and (nouns < 2 or _mid_word(r, i)):
        return None
    return Entry(start, end, "group", closed=closed, nouns=nouns)


def _people_of(r: Reading, start: int, i: int) -> int:
    """Past the agency that a noun for people belongs to: "các thành viên Ban Chỉ đạo"."""
    spelled = " ".join(w.fold for w in r.words[start:i])
    owner = _owner_at(r, i) if spelled in phrase_set("noun", "people") and r.capital(i) else None
    return owner.end if owner and not owner.nouns else i


def _noun_at(r: Reading, i: int, inside: bool) -> tuple[int, bool] | None:
    """A noun of a collective phrase: where it ends, and whether it is of another class than sở, ban."""
    found = table("noun", "after_quantifier", "bare").at(r.words, i)
    if found is None or quantifier_at(r, i) > i:
        return None
    blocked = table("not_agency", "words").at(r.words, i)
    if blocked and blocked[0] > found[0]:
        return None
    spelled = " ".join(w.fold for w in r.words[i : found[0]])
    if named_at(r.words, i) and _named(r, i, *(named_at(r.words, i) or (i, ()))):
        return None
    if r.capital(i) and found[0] > i + 1 and spelled in phrase_set("head", "alone"):
        return None  # "các khoa, Văn phòng": with a capital it is the one of this organisation
    if not inside and found[1] != "bare" and r.fold(found[0]) != ",":
        return None
    if r.capital(i) and r.capital(found[0]) and found[1] != "bare" and inside and r.fold(i - 1) in JOINTS:
        return None
    return found[0], spelled in phrase_set("noun", "apart")


def _noun_tail(r: Reading, i: int) -> tuple[int, bool]:
    """Past what goes with one noun of a collective phrase, and whether that ends the phrase."""
    stop = i + LONGEST
    while i < stop and r.capital(i) and not starts_entry(r, i) and r.words[i].text != "Các":
        i += 1
    while i < stop:
        if tail := table("tail", "closes", "open").at(r.words, i):
            i = place_end(r, tail[0]) if r.fold(tail[0] - 1) in ("tỉnh", "xã", "phố", "phường") else tail[0]
            if tail[1] == "closes":
                return i, True
            continue
        j = _linked(r, i, ("thuộc", "trực", "của"))
        j = j if j > i else _level_tail(r, i)
        if j == i:
            return (_cell_run(r, i), False) if r.cell else (i, False)
        i = j
    return i, False


def _level_tail(r: Reading, i: int) -> int:
    """Past a level right after a noun: "các ban, ngành tỉnh", "lực lượng Công an xã, phường"."""
    return level_end(r, i) if table("level", "units", "whole").at(r.words, i) else i


def _cell_run(r: Reading, i: int) -> int:
    """In a cell: past lower-case words that are no duty and no other agency ("hoạt động khoáng sản")."""
    end = i
    while end < len(r.words) and r.words[end].letters and not r.capital(end) and end - i < LONGEST:
        if r.fold(end) in JOINTS or ends_name(r.words, end) or begins_agency(r, end):
            break
        end += 1
    return end


def _group_of_names(r: Reading, start: int, i: int) -> Entry | None:
    """ "các Trung tâm Y tế khu vực": a gathering word before a head with a name."""
    entry = _headed(r, i)
    if entry is None and (named := named_at(r.words, i)):
        entry = _named(r, i, *named)
    return msgspec.structs.replace(entry, start=start, kind="group", names=()) if entry else None


def _headed(r: Reading, i: int) -> Entry | None:
    """A name that is not in the gazetteer, known by its head: "Phòng Quản trị thiết bị"."""
    kinds: tuple[AgencyKind, ...] = ("office", "unit", "party", "other", "ministry", "provincial_department")
    found = table("head", *kinds).at(r.words, i)
    if found is None:
        return None
    end, kind = found
    if end == i + 1 and _mid_word(r, i):
        return None
    head = " ".join(w.text for w in r.words[i:end])
    alone = head.casefold() in phrase_set("head", "alone")
    level = level_end(r, end) if alone or kind in ("office", "party") else end
    if r.capital(end) and r.words[end].text != "Các" and not new_agency(r, end):
        stop = name_run(r, end, head, _owner_at)
    elif head.casefold() in phrase_set("head", "goes_on_after") and (
        topic := table("head", "at_once").at(r.words, end)
    ):
        stop = name_run(r, topic[0], head, _owner_at)
    elif new_agency(r, end) and (owner := _owner_at(r, end)) and owner.kind in PARENT_KINDS:
        stop = owner.end
    elif level > end and r.capital(i):
        stop = level
    elif r.capital(i) and alone and not goes_on_in_lower_case(r, end):
        stop = end
    else:
        return None
    return Entry(i, name_tail(r, stop), kind_in(kind), name_end=stop, head=head)


def kind_in(key: str) -> AgencyKind:
    """The key of a table of heads as the kind it stands for."""
    kind: AgencyKind = msgspec.convert(key, AgencyKind)
    return kind
