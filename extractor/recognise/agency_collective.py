"""Collective phrases: "các bộ, ngành, cơ quan có liên quan" is one entry of a list of agencies."""

from __future__ import annotations

from extractor.recognise.agency_links import OwnerAt, begins_agency, linked
from extractor.recognise.agency_reading import (
    JOINTS,
    LONGEST,
    Entry,
    Reading,
    level_end,
    mid_word,
    names_at,
    new_agency,
    phrase_set,
    place_end,
    quantifier_at,
    table,
)
from extractor.recognise.agency_runs import starts_entry
from extractor.recognise.verbs import duty_at, ends_name, verb_at

_MOST_RUNNING = 5


def collective_at(r: Reading, start: int, i: int, owner_at: OwnerAt) -> Entry | None:
    """A phrase for many agencies that starts with its first noun at word `i`."""
    quantified = i > start
    seen: set[tuple[str, ...]] = set()
    nouns, end, closed, j = 0, i, False, i
    while j - start < LONGEST and (noun := _noun_at(r, j, nouns > 0 or quantified)):
        after = _noun_tail(r, _people_of(r, j, noun[0], owner_at), owner_at, quantified)
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
    if nouns == 1 and end > i and quantifier_at(r, end) > end and _of_many(r, i, end):
        many = owner_at(r, end)
        return Entry(start, many.end, "group", closed=True, nouns=2) if many and many.nouns else None
    bare = table("noun", "bare").at(r.words, i) is not None
    if not quantified and not bare and (nouns < 2 or mid_word(r, i)):
        return None
    return Entry(start, end, "group", closed=closed, nouns=nouns)


def _of_many(r: Reading, start: int, end: int) -> bool:
    return " ".join(w.fold for w in r.words[start:end]) in phrase_set("noun", "of_many")


def one_ending(r: Reading, i: int, owner_at: OwnerAt) -> Entry | None:
    """Party bodies that share what follows: "Đảng ủy, chi bộ trực thuộc", "Chi ủy, chi bộ các thôn"."""
    j, nouns = i, 0
    while found := table("noun", "party").at(r.words, j):
        nouns, j = nouns + 1, found[0]
        if nouns > 1 and (tail := table("tail", "closes").at(r.words, j)):
            return Entry(i, tail[0], "group", closed=True, nouns=nouns)
        many = owner_at(r, j) if nouns > 1 and quantifier_at(r, j) > j else None
        if many and many.nouns:
            return Entry(i, many.end, "group", closed=True, nouns=nouns)
        if r.fold(j) not in (",", "và") or r.capital(j + 1):
            break
        j += 1
    return None


def _people_of(r: Reading, start: int, i: int, owner_at: OwnerAt) -> int:
    """Past the agency that a noun for people belongs to: "các thành viên Ban Chỉ đạo"."""
    spelled = " ".join(w.fold for w in r.words[start:i])
    owner = owner_at(r, i) if spelled in phrase_set("noun", "people") and r.capital(i) else None
    return owner.end if owner and not owner.nouns else i


def _noun_at(r: Reading, i: int, inside: bool) -> tuple[int, bool] | None:
    """A noun of a collective phrase: where it ends, and whether it is of another class than sở, ban."""
    keys = ("bare", "after_quantifier", "inside") if inside else ("bare", "after_quantifier")
    found = table("noun", *keys).at(r.words, i)
    if found is None or quantifier_at(r, i) > i:
        return None
    blocked = table("not_agency", "words").at(r.words, i)
    title = table("title", "words").at(r.words, i)  # "Cục trưởng" is no "cục"
    if any(longer and longer[0] > found[0] for longer in (blocked, title)):
        return None
    spelled = " ".join(w.fold for w in r.words[i : found[0]])
    named = names_at(r, i)
    if named and named[0] >= found[0] and any(r.capital(k) for k in range(i, named[0])) and new_agency(r, i):
        return None
    if r.capital(i) and found[0] > i + 1 and spelled in phrase_set("head", "alone"):
        return None  # "các khoa, Văn phòng": with a capital it is the one of this organisation
    if not inside and found[1] != "bare" and r.fold(found[0]) != ",":
        return None
    if r.capital(i) and r.capital(found[0]) and found[1] != "bare" and inside and r.fold(i - 1) in JOINTS:
        return None
    return found[0], spelled in phrase_set("noun", "apart")


def _noun_tail(r: Reading, i: int, owner_at: OwnerAt, quantified: bool) -> tuple[int, bool]:
    """Past what goes with one noun of a collective phrase, and whether that ends the phrase."""
    stop = i + LONGEST
    while i < stop and r.capital(i) and not starts_entry(r, i) and r.words[i].text != "Các":
        i += 2 if r.fold(i + 1) == "-" and r.capital(i + 2) and r.words[i].end == r.words[i + 1].start else 1
    while i < stop:
        j = linked(r, i, ("thuộc", "trực", "của"), owner_at)
        if j > i:
            i = j
            continue
        tail = table("tail", "closes", "open").at(r.words, i)
        if tail and not _is_what_they_do(r, i, tail[0]):
            i = place_end(r, tail[0]) if r.fold(tail[0] - 1) in ("tỉnh", "xã", "phố", "phường") else tail[0]
            if tail[1] == "closes":
                return i, True
            continue
        j = _level_tail(r, i)
        if j == i and r.cell:
            j = _cell_run(r, i)
            if j == i or not table("tail", "closes", "open").at(r.words, j):
                return j, False
        elif j == i and quantified:
            j = _running_words(r, i)
        if j == i:
            return i, False
        i = j
    return i, False


def _is_what_they_do(r: Reading, i: int, end: int) -> bool:
    """Whether an ending at word `i` is the verb: "(các trường) giáo dục pháp luật", "(các tổ) phụ trách địa bàn"."""
    if r.fold(i) == "phụ":
        return not _told(r, end)
    if r.fold(i) == "còn":  # "các trường còn lại tự bảo đảm chi" tells of them, a heading names them
        return end < len(r.words) and r.words[end].letters
    goes_on = end < len(r.words) and r.words[end].letters and not r.capital(end) and r.fold(end) not in JOINTS
    doing = verb_at(r.words, i) == end and not r.cell and goes_on
    return (
        doing
        and not _told(r, end)
        and level_end(r, end) == end
        and not table("tail", "closes", "open").at(r.words, end)
    )


def _running_words(r: Reading, i: int) -> int:
    """In running text: past lower-case words that tell which ("các hộ kinh doanh xăng dầu chấp hành"), where a verb,
    a mark or a function word follows; `i` where they do not."""
    if table("head", "not_part").at(r.words, i):
        return i
    end = i
    while end < len(r.words) and r.words[end].text.isalpha() and not r.capital(end) and end - i <= _MOST_RUNNING:
        if _told(r, end) or begins_agency(r, end) or r.fold(end) in JOINTS:
            break
        end += 1
    if end == i or end - i > _MOST_RUNNING:
        return i
    marked = end >= len(r.words) or r.fold(end) in (".", ";", ":", ",", "\n", ")", "(", "và")
    return end if marked or _told(r, end) or table("tail", "closes", "open").at(r.words, end) else i


def _told(r: Reading, i: int) -> bool:
    """Whether what they do begins at word `i`."""
    verb = verb_at(r.words, i)
    return (verb is not None and verb > i + 1) or ends_name(r.words, i) or duty_at(r.words, i)


def _level_tail(r: Reading, i: int) -> int:
    """Past a level right after a noun: "các ban, ngành tỉnh", "cấp ủy, chính quyền các xã, phường"."""
    return level_end(r, i) if table("level", "units", "whole").at(r.words, quantifier_at(r, i)) else i


def _cell_run(r: Reading, i: int) -> int:
    """In a cell: past lower-case words that are no duty and no other agency ("hoạt động khoáng sản")."""
    end = i
    while end < len(r.words) and r.words[end].letters and not r.capital(end) and end - i < LONGEST:
        if r.fold(end) in JOINTS or ends_name(r.words, end) or begins_agency(r, end):
            break
        end += 1
    return end
