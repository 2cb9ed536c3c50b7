"""Numbers, titles and organs in the forms by which they are looked up and compared."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from extractor.recognise.names import fold
from extractor.recognise.types import Number, by_code, parse_number
from extractor.rules import load

_LEAD = re.compile(r"^\s*(?:số\s*:?\s*)+", re.I)
_BRACKET = re.compile(r"\s*\([^()]{0,40}\)\s*$")
_AROUND = re.compile(r"\s*([/-])\s*")
_WORDS = re.compile(r"[^\w&/]+")
_TITLE_LENGTH = 100
_DIGITS = "0123456789"


class NumberParts(msgspec.Struct, frozen=True):
    """A number ready for comparison: `printed` put right, `strict` and `key` as below, and its parts."""

    printed: str
    strict: str
    key: str
    skeleton: str
    number: str
    symbol: str
    organ: str | None
    year: int | None
    type: str | None
    joint: bool = False


@cache
def _lookalikes() -> dict[int, str]:
    return str.maketrans(load("register")["lookalikes"]["letters"])


@cache
def _ocr() -> dict[str, str]:
    return {c: row[0] for row in load("register")["ocr"]["classes"] for c in row}


def plain_number(printed: str) -> str:
    """A number with look-alike letters, spaces and remarks put right: "1830 QÐ -UBND (mật)" is "1830/QĐ-UBND"."""
    text = unicodedata.normalize("NFC", printed).translate(_lookalikes())
    text = _AROUND.sub(r"\1", _BRACKET.sub("", _LEAD.sub("", text)).strip())
    head = re.match(r"\d+[a-zđ]? (?=[A-ZĐ])", text)
    if head:
        text = f"{text[: head.end() - 1]}/{text[head.end() :]}"
    return re.sub(r"\s+", "-", text)


@cache
def _skeleton_of(char: str) -> str:
    table = _ocr()
    return table.get(char) or table.get(char.upper()) or char.upper()


def skeleton(number: str) -> str:
    """The number with every letter and digit that OCR confuses made one, and without its signs."""
    return "".join(_skeleton_of(c) for c in number if c not in "/-. ").lstrip("0")


@lru_cache(maxsize=16384)
def number_parts(printed: str | None) -> NumberParts | None:
    """The parts of a number, or None where it has no digit: "07-NQ/TU" has number "7" and symbol "NQ/TU".

    `strict` keeps the signs, `key` does not tell "-" from "/"; neither tells "07" from "7" or capitals.
    """
    plain = plain_number(printed or "")
    if not re.search(r"\d", plain):
        return None
    parsed = parse_number(plain)
    strict = re.sub(r"^0+(?=\d)", "", fold(plain))
    number, symbol = _split(strict, parsed)
    kind = by_code(parsed.type_code, parsed.numbering == "party") if parsed and parsed.type_code else None
    letter = parsed is not None and parsed.type_code is None and parsed.numbering == "letter"
    return NumberParts(
        printed=plain,
        strict=strict,
        key=strict.replace("-", "/"),
        skeleton=skeleton(plain),
        number=number,
        symbol=symbol,
        organ=parsed.organ if parsed else None,
        year=parsed.year if parsed else None,
        type=kind.name if kind else ("Công văn" if letter else None),
        joint=parsed is not None and parsed.numbering == "joint",
    )


def _split(strict: str, parsed: Number | None) -> tuple[str, str]:
    if parsed and parsed.number:
        number = re.sub(r"^0+(?=\d)", "", fold(parsed.number).replace("-", "/"))
        return number, fold(parsed.symbol)
    head = re.match(r"[\d.]+[a-zđ]?(?=[/-]|$)", strict)
    return (head[0], strict[head.end() + 1 :]) if head else (strict, "")


def neighbours(parts: NumberParts) -> Iterator[str]:
    """The numbers one slip away: a digit wrong, left out, put in, or two swapped, in the number or in its year."""
    number, _, year = parts.number.partition("/")
    rest = f"/{year}" if year else ""
    found = {n + rest for n in _slips(number) if not n.startswith("0")}
    if len(year) == 4:
        found |= {f"{number}/{y}" for y in _slips(year) if len(y) == 4 and y[:2] in ("19", "20")}
    found.discard(parts.number)
    yield from found


def _slips(digits: str) -> Iterator[str]:
    for i in range(len(digits)):
        yield from (digits[:i] + d + digits[i + 1 :] for d in _DIGITS)
        if len(digits) > 1:
            yield digits[:i] + digits[i + 1 :]
    for i in range(len(digits) + 1):
        yield from (digits[:i] + d + digits[i:] for d in _DIGITS)
    for i in range(len(digits) - 1):
        yield digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


@cache
def _abbreviations() -> dict[str, str]:
    words: dict[str, str] = load("register")["abbreviations"]["words"]
    return words


@cache
def _title_lead() -> re.Pattern[str]:
    leads = load("register")["abbreviations"]["leads"]
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, leads))}) )+")


@lru_cache(maxsize=16384)
def plain_title(title: str) -> str:
    """A title for comparison: small letters, no punctuation, abbreviations written out, no "về việc"."""
    words = _WORDS.sub(" ", fold(unicodedata.normalize("NFC", title).translate(_lookalikes()))).split()
    text = " ".join(_abbreviations().get(w, w) for w in words)
    lead = _title_lead().match(text)
    return text[lead.end() :] if lead else text


def title_key(title: str) -> str:
    """The beginning of a title, to look it up by."""
    return plain_title(title)[:_TITLE_LENGTH]


def day(value: str, on: dt.date | None) -> str | None:
    """A number and a day as one lookup value."""
    return f"{value}|{on.isoformat()}" if value and on else None


def in_year(key: str, on: dt.date | None) -> str:
    """A number's key and a year as one lookup value; "" stands for an unknown year."""
    return f"{key}|{on.year if on else ''}"


def toneless(text: str) -> str:
    """Small letters without marks, for searching: "Quyết định" is "quyet dinh"."""
    return text.lower().translate(_bare_letters())


@cache
def _bare_letters() -> dict[int, str | None]:
    marks: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370))
    bare = {c: unicodedata.normalize("NFD", chr(c))[0] for c in (*range(0xC0, 0x250), *range(0x1E00, 0x1EFA))}
    return marks | bare | {ord("đ"): "d", ord("ð"): "d"}
