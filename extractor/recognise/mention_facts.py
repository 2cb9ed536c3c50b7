"""What every mention of a document carries: its offsets, its number, and the date and issuer behind it."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from extractor.document import Agency, CitationForm
from extractor.recognise.dates import PrintedDate, date_at
from extractor.recognise.issuers import Issuer, issuer_at, name_at
from extractor.recognise.types import Number

# "Quyết định số 151/2003/QĐ-BCA (A11) ngày …": the unit that drew it up stands in brackets.
_UNIT = re.compile(r" \([A-Z]\d{1,2}\)(?=,? ngày)")
_AND_ISSUER = re.compile(r"(?:,| và| [-–]|-) ?(?=\S)")


class Mention(msgspec.Struct):
    """A mention: its offsets, those of its name or number alone, and what is read of it."""

    start: int
    core_end: int
    end: int
    form: CitationForm
    type: str | None
    type_code: str | None
    number: Number | None = None
    issued_on: dt.date | None = None
    issuer: Agency | None = None
    title: str | None = None


class Facts(msgspec.Struct, frozen=True):
    """The date and issuer behind a number, and where they end."""

    end: int
    issued_on: dt.date | None
    issuer: Agency | None


def facts_behind(text: str, end: int, value: Number, issuer: Agency | None) -> Facts:
    """The date and issuer that follow a number which ends at `end`, in either order; an `issuer` known is kept."""
    unit = _UNIT.match(text, end)
    date: PrintedDate | None = None
    pos = unit.end() if unit else end
    for _ in range(2):
        if date is None and (found := date_at(text, pos)) and _belongs(found, value):
            date, pos = found, found.end
        if issuer is None and (organ := _issuer(text, pos, value)):
            issuer, pos = organ.agency, organ.end
    return Facts(pos, date.value if date else None, issuer)


def _belongs(date: PrintedDate, value: Number) -> bool:
    """Whether a date can be the document's: a bare year that its number denies counts something else."""
    return date.whole or value.year is None or date.year == value.year


def _issuer(text: str, pos: int, value: Number) -> Issuer | None:
    """The issuer at `pos`; a joint paper's are named together: "của Bộ Tài chính và Bộ Nội vụ"."""
    joint = value.numbering == "joint"
    organ = issuer_at(text, pos, joint=joint)
    while organ and joint and (more := _AND_ISSUER.match(text, organ.end)):
        other = name_at(text, more.end())
        if other is None:
            break
        organ = Issuer(organ.start, other.end, Agency(text[organ.start : other.end], None, organ.agency.kind))
    return organ
