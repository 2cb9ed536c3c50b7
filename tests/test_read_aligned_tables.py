"""Tables of which no line is drawn are read by the white between their columns."""

from __future__ import annotations

import pytest
from drawn import LEFT, Sheets, cells, needs_fonts, paragraphs, source_of, tables, text_of

pytestmark = needs_fonts

XS = (LEFT, 125.0, 330.0, 450.0)
HEADER = ("TT", "Nội dung công việc", "Đơn vị chủ trì", "Thời gian")
ROWS = [
    (["1"], ["Mở lớp trồng nấm rơm cho", "ba mươi học viên"], ["Trung tâm Dạy", "nghề huyện cũ"], ["Tháng 4/2026"]),
    (["2"], ["Mở lớp sửa máy"], ["Hội Nông dân"], ["Tháng 6/2026"]),
    (["3"], ["Tổ chức sát hạch, cấp", "chứng chỉ nghề"], ["Phòng Kinh tế"], ["Trước ngày", "30/9/2026"]),
]
READ = [
    ["1", "Mở lớp trồng nấm rơm cho ba mươi học viên", "Trung tâm Dạy nghề huyện cũ", "Tháng 4/2026"],
    ["2", "Mở lớp sửa máy", "Hội Nông dân", "Tháng 6/2026"],
    ["3", "Tổ chức sát hạch, cấp chứng chỉ nghề", "Phòng Kinh tế", "Trước ngày 30/9/2026"],
]


def header(sheets: Sheets, words: tuple[str, ...] = HEADER) -> None:
    for x, heading in zip(XS, words, strict=True):
        sheets.line(heading, x, "B", y=sheets.y)
    sheets.y += 20


def row(sheets: Sheets, parts: tuple[list[str], ...], *, middle: bool) -> None:
    """A row whose cells start on one line, or are set on the middle of the row."""
    most = max(map(len, parts))
    for x, lines in zip(XS, parts, strict=True):
        for k, line in enumerate(lines):
            sheets.line(line, x, y=sheets.y + 15 * (k + ((most - len(lines)) / 2 if middle else 0)))
    sheets.y += 15 * most + 8


@pytest.mark.parametrize("middle", [False, True])
def test_rows_are_told_by_their_numbers_and_columns_by_the_white(middle: bool) -> None:
    sheets = Sheets()
    sheets.text("Lịch mở lớp như sau:")
    header(sheets)
    for parts in ROWS:
        row(sheets, parts, middle=middle)
    sheets.text("Kinh phí lấy từ ngân sách của xã, theo dự toán đã được duyệt đầu năm cho các lớp học nghề.")
    data = sheets.data()
    assert cells(text_of(data)) == [list(HEADER), *READ]
    assert len(paragraphs(source_of(data))) == 2


def test_the_name_of_a_group_runs_across_the_columns() -> None:
    sheets = Sheets()
    header(sheets)
    row(sheets, ROWS[0], middle=False)
    sheets.line("II", XS[0], "B", y=sheets.y)
    sheets.line("Các việc của quý ba và quý tư trên địa bàn xã", XS[1], "B", y=sheets.y)
    sheets.y += 20
    row(sheets, ROWS[1], middle=False)
    group = "Các việc của quý ba và quý tư trên địa bàn xã"
    assert cells(text_of(sheets.data()))[1:] == [READ[0], ["II", group, group, group], READ[1]]


@pytest.mark.parametrize(
    "words", [("TT", "Họ và tên", "Quê quán", "Ký nhận"), ("Số", "Nội dung", "Đơn vị chủ trì", "Thời gian")]
)
def test_other_headings_open_no_table(words: tuple[str, ...]) -> None:
    """Words with wide gaps are a table only under the headings of a table of tasks, row numbers first."""
    sheets = Sheets()
    header(sheets, words)
    for parts in ROWS:
        row(sheets, parts, middle=False)
    assert not tables(source_of(sheets.data()))
