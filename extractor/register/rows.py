"""One row of a register file as an entry, or the reason why it is none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import msgspec

from extractor.recognise.dates import date_in
from extractor.recognise.numbers import number_at
from extractor.recognise.types import by_name
from extractor.register.address import number_in_address
from extractor.register.entry import Effect, Entry
from extractor.register.keys import NumberParts, number_parts, plain_number, toneless
from extractor.register.organs import issuer_by_symbol
from extractor.rules import load

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?:[T ].*)?$")
_NUMBERED = re.compile(r"(?:^|.{1,120}? )số\s*:?\s*(?:Số\s*:?\s*)?", re.I)


class Rejection(msgspec.Struct, frozen=True):
    """A row that was not taken, and why."""

    row: int
    reason: str
    shown: str


class Defaults(msgspec.Struct, frozen=True):
    """What the file leaves out: `issuer` of all its documents, or the `place` whose bodies issued them."""

    issuer: str | None = None
    place: str | None = None
    source: str = ""


def read_entry(cells: Mapping[str, str], mapping: Mapping[str, str], defaults: Defaults) -> Entry | str:
    """The entry in a row, or the reason (Vietnamese) why there is none.

    A number is taken from its column, else from the title, else from the page's address; where two of them
    contradict the column, the column's is kept as `alternate`.
    """
    values = {field: cells.get(heading, "").strip() for field, heading in mapping.items()}
    dates: dict[str, dt.date | None] = {}
    for field in ("issued_on", "effective_on", "expires_on"):
        printed = values.get(field, "")
        dates[field] = _date(printed)
        if dates[field] is None and re.search(r"\d", printed) and field == "issued_on":
            return f"ngày ban hành không đọc được: “{printed}”"
    column = values.get("identifier") or _joined(values.get("number", ""), values.get("symbol", ""))
    title = values.get("title", "")
    inside = _number_in_title(title)
    address = number_in_address(values.get("url", ""))
    identifier, alternate = _choose(column, inside, address[1] if address else None)
    if identifier is None and not title:
        return (
            f"số, ký hiệu không đọc được: “{column}”" if column else "không có số, ký hiệu và cũng không có trích yếu"
        )
    parts = number_parts(identifier)
    heading_type = by_name(title) if inside or parts is None or parts.type is None else None
    kind = (
        _type(values.get("type", ""))
        or (parts.type if parts else None)
        or (heading_type.name if heading_type else None)
    )
    issued_on, note = dates["issued_on"], values.get("note") or None
    if issued_on and parts and parts.year and parts.year != issued_on.year:
        # Such a number holds the year of issue (Nghị định 30/2020/NĐ-CP, Phụ lục I): the date is another document's.
        doubt = f"Sổ ghi ngày {issued_on:%d/%m/%Y}, không hợp với năm trong số."
        issued_on, note = None, f"{note} {doubt}" if note else doubt
    issuer = values.get("issuer") or _issuer(parts, defaults)
    status = values.get("status", "")
    return Entry(
        identifier=identifier,
        type=kind or (address[0] if address else None),
        issued_on=issued_on,
        issuer=issuer or None,
        title=_bare_title(title, kind) or None,
        effect="replaced" if values.get("replaced_by") else effect_of(status),
        effect_text=status or None,
        effective_on=dates["effective_on"],
        expires_on=dates["expires_on"],
        replaced_by=values.get("replaced_by") or None,
        url=values.get("url") or None,
        note=note,
        alternate=alternate,
        source=defaults.source,
    )


def effect_of(status: str) -> Effect | None:
    """Whether a document is in force, by the words of the register; None where they do not tell."""
    plain = " ".join(status.casefold().split())
    for row in load("register")["effect"]:
        if any(word in plain for word in row["words"]):
            effect: Effect = row["effect"]
            return effect
    return None


def _issuer(parts: NumberParts | None, defaults: Defaults) -> str | None:
    if parts is None or parts.joint:
        return defaults.issuer
    return issuer_by_symbol(parts.organ, defaults.place) or defaults.issuer


def _date(printed: str) -> dt.date | None:
    if iso := _ISO.match(printed):
        try:
            return dt.date(int(iso["y"]), int(iso["m"]), int(iso["d"]))
        except ValueError:
            return None
    found = date_in(printed)
    return found.value if found else None


def _joined(number: str, symbol: str) -> str:
    if not number or not symbol:
        return number
    return number + symbol if symbol[0] in "/-" else f"{number}/{symbol}"


def _type(printed: str) -> str | None:
    found = by_name(printed) if printed else None
    return found.name if found else (printed or None)


def _number_in_title(title: str) -> str | None:
    """The document's own number, where the title opens with type and number."""
    plain = title[:200]
    kind = by_name(plain)
    lead = _NUMBERED.match(plain) if kind or toneless(plain).startswith("van ban hop nhat") else None
    if lead is None or (not toneless(plain).startswith(("luat", "bo luat", "phap lenh")) and lead.end() > 40):
        return None
    fixed = plain[: lead.end()] + plain_number_text(plain[lead.end() :])
    found = number_at(fixed, lead.end())
    return fixed[found.start : found.end] if found and found.value.identifier else None


def plain_number_text(text: str) -> str:
    """Running text with the look-alike letters of its first word put right, nothing moved."""
    word, space, rest = text.partition(" ")
    fixed = plain_number(word)
    return (fixed if len(fixed) == len(word) else word) + space + rest


def _choose(column: str, inside: str | None, address: str | None) -> tuple[str | None, str | None]:
    parts = number_parts(column)
    whole = parts is not None and bool(parts.symbol) and column.strip()[:1].isdigit()
    other = inside or address
    if not whole or parts is None:
        return (plain_number(other) if other else (parts.printed if parts and parts.symbol else None)), None
    said = number_parts(inside)
    if said is None or _same(said, parts):
        return parts.printed, None
    third = number_parts(address)
    if third and _same(third, said) and not _same(third, parts):
        return said.printed, parts.printed
    return parts.printed, said.printed


def _same(a: NumberParts, b: NumberParts) -> bool:
    return a.key == b.key


def _bare_title(title: str, kind: str | None) -> str:
    """The title without its type and number in front; a law keeps its type, which is part of its name."""
    if not _number_in_title(title):
        return title
    lead = _NUMBERED.match(title[:200])
    found = number_at(title[: lead.end()] + plain_number_text(title[lead.end() :]), lead.end()) if lead else None
    if not lead or not found:
        return title
    before = re.sub(r"\s*số\s*:?\s*(?:Số\s*:?\s*)?$", "", title[: lead.end()], flags=re.I)
    rest = title[found.end :].strip(" ,.;:-–")
    if kind in ("Luật", "Bộ luật", "Pháp lệnh") and len(before.split()) > 1:
        return f"{before} {rest}".strip()
    return rest or before
