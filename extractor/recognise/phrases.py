"""Words of a text and tables of phrases that are looked up word by word, the longest first.

Spelling is folded for matching only: case, the place of the tone mark (uỷ, ủy) and y for i (kĩ, kỹ).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")

_WORD = re.compile(r"\w+|\n|[^\w\s]")
# Both places of the tone mark are printed; the older style marks the last vowel of oa, oe, uy.
_OLD_TONE = re.compile(r"(?<=[ou])[àáảãạèéẻẽẹỳýỷỹỵ]$")
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_Y_FOR_I = re.compile(r"^([hklmstv]|qu)([yýỳỷỹỵ])$")
_LONGEST_KEPT = 40
_LONGEST_TEXT_KEPT = 2_000
_DASHES = {"–": "-", "—": "-"}


class Word(msgspec.Struct, frozen=True, gc=False):
    """A syllable, a number, a line end or one mark; half-open offsets into the text it was cut from."""

    text: str
    fold: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()

    @property
    def letters(self) -> bool:
        """Whether it is a syllable or a number, and no mark."""
        return self.text[0].isalnum()


def fold(syllable: str) -> str:
    """A syllable as it is matched: "Uỷ" and "ủy" are the same, and so are "kĩ" and "Kỹ"."""
    return _folded(syllable) if len(syllable) <= _LONGEST_KEPT else _fold(syllable)


def _fold(syllable: str) -> str:
    s = syllable.casefold()
    if s.isascii():
        return _DASHES.get(s, s)
    if _OLD_TONE.search(s) and not s.startswith("qu"):
        base = unicodedata.normalize("NFD", s[-1])
        tone = next((c for c in base if c in _TONES), "")
        s = unicodedata.normalize("NFC", s[:-2] + s[-2] + tone + base.replace(tone, ""))
    elif m := _Y_FOR_I.match(s):
        s = m[1] + unicodedata.normalize("NFC", unicodedata.normalize("NFD", m[2]).replace("y", "i"))
    return _DASHES.get(s, s)


_folded = lru_cache(maxsize=1 << 15)(_fold)


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text, in order: "Sở KH&CN" is "Sở", "KH", "&", "CN"."""
    return _kept_words(text) if len(text) <= _LONGEST_TEXT_KEPT else _words_of(text)


def _words_of(text: str) -> tuple[Word, ...]:
    folded, most = _folded, _LONGEST_KEPT
    return tuple(
        [
            Word(word := m[0], folded(word) if len(word) <= most else _fold(word), m.start(), m.end())
            for m in _WORD.finditer(text)
        ]
    )


# An item is read for its doers, its verb and its limits one after the other.
_kept_words = lru_cache(maxsize=64)(_words_of)


class Phrases(Generic[T]):
    """A table of phrases. A phrase written in capitals ("NN&MT", "TT") is matched in capitals only."""

    __slots__ = ("_root",)

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        self._root: dict[str, Any] = {}
        for phrase, value in entries:
            node = self._root
            for word in words_of(phrase):
                node = node.setdefault(word.fold, {})
            node.setdefault("", []).append((_exact(phrase), value))
        _settle(self._root)

    def first_words(self) -> Set[str]:
        """The folded words that a phrase may begin with."""
        return self._root.keys()

    def starts(self, words: Sequence[Word]) -> list[int]:
        """The words at which a phrase may begin: those alone need be looked at."""
        root = self._root
        return [i for i, word in enumerate(words) if word.fold in root]

    def at(self, words: Sequence[Word], i: int) -> tuple[int, T] | None:
        """Where the longest phrase that starts at word `i` ends (exclusive), and its value."""
        if i >= len(words) or words[i].fold not in self._root:
            return None
        found = self.all_at(words, i)
        return (found[0], found[1][0]) if found else None

    def all_at(self, words: Sequence[Word], i: int) -> tuple[int, tuple[T, ...]] | None:
        """As `at`, with every value that the longest phrase has."""
        node, start, best = self._root, i, None
        while i < len(words):
            child = node.get(words[i].fold)
            if child is None:
                break
            node, i = child, i + 1
            values = node.get("")
            if type(values) is list:
                values = tuple(v for exact, v in values if _same_capitals(words, start, exact))
            if values:
                best = (i, values)
        return best


def _settle(node: dict[str, Any]) -> None:
    """Put the values alone where no phrase of the node holds a word that is matched as written."""
    for word, child in node.items():
        if word:
            _settle(child)
        elif not any(exact for exact, _ in child):
            node[""] = tuple(value for _, value in child)


def _exact(phrase: str) -> tuple[tuple[int, str], ...]:
    """The words of a phrase that are abbreviations and so are matched as written."""
    return tuple((k, w.text) for k, w in enumerate(words_of(phrase)) if len(w.text) > 1 and w.text.isupper())


def _same_capitals(words: Sequence[Word], start: int, exact: tuple[tuple[int, str], ...]) -> bool:
    return all(words[start + k].text.isupper() for k, _ in exact)
