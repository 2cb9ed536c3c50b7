"""Footnotes: their marks in the text are no words of it, and they themselves stand behind it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from extractor.read.lines import Line
from extractor.read.page import PrintedWord

_SMALL = 0.8
_UNITS = ("m", "km", "cm", "dm", "mm", "hm", "μm")


def without_marks(words: Sequence[PrintedWord]) -> list[PrintedWord]:
    """The words, in the file's order, without the raised numbers that point to footnotes.

    The number that opens a footnote is set down on its line; the power of a unit ("km²") stays.
    """
    out: list[PrintedWord] = []
    for i, word in enumerate(words):
        if not (len(word.text) <= 3 and (word.text.isdigit() or word.text.strip("*") == "")):
            out.append(word)
            continue
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        if before is not None and _raised_beside(word, before, word.x0 - before.x1):
            if before.text.endswith(_UNITS):
                out.append(replace(word, bottom=before.base + 0.2 * word.size))
        elif after is not None and _raised_beside(word, after, after.x0 - word.x1):
            out.append(replace(word, bottom=after.base + 0.2 * word.size))
        else:
            out.append(word)
    return out


def _raised_beside(word: PrintedWord, host: PrintedWord, gap: float) -> bool:
    return (
        word.size < _SMALL * host.size
        and -0.3 * host.size < gap < 0.7 * host.size
        and 0.1 * host.size < host.base - word.base < 0.8 * host.size
    )


def split_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of a page's text, and those of the footnotes below it."""
    for i, line in enumerate(lines):
        if line.top > 0.3 * line.page.height and opens_note(line) and _smaller(lines[i:], lines[:i]):
            return list(lines[:i]), list(lines[i:])
    return list(lines), []


def opens_note(line: Line) -> bool:
    """Whether a line starts with the small number of a footnote."""
    return len(line.words) > 1 and line.words[0].text.isdigit() and line.words[0].size < _SMALL * line.words[1].size


def _smaller(notes: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the notes are set smaller than the text above; a page of nothing but notes is possible."""
    sizes = sorted(line.size for line in text)
    return not sizes or max(line.size for line in notes) < sizes[len(sizes) // 2] + 0.1
