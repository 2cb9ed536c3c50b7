"""The words round a document's number: its type before it, what points back, what numbers something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractor.recognise.types import DocumentType, Number, by_code, by_name, document_types, generic_names
from extractor.rules import load

_LONGEST_WORD = 13  # "chương trình", and what stands before it


@cache
def type_words() -> re.Pattern[str]:
    """Every word that names a type, as it is printed in running text."""
    names = [n for t in document_types() for n in (t.name, *t.names)] + list(generic_names())
    forms = {f for n in names for f in (n, n.upper(), n.title())} | set(load("numbers")["mentions"]["abbreviations"])
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))


_NO_AHEAD = re.compile(r" số (?=\d)")


@cache
def _small_word() -> re.Pattern[str]:
    small = sorted((n.lower() for n in load("numbers")["mentions"]["short"]), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, small))})$")


def small_words(text: str) -> Iterator[re.Match[str]]:
    """Type words in small letters; they count only where "số" and a number follow: "công điện số 415"."""
    for no in _NO_AHEAD.finditer(text):
        if word := _small_word().search(text, max(0, no.start() - _LONGEST_WORD), no.start()):
            yield word


@cache
def short_number() -> re.Pattern[str]:
    """A number without symbol behind a type word: "Chỉ thị 11"."""
    units = "|".join(map(re.escape, load("numbers")["mentions"]["units"]))
    return re.compile(
        r"(?P<space> ?)(?P<no>(?:số|SỐ) ?:? ?)?(?!(?:19|20)[0-9]{2})(?P<number>[0-9]{1,4}[a-zđ]?)"
        rf"(?:(?P<year>/(?:19|20)[0-9]{{2}})(?![/-]\w))?"
        rf"(?![\w%]|,[0-9]|[.:/–-] ?[0-9]|[/-])(?P<unit> ?(?i:{units})(?!\w))?"
    )


@cache
def more_numbers() -> re.Pattern[str]:
    """The next number of a list without symbols: "Nghị quyết 57, 59 và 66 của Bộ Chính trị"."""
    words = "|".join(map(re.escape, load("numbers")["mentions"]["behind_list"]))
    # The last number of the list must count nothing, so what stands behind the whole list is looked at.
    end = rf"(?:[.;:)\]”\"\n]|,(?! ?[0-9])|$| (?:{words})(?!\w))"
    item = r"(?:, | và |, và )(?:số )?[0-9]{1,3}(?![\w/%-]|[.,][0-9])"
    return re.compile(
        rf"(?:, | và |, và )(?P<mention>(?:số )?(?P<number>[0-9]{{1,3}})(?![\w/%-]|[.,][0-9]))"
        rf"(?=(?:{item}){{0,8}}{end})"
    )


@cache
def above() -> re.Pattern[str]:
    """What points back: "nêu trên"."""
    return re.compile(rf" (?:{'|'.join(load('numbers')['mentions']['above'])})(?!\w)| trên(?=[.,;:)\n\t]|$)")


def is_word(text: str, start: int, end: int) -> bool:
    """Whether a type word stands alone, not inside another word or a symbol."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or before in ("/", "-", "_", "&"):
        return False
    return not after.isalpha()


def name_code(kind: DocumentType | None) -> tuple[str | None, str | None]:
    """A type's name and code."""
    return (kind.name, kind.code) if kind else (None, None)


def code_of(name: str) -> str | None:
    """The code of a type's name."""
    kind = by_name(name)
    return kind.code if kind else None


def kind_of(n: Number) -> DocumentType | None:
    """The type that the symbol alone tells; a letter's symbol has no type code (Nghị định 30, Phụ lục I)."""
    if n.type_code:
        return by_code(n.type_code, party=n.numbering == "party")
    return by_name("Công văn") if n.numbering == "letter" and "-" in n.symbol else None


def type_before(head: str, base: int) -> tuple[int | None, DocumentType | None]:
    """The type word that `head` ends with, in small letters too: "công văn", "kế hoạch hành động"."""
    words = list(re.finditer(r"\S+", head))[-4:]
    for first in words:
        phrase = head[first.start() :].lstrip("(“\"'")
        kind = by_name(phrase)
        if kind and phrase.casefold() in {kind.name.casefold(), *(n.casefold() for n in kind.names)}:
            return base + len(head) - len(phrase), kind
    return None, None


def numbers_something_else(head: str) -> bool:
    """Whether the word before a number says that it is no document's: "Mẫu số 02"."""
    words = head.lower().split()
    return bool(words) and words[-1] in load("numbers")["mentions"]["not_documents"]
