"""How clerks set their plans: heads, titles, signatures and tables in the forms that they take, in our own words."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import extract_text
from extractor.clean import clean
from extractor.document import Document, Header, SourceInfo
from extractor.layout.column_headings import role_of
from extractor.layout.foot import is_name
from extractor.layout.frame import lay_out
from extractor.options import Options
from extractor.pipeline import extract_source
from extractor.source import Cell, Column, Paragraph, Source, Table, Word

INFO = SourceInfo("a.docx", "0" * 64, "text/plain", None, "docx")
Line = str | tuple[str, Column | None]
BODY: list[Line] = ["Căn cứ Luật Thủ đô;", "I. NHIỆM VỤ", "1. Rà soát hồ sơ của các đơn vị."]
HEAD: list[Line] = [("SỞ NỘI VỤ", "left"), ("Số: 7/QĐ-SNV", "left"), ("Huế, ngày 9 tháng 1 năm 2026", "right")]


def words_of(line: str) -> tuple[Word, ...]:
    return tuple(Word(w) for w in line.split())


def header_of(lines: list[Line], *, centred: tuple[str, ...] = ()) -> Header:
    parts = []
    for line in lines:
        text, column = line if isinstance(line, tuple) else (line, None)
        strong = text in centred
        parts.append(Paragraph(words_of(text), bold=strong, centred=strong, column=column))
    return lay_out(clean(Source(INFO, tuple(parts)))).header


TITLE = "Phân công nhiệm vụ cải cách hành chính"
TITLES: list[tuple[str, list[str], bool, str]] = [
    ("who decides ends the title", [TITLE, "năm 2026", "GIÁM ĐỐC SỞ NỘI VỤ"], True, f"{TITLE} năm 2026"),
    ("… also where both were run together", [f"{TITLE} năm 2026 BỘ TRƯỞNG BỘ NỘI VỤ"], True, f"{TITLE} năm 2026"),
    ("… and to whom a telegram goes", [f"{TITLE} số 7 CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH ĐIỆN:"], True, f"{TITLE} số 7"),
    ("an abbreviation at the end stays", [f"{TITLE} của UBND"], True, f"{TITLE} của UBND"),
    ("text without styles: a short line without an end goes on", [TITLE, "Kế hoạch 2026"], False, f"{TITLE} Kế hoạch 2026"),
    ("a title in capitals goes on in capitals", ["CHỈNH TRANG ĐÔ THỊ", "NĂM 2026"], False, "CHỈNH TRANG ĐÔ THỊ NĂM 2026"),
    ("a title may start like an organ", ["HỘI THI NGHIỆP VỤ", "GIỎI NĂM 2026"], True, "HỘI THI NGHIỆP VỤ GIỎI NĂM 2026"),
    ("what ends in a mark is the text", [TITLE, "Sở Nội vụ xây dựng kế hoạch như sau:"], False, TITLE),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "lines", "styled", "title"), TITLES, ids=[t[0] for t in TITLES])
def test_title(promise: str, lines: list[str], styled: bool, title: str) -> None:
    centred = ("QUYẾT ĐỊNH", *lines) if styled else ()
    assert header_of([*HEAD, "QUYẾT ĐỊNH", *lines, *BODY], centred=centred).title == title


def test_the_subject_of_a_letter_over_several_lines() -> None:
    left: list[Line] = [("Số: 14/UBND-NC", "left"), ("V/v thực hiện Đề án", "left"), ("cắt giảm thủ tục", "left")]
    header = header_of([*left, ("Huế, ngày 9 tháng 1 năm 2026", "right"), "Kính gửi: Các sở.", "1. Rà soát thủ tục."])
    assert header.title == "thực hiện Đề án cắt giảm thủ tục"


def test_a_date_that_runs_on_in_a_narrow_cell() -> None:
    wrapped: list[Line] = [("Thành phố Hồ Chí Minh, ngày 07 tháng", "right"), ("9 năm 2026", "right")]
    header = header_of([*HEAD[:2], *wrapped, "QUYẾT ĐỊNH", TITLE, *BODY])
    assert (header.place, str(header.issued_on)) == ("Thành phố Hồ Chí Minh", "2026-09-07")


SIGNATURES: list[tuple[str, list[Line], dict[str, Any]]] = [
    (
        "the office that a signer holds besides is not the one in which he signs",
        ["TRƯỞNG BAN", "CHỦ TỊCH UBND TỈNH", "Y Thịnh Niê"],
        {"name": "Y Thịnh Niê", "position": "TRƯỞNG BAN", "authority": None},
    ),
    (
        "who signs for a deputy of a head that signs for the minister",
        ["TL. BỘ TRƯỞNG", "KT. VỤ TRƯỞNG VỤ PHÁP CHẾ", "PHÓ VỤ TRƯỞNG", "Lý Thu Cúc"],
        {"name": "Lý Thu Cúc", "position": "PHÓ VỤ TRƯỞNG", "authority": "KT."},
    ),
    (
        "a position over two lines",
        ["T/M ĐẢNG ỦY", "PHÓ BÍ THƯ", "THƯỜNG TRỰC", "H'Lan Mlô"],
        {"name": "H'Lan Mlô", "position": "PHÓ BÍ THƯ THƯỜNG TRỰC", "authority": "TM."},
    ),
    (
        "lines that were run together",
        ["TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Ngô Thế Vinh"],
        {"name": "Ngô Thế Vinh", "position": "PHÓ CHỦ TỊCH", "authority": "KT."},
    ),
    (
        "a joint plan: both sign, the first is named; the recipients stand below",
        [
            ("KT. GIÁM ĐỐC SỞ Y TẾ", "left"), ("PHÓ GIÁM ĐỐC", "left"), ("Hà Thị Thu", "left"),
            ("KT. GIÁM ĐỐC CÔNG AN TỈNH", "right"), ("PHÓ GIÁM ĐỐC", "right"), ("Đại tá Phùng Đức Thịnh", "right"),
            "Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT.",
        ],
        {"name": "Hà Thị Thu", "position": "PHÓ GIÁM ĐỐC", "recipients": ("UBND tỉnh", "Lưu: VT")},
    ),
    (
        "a recipient over two lines",
        ["Nơi nhận:", "- Đảng ủy, UBND xã", "(báo cáo);", "- Các trường học;", "GIÁM ĐỐC", "Phan Văn Bình"],
        {"name": "Phan Văn Bình", "recipients": ("Đảng ủy, UBND xã (báo cáo)", "Các trường học")},
    ),
    (
        "both columns of the foot run together",
        ["Nơi nhận: KT. GIÁM ĐỐC", "- Như Điều 3; PHÓ GIÁM ĐỐC", "- Lưu: VT, VP. Phan Văn Bình"],
        {"name": "Phan Văn Bình", "position": "PHÓ GIÁM ĐỐC", "authority": "KT.", "recipients": ("Như Điều 3", "Lưu: VT, VP")},
    ),
    (
        "what is attached to the document is no recipient",
        [
            "GIÁM ĐỐC", "Phan Văn Bình", "Nơi nhận:", "- Lưu: VT.",
            "(Ban hành kèm theo Quyết định số 5/QĐ-STP ngày 9 tháng 1 năm 2026)",
        ],
        {"name": "Phan Văn Bình", "recipients": ("Lưu: VT",)},
    ),
    (
        "the head of the plan that is issued is no recipient",
        [
            ("Nơi nhận:", "left"), ("- Như Điều 3;", "left"), ("GIÁM ĐỐC", "right"), ("Phan Văn Bình", "right"),
            ("SỞ NỘI VỤ", "left"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"), "KẾ HOẠCH", TITLE,
        ],
        {"name": "Phan Văn Bình", "position": "GIÁM ĐỐC", "recipients": ("Như Điều 3",)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "lines", "expected"), SIGNATURES, ids=[s[0] for s in SIGNATURES])
def test_signature(promise: str, lines: list[Line], expected: dict[str, Any]) -> None:
    header = header_of([*HEAD, "QUYẾT ĐỊNH", TITLE, *BODY, *lines])
    for field, value in expected.items():
        assert getattr(header if field == "recipients" else header.signer, field) == value, field


@pytest.mark.parametrize(
    "line", ["Y Thịnh Niê", "H'Yim Kđoh", "Đại tá Ma Văn Khải", "PGS.TS. Lê Thị Vân", "BSCKII. Lê Văn Cường"]
)
def test_name(line: str) -> None:
    assert is_name(line)


@pytest.mark.parametrize("line", ["CHỦ TỊCH", "Nơi nhận", "Lưu: VT", "Kế hoạch năm 2026", "''"])
def test_no_name(line: str) -> None:
    assert not is_name(line)


PLAN = "Số: 5/KH-STP\n\nHuế, ngày 9 tháng 1 năm 2026\n\nKẾ HOẠCH\n\nPhổ biến pháp luật năm 2026\n\n"
PROSE: list[tuple[str, str, list[tuple[str, list[str]]]]] = [
    (
        "where an event is and who comes are no tasks",
        "II. NỘI DUNG\n1. Ngày hội\n- Thời gian: Trước ngày 19/8/2026.\n- Địa điểm: Tại các thôn.\n- Tổ chức thi đấu.",
        [("Tổ chức thi đấu.", [])],
    ),
    (
        "what an event is for is no task either",
        "II. NỘI DUNG\n1. Ý nghĩa: Tôn vinh nghề làm muối.\n2. Treo băng rôn trên các trục đường chính.",
        [("Treo băng rôn trên các trục đường chính.", [])],
    ),
    (
        "… but what is to be done for whom is one",
        "II. NỘI DUNG\n1. Đối tượng hộ nghèo: Cấp thẻ bảo hiểm y tế.\n2. Thành phần tham dự: Lãnh đạo các phòng.",
        [("Đối tượng hộ nghèo: Cấp thẻ bảo hiểm y tế.", [])],
    ),
    (
        "praise of what was done is none, to praise those who deserve it is one",
        "II. KẾT LUẬN, NHIỆM VỤ\n1. Biểu dương sự cố gắng của các phòng.\n2. Biểu dương hộ gia đình tiêu biểu.",
        [("Biểu dương hộ gia đình tiêu biểu.", [])],
    ),
    (
        "the call to carry the document out is none and goes on with no item",
        "II. NHIỆM VỤ\n1. Sở Y tế rà soát hồ sơ.\nYêu cầu các đơn vị tổ chức thực hiện nghiêm túc Kế hoạch này./.",
        [("Sở Y tế rà soát hồ sơ.", ["Sở Y tế"])],
    ),
    (
        "a heading with a star holds the dashes below it",
        "III. TỔ CHỨC THỰC HIỆN\n* Sở Y tế\n- Rà soát hồ sơ.\n- Kiểm tra cơ sở.\n* Sở Nội vụ\n- Số hóa tài liệu.",
        [("Rà soát hồ sơ.", ["Sở Y tế"]), ("Kiểm tra cơ sở.", ["Sở Y tế"]), ("Số hóa tài liệu.", ["Sở Nội vụ"])],
    ),
    (
        "what an agency is, told in brackets or behind a dash, is no part of its name",
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế (cơ quan thường trực)\n- Rà soát hồ sơ.\n2. Sở Nội vụ - Cơ quan đầu mối\n- Số hóa tài liệu.",
        [("Rà soát hồ sơ.", ["Sở Y tế"]), ("Số hóa tài liệu.", ["Sở Nội vụ"])],
    ),
    (
        "a name that no rule knows is an agency among agencies",
        "III. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Rà soát hồ sơ.\n2. Nhóm hạt nhân truyền thông\n- Viết tin bài.\n3. Kinh phí\nTừ ngân sách tỉnh.",
        [("Rà soát hồ sơ.", ["Sở Y tế"]), ("Viết tin bài.", ["Nhóm hạt nhân truyền thông"])],
    ),
    (
        "so is one before a colon",
        "III. PHÂN CÔNG NHIỆM VỤ\n1. Văn phòng Sở: Lập dự toán.\n2. Nhóm hạt nhân truyền thông: Viết tin bài hằng tuần.",
        [("Văn phòng Sở: Lập dự toán.", ["Văn phòng Sở"]), ("Nhóm hạt nhân truyền thông: Viết tin bài hằng tuần.", ["Nhóm hạt nhân truyền thông"])],
    ),
    (
        "below a Party organ the leadership of another organ is its work",
        "IV. TỔ CHỨC THỰC HIỆN\n1. Đảng ủy UBND xã\n- Lãnh đạo UBND xã xây dựng đề án.\n2. Sở Y tế\n- Lãnh đạo Sở kiểm tra cơ sở.",
        [("Lãnh đạo UBND xã xây dựng đề án.", ["Đảng ủy UBND xã"]), ("Lãnh đạo Sở kiểm tra cơ sở.", ["Lãnh đạo Sở"])],
    ),
    (
        "that a Party plan is made known is no task and goes on with none",
        "III. TỔ CHỨC THỰC HIỆN\n1. Các chi bộ tổ chức quán triệt.\nKế hoạch này phổ biến đến chi bộ.",
        [("Các chi bộ tổ chức quán triệt.", ["Các chi bộ"])],
    ),
    (
        "matters that are inspected are no tasks, nor is the time that they are about",
        "II. NỘI DUNG\n1. Nội dung kiểm tra\n- Việc chấp hành giờ làm việc.\n2. Thời kỳ kiểm tra: Từ năm 2024 đến nay.\n3. Thành lập Đoàn kiểm tra.",
        [("Thành lập Đoàn kiểm tra.", [])],
    ),
    (
        "aims that share a heading with the work do not close it",
        "Phần thứ hai. MỤC TIÊU, NHIỆM VỤ VÀ GIẢI PHÁP\nA. MỤC TIÊU\n1. Đón 5.000 lượt khách.\nB. NHIỆM VỤ VÀ GIẢI PHÁP\n1. Khôi phục vườn cây.",
        [("Khôi phục vườn cây.", [])],
    ),
    (
        "a heading with a star ends the dashes before it",
        "III. TỔ CHỨC THỰC HIỆN\n1. Cấp tỉnh\n- Lập Ban Chỉ đạo.\n- Mở lễ phát động.\n* Phân công:\n+ Văn phòng Sở: Lo hậu cần.",
        [("Lập Ban Chỉ đạo.", []), ("Mở lễ phát động.", []), ("Văn phòng Sở: Lo hậu cần.", ["Văn phòng Sở"])],
    ),
    (
        "an organ that agrees and stresses hands nothing down",
        "II. NHIỆM VỤ\nHội đồng nhân dân xã thống nhất với các giải pháp, đồng thời nhấn mạnh một số việc sau:\n1. Rà soát hồ sơ.",
        [("Rà soát hồ sơ.", [])],
    ),
    (
        "an outline of a report, a form and a list of names hold no tasks",
        "III. NHIỆM VỤ\n1. Rà soát hồ sơ.\nPhụ lục I\nĐỀ CƯƠNG BÁO CÁO\nI. KẾT QUẢ THỰC HIỆN NHIỆM VỤ\n1. Công tác tuyên truyền.\nMẫu số 02\nPHIẾU KHẢO SÁT\n1. Đánh giá chất lượng phục vụ.",
        [("Rà soát hồ sơ.", [])],
    ),
    (
        "a line to be filled in is none",
        "III. NHIỆM VỤ\n1. Rà soát hồ sơ trước ngày .../.../2026.\n2. Kết quả đạt được: ......................",
        [("Rà soát hồ sơ trước ngày .../.../2026.", [])],
    ),
    (
        "a topic beside agencies names nobody",
        "IV. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Rà soát hồ sơ.\n2. Sở Nội vụ\n- Số hóa tài liệu.\n3. Tiến độ thực hiện\n- Hoàn thành các đợt kiểm tra.",
        [("Rà soát hồ sơ.", ["Sở Y tế"]), ("Số hóa tài liệu.", ["Sở Nội vụ"]), ("Hoàn thành các đợt kiểm tra.", [])],
    ),
    (
        "steps with their dates, matters told of as they are",
        "II. NỘI DUNG TUYÊN TRUYỀN\n- Ý nghĩa của ngày hội.\nIII. TIẾN ĐỘ THỰC HIỆN\n- Trước ngày 15/9/2026: Lập danh sách.\n- Đợt 2: Tháng 10.",
        [("Trước ngày 15/9/2026: Lập danh sách.", [])],
    ),
    (
        "who leads is told in a second sentence, set in italics or not",
        "II. NHIỆM VỤ\n- Khảo sát các tuyến. *Phòng Du lịch chủ trì thực hiện.*\n- Rà soát hồ sơ. Phòng Du lịch chủ trì.",
        [("Khảo sát các tuyến. Phòng Du lịch chủ trì thực hiện.", ["Phòng Du lịch"]), ("Rà soát hồ sơ. Phòng Du lịch chủ trì.", ["Phòng Du lịch"])],
    ),
    (
        "a topic at an outer level is no field of the item above it",
        "II. NHIỆM VỤ\n1. Về mặt bằng\na) Sở Xây dựng rà soát hồ sơ.\n2. Về nguồn vốn: Đồng ý điều chuyển vốn.",
        [("Sở Xây dựng rà soát hồ sơ.", ["Sở Xây dựng"]), ("Về nguồn vốn: Đồng ý điều chuyển vốn.", [])],
    ),
    (
        "a call to be earnest is no task",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ.\nYêu cầu các phòng nghiêm túc triển khai thực hiện./.",
        [("Rà soát hồ sơ.", [])],
    ),
    (
        "parts that are counted by name",
        "II. NHIỆM VỤ\nMục tiêu 1: Hoàn thiện thể chế\nNhiệm vụ 1.1: Ban hành quy chế\n- Chủ trì: Sở Nội vụ\nNhiệm vụ 1.2: Xây dựng đề án\n- Chủ trì: Sở Y tế",
        [("Ban hành quy chế - Chủ trì: Sở Nội vụ", ["Sở Nội vụ"]), ("Xây dựng đề án - Chủ trì: Sở Y tế", ["Sở Y tế"])],
    ),
    (
        "a heading without a label that names the doer of the paragraphs below it",
        "III. TỔ CHỨC THỰC HIỆN\nSở Nội vụ\nTheo dõi, đôn đốc.\nSơ kết trước ngày 15/12/2026.\nSở Y tế\n- Rà soát hồ sơ.",
        [("Theo dõi, đôn đốc.", ["Sở Nội vụ"]), ("Sơ kết trước ngày 15/12/2026.", ["Sở Nội vụ"]), ("Rà soát hồ sơ.", ["Sở Y tế"])],
    ),
    (
        "what is rewarded is no task",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ.\nIII. TIÊU CHUẨN KHEN THƯỞNG\n1. Đối với tập thể: hoàn thành xuất sắc nhiệm vụ.",
        [("Rà soát hồ sơ.", [])],
    ),
    (
        "fields with letters; a person before a colon and his work are no field",
        "II. NHIỆM VỤ\n1. Rà soát hồ sơ\na) Đơn vị tham mưu: Văn phòng Sở\nb) Thời gian: Quý I/2026\n2. Cán bộ phụ trách văn hóa: Viết bài tuyên truyền.",
        [
            ("Rà soát hồ sơ a) Đơn vị tham mưu: Văn phòng Sở b) Thời gian: Quý I/2026", ["Văn phòng Sở"]),
            ("Cán bộ phụ trách văn hóa: Viết bài tuyên truyền.", []),
        ],
    ),
    (
        "money: the doer stands in a later sentence",
        "III. KINH PHÍ\nKinh phí lấy từ ngân sách xã. Phòng Kinh tế tham mưu phân bổ.",
        [("Kinh phí lấy từ ngân sách xã. Phòng Kinh tế tham mưu phân bổ.", ["Phòng Kinh tế"])],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "body", "expected"), PROSE, ids=[p[0] for p in PROSE])
def test_prose(promise: str, body: str, expected: list[tuple[str, list[str]]]) -> None:
    tasks = extract_text(PLAN + body.replace("\n", "\n\n")).tasks
    assert [(t.text, [a.name for a in t.lead]) for t in tasks] == expected


def document_of(rows: list[list[str | None]]) -> Document:
    """A plan with one table; None is the cell above, merged downwards; "\\n" parts the paragraphs of a cell."""
    cells: list[tuple[Cell, ...]] = []
    for row in rows:
        line = []
        for k, s in enumerate(row):
            parts = [words_of(p) for p in (s or "").split("\n")]
            broken = [
                Word(w.text, before="\n" if n and not i else " ") for n, p in enumerate(parts) for i, w in enumerate(p)
            ]
            line.append(cells[-1][k] if s is None else Cell(tuple(broken)))
        cells.append(tuple(line))
    lines = ["Số: 5/KH-STP", "Huế, ngày 9 tháng 1 năm 2026", "KẾ HOẠCH", "Phổ biến pháp luật năm 2026", "II. NHIỆM VỤ"]
    parts_ = [Paragraph(words_of(line), centred=True) for line in lines]
    return extract_source(Source(INFO, (*parts_, Table(tuple(cells)))), options=Options())


TABLES: list[tuple[str, list[list[str | None]], list[tuple[str, list[str], list[str]]]]] = [
    (
        "lead and cooperating in one cell",
        [
            ["Thời gian", "Nội dung công việc", "Phân công thực hiện"],
            ["Quý I/2026", "Rà soát", "Chủ trì: Sở Y tế;\nPhối hợp: Công an tỉnh, các sở"],
            ["Quý II/2026", "Kiểm tra", "Sở Y tế; phối hợp: UBND các xã"],
            ["Quý III/2026", "Sơ kết", "Sở Y tế (chủ trì); Công an tỉnh (phối hợp)"],
        ],
        [
            ("Rà soát", ["Sở Y tế"], ["Công an tỉnh", "các sở"]),
            ("Kiểm tra", ["Sở Y tế"], ["UBND các xã"]),
            ("Sơ kết", ["Sở Y tế"], ["Công an tỉnh"]),
        ],
    ),
    (
        "the second row of a header is none of the tasks",
        [
            ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian", "Thời gian"],
            [None, None, None, "Bắt đầu", "Kết thúc"],
            ["1", "Rà soát", "Sở Y tế", "3/2026", "6/2026"],
        ],
        [("Rà soát", ["Sở Y tế"], [])],
    ),
    (
        "months merged over the tasks of each",
        [
            ["Tháng", "Nội dung công việc", "Người phụ trách"],
            ["01/2026", "Kiểm kê kho sách", "Phòng Đào tạo"],
            [None, "Lập danh mục sách", "Phòng Thư viện"],
        ],
        [("Kiểm kê kho sách", ["Phòng Đào tạo"], []), ("Lập danh mục sách", ["Phòng Thư viện"], [])],
    ),
    (
        "targets with the unit that they are counted in are no tasks",
        [
            ["TT", "Tên chỉ tiêu", "Đơn vị", "Năm 2025", "Kế hoạch 2026", "Cơ quan theo dõi"],
            ["1", "Tỷ lệ doanh nghiệp có trang thông tin", "%", "45", "55", "Sở Công Thương"],
            ["2", "Số sản phẩm của địa phương lên sàn", "Sản phẩm", "120", "200", "Sở Công Thương"],
        ],
        [],
    ),
    (
        "who carries out, and what is reached",
        [
            ["Nội dung", "Phòng, ban, đơn vị thực hiện", "Đơn vị phối hợp", "Thời gian", "Kết quả đạt được"],
            ["Rà soát", "Phòng Kế toán", "Phòng Đào tạo", "Quý I/2026", "Báo cáo"],
        ],
        [("Rà soát", ["Phòng Kế toán"], ["Phòng Đào tạo"])],
    ),
    (
        "of two columns of work the finer one holds the tasks",
        [
            ["Nhiệm vụ chung", "Hoạt động", "Cơ quan chủ trì", "Thời gian"],
            ["Kiểm tra công vụ", "Lập kế hoạch kiểm tra", "Sở Nội vụ", "Quý I/2026"],
            [None, "Kiểm tra tại các xã", "Sở Nội vụ", "Quý II/2026"],
        ],
        [("Lập kế hoạch kiểm tra", ["Sở Nội vụ"], []), ("Kiểm tra tại các xã", ["Sở Nội vụ"], [])],
    ),
    (
        "group rows that name who does the rows below them",
        [
            ["TT", "Nội dung công việc", "Tiến độ"],
            ["I", "Sở Y tế", ""],
            ["1", "Rà soát", "Tháng 3/2026"],
            ["II", "Sở Nội vụ", ""],
            ["1", "Số hóa", "Tháng 4/2026"],
        ],
        [("Rà soát", ["Sở Y tế"], []), ("Số hóa", ["Sở Nội vụ"], [])],
    ),
    (
        "a budget is no list of tasks",
        [
            ["Nội dung", "Số tiền (đồng)", "Nguồn kinh phí"],
            ["Cắt tỉa cây xanh", "150.000.000", "Ngân sách phường"],
            ["Sơn gốc cây", "20.000.000", "Xã hội hóa"],
        ],
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("promise", "rows", "expected"), TABLES, ids=[t[0] for t in TABLES])
def test_table(promise: str, rows: list[list[str | None]], expected: list[tuple[str, list[str], list[str]]]) -> None:
    tasks = document_of(rows).tasks
    found = [(t.text, [a.name for a in t.lead], [a.name for a in t.cooperating]) for t in tasks]
    assert found == expected
    assert all(t.deadlines for t in tasks)


def test_a_mark_below_a_year_says_when() -> None:
    document = document_of(
        [
            ["TT", "Nhiệm vụ", "Chủ trì", "Lộ trình", "Lộ trình"],
            [None, None, None, "2026", "2027-2030"],
            ["1", "Rà soát", "Sở Y tế", "x", ""],
            ["2", "Kiểm tra", "Sở Y tế", "x", "x"],
        ]
    )
    found = [[(str(d.start), str(d.end)) for d in t.deadlines] for t in document.tasks]
    first = ("2026-01-01", "2026-12-31")
    assert found == [[first], [first, ("2027-01-01", "2030-12-31")]]
    assert document.text is not None
    assert {document.text[d.span.start : d.span.end] for t in document.tasks for d in t.deadlines} == {
        "2026",
        "2027-2030",
    }


def test_a_table_of_aims_or_of_an_agenda_holds_no_tasks() -> None:
    table = (
        "| TT | Nội dung | Cơ quan thực hiện | Thời gian |\n|---|---|---|---|\n| 1 | {} | Sở Y tế | Tháng 5/2026 |\n\n"
    )
    body = "".join(
        f"{heading}\n\n{table.format(row)}"
        for heading, row in (
            ("I. CHỈ TIÊU", "Cấp 500 hồ sơ"),
            ("II. CHƯƠNG TRÌNH", "Đón khách"),
            ("III. NHIỆM VỤ", "Rà soát"),
        )
    )
    assert [t.text for t in extract_text(PLAN + body, name="a.md").tasks] == ["Rà soát"]


def test_money_is_no_deadline() -> None:
    """ "tiền đồng" holds the letters of "tiến độ"."""
    assert role_of("Số tiền đồng") != "deadline"


def test_the_head_of_the_plan_that_is_issued_is_no_heading() -> None:
    lines: list[Line] = [
        *HEAD, "QUYẾT ĐỊNH", TITLE, "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính.",
        ("Nơi nhận:", "left"), ("- Như Điều 1;", "left"), ("GIÁM ĐỐC", "right"), ("Phan Văn Bình", "right"),
        ("ỦY BAN NHÂN DÂN", "left"), ("TỈNH TÂY NINH", "left"), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"),
        "KẾ HOẠCH", TITLE, "I. NHIỆM VỤ", "1. Rà soát hồ sơ của các đơn vị.",
    ]  # fmt: skip
    pairs = [s if isinstance(s, tuple) else (s, None) for s in lines]
    parts = [Paragraph(words_of(s), column=column) for s, column in pairs]
    document = extract_source(Source(INFO, tuple(parts)), options=Options())
    assert not [s for s in document.sections if "TÂY NINH" in s.title or "ỦY BAN" in s.title]
    assert document.header.recipients == ("Như Điều 1",)
    assert [t.text for t in document.tasks] == ["Rà soát hồ sơ của các đơn vị."]
