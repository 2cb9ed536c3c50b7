"""Slips of OCR put right, word by word, by the rows of `rules/ocr.toml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache

from extractor.read.syllables import bare
from extractor.rules import load

_Edit = Callable[[str], str]


def repaired(line: str) -> str:
    """A line as OCR reads it, with what cannot be meant put right: "Quý IH/2026" is "Quý III/2026"."""
    for edit in _edits():
        line = edit(line)
    return " ".join(line.split())


def repaired_words(words: Sequence[str]) -> list[tuple[str, int, int]]:
    """The words of a line put right, each with the half-open range of the words it stands for."""
    mended = repaired(" ".join(words)).split()
    if len(mended) == len(words):
        return [(text, i, i + 1) for i, text in enumerate(mended)]
    out: list[tuple[str, int, int]] = []
    for _, a, b, c, d in SequenceMatcher(None, words, mended, autojunk=False).get_opcodes():
        for k in range(c, d):
            start = min(a + (k - c) * max(1, b - a) // max(1, d - c), max(a, b - 1))
            out.append((mended[k], start, b if k == d - 1 else min(b, start + 1)))
    return [(text, start, max(end, start + 1)) for text, start, end in out if start < len(words)]


@cache
def _edits() -> tuple[_Edit, ...]:
    rules = load("ocr")
    acute = rules["lost_acute"]
    return (
        *(_substitution(row["pattern"], row["replace"]) for row in rules["repair"]),
        _mapped(acute["pattern"], acute["map"]),
        _compounds(rules["compounds"]["words"]),
    )


def _substitution(pattern: str, replacement: str) -> _Edit:
    compiled = re.compile(pattern)
    return lambda line: compiled.sub(replacement, line)


def _mapped(pattern: str, letters: dict[str, str]) -> _Edit:
    compiled = re.compile(pattern)
    return lambda line: compiled.sub(lambda m: m[1] + letters[m[2]] + m[3], line)


def _compounds(words: Sequence[str]) -> _Edit:
    """Compounds whose letters without marks are nothing else's, restored wherever a mark was lost."""
    known = {bare(word): word.split() for word in words}

    def restored(match: re.Match[str]) -> str:
        first, second = match[1], match[3]
        right = known.get(f"{bare(first)} {bare(second)}".lower())
        if right is None or [first.lower(), second.lower()] == right:
            return match[0]
        return f"{_cased(right[0], first)}{match[2]}{_cased(right[1], second)}"

    def edit(line: str) -> str:
        # Twice: a word that ends one pair may start the next.
        return _SECOND_PAIR.sub(restored, _PAIR.sub(restored, line))

    return edit


_PAIR = re.compile(r"(?<!\w)([^\W\d_]+)( )([^\W\d_]+)(?!\w)")
_SECOND_PAIR = re.compile(r"(?<= )([^\W\d_]+)( )([^\W\d_]+)(?!\w)")


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
