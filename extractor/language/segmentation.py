"""Words of a Vietnamese text: mentions first, then underthesea for what stands between them.

underthesea cuts "04-NQ/TU" into five words and "15/2020/NĐ-CP" into three, so mentions are recognised on
characters first, and only the gaps between them are segmented.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from extractor.language.mentions import citation_mentions, deadline_mentions

Offsets = tuple[int, int]

# A call of underthesea sees one line or cell at a time: its tables grow with the length of a call.
_CHUNK = re.compile(r"[^\n\t]{1,2000}(?=[\s]|$)|[^\n\t]{1,2000}")
_SYLLABLE = re.compile(r"[\w\u0300-\u036f]+|[^\w\s]")
_PRINTED = re.compile(r"\S")


def indivisible(text: str) -> list[Offsets]:
    """Offsets of the citations and time limits of a text, as `segment` keeps them whole."""
    citations, deadlines = citation_mentions(text), deadline_mentions(text)
    return outermost([m[:2] for m in citations], [m[:2] for m in deadlines])


def outermost(first: Iterable[Offsets], second: Iterable[Offsets]) -> list[Offsets]:
    """The offsets of `first` and those of `second` that touch none of them; nested ones give the outer one.

    A date inside a citation is the citation's own; a time limit that holds a citation ("15 ngày kể từ ngày
    Quyết định số … có hiệu lực") is not one word.
    """
    kept: list[Offsets] = []
    for group in (first, second):
        taken: list[Offsets] = []
        for start, end in sorted(group, key=lambda o: (o[0], -o[1])):
            free = not taken or start >= taken[-1][1]
            if end > start and free and not _touches(kept, start, end):
                taken.append((start, end))
        kept = sorted(kept + taken)
    return kept


def _touches(kept: list[Offsets], start: int, end: int) -> bool:
    i = bisect_right(kept, (start, start))
    return (i > 0 and kept[i - 1][1] > start) or (i < len(kept) and kept[i][0] < end)


def segment(text: str, whole: Iterable[Offsets] | None = None, borders: Iterable[int] = ()) -> list[Offsets]:
    """Offsets of the words; each of `whole` is one word, and outside of them no word runs over a border.

    `whole` is sorted and without overlap, and by default the mentions of the text.
    """
    words: list[Offsets] = []
    cuts = sorted(set(borders))
    at = 0
    for start, end in indivisible(text) if whole is None else whole:
        words.extend(_gap(text, at, start, cuts))
        words.append((start, end))
        at = end
    words.extend(_gap(text, at, len(text), cuts))
    return words


def _gap(text: str, start: int, end: int, cuts: list[int]) -> Iterator[Offsets]:
    for chunk in _CHUNK.finditer(text, start, end):
        for word in _words(text, chunk.start(), chunk.end()):
            yield from _cut(text, *word, cuts)


def _words(text: str, start: int, end: int) -> list[Offsets]:
    """Words of one line by underthesea; syllables where it rewrote a letter and the way back is lost."""
    from underthesea import word_tokenize

    if not text[start:end].strip():
        return []
    found: list[Offsets] = []
    at = start
    # Token normalisation would rewrite "hoà" and "uỷ", which must stay as printed.
    for word in word_tokenize(text[start:end], use_token_normalize=False):
        first = -1
        for syllable in word.split(" "):
            printed = _PRINTED.search(text, at, end)
            if printed is None or not text.startswith(syllable, printed.start(), end):
                return [m.span() for m in _SYLLABLE.finditer(text, start, end)]
            first = printed.start() if first < 0 else first
            at = printed.start() + len(syllable)
        found.append((first, at))
    return found


def _cut(text: str, start: int, end: int, cuts: list[int]) -> Iterator[Offsets]:
    for i in range(bisect_right(cuts, start), len(cuts)):
        if cuts[i] >= end:
            break
        left = text[start : cuts[i]].rstrip()
        if left:
            yield start, start + len(left)
        start = cuts[i] + len(text[cuts[i] : end]) - len(text[cuts[i] : end].lstrip())
    yield start, end
