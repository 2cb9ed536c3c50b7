"""The cut-off of a report: up to which day, or for which period, its figures are counted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from extractor.document import Deadline, Span
from extractor.recognise.deadline_grammar import lower
from extractor.recognise.deadlines import find_deadlines
from extractor.rules import load

_NAME = re.compile(r"<<(\w+)>>")
_END = re.compile(r"[.;)](?=\s|$)|\n")
_LISTED = re.compile(r"[\s,]{0,3}(?:và\s{1,3})?")
_FAR = 200


def find_cut_offs(
    text: str,
    document_date: dt.date | None = None,
    *,
    heading_year: int | None = None,
    school_year: bool = False,
    named: bool = False,
    skip: Sequence[tuple[int, int]] = (),
) -> tuple[Deadline, ...]:
    """The cut-offs in `text`, in order; spans are offsets into `text`. With `named` the whole text is one.

    `end` is the last day that counts; of a recurring one `rrule` marks that day. Nghị định 09/2019/NĐ-CP, Điều 12:
    "từ ngày 15 tháng trước kỳ báo cáo đến ngày 14 của tháng thuộc kỳ báo cáo" is `FREQ=MONTHLY;BYMONTHDAY=14`,
    bound `within`. Years that are not written and `skip` are as in `find_deadlines`.
    """
    low = lower(text)
    starts = [0] if named else _starts(low)
    found: list[Deadline] = []
    for at in sorted(set(starts)):
        if any(a <= at < b for a, b in skip) or any(d.span.start <= at < d.span.end for d in found):
            continue
        start = at + len(_pattern("between").match(low, at)[0])  # type: ignore[index]
        end = _END.search(low, start, start + _FAR)
        stretch = text[start : end.start() if end else start + _FAR]
        for d in _read(stretch, document_date, heading_year, school_year):
            found.append(replace(d, span=Span(d.span.start + start, d.span.end + start)))
    return tuple(found)


def _read(stretch: str, day: dt.date | None, year: int | None, school: bool) -> list[Deadline]:
    """The time at the start of a stretch, with those listed after it."""

    def limits(s: str) -> tuple[Deadline, ...]:
        return find_deadlines(s, day, heading_year=year, school_year=school, in_time_column=True)

    first = _pattern("from").match(lower(stretch))
    found = limits(stretch)
    if first and not (found and found[0].span.start == 0 and found[0].end):
        rest = limits(stretch[first.end() :])
        if not rest or rest[0].span.start:
            return []
        words = stretch[: first.end() + rest[0].span.end]
        kind = "period" if rest[0].kind == "date" else rest[0].kind
        return [replace(rest[0], text=words, kind=kind, bound="within", stated=None, span=Span(0, len(words)))]
    out: list[Deadline] = []
    for d in found:
        if not _LISTED.fullmatch(stretch, out[-1].span.end if out else 0, d.span.start) or d.kind == "conditional":
            break
        if d.bound == "before":  # "chốt số liệu trước ngày 05", "…, trước ngày 20/6": when it must be done
            break
        bound = "by" if d.bound in (None, "on") and d.kind in ("date", "recurring") else d.bound
        out.append(replace(d, bound=bound))
    return out


def _starts(low: str) -> list[int]:
    """Where the lead-ins end."""
    return [m.end() for has, p in _lead_ins() if any(word in low for word in has) for m in p.finditer(low)]


@cache
def _lead_ins() -> tuple[tuple[list[str], re.Pattern[str]], ...]:
    return tuple((row["has"], re.compile(_expand(row["pattern"]))) for row in load("cut_offs")["lead_in"])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_expand(load("cut_offs")["words"][name]))


def _expand(pattern: str) -> str:
    words: dict[str, str] = load("cut_offs")["words"]
    pattern = _NAME.sub(lambda m: words[m[1]], pattern)
    return pattern.replace(" ", r"\s{1,4}").replace("~", r"\s{0,4}")
