"""Which issuer the organ code of a symbol stands for: "QĐ-TTg" is the Prime Minister's."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.recognise.names import fold
from extractor.rules import load

_SHORT = {"ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "btv": "ban thường vụ", "bch": "ban chấp hành"}
_TERM = re.compile(r"(?<=QH)\d+$")


@cache
def _organs() -> dict[str, dict[str, Any]]:
    return {code: row for row in load("issuers")["organ"] for code in row["codes"]}


def is_unique(organ: str | None) -> bool:
    """Whether there is one such organ in the country, so that its number needs no issuer beside it."""
    row = _organs().get(_TERM.sub("", organ or ""))
    return bool(row and row.get("unique"))


def may_issue(organ: str | None, issuer: str) -> bool:
    """Whether `issuer` can have signed under the organ code; True where the code is not known."""
    row = _organs().get(_TERM.sub("", organ or ""))
    if row is None:
        return True
    name = plain_name(issuer)
    if any(name.startswith(other) for other in row.get("not_issuers", ())):
        return False
    return any(known in name for known in (plain_name(i) for i in row["issuers"]))


def plain_name(issuer: str) -> str:
    """An issuer's name for comparison: small letters, common abbreviations written out."""
    return " ".join(_SHORT.get(word, word) for word in fold(issuer).split())


def same_issuer(a: str, b: str) -> bool:
    """Whether two printed names can mean one issuer: "UBND tỉnh" and "Ủy ban nhân dân tỉnh Quảng Ngãi"."""
    first, second = plain_name(a), plain_name(b)
    return first in second or second in first
