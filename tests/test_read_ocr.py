"""Scans and broken text layers: told by measure, read by OCR, doubts reported."""

from __future__ import annotations

import io

import pytest
from drawn import HEIGHT, WIDTH, Sheets, cells, needs_fonts, paragraphs, source_of, text_of

from extractor.errors import UnsupportedError
from extractor.read import ocr
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.pdf_page import PageText
from extractor.read.repairs import repaired_words
from extractor.read.syllables import marked_share, plausible_share
from extractor.read.trust import Verdict, judged

needs_tesseract = pytest.mark.skipif(not ocr.installed(), reason="Tesseract's Vietnamese model is not installed")

PROSE = (
    "Các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh chủ động rà soát quy chế làm việc, tăng cường kiểm tra việc "
    "chấp hành kỷ luật và báo cáo kết quả về Văn phòng trước ngày 15 tháng 12 hằng năm để tổng hợp theo quy định."
)


def scanned(data: bytes, turn: int = 0, dpi: int = 200) -> bytes:
    """The pages of a PDF as pictures without a text layer, lying on their side after `turn` quarter turns."""
    import pypdfium2 as pdfium
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pdfium.PdfDocument(data):
        image: Image.Image = page.render(scale=dpi / 72).to_pil().rotate(-90 * turn, expand=True)
        size = (WIDTH, HEIGHT) if turn % 2 == 0 else (HEIGHT, WIDTH)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(image), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def layer(text: str, image_share: float = 0.0, hidden: str = "", paths: int = 0) -> PageText:
    def words(line: str) -> tuple[PrintedWord, ...]:
        return tuple(
            PrintedWord(
                w, 80.0 + 40 * (n % 10), 80.0 + 16 * (n // 10), 110.0 + 40 * (n % 10), 93.0 + 16 * (n // 10), 13.0
            )
            for n, w in enumerate(line.split())
        )

    return PageText(PrintedPage(1, WIDTH, HEIGHT, words(text)), words(hidden), image_share, paths)


# A broken character map gives every letter another one's place, here in the Cyrillic supplement.
BROKEN = "".join(chr(ord(c) + 0x490) if c.isalpha() and c.isascii() else c for c in PROSE)
TONELESS = (
    "Cac co quan chuyen mon thuoc Uy ban nhan dan tinh chu dong ra soat quy che lam viec tang cuong kiem tra viec chap "
    "hanh ky luat va bao cao ket qua ve Van phong truoc ngay theo quy dinh"
)
LAYERS: dict[str, tuple[PageText, Verdict]] = {
    "prose": (layer(PROSE), "good"),
    "a page of figures": (layer("1 2 3 4 5 6 7 8 9 100 200"), "good"),
    "nothing at all": (layer(""), "empty"),
    "a picture alone": (layer("", 1.0), "missing"),
    "letters drawn as outlines": (layer("", paths=900), "missing"),
    "a picture with a signature's stamp": (layer("Ký bởi: SỞ Y TẾ", 0.95), "signature"),
    "letters of another alphabet": (layer(BROKEN), "broken"),
    "no marks and tones": (layer(TONELESS), "toneless"),
    "letters in disorder": (layer("xqzt wvrk bdfg " * 30), "broken"),
    "a scan with a good earlier OCR": (layer("", 1.0, hidden=PROSE), "good"),
    "a scan with a toneless earlier OCR": (layer("", 1.0, hidden=TONELESS + " " + TONELESS), "toneless"),
}


@pytest.mark.parametrize(("text", "verdict"), LAYERS.values(), ids=LAYERS.keys())
def test_a_text_layer_is_judged(text: PageText, verdict: Verdict) -> None:
    assert judged(text)[0] == verdict


def test_an_old_encoding_is_decoded_and_good() -> None:
    verdict, page = judged(layer("Uû ban nh©n d©n tØnh ban hµnh kÕ ho¹ch thùc hiÖn " * 6))
    assert verdict == "good"
    assert " ".join(w.text for w in page.words).startswith("Uỷ ban nhân dân tỉnh ban hành kế hoạch thực hiện")


def test_syllables_tell_vietnamese_from_disorder() -> None:
    assert plausible_share(PROSE.split()) == 1.0
    assert plausible_share(["strength", "rhythm", "through"]) == 0.0
    own, foreign = marked_share(PROSE)
    assert own > 0.2
    assert foreign == 0.0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Quý", "IH/2026"], [("Quý", 0, 1), ("III/2026", 1, 2)]),
        (["Số:", "(AC", "/KH-ĐHA"], [("Số:", 0, 1), ("/KH-ĐHA", 2, 3)]),
        (["tô", "chức"], [("tổ", 0, 1), ("chức", 1, 2)]),
    ],
)
def test_mended_words_keep_their_places(words: list[str], expected: list[tuple[str, int, int]]) -> None:
    assert repaired_words(words) == expected


@needs_fonts
@needs_tesseract
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_scan_is_read_whichever_way_it_lies(turn: int) -> None:
    sheets = Sheets()
    for n in range(1, 4):
        sheets.text(f"{n}. {PROSE}")
    source = source_of(scanned(sheets.data(), turn))
    assert source.info.text_origin == "ocr"
    assert source.info.ocr_pages == (1,)
    found = paragraphs(source)
    assert [p[:2] for p in found] == ["1.", "2.", "3."]
    right = sum(a == b for a, b in zip(found[0].split(), f"1. {PROSE}".split(), strict=False))
    assert right > 0.9 * len(PROSE.split())


@needs_fonts
@needs_tesseract
@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_scanned_table_is_a_table_whichever_way_it_lies(turn: int) -> None:
    sheets = Sheets()
    rows = [("TT", "Nội dung", "Chủ trì"), ("1", "Rà soát quy chế", "Sở Nội vụ"), ("2", "Báo cáo kết quả", "Sở Y tế")]
    sheets.table(rows, (85.0, 130.0, 360.0, 539.0))
    assert [row[1:] for row in cells(text_of(scanned(sheets.data(), turn)))[1:]] == [list(row[1:]) for row in rows[1:]]


@needs_fonts
@needs_tesseract
def test_pages_that_are_read_together_do_not_tell_on_each_other() -> None:
    """However many pages a run takes, each is read as if it were alone."""
    import pypdfium2 as pdfium

    sheets = Sheets()
    for n in range(1, 4):
        sheets.text(f"{n}. {PROSE}")
        sheets.next()
    sheets.table([("TT", "Việc", "Ai"), ("1", "Theo Kế hoạch số 46/KH-STTTT", "Sở Y tế")], (85.0, 130.0, 360.0, 539.0))
    document = pdfium.PdfDocument(scanned(sheets.data()))
    one, four = (ocr.ocr_pages(document, range(4), 300, threads) for threads in (1, 4))
    assert len(one) == 4
    assert one == four


@needs_fonts
@needs_tesseract
def test_only_the_pages_without_text_are_read_by_ocr() -> None:
    import pypdfium2 as pdfium

    first, second = Sheets(), Sheets()
    first.text(PROSE)
    second.text(PROSE)
    document = pdfium.PdfDocument(first.data())
    document.import_pages(pdfium.PdfDocument(scanned(second.data())))
    buffer = io.BytesIO()
    document.save(buffer)
    source = source_of(buffer.getvalue())
    assert (source.info.text_origin, source.info.ocr_pages) == ("mixed", (2,))
    forced = source_of(buffer.getvalue(), ocr="force")
    assert (forced.info.text_origin, forced.info.ocr_pages) == ("ocr", (1, 2))


@needs_fonts
def test_without_ocr_a_scan_is_an_error_and_a_mixed_file_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdfium2 as pdfium

    monkeypatch.setattr(ocr, "installed", lambda: False)
    sheets = Sheets()
    sheets.text(PROSE)
    scan = scanned(sheets.data(), dpi=72)
    with pytest.raises(UnsupportedError, match="tesseract-ocr-vie"):
        source_of(scan)
    text = Sheets()
    text.text(PROSE)
    document = pdfium.PdfDocument(text.data())
    document.import_pages(pdfium.PdfDocument(scan))
    buffer = io.BytesIO()
    document.save(buffer)
    source = source_of(buffer.getvalue())
    assert paragraphs(source) == [PROSE]
    assert [f.code for f in source.findings] == ["unreadable_text_layer"]


@needs_fonts
def test_never_means_never() -> None:
    sheets = Sheets()
    sheets.text(PROSE)
    source = source_of(scanned(sheets.data(), dpi=72), ocr="never")
    assert not source.parts
    assert [f.code for f in source.findings] == ["unreadable_text_layer"]


@needs_fonts
def test_an_empty_page_is_reported() -> None:
    sheets = Sheets()
    sheets.text(PROSE)
    sheets.next()
    source = source_of(sheets.data())
    assert [(f.code, f.message) for f in source.findings] == [("empty_page", "Trang 2 không có chữ.")]
