"""What a citation says held against what an entry says, field by field. Nothing is decided here."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

import msgspec
from rapidfuzz import fuzz

from extractor.document import CitedDocument
from extractor.recognise.types import generic_names
from extractor.register.entry import Entry
from extractor.register.keys import NumberParts, number_parts, plain_title
from extractor.register.organs import contradicts_symbol, same_organ

Field = Literal["number", "type", "date", "issuer", "title"]
Verdict = Literal["same", "differs", "unknown"]

# Measured on the 3,521 titles of a provincial register: a title and its cited beginning agree at 1.0, a shortened or
# reworded one at 0.7 and above; of two documents of one office, whose formulas are alike, 98 of 100 pairs stay
# below 0.66 and 99.7 of 100 below 0.80.
TITLE_SAME = 0.80
TITLE_DIFFERS = 0.66
_MIN_WORDS = 4
_LAW = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_LAW_NAME = re.compile(r"^(?:bộ luật|luật|pháp lệnh) ")


class Comparison(msgspec.Struct, frozen=True):
    """One field: what the document says, what the register says, and whether they agree."""

    field: Field
    cited: str | None
    registered: str | None
    verdict: Verdict


class Cited(msgspec.Struct, frozen=True):
    """A cited document with what is needed to look it up; `place` and `on` are the citing document's."""

    document: CitedDocument
    parts: NumberParts | None
    place: str | None = None
    on: dt.date | None = None

    @property
    def title(self) -> str | None:
        """What the text says the document is about; for a document cited by name, the name."""
        return self.document.title or self.document.name


class Comparisons(msgspec.Struct, frozen=True):
    """All fields of one citation against one entry; `title_likeness` is 0 to 1 or None."""

    entry: Entry
    fields: tuple[Comparison, ...]
    title_likeness: float | None

    def verdict(self, field: Field) -> Verdict:
        """Whether that field agrees."""
        return next(c.verdict for c in self.fields if c.field == field)

    @property
    def differing(self) -> tuple[Comparison, ...]:
        """The fields that disagree."""
        return tuple(c for c in self.fields if c.verdict == "differs")

    @property
    def score(self) -> float:
        """How much speaks for this entry, 0 to 1: every agreeing field adds, an unknown one half."""
        weights: dict[Field, float] = {"number": 0.4, "date": 0.25, "title": 0.15, "issuer": 0.12, "type": 0.08}
        half = {"same": 1.0, "unknown": 0.5, "differs": 0.0}
        return round(sum(weights[c.field] * half[c.verdict] for c in self.fields), 3)


def compare(cited: Cited, entry: Entry) -> Comparisons:
    """Every field of the citation against the entry's."""
    document = cited.document
    own, other = number_parts(entry.identifier), number_parts(entry.alternate)
    alike = title_likeness(cited.title, entry.title)
    return Comparisons(
        entry=entry,
        fields=(
            _number(cited.parts, own, other),
            Comparison("type", document.type, entry.type, _type(document, entry)),
            Comparison("date", _day(document.issued_on), _day(entry.issued_on), _date(document, entry)),
            _issuer(cited, entry, own),
            Comparison("title", cited.title, entry.title, _title(alike)),
        ),
        title_likeness=alike,
    )


def title_likeness(a: str | None, b: str | None) -> float | None:
    """How like two titles are, 0 to 1; None where one is missing or too short to tell.

    A citation often gives only the beginning, or runs on behind the end: the shorter is sought in the longer.
    """
    if not a or not b:
        return None
    first, second = (_LAW_NAME.sub("", plain_title(t)) for t in (a, b))
    shorter, longer = sorted((first, second), key=len)
    if not shorter:
        return None
    if len(shorter.split()) < _MIN_WORDS:
        return 1.0 if longer.startswith(shorter) and len(shorter) * 2 > len(longer) else None
    start = fuzz.ratio(shorter, longer[: len(shorter)])
    return max(start, fuzz.token_sort_ratio(first, second), _inside(shorter, longer)) / 100


def _inside(shorter: str, longer: str) -> float:
    # A few words in common inside a long title say little: the shorter must be long enough to be one by itself.
    return fuzz.partial_ratio(shorter, longer) if len(shorter.split()) >= 6 else fuzz.ratio(shorter, longer)


def _title(alike: float | None) -> Verdict:
    if alike is None or TITLE_DIFFERS <= alike < TITLE_SAME:
        return "unknown"
    return "same" if alike >= TITLE_SAME else "differs"


def _number(cited: NumberParts | None, own: NumberParts | None, other: NumberParts | None) -> Comparison:
    shown = own or other
    if cited is None or shown is None:
        return Comparison("number", cited.printed if cited else None, shown.printed if shown else None, "unknown")
    match = next((p for p in (own, other) if p and p.strict == cited.strict), None)
    return Comparison("number", cited.printed, (match or shown).printed, "same" if match else "differs")


def _type(document: CitedDocument, entry: Entry) -> Verdict:
    if not document.type or not entry.type or document.type in generic_names():
        return "unknown"
    if document.type in _LAW and entry.type in _LAW and document.identifier:
        return "same"  # "59/2020/QH14" is a law's and a code's number alike
    return "same" if document.type.casefold() == entry.type.casefold() else "differs"


def _date(document: CitedDocument, entry: Entry) -> Verdict:
    if not document.issued_on or not entry.issued_on:
        return "unknown"
    return "same" if document.issued_on == entry.issued_on else "differs"


def _issuer(cited: Cited, entry: Entry, own: NumberParts | None) -> Comparison:
    agency = cited.document.issuer
    if agency is None:
        return Comparison("issuer", None, entry.issuer, "unknown")
    name = agency.canonical or agency.name
    same = same_organ(name, entry.issuer, cited.place) if entry.issuer else None
    if same is None and entry.issuer is None and own and not own.joint and contradicts_symbol(own.organ, name):
        same = False
    verdict: Verdict = "unknown" if same is None else ("same" if same else "differs")
    return Comparison("issuer", agency.name, entry.issuer or (f"ký hiệu {own.symbol}" if own else None), verdict)


def _day(on: dt.date | None) -> str | None:
    return f"{on:%d/%m/%Y}" if on else None
