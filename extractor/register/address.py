"""Type and number out of the address of a page: ".../decree-75-2020-nd-cp--vbpqta_11138"."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from urllib.parse import urlsplit

from extractor.register.keys import toneless
from extractor.rules import load

_TAIL = re.compile(r"--[\w.]*$")
_NUMBER = re.compile(
    r"(?:so-|no-)?(?P<number>\d{1,5})(?:-(?P<sub>\d{1,2}))?(?:-(?P<year>(?:19|20)\d\d))?-(?P<symbol>[a-z].*)$"
)


def number_in_address(url: str) -> tuple[str, str] | None:
    """Type and number that the address tells, or None: ("Nghị định", "75/2020/NĐ-CP")."""
    slug = _TAIL.sub("", urlsplit(url).path.rpartition("/")[2].lower())
    rules = load("register")["address"]
    for word, kind in sorted(rules["types"].items(), key=lambda item: -len(item[0])):
        if not slug.startswith(word + "-"):
            continue
        for start in (m.start() for m in re.finditer(r"(?:(?<=-)|^)(?:so-|no-)?\d", slug)):
            found = _NUMBER.match(slug, start)
            if found and (symbol := _symbol(found["symbol"].split("-"))):
                number = found["number"] + (f".{found['sub']}" if found["sub"] else "")
                return kind, "/".join(p for p in (number, found["year"], symbol) if p)
        return None
    return None


def _symbol(words: list[str]) -> str | None:
    rules = load("register")["address"]
    if re.fullmatch(r"(?:ubtv)?qh\d{1,2}", words[0]):
        return words[0].upper()
    code = rules["codes"].get(words[0])
    organs = list(takewhile(bool, map(_organ, words[1:])))
    if code is None or not organs:
        return None
    return "-".join([code, *(o or "" for o in (organs if code == "TTLT" else organs[:1]))])


def _organ(word: str) -> str | None:
    known: str | None = load("register")["address"]["organs"].get(word) or _organs().get(word)
    return known or (word.upper() if re.fullmatch(r"b[a-z]{2,7}|ubtvqh\d\d", word) else None)


@cache
def _organs() -> dict[str, str]:
    codes = [c for row in load("issuers")["organ"] for c in row["codes"]] + load("numbers")["state_organs"]
    return {toneless(c): c for c in codes}
