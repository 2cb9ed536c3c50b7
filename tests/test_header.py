"""Head and foot of a document: one table of small documents in our own words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from extractor.checks import check_header
from extractor.clean import clean
from extractor.document import Header, Signer, SourceInfo
from extractor.layout.frame import lay_out
from extractor.source import Column, Paragraph, Source, Word

INFO = SourceInfo("a.txt", "0" * 64, "text/plain", None, "text")


def header_of(lines: list[str | tuple[str, Column]], *, bold: tuple[str, ...] = ()) -> Header:
    """The header of paragraphs; a pair gives the column of the head or foot."""
    parts = []
    for line in lines:
        text, column = line if isinstance(line, tuple) else (line, None)
        strong = text in bold
        words = tuple(Word(w) for w in text.split())
        parts.append(Paragraph(words, bold=strong, centred=strong, column=column))
    return lay_out(clean(Source(INFO, tuple(parts)))).header


BODY = ["Căn cứ Luật Tổ chức chính quyền địa phương;", "I. MỤC ĐÍCH", "1. Nâng cao chất lượng phục vụ."]

CASES: list[tuple[str, list[Any], dict[str, Any]]] = [
    (
        "a provincial department with its parent above it",
        [
            ("UBND TỈNH QUẢNG NGÃI", "left"), ("SỞ NỘI VỤ", "left"), ("Số: 15/KH-SNV", "left"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"), ("Độc lập - Tự do - Hạnh phúc", "right"),
            ("Quảng Ngãi, ngày 05 tháng 02 năm 2026", "right"),
            "KẾ HOẠCH", "Cải cách hành chính năm 2026", *BODY,
            ("Nơi nhận:", "left"), ("- UBND tỉnh (b/c);", "left"), ("- Lưu: VT, CCHC.", "left"),
            ("KT. GIÁM ĐỐC", "right"), ("PHÓ GIÁM ĐỐC", "right"), ("Trần Thị Mai", "right"),
        ],
        {
            "type": "Kế hoạch", "type_code": "KH", "type_text": "KẾ HOẠCH", "number": "15", "symbol": "KH-SNV",
            "identifier": "15/KH-SNV", "issued_on": dt.date(2026, 2, 5), "place": "Quảng Ngãi",
            "title": "Cải cách hành chính năm 2026", "is_draft": False, "issuer.name": "SỞ NỘI VỤ",
            "issuer_parent.name": "UBND TỈNH QUẢNG NGÃI", "issuer_rule": "printed",
            "signer.name": "Trần Thị Mai", "signer.position": "PHÓ GIÁM ĐỐC", "signer.authority": "KT.",
            "recipients": ("UBND tỉnh (b/c)", "Lưu: VT, CCHC"),
        },
    ),
    (
        "an organ over two lines; number and day left blank",
        [
            ("ỦY BAN NHÂN DÂN", "left"), ("TỈNH BẮC NINH", "left"), ("Số:       /KH-UBND", "left"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"), ("Bắc Ninh, ngày     tháng 4 năm 2026", "right"),
            "KẾ HOẠCH", "Phòng, chống thiên tai năm 2026", *BODY,
            "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Hùng",
        ],
        {
            "issuer.name": "ỦY BAN NHÂN DÂN TỈNH BẮC NINH", "issuer_parent": None, "number": None,
            "symbol": "KH-UBND", "identifier": None, "issued_on": None, "place": "Bắc Ninh", "is_draft": True,
            "signer.authority": "KT.", "signer.position": "PHÓ CHỦ TỊCH", "signer.name": "Lê Văn Hùng",
        },
    ),
    (
        "the head is missing: the organ is taken from the sentence that issues the plan",
        [
            "Số: 7/KH-STP", "Huế, ngày 9 tháng 1 năm 2026", "KẾ HOẠCH HÀNH ĐỘNG", "Phổ biến pháp luật năm 2026",
            "Theo chức năng được giao, Sở Tư pháp ban hành kế hoạch như sau:", *BODY[1:], "GIÁM ĐỐC", "Phan Văn Bình",
        ],
        {
            "type": "Kế hoạch", "type_text": "KẾ HOẠCH HÀNH ĐỘNG", "issuer.name": "Sở Tư pháp",
            "issuer_rule": "body_sentence", "signer.authority": None, "signer.position": "GIÁM ĐỐC",
        },
    ),
    (
        "a Party committee: number without colon",
        [
            ("TỈNH ỦY LÂM ĐỒNG", "left"), ("Số 12-CTr/TU", "left"), ("ĐẢNG CỘNG SẢN VIỆT NAM", "right"),
            ("Lâm Đồng, ngày 03 tháng 3 năm 2026", "right"), "CHƯƠNG TRÌNH HÀNH ĐỘNG",
            "Thực hiện nghị quyết về nông nghiệp công nghệ cao", *BODY[1:], "T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Đỗ Minh An",
        ],
        {
            "type": "Chương trình", "type_code": "CTr", "number": "12", "symbol": "CTr/TU", "identifier": "12-CTr/TU",
            "issuer.name": "TỈNH ỦY LÂM ĐỒNG", "signer.authority": "TM.", "signer.position": "PHÓ BÍ THƯ",
        },
    ),
    (
        "a decision that promulgates a plan keeps its own header",
        [
            ("THỦ TƯỚNG CHÍNH PHỦ", "left"), ("Số: 21/QĐ-TTg", "left"), ("Hà Nội, ngày 07 tháng 01 năm 2026", "right"),
            "QUYẾT ĐỊNH", "Ban hành Kế hoạch phát triển đường sắt", "THỦ TƯỚNG CHÍNH PHỦ", *BODY[:1], "QUYẾT ĐỊNH:",
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển đường sắt.", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG",
            "Ngô Văn Sơn", "KẾ HOẠCH", "Phát triển đường sắt", *BODY[1:],
        ],
        {
            "type": "Quyết định", "identifier": "21/QĐ-TTg", "title": "Ban hành Kế hoạch phát triển đường sắt",
            "issuer.name": "THỦ TƯỚNG CHÍNH PHỦ", "signer.name": "Ngô Văn Sơn", "signer.position": "PHÓ THỦ TƯỚNG",
        },
    ),
    (
        "a town's abbreviated rank belongs to the place; a unit in brackets to the symbol",
        [
            ("CÔNG AN TỈNH AN GIANG", "left"), ("Số: 31/KH-CAT(PC08)", "left"), ("TP. Long Xuyên, ngày 2 tháng 4 năm 2026", "right"),
            "KẾ HOẠCH", "Bảo đảm trật tự giao thông", *BODY[1:],
        ],
        {"place": "TP. Long Xuyên", "issued_on": dt.date(2026, 4, 2), "identifier": "31/KH-CAT(PC08)", "number": "31"},
    ),
    (
        "a law prints no place and date: its day is that of its adoption",
        [
            "QUỐC HỘI", "Luật số: 12/2025/QH15", "LUẬT", "BẢO VỆ NGUỒN NƯỚC", "Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;",
            "Điều 1. Phạm vi điều chỉnh", "Luật này được Quốc hội khóa XV, kỳ họp thứ 9 thông qua ngày 26 tháng 6 năm 2025.",
        ],
        {"identifier": "12/2025/QH15", "issued_on": dt.date(2025, 6, 26), "place": None, "is_draft": False},
    ),
    (
        "a blank day stays blank, whatever the text says of its adoption",
        [
            "Số:     /NQ-HĐND", "Huế, ngày     tháng     năm 2025", "NGHỊ QUYẾT", "Về biên chế năm 2026", *BODY[:1],
            "Nghị quyết này được Hội đồng nhân dân thông qua ngày 9 tháng 12 năm 2025.",
        ],
        {"issued_on": None, "place": "Huế", "is_draft": True},
    ),
    (
        "that a copy is signed is no recipient, and a youth union is an organ",
        [
            ("TỈNH ĐOÀN ĐẮK LẮK", "left"), ("BAN PHONG TRÀO", "left"), ("Số: 31-KH/BPT", "left"),
            "KẾ HOẠCH", "Chiến dịch hè năm 2026", *BODY, ("Nơi nhận:", "left"), ("- Lưu: VP;", "left"),
            ("TRƯỞNG BAN", "right"), ("(Đã ký)", "right"), ("Lê Văn Bình", "right"),
        ],
        {"issuer_parent.name": "TỈNH ĐOÀN ĐẮK LẮK", "recipients": ("Lưu: VP",), "signer.name": "Lê Văn Bình"},
    ),
    (
        "a word that the end of a line parts is no organ of its own",
        [
            ("BỘ NÔNG NGHIỆP VÀ MÔI", "left"), ("TRƯỜNG", "left"), ("SỞ LAO ĐỘNG VÀ XÃ", "left"), ("HỘI TỈNH", "left"),
            ("Số: 15/KH-SLĐXH", "left"), "KẾ HOẠCH", "Năm 2026", *BODY,
        ],
        {"issuer.name": "SỞ LAO ĐỘNG VÀ XÃ HỘI TỈNH", "issuer_parent.name": "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"},
    ),
    (
        "an appendix alone has no header",
        ["PHỤ LỤC", "DANH MỤC NHIỆM VỤ", "1. Rà soát quy hoạch."],
        {"type": None, "number": None, "place": None, "issuer": None, "title": None, "signer": None},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lines", "expected"), CASES, ids=[c[0] for c in CASES])
def test_header(name: str, lines: list[Any], expected: dict[str, Any]) -> None:
    """Each expected field, a dot going into the agency or the signer."""
    header = header_of(lines)
    for field, value in expected.items():
        found: Any = header
        for part in field.split("."):
            found = getattr(found, part)
        assert found == value, field


@pytest.mark.parametrize(("read", "place"), [("Cân Thơ", "Cần Thơ"), ("Cần Thơ", "Cần Thơ"), ("Tân Hưng", "Tân Hưng")])
def test_a_place_that_lost_a_mark_in_ocr(read: str, place: str) -> None:
    """Only a province that nothing else is like is put right, and the finding keeps what was read."""
    lines = ["Số: 7/KH-STP", f"{read}, ngày 9 tháng 1 năm 2026", "KẾ HOẠCH", "Phổ biến pháp luật"]
    parts = tuple(Paragraph(tuple(Word(w) for w in line.split())) for line in lines)
    layout = lay_out(clean(Source(INFO, parts)), scanned=True)
    assert layout.header.place == place
    assert [read in f.message for f in layout.findings] == ([True] if read != place else [])


def test_a_title_over_several_bold_lines_is_one_title() -> None:
    lines: list[str | tuple[str, Column]] = [
        "Số: 3/KH-UBND", "KẾ HOẠCH", "Thực hiện nghị quyết", "về kinh tế tư nhân", "Thực hiện chỉ đạo của tỉnh, xã xây dựng kế hoạch:",
    ]  # fmt: skip
    header = header_of(lines, bold=("KẾ HOẠCH", "Thực hiện nghị quyết", "về kinh tế tư nhân"))
    assert header.title == "Thực hiện nghị quyết về kinh tế tư nhân"


@pytest.mark.parametrize(
    ("scanned", "messages"),
    [
        (
            False,
            [
                "Số của văn bản để trống (ký hiệu KH-THPT); cần bổ sung số.",
                "Ngày, tháng, năm ban hành để trống hoặc không đọc được.",
            ],
        ),
        (
            True,
            [
                "Số của văn bản để trống hoặc viết tay, OCR không đọc được (ký hiệu KH-THPT); cần bổ sung số.",
                "Ngày, tháng, năm ban hành để trống hoặc viết tay, OCR không đọc được.",
                "Không đọc được họ tên người ký; cần đối chiếu bản gốc.",
            ],
        ),
    ],
)
def test_what_a_scan_may_hold_by_hand_is_told(scanned: bool, messages: list[str]) -> None:
    header = Header(symbol="KH-THPT", place="Huế", signer=Signer(None, "HIỆU TRƯỞNG", None))
    assert [f.message for f in check_header(header, scanned=scanned)] == messages
