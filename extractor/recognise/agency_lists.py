"""Lists of agencies: in running text up to the verb, in a table cell one entry for each agency."""

from __future__ import annotations

from functools import cache

import msgspec

from extractor.recognise.agency_grammar import entry_at
from extractor.recognise.agency_links import HEADS, begins_agency
from extractor.recognise.agency_names import field_at
from extractor.recognise.agency_reading import Entry, Reading, new_agency, place_end, quantifier_at, table
from extractor.recognise.phrases import Phrases
from extractor.recognise.provinces import province_at
from extractor.recognise.verbs import ends_name, verb_at
from extractor.rules import load

_JOINTS = frozenset({",", "và", "hoặc", "/", "cùng"})
_ELIDING_HEADS = ("Bộ", "Sở", "Phòng")
_BULLETS = frozenset({"-", "+", "•", "*", "–", ";", ",", ".", "\n", ":", "/", "và", "hoặc"})
_MOST_ENTRIES = 80
_LONGEST_BRACKET = 14


@cache
def labels() -> Phrases[str]:
    """What a list is introduced with ("Cơ quan chủ trì:"), and the role that it gives."""
    return Phrases((w, row["role"]) for row in load("assignments")["label"] for w in row["words"])


def read_list(r: Reading, i: int) -> tuple[tuple[Entry, ...], int]:
    """The entries of the list that starts at word `i`, and where the list ends (exclusive)."""
    if i not in r.lists:
        r.lists[i] = _read_list(r, i)
    return r.lists[i]


def _read_list(r: Reading, i: int) -> tuple[tuple[Entry, ...], int]:
    entries: list[Entry] = []
    end = i
    while len(entries) < _MOST_ENTRIES:
        found = _elided(r, i, entries[-1] if entries else None) or _one(r, i)
        if not found:
            break
        entries.extend(found)
        end = i = found[-1].end
        if r.fold(i) == "(" and (past := _past_bracket(r, i)) - i <= _LONGEST_BRACKET and r.fold(past) in _JOINTS:
            i = past
        if r.fold(i) not in _JOINTS:
            if not _runs_on(r, i, found[-1]):
                break
            continue
        while r.fold(i) in _JOINTS or (r.fold(i) == "với" and r.fold(i - 1) == "cùng"):
            i += 1
    return tuple(entries), end


def _one(r: Reading, i: int) -> tuple[Entry, ...]:
    entry = entry_at(r, i)
    return (_places(r, entry) or (entry,)) if entry and entry.end > i else ()


def _runs_on(r: Reading, i: int, last: Entry) -> bool:
    """Whether the next agency follows without a comma ("Sở Y tế cơ quan, đơn vị liên quan")."""
    if last.kind in ("unit", "person_title", "office") or not begins_agency(r, i):
        return False
    entry = entry_at(r, i)
    return entry is not None and (entry.head in ("Bộ", "Sở") or entry.kind == "people_committee" or r.cell)


def _elided(r: Reading, i: int, last: Entry | None) -> tuple[Entry, ...]:
    """Agencies whose head word is printed once: "Các Bộ: Tài chính, Xây dựng", "Sở Tư pháp, Nội vụ".

    So are persons: "Bộ trưởng các Bộ: Công an, Y tế" names two.
    """
    if last is not None and quantifier_at(r, i) == i:
        head = last.head or ""
        joined = head == "Phòng" and r.fold(i - 1) == "và"  # "Phòng Văn bản và Phổ biến pháp luật" is one
        return _field(r, i, i, head, last.prefix or head) if head in _ELIDING_HEADS and not joined else ()
    title = table("title", "words").at(r.words, i)
    at = title[0] if title else i
    j = quantifier_at(r, at)
    head = next((h for h in _ELIDING_HEADS if r.fold(j) == h.casefold()), "")
    if not head or j == at:
        return ()
    k = j + 2 if r.fold(j + 1) == ":" else j + 1
    if title:
        return _field(r, k, k, head, f"{' '.join(w.text for w in r.words[i:at])} {head}")
    return _field(r, k, j if k == j + 1 else k, head, head)


def _field(r: Reading, i: int, start: int, head: str, prefix: str) -> tuple[Entry, ...]:
    found = field_at(r.words, i, head) if r.capital(i) and not new_agency(r, i) else None
    if found is None:
        return ()
    end, names = found
    kind = names[0].kind if prefix == head else "person_title"
    return (Entry(start, end, kind, names, end, head=head, prefix=prefix if start == i else ""),)


def _places(r: Reading, e: Entry) -> tuple[Entry, ...]:
    """The agencies of a list of places behind one head: "UBND các xã: Mường La, Chiềng Lao" are two."""
    if e.owner and e.kind == "person_title" and (heads := _places(r, e.owner)):
        title = " ".join(w.text for w in r.words[e.start : e.owner.start])
        return tuple(
            msgspec.structs.replace(
                h, kind=e.kind, prefix=f"{title} {h.prefix}", full=f"{title} {h.full}" if h.full else None
            )
            for h in heads
        )
    i = quantifier_at(r, e.name_end)
    if not e.names or not e.names[0].place or i == e.name_end or e.name_end <= e.start:
        return ()
    unit = table("level", "units").at(r.words, i)
    if unit is None or e.end < unit[0]:
        return ()
    level = " ".join(w.text for w in r.words[i : unit[0]])
    at = e.end + 1 if r.fold(e.end) == ":" else unit[0]
    level = level if at == unit[0] or e.end == unit[0] else ""  # "UBND các xã, phường: …" leaves the level open
    head, out = " ".join(w.text for w in r.words[e.start : e.name_end]), list[Entry]()
    while (
        r.capital(at) and (end := place_end(r, at)) > at and (r.fold(unit[0] - 1) != "tỉnh" or province_at(r.words, at))
    ):
        full = " ".join(part for part in (e.names[0].name, level) if part)
        prefix = " ".join(part for part in (head, level) if part)
        out.append(Entry(at, end, e.kind, name_end=at, full=full if level else None, prefix=prefix))
        at = end + 1
        if r.fold(end) not in (",", "và") or begins_agency(r, at):
            break
        if other := table("level", "units").at(r.words, at):
            level, at = " ".join(w.text for w in r.words[at : other[0]]), other[0]
    return tuple(out) if len(out) > 1 else ()


def read_cell(r: Reading) -> tuple[Entry, ...]:
    """One entry for each agency of a cell, duties, remarks in brackets and numbering left out."""
    entries: list[Entry] = []
    i, last, head = 0, None, ""
    while i < len(r.words) and len(entries) < _MOST_ENTRIES:
        if (skipped := _past_numbering(r, i)) > i:
            i = skipped
            continue
        found = _elided(r, i, last) or _one(r, i)
        if not found and head and r.capital(i):
            found = (Entry(i, _chunk_end(r, i), "other", head=head, prefix=head),)
        if not found:
            stop = _chunk_end(r, i)
            if stop == i:
                i = _past_duty(r, i)
                continue
            found = (Entry(i, stop, "other"),)
        last = _whole(r, found[-1])
        head = (last.prefix and head) or _list_head(r, found[-1])
        entries.extend((*found[:-1], last))
        i = last.end
        if r.fold(i) == "(":
            i = _past_bracket(r, i)
        if ends_name(r.words, i) or (last.names and verb_at(r.words, i)):
            i = _past_duty(r, i)
    return tuple(entries)


def _list_head(r: Reading, entry: Entry) -> str:
    """The head word of a list that is introduced with a colon: "Các Bộ: …"."""
    return entry.prefix if entry.start >= 2 and r.fold(entry.start - 1) == ":" else ""


def _whole(r: Reading, entry: Entry) -> Entry:
    """An entry with the words that follow it up to the next mark, where they start no other agency."""
    many = quantifier_at(r, entry.start) > entry.start
    if many and not entry.closed and (part := _more_of_it(r, entry.end)) > entry.end:
        return msgspec.structs.replace(entry, end=part)
    end = entry.end
    if not (entry.closed or entry.prefix or r.fold(end) in ("(", *_BULLETS) or (entry.names and verb_at(r.words, end))):
        end = _chunk_end(r, end) if not begins_agency(r, end) or entry.kind == "unit" else end
    if many or entry.nouns or entry.kind in ("person_title", "people_committee", "other"):
        tail = table("tail", "closes").at(r.words, end)
        end = tail[0] if tail else _mark(r, end) if _tells_which(r, end) else end
    return msgspec.structs.replace(entry, end=end) if end > entry.end else entry


def _tells_which(r: Reading, i: int) -> bool:
    """Whether words at word `i` tell which of many is meant ("có tài sản cần thu hồi") and no duty of theirs."""
    told = table("tail", "tells_which", "tells_no_which").at(r.words, i)
    return told is not None and told[1] == "tells_which" and not r.capital(i)


def _mark(r: Reading, i: int) -> int:
    """The next mark that ends what a cell says of an agency, a slash between two words not counted."""
    while i < len(r.words) and r.fold(i) not in (",", ";", "\n", ":", "(", "+"):
        if r.fold(i) == "và" and begins_agency(r, i + 1):
            break
        i += 1
    return i


def _more_of_it(r: Reading, i: int) -> int:
    """Past a part after a comma that only tells more of which: "các chủ hồ chứa thủy lợi, thủy điện"."""
    end = _chunk_end(r, i + 1) if r.fold(i) == "," and quantifier_at(r, i + 1) == i + 1 else i
    part = range(i + 1, end)
    lower = all(r.words[k].letters and not r.capital(k) for k in part)
    known = any(begins_agency(r, k) or table("noun", "bare", "after_quantifier", "inside").at(r.words, k) for k in part)
    return end if part and lower and not known and not verb_at(r.words, i + 1) else i


def _chunk_end(r: Reading, i: int) -> int:
    """The end of a name that no rule knows: the next mark, duty or agency."""
    start = i
    while i < len(r.words) and r.fold(i) not in (",", ";", "\n", ":", "(") and not ends_name(r.words, i):
        if i > start and r.fold(i) == "hoặc":
            return i
        if i > start and (r.fold(i - 1) == "và" or r.fold(i) != "và") and begins_agency(r, i):
            return i - 1 if r.fold(i - 1) == "và" else i
        i += 1
    while i > start and r.fold(i - 1) in _BULLETS:
        i -= 1
    return i


def _past_numbering(r: Reading, i: int) -> int:
    """Past separators, bullets, "1.", "a)" and a label such as "Chủ trì:"."""
    if r.fold(i) in _BULLETS:
        return i + 1
    numbered = (r.fold(i).isdigit() or len(r.fold(i)) == 1) and r.fold(i + 1) in (".", ")")
    if numbered and not table("head", *HEADS).at(r.words, i):  # "P. Đào tạo" is a department
        return i + 2
    label = labels().at(r.words, i)
    return label[0] + 1 if label and r.fold(label[0]) == ":" else i


def _past_bracket(r: Reading, i: int) -> int:
    while i < len(r.words) and r.fold(i) != ")":
        i += 1
    return i + 1


def _past_duty(r: Reading, i: int) -> int:
    """Past what an agency of the cell has to do, up to the next item."""
    while i < len(r.words) and r.fold(i) not in (";", "\n"):
        i += 1
    return i + 1
