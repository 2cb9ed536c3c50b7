"""References whose number a scan has damaged: "Quyết định số 26S7/QĐ-UBND" is cited, and no number can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractor.document import CitedDocument, Document, Span
from extractor.recognise.dates import date_at
from extractor.recognise.issuers import issuer_at
from extractor.recognise.types import CODE, by_name, parse_number
from extractor.register.keys import number_parts
from extractor.rules import load

_TYPE_LENGTH = 40
_SIGN = re.compile(r"\s*([/-])\s*")


def damaged_references(document: Document) -> tuple[tuple[CitedDocument, Span], ...]:
    """What looks like a cited document with letters in its number, not read as a whole citation.

    The number stays as printed: what it should be is for the register to suggest and for a person to say.
    """
    text = document.text or ""
    read = [(c.span.start, c.span.end) for c in document.citations]
    found: list[tuple[CitedDocument, Span]] = []
    for m in _pattern().finditer(text):
        start, end = m.start("number"), m.end()
        if _is_sound(m["digits"]) or any(a <= start and end <= b for a, b in read):
            continue
        kind_start, kind = _type_before(text, m.start())
        parts = number_parts(m["number"])
        if kind is None and (parts is None or parts.type is None):
            continue
        date = date_at(text, end)
        issuer = issuer_at(text, date.end if date else end)
        stop = issuer.end if issuer else date.end if date else end
        repaired = parse_number(_digits(m["digits"]) + m["number"][len(m["digits"]) :])
        found.append(
            (
                CitedDocument(
                    id=f"damaged-{start}",
                    type=kind or (parts.type if parts else None),
                    type_code=repaired.type_code if repaired else None,
                    identifier=m["number"],
                    name=None,
                    issued_on=date.value if date else None,
                    issuer=issuer.agency if issuer else None,
                    title=None,
                    citation_ids=(),
                ),
                Span(kind_start, stop),
            )
        )
    return tuple(found)


def mended_number(identifier: str, mentions: Iterable[str]) -> str | None:
    """How a number is printed that was read only by putting letters right, else None: "2O56/QĐ-UBND" for 2056.

    One mention that prints the number itself is enough for None.
    """
    wanted = number_parts(identifier)
    damaged = None
    for mention in mentions if wanted else ():
        for m in _pattern().finditer(_SIGN.sub(r"\1", mention)):
            printed = number_parts(m["number"])
            if _is_sound(m["digits"]):
                return None
            if printed is None or (wanted and printed.skeleton == wanted.skeleton and printed.key != wanted.key):
                damaged = m["number"]
    return damaged


@cache
def _pattern() -> re.Pattern[str]:
    letters = re.escape("".join(load("register")["ocr"]["digits"]))
    digits = rf"[0-9{letters}]{{1,6}}(?:\.[0-9]{{1,2}})?(?:/[0-9{letters}]{{4}})?"
    return re.compile(
        rf"số[ \t]{{0,2}}:?[ \t]{{0,2}}(?P<number>(?P<digits>{digits})"
        rf"[/-]{CODE}(?:[-/]{CODE}){{0,4}})(?!\w)"
    )


def _is_sound(digits: str) -> bool:
    return re.fullmatch(r"[\d./]+", digits) is not None


def _digits(printed: str) -> str:
    table: dict[str, str] = load("register")["ocr"]["digits"]
    return "".join(table.get(c, c) for c in printed)


def _type_before(text: str, pos: int) -> tuple[int, str | None]:
    """The type word that ends before `pos`, and where it starts."""
    lead = text[max(0, pos - _TYPE_LENGTH) : pos].rstrip()
    for word in re.finditer(r"(?<!\w)\w", lead):
        kind = by_name(lead[word.start() :])
        if kind and len(lead) - word.start() <= max(map(len, (kind.name, *kind.names))):
            return max(0, pos - _TYPE_LENGTH) + word.start(), kind.name
    return pos, None
