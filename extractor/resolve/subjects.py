"""Who does it: the agencies at the start of a sentence, before its verb, or those that it asks to."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extractor.recognise.agency_links import begins_agency
from extractor.recognise.agency_lists import read_list
from extractor.recognise.agency_reading import Entry, Reading, quantifier_at, table
from extractor.recognise.phrases import Phrases
from extractor.recognise.verbs import modal_at, verb_at
from extractor.resolve.cues import after, between, cues
from extractor.rules import load

# A doer stands near the start; in a longer sentence a comma and an agency are part of something else.
_FARTHEST = 120
_TIME_WORDS = 15
_LONGEST_REMARK = 40
_TELLING = 25
_LONGEST_DESCRIPTION = 12
_MOST_BETWEEN = 8
_NO_DOER_BEFORE = frozenset(
    {"của", "về", "được", "bị", "đã", "và", "với", "là", "do", "cho", "để", "tại", "ở", "trên", "này", "gồm"}
)
_STRONG = frozenset({"chủ", "có", "chịu", "phối", "phải"})
_LINKS = frozenset({"của", "do", "tại", "từ", "với", "số"})
_JOINTS = frozenset({",", ":", ";"})
_SENTENCE_MARKS = frozenset({".", "\n"})


class Subject(NamedTuple):
    """Who does it, and the word at which what they do begins. `asked`: another asks them to."""

    entries: tuple[Entry, ...]
    verb: int
    asked: bool = False
    label: bool = False


@cache
def _asking() -> Phrases[str]:
    return Phrases((w, row["role"]) for row in cues() if row.get("hands_on") for w in row["words"])


@cache
def _introduction(key: str) -> Phrases[str]:
    return Phrases((w, key) for w in load("assignments")["introduction"][key])


def sentences(r: Reading) -> list[tuple[int, int]]:
    """The sentences of an item as word positions, half-open."""
    out: list[tuple[int, int]] = []
    start = 0
    for i, text in [(i, word.text) for i, word in enumerate(r.words) if word.text in _SENTENCE_MARKS]:
        if text == "\n" or i + 1 == len(r.words) or _opens_sentence(r, i + 1):
            if i > start:
                out.append((start, i))
            start = i + 1
    if start < len(r.words):
        out.append((start, len(r.words)))
    return out


def _opens_sentence(r: Reading, i: int) -> bool:
    """Whether a full stop before word `i` ends a sentence: not in "TP. Lào Cai", "15.000", "v.v."."""
    before = r.words[i - 2] if i > 1 else None
    short = before is not None and before.text.isalpha() and before.text in ("Tp", before.text.upper()[:2])
    return r.words[i].start > r.words[i - 1].end and not r.words[i].text[0].islower() and not short


def subject_of(r: Reading, start: int, end: int, *, first: bool, led: bool = False) -> Subject | None:
    """The doer of the sentence between two word positions, or None where it names none.

    In a sentence after the `first`, only an agency that is named or that leads counts: a collective phrase there
    is rarely the doer of the item. Where the item is `led` already, an introducing clause is not searched.
    """
    found = _subject(r, start, end, first, led)
    if found is None or first or found.asked or _named(found.entries):
        return found
    return found if (r.fold(found.verb), r.fold(found.verb + 1)) == ("chủ", "trì") else None


def _subject(r: Reading, start: int, end: int, first: bool, led: bool) -> Subject | None:
    if asked := _asked(r, start, end, within=1):
        return asked
    found = subject_at(r, start, end, sure=not first) or (_described(r, start, end) if first else None)
    if found:
        return _after_colon(r, found, end) if found.label else _asked(r, found.verb, end, within=4) or found
    if aside := _introduction("aside").at(r.words, start):  # "Riêng Sở Y tế rà soát …"
        found = subject_at(r, aside[0], end, sure=True)
        if found and r.capital(aside[0]):
            return found
    if led:
        return None
    time, reason = (_introduction(key).at(r.words, start) for key in ("time", "reason"))
    verb = verb_at(r.words, start) or 0  # "Theo dõi" is no "theo"
    if time and time[0] >= verb and (found := _after_time(r, start, end)):
        return found
    if (reason and reason[0] >= verb) or (time and time[0] >= verb):
        return after_clause(r, start, end)
    return _after_topic(r, start, end)


def _asked(r: Reading, start: int, end: int, *, within: int) -> Subject | None:
    """Those that the text asks: "Giao Sở Nội vụ chủ trì", "đề nghị các phòng, đơn vị phản ánh"."""
    for i in range(start, min(end, start + within)):
        cue = _asking().at(r.words, i)
        if cue is None:
            continue
        found = subject_at(r, cue[0], end, sure=False) or _given_to(r, cue[0], end)
        if found:
            return found._replace(asked=True, label=False)
    return None


def _given_to(r: Reading, i: int, end: int) -> Subject | None:
    """Those to whom a task is given that stands between: "Phân công việc sửa chữa cho Đội 1 chủ trì"."""
    for k in range(i, min(end, i + _TIME_WORDS)):
        if r.fold(k) in _JOINTS or r.fold(k) == ".":
            return None
        if r.fold(k) == "cho" and (found := subject_at(r, k + 1, end, sure=True)):
            return found
    return None


def subject_at(r: Reading, i: int, end: int, *, sure: bool) -> Subject | None:
    """The agencies at word `i` if what follows them shows that they do it.

    `sure`: only a verb or a word such as "có trách nhiệm" shows it; else any word that is no preposition.
    """
    entries, stop = read_list(r, i)
    if not entries or stop > end:
        return None
    if r.fold(stop) == "(":
        stop = next((k + 1 for k in range(stop, min(end, stop + _LONGEST_REMARK)) if r.fold(k) == ")"), end)
    while r.fold(stop) == ";" and (more := read_list(r, stop + 1))[0] and more[1] <= end:
        entries, stop = (*entries, *more[0]), more[1]
    label = r.fold(stop) == ":"
    at = stop + 1 if r.fold(stop) in (",", ":") else stop
    if _plain(r, i, entries[0]) and r.fold(at) not in _STRONG:
        return None
    if label:
        return None if sure else Subject(entries, at, label=True)
    if at < end and (verb_at(r.words, at) or modal_at(r.words, at)):
        return Subject(entries, at)
    if not sure and not _plain(r, i, entries[0]) and (told := _responsible(r, at, end)):
        return Subject(entries, told)
    if sure or at != stop or at >= end or not r.words[at].letters or r.fold(at) in _NO_DOER_BEFORE:
        return None
    return Subject(entries, at) if _named(entries) and not r.capital(at) else None


def _described(r: Reading, start: int, end: int) -> Subject | None:
    """One who is told by what he does: "Người giải quyết tố cáo có trách nhiệm …"."""
    if not r.capital(start) or not _describable().at(r.words, start):
        return None
    told = _responsible(r, start + 1, min(end, start + _LONGEST_DESCRIPTION))
    if told is None or any(not r.words[k].letters for k in range(start, told)):
        return None
    return Subject((Entry(start, told, "group", nouns=1),), told)


@cache
def _describable() -> Phrases[str]:
    return Phrases((w, "described") for w in load("assignments")["described"]["words"])


def _responsible(r: Reading, i: int, end: int) -> int | None:
    """Where "có trách nhiệm" follows words that tell more of a doer: "Đơn vị thuộc Bộ nhận báo cáo có trách nhiệm"."""
    for k in range(i, min(end, i + _TELLING)):
        if r.fold(k) in (";", ":", "."):
            return None
        if r.fold(k) in ("có", "chịu") and r.fold(k + 1) == "trách" and r.fold(k + 2) == "nhiệm":
            return k
    return None


def _plain(r: Reading, i: int, entry: Entry) -> bool:
    """Whether an entry is one noun alone, which is rarely the doer: "tổ chức", but not "Người lao động"."""
    noun = table("noun", "bare").at(r.words, i)
    if entry.nouns != 1 or quantifier_at(r, i) > i or noun is None:
        return False
    if r.fold(i - 1) == "," and table("noun", "owners").at(r.words, i):
        return False
    return not (r.capital(i) and table("noun", "doers", "owners").at(r.words, i))


def _named(entries: tuple[Entry, ...]) -> bool:
    return all(e.kind not in ("group", "unit") and not e.nouns for e in entries)


def _after_colon(r: Reading, label: Subject, end: int) -> Subject:
    """ "Phòng Đào tạo: Sắp xếp …" names the doer before the colon, unless one is named after it."""
    inner = subject_at(r, label.verb, end, sure=True)
    return inner or label


def _after_time(r: Reading, start: int, end: int) -> Subject | None:
    """ "Hằng năm Sở Nội vụ tổng hợp", "Trước ngày 10/12, các phòng báo cáo"."""
    for i in range(start + 1, min(end, start + _TIME_WORDS)):
        if r.fold(i - 1) == ",":
            return subject_at(r, i, end, sure=True)
        if r.capital(i) and (found := subject_at(r, i, end, sure=True)):
            return found
    return None


def after_clause(r: Reading, start: int, end: int, *, within: int = _FARTHEST) -> Subject | None:
    """The doer after an introducing clause: at a comma or a colon, or asked to.

    In "theo chỉ đạo của Bộ Chính trị, Ban Bí thư, rà soát …" the second name goes on with the list after "của".
    """
    i = start + 1
    owners: tuple[Entry, ...] = ()
    of = start  # where the list of these agencies ends, which a noun of the clause belongs to
    while i < min(end, start + within):
        if helping := partners(r, i, end):
            i = max(i + 1, helping[-1].end)
            continue
        if r.fold(i - 1) in (",", ":"):
            found = subject_at(r, i, end, sure=True)
            if found and i < of:
                found = _beyond_owners(r, found, owners)
            if found and (r.fold(i - 1) == "," or _named(found.entries)):
                return _asked(r, found.verb, end, within=4) or found
        if asked := _asked(r, i, end, within=1):
            return asked
        if r.fold(i - 1) in _JOINTS or not begins_agency(r, i):
            i = i + 1 if i < of else past_list(r, i)
            continue
        entries, stop = read_list(r, i)
        if entries and r.fold(i - 1) in _LINKS:
            owners, of, i = entries, stop, entries[0].end
        else:  # "báo cáo Chính phủ, Thủ tướng Chính phủ": all of them are the object
            i = max(stop, i + 1)
    return None


def _beyond_owners(r: Reading, found: Subject, owners: tuple[Entry, ...]) -> Subject | None:
    """The doers of a list that goes on from owners: "ý kiến của Bộ Tài chính, Bộ Nội vụ, Sở Nội vụ hoàn thiện …"."""
    if r.fold(found.verb - 1) == "," or _is_superior(r, found.entries[0].start):
        return None
    others = tuple(e for e in found.entries if e.kind != owners[0].kind)
    return found._replace(entries=others or found.entries)


def past_list(r: Reading, i: int) -> int:
    """Past the list at word `i`, of which nothing shows that it does anything: none of its tails does either."""
    return max(read_list(r, i)[1], i + 1) if begins_agency(r, i) else i + 1


def _is_superior(r: Reading, i: int) -> bool:
    """Whether one stands at word `i` who directs and does not carry out: "Thủ tướng Chính phủ"."""
    return _introduction("superiors").at(r.words, i) is not None


def _after_topic(r: Reading, start: int, end: int) -> Subject | None:
    """ "Lĩnh vực nội vụ: Sở Nội vụ chủ trì …": a topic, a colon and a named doer."""
    for i in range(start + 1, min(end, start + _TIME_WORDS)):
        if r.fold(i - 1) == ":":
            found = subject_at(r, i, end, sure=True)
            many = _introduction("topic_of_many").at(r.words, start)
            told = found and r.capital(i) and r.fold(found.verb) in _STRONG  # "Theo dõi: Khoa Dược chịu trách nhiệm"
            return found if found and (many or told or _named(found.entries)) else None
    return None


def partners(r: Reading, i: int, end: int) -> tuple[Entry, ...]:
    """The agencies after a cue of cooperation at word `i`, past the words that say how."""
    cue = after("cooperating").at(r.words, i)
    if cue is None:
        return ()
    j = cue[0]
    while j < cue[0] + _MOST_BETWEEN and (word := between().at(r.words, j)):
        j = word[0]
    entries, stop = read_list(r, j)
    if stop > end or not entries:
        return ()
    linked = r.fold(j - 1) in ("với", "cùng", "của")
    return entries if linked or not entries[0].nouns or quantifier_at(r, j) > j else ()
