"""Plain text and Markdown: lines become paragraphs, marks of emphasis are no words."""

from __future__ import annotations

import pytest
from drawn import cells, paragraphs, source_of, text_of
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import UnreadableError
from extractor.source import Paragraph

CASES = {
    "blank lines part paragraphs": ("Mục đích.\n\nYêu cầu.", ["Mục đích.", "Yêu cầu."]),
    "a page break inside a sentence does not": (
        "- Rà soát các quy hoạch cấp\n\nquốc gia, cấp vùng.",
        ["- Rà soát các quy hoạch cấp quốc gia, cấp vùng."],
    ),
    "nor does a form feed": ("trong lĩnh vực công\f\nnghệ số.", ["trong lĩnh vực công nghệ số."]),
    "a sentence that ended does not go on": ("Đã xong.\n\na) Bộ Tài chính", ["Đã xong.", "a) Bộ Tài chính"]),
    "a lower-case label is a label": ("gồm các sở\n\na) Sở Y tế", ["gồm các sở", "a) Sở Y tế"]),
    "entries of a list stay apart": (
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.",
        ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."],
    ),
    "short lines stay apart": ("GIÁM ĐỐC\nTrần Văn Tám", ["GIÁM ĐỐC", "Trần Văn Tám"]),
    "emphasis is dropped": ("gửi về Sở *(qua Văn phòng)* để **tổng hợp**.", ["gửi về Sở (qua Văn phòng) để tổng hợp."]),
    "a star alone is a star": ("(*) Ghi chú: 3 * 4", ["(*) Ghi chú: 3 * 4"]),
    "a heading mark is dropped": ("## II. NHIỆM VỤ", ["II. NHIỆM VỤ"]),
    "escapes are dropped": ("1\\. Xây dựng \\- hoàn thiện", ["1. Xây dựng - hoàn thiện"]),
    "rules are no words": ("KẾ HOẠCH\n_______\nVề việc thử", ["KẾ HOẠCH", "Về việc thử"]),
    "a dash between two words is no label": (
        "phát triển kinh tế\n\n- xã hội của tỉnh.",
        ["phát triển kinh tế - xã hội của tỉnh."],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_paragraphs(text: str, expected: list[str]) -> None:
    assert paragraphs(source_of(text.encode(), "a.txt")) == expected


def test_hard_wrapped_lines_are_joined_and_list_lines_are_not() -> None:
    """A mail or an old text file breaks its lines near the 72nd column."""
    lines = [
        "Thực hiện chương trình công tác năm, phòng Hành chính xây dựng kế hoạch",
        "Kiểm tra việc chấp hành quy chế làm việc của các đơn vị trực thuộc Sở và",
        "Báo cáo Ban Giám đốc trước ngày 15 hằng tháng theo đúng quy định hiện có.",
        "- Phòng Hành chính chủ trì, phối hợp với các phòng chuyên môn thực hiện",
        "Quy chế này trong cả năm.",
    ]
    assert paragraphs(source_of("\n".join(lines).encode(), "a.txt")) == [" ".join(lines[:3]), " ".join(lines[3:])]


def test_a_head_set_in_columns_is_read_column_by_column() -> None:
    head = (
        "UBND TỈNH AN HÒA              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "   SỞ Y TẾ                       Độc lập - Tự do - Hạnh phúc\n"
        "   -------                       ---------------------------\n\n"
        "Số: 12/KH-SYT                 An Hòa, ngày 05 tháng 02 năm 2026\n\nKẾ HOẠCH"
    )
    parts = source_of(head.encode(), "a.txt").parts
    found = [(p.column, " ".join(w.text for w in p.words)) for p in parts if isinstance(p, Paragraph)]
    assert found == [
        ("left", "UBND TỈNH AN HÒA"),
        ("left", "SỞ Y TẾ"),
        ("left", "Số: 12/KH-SYT"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("right", "Độc lập - Tự do - Hạnh phúc"),
        ("right", "An Hòa, ngày 05 tháng 02 năm 2026"),
        (None, "KẾ HOẠCH"),
    ]


def test_a_pipe_table_is_a_table() -> None:
    text = "| TT | Nội dung | Chủ trì |\n|---|:--|---|\n| 1 | **Rà soát**<br>hồ sơ | Sở Y tế |\n"
    assert cells(text_of(text.encode(), "a.md")) == [["TT", "Nội dung", "Chủ trì"], ["1", "Rà soát\nhồ sơ", "Sở Y tế"]]


def test_a_table_pasted_with_tabs_is_a_table() -> None:
    text = "TT\tNội dung\tChủ trì\n1\tRà soát\tSở Y tế\n2\tBáo cáo\t\n"
    assert cells(text_of(text.encode(), "a.txt"))[2] == ["2", "Báo cáo", ""]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_and_without_a_mark(codec: str) -> None:
    assert paragraphs(source_of("Kế hoạch".encode(codec), "a.txt")) == ["Kế hoạch"]


@pytest.mark.parametrize("data", ["Kế hoạch".encode("utf-16-be"), b"K\xf4 ho\xe9ch", b"a\x00b"])
def test_another_encoding_is_an_error(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="UTF-8"):
        source_of(data, "a.txt")


@given(st.text(alphabet="ab *_#|-\\\n\tĐ1.", max_size=200))
def test_no_word_is_lost_but_marks(text: str) -> None:
    """Letters and digits of a text are all read, in order, whatever marks stand around them."""
    if not text.strip():
        return
    read = "".join(w.text for p in source_of(text.encode(), "a.txt").parts for w in _words(p))
    assert sorted(c for c in read if c.isalnum()) == sorted(c for c in text if c.isalnum())


def _words(part: object) -> list[object]:
    if isinstance(part, Paragraph):
        return list(part.words)
    return [w for row in part.rows for cell in row for w in cell.words]  # type: ignore[attr-defined]
