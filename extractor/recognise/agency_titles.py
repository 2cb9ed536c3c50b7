"""Persons as entries of a list of agencies: by title ("Giám đốc các Sở") or by name."""

from __future__ import annotations

from extractor.recognise.agency_collective import collective_at
from extractor.recognise.agency_links import OwnerAt
from extractor.recognise.agency_reading import Entry, Reading, new_agency, phrase_set, quantifier_at, table
from extractor.recognise.agency_runs import name_run, own_body
from extractor.recognise.verbs import duty_at, verb_at

_LONGEST_NAME = 5


def title_at(r: Reading, start: int, i: int, owner_at: OwnerAt) -> Entry | None:
    """A person by title, with the agencies that the title heads."""
    found = table("title", "words").at(r.words, i)
    if found is None:
        return None
    end = found[0]
    spelled = " ".join(w.fold for w in r.words[i:end])
    j = end + 1 if r.fold(end) == "của" else end
    owner = owner_at(r, j) if r.fold(j) not in ("", ",", ".") else None
    if owner and owner.nouns == 1 and owner.start == j and verb_at(r.words, j) and quantifier_at(r, j) == j:
        owner = None  # "Hiệu trưởng tổ chức họp" has the verb
    if owner and (
        r.capital(i)
        or spelled not in phrase_set("title", "words_of_their_own")
        or (spelled == "trưởng" and quantifier_at(r, j) > j)
    ):
        return Entry(start, owner.end, "person_title", owner=owner, name_end=end, closed=owner.closed)
    if r.capital(i) and (own := own_body(r, end)) > end:  # "Lãnh đạo Viện", "Giám đốc Sở"
        return Entry(start, own, "person_title", name_end=end)
    if spelled.endswith(("trưởng phòng", "trưởng khoa", "trưởng ban", "trưởng trạm", "trưởng đoàn")) and r.capital(end):
        return Entry(start, name_run(r, end, "", owner_at), "person_title", name_end=end)
    said = " ".join(w.text for w in r.words[i:end]).casefold()
    if said not in phrase_set("title", "alone" if r.capital(i) else "lower"):
        return None
    if start < i and (many := collective_at(r, start, end - 1, owner_at)) and many.end > end:
        return Entry(start, many.end, "person_title", name_end=end, closed=many.closed)  # "các Trưởng khoa, phòng"
    stop = end
    while r.capital(stop) and stop - end < _LONGEST_NAME and not new_agency(r, stop):  # "Phó Giám đốc Lê Văn Nam"
        stop += 1
    stop = stop if stop > end + 1 else end
    return Entry(start, _charge_end(r, stop, start == i), "person_title", name_end=end)


def _charge_end(r: Reading, i: int, one: bool) -> int:
    """Past what one of several is in charge of: "Phó Giám đốc phụ trách chuyên môn | chỉ đạo …"."""
    charge = table("title", "charge").at(r.words, i) if one else None
    if charge is None:
        return i
    told = r.fold(charge[0]) in (":", ",", "") or verb_at(r.words, charge[0]) or duty_at(r.words, charge[0])
    return charge[0] if told else i


def person_at(r: Reading, start: int, i: int, owner_at: OwnerAt) -> Entry | None:
    """A person by name, with the title after it: "đồng chí Lê Thị Hoa, Phó Chủ tịch UBND xã"."""
    found = table("title", "persons").at(r.words, i)
    if found is None:
        return None
    end = found[0]
    while r.capital(end) and end - found[0] < _LONGEST_NAME and not new_agency(r, end):
        end += 1
    alone = end == found[0] + 1 and (verb_at(r.words, end) or r.fold(end) in ("", ",", ";", ".", "(", ":"))
    if end < found[0] + 2 and not (alone and not title_at(r, found[0], found[0], owner_at)):
        office = title_at(r, start, found[0], owner_at)
        return office
    office = (
        title_at(r, end + 1, end + 1, owner_at) if r.fold(end) in ("-", ",", "(") else title_at(r, end, end, owner_at)
    )
    if office is None:
        return Entry(start, end, "person_title", name_end=end)
    stop = office.end + 1 if r.fold(end) == "(" and r.fold(office.end) == ")" else office.end
    return Entry(start, stop, "person_title", name_end=end)
