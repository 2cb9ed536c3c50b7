"""Ruled tables: merged cells, tables over several pages, rows split by the end of a page."""

from __future__ import annotations

import pytest
from drawn import LEFT, RIGHT, Sheets, cells, needs_fonts, paragraphs, source_of, tables, text_of

from extractor.read.grid import grids_of
from extractor.read.page import Rule
from extractor.read.row_labels import mended_labels

XS = (LEFT, 115.0, 330.0, 430.0, RIGHT)
HEADER = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")


@needs_fonts
def test_a_ruled_table_is_read_cell_by_cell_and_leaves_the_text() -> None:
    sheets = Sheets()
    sheets.text("Phân công thực hiện như sau:")
    sheets.table([HEADER, ("1", "Rà soát văn bản\nthuộc thẩm quyền", "Sở Tư pháp", "Quý II/2026")], XS)
    sheets.text("Trên đây là phân công.")
    data = sheets.data()
    assert paragraphs(source_of(data)) == ["Phân công thực hiện như sau:", "Trên đây là phân công."]
    assert cells(text_of(data)) == [
        list(HEADER),
        ["1", "Rà soát văn bản thuộc thẩm quyền", "Sở Tư pháp", "Quý II/2026"],
    ]


@needs_fonts
def test_merged_cells_stand_in_every_place_they_cover() -> None:
    sheets = Sheets()
    sheets.table(
        [
            HEADER,
            ("I", "Hoàn thiện thể chế", "<", "<"),
            ("1", "Rà soát quy chế", "Sở Nội vụ", "Năm 2026"),
            ("2", "Báo cáo kết quả", "^", "^"),
        ],
        XS,
    )
    text = text_of(sheets.data())
    assert cells(text)[1:] == [
        ["I", "Hoàn thiện thể chế", "Hoàn thiện thể chế", "Hoàn thiện thể chế"],
        ["1", "Rà soát quy chế", "Sở Nội vụ", "Năm 2026"],
        ["2", "Báo cáo kết quả", "Sở Nội vụ", "Năm 2026"],
    ]
    assert text.value.count("Sở Nội vụ") == 1


def spread(first: list[tuple[str, ...]], second: list[tuple[str, ...]], header: bool = True) -> list[list[str]]:
    """The rows of a table of which `first` stands on one page and `second` on the next."""
    sheets = Sheets()
    sheets.table([HEADER, *first], XS)
    sheets.next()
    sheets.table([*([HEADER] if header else []), *second], XS)
    return cells(text_of(sheets.data()))[1:]


@needs_fonts
@pytest.mark.parametrize("header", [True, False])
def test_a_table_goes_on_over_the_page_with_its_header_once(header: bool) -> None:
    rows = spread([("1", "Rà soát.", "Sở A", "Quý I")], [("2", "Báo cáo.", "Sở B", "Quý II")], header)
    assert rows == [["1", "Rà soát.", "Sở A", "Quý I"], ["2", "Báo cáo.", "Sở B", "Quý II"]]


SPLITS = {
    "the text goes on": (
        [("1", "Rà soát các quy định về", "Sở A", "Quý I")],
        [("", "quản lý nhà nước.", "", ""), ("2", "Báo cáo.", "Sở B", "Quý II")],
        [["1", "Rà soát các quy định về quản lý nhà nước.", "Sở A", "Quý I"], ["2", "Báo cáo.", "Sở B", "Quý II"]],
    ),
    "only the lead goes on": (
        [("1", "Rà soát.", "Sở A, các cơ", "Quý I")],
        [("", "", "quan liên quan", "")],
        [["1", "Rà soát.", "Sở A, các cơ quan liên quan", "Quý I"]],
    ),
    "all cells go on": (
        [("1", "Rà soát các", "Sở A, các cơ", "Quý I")],
        [("", "quy định.", "quan liên quan", "năm 2026")],
        [["1", "Rà soát các quy định.", "Sở A, các cơ quan liên quan", "Quý I năm 2026"]],
    ),
    "a list inside the cell goes on": (
        [("1", "Rà soát gồm:", "Sở A", "Quý I")],
        [("", "- Quy chế;", "", "")],
        [["1", "Rà soát gồm:\n- Quy chế;", "Sở A", "Quý I"]],
    ),
    "a row of its own without number does not": (
        [("1", "Rà soát quy chế.", "Sở A", "Quý I")],
        [("", "- Báo cáo kết quả.", "Sở B", "Quý II")],
        [["1", "Rà soát quy chế.", "Sở A", "Quý I"], ["", "- Báo cáo kết quả.", "Sở B", "Quý II"]],
    ),
    "a group row does not": (
        [("1", "Rà soát quy chế", "Sở A", "Quý I")],
        [("II", "Tổ chức thực hiện", "<", "<")],
        [
            ["1", "Rà soát quy chế", "Sở A", "Quý I"],
            ["II", "Tổ chức thực hiện", "Tổ chức thực hiện", "Tổ chức thực hiện"],
        ],
    ),
}


@needs_fonts
@pytest.mark.parametrize(("first", "second", "expected"), SPLITS.values(), ids=SPLITS.keys())
def test_a_row_split_by_the_page_is_whole(
    first: list[tuple[str, ...]], second: list[tuple[str, ...]], expected: list[list[str]]
) -> None:
    assert spread(first, second) == expected


@needs_fonts
def test_tables_with_words_between_them_stay_apart() -> None:
    sheets = Sheets()
    sheets.table([HEADER, ("1", "Rà soát", "Sở A", "Quý I")], XS)
    sheets.next()
    sheets.text("Phụ lục II")
    sheets.table([HEADER, ("1", "Báo cáo", "Sở B", "Quý I")], XS)
    assert len(tables(source_of(sheets.data()))) == 2


@needs_fonts
def test_frames_and_single_rules_are_no_tables() -> None:
    sheets = Sheets()
    sheets.rule(40, 40, 555, 40)
    sheets.rule(40, 800, 555, 800)
    sheets.rule(40, 40, 40, 800)
    sheets.rule(555, 40, 555, 800)
    sheets.rule(200, 300, 400, 300)
    sheets.text("Kế hoạch được đóng khung.")
    source = source_of(sheets.data())
    assert paragraphs(source) == ["Kế hoạch được đóng khung."]
    assert not tables(source)


@needs_fonts
def test_a_table_of_level_lines_only_has_its_columns_from_the_gaps() -> None:
    sheets = Sheets()
    rows = [HEADER, ("1", "Rà soát quy chế", "Sở A", "Quý I"), ("2", "Báo cáo kết quả năm", "Sở B", "Quý IV")]
    for r, row in enumerate(rows):
        for x, cell in zip(XS, row, strict=False):
            sheets.line(cell, x + 4, size=10, y=200 + 30 * r)
    for r in range(4):
        sheets.rule(LEFT, 185 + 30 * r, RIGHT, 185 + 30 * r)
    assert cells(text_of(sheets.data())) == [list(row) for row in rows]


@needs_fonts
def test_columns_that_nearly_touch_are_told_by_where_their_words_start() -> None:
    sheets = Sheets()
    rows = [("TT", "Việc", "Thời hạn", "Sản phẩm"), ("1", "Làm phim", "30/10/2026", "01 phim")]
    rows += [("2", "In bản đồ", "15/12/2026", "Bản đồ"), ("3", "Mở hội chợ", "15/11/2026", "Gian hàng")]
    for r, row in enumerate(rows):
        for x, cell in zip((LEFT, 115.0, 330.0, 382.5), row, strict=True):
            sheets.line(cell, x + 4, size=10, y=200 + 30 * r)
    for r in range(5):
        sheets.rule(LEFT, 185 + 30 * r, RIGHT, 185 + 30 * r)
    assert cells(text_of(sheets.data())) == [list(row) for row in rows]


@needs_fonts
def test_a_table_without_outer_lines_keeps_its_outer_columns() -> None:
    sheets = Sheets()
    rows = [HEADER, ("1", "Rà soát quy chế", "Sở A", "Quý I"), ("2", "Báo cáo kết quả năm", "Sở B", "Quý IV")]
    for r, row in enumerate(rows):
        for x, cell in zip(XS, row, strict=False):
            sheets.line(cell, x + 4, size=10, y=200 + 30 * r)
    for r in range(4):
        sheets.rule(LEFT, 185 + 30 * r, RIGHT, 185 + 30 * r)
    for x in XS[1:4]:
        sheets.rule(x, 185, x, 275)
    assert cells(text_of(sheets.data())) == [list(row) for row in rows]


@needs_fonts
def test_a_landscape_page_has_tables_too() -> None:
    sheets = Sheets((842.0, 595.0))
    sheets.table([HEADER, ("1", "Rà soát", "Sở A", "Quý I")], (60.0, 100.0, 500.0, 650.0, 780.0))
    assert cells(text_of(sheets.data()))[1] == ["1", "Rà soát", "Sở A", "Quý I"]


def test_a_missing_line_merges_and_a_gap_in_a_line_does_not() -> None:
    rules = [
        Rule(0, 0, 100, 0.5), Rule(0, 50, 100, 50.5), Rule(0, 100, 100, 100.5),
        Rule(0, 0, 0.5, 100), Rule(100, 0, 100.5, 100), Rule(50, 0, 50.5, 24), Rule(50, 26, 50.5, 50),
    ]  # fmt: skip
    (grid,) = grids_of(rules)
    assert grid.spans == ((0, 1, 0, 1), (0, 1, 1, 2), (1, 2, 0, 2))
    assert grid.place(75, 75) == grid.place(25, 75) == 2
    assert grid.place(200, 75) is None


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["| |", "P2", "3", "4"], ["1", "2", "3", "4"]),
        (["IH", "|", "2"], ["III", "1", "2"]),
        (["I", "1", "2", "II", "l", "2"], ["I", "1", "2", "II", "1", "2"]),
        (["3", "4", "NÌ|", "|"], ["3", "4", "NÌ|", "1"]),
        (["TT", "1", "2"], ["TT", "1", "2"]),
        (["1", "", "2"], ["1", "", "2"]),
    ],
)
def test_row_numbers_that_ocr_cannot_read_are_told_by_their_place(labels: list[str], expected: list[str]) -> None:
    assert mended_labels(labels) == expected


def test_a_mesh_of_lines_is_no_table() -> None:
    """Graph paper and hostile pages do not hold up the search for cells."""
    mesh = [Rule(0, i, 1200, i) for i in range(0, 1200, 8)] + [Rule(i, 0, i, 1200) for i in range(0, 1200, 8)]
    assert grids_of(mesh) == []
