"""The cut-off of a report: the day up to which its figures are counted, which is no time limit of the report."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.recognise.cut_offs import find_cut_offs
from extractor.rules import load

SIGNED = dt.date(2026, 3, 1)
ROWS = load("cut_offs")["lead_in"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_lead_in_takes_its_examples_and_no_other(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        found = find_cut_offs(example["text"], SIGNED)
        assert len(found) == len(example["gives"]), (example, found)
        for cut_off, fields in zip(found, example["gives"], strict=True):
            assert {k: getattr(cut_off, k) for k in fields} == fields, example
    for text in row["not_examples"]:
        assert find_cut_offs(text, SIGNED) == (), text


# The periods of Nghị định 09/2019/NĐ-CP, Article 12, in words of our own: (text, its rule).
PERIODS = [
    ("Báo cáo tháng: số liệu tính từ ngày 15 tháng trước đến ngày 14 tháng báo cáo", "FREQ=MONTHLY;BYMONTHDAY=14"),
    ("Báo cáo quý tính từ ngày 15 tháng trước kỳ báo cáo đến ngày 14 của tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14"),
    ("Số liệu tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 6 của kỳ báo cáo", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=14"),
    ("Kỳ báo cáo: từ 15/12 năm trước đến hết ngày 14/12 năm báo cáo", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule"), PERIODS, ids=[t for t, _ in PERIODS])
def test_the_period_of_a_report_is_told_by_its_last_day(text: str, rule: str) -> None:
    (found,) = find_cut_offs(text, SIGNED)
    assert (found.kind, found.bound, found.rrule) == ("recurring", "within", rule)


def test_a_named_field_is_one_as_a_whole() -> None:
    (found,) = find_cut_offs("14/6/2026", SIGNED, named=True)
    assert (found.kind, found.bound, found.end) == ("date", "by", dt.date(2026, 6, 14))


@given(st.text(alphabet="0123456789/ -.:,();\nsốliệutínhđếntừngàythángnămchốtkỳbáocáo", max_size=120), st.booleans())
def test_spans_are_the_words(text: str, named: bool) -> None:
    for cut_off in find_cut_offs(text, SIGNED, named=named):
        assert text[cut_off.span.start : cut_off.span.end] == cut_off.text
