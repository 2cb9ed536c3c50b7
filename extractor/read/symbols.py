"""The parts that document symbols are made of, and misread symbols told by them: "KH-S1'111" is "KH-STTTT"."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from extractor.read.syllables import bare
from extractor.rules import load

_TERM = re.compile(r"(?<=QH)\d{1,2}$")
# The numbering of a symbol, then its parts with what parts them: "12/2026/TT-BNV".
_SYMBOL = re.compile(r"(?P<number>\d{1,5}[a-zđ]?(?:\.\d{1,2})?(?:[/-](?:19|20)\d\d)?)(?P<parts>[/-]\S*[^\W\d]\S*)")
_TELLING = 4  # letters that a code with a row of T has at least, for its strokes to be no other's
_PART = re.compile(r"[/-][^/-]+")


@cache
def _codes() -> frozenset[str]:
    """Codes of types and of organs; an organ's with a field of work is the initial and the field's short form."""
    types = {row[k] for row in load("document_types")["type"] for k in ("code", "party_code") if k in row}
    numbers = load("numbers")
    fields = {
        head[0] + short.replace(" ", "")
        for row in load("agencies")["field"]
        if row.get("symbol", True)
        for head, short in product(row["heads"], row.get("short", ()))
        if short.isupper() and short.replace(" ", "").isalpha()
    }
    return frozenset(types | fields | {*numbers["party_organs"], *numbers["state_organs"]})


@cache
def _folded() -> dict[str, str]:
    """The codes by what a model without Vietnamese letters reads: "QD" is QĐ. What two codes share is left out."""
    out: dict[str, str] = {}
    for code in _codes():
        key = bare(code)
        out[key] = "" if key in out else code
    return {key: code for key, code in out.items() if code}


def split_symbol(word: str) -> tuple[str, list[str]] | None:
    """The number of a symbol and its parts, each with the sign before it; None where it is no symbol.

    "12/2026/TT-BNV" is ("12/2026", ["/TT", "-BNV"]).
    """
    m = _SYMBOL.fullmatch(word)
    return (m["number"], _PART.findall(m["parts"])) if m else None


def is_known(part: str) -> bool:
    """Whether a part of a symbol is a code: "-UBND", "/QĐ", "/QH15"."""
    return _TERM.sub("", part[1:]) in _codes()


def as_known(part: str) -> str:
    """The part with its Vietnamese letters, where it is a code without them: "/QD" is "/QĐ"."""
    if is_known(part):
        return part
    term = _TERM.search(part)
    code = _folded().get(bare(_TERM.sub("", part[1:])))
    return part[0] + code + (term[0] if term else "") if code else part


def by_strokes(part: str, following: str, word_strokes: str) -> str | None:
    """The code with a row of T that a part was printed with, told by its first letters and its strokes.

    Tesseract takes touching T for "1'1", "LLI" or "UV". `word_strokes` are those of the whole word, which ends with
    the part and what is `following` it: "-S1'111" whose word ends in "01111" is "-STTTT". None where no code or
    several fit.
    """
    rules = load("ocr")["strokes"]
    fits: list[tuple[int, str]] = []
    read = part[1:]
    for code in _codes():
        at = code.find("TT")
        if at < 1 or len(code) < _TELLING or not bare(read).startswith(bare(code[:at])):
            continue
        if not re.fullmatch(rules["row_of_t"], read[at:]):
            continue
        letters = (letter for letter in bare(code + following) if letter.isalnum())
        drawn = "".join(rules["letters"].get(letter, rules["other"]) for letter in letters)
        if m := re.search(f"{drawn}$", word_strokes):
            fits.append((len(m[0]), code))
    fits.sort(reverse=True)
    # The code that accounts for most strokes: "SVHTTDL" ends as "STTTT" does.
    return part[0] + fits[0][1] if fits and (len(fits) == 1 or fits[0][0] > fits[1][0]) else None
