"""The gazetteer: agencies that have a name of their own, their spellings and their full names.

Source of the names: Nghị quyết số 176/2025/QH15, Nghị định số 45/2025/NĐ-CP, Nghị định số 150/2025/NĐ-CP; the
rows and their validity are in `rules/agencies.toml`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

import msgspec

from extractor.document import AgencyKind
from extractor.recognise.phrases import Phrases, Word, words_of
from extractor.rules import load

_HEAD_KINDS: dict[str, AgencyKind] = {
    "Bộ": "ministry",
    "Sở": "provincial_department",
    "Phòng": "unit",
    "Ban": "unit",
    "Vụ": "unit",
    "Cục": "unit",
}
_SHORTEST_SYMBOL = 3


class Named(msgspec.Struct, frozen=True):
    """An agency of the gazetteer. `place`: its name goes on with a level or a place; see agencies.toml."""

    name: str
    kind: AgencyKind
    short: tuple[str, ...] = ()
    place: bool = False
    needs_place: bool = False
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    replaced_by: str | None = None
    head: str | None = None

    def exists(self, on: dt.date) -> bool:
        """Whether it existed on a day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


class _Field(msgspec.Struct, frozen=True):
    name: str
    heads: tuple[str, ...]
    short: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    replaced_by: str | None = None

    def agency(self, head: str) -> Named:
        """The agency that the field is with a head before it."""
        successor = f"{head} {self.replaced_by}" if self.replaced_by else None
        return Named(
            f"{head} {self.name}",
            _HEAD_KINDS[head],
            place=head in ("Sở", "Phòng"),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            replaced_by=successor,
            head=head,
        )


@cache
def _fields() -> tuple[_Field, ...]:
    return tuple(msgspec.convert(row, _Field) for row in load("agencies")["field"])


@cache
def named_agencies() -> tuple[Named, ...]:
    """Every agency of the gazetteer."""
    bodies = tuple(msgspec.convert(row, Named) for row in load("agencies")["body"])
    return tuple(f.agency(head) for f in _fields() for head in f.heads) + bodies


def _spellings() -> Iterator[tuple[str, Named]]:
    for field in _fields():
        for head in field.heads:
            agency = field.agency(head)
            yield agency.name, agency
            for short in field.short:
                yield f"{head} {short}", agency
                yield f"{head}{short}", agency
                if len(short) >= _SHORTEST_SYMBOL - 1 and head in ("Bộ", "Sở") and short.isupper():
                    yield head[0] + short, agency
    for row in load("agencies")["body"]:
        body = msgspec.convert(row, Named)
        for spelling in (body.name, *body.short):
            yield spelling, body


@cache
def _gazetteer() -> Phrases[Named]:
    return Phrases(_spellings())


@cache
def _fields_of(head: str) -> Phrases[Named]:
    rows = [(f, f.agency(head)) for f in _fields() if head in f.heads]
    return Phrases((s, agency) for f, agency in rows for s in (f.name, *f.short))


def pick(candidates: Sequence[Named], on: dt.date | None) -> Named | None:
    """The one agency that a spelling means on a day; None where several may be meant."""
    if on is not None and len(candidates) > 1:
        candidates = [c for c in candidates if c.exists(on)] or candidates
    return candidates[0] if len({c.name for c in candidates}) == 1 else None


def named_at(words: Sequence[Word], i: int) -> tuple[int, tuple[Named, ...]] | None:
    """The agencies that the longest spelling at word `i` may mean, and where it ends (exclusive)."""
    return _gazetteer().all_at(words, i)


def field_at(words: Sequence[Word], i: int, head: str) -> tuple[int, tuple[Named, ...]] | None:
    """As `named_at` for a field whose head was left out: "Các Bộ: Tài chính, Xây dựng"."""
    return _fields_of(head).all_at(words, i)


def glossary_table(glossary: Mapping[str, str]) -> Phrases[str]:
    """The abbreviations of a document as a table; the same glossary gives the same table."""
    return _glossary_table(tuple(sorted(glossary.items())))


@lru_cache(maxsize=64)
def _glossary_table(items: tuple[tuple[str, str], ...]) -> Phrases[str]:
    return Phrases((short, full) for short, full in items if words_of(short))
