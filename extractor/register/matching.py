"""Which entry a citation means, and what is the matter with it.

Numbers restart every year for every issuer, so a number alone never makes two documents one; a number that is only
like another is suggested and never taken for it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeGuard

import msgspec

from extractor.document import CitedDocument, Header
from extractor.register.compare import TITLE_SAME, Cited, Comparisons, compare, title_likeness
from extractor.register.entry import Entry
from extractor.register.keys import in_year, number_parts, title_key
from extractor.register.near import MIN_TITLE, MOST, is_slip, near_entries
from extractor.register.organs import one_of_a_kind
from extractor.register.store import Register
from extractor.resolve.identity import law_name

CANDIDATES = 10
_MANY = 50
_SHOWN = 3  # entries of the same number shown where none of them is meant
_PRIORITY = ("number", "date", "issuer", "type", "title")
_STATUS = {
    "number": "number_near_miss",
    "date": "date_differs",
    "issuer": "issuer_differs",
    "type": "type_differs",
    "title": "title_differs",
}


class Match(msgspec.Struct, frozen=True):
    """The outcome for one cited document. `best` is the entry it was held against, or the one suggested."""

    cited: Cited
    status: str
    best: Comparisons | None
    candidates: tuple[Comparisons, ...] = ()


def match_all(documents: Sequence[CitedDocument], register: Register, header: Header) -> list[Match]:
    """Every document that the one with that header cites, with a handful of queries for all of them together."""
    cited = [Cited(d, number_parts(d.identifier), header.place, header.issued_on) for d in documents]
    settled = _of_that_year(cited, register)
    rest = [c for c in cited if c.document.id not in settled]
    by_key = _index(register.find("key", (c.parts.key for c in rest if c.parts)), "identifier")
    by_alternate = _index(register.find("alternate_key", (c.parts.key for c in rest if c.parts)), "alternate")
    by_title = _titles(register.find("title_key", (k for c in rest for k in _names(c)), MOST))
    for c in rest:
        pool = [*by_key.get(c.parts.key, ()), *by_alternate.get(c.parts.key, ())] if c.parts else ()
        found = _settle(c, pool) if c.parts else _by_name(c, by_title)
        if found:
            settled[c.document.id] = found
    near = near_entries([c for c in cited if c.parts and not _matched(settled.get(c.document.id))], register)
    outcome: list[Match] = []
    for c in cited:
        m = settled.get(c.document.id)
        like = near.get(c.document.id, ())
        best = m if _matched(m) else _better(c, m, distinct([x for x in like if is_slip(x)]))
        if best.status == "not_found" and c.parts:
            same_number = [compare(c, e) for e in by_key.get(c.parts.key, ())[:_MANY]]
            best = msgspec.structs.replace(best, candidates=tuple(distinct([*same_number, *like])[:_SHOWN]))
        outcome.append(best)
    return outcome


def _of_that_year(cited: Sequence[Cited], register: Register) -> dict[str, Match]:
    """The dated citations that the entries of their number and year settle: most of them, and with few entries read."""
    dated = [(c, c.parts, c.document.issued_on) for c in cited if c.parts and c.document.issued_on]
    values = (v for _, p, on in dated for v in (in_year(p.key, on), in_year(p.key, None)))
    by_key = _index(register.find("key_year", values), "identifier")
    found: dict[str, Match] = {}
    for c, p, on in dated:
        m = _settle(c, [e for e in by_key.get(p.key, ()) if e.issued_on is None or e.issued_on.year == on.year])
        if m:
            found[c.document.id] = m
    return found


def _matched(m: Match | None) -> TypeGuard[Match]:
    return m is not None and m.status == "matched"


def _index(entries: Iterable[Entry], field: str) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = defaultdict(list)
    for e in entries:
        if parts := number_parts(getattr(e, field)):
            table[parts.key].append(e)
    return table


def _titles(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    table: dict[str, list[Entry]] = defaultdict(list)
    for e in entries:
        table[title_key(e.title or "")].append(e)
    return table


def _names(c: Cited) -> tuple[str, ...]:
    return (title_key(law_name(c.document.name)[0]),) if c.document.name and not c.parts else ()


def _by_name(c: Cited, by_title: Mapping[str, list[Entry]]) -> Match | None:
    """A document cited by name: its year, where one is told, must be the entry's."""
    names = _names(c)
    year = law_name(c.document.name)[1] if c.document.name else None
    told = c.document.issued_on.year if c.document.issued_on else year
    pool = [e for n in names for e in by_title.get(n, ()) if _agree(c.document.type, e.type)]
    if told is None and c.on:
        # A law of later years is not what a document of that day can mean.
        pool = [e for e in pool if (e.year or 0) <= c.on.year]
    return _settle(c, [e for e in pool if told is None or e.year is None or e.year == told])


def _agree(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _settle(c: Cited, pool: Sequence[Entry]) -> Match | None:
    """The outcome among the entries of one number, or None where none of them can be meant."""
    compared = distinct([x for e in _worth(c, pool) if _possible(x := compare(c, e))])
    if not compared:
        return None
    agreeing = [x for x in compared if not x.differing]
    if any(x.verdict("date") == "same" for x in agreeing):
        agreeing = [x for x in agreeing if x.verdict("date") == "same"]
    if len(agreeing) > 1:
        titled = [x for x in agreeing if x.verdict("title") == "same"]
        agreeing = titled or agreeing
    if len(agreeing) == 1:
        return Match(c, "matched", agreeing[0])
    if agreeing:
        return Match(c, "ambiguous", None, tuple(agreeing[:CANDIDATES]))
    first, *others = compared
    if others and others[0].score == first.score and _days_off(others[0]) == _days_off(first):
        return Match(c, "ambiguous", None, tuple(compared[:CANDIDATES]))
    return Match(c, _status(first), first, tuple(others[: CANDIDATES - 1]))


def _worth(c: Cited, pool: Sequence[Entry]) -> Sequence[Entry]:
    """Of very many entries of one number those of the year that is cited, or of that title."""
    if len(pool) <= _MANY or c.document.issued_on is None:
        return pool
    year, title = c.document.issued_on.year, title_key(c.title or "")[:MIN_TITLE]
    return [
        e
        for e in pool
        if e.issued_on is None or e.issued_on.year == year or (title and title_key(e.title or "").startswith(title))
    ]


def _status(x: Comparisons) -> str:
    differing = {f.field for f in x.differing}
    return next((_STATUS[f] for f in _PRIORITY if f in differing), "matched")


def _possible(x: Comparisons) -> bool:
    """Whether an entry of the same number may be meant although it differs.

    Another year, or another issuer and another day, is another document, unless the title says that it is the same
    or the number itself holds the year.
    """
    if x.verdict("title") == "same":
        return True
    if not _may_be_of_that_year(x):
        return False
    parts = number_parts(x.entry.identifier)
    single = parts is not None and one_of_a_kind(parts.organ)
    if x.verdict("date") != "differs":
        return x.verdict("date") == "same" or x.verdict("issuer") != "differs" or single
    if x.verdict("issuer") == "differs" and not single:
        return False
    if parts and parts.year:
        return True
    known = x.verdict("issuer") == "same" or x.entry.issuer is not None
    return known and _days_off(x) < 366 and _same_year(x)


def _may_be_of_that_year(x: Comparisons) -> bool:
    """An entry without date and with a number that starts anew every year is known by when it took effect."""
    date = next(f for f in x.fields if f.field == "date")
    if not date.cited or x.entry.year:
        return True
    took_effect = x.entry.effective_on
    return took_effect is not None and took_effect.year - int(date.cited[-4:]) in (0, 1)


def _same_year(x: Comparisons) -> bool:
    date = next(f for f in x.fields if f.field == "date")
    return (date.cited or "")[-4:] == (date.registered or "")[-4:]


def _days_off(x: Comparisons) -> int:
    date = next(f for f in x.fields if f.field == "date")
    if not date.cited or not date.registered:
        return 0
    first, second = (dt.date(int(d[6:]), int(d[3:5]), int(d[:2])) for d in (date.cited, date.registered))
    return abs((first - second).days)


def distinct(compared: Sequence[Comparisons]) -> list[Comparisons]:
    """The best first; one document entered twice counts once, and first-hand goes before second-hand."""
    ordered = sorted(
        compared,
        key=lambda x: (-x.score, _days_off(x), x.entry.origin != "register", -_filled(x.entry), x.entry.id or 0),
    )
    kept: list[Comparisons] = []
    for x in ordered:
        if not any(_one_document(x.entry, k.entry) for k in kept):
            kept.append(x)
        if len(kept) > CANDIDATES:
            break
    return kept


def _filled(e: Entry) -> int:
    return sum(v is not None for v in (e.issued_on, e.issuer, e.title, e.effect))


def _one_document(a: Entry, b: Entry) -> bool:
    if "second_hand" in (a.origin, b.origin):
        return a.issued_on is None or b.issued_on is None or a.issued_on == b.issued_on
    if a.issued_on != b.issued_on or not _agree(a.issuer, b.issuer) or not _same_number(a, b):
        return False
    alike = title_likeness(a.title, b.title)
    return alike is None or alike >= TITLE_SAME


def _same_number(a: Entry, b: Entry) -> bool:
    first, second = number_parts(a.identifier), number_parts(b.identifier)
    return (first and first.key) == (second and second.key)


def _better(c: Cited, settled: Match | None, near: Sequence[Comparisons]) -> Match:
    """What the number itself led to, unless a like number has more to say for it."""
    if near and (settled is None or _speaks(near[0]) > max(map(_speaks, _of(settled)), default=0.0)):
        others = (*near[1:], *(_of(settled) if settled else ()))
        return Match(c, _near_status(near[0]), near[0], others[: CANDIDATES - 1])
    return settled or Match(c, "not_found", None)


def _of(m: Match) -> tuple[Comparisons, ...]:
    return ((m.best,) if m.best else ()) + m.candidates


def _speaks(x: Comparisons) -> float:
    return x.score + (0.25 if x.verdict("number") == "differs" else 0.0)


def _near_status(x: Comparisons) -> str:
    """Same number, organ and day under another type's symbol is another type, not another number."""
    cited = number_parts(next(f for f in x.fields if f.field == "number").cited)
    own = number_parts(x.entry.identifier)
    both = cited and own and cited.number == own.number and cited.organ == own.organ and x.verdict("date") == "same"
    return "type_differs" if both and x.verdict("type") == "differs" else "number_near_miss"
