"""Limits are spans of their text, in order, whatever the text; real labels and expressions are met."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.document import Deadline
from extractor.recognise.deadlines import find_deadlines

SHARED = Path(__file__).parents[2] / "shared"
GOLD = sorted((SHARED / "gold").glob("*.json"))
WORDS = [
    "trước ngày ",
    " đến hết ",
    "từ ",
    "hằng năm",
    "hàng tháng ",
    "định kỳ ",
    "6 tháng",
    ", ",
    "và ",
    "quý II",
    "/2026",
    "năm 2026",
    "tháng 5",
    "30/6",
    "31/02/2026",
    "thường xuyên",
    "theo yêu cầu ",
    "khi có ",
    "15 ngày làm việc ",
    "kể từ ngày ký",
    "(",
    ")",
    ".",
    "; ",
    "\n",
    "Thời gian: ",
    "“",
    "”",
    "20",
    "1",
    "/",
    "-",
    "–",
    "số 12/QĐ-UBND ",
    "thứ Sáu ",
    "hằng tuần",
    "của tháng cuối quý",
    "giai đoạn 2026-2030",
    "Tết Nguyên đán ",
    "đầu ",
    "cuối ",
    "năm sau",
    "các năm tiếp theo",
    "\u3000",
    " của tháng",
    "báo cáo tháng ",
    "tuần thứ 3 ",
    "ngày làm việc cuối cùng ",
    "24 giờ ",
    "học kỳ I ",
    "sau khi Luật ",
    "có hiệu lực",
    "cuối mỗi ",
    "tháng 9, 10",
    "ngày 1-5",
    "mỗi năm 02 lượt",
    "T3",
    "dịp Tết ",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
DATES = st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2190, 1, 1)))


@settings(max_examples=300, deadline=None)
@given(TEXTS, DATES, st.booleans(), st.one_of(st.none(), st.integers(1990, 2090)))
def test_spans_are_the_text_in_order_and_apart(
    text: str, signed: dt.date | None, column: bool, heading: int | None
) -> None:
    found = find_deadlines(text, signed, heading_year=heading, in_time_column=column)
    last = 0
    for deadline in found:
        assert last <= deadline.span.start < deadline.span.end
        assert text[deadline.span.start : deadline.span.end] == deadline.text
        assert deadline.start is None or deadline.end is None or deadline.start <= deadline.end
        assert (deadline.rrule is None) or deadline.kind == "recurring"
        assert deadline.offset is None or deadline.kind == "relative"
        last = deadline.span.end


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(-5, 250), st.integers(-5, 250)), max_size=4))
def test_no_limit_touches_what_is_skipped(text: str, skip: list[tuple[int, int]]) -> None:
    """Only the words of a condition or of an anchor may run over it, and a recurrence to its day."""
    for deadline in find_deadlines(text, skip=skip):
        if deadline.kind in ("date", "period", "continuous"):
            assert not any(a < deadline.span.end and deadline.span.start < b for a, b in skip if a < b)


@pytest.mark.parametrize("column", [False, True])
@pytest.mark.parametrize(
    "unit", ["1", "1/", "2026-", "tháng 1, ", "hằng năm ", "khi có ", "5 ngày kể từ ngày ", "“", " "]
)
def test_a_long_run_is_read_to_its_end(unit: str, column: bool) -> None:
    found = find_deadlines(unit * (40_000 // len(unit)), in_time_column=column)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))


def key(d: Deadline) -> tuple[Any, ...]:
    return d.kind, d.start and str(d.start), d.end and str(d.end), d.rrule


def gold_key(d: dict[str, Any]) -> tuple[Any, ...]:
    return d["kind"], d["start"], d["end"], d["rrule"]


@pytest.mark.skipif(not GOLD, reason="the labelled documents are not beside the repository")
@pytest.mark.parametrize("path", GOLD, ids=lambda p: p.stem)
def test_labelled_documents_have_these_limits(path: Path) -> None:
    """Running text whole; of the table rows each label that is printed in its time column."""
    document = json.loads(path.read_text("utf-8"))
    issued = document["header"].get("issued_on")
    signed = dt.date.fromisoformat(issued) if issued else None
    for task in document["tasks"]:
        if task["origin"] == "prose":
            found = find_deadlines(task["text"], signed)
            assert Counter(map(key, found)) == Counter(map(gold_key, task["deadlines"])), task["text"]
            continue
        for label in task["deadlines"]:
            if label["text"] not in task["text"]:
                found = find_deadlines(label["text"], signed, in_time_column=True)
                assert [key(d) for d in found] == [gold_key(label)], label


KINDS = {
    "point": "date",
    "range": "period",
    "range_open": "period",
    "multi_range": "period",
    "horizon": "period",
    "target": "period",
    "recurrence": "recurring",
    "duration": "relative",
    "duration_workdays": "relative",
    "event": "conditional",
    "on_demand": "conditional",
    "on_condition": "conditional",
    "by_reference": "conditional",
    "ongoing": "continuous",
}
BOUNDS = {
    "before (exclusive)": "before",
    "before clock time": "before",
    "on_or_before (inclusive)": "by",
    "on": "on",
    "within period": "within",
    "from": "from",
    "as soon as": "after",
}
# Rows of the catalogue that are read otherwise, and why the contract has it so.
OTHERWISE = {
    "7": "`before` says that the day itself is late; before an hour of the day it is in time, so `by`",
    "20": "a bare day in a time column may be the event or the limit: no bound is stated",
    "37": "no law says which day the start of a quarter is; its first month is a period, with the row's own days",
    "59": "a bare rhythm states no bound, as in the contract's own examples",
    "63": "the days are in the rule; start and end bound the whole recurrence, as in '2026 và hằng năm'",
    "68": "'định kỳ 6 tháng' is every six months by the contract's own example; the year is a second rhythm",
    "69": "two rhythms, as in the row before",
    "88": "an anchor whose day is not known gives no end: never an invented date",
    "110": "in a time column an adverb of time is a limit (annotation rules, finer points)",
}


def test_the_catalogue_of_expressions_is_read() -> None:
    source = SHARED / "domain" / "deadline_expressions.csv"
    if not source.exists():
        pytest.skip("the catalogue of expressions is not beside the repository")
    wrong = []
    agree = set()
    for row in csv.DictReader(source.open(encoding="utf-8")):
        found = find_deadlines(row["text"], dt.date(2024, 3, 1), in_time_column=True)
        kind = KINDS.get(row["kind"])
        end = row["last_ok_day"] or row["end"]
        ends = [d.end.isoformat() for d in found if d.end]
        read = (
            (found[0].kind if found else None) == kind
            and (max(ends) if ends else "") == end
            and (found[0].rrule if found else None) == (row["rrule"] or None)
            and (row["boundary"] not in BOUNDS or {d.bound for d in found} == {BOUNDS[row["boundary"]]})
        )
        if read:
            agree.add(row["id"])
        elif row["id"] not in OTHERWISE:
            wrong.append((row["id"], row["text"], found))
    assert wrong == []
    assert not agree & set(OTHERWISE)


def test_a_number_said_again_in_words_changes_nothing_but_the_words() -> None:
    plain = find_deadlines("Chậm nhất ngày 06 của tháng cuối quý", dt.date(2024, 3, 1))
    text = "Chậm nhất ngày 06 (sáu) của tháng cuối quý"
    (said,) = find_deadlines(text, dt.date(2024, 3, 1))
    assert [key(d) for d in plain] == [key(said)]
    assert text[said.span.start : said.span.end] == said.text == text
