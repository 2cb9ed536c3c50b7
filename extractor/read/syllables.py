"""Whether words look Vietnamese: by the letters of the alphabet and by the build of the syllable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import filterfalse

from extractor.stream_safe import stream_safe

_LETTERS = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐÐðƢƣ"
)
_OWN = re.compile(f"[{''.join(sorted(_LETTERS))}]")
_BARE = str.maketrans("đĐÐƣƢ", "dDDuU")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh?|kh?|ph?|th?|tr|ch?|nh?|qu|gi|[bdhlmrsvx])?"
    r"(?:[iy]eu?|uye|uya|uyu|[uoi]?[aeo]{1,2}[iouy]?|[uo]?[aeiouy][iouy]?|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def marked(text: str) -> int:
    """How many letters of a text in NFC only Vietnamese has."""
    return len(_OWN.findall(text))


def marked_share(text: str) -> tuple[float, float]:
    """The share of letters that only Vietnamese has, and of letters that neither it nor English has."""
    total = own = foreign = 0
    for c, n in Counter(unicodedata.normalize("NFC", stream_safe(text))).items():
        if not c.isalpha():
            continue
        total += n
        if c in _LETTERS:
            own += n
        elif not c.isascii():
            foreign += n
    return (own / total, foreign / total) if total else (0.0, 0.0)


def plausible_share(words: Sequence[str]) -> float:
    """The share of lower-case words of two letters and more that are built as Vietnamese syllables are."""
    told = Counter(map(_is_syllable, words))
    lower = told[True] + told[False]
    return told[True] / lower if lower else 1.0


@lru_cache(maxsize=16384)  # Vietnamese has some seven thousand syllables, each also with a mark behind it
def _is_syllable(word: str) -> bool | None:
    """Whether a word is built as a syllable; None where it is not in lower case, or too short to tell."""
    word = word.strip(".,;:()[]“”\"'/-…")
    if len(word) < 2 or not word.isalpha() or not word.islower():
        return None
    return _SYLLABLE.fullmatch(bare(word)) is not None


def bare(word: str) -> str:
    """Words without their marks and tones: "Nước" is "Nuoc"."""
    if word.isascii():
        return word
    parted = unicodedata.normalize("NFD", stream_safe(word))
    return "".join(filterfalse(unicodedata.combining, parted)).translate(_BARE)
