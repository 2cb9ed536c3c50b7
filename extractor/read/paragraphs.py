"""Lines become paragraphs: what the writer's program broke at the margin and at the page's end is joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extractor.read.labels import continues, ends_sentence, is_rule, is_type_line, opens_division, opens_item
from extractor.read.lines import Line
from extractor.read.notes import opens_note
from extractor.source import Paragraph, Separator, Word

# "18-" + "NQ/TW", "157/KH-" + "UBND", "278/2025/" + "NĐ-CP", "III/" + "2026": what the margin broke.
_BROKEN_SYMBOL = re.compile(r"(?:^|[^\w])\d[\w/.\-–]{0,40}[-–/]$|/[A-ZĐ]\w{0,20}[-–/]$|^[IVX]{1,4}/$")
_SYMBOL_TAIL = re.compile(r"[A-ZĐƯ\d]")
_INDENT = 9.0


class Margins(msgspec.Struct, frozen=True):
    """Where the text of a page starts and ends, in points from the left."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def margins_of(lines: Sequence[Line], width: float) -> Margins:
    """The margins between which the lines of a page are set."""
    long = [line for line in lines if line.x1 - line.x0 > 0.45 * width] or list(lines)
    if not long:
        return Margins(0.1 * width, 0.9 * width)
    return Margins(_common([line.x0 for line in long], first=True), _common([line.x1 for line in long], first=False))


def _common(values: Sequence[float], *, first: bool) -> float:
    """The outermost place where several lines start (or end)."""
    ordered = sorted(values, reverse=not first)
    for value in ordered:
        if sum(1 for other in ordered if abs(other - value) < 3) >= max(2, len(ordered) // 8):
            return value
    return ordered[0]


def close_up(last: str, word: str) -> Separator:
    """What stands between the last word of a line and the first of the next."""
    return "" if _BROKEN_SYMBOL.search(last) and _SYMBOL_TAIL.match(word) else " "


class Printed(msgspec.Struct, frozen=True):
    """A line with the margins of its page."""

    line: Line
    margins: Margins


def paragraphs_of(lines: Iterable[Printed]) -> Iterator[Paragraph]:
    """The paragraphs of a run of lines with no table in it, over the ends of pages."""
    block: list[Printed] = []
    for item in lines:
        if is_rule(item.line.text) or not any(c.isalnum() for c in item.line.text):
            if is_rule(item.line.text) and block:
                yield _made(block)
                block = []
            continue
        if block and not _goes_on(block, item):
            yield _made(block)
            block = []
        block.append(item)
    if block:
        yield _made(block)


def _goes_on(block: list[Printed], item: Printed) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    before, line = block[-1].line, item.line
    if before.column != line.column or opens_note(line):
        return False
    if line.column is not None:
        return line.column == "left" and _goes_on_in_list(block, line)
    was, now = _centred(block[-1]), _centred(item)
    if before.page is line.page and ((was and now) or (now and _wide_title(block[-1], line))):
        return _same_title(before, line)
    if was and before.page is line.page and _wide_title(item, before):
        return _same_title(before, line)
    if is_type_line(before.text) or (was != now and before.text.isupper() != line.text.isupper()):
        return False
    full = _fills(block[-1], line)
    if opens_item(line.text) and not (full and _flush(item) and continues(before.text, line.text)):
        if not full or ends_sentence(before.text) or not _flush(item):
            return False
        if before.page is line.page and len(block) == 1 and _flush(block[0]):
            return False
    hanging = _hangs(block[0].line, line)
    if not full and not hanging:
        return continues(before.text, line.text) and before.page is not line.page
    if before.page is not line.page:
        return continues(before.text, line.text) or (not ends_sentence(before.text) and not _indented(item))
    if _indented(item) and not hanging and not _block_indented(block, line):
        return continues(before.text, line.text) and not _indented(block[-1])
    if line.top - before.bottom > 1.1 * max(line.size, before.size):
        return continues(before.text, line.text)
    return True


def _goes_on_in_list(block: list[Printed], line: Line) -> bool:
    """Whether a line of the recipients goes on with the entry above it."""
    before = block[-1].line
    return not opens_item(line.text) and opens_item(block[0].line.text) and not ends_sentence(before.text)


def _centred(item: Printed) -> bool:
    """Whether a line is set on the middle of the text; a label or a plain short sentence only seems to be."""
    line, m = item.line, item.margins
    slack = min(line.x0 - m.left, m.right - line.x1)
    marked = line.bold or line.italic or line.text.isupper()
    if slack < (6 if marked else 40) or abs(line.centre - m.middle) > max(8.0, 0.12 * slack):
        return False
    return not opens_item(line.text) or opens_division(line.text)


def _wide_title(item: Printed, beside: Line) -> bool:
    """Whether a line that fills the width is part of a centred title beside it."""
    line = item.line
    return (
        (line.bold or line.italic)
        and (line.bold, line.italic) == (beside.bold, beside.italic)
        and (abs(line.centre - item.margins.middle) < 8)
    )


def _same_title(before: Line, line: Line) -> bool:
    """Whether two centred lines are one title: same setting, and no type line or new label between them."""
    if is_type_line(before.text) or opens_item(line.text):
        return False
    if (before.bold, before.italic) != (line.bold, line.italic) or abs(before.size - line.size) > 0.6:
        return False
    return line.top - before.bottom < 1.2 * line.size and not ends_sentence(before.text)


def _fills(item: Printed, following: Line) -> bool:
    """Whether the next line's first word would not have found room at the end of a line."""
    word = following.words[0]
    room = item.margins.right - item.line.x1
    return room < (word.x1 - word.x0) + 0.2 * item.line.size + 1.0


def _flush(item: Printed) -> bool:
    return item.line.x0 < item.margins.left + _INDENT


def _indented(item: Printed) -> bool:
    return not _flush(item)


def _hangs(first: Line, line: Line) -> bool:
    """Whether a line is set under the words that follow the list label of its first line."""
    return len(first.words) > 1 and opens_item(first.text) and abs(first.words[1].x0 - line.x0) < 4


def _block_indented(block: list[Printed], line: Line) -> bool:
    """Whether a whole paragraph is set in from the margin."""
    if len(block) > 1:
        return abs(block[-1].line.x0 - line.x0) < 3
    return False


def _made(block: list[Printed]) -> Paragraph:
    words: list[Word] = []
    last = ""
    for item in block:
        for k, word in enumerate(item.line.words):
            before: Separator = close_up(last, word.text) if not k and last else " "
            words.append(item.line.page.word(word, before))
            last = word.text
    first = block[0]
    return Paragraph(
        tuple(words),
        bold=all(item.line.bold for item in block),
        italic=all(item.line.italic for item in block),
        centred=any(map(_centred, block)) and all(_centred(i) or _wide_title(i, i.line) for i in block),
        column=first.line.column,
        indent=round(max(0.0, first.line.x0 - first.margins.left), 1),
        size=max(item.line.size for item in block),
    )


def cell_words(lines: Sequence[Line], width: float) -> Iterator[Word]:
    """The words of a table cell; paragraphs inside it are parted by a line break. `width` is the cell's."""
    left = min((line.x0 for line in lines), default=0.0)
    right = max((line.x1 for line in lines), default=0.0)
    last = ""
    for n, line in enumerate(lines):
        for k, word in enumerate(line.words):
            before: Separator = " "
            if n and not k:
                before = close_up(last, word.text)
                if _new_in_cell(lines[n - 1], line, left, right):
                    before = "\n"
            yield line.page.word(word, before)
            last = word.text


def _new_in_cell(before: Line, line: Line, left: float, right: float) -> bool:
    if opens_item(line.text):
        return not continues(before.text, line.text)
    word = line.words[0]
    return ends_sentence(before.text) and right - before.x1 > (word.x1 - word.x0) + 0.25 * line.size + 2
