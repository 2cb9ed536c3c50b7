"""Whether words look Vietnamese: by the letters of the alphabet and by the build of the syllable."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extractor.stream_safe import stream_safe

_LETTERS = frozenset(
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐÐðƢƣ"
)
_BARE = str.maketrans("đĐÐƣƢ", "dDDuU")
_SYLLABLE = re.compile(
    r"(?:ngh?|gh?|kh?|ph?|th?|tr|ch?|nh?|qu|gi|[bdhlmrsvx])?"
    r"(?:[iy]eu?|uye|uya|uyu|[uoi]?[aeo]{1,2}[iouy]?|[uo]?[aeiouy][iouy]?|[aeiouy])"
    r"(?:ch|ng|nh|[cmnpt])?"
)


def marked_share(text: str) -> tuple[float, float]:
    """The share of letters that only Vietnamese has, and of letters that neither it nor English has."""
    letters = {c: n for c, n in Counter(unicodedata.normalize("NFC", stream_safe(text))).items() if c.isalpha()}
    total = sum(letters.values())
    if not total:
        return 0.0, 0.0
    own = sum(n for c, n in letters.items() if c in _LETTERS)
    foreign = sum(n for c, n in letters.items() if not c.isascii() and c not in _LETTERS)
    return own / total, foreign / total


def plausible_share(words: Sequence[str]) -> float:
    """The share of lower-case words of two letters and more that are built as Vietnamese syllables are."""
    lower = [
        w for w in (word.strip(".,;:()[]“”\"'/-…") for word in words) if len(w) > 1 and w.isalpha() and w.islower()
    ]
    if not lower:
        return 1.0
    return sum(map(_is_syllable, lower)) / len(lower)


@lru_cache(maxsize=8192)  # Vietnamese has some seven thousand syllables
def _is_syllable(word: str) -> bool:
    return _SYLLABLE.fullmatch(bare(word)) is not None


def bare(word: str) -> str:
    """Words without their marks and tones: "Nước" is "Nuoc"."""
    return "".join(
        c for c in unicodedata.normalize("NFD", stream_safe(word)) if not unicodedata.combining(c)
    ).translate(_BARE)
