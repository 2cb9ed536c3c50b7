"""Numbers of documents in running text: where they stand, with spaces and slips inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from extractor.recognise.types import BRACKETED_UNIT, CAPITAL, CODE, Number, is_type_code, parse_number
from extractor.rules import load

# Behind a space a code has two capitals, so that no word of the sentence is taken for one.
_NEXT = rf"(?:[-/–]{CODE}|(?: [-/]|[-/] )(?=[{CAPITAL}](?:[A-Za-z]?[{CAPITAL}]|\d\d(?!\d))){CODE})(?!\w)"
# "109/UBND - VX"; but "12/KH-UBND - UBND huyện" has ended,
# while "12/QĐ - UBND" goes on.
_TYPE_ALONE = "|".join(f"(?<=/{code})" for code in ("QĐ", "KH", "NQ", "CT", "TB", "BC", "TTr", "CTr", "KL", "HD", "PA"))
_SPACED = (
    rf"(?: - (?![UH][BĐ]ND)(?=[{CAPITAL}]{{2,4}}(?!\w)){CODE}(?!\w)"
    rf"|(?:{_TYPE_ALONE}) - (?=[UH][BĐ]ND(?!\w)){CODE}(?!\w))?"
)
_SYMBOL = rf"{CODE}(?!\w){_SPACED}(?:{_NEXT}){{0,7}}(?:(?<=QH) \d\d(?![\d/.]))?{BRACKETED_UNIT}"
_NUM = r"[0-9]{0,4}(?:\.[0-9]{1,2}(?![0-9])|\.(?=[a-z]/))?(?:[A-Za-zĐđ]| [a-zđ](?=/))?(?!\w)"  # behind the first digit
# A dash stands for a hyphen only where the Party's order follows: "25 – NQ/TW".
_SIGN = rf"(?: ?[/-] ?| ?– ?(?=[{CAPITAL}][A-Za-zĐđ]{{0,3}}/))"
_REST = rf"{_NUM}(?: ?[/-] ?(?:19|20)[0-9]{{2}})?{_SIGN}{_SYMBOL}"
_AT = re.compile(rf"[0-9]{_REST}")
# The first digit stands not inside another number, a date, a path or a standard ("QCVN 01:2021/BXD").
_SCAN = re.compile(rf"[0-9](?<![0-9/.-][0-9])(?<![0-9]:[0-9]){_REST}")
_OLD = re.compile(rf"[0-9]{_NUM} {CODE}(?!\w)(?:[-/]{CODE}(?!\w)){{1,3}}")
_SIGN_LOST = re.compile(rf"[0-9]{{1,4}}[A-ZĐÐ]{{2}}r?/{CODE}(?!\w)")
# A scan that took letters for the digits of a number: "l2/QĐ-UBND", "O5/2024/NĐ-CP".
_MISREAD = re.compile(rf"(?P<number>[0-9lIOo]{{1,5}})(?P<rest>(?:/(?:19|20)[0-9]{{2}})?[/-]{_SYMBOL})")
_DIGITS = str.maketrans("lIOo", "1100")
_LAST_MISREAD = re.compile(r"[0-9]{1,4}[lIOo](?=[/-])")
_GLUED = re.compile(rf"(?<=[{CAPITAL}a-z])\d{{1,5}}/([{CAPITAL}][A-Za-zĐđ]{{0,6}})-")


class FoundNumber(msgspec.Struct, frozen=True):
    """A number with its half-open offsets."""

    start: int
    end: int
    value: Number


def scan_numbers(text: str) -> Iterator[FoundNumber]:
    """Every number in the text, in reading order; whether it is a document's is for the caller to judge."""
    pos, glued_at = 0, -1
    while m := _SCAN.search(text, pos):
        start = m.start()
        after_letter = text[start - 1 : start].isalpha() and start != glued_at
        if after_letter and text[max(0, start - 2) : start].lower() != "số":
            pos = start + 1
            continue
        found = _read(text, start, m.end())
        if found:
            yield found
        pos = found.end if found else start + 1
        glued_at = pos


def number_at(text: str, pos: int) -> FoundNumber | None:
    """The number at `pos`, behind a type word or "số", where old and short symbols are right too ("48/CP")."""
    m = _AT.match(text, pos) or _OLD.match(text, pos) or _SIGN_LOST.match(text, pos)
    return _read(text, pos, m.end()) if m else _misread(text, pos)


def first_number(text: str) -> FoundNumber | None:
    """The first number in the text of a mention, with its slip."""
    found = next(scan_numbers(text), None)
    m = None if found else _MISREAD.search(text)
    return found or (_misread(text, m.start()) if m else None)


def _misread(text: str, pos: int) -> FoundNumber | None:
    m = _MISREAD.match(text, pos)
    value = parse_number(m["number"].translate(_DIGITS) + m["rest"]) if m else None
    if not m or not value or not value.type_code:
        return None
    return FoundNumber(pos, m.end(), msgspec.structs.replace(value, fault="digit_misread"))


def _read(text: str, start: int, end: int) -> FoundNumber | None:
    printed = text[start:end]
    if (glued := _GLUED.search(printed)) and is_type_code(glued[1]):
        # "83/KH-UBND82/KH-UBND": two numbers that lost the sign between them.
        end = start + glued.start()
        printed = text[start:end]
    if _LAST_MISREAD.match(printed) and (misread := _misread(text, start)):
        return misread
    value = parse_number(printed)
    if value and value.type_code and not value.organ and (organ := _organ_apart().match(text, end)):
        # "30/2008/QĐ BTC"
        end = organ.end()
        value = parse_number(f"{printed}{organ['code']}")
    if value is None:
        old = parse_number(printed.replace(" ", "/", 1))
        if old is None:
            return None
        value = Number(old.number, old.symbol, printed, None, None, None)
    return FoundNumber(start, end, value)


@cache
def _organ_apart() -> re.Pattern[str]:
    """An organ's code behind a space, where the hyphen is left out."""
    return re.compile(rf" (?P<code>{'|'.join(sorted(load('numbers')['state_organs'], key=len, reverse=True))})(?!\w)")


def speaks_for_itself(n: Number) -> bool:
    """Whether a number is a document's without a type word before it."""
    organs = load("numbers")
    if n.numbering == "law":
        return True
    if n.type_code:
        # An ordinance's or an order's code is short enough to be anything ("09A/PL-TNCN") without its year.
        return n.organ is not None and (n.year is not None or n.type_code not in ("PL", "L"))
    return n.numbering == "letter" and "-" in n.symbol and n.organ in organs["state_organs"]
