"""A second look at what OCR is unsure of and must be right: symbols, dates and quarters, word by word.

Only doubtful words are looked at again, all of several pages in two runs of Tesseract, by another model and at another
size; quarters and rows of T are told by the strokes of the picture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec.structs import replace

from extractor.read.page import PrintedWord
from extractor.read.raster import Picture, smaller
from extractor.read.syllables import bare
from extractor.read.symbols import as_known, by_strokes, is_known, split_symbol
from extractor.read.tesseract import lines_of_each, models
from extractor.read.word_picture import strokes, word_picture

SURE = 80.0
_SECOND = 0.7
_EDGE = "“”\"'‘’().,;:!_|-/*©"
_CORE = re.compile(r"\d(?:[^\s“”\"()]|[()](?=\w))*\w")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?")
_QUARTER = ("Quy", "quy", "QUY")
_ROMAN = re.compile(r"(?P<numeral>[IVX1l|HTÏỊN\[\]]{1,4}?)(?P<rest>(?:/*(?:19|20)\d\d)?[.,;:)]*)")
# What no code has, and a row of T becomes.
_BARS = re.compile(r"[LIl1'’|]{2}")
_NUMERALS = ("I", "II", "III")


def looked_again(pages: Iterable[tuple[Picture, Sequence[PrintedWord]]]) -> list[list[PrintedWord]]:
    """The words of each page, those of its symbols, dates and quarters that were doubtful read once more.

    What two of three readings agree on, or what alone is made of known parts, is taken; it stays as doubtful
    as it was unless all readings agree.
    """
    out: list[list[PrintedWord]] = []
    doubtful: list[tuple[int, int, PrintedWord, Picture]] = []
    for number, (picture, seen) in enumerate(pages):
        words = _with_lost_numerals(picture, seen)
        out.append(list(words))
        for i in _quarters(words):
            out[number][i] = _counted(picture, words[i])
        doubtful += [(number, i, w, word_picture(picture, w)) for i, w in enumerate(words) if _is_doubtful(w)]
    cuts = [cut for *_, cut in doubtful]
    other = _readings(cuts, "eng" if "eng" in models() else "vie")
    again = _readings([smaller(cut, _SECOND) for cut in cuts], "vie")
    for (number, i, word, cut), a, b in zip(doubtful, other, again, strict=True):
        out[number][i] = _decided(word, cut, a, b)
    return out


def _is_doubtful(word: PrintedWord) -> bool:
    core = _core(word.text)
    symbol = split_symbol(core) if core else None
    if word.confidence >= SURE:
        return symbol is not None and any(_BARS.search(part) and not is_known(part) for part in symbol[1])
    return bool(core and (symbol or _DATE.fullmatch(core)))


def _core(text: str) -> str:
    """The symbol or date in a word, without the marks round it."""
    m = _CORE.search(text)
    return m[0].strip(_EDGE) if m else ""


def _readings(cuts: Sequence[Picture], language: str) -> list[str]:
    return [_core("".join(word[0] for line in lines for word in line)) for lines in lines_of_each(cuts, "7", language)]


def _decided(word: PrintedWord, cut: Picture, other: str, again: str) -> PrintedWord:
    core = _core(word.text)
    if _DATE.fullmatch(core):
        return _taken(word, core, other if other == again and _DATE.fullmatch(other) else core, core == other == again)
    first = split_symbol(core)
    if first is None:
        return word
    both = [s for s in map(split_symbol, (other, again)) if s]
    if len(both) == 2 and both[0][0] == both[1][0] and len(both[0][1]) == len(both[1][1]) != len(first[1]):
        first = both[1]
    readings = [first, *(s for s in both if len(s[1]) == len(first[1]))]
    number = _agreed([r[0] for r in readings])
    parts = []
    for k in range(len(first[1])):
        seen = [as_known(r[1][k]) for r in readings]
        known = [part for part in seen if is_known(part)]
        part = _agreed(known or seen)
        if not known:
            drawn = {found for s in seen if (found := by_strokes(s, "".join(first[1][k + 1 :]), strokes(cut)))}
            part = drawn.pop() if len(drawn) == 1 else part
        parts.append(part)
    symbol = number + "".join(parts)
    agreed = len(readings) == 3 and all(r[0] == number and list(map(as_known, r[1])) == parts for r in readings)
    return _taken(word, core, symbol, agreed and all(map(is_known, parts)))


def _agreed(readings: Sequence[str]) -> str:
    """What most readings say; the first one where none agrees with another."""
    return max(readings, key=lambda r: (readings.count(r), r == readings[0]))


def _taken(word: PrintedWord, core: str, text: str, sure: bool) -> PrintedWord:
    confidence = max(word.confidence, SURE) if sure else min(word.confidence, SURE - 1)
    return replace(word, text=word.text.replace(core, text), confidence=confidence)


def _with_lost_numerals(picture: Picture, words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words, with the numeral that OCR left out between "quý" and "năm" where the picture shows its strokes."""
    out: list[PrintedWord] = []
    for word in words:
        before = out[-1] if out else None
        if before and word.text == "năm" and _is_quarter(before) and word.x0 - before.x1 > 0.5 * word.size:
            gap = replace(word, x0=before.x1 + 0.2 * word.size, x1=word.x0 - 0.2 * word.size, text="I", confidence=0.0)
            if strokes(word_picture(picture, gap)) in ("1", "11", "111"):
                out.append(gap)
        out.append(word)
    return out


def _is_quarter(word: PrintedWord) -> bool:
    return bare(word.text).strip(_EDGE) in _QUARTER


def _quarters(words: Sequence[PrintedWord]) -> list[int]:
    """The words that stand behind "quý" and can be a Roman numeral."""
    return [
        i + 1 for i, (before, word) in enumerate(pairwise(words)) if _is_quarter(before) and _ROMAN.fullmatch(word.text)
    ]


def _counted(picture: Picture, word: PrintedWord) -> PrintedWord:
    """A quarter by its strokes: one to three that stand upright, and nothing else before the year."""
    m = _ROMAN.fullmatch(word.text)
    if m is None or m["numeral"] in ("IV", "V"):
        return word
    drawn = strokes(word_picture(picture, word))
    if "V" in m["numeral"]:
        return replace(word, text="IV" + _with_slash(m["rest"])) if drawn.startswith("10") else word
    upright = len(drawn) - len(drawn.lstrip("1"))
    if not 1 <= upright <= 3 or (not m["rest"].lstrip("/") and upright < len(drawn)):
        return replace(word, confidence=min(word.confidence, SURE - 1))
    if upright == 1 and m["numeral"] == "1":
        return word
    return replace(word, text=_NUMERALS[upright - 1] + _with_slash(m["rest"]))


def _with_slash(rest: str) -> str:
    """What follows a quarter, its year behind one slash: "//2026" and "2026" are "/2026"."""
    return re.sub(r"^/*(?=\d)", "/", rest)
