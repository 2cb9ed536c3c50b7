"""Slips of OCR put right, word by word, by the rows of `rules/ocr.toml`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise

from extractor.read.patterns import compiled
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
    wrong = compiled(pattern)
    return lambda line: wrong.sub(replacement, line)


def _mapped(pattern: str, letters: dict[str, str]) -> _Edit:
    wrong = compiled(pattern)
    return lambda line: wrong.sub(lambda m: m[1] + letters[m[2]] + m[3], line)


def _compounds(compounds: Sequence[str]) -> _Edit:
    """Compounds whose letters without marks are nothing else's, restored wherever a mark was lost.

    Words that belong to a compound with a neighbour stay ("lao động bổ sung"), and so do names.
    """
    known = {bare(compound): tuple(compound.split()) for compound in compounds}

    def edit(line: str) -> str:
        words = line.split(" ")
        cores = [word.strip('.,;:()“”"') for word in words]
        sound = [known.get(bare(f"{a} {b}".lower())) == (a.lower(), b.lower()) for a, b in pairwise(cores)]
        for i in range(len(words) - 1):
            first, second = cores[i], cores[i + 1]
            right = known.get(bare(f"{first} {second}".lower()))
            if right is None or any(sound[max(0, i - 1) : i + 2]):
                continue
            if not (words[i].endswith(first) and words[i + 1].startswith(second)):
                continue
            if second[0].isupper() and not second.isupper():
                continue
            words[i] = words[i].replace(first, _cased(right[0], first))
            words[i + 1] = words[i + 1].replace(second, _cased(right[1], second))
            cores[i : i + 2] = [words[i].strip('.,;:()“”"'), words[i + 1].strip('.,;:()“”"')]
            sound[i] = True
        return " ".join(words)

    return edit


def _cased(word: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
