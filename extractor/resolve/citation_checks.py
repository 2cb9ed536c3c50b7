"""What is wrong with a citation: slips in its number, a type or issuer that its symbol denies, wrong dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from extractor.document import Citation, Finding, Header
from extractor.recognise.dates import date_in
from extractor.recognise.numbers import first_number
from extractor.recognise.organs import may_issue
from extractor.recognise.types import Number, by_code, parse_number
from extractor.resolve.identity import Group
from extractor.resolve.issuers import existence
from extractor.rules import load


@cache
def _slips() -> dict[str, str]:
    return {row["fault"]: row["message"] for row in load("numbers")["slip"]}


def check_citations(citations: Iterable[Citation], header: Header | None) -> Iterator[Finding]:
    """Findings about single mentions; a self reference is not checked.

    "Quyết định số 25/2018/QĐ-UBND ngày 12/9/2019" gives `year_mismatch`.
    """
    for c in citations:
        if c.form == "self":
            continue
        if c.identifier and (number := parse_number(c.identifier)):
            yield from _check_number(c, number)
        yield from _check_date(c, header)
        if c.issuer and c.issued_on and (reason := existence(c.issuer.canonical or c.issuer.name, c.issued_on)):
            yield _finding(
                "issuer_date_mismatch",
                c,
                f"Cơ quan ban hành “{c.issuer.name}” {reason}, văn bản ghi ngày {c.issued_on:%d/%m/%Y}.",
            )


def _check_number(c: Citation, number: Number) -> Iterator[Finding]:
    found = first_number(c.text)
    fault = found.value.fault if found else number.fault
    if fault and not c.text.isupper():
        printed = c.text[found.start : found.end] if found else c.identifier
        yield _finding("malformed_symbol", c, f"Số, ký hiệu {printed}: {_slips()[fault]}.")
    if number.type_code and c.type:
        kinds = {by_code(number.type_code, party=party) for party in (False, True)}
        names = {kind.name for kind in kinds if kind}
        if number.type_code == "QĐ":
            names |= {"Quyết định", "Quy định"} if number.numbering == "party" else {"Quyết định"}
        # "Thông tư số …/TTLT-…" leaves a word out; an old symbol without organ says nothing ("87-CT").
        if names and number.organ and not any(name.startswith(c.type) for name in names):
            yield _finding("type_symbol_mismatch", c, f"Tên loại “{c.type}” không khớp ký hiệu {c.identifier}.")
    # A unit may sign what it drew up in the ministry's name: "07/HD-BCA-C07".
    unit = c.issuer is not None and c.issuer.kind == "unit" and number.symbol.count("-") > 1
    if c.issuer and not unit and not may_issue(number.organ, c.issuer.name):
        yield _finding(
            "issuer_symbol_mismatch",
            c,
            f"Cơ quan ban hành “{c.issuer.name}” không khớp ký hiệu {c.identifier}.",
        )
    if number.year and c.issued_on and c.issued_on.year != number.year:
        yield _finding(
            "year_mismatch",
            c,
            f"Số {c.identifier} ghi năm {number.year}, ngày ban hành ghi năm {c.issued_on.year}.",
        )


def _check_date(c: Citation, header: Header | None) -> Iterator[Finding]:
    date = date_in(c.text)
    if date and date.whole and date.value is None:
        yield _finding("invalid_date", c, f"“{c.text[date.start : date.end]}” không phải là một ngày có thật.")
    if header and header.issued_on and c.issued_on and c.issued_on > header.issued_on:
        yield _finding(
            "date_after_document",
            c,
            f"Văn bản viện dẫn ghi ngày {c.issued_on:%d/%m/%Y}, sau ngày ban hành văn bản này "
            f"({header.issued_on:%d/%m/%Y}).",
        )


def check_documents(groups: Sequence[Group], ids: Mapping[int, str]) -> Iterator[Finding]:
    """Findings about documents: one number of one organ cited with several dates."""
    known: dict[tuple[str, str | None], set[dt.date]] = {}
    for group in groups:
        dates = set(group.dates)
        if group.identifier:
            # The same number in another year may be another document; the reader is told.
            dates |= known.setdefault((group.identifier, group.type), set())
            known[group.identifier, group.type] = dates
        if len(dates) > 1:
            shown = ", ".join(f"{d:%d/%m/%Y}" for d in sorted(dates))
            name = group.identifier or group.name
            last = group.citations[-1]
            yield Finding(
                "conflicting_dates",
                "warning",
                f"{name} được viện dẫn với nhiều ngày: {shown}.",
                ids[id(group)],
                last.span,
            )


def _finding(code: str, c: Citation, message: str) -> Finding:
    return Finding(code, "warning", message, c.id, c.span)
