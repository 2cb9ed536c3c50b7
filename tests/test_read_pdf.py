"""PDF: printed lines become the paragraphs and columns that the writer meant."""

from __future__ import annotations

import io

import pytest
from drawn import HEIGHT, LEFT, RIGHT, WIDTH, Sheets, needs_fonts, paragraphs, source_of, text_of

from extractor.read.lines import make_line
from extractor.read.page import Frame, PrintedPage, PrintedWord, turned
from extractor.read.paragraphs import close_up
from extractor.source import Paragraph, Source

pytestmark = needs_fonts

LONG = (
    "Các cơ quan chuyên môn chủ động rà soát, hoàn thiện quy chế làm việc, tăng cường kiểm tra việc chấp hành "
    "kỷ luật, kỷ cương hành chính và kịp thời báo cáo kết quả về Văn phòng để tổng hợp theo đúng thời hạn đã nêu."
)


def marked(source: Source) -> list[tuple[str | None, str]]:
    return [(p.column, " ".join(w.text for w in p.words)) for p in source.parts if isinstance(p, Paragraph)]


def head(sheets: Sheets, number: str = "Số: 15/KH-UBND") -> None:
    """The two-column head; the right column's words come first in the file."""
    y = sheets.y
    sheets.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, middle=400)
    sheets.centred("Độc lập - Tự do - Hạnh phúc", middle=400)
    sheets.rule(330, sheets.y - 8, 470, sheets.y - 8)
    sheets.centred("An Hòa, ngày 10 tháng 3 năm 2026", "I", middle=400)
    end, sheets.y = sheets.y, y
    sheets.centred("ỦY BAN NHÂN DÂN", size=12, middle=165)
    sheets.centred("TỈNH AN HÒA", size=12, middle=165)
    sheets.centred("________", middle=165)
    sheets.line(number, 120, y=end - 16)
    sheets.y = end + 20


def test_the_head_is_read_column_by_column_and_the_title_is_one_paragraph() -> None:
    sheets = Sheets()
    head(sheets)
    sheets.centred("KẾ HOẠCH")
    sheets.centred("Triển khai thực hiện phong trào thi đua cải cách")
    sheets.centred("hành chính trên địa bàn tỉnh An Hòa năm 2026")
    sheets.centred("_________")
    sheets.text("Căn cứ Luật Tổ chức chính quyền địa phương;", "I")
    sheets.text(LONG)
    assert marked(source_of(sheets.data())) == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "TỈNH AN HÒA"),
        ("left", "Số: 15/KH-UBND"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "An Hòa, ngày 10 tháng 3 năm 2026"),
        (None, "KẾ HOẠCH"),
        (None, "Triển khai thực hiện phong trào thi đua cải cách hành chính trên địa bàn tỉnh An Hòa năm 2026"),
        (None, "Căn cứ Luật Tổ chức chính quyền địa phương;"),
        (None, LONG),
    ]


def test_a_number_stamped_later_is_read_where_it_stands() -> None:
    """The registry puts the number on the finished PDF: in the file its words come last."""
    sheets = Sheets()
    head(sheets, "Số:        /KH-UBND")
    sheets.centred("KẾ HOẠCH")
    sheets.text(LONG)
    sheets.line("27", 143, y=sheets_number_line(sheets))
    assert ("left", "Số: 27 /KH-UBND") in marked(source_of(sheets.data()))


def sheets_number_line(sheets: Sheets) -> float:
    probe = Sheets()
    head(probe)
    return probe.y - 36


def test_the_foot_is_read_column_by_column() -> None:
    sheets = Sheets()
    sheets.text(LONG)
    y = sheets.y
    sheets.line("Nơi nhận:", face="B", size=12)
    for entry in ("- Như Điều 3;", "- Sở Nội vụ, Sở Tài chính, Sở Xây dựng,", "Sở Y tế;", "- Lưu: VT, TH."):
        sheets.line(entry, size=11)
    sheets.y = y
    for line in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"):
        sheets.centred(line, middle=430)
    sheets.y += 60
    sheets.centred("Trần Văn Tám", middle=430)
    assert marked(source_of(sheets.data()))[1:] == [
        ("left", "Nơi nhận:"),
        ("left", "- Như Điều 3;"),
        ("left", "- Sở Nội vụ, Sở Tài chính, Sở Xây dựng, Sở Y tế;"),
        ("left", "- Lưu: VT, TH."),
        ("right", "TM. ỦY BAN NHÂN DÂN"),
        ("right", "KT. CHỦ TỊCH"),
        ("right", "PHÓ CHỦ TỊCH"),
        ("right", "Trần Văn Tám"),
    ]


def test_two_signatures_side_by_side_are_two_columns() -> None:
    """A joint plan is signed by two organs; the list of recipients stands below both."""
    sheets = Sheets()
    sheets.text(f"2. {LONG}")
    y = sheets.y
    for k, line in enumerate(["KT. GIÁM ĐỐC CÔNG AN TỈNH", "PHÓ GIÁM ĐỐC", "", "Phạm Văn Út"]):
        sheets.line(line, 90, "B", 12, y=y + 16 * k)
    for k, line in enumerate(["GIÁM ĐỐC SỞ Y TẾ", "", "", "Lê Thị Chi"]):
        sheets.line(line, 350, "B", 12, y=y + 16 * k)
    sheets.y = y + 90
    for line in ("Nơi nhận:", "- UBND tỉnh;", "- Lưu: VT."):
        sheets.line(line)
    assert marked(source_of(sheets.data())) == [
        (None, f"2. {LONG}"),
        ("left", "KT. GIÁM ĐỐC CÔNG AN TỈNH"),
        ("left", "PHÓ GIÁM ĐỐC"),
        ("left", "Phạm Văn Út"),
        ("right", "GIÁM ĐỐC SỞ Y TẾ"),
        ("right", "Lê Thị Chi"),
        ("left", "Nơi nhận:"),
        ("left", "- UBND tỉnh;"),
        ("left", "- Lưu: VT."),
    ]


def test_two_signatures_beside_the_recipients_are_read_one_after_the_other() -> None:
    sheets = Sheets()
    sheets.text(f"3. {LONG}")
    y = sheets.y
    blocks = [(LEFT, ["Nơi nhận:", "- Sở Giáo dục;", "- Lưu: VT."])]
    blocks += [(220.0, ["TM. CÔNG ĐOÀN", "CHỦ TỊCH", "Võ Thị Sen"]), (400.0, ["HIỆU TRƯỞNG", "", "Lê Văn Bình"])]
    for x, lines in blocks:
        for k, line in enumerate(lines):
            sheets.line(line, x, "B", 12, y=y + 16 * k)
    assert [text for _, text in marked(source_of(sheets.data()))[1:]] == [
        line for _, lines in blocks for line in lines if line
    ]


def test_a_blank_day_parts_no_columns() -> None:
    """A draft leaves more room for the day than stands between the columns."""
    sheets = Sheets()
    y = sheets.y
    sheets.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, middle=400)
    sheets.centred("Độc lập - Tự do - Hạnh phúc", middle=400)
    sheets.line("ỦY BAN NHÂN DÂN", 110, "B", 12, y=y)
    sheets.line("Số:             /QĐ-UBND", 95, y=sheets.y + 10)
    sheets.line("Tân An Hội, ngày             tháng 5 năm 2026", 285, "I", y=sheets.y + 10)
    sheets.y += 40
    sheets.centred("QUYẾT ĐỊNH")
    found = marked(source_of(sheets.data()))
    assert ("left", "Số: /QĐ-UBND") in found
    assert ("right", "Tân An Hội, ngày tháng 5 năm 2026") in found


def test_an_organ_over_three_lines_is_kept_on_both_heads() -> None:
    """A decision and the plan behind it print the same head: it is no running line."""
    sheets = Sheets()
    for kind in ("QUYẾT ĐỊNH", "KẾ HOẠCH"):
        y = sheets.y
        sheets.centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12, middle=400)
        sheets.centred("Độc lập - Tự do - Hạnh phúc", middle=400)
        for k, line in enumerate(("BAN QUẢN LÝ DỰ ÁN", "ĐẦU TƯ XÂY DỰNG", "KHU VỰC IA LY")):
            sheets.line(line, 100, "B", 12, y=y + 16 * k)
        sheets.y = y + 80
        sheets.centred(kind)
        sheets.text(LONG)
        sheets.next()
    assert [t for _, t in marked(source_of(sheets.data()))].count("KHU VỰC IA LY") == 2


def test_an_appendix_below_the_foot_is_text_again() -> None:
    sheets = Sheets()
    y = sheets.y
    sheets.line("Nơi nhận:", face="B", size=12)
    sheets.line("- Như trên;", size=11)
    sheets.y = y
    sheets.centred("GIÁM ĐỐC", middle=430)
    sheets.y += 60
    sheets.centred("Trần Văn Tám", middle=430)
    sheets.y += 40
    sheets.centred("PHỤ LỤC")
    sheets.text(LONG)
    assert marked(source_of(sheets.data())) == [
        ("left", "Nơi nhận:"),
        ("left", "- Như trên;"),
        ("right", "GIÁM ĐỐC"),
        ("right", "Trần Văn Tám"),
        (None, "PHỤ LỤC"),
        (None, LONG),
    ]


def test_labels_and_indents_open_paragraphs_and_wrapped_headings_stay_whole() -> None:
    heading = (
        "1. Tăng cường công tác lãnh đạo, chỉ đạo thực hiện có hiệu quả các chủ trương về cải cách thủ tục hành chính"
    )
    sheets = Sheets()
    sheets.text("II. NHIỆM VỤ, GIẢI PHÁP", "B")
    sheets.text(heading, "B")
    sheets.text("- " + LONG, gap=0)
    sheets.text("+ Sở Nội vụ theo dõi.", gap=0)
    sheets.text("a) " + LONG, gap=0)
    sheets.text("Điều 3. Hiệu lực thi hành", gap=0)
    assert paragraphs(source_of(sheets.data())) == [
        "II. NHIỆM VỤ, GIẢI PHÁP", heading, "- " + LONG, "+ Sở Nội vụ theo dõi.", "a) " + LONG,
        "Điều 3. Hiệu lực thi hành",
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_and_running_lines_are_dropped() -> None:
    sheets = Sheets()
    body = " ".join([LONG] * 3)
    words = body.split()
    for number in range(1, 5):
        sheets.centred("Văn phòng điện tử An Hòa", "I", 10)
        sheets.centred(str(number), "", 12)
        sheets.y = 110
        if number == 2:
            sheets.text(" ".join(words[26:]), indent=0)
            sheets.text("2. Phòng Tổ chức thực hiện.")
        elif number == 1:
            sheets.text("1. " + " ".join(words[:26]))
        else:
            sheets.text(f"- Nội dung của trang {number}.")
        if number < 4:
            sheets.next()
    assert paragraphs(source_of(sheets.data())) == [
        "1. " + body,
        "2. Phòng Tổ chức thực hiện.",
        "- Nội dung của trang 3.",
        "- Nội dung của trang 4.",
    ]


@pytest.mark.parametrize(
    ("last", "word", "expected"),
    [
        ("18-", "NQ/TW", ""),
        ("213-KL/", "TW", ""),
        ("157/KH-", "UBND", ""),
        ("278/2025/", "NĐ-CP", ""),
        ("TT-", "BGDĐT", " "),
        ("-", "Sở", " "),
        ("2025-", "2030", ""),
        ("III/", "2026", ""),
        ("xã", "hội", " "),
        ("và/", "hoặc", " "),
    ],
)
def test_a_symbol_broken_by_the_margin_is_closed_up(last: str, word: str, expected: str) -> None:
    assert close_up(last, word) == expected


def test_ordinary_lines_with_wide_gaps_are_not_split_into_columns() -> None:
    """A justified line may have gaps as wide as those of a head."""
    sheets = Sheets()
    sheets.line("Ủy  ban  nhân  dân   cấp   xã   chịu   trách   nhiệm   thực   hiện   việc", LEFT)
    sheets.line("được giao trong kế hoạch này.", LEFT)
    assert [column for column, _ in marked(source_of(sheets.data()))] == [None]


def test_a_signers_stamp_is_no_text() -> None:
    sheets = Sheets()
    sheets.line("Ký bởi: VĂN PHÒNG ỦY BAN", size=8, y=20)
    sheets.line("Ngày ký: 10-03-2026 09:12:01 +07:00", size=8, y=30)
    sheets.centred("KẾ HOẠCH")
    sheets.text(LONG)
    assert paragraphs(source_of(sheets.data())) == ["KẾ HOẠCH", LONG]


def test_invisible_text_is_dropped() -> None:
    sheets = Sheets()
    sheets.text(LONG)
    layer = sheets.canvas.beginText(100, 300)
    layer.setFont("Serif", 12)
    layer.setTextRenderMode(3)
    layer.textLine("chữ ẩn")
    sheets.canvas.drawText(layer)
    assert paragraphs(source_of(sheets.data())) == [LONG]


@pytest.mark.parametrize("gap", [6, 3.1])
def test_the_marks_of_footnotes_are_dropped_and_the_notes_stand_behind_the_text(gap: float) -> None:
    sheets = Sheets()
    sheets.line("Thực hiện Nghị quyết số 10-NQ/TW", LEFT)
    sheets.line("1", LEFT + 203, size=7, y=sheets.y - 22)
    sheets.line("diện tích tăng thêm 25 km", LEFT)
    sheets.line("2", LEFT + 136.5, size=7, y=sheets.y - 22)
    sheets.rule(LEFT, 700, LEFT + 140, 700)
    sheets.line("1", LEFT, size=6, y=711)
    sheets.line("Ban hành ngày 10/02/2022.", LEFT + gap, size=10, y=715)
    sheets.next()
    sheets.text("Kết thúc văn bản tại đây.")
    parts = [p for p in source_of(sheets.data()).parts if isinstance(p, Paragraph)]
    found = [(" ".join(w.text for w in p.words), p.note) for p in parts]
    assert found == [
        ("Thực hiện Nghị quyết số 10-NQ/TW diện tích tăng thêm 25 km2", False),
        ("Kết thúc văn bản tại đây.", False),
        ("1 Ban hành ngày 10/02/2022.", True),
    ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(rotation: int, angle: int) -> None:
    """Whether the page or its text is turned, and the box is where the word lies on the page as shown."""
    import pypdfium2 as pdfium

    sheets = Sheets()
    sheets.canvas.translate(WIDTH / 2, HEIGHT / 2)
    sheets.canvas.rotate(angle)
    sheets.canvas.setFont("Serif", 12)
    sheets.canvas.drawString(-100, 50, "Nhiệm vụ thứ nhất")
    sheets.canvas.drawString(-100, 30, "của đơn vị trực thuộc.")
    document = pdfium.PdfDocument(sheets.data())
    document[0].set_rotation(rotation)
    out = io.BytesIO()
    document.save(out)
    text = text_of(out.getvalue())
    assert text.value.split() == ["Nhiệm", "vụ", "thứ", "nhất", "của", "đơn", "vị", "trực", "thuộc."]
    (box,) = text.locate(0, 5).boxes
    width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
    assert 0 <= box.x0 < box.x1 <= width
    assert 0 <= box.top < box.bottom <= height


def test_boxes_are_points_from_the_top_left() -> None:
    sheets = Sheets()
    sheets.line("Số 15", 100, y=200)
    (box,) = text_of(sheets.data()).locate(0, 2).boxes
    assert box.page == 1
    assert abs(box.x0 - 100) < 2
    assert box.top < 200 < box.bottom + 3


def test_turning_four_times_is_no_turning() -> None:
    assert turned((1.0, 2.0, 30.0, 40.0), 100.0, 200.0, 4) == (1.0, 2.0, 30.0, 40.0)
    page = PrintedPage(1, 200.0, 100.0, (), turn=1)
    box = turned((1.0, 2.0, 30.0, 40.0), 100.0, 200.0, 1)
    word = page.word(PrintedWord("a", *box))
    assert (word.x0, word.top, word.x1, word.bottom) == (1.0, 2.0, 30.0, 40.0)


def test_a_crop_box_moves_the_origin() -> None:
    frame = Frame(10.0, 20.0, 110.0, 220.0, 0, 100.0, 200.0)
    assert frame.box(10.0, 210.0, 20.0, 220.0) == (0.0, 0.0, 10.0, 10.0)


def test_letters_that_touch_are_one_word() -> None:
    """Some writers place every letter by itself, and PDFium sees spaces between them."""
    from extractor.read.lines import lines_of

    page = PrintedPage(1, WIDTH, HEIGHT, ())
    words = [PrintedWord(t, x0, 10, x1, 22, 12) for t, x0, x1 in (("b", 10, 16), ("ổ", 16, 22), ("sung", 25, 50))]
    assert [line.text for line in lines_of(page, words)] == ["bổ sung"]
    assert make_line(page, words[:1]).size == 12


def test_every_word_of_a_page_is_read_once() -> None:
    sheets = Sheets()
    head(sheets)
    sheets.centred("KẾ HOẠCH")
    for n in range(1, 9):
        sheets.text(f"{n}. {LONG}")
    words = text_of(sheets.data()).value.split()
    assert len([w for w in words if w == "chuyên"]) == 8
    assert RIGHT > LEFT
