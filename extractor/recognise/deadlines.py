"""Time limits in a text: what is a limit, which days it means, how often it comes."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from extractor.document import Deadline, Span
from extractor.recognise.deadline_draft import Draft, Place
from extractor.recognise.deadline_forms import read
from extractor.recognise.deadline_grammar import Form, Grammar, grammar, lower
from extractor.recognise.deadline_merge import merge
from extractor.recognise.deadline_years import settle

_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[.;:!?]\s|\n")
_SENTENCE_END = re.compile(r"[.;](?=\s|$)|\n")
_QUOTED = re.compile(r"“[^”\n]{0,400}”|\"[^\"\n]{0,400}\"")
_CUT = re.compile(r"[,(]\s{0,4}(?:(?:hoặc|và|nhưng|hoàn thành|kết thúc)\s{1,4}){0,2}|\s{1,4}hoặc\s{1,4}")
_BEFORE, _AFTER = 160, 60
_MASK = "\x01"  # neither a letter, a digit nor white space: no form can run over it but a condition


def find_deadlines(
    text: str,
    document_date: dt.date | None = None,
    *,
    heading_year: int | None = None,
    school_year: bool = False,
    in_time_column: bool = False,
    skip: Sequence[tuple[int, int]] = (),
) -> tuple[Deadline, ...]:
    """The time limits in `text`, in order and without overlap; spans are offsets into `text`.

    `document_date` is the day of signing: it settles years that are not written and limits counted from
    signing. `heading_year` is a year that stands in a heading above; with `school_year` it is the first of a
    school year's two ("năm học 2025 - 2026": 2025), so that "Tháng 3" is of the second. With `in_time_column`
    the text is a whole cell of a column of times, where "12/2024" and "Thường xuyên" are limits; in running
    text they are not. Nothing inside `skip` (half-open spans of citations) is read. Never raises on any text.
    A date that does not exist ("31/02/2025") is a limit without `end`; hours from an event are `relative`
    without an offset. Periods are counted by the Civil Code 2015, Articles 146 to 148, without moving a last
    day that is a day off.
    "hoàn thành trước ngày 10 tháng 6 năm 2026": a date, bound `before`, end 9 June 2026.
    """
    found = grammar()
    low = lower(text)
    if "(" in low and found.said.search(low):
        plain, at = _without_words(text, low, found)
        within = [(bisect_left(at, a), bisect_left(at, b)) for a, b in skip]
        said = find_deadlines(
            plain, document_date, heading_year=heading_year, school_year=school_year, in_time_column=in_time_column,
            skip=within,
        )  # fmt: skip
        return tuple(_back(d, text, at) for d in said)
    low = _masked(text, low, skip, found, quotes=not in_time_column)
    drafts = [
        draft
        for start, end, column in _stretches(low, found, in_time_column)
        for draft in _scan(text, low[:end], start, column, document_date, found)
    ]
    return settle(text, merge(low, drafts), document_date, heading_year, school_year=school_year)


def _without_words(text: str, low: str, found: Grammar) -> tuple[str, list[int]]:
    """The text without numbers said again in words ("15 (mười lăm)"), and where each character of it stands."""
    kept: list[int] = []
    last = 0
    for words in found.said.finditer(low):
        kept += range(last, words.start())
        last = words.end()
    kept += range(last, len(text) + 1)
    return "".join(text[i] for i in kept[:-1]), kept


def _back(d: Deadline, text: str, at: Sequence[int]) -> Deadline:
    start, end = at[d.span.start], at[d.span.end - 1] + 1
    return replace(d, text=text[start:end], span=Span(start, end))


def _masked(text: str, low: str, skip: Sequence[tuple[int, int]], found: Grammar, *, quotes: bool) -> str:
    """The text in lower case (`low`) with what cannot hold a limit blotted out: citations, and names in quotes."""
    spans = [(max(a, 0), min(b, len(text))) for a, b in skip if a < b]
    numbered = "/" in low or "số" in low
    for number in found.patterns["document_number"].finditer(text) if numbered else ():
        dated = found.patterns["document_date"].match(text, number.end())
        spans.append((number.start(), dated.end() if dated else number.end()))
    if quotes:
        spans += [m.span() for m in _QUOTED.finditer(text)]
    out, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            out += [low[at:start], _MASK * (end - start)]
            at = end
    return "".join([*out, low[at:]])


def _stretches(low: str, found: Grammar, column: bool) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it is read like a time column): "Thời gian: …" opens one up to its sentence's end."""
    at = 0
    if not column:
        for start, opened, end in sorted((*_labelled(low, found), *_bracketed(low, found))):
            if start >= at:
                yield at, start, False
                yield opened, end, True
                at = end
    yield at, len(low), column


def _labelled(low: str, found: Grammar) -> Iterator[tuple[int, int, int]]:
    """(start, first character after the label, end of its sentence) of each "Thời gian: …"."""
    for label in found.patterns["label"].finditer(low) if ":" in low else ():
        stop = _SENTENCE_END.search(low, label.end())
        yield label.start(), label.end(), stop.start() if stop else len(low)


def _bracketed(low: str, found: Grammar) -> Iterator[tuple[int, int, int]]:
    """The brackets that hold nothing but a time, which so state it: "(thực hiện thường xuyên)"."""
    for bracket in found.patterns["bracket"].finditer(low):
        start, end = bracket.span("inside")
        before = _CLAUSE.split(low[max(0, start - _BEFORE) : bracket.start()])[-1]
        if any(found.contexts[name].holds(before, "") for name in ("attribute", "of_period")):
            continue
        rest = list(low[start:end])
        for draft in _scan(low, low[:end], start, True, None, found):
            rest[draft.start - start : draft.end - start] = " " * (draft.end - draft.start)
        if found.patterns["bracket_rest"].match("".join(rest)):
            yield bracket.start(), start, end


def _scan(text: str, low: str, start: int, column: bool, day: dt.date | None, found: Grammar) -> Iterator[Draft]:
    """The drafts between `start` and the end of `low`."""
    last = end = start
    for word in _WORD.finditer(low, start):
        start = word.start()
        if start < end or not (at := found.form_at(low, start, column=column)):
            continue
        form, whole = at
        end = whole.end()
        before = _CLAUSE.split(text[max(0, start - _BEFORE) : start])[-1]
        if form.reads == "by_rule" and start > last and not low[last:start].strip():
            form = found.forms["date_of_something"]
        if form.accepts(before, text[end : end + _AFTER], column=column):
            if form.reads == "condition":
                end = _condition_end(low, start, end, found)
            if form.reads in ("condition", "by_rule"):
                whole = form.pattern.match(low, start, end) or whole
            done = found.contexts["done_before"].holds(before, "")
            yield from read(Place(text, form, whole, day, column, done))
            last = end
        end = max(end, start + 1)


def _condition_end(low: str, start: int, end: int, found: Grammar) -> int:
    """Where another limit begins inside the words of a condition: "khi có yêu cầu, hằng năm"."""
    for cut in _CUT.finditer(low, start + 1, end):
        other = found.form_at(low, cut.end(), column=True)
        if other and not _dependent(other[0]):
            return cut.start()
    return end


def _dependent(form: Form) -> bool:
    return form.reads in ("condition", "by_rule", "day_only", "nothing")
