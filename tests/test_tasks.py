"""What counts as a task, who does it and where that was read: small documents in our own words."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import extract_text
from extractor.document import Document, SourceInfo, Task
from extractor.options import Options
from extractor.pipeline import extract_source
from extractor.source import Cell, Paragraph, Source, Table, Word

HEAD = "Số: 5/KH-STP\n\nHuế, ngày 9 tháng 1 năm 2026\n\nKẾ HOẠCH\n\nPhổ biến pháp luật năm 2026\n\n"
INFO = SourceInfo("a.docx", "0" * 64, "text/plain", None, "docx")


def tasks_of(body: str) -> tuple[Task, ...]:
    return extract_text(HEAD + body.replace("\n", "\n\n")).tasks


PROSE: list[tuple[str, str, list[str]]] = [
    (
        "aims hold no tasks, duties do",
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Nâng cao nhận thức của người dân.\nII. NHIỆM VỤ\n1. Biên soạn tài liệu tuyên truyền.",
        ["Biên soạn tài liệu tuyên truyền."],
    ),
    (
        "the smallest labelled item is the task, its headings are not",
        "II. NHIỆM VỤ\n1. Cải cách thể chế\na) Rà soát văn bản của tỉnh.\nb) Kiểm tra việc ban hành văn bản.",
        ["Rà soát văn bản của tỉnh.", "Kiểm tra việc ban hành văn bản."],
    ),
    (
        "nouns that complete the sentence of their parent belong to it",
        "II. NHIỆM VỤ\n1. Triển khai các đề án sau:\n- Đề án chuyển đổi số;\n- Đề án trợ giúp pháp lý.\n2. Tổ chức sơ kết.",
        ["Triển khai các đề án sau: - Đề án chuyển đổi số; - Đề án trợ giúp pháp lý.", "Tổ chức sơ kết."],
    ),
    (
        "sub-items that oblige are the tasks, their parent is a heading",
        "II. NHIỆM VỤ\n1. Tổ chức thực hiện các việc sau:\n- Rà soát hồ sơ;\n- Số hóa tài liệu.",
        ["Rà soát hồ sơ;", "Số hóa tài liệu."],
    ),
    (
        "a paragraph without a label goes on with the item above it",
        "II. NHIỆM VỤ\n1. Rà soát các trung tâm hiện có.\nTrên cơ sở đó xây dựng phương án sắp xếp.\n2. Báo cáo kết quả.",
        ["Rà soát các trung tâm hiện có. Trên cơ sở đó xây dựng phương án sắp xếp.", "Báo cáo kết quả."],
    ),
    (
        "money without a doer is none, with a doer it is one",
        "III. KINH PHÍ\n1. Từ nguồn ngân sách nhà nước.\n2. Sở Tài chính bố trí kinh phí thực hiện Kế hoạch.",
        ["Sở Tài chính bố trí kinh phí thực hiện Kế hoạch."],
    ),
    (
        "named fields below an item belong to it",
        "II. NHIỆM VỤ\n1. Tổ chức hội thi\n- Nội dung: Thi tìm hiểu pháp luật.\n- Đơn vị chủ trì: Văn phòng Sở.\n- Sản phẩm: Báo cáo.",
        ["Tổ chức hội thi - Nội dung: Thi tìm hiểu pháp luật. - Đơn vị chủ trì: Văn phòng Sở. - Sản phẩm: Báo cáo."],
    ),
    (
        "a sentence of its own above further items is a task too",
        "II. NHIỆM VỤ\n1. Kết thúc hợp đồng cũ trước ngày 31/5/2026. Ban hành phương án mới.\nPhương án theo hướng:\n- Ưu tiên người tại chỗ.\n- Giải quyết đủ chế độ.",
        ["Kết thúc hợp đồng cũ trước ngày 31/5/2026. Ban hành phương án mới.", "Ưu tiên người tại chỗ.", "Giải quyết đủ chế độ."],
    ),
    (
        "formulas oblige nobody",
        "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở theo dõi việc thực hiện.\n2. Kế hoạch này thay thế Kế hoạch số 3/KH-STP.\n(Chi tiết tại biểu đính kèm)\nTrên đây là Kế hoạch của Sở Tư pháp.",
        ["Văn phòng Sở theo dõi việc thực hiện."],
    ),
    (
        "a closing paragraph that names a doer stands alone",
        "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở theo dõi việc thực hiện.\nTrong quá trình thực hiện, các phòng phản ánh vướng mắc về Văn phòng Sở.",
        ["Văn phòng Sở theo dõi việc thực hiện.", "Trong quá trình thực hiện, các phòng phản ánh vướng mắc về Văn phòng Sở."],
    ),
    (
        "those who are addressed are no tasks",
        "Giám đốc Sở điện:\n- Trưởng các phòng;\n- Thủ trưởng các đơn vị.\n1. Văn phòng Sở tổ chức trực 24/24 giờ.",
        ["Văn phòng Sở tổ chức trực 24/24 giờ."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "body", "expected"), PROSE, ids=[c[0] for c in PROSE])
def test_what_counts(promise: str, body: str, expected: list[str]) -> None:
    assert [t.text for t in tasks_of(body)] == expected


LEADS: list[tuple[str, str, list[tuple[list[str], list[str], str | None]]]] = [
    (
        "stated in the item",
        "II. NHIỆM VỤ\n1. Sở Y tế chủ trì, phối hợp với Sở Tài chính xây dựng đề án.",
        [(["Sở Y tế"], ["Sở Tài chính"], "stated")],
    ),
    (
        "inherited from the heading that names an agency",
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Xây dựng đề án.\n- Phối hợp với Công an tỉnh kiểm tra cơ sở.",
        [(["Sở Y tế"], [], "heading"), (["Sở Y tế"], ["Công an tỉnh"], "heading")],
    ),
    (
        "inherited from a lead-in that ends with a colon",
        "II. NHIỆM VỤ\nCác sở, ban, ngành và Ủy ban nhân dân các xã, phường thực hiện các nhiệm vụ sau:\n1. Rà soát hồ sơ.",
        [(["Các sở, ban, ngành", "Ủy ban nhân dân các xã, phường"], [], "heading")],
    ),
    (
        "inherited from a lead-in under no heading, where it asks them",
        "Giám đốc Sở yêu cầu các phòng, đơn vị thực hiện các nhiệm vụ sau:\n1. Rà soát hồ sơ.",
        [(["các phòng, đơn vị"], [], "heading")],
    ),
    (
        "inherited from a heading that only opens like the name of a body, among those of bodies",
        "III. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Mua vôi bột.\n2. Cán bộ thú y\n- Rà soát đàn vật nuôi.\n"
        "3. Ban Quản lý chợ\n- Rà soát quầy hàng.",
        [
            (["Phòng Kinh tế"], [], "heading"),
            (["Cán bộ thú y"], [], "heading"),
            (["Ban Quản lý chợ"], [], "heading"),
        ],
    ),
    (
        "told in a named field with those who help",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ.\nĐơn vị thực hiện: Phòng Đào tạo chủ trì; Văn phòng Sở phối hợp.",
        [(["Phòng Đào tạo"], ["Văn phòng Sở"], "stated")],
    ),
    (
        "told in named fields",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ.\nĐơn vị chủ trì: Sở Nội vụ. Đơn vị phối hợp: Sở Y tế, Sở Tài chính.",
        [(["Sở Nội vụ"], ["Sở Y tế", "Sở Tài chính"], "stated")],
    ),
    ("nobody", "II. NHIỆM VỤ\n1. Rà soát hồ sơ.", [([], [], None)]),
]


@pytest.mark.parametrize(("promise", "body", "expected"), LEADS, ids=[c[0] for c in LEADS])
def test_who(promise: str, body: str, expected: list[Any]) -> None:
    found = [([a.name for a in t.lead], [a.name for a in t.cooperating], t.lead_source) for t in tasks_of(body)]
    assert found == expected


def document_of(rows: list[list[str | None]], bold: tuple[str, ...] = ()) -> Document:
    """An appendix with one table; None stands for the cell above it, merged."""
    grid: list[tuple[Cell, ...]] = []
    for row in rows:
        cells = []
        for c, value in enumerate(row):
            cells.append(grid[-1][c] if value is None else Cell(tuple(Word(w) for w in value.split())))
        grid.append(tuple(cells))
    words = tuple(Word(w) for w in ("PHỤ", "LỤC"))
    return extract_source(Source(INFO, (Paragraph(words), Table(tuple(grid)))), options=Options())


def test_a_limit_over_two_lines_of_a_cell_is_quoted_on_one() -> None:
    """The text at a limit's span is the limit as quoted, also where its cell has two paragraphs."""
    head, row = ["TT", "Nhiệm vụ", "Thời gian"], ["1", "Nạo vét kênh mương nội đồng", "Trước ngày"]
    grid = [tuple(Cell(tuple(Word(w) for w in value.split())) for value in line) for line in (head, row)]
    grid[1] = (*grid[1][:2], Cell((*grid[1][2].words, Word("30/6/2026", before="\n"))))
    document = extract_source(Source(INFO, (Table(tuple(grid)),)), options=Options())
    (limit,) = document.tasks[0].deadlines
    assert document.text is not None
    assert document.text[limit.span.start : limit.span.end] == limit.text == "Trước ngày 30/6/2026"


HEADINGS: list[str | None] = ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm"]
TABLES: list[tuple[str, list[list[str | None]], list[tuple[str | None, str, list[str], list[str]]]]] = [
    (
        "rows below group rows",
        [
            HEADINGS,
            ["I", "Thể chế", "", "", "", ""],
            ["1", "Rà soát văn bản", "Sở Tư pháp", "Các sở, ngành", "Quý I/2026", "Báo cáo"],
            ["II", "Hạ tầng", "", "", "", ""],
            ["1", "Nâng cấp mạng", "Sở Khoa học và Công nghệ", "", "Năm 2026", ""],
        ],
        [("1", "Rà soát văn bản", ["Sở Tư pháp"], ["Báo cáo"]), ("1", "Nâng cấp mạng", ["Sở Khoa học và Công nghệ"], [])],
    ),
    (
        "the numbers of the columns are no row",
        [HEADINGS, ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], ["1", "Rà soát", "Sở Y tế", "", "Hằng năm", ""]],
        [("1", "Rà soát", ["Sở Y tế"], [])],
    ),
    (
        "a lead given once for several rows",
        [HEADINGS, ["1", "Rà soát", "Sở Y tế", "", "Quý I/2026", ""], ["2", "Kiểm tra", None, "", "Quý II/2026", ""]],
        [("1", "Rà soát", ["Sở Y tế"], []), ("2", "Kiểm tra", ["Sở Y tế"], [])],
    ),
    (
        "a row with neither lead nor time above sub-rows is their heading",
        [HEADINGS, ["4", "Hoàn thiện quy chuẩn", "", "", "", ""], ["-", "Công trình cầu", "Sở Xây dựng", "", "2026", ""]],
        [("-", "Công trình cầu", ["Sở Xây dựng"], [])],
    ),
    (
        "any order of columns; as above",
        [
            ["Thời hạn", "Đơn vị thực hiện", "Nội dung công việc", "Ghi chú"],
            ["Tháng 3/2026", "Phòng Đào tạo", "Xếp lịch học", "x"],
            ["Tháng 4/2026", "nt", "Tổ chức thi", ""],
        ],
        [(None, "Xếp lịch học", ["Phòng Đào tạo"], []), (None, "Tổ chức thi", ["Phòng Đào tạo"], [])],
    ),
    (
        "two-level headings",
        [
            ["TT", "Nội dung", "Cơ quan thực hiện", "Cơ quan thực hiện", "Thời gian"],
            [None, None, "Chủ trì", "Phối hợp", None],
            ["1", "Rà soát", "Sở Y tế", "Sở Tài chính", "Quý I/2026"],
        ],
        [("1", "Rà soát", ["Sở Y tế"], [])],
    ),
    (
        "a form to fill in holds no tasks",
        [["TT", "Họ và tên", "Chức vụ", "Ký nhận"], ["1", "", "", ""]],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "rows", "expected"), TABLES, ids=[c[0] for c in TABLES])
def test_table(promise: str, rows: list[list[str | None]], expected: list[Any]) -> None:
    """Label, text, lead and products of each row; every row has its deadline."""
    if not expected:
        from extractor.errors import NoPlanError

        with pytest.raises(NoPlanError):
            document_of(rows)
        return
    tasks = document_of(rows).tasks
    assert [(t.label, t.text, [a.name for a in t.lead], list(t.products)) for t in tasks] == expected
    assert all(t.deadlines and t.origin == "table" and t.lead_source == "column" for t in tasks)


YEARS = [
    ("Phổ biến pháp luật năm 2026", "trước ngày 30/4", "2026-04-29", "year_from_heading"),
    ("Nhiệm vụ năm học 2025 - 2026", "trước ngày 30/4", "2026-04-29", "year_from_heading"),
    ("Nhiệm vụ năm học 2025 - 2026", "trước ngày 20/12", "2025-12-19", "year_from_heading"),
    ("Chuyển đổi số giai đoạn 2024 - 2030", "trước ngày 30/4", "2025-04-29", "year_from_document"),
]


@pytest.mark.parametrize(("title", "limit", "end", "assumed"), YEARS)
def test_the_year_of_a_limit_without_one(title: str, limit: str, end: str, assumed: str) -> None:
    """A school year begins in September: April under "năm học 2025 - 2026" is April 2026."""
    head = HEAD.replace("Phổ biến pháp luật năm 2026", title).replace("năm 2026", "năm 2025")
    if "năm 2026" in title:
        head = HEAD
    (task,) = extract_text(head + f"II. NHIỆM VỤ\n\n1. Rà soát hồ sơ, hoàn thành {limit}.").tasks
    (deadline,) = task.deadlines
    assert str(deadline.end) == end
    assert deadline.assumed[0] == assumed


def test_group_rows_nest_and_end() -> None:
    rows: list[list[str | None]] = [
        HEADINGS,
        ["I", "Thể chế", "", "", "", ""],
        ["1", "Quy chuẩn", "", "", "", ""],
        ["-", "Cầu", "Sở Xây dựng", "", "Năm 2026", ""],
        ["2", "Rà soát", "Sở Y tế", "", "Năm 2026", ""],
    ]
    paths = [t.section_path for t in document_of(rows).tasks]
    assert paths == [("PHỤ LỤC", "I Thể chế", "1 Quy chuẩn"), ("PHỤ LỤC", "I Thể chế")]


def test_ids_stay_when_another_task_changes() -> None:
    body = "II. NHIỆM VỤ\n1. Rà soát văn bản của tỉnh.\n2. Kiểm tra hồ sơ.\n3. Kiểm tra hồ sơ."
    one, two = tasks_of(body), tasks_of(body.replace("văn bản của tỉnh", "văn bản của ngành"))
    assert one[0].id != two[0].id
    assert [t.id for t in one[1:]] == [t.id for t in two[1:]]
    assert len({t.id for t in one}) == 3


def test_the_same_task_in_text_and_appendix_is_linked() -> None:
    text = (
        HEAD
        + "II. NHIỆM VỤ\n\n1. Xây dựng đề án nâng cao năng lực hòa giải ở cơ sở trên địa bàn tỉnh.\n\n2. Kiểm tra công chứng.\n\n"
        + "PHỤ LỤC\n\n| TT | Nhiệm vụ | Chủ trì | Thời gian |\n|---|---|---|---|\n"
        + "| 1 | Xây dựng đề án nâng cao năng lực hòa giải ở cơ sở | Sở Tư pháp | Quý II/2026 |\n"
    )
    prose, other, row = extract_text(text, name="a.md").tasks
    assert (prose.same_as, other.same_as, row.same_as) == (row.id, None, prose.id)


ACTIONS = [
    ("Rà soát hồ sơ.", "Rà soát"),
    ("Tiếp tục đẩy mạnh cải cách hành chính.", "Tiếp tục đẩy mạnh"),
    ("Cấp phát thuốc cho người bệnh.", "Cấp phát"),
    ("Công trình giao thông trên địa bàn.", None),
]


@pytest.mark.parametrize(("item", "action"), ACTIONS)
def test_opening_verb(item: str, action: str | None) -> None:
    """The catalogue first, then the part of speech of the first words; a noun opens no action."""
    (task,) = tasks_of(f"II. NHIỆM VỤ\n1. {item}")
    assert task.action == action


def test_a_report_is_its_own_kind() -> None:
    report, task = tasks_of(
        "III. TỔ CHỨC THỰC HIỆN\n1. Các phòng định kỳ 6 tháng báo cáo kết quả về Văn phòng Sở trước ngày 10/6/2026.\n"
        "2. Rà soát hồ sơ; đề xuất xử lý, báo cáo kết quả trước ngày 30/6/2026."
    )
    assert (report.kind, task.kind) == ("report", "task")
    assert [a.name for a in report.recipients] == ["Văn phòng Sở"]
    assert task.recipients == ()


def test_an_item_over_several_paragraphs_is_one_line_of_the_text() -> None:
    document = extract_text(
        HEAD + "II. NHIỆM VỤ\n\n1. Triển khai các đề án:\n\n- Đề án A;\n\n- Đề án B.\n\n2. Sơ kết công tác."
    )
    assert document.text is not None
    for t in document.tasks:
        assert document.text[t.span.start : t.span.end] == t.text


STARTS: list[tuple[list[str | None], list[str | None], list[tuple[str, str | None, str | None]]]] = [
    (["Bắt đầu", "Kết thúc"], ["01/6/2026", "30/6/2026"], [("01/6/2026\t30/6/2026", "2026-06-01", "2026-06-30")]),
    (
        ["Thời gian bắt đầu", "Thời gian kết thúc"],
        ["Tháng 6/2026", "Quý III/2026"],
        [("Tháng 6/2026\tQuý III/2026", "2026-06-01", "2026-09-30")],
    ),
    (["Bắt đầu", "Kết thúc"], ["", "30/6/2026"], [("30/6/2026", None, "2026-06-30")]),
    (["Bắt đầu", "Kết thúc"], ["01/6/2026", ""], [("01/6/2026", None, "2026-06-01")]),
    # Days that do not follow each other are no period, and stand as they are printed.
    (
        ["Từ ngày", "Đến ngày"],
        ["30/6/2026", "01/6/2026"],
        [("30/6/2026", None, "2026-06-30"), ("01/6/2026", None, "2026-06-01")],
    ),
    (["Thời gian bắt đầu", "Ghi chú"], ["01/6/2026", ""], [("01/6/2026", None, "2026-06-01")]),
]


@pytest.mark.parametrize(("headings", "cells", "expected"), STARTS)
def test_a_start_and_an_end_in_columns_of_their_own_are_one_period(
    headings: list[str | None], cells: list[str | None], expected: list[tuple[str, str | None, str | None]]
) -> None:
    document = document_of([["TT", "Nhiệm vụ", "Chủ trì", *headings], ["1", "Rà soát văn bản", "Sở Tư pháp", *cells]])
    (task,) = document.tasks
    found = [(d.text, d.start and d.start.isoformat(), d.end and d.end.isoformat()) for d in task.deadlines]
    assert found == expected
    assert document.text is not None
    assert all(document.text[d.span.start : d.span.end] == d.text for d in task.deadlines)
