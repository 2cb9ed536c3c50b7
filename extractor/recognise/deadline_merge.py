"""A recurrence and the day of it that stands farther on are one limit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.recognise.deadline_draft import Draft
from extractor.recognise.deadline_grammar import grammar
from extractor.recognise.recurrence import Step, monthly_rule, yearly_rule

_STOP = re.compile(r"[.;](?=\s)|\n")
_JOINED = re.compile(r"[\s,(]{0,6}")
_LISTED = re.compile(r"\s{0,4}(?:/|và)\s{0,4}")
_FAR = 200


def merge(low: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts of `low` with each recurrence joined to its day.

    "định kỳ hằng năm báo cáo … trước ngày 31 tháng 12" is one yearly limit. Where the day says itself how often
    it comes ("trước ngày 30 tháng 11 hằng năm") the bare recurrence before it says nothing more. Of "định kỳ
    6 tháng, năm … (trước ngày 15/6 và 15/12)" each day is a yearly limit of its own. "định kỳ trước 15/11" is
    yearly too. A day takes the recurrence of the monthly limit that follows it in its sentence; one whose recurrence
    is not to be found is dropped.
    """
    out: list[Draft] = []
    waiting: list[Draft] = []  # bare recurrences of this sentence, not yet joined to a day
    named: Draft | None = None  # a report of this sentence that its period names
    alone: Draft | None = None  # a day of this sentence whose recurrence may follow
    yearly = False  # a yearly limit of this sentence has taken its day; further days are yearly too
    for draft in sorted(drafts, key=lambda d: (d.start, d.end)):
        if out and draft.start < out[-1].end:
            continue
        last = out[-1].end if out else 0
        if draft.start - last > _FAR or _STOP.search(low, last, draft.start):
            waiting, yearly = [], False
        if named and _STOP.search(low, named.end, draft.start):
            named = None
        if draft.reads == "report_named":
            named = draft
            continue
        if _bare(draft) and out and grammar().patterns["names_report"].fullmatch(low, out[-1].end, draft.start):
            if out[-1].dates:
                out[-1] = replace(
                    out[-1], kind="recurring", reads="yearly", rule=yearly_rule(out[-1].dates), first=None
                )
            if out[-1].rule:
                continue
        if _bare(draft):
            waiting.append(draft)
        elif draft.days:
            joined = _with_days(waiting[-1], draft) if len(waiting) == 1 else None
            if joined:
                draft = _absorb(low, out, waiting, replace(joined, start=draft.start))
            elif named and (joined := _with_days(named, draft)):
                draft = replace(joined, start=draft.start)
            elif not draft.rule or (out and not _STOP.search(low, out[-1].end, draft.start)):
                waiting, alone = [], draft
                continue
            waiting = []
        elif draft.dates and out and _unsaid(out[-1]) and _JOINED.fullmatch(low, out[-1].end, draft.start):
            draft = replace(_every_year(draft), start=out.pop().start)
        elif draft.dates and out and out[-1].rule and _LISTED.fullmatch(low, out[-1].end, draft.start):
            draft = _every_year(draft)
        elif draft.dates and (waiting or yearly) and all(_long(w) for w in waiting):
            draft = _every_year(draft)
            draft = _absorb(low, out, waiting, draft)
            waiting, yearly = [], True
        elif draft.kind == "recurring" and any(w.step == draft.step for w in waiting):
            near = _JOINED.fullmatch(low, waiting[-1].end, draft.start) is not None
            draft = _absorb(low, out, waiting, draft, lend=near)
            waiting, yearly = [], True
        if alone and draft.reads == "monthly" and not _STOP.search(low, alone.end, draft.start):
            out.append(replace(alone, rule=monthly_rule(alone.days), reads="monthly"))
        alone = None
        out.append(_closed(low, draft))
    return out


def _every_year(draft: Draft) -> Draft:
    return replace(draft, kind="recurring", reads="yearly", rule=yearly_rule(draft.dates), first=None)


def _bare(draft: Draft) -> bool:
    return draft.reads == "recurring" and draft.step is not None


def _unsaid(draft: Draft) -> bool:
    """A bare "định kỳ", of which nothing says how often it comes."""
    return draft.reads == "recurring" and draft.step is None and draft.rule is None


def _long(draft: Draft) -> bool:
    return draft.step is not None and (draft.step.freq == "YEARLY" or draft.step.interval >= 3)


def _absorb(low: str, out: list[Draft], waiting: list[Draft], draft: Draft, *, lend: bool = True) -> Draft:
    """The draft in place of the waiting recurrences, which leave `out`; a single one may lend it its words."""
    kept = []
    while waiting and out and out[-1].start >= waiting[0].start:
        last = out.pop()
        if last not in waiting:
            kept.append(last)
    out += reversed(kept)
    # Words that other limits stand between cannot be lent.
    if lend and len(waiting) == 1 and not kept:
        return _closed(low, replace(draft, start=waiting[0].start))
    return draft


def _closed(low: str, draft: Draft) -> Draft:
    """The draft with the bracket that its words opened: "hàng năm (trước ngày 10/12)"."""
    words = low[draft.start : draft.end]
    opened = words.count("(") > words.count(")") and low[draft.end : draft.end + 1] == ")"
    return replace(draft, end=draft.end + 1) if opened else draft


def _with_days(bare: Draft, draft: Draft) -> Draft | None:
    """The recurrence on the days of the month that follow it ("hằng tháng (trước ngày 25)")."""
    step = bare.step or Step("YEARLY")
    if step == Step("MONTHLY"):
        rule = monthly_rule(draft.days)
    elif step.last_months:
        rule = monthly_rule(draft.days, step.last_months)
    else:
        return None
    return replace(bare, end=draft.end, bound=draft.bound, rule=rule, reads="monthly")
