"""Who leads, who cooperates, who approves: the roles that the words of an item state.

The phrases are in `rules/assignments.toml`. An item that opens with a verb states no lead: the heading, the
column or the document then tells who leads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from extractor.recognise.agencies import AgencyMention, mentions, reading
from extractor.recognise.agency_lists import labels, read_list
from extractor.recognise.agency_reading import Entry, Reading
from extractor.recognise.phrases import Phrases, fold
from extractor.recognise.verbs import modal_at, verb_at
from extractor.resolve.cues import after, before, nominal
from extractor.resolve.labelled import in_closing_bracket, labelled
from extractor.resolve.subjects import Subject, after_clause, partners, past_list, sentences, subject_at, subject_of
from extractor.rules import load

_NOTHING: Mapping[str, str] = {}
_ROLES = ("lead", "cooperating", "approver", "supervisor", "recipients")
_CLAUSE_STARTS = frozenset({",", ";", "("})
# An item is asked several times: whether it is a task, who leads it, who leads what is below it.
_KEPT = 512


class Roles(NamedTuple):
    """Who is stated in an item, by role; offsets into the item's text."""

    lead: tuple[AgencyMention, ...] = ()
    cooperating: tuple[AgencyMention, ...] = ()
    approver: tuple[AgencyMention, ...] = ()
    supervisor: tuple[AgencyMention, ...] = ()
    recipients: tuple[AgencyMention, ...] = ()


def roles_in_item(
    text: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> Roles:
    """The agencies that an item states, by role.

    "Bộ Y tế chủ trì, phối hợp với các bộ, ngành theo dõi …" is led by "Bộ Y tế", with "các bộ, ngành".
    """
    return _roles(text, tuple(sorted(glossary.items())), on, place)


@lru_cache(maxsize=_KEPT)
def _roles(text: str, explained: tuple[tuple[str, str], ...], on: dt.date | None, place: str | None) -> Roles:
    r = replace(_read(text, explained), on=on)
    found = _entries(text, explained)
    out = {role: mentions(text, r, found[role], place) for role in _ROLES}
    out |= labelled(text, r, dict(explained), on, place)
    if not out["lead"]:
        out["lead"] = mentions(text, r, in_closing_bracket(r), place)
    leads = {_key(m) for m in out["lead"]}
    return Roles(
        lead=_distinct(out["lead"], set()),
        cooperating=_distinct(out["cooperating"], leads),
        approver=_distinct(out["approver"], set()),
        supervisor=_distinct(out["supervisor"], set()),
        recipients=_distinct(out["recipients"], set()),
    )


@lru_cache(maxsize=_KEPT)
def _entries(text: str, explained: tuple[tuple[str, str], ...]) -> Mapping[str, list[Entry]]:
    """The entries of each role, whatever the day and the place that their names in full depend on."""
    r = _read(text, explained)
    found: dict[str, list[Entry]] = {role: [] for role in _ROLES}
    for k, (start, end) in enumerate(_sentences(text, explained)):
        if (label := labels().at(r.words, start)) and r.fold(label[0]) == ":":
            continue  # "Cơ quan phối hợp: …" is read as a list
        subject = subject_of(r, start, end, first=False, led=bool(found["lead"])) if k else _opening(text, explained)
        _read_subject(r, subject, start, end, found)
    _read_cues(r, found)
    return found


def by_sentence(
    text: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
) -> Iterator[Roles]:
    """The roles that each sentence states by itself, as if it were an item of its own."""
    r = reading(text, glossary=glossary, on=on)
    for start, end in sentences(r):
        sentence = text[r.words[start].start : r.words[end - 1].end]
        yield roles_in_item(sentence, glossary=glossary, on=on, place=place)


def lead_of_introduction(
    text: str,
    *,
    glossary: Mapping[str, str] = _NOTHING,
    on: dt.date | None = None,
    place: str | None = None,
    asked: bool = False,
) -> tuple[AgencyMention, ...]:
    """Who must do the items below a sentence that ends with a colon; () where it does not say.

    "… các bộ, ngành, địa phương khẩn trương thực hiện các nhiệm vụ sau đây:" tells the doers of all that
    follows. "Chính phủ ban hành Kế hoạch … như sau:" does not: the issuer speaks of this document. With `asked`
    only those count that another asks to ("… yêu cầu các sở thực hiện:").
    """
    r = reading(text, glossary=glossary, on=on)
    if not r.words or r.words[-1].text != ":":
        return ()
    start, end = sentences(r)[-1]
    end -= r.words[-1].text == ":" and end == len(r.words)
    subject = subject_of(r, start, end, first=True) or after_clause(r, start, end, within=end - start)
    if subject is None or (not subject.asked and (asked or _speaks_of_itself(r, subject.verb))):
        return ()
    return mentions(text, r, subject.entries, place)


def _speaks_of_itself(r: Reading, i: int) -> bool:
    """Whether the verb at word `i` is what this document does: "xây dựng Kế hoạch …", "ban hành Chương trình …"."""
    if _issuing("saying").at(r.words, i):
        return True
    verb = _issuing("verbs").at(r.words, i)
    return verb is not None and (r.fold(i) == "ban" or _issuing("documents").at(r.words, verb[0]) is not None)


@cache
def _issuing(key: str) -> Phrases[str]:
    return Phrases((w, key) for w in load("assignments")["issuing"][key])


@lru_cache(maxsize=_KEPT)
def _read(text: str, explained: tuple[tuple[str, str], ...] = ()) -> Reading:
    """The words of an item with all that is read at each, kept for what is asked next."""
    return reading(text, glossary=dict(explained))


@lru_cache(maxsize=_KEPT)
def _sentences(text: str, explained: tuple[tuple[str, str], ...]) -> list[tuple[int, int]]:
    return sentences(_read(text, explained))


@lru_cache(maxsize=_KEPT)
def _opening(text: str, explained: tuple[tuple[str, str], ...]) -> Subject | None:
    """The doer of the first sentence of an item."""
    start, end = _sentences(text, explained)[0]
    return subject_of(_read(text, explained), start, end, first=True)


def opening_verb(text: str, *, glossary: Mapping[str, str] = _NOTHING) -> str | None:
    """The verb phrase of what is to be done, as printed; None where the item names it by a noun.

    "Tiếp tục rà soát, sắp xếp tổ chức" gives "Tiếp tục rà soát", "Bộ Y tế chủ trì, phối hợp …" "chủ trì".
    """
    explained = tuple(sorted(glossary.items()))
    r = _read(text, explained)
    for start, end in _sentences(text, explained)[:1]:
        subject = _opening(text, explained)
        i = subject.verb if subject else start
        while i < end:
            i = _past_modals(r, i)
            stop = verb_at(r.words, i)
            # "theo chỉ đạo của Bộ Y tế": what has an owner is a noun.
            noun = _is_number_of(r, i) or (i == start and _noun(r, i)) or r.fold(i - 1) == "được"
            if stop and not noun and r.fold(stop) != "của":
                return text[r.words[i].start : r.words[stop - 1].end]
            i = i + 1 if subject else _next_clause(r, i, end)
    return None


def _past_modals(r: Reading, i: int) -> int:
    """Past "có trách nhiệm", "hằng quý" and a remark in brackets, where no verb has begun."""
    while not verb_at(r.words, i):
        if modal := modal_at(r.words, i):
            i = modal
        elif r.fold(i) == "(":
            while i < len(r.words) and r.fold(i) != ")":
                i += 1
            i += 1
        else:
            break
    return i


def starts_with_verb(text: str, *, glossary: Mapping[str, str] = _NOTHING) -> bool:
    """Whether an item opens with its verb ("Rà soát …"), and so names no doer."""
    r = _read(text, tuple(sorted(glossary.items())))
    return bool(r.words) and not _is_number_of(r, 0) and not _noun(r, 0) and verb_at(r.words, 0) is not None


def _noun(r: Reading, i: int) -> bool:
    """Whether an agency stands where a verb might: "Tổ chức chính trị - xã hội", "Thanh tra tỉnh"."""
    entries, stop = read_list(r, i)
    return bool(entries) and stop > (verb_at(r.words, i) or 0)


def _is_number_of(r: Reading, i: int) -> bool:
    """ "Quyết định số 12": a document, not the verb."""
    stop = verb_at(r.words, i)
    return stop is not None and r.fold(stop) == "số"


def _next_clause(r: Reading, i: int, end: int) -> int:
    while i < end and r.fold(i) not in (",", ":"):
        i += 1
    return i + 1


def _read_subject(r: Reading, subject: Subject | None, start: int, end: int, found: dict[str, list[Entry]]) -> None:
    """Put the doers of a sentence and of its clauses where they belong."""
    if subject:
        helps = _joins_in(r, subject.verb, end)
        role = "cooperating" if helps and (subject.asked or found["lead"]) else "lead"
        found[role].extend(subject.entries)
    i = subject.verb if subject else start
    while i < end:
        if helping := partners(r, i, end):  # a list that is worked with does nothing of its own
            i = helping[-1].end
            continue
        if r.fold(i) in _CLAUSE_STARTS and (clause := subject_at(r, i + 1, end, sure=True)):
            if _joins_in(r, clause.verb, end) and (found["lead"] or r.fold(i) == "("):
                found["cooperating"].extend(clause.entries)
            elif _leads(r, clause.verb, alone=not found["lead"]) and r.fold(i) != ",":
                found["lead"].extend(clause.entries)
            i = clause.verb
        elif r.fold(i) in _CLAUSE_STARTS and i + 1 < end:
            i = past_list(r, i + 1) - 1
        i += 1


def _leads(r: Reading, i: int, *, alone: bool) -> bool:
    """Whether the verb at word `i` says who leads; where nobody does `alone`, "(Phòng Kinh tế tham mưu)" does."""
    return (r.fold(i), r.fold(i + 1)) == ("chủ", "trì") or (
        alone and _issuing("carrying_out").at(r.words, i) is not None
    )


def _joins_in(r: Reading, i: int, end: int) -> bool:
    """Whether the verb at word `i` is "phối hợp" with nobody named after it: those before it cooperate."""
    cue = before().at(r.words, i)
    if cue and r.fold(cue[0]) == "và" and verb_at(r.words, cue[0] + 1):  # "phối hợp và tổ chức thực hiện"
        return False
    return cue is not None and not partners(r, i, end)


def _read_cues(r: Reading, found: dict[str, list[Entry]]) -> None:
    """Put the agencies after the cues that count anywhere where they belong."""
    cooperating = after("cooperating")
    others = [(role, after(role)) for role in ("approver", "supervisor", "recipients")]
    starts = _cue_starts()
    for i in (i for i, word in enumerate(r.words) if word.fold in starts):
        if cooperating.at(r.words, i) and not nominal().ends_at(r, i):
            found["cooperating"].extend(partners(r, i, len(r.words)))
        for role, cues in others:
            if cue := cues.at(r.words, i):
                found[role].extend(read_list(r, cue[0])[0])


@cache
def _cue_starts() -> frozenset[str]:
    roles = ("cooperating", "approver", "supervisor", "recipients")
    return frozenset().union(*(after(role).first_words() for role in roles))


def _key(m: AgencyMention) -> str:
    return " ".join(fold(w) for w in m.agency.name.split())


def _distinct(found: tuple[AgencyMention, ...], taken: set[str]) -> tuple[AgencyMention, ...]:
    """Each agency once, those already `taken` left out."""
    seen = set(taken)
    out: list[AgencyMention] = []
    for m in sorted(found, key=lambda m: m.start):
        if _key(m) not in seen:
            seen.add(_key(m))
            out.append(m)
    return tuple(out)
