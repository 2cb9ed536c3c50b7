"""A value as the content of a cell that no spreadsheet program runs, and as a person reads it."""

from __future__ import annotations

import datetime as dt
import re

Value = str | int | float | dt.date | None

# What Excel, LibreOffice and Google Sheets take for the start of a formula, full-width twins included
# (OWASP, "CSV Injection"); leading blanks do not stop them.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r]")
# Control characters are no XML, and the bidirectional ones make a name look like another.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)


def printable(text: str) -> str:
    """The text without control and bidirectional characters; line ends and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula: "=1+1", "-2", "@SUM(A1)"."""
    return _FORMULA.match(text) is not None


def plain_cell(value: Value) -> str:
    """A value as the text of a CSV cell: dates in ISO 8601, and "=1+1" as "'=1+1"."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()
    text = printable(str(value))
    return f"'{text}" if isinstance(value, str) and starts_formula(text) else text


def shown(value: Value) -> str:
    """A value as a person reads it: 29/06/2026."""
    if value is None:
        return ""
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else printable(str(value))
