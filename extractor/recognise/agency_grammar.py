"""One entry of a list of agencies: where it starts and ends, and what it is.

An entry is a name ("Sở Khoa học và Công nghệ tỉnh Lào Cai"), a person by title ("Giám đốc các Sở") or a
collective phrase ("các bộ, ngành, cơ quan có liên quan"). The words are in `rules/agency_phrases.toml`.
"""

from __future__ import annotations

import msgspec

from extractor.document import AgencyKind
from extractor.recognise.agency_collective import collective_at, one_ending
from extractor.recognise.agency_links import HEADS, linked, name_tail
from extractor.recognise.agency_names import Named, field_at
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
    quantifier_at,
    table,
)
from extractor.recognise.agency_runs import PARENT_KINDS, goes_on_in_lower_case, name_run, own_body, starts_entry
from extractor.recognise.agency_titles import person_at, title_at
from extractor.recognise.phrases import words_of
from extractor.recognise.verbs import duty_at, ends_name, modal_at, verb_at

_DEEPEST = 3
_COUNCILS = frozenset({"people_committee", "people_council"})
_LISTED_BY_NAME = frozenset({"hội", "đảng"})  # "Hội Nông dân và Phụ nữ" are two
_OF_MANY = frozenset({"party", "other"})
_OF_ONE = frozenset({"party", "other", "unit"})
_JOINING = frozenset({"-", ",", "và", "&"})


def entry_at(r: Reading, i: int) -> Entry | None:
    """The entry that starts at word `i`, or None."""
    if i >= len(r.words) or not r.words[i].letters or _in_symbol(r, i):
        return None
    if r.glossary and (short := r.glossary.at(r.words, i)):
        return _abbreviation(r, i, *short)
    key = (i, r.depth)
    if key not in r.known:
        r.known[key] = _read_entry(r, i)
    return r.known[key]


def _read_entry(r: Reading, i: int) -> Entry | None:
    j = quantifier_at(r, i)
    if j > i and r.fold(i) == r.fold(i + 1):  # "các các phòng"
        i += 1
    if j > i:
        return (
            title_at(r, i, j, owner_at)
            or person_at(r, i, j, owner_at)
            or collective_at(r, i, j, owner_at)
            or _group_of_names(r, i, j)
        )
    if shared := one_ending(r, i, owner_at):
        return shared
    named = names_at(r, i)
    title = title_at(r, i, i, owner_at) or person_at(r, i, i, owner_at)
    if title and not (named and named[0] >= title.end):
        return title
    blocked = table("not_agency", "words").at(r.words, i)
    if blocked and not (named and named[0] > blocked[0]):
        return None
    if named and (entry := _named(r, i, *named)):
        longer = _headed(r, i) if _may_go_on(r, entry) else None
        return longer if longer and longer.end > entry.end + bool(entry.head) else entry
    head, noun = table("head", *HEADS).at(r.words, i), table("noun", "bare").at(r.words, i)
    if noun and (of_field := _of_field(r, i, noun[0])):
        return of_field
    named_after = head and noun and (head[0] > noun[0] or (r.capital(i) and starts_entry(r, head[0])))
    if named_after and (entry := _headed(r, i)):  # "Cơ quan thường trực Ban Chỉ đạo"
        return entry
    return collective_at(r, i, i, owner_at) or _headed(r, i)


def _may_go_on(r: Reading, e: Entry) -> bool:
    """Whether a name that is known may be the beginning of one that is not: "Hội đồng Khoa học | và Đào tạo"."""
    if e.head:
        return r.fold(e.end) in _JOINING
    if e.end > e.name_end or (not r.capital(e.end - 1) and not r.capital(e.start + 1)):
        return False
    at = e.end + 1 if r.fold(e.end) in ("và", "&") else e.end
    return r.capital(at) and not starts_entry(r, at) and r.fold(e.start) not in _LISTED_BY_NAME


def _of_field(r: Reading, i: int, end: int) -> Entry | None:
    """A body named by its field alone: "cơ quan Tài chính", "Cơ quan Nội vụ cấp tỉnh"."""
    if r.fold(i) != "cơ" or end != i + 2 or not r.capital(end):
        return None
    found = field_at(r.words, end, "Sở") or field_at(r.words, end, "Bộ")
    return Entry(i, name_tail(r, level_end(r, found[0]), owner_at), "other", name_end=found[0]) if found else None


def _in_symbol(r: Reading, i: int) -> bool:
    """Whether a word is part of a document's symbol: "TTg" in "12/QĐ-TTg"."""
    if i < 2 or r.words[i - 1].text not in ("-", "/", "&") or r.words[i].text.istitle():
        return False
    return r.words[i - 2].end + 1 == r.words[i].start and not r.words[i].text.islower()


def owner_at(r: Reading, i: int) -> Entry | None:
    """The agency inside another entry: what a title heads, what "thuộc" leads to."""
    return entry_at(msgspec.structs.replace(r, depth=r.depth + 1), i) if r.depth < _DEEPEST else None


def _abbreviation(r: Reading, i: int, end: int, full: str) -> Entry:
    kind = kind_of(full)
    return Entry(i, name_tail(r, level_end(r, end), owner_at), kind, name_end=end, full=full)


def kind_of(name: str) -> AgencyKind:
    """The kind of agency that a name in full belongs to; "other" where its head is not known."""
    entry = entry_at(Reading(words_of(name), cell=True), 0)
    return entry.kind if entry else "other"


def _named(r: Reading, i: int, end: int, names: tuple[Named, ...]) -> Entry | None:
    if (field := _field_of_head(r, end)) > end:
        return Entry(i, name_tail(r, level_end(r, field), owner_at), names[0].kind, names, end, head=names[0].head)
    stop = level_end(r, end) if any(n.place for n in names) else end
    if stop == end and r.fold(end - 1) == "sở" and r.fold(end).isdigit():  # "Thuế cơ sở 3"
        stop += 1
    if not any(r.capital(k) for k in range(i, end)):  # "đảng ủy các xã" is a name, "thanh tra", "nhà trường" are words
        names = tuple(n for n in names if n.kind in _COUNCILS or (n.kind in _OF_ONE and stop > end))
    elif stop == end and names[0].kind == "party" and (of := _body_within(r, end)):
        return Entry(i, of.end, "party", owner=of, name_end=end, head=names[0].head)
    elif stop == end and names[0].kind in _OF_MANY and (many := _many_at(r, end)):
        return Entry(i, many.end, "group", name_end=end, head=names[0].head)
    if names and stop == end and names[0].kind in _OF_ONE and (own := own_body(r, end)) > end:
        return Entry(i, own, names[0].kind, names, end, head=names[0].head)
    while r.fold(stop) in JOINTS and (more := table("level", "committees").at(r.words, stop + 1)):
        if stop - i > LONGEST or not table("level", "committees").at(r.words, i):
            break
        stop = more[0]
    names = tuple(n for n in names if stop > end or not n.needs_place or _among_agencies(r, i, end))
    if not names:
        return None
    return Entry(i, name_tail(r, stop, owner_at), names[0].kind, names, end, head=names[0].head)


def _field_of_head(r: Reading, end: int) -> int:
    """Past the field of a ministry or department whose head ends a name: "Thanh tra Bộ | Tài chính"."""
    head = {"bộ": "Bộ", "sở": "Sở"}.get(r.fold(end - 1))
    found = field_at(r.words, end, head) if head and r.capital(end - 1) and r.capital(end) else None
    return found[0] if found else end


def _body_within(r: Reading, i: int) -> Entry | None:
    """The body that a committee of the Party is within: "Đảng ủy | HĐND tỉnh", "Đảng ủy | cơ quan Sở Nội vụ"."""
    if r.fold(i) == "cơ" and r.fold(i + 1) == "quan" and r.capital(i + 2):
        i += 2
    entry = owner_at(r, i) if r.capital(i) else None
    return entry if entry and entry.kind in PARENT_KINDS and not entry.nouns else None


def _many_at(r: Reading, i: int) -> Entry | None:
    """The many whose body is named once: "Công an | các đơn vị, địa phương", "Công đoàn | các khu công nghiệp"."""
    many = owner_at(r, i) if quantifier_at(r, i) > i else None
    return many if many and many.nouns else None


def _among_agencies(r: Reading, i: int, end: int) -> bool:
    """Whether a name without its level stands in a list of bodies: "Trạm Y tế, Công an, Đoàn Thanh niên"."""
    listed = r.fold(i - 1) in (",", "với") and r.fold(end) in (",", "và")
    return r.capital(i) and listed and (r.capital(end + 1) or quantifier_at(r, end + 1) > end + 1)


def _group_of_names(r: Reading, start: int, i: int) -> Entry | None:
    """ "các Trung tâm Y tế khu vực": a gathering word before a head with a name."""
    if table("not_agency", "words").at(r.words, i) and not names_at(r, i):
        return None
    entry = _headed(r, i)
    if entry is None and (named := names_at(r, i)):
        entry = _named(r, i, *named)
    return msgspec.structs.replace(entry, start=start, kind="group", names=()) if entry else None


def _headed(r: Reading, i: int) -> Entry | None:
    """A name that is not in the gazetteer, known by its head: "Phòng Quản trị thiết bị"."""
    found = table("head", *HEADS).at(r.words, i)
    if found is None:
        return None
    end, kind = found
    head = " ".join(w.text for w in r.words[i:end])
    named_by_task = r.capital(i) and head.casefold() in phrase_set("head", "by_task_after")
    if named_by_task and (stop := _by_task(r, end)) > end:
        return Entry(i, stop, "unit", name_end=stop, closed=True)
    if end == i + 1 and mid_word(r, i):
        return None
    alone = head.casefold() in phrase_set("head", "alone")
    level = level_end(r, end) if alone or kind in ("office", "party") else end
    if (r.capital(end) or r.fold(end).isdigit()) and r.words[end].text != "Các" and not new_agency(r, end):
        stop = name_run(r, end, head, owner_at)
    elif head.casefold() in phrase_set("head", "goes_on_after") and (
        topic := table("head", "at_once").at(r.words, end)
    ):
        stop = name_run(r, topic[0], head, owner_at)
    elif new_agency(r, end) and (owner := owner_at(r, end)) and owner.kind in PARENT_KINDS:
        stop = owner.end
    elif head == "Tổ đảng" and (stop := linked(r, end, ("ở", "tại"), owner_at)) > end:
        pass
    elif level > end and r.capital(i):
        stop = level
    elif alone and kind == "party" and r.capital(i) and (many := _many_at(r, end)):
        return Entry(i, many.end, "group", name_end=end, head=head)
    elif r.capital(i) and alone and not goes_on_in_lower_case(r, end):
        stop = end
    else:
        return None
    if head in ("Ủy ban", "Ban", "Hội đồng") and r.fold(stop) == "của":  # "Ủy ban Pháp luật của Quốc hội"
        stop = linked(r, stop, ("của",), owner_at)
    kind = "party" if kind == "other" and _of_the_party(r, end, stop) else kind
    return Entry(i, name_tail(r, stop, owner_at), kind_in(kind), name_end=stop, head=head)


def _by_task(r: Reading, i: int) -> int:
    """Past the task in small letters that names a body: "Đoàn | kiểm tra liên ngành", "Bộ phận | văn thư"; `i` else.

    In "Giao Tổ kiểm tra việc thu phí" the task is the verb: nothing may follow a name but its level, a mark or what
    they do.
    """
    end = i
    while not r.capital(end) and (task := table("head", "by_task").at(r.words, end)):
        if end > i and verb_at(r.words, end):
            break
        end = task[0]
    if end == i and not r.capital(i):  # "Tổ nuôi dưỡng | xây dựng thực đơn": a task of any kind before what they do
        task_end = verb_at(r.words, i) or i
        end = task_end if task_end > i + 1 and (verb_at(r.words, task_end) or 0) > task_end + 1 else i
    if end == i:
        return i
    stop = name_tail(r, linked(r, level_end(r, end), ("của",), owner_at), owner_at)
    if stop >= len(r.words) or not r.words[stop].letters or r.fold(stop) in _JOINING:
        return stop
    told = verb_at(r.words, stop) or duty_at(r.words, stop) or modal_at(r.words, stop) or ends_name(r.words, stop)
    return stop if told else i


def _of_the_party(r: Reading, start: int, stop: int) -> bool:
    """Whether a name ends with a committee of the Party: "Ban Tuyên giáo Đảng ủy"."""
    ends = (names_at(r, k) for k in range(start, stop))
    return any(found and found[0] <= stop and found[1][0].kind == "party" for found in ends)


def kind_in(key: str) -> AgencyKind:
    """The key of a table of heads as the kind it stands for."""
    kind: AgencyKind = msgspec.convert(key, AgencyKind)
    return kind
