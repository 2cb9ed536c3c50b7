"""What headings, lead-ins, named fields and group rows tell of time holds for the items that they stand over."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractor import extract_text
from extractor.document import SourceInfo, Task
from extractor.options import Options
from extractor.pipeline import extract_source
from extractor.recognise.deadlines import find_deadlines
from extractor.rules import load
from extractor.source import Cell, Source, Table, Word
from extractor.tasks.handed_down import heading_limits

HEAD = "Số: 5/KH-STP\n\nHuế, ngày 1 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nPhổ biến pháp luật\n\n"
SIGNED = dt.date(2026, 3, 1)
RULE = load("handed_down")["heading"]


def tasks_of(body: str) -> tuple[Task, ...]:
    return extract_text(HEAD + body.replace("\n", "\n\n")).tasks


def handed(title: str) -> list[dt.date | None]:
    return [d.end for d in heading_limits(title, find_deadlines(title, SIGNED, in_time_column=True), SIGNED)]


@pytest.mark.parametrize("example", RULE["examples"], ids=lambda e: e["text"])
def test_a_heading_of_time_hands_it_down(example: dict[str, Any]) -> None:
    assert handed(example["text"]) == [example["end"]]


@pytest.mark.parametrize("title", RULE["not_examples"])
def test_a_heading_that_names_a_subject_hands_nothing_down(title: str) -> None:
    assert handed(title) == []


HEADING, GROUP = "deadline_from_heading", "deadline_from_group"
# What stands where; the text of each item's first limit and what was noted of it, None where it has no limit.
CASES: list[tuple[str, str, list[tuple[str, str | None] | None]]] = [
    (
        "a heading that is a time",
        "II. NHIỆM VỤ\n1. Quý II/2026\na) Rà soát văn bản.\nb) Kiểm tra việc ban hành văn bản.\n2. Quý III/2026\na) Sơ kết công tác.",
        [("Quý II/2026", HEADING), ("Quý II/2026", HEADING), ("Quý III/2026", HEADING)],
    ),
    (
        "a heading that says by when it must be done",
        "II. NHIỆM VỤ\n1. Hoàn thành trước ngày 30/6/2026:\na) Rà soát văn bản.\nb) Kiểm tra, xong trước ngày 15/5/2026.",
        [("trước ngày 30/6/2026", HEADING), ("xong trước ngày 15/5/2026", None)],
    ),
    (
        "a duty with a limit whose sub-items are the tasks",
        "II. NHIỆM VỤ\n1. Rà soát kho lưu trữ, hoàn thành trước ngày 15/8/2026, cụ thể:\na) Lập danh mục hồ sơ.\nb) Số hóa hồ sơ.",
        [("trước ngày 15/8/2026", HEADING), ("trước ngày 15/8/2026", HEADING)],
    ),
    (
        "a heading that only names a programme",
        "II. NHIỆM VỤ TRỌNG TÂM NĂM 2026\n1. Chương trình thanh niên giai đoạn 2026 - 2030\na) Rà soát văn bản.\nb) Số hóa hồ sơ.",
        [None, None],
    ),
    (
        "a field below the last item of a group",
        "II. NHIỆM VỤ\n1. Công tác tuyên truyền\na) Biên soạn tài liệu.\nb) Tổ chức hội nghị.\n- Thời gian thực hiện: Tháng 5/2026.\n2. Công tác kiểm tra\na) Kiểm tra hồ sơ.",
        [("Tháng 5/2026", GROUP), ("Tháng 5/2026", None), None],
    ),
    (
        "a field of one item only, the others having their own",
        "II. NHIỆM VỤ\n1. Công tác tuyên truyền\na) Biên soạn tài liệu.\n- Thời gian thực hiện: Tháng 4/2026.\nb) Tổ chức hội nghị.\n- Thời gian thực hiện: Tháng 5/2026.",
        [("Tháng 4/2026", None), ("Tháng 5/2026", None)],
    ),
    (
        "a field with a label below a numbered item is that of the item",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ.\n2. Dâng hương tại nghĩa trang\n- Thời gian: ngày 27/7/2026.",
        [None, ("ngày 27/7/2026", None)],
    ),
    (
        "a field between a heading and its items",
        "II. NHIỆM VỤ\n1. Công tác tuyên truyền\nThời gian thực hiện: Quý II/2026.\na) Biên soạn tài liệu.\nb) Tổ chức hội nghị.",
        [("Quý II/2026", GROUP), ("Quý II/2026", GROUP)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_limits_of_a_group(body: str, expected: list[tuple[str, str | None] | None]) -> None:
    document = extract_text(HEAD + body.replace("\n", "\n\n"))
    assert document.text is not None
    found: list[tuple[str, str | None] | None] = []
    for t in document.tasks:
        first = next(iter(t.deadlines), None)
        assert first is None or document.text[first.span.start : first.span.end] == first.text
        notes = [n for n in first.assumed if n in (HEADING, GROUP)] if first else []
        found.append((first.text, next(iter(notes), None)) if first else None)
    assert found == expected


def test_a_group_row_that_is_a_time_holds_for_its_rows() -> None:
    def cell(text: str) -> Cell:
        return Cell(tuple(Word(w) for w in text.split()))

    rows = (
        ("STT", "Nội dung", "Chủ trì", "Phối hợp"),
        ("I", "Quý II/2026", "", ""),
        ("1", "Rà soát văn bản", "Văn phòng", "Các phòng"),
        ("II", "Công tác khác", "", ""),
        ("2", "Số hóa hồ sơ", "Văn phòng", "Các phòng"),
    )
    table = Table(tuple(tuple(cell(c) for c in row) for row in rows))
    info = SourceInfo("a.docx", "0" * 64, "text/plain", None, "docx")
    document = extract_source(Source(info, (table,)), options=Options())
    found = [[(d.text, d.assumed) for d in t.deadlines] for t in document.tasks]
    assert found == [[("Quý II/2026", (HEADING,))], []]


def test_the_cut_off_of_a_report_is_not_its_deadline() -> None:
    (report,) = tasks_of(
        "III. TỔ CHỨC THỰC HIỆN\n1. Các phòng báo cáo kết quả về Văn phòng Sở trước ngày 20/6/2026 "
        "(số liệu tính đến ngày 14/6/2026)."
    )
    assert [d.text for d in report.deadlines] == ["trước ngày 20/6/2026"]
    assert [(d.text, d.end) for d in report.cut_offs] == [("đến ngày 14/6/2026", dt.date(2026, 6, 14))]


def test_a_named_field_holds_the_cut_off() -> None:
    (report,) = tasks_of(
        "III. CHẾ ĐỘ BÁO CÁO\n1. Các phòng báo cáo kết quả về Văn phòng Sở.\n- Thời gian chốt số liệu: ngày 14/6/2026.\n"
        "- Thời hạn gửi: trước ngày 20/6/2026."
    )
    assert [d.text for d in report.deadlines] == ["trước ngày 20/6/2026"]
    assert [d.text for d in report.cut_offs] == ["ngày 14/6/2026"]
