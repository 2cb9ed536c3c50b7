"""Text in the encodings before Unicode (TCVN3, VNI) is decoded, by its font or by its letters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from extractor.read.syllables import marked_share, plausible_share
from extractor.rules import load

_LEAST = 0.04
_FEWEST = 4


@cache
def _encodings() -> tuple[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str]], ...]:
    """Each encoding with the pattern of its sequences, longest first, and the letters that give it away."""
    found = []
    for row in load("legacy_encodings")["encoding"]:
        longest = sorted(row["map"], key=len, reverse=True)
        sequences = re.compile("|".join(map(re.escape, longest)))
        found.append((row, sequences, re.compile(f"[{re.escape(row['telltale'])}]")))
    return tuple(found)


def encoding_by_font(font: str) -> str | None:
    """The encoding that a font's name tells: ".VnTimeH" is tcvn3."""
    return next((row["name"] for row, _, _ in _encodings() if re.search(row["fonts"], font)), None)


def encoding_by_letters(text: str) -> str | None:
    """The encoding that a text's letters tell; None where it holds a letter that only Unicode has."""
    if text.isascii() or any("\u0102" <= c <= "\u1eff" for c in text):
        return None
    letters = sum(1 for c in text if c.isalpha())
    if letters < _FEWEST:
        return None
    told = [row["name"] for row, _, tell in _encodings() if len(tell.findall(text)) >= _LEAST * letters]
    fit = {name: _fit(decoded(text, name)) for name in told}
    return max(told, key=lambda name: fit[name], default=None)


def _fit(text: str) -> float:
    own, foreign = marked_share(text)
    return plausible_share(text.lower().split()) + min(own, 0.3) - foreign


def decoded(text: str, encoding: str, font: str = "") -> str:
    """The text in Unicode: "Uû ban nh©n d©n" in tcvn3 is "Uỷ ban nhân dân"; a capital font gives capitals."""
    row, sequences, _ = next(e for e in _encodings() if e[0]["name"] == encoding)
    text = sequences.sub(lambda m: str(row["map"][m[0]]), text)
    if row["capital_fonts"] and re.search(row["capital_fonts"], font):
        text = text.upper()
    return text
