"""From mentions to documents: short forms, identity, self references, doubts."""

from __future__ import annotations

import datetime as dt

import pytest

from extractor.document import Agency, Header
from extractor.recognise.citations import find_citations
from extractor.resolve.references import Resolution, resolve


def read(text: str, header: Header | None = None) -> Resolution:
    """The resolution of a text."""
    return resolve(find_citations(text), text=text, header=header)


# text, and for each mention the identifier or name of the document it is resolved to
RESOLVED: list[tuple[str, list[str | None]]] = [
    ("Chỉ thị số 11-CT/TU ngày 04/01/2026 của Tỉnh ủy. Theo Chỉ thị 11, các sở thực hiện.", ["11-CT/TU"] * 2),
    ("Nghị quyết số 08-NQ/TU của Tỉnh ủy. Nghị quyết số 8 nêu rõ.", ["08-NQ/TU"] * 2),
    ("Quyết định số 92/QĐ-UBND ngày 19/01/2024. Quyết định nêu trên hết hạn.", ["92/QĐ-UBND"] * 2),
    ("Quyết định số 06/QĐ-TTg ngày 06/01/2022 (sau đây gọi tắt là Đề án 06). Theo Đề án 06, tỉnh làm.", ["06/QĐ-TTg"] * 3),
    ("Luật Bảo hiểm y tế ngày 14/11/2008 (viết tắt là Luật BHYT). Thi hành Luật BHYT.", ["Luật Bảo hiểm y tế"] * 3),
    # two that may be meant, or none: left open
    ("Nghị quyết số 57-NQ/TW của Bộ Chính trị và Nghị quyết số 57/NQ-CP của Chính phủ. Theo Nghị quyết 57, tỉnh làm.", ["57-NQ/TW", "57/NQ-CP", None]),
    ("Quyết định số 1/QĐ-TTg và Quyết định số 2/QĐ-TTg. Quyết định nêu trên hết hạn.", ["1/QĐ-TTg", "2/QĐ-TTg", None]),
    ("Theo Chỉ thị 19, các sở thực hiện.", [None]),
    # a scheme goes by its number alone, and one that a decision approves by the decision
    ("Đẩy mạnh Đề án 06 trên địa bàn.", ["06"]),
    ("Quyết định số 06/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Đề án dữ liệu dân cư (Đề án 06). Đề án 06 có hiệu quả.", ["06/QĐ-TTg"] * 3),
    # an open reference blocks the ones behind it
    ("Chỉ thị số 5/CT-TTg. Theo Chỉ thị 19 thì khác. Chỉ thị nêu trên vẫn áp dụng.", ["5/CT-TTg", None, None]),
    # the issuer tells which of two
    ("Nghị quyết số 57-NQ/TW và Nghị quyết số 57/NQ-CP. Nghị quyết 57 của Bộ Chính trị đã rõ.", ["57-NQ/TW", "57/NQ-CP", "57-NQ/TW"]),
    # a number with its issuer stands for a document though its symbol is nowhere told
    ("Thực hiện Chỉ thị 10 của Ban Thường vụ Tỉnh ủy về cải cách.", ["10"]),
    # identity: what a mention leaves out is no obstacle
    ("Nghị quyết số 36-NQ/TW ngày 30/01/2023 của Bộ Chính trị. Nghị quyết số 36-NQ/TW về sinh học.", ["36-NQ/TW"] * 2),
    ("Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025; Luật Tổ chức Chính phủ năm 2025", ["Luật Tổ chức Chính phủ"] * 2),
    ("Luật Bảo hiểm y tế năm 2008; vướng mắc của Luật BHYT", ["Luật Bảo hiểm y tế năm 2008"] * 2),
    ("Luật Viên chức; thi hành Luật Viên chức năm 2025", ["Luật Viên chức năm 2025"] * 2),
    ("Luật Đất đai; Luật Đất đai số 31/2024/QH15; Luật Đất đai năm 2024", ["31/2024/QH15"] * 3),
    ("Nghị quyết số 30c/NQCP; theo Nghị quyết số 30c/NQ-CP của Chính phủ", ["30c/NQ-CP"] * 2),
    # a scheme that goes by the number of the decision which approves it
    ("Đề án 06 được Thủ tướng Chính phủ phê duyệt tại Quyết định số 06/QĐ-TTg ngày 06/01/2022. Triển khai Đề án 06.", ["06/QĐ-TTg"] * 3),
    ("Đề án 06 (Quyết định số 06/QĐ-TTg) và Đề án 07.", ["06/QĐ-TTg", "06/QĐ-TTg", "07"]),
    ("Quyết định số 02/QĐ-UBND ngày 03/01/2025 của UBND tỉnh (gọi tắt là Quyết định 02) phê duyệt Đề án. Theo Quyết định 02, xã làm.", ["02/QĐ-UBND"] * 3),
    # a document known by type, date and issuer
    ("Quyết định ngày 05/3/2024 của Chủ tịch UBND tỉnh", ["Quyết định ngày 05/3/2024 của Chủ tịch UBND tỉnh"]),
    ("Quyết định số 12/QĐ-UBND ngày 05/3/2024 của Chủ tịch UBND tỉnh. Theo Quyết định ngày 05/3/2024 của Chủ tịch UBND tỉnh", ["12/QĐ-UBND"] * 2),
    ("Quyết định số 12/QĐ-UBND và số 13/QĐ-UBND ngày 05/3/2024. Quyết định số 14/QĐ-UBND ngày 05/3/2024. Quyết định ngày 05/3/2024 của UBND tỉnh", ["12/QĐ-UBND", "13/QĐ-UBND", "14/QĐ-UBND", "Quyết định ngày 05/3/2024 của UBND tỉnh"]),
    # one resolution of the Party by several names
    ("Nghị quyết Đại hội XIV của Đảng; Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV", ["Nghị quyết Đại hội XIV của Đảng"] * 2),
    ("Nghị quyết Trung ương 6 khóa XII; Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XII", ["Nghị quyết Trung ương 6 khóa XII"] * 2),
    ("Nghị quyết Trung ương 4 (khóa XI, XII)", ["Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII"]),
    ("Nghị quyết Đại hội XIII của Đảng; Nghị quyết Đại hội XIV của Đảng", ["Nghị quyết Đại hội XIII của Đảng", "Nghị quyết Đại hội XIV của Đảng"]),
    # a number that holds its year tells the document without a symbol; another year is another document
    ("Nghị định số 77/2010/NĐ-CP của Chính phủ. Sơ kết Nghị định 77/2010.", ["77/2010/NĐ-CP"] * 2),
    ("Nghị định số 77/2010/NĐ-CP của Chính phủ. Sơ kết Nghị định 77/2015.", ["77/2010/NĐ-CP", None]),
    ("Luật Phòng, chống tham nhũng năm 2018; theo Luật Phòng chống tham nhũng", ["Luật Phòng, chống tham nhũng năm 2018"] * 2),
    ("Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân năm 2003; Luật Tổ chức HĐND và UBND", ["Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân năm 2003"] * 2),
    # zeros before a number tell nothing
    ("Chỉ thị số 5-CT/TW. Chỉ thị số 05-CT/TW ngày 15/5/2016 của Bộ Chính trị.", ["5-CT/TW"] * 2),
    # a misprinted symbol is the same document
    ("Nghị quyết số 57-NQ/TVV của Bộ Chính trị. Nghị quyết số 57-NQ/TW ngày 22/12/2024.", ["57-NQ/TW"] * 2),
    # the document itself is no cited document
    ("Kế hoạch này thực hiện Kế hoạch số 9/KH-UBND; Kế hoạch số 12/KH-SYT", [None, "9/KH-UBND", None]),
]  # fmt: skip
OWN = Header(identifier="12/KH-SYT", issued_on=dt.date(2026, 3, 1))


@pytest.mark.parametrize(("text", "expected"), RESOLVED, ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_a_mention_finds_its_document(text: str, expected: list[str | None]) -> None:
    """Each mention has the document that the table gives, or none."""
    found = read(text, OWN)
    names = {d.id: d.identifier or d.name for d in found.cited_documents}
    assert [names.get(c.cited_document_id or "") for c in found.citations] == expected
    listed = [i for d in found.cited_documents for i in d.citation_ids]
    assert sorted(listed) == sorted(c.id for c in found.citations if c.cited_document_id)


FINDINGS: list[tuple[str, list[str]]] = [
    ("Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh", []),
    ("Nghị quyết số 30c/NQCP", ["malformed_symbol"]),
    ("Chỉ thị số 49-CT /TW", ["malformed_symbol"]),
    ("Quyết định số 866/QĐ-Tg", ["malformed_symbol"]),
    ("Nghị quyết số 57NQ/TW", ["malformed_symbol"]),
    ("Nghị quyết số 19-2017/NQ-CP", ["malformed_symbol"]),
    ("Nghị quyết số 07/NQ-TU", ["malformed_symbol"]),
    ("Chỉ thị số 38-CT/TTg", ["malformed_symbol"]),
    ("Kế hoạch số 12/QĐ-UBND", ["type_symbol_mismatch"]),
    ("Quy định số 178-QĐ/TW, Quyết định số 190-QĐ/TW", []),
    ("Nghị định số 45/2020/NĐ-CP của Thủ tướng Chính phủ", ["issuer_symbol_mismatch"]),
    ("Quyết định số 45/QĐ-TTg của Bộ Y tế", ["issuer_symbol_mismatch"]),
    ("Quyết định số 25/2018/QĐ-UBND ngày 12/9/2019", ["year_mismatch"]),
    ("Quyết định số 1/QĐ-TTg ngày 31/02/2024", ["invalid_date"]),
    ("Quyết định số 1/QĐ-TTg ngày 05/4/2026", ["date_after_document"]),
    ("Quyết định số 1/QĐ-TTg ngày 05/4/2024. Quyết định số 1/QĐ-TTg ngày 06/4/2024", ["conflicting_dates"]),
    ("Quyết định số l2/QĐ-UBND", ["malformed_symbol"]),
    ("Nghị quyết số 57-NQ/TVV", ["malformed_symbol"]),
    ("Nghị quyết số 25 – NQ/TW", ["malformed_symbol"]),
    ("Hướng dẫn số 7/HD-BCA-C07 của Cục Cảnh sát phòng cháy", []),
    ("Công văn số 12/BNV-TCBC của Bộ Tài chính", ["issuer_symbol_mismatch"]),
    ("Nghị định số 105/2005/NĐ-CP ngày 17 ngày 8 năm 2005", ["invalid_date"]),
    ("Báo cáo số 71/BC-HĐND ngày 13/9/2025 của Ban Dân tộc của Hội đồng nhân dân tỉnh", []),
    ("Thông tư số 12/2020/TT-BNNMT ngày 29/5/2020 của Bộ Nông nghiệp và Môi trường", ["issuer_date_mismatch"]),
    ("Kế hoạch số 9/KH-UBND ngày 9/9/2025 của UBND huyện Mộ Đức", ["issuer_date_mismatch"]),
    ("Kế hoạch số 9/KH-UBND ngày 9/9/2024 của UBND huyện Mộ Đức", []),
    ("Công văn số 4/SKHĐT-TH ngày 5/1/2026 của Giám đốc Sở Kế hoạch và Đầu tư", ["issuer_date_mismatch"]),
    ("Công văn số 4/SKHĐT-TH ngày 10/3/2025 của Sở Kế hoạch và Đầu tư", []),
    ("Theo Chỉ thị 19, các sở thực hiện.", ["unresolved_reference"]),
    ("Quyết định số 1/QĐ-TTg và Quyết định số 2/QĐ-TTg. Quyết định nêu trên", ["ambiguous_reference"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "codes"), FINDINGS, ids=lambda v: v[:60] if isinstance(v, str) else "")
def test_a_doubt_is_told(text: str, codes: list[str]) -> None:
    """The findings of a text are those of the table."""
    assert [f.code for f in read(text, OWN).findings] == codes


PLACED = [
    ("Quyết định số 5/QĐ-UBND của UBND tỉnh", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
    ("Nghị quyết số 5-NQ/TU của Ban Thường vụ Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Quảng Ngãi"),
    ("Quyết định số 5/QĐ-UBND của UBND tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai"),
    ("Nghị quyết số 5-NQ/ĐU của Đảng ủy xã", "Đảng ủy xã Bình Minh"),
    ("Thông tư số 5/2024/TT-BTC của Bộ Tài chính", "Bộ Tài chính"),
]


@pytest.mark.parametrize(("text", "full"), PLACED, ids=lambda v: v[:50])
def test_the_place_comes_from_the_document(text: str, full: str) -> None:
    """Where the text leaves the place out, it is the citing document's own; the printed name is kept."""
    header = Header(
        place="Quảng Ngãi", issuer=Agency("UBND XÃ BÌNH MINH", "Ủy ban nhân dân xã Bình Minh", "people_committee")
    )
    (c,) = read(text, header).citations
    assert c.issuer
    assert (c.issuer.canonical, c.issuer.name in c.text) == (full, True)


def test_the_centre_has_no_province_of_its_own() -> None:
    """ "UBND tỉnh" in a paper of the Government is any province."""
    header = Header(place="Hà Nội", issuer=Agency("CHÍNH PHỦ", "Chính phủ", "other"))
    (c,) = read("Quyết định số 5/QĐ-UBND của UBND thành phố", header).citations
    assert c.issuer
    assert c.issuer.canonical == "Ủy ban nhân dân thành phố"


def test_one_number_of_the_own_and_another_province_is_two_documents() -> None:
    """ "UBND tỉnh" is the document's own province, not the other one that is named."""
    text = "Quyết định số 5/QĐ-UBND của UBND tỉnh; Quyết định số 5/QĐ-UBND của UBND tỉnh Lào Cai"
    assert len(read(text, Header(place="Quảng Ngãi")).cited_documents) == 2


def test_numbers_restart_every_year() -> None:
    """One number in two years is two documents, and the reader is told."""
    found = read("Kế hoạch số 5/KH-UBND ngày 10/01/2023; Kế hoạch số 5/KH-UBND ngày 12/01/2024", OWN)
    assert [d.issued_on for d in found.cited_documents] == [dt.date(2023, 1, 10), dt.date(2024, 1, 12)]
    assert len({d.id for d in found.cited_documents}) == 2
    assert [f.code for f in found.findings] == ["conflicting_dates"]


def test_a_commune_and_its_province_may_sign_one_number_on_one_day() -> None:
    """Issuers of different levels are never one, though number and day agree; names of one level may differ."""
    apart = read(
        "Quyết định số 6/QĐ-UBND ngày 10/01/2024 của UBND xã Tân Lập; "
        "Quyết định số 6/QĐ-UBND ngày 10/01/2024 của UBND tỉnh."
    )
    assert len(apart.cited_documents) == 2
    same = read(
        "Nghị quyết số 8-NQ/TU ngày 10/01/2024 của Tỉnh ủy; "
        "Nghị quyết số 8-NQ/TU ngày 10/01/2024 của Ban Chấp hành Đảng bộ tỉnh."
    )
    assert len(same.cited_documents) == 1


def test_one_number_of_two_provinces_is_two_documents() -> None:
    """A number alone never makes two documents one."""
    found = read("Quyết định số 5/QĐ-UBND của UBND tỉnh Lào Cai; Quyết định số 5/QĐ-UBND của UBND tỉnh Quảng Ngãi")
    assert len(found.cited_documents) == 2


def test_a_date_is_taken_over_in_the_document_only() -> None:
    """A mention without date stays without; its document has the date of the other mention."""
    found = read("Nghị quyết số 36-NQ/TW. Nghị quyết số 36-NQ/TW ngày 30/01/2023 của Bộ Chính trị")
    assert [c.issued_on for c in found.citations] == [None, dt.date(2023, 1, 30)]
    assert [d.issued_on for d in found.cited_documents] == [dt.date(2023, 1, 30)]
    assert found.cited_documents[0].issuer is not None


def test_a_repeated_number_is_a_short_form() -> None:
    """ND30, Phụ lục I, II.6.b: later mentions give type and number only."""
    found = read("Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh. Theo Quyết định số 92/QĐ-UBND, sở làm.")
    assert [c.form for c in found.citations] == ["numbered", "short"]


def test_the_own_number_is_a_self_reference() -> None:
    """The text's own number is form self and no cited document."""
    found = read("(Kèm theo Kế hoạch số 12/KH-SYT ngày 01/3/2026 của Sở Y tế)", OWN)
    assert [(c.form, c.relation) for c in found.citations] == [("self", "attached_to")]
    assert found.cited_documents == ()


def test_a_title_in_capitals_does_not_spell_the_document() -> None:
    """ "19/CT-TTG" in a title is 19/CT-TTg, and no slip."""
    found = read(
        "THỰC HIỆN CHỈ THỊ SỐ 19/CT-TTG CỦA THỦ TƯỚNG CHÍNH PHỦ\nThực hiện Chỉ thị số 19/CT-TTg của Thủ tướng Chính phủ"
    )
    (document,) = found.cited_documents
    assert (document.identifier, document.issuer and document.issuer.name) == ("19/CT-TTg", "Thủ tướng Chính phủ")
    assert found.findings == ()


def test_ids_are_stable_and_speak() -> None:
    """An id is built from type, issuer, date and identifier."""
    text = "Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh"
    assert read(text).cited_documents[0].id == "qd-ubnd-tinh-2024-01-19-92-qd-ubnd"
    assert read(text) == read(text)


def test_named_laws_of_one_name_are_told_apart_by_date() -> None:
    """Amending laws share a name; each date is a document."""
    law = "Luật sửa đổi, bổ sung một số điều của Luật bảo hiểm y tế"
    found = read(f"{law} ngày 13 tháng 6 năm 2014; {law} ngày 27 tháng 11 năm 2024")
    assert [(d.name, d.issued_on) for d in found.cited_documents] == [
        (law, dt.date(2014, 6, 13)),
        (law, dt.date(2024, 11, 27)),
    ]
