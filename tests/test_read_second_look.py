"""A second look at doubtful symbols, dates and quarters: by known parts, by a vote, by the strokes of the picture."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import Sheets, needs_fonts
from msgspec.structs import replace

from extractor.read import second_look, tesseract
from extractor.read.page import PrintedWord
from extractor.read.raster import Picture, render, smaller
from extractor.read.symbols import as_known, by_strokes, split_symbol
from extractor.read.word_picture import strokes, word_picture

SCALE = 300 / 72


def drawn(text: str, face: str = "", size: float = 13.0) -> tuple[Picture, PrintedWord]:
    """A page with one word on it, and the word as OCR would place it."""
    import pypdfium2 as pdfium

    sheets = Sheets()
    sheets.line(text, 100.0, face, size, y=100.0)
    width = sheets._measure(text, f"Serif{face}", size)
    picture = render(pdfium.PdfDocument(sheets.data())[0], 300)
    return picture, PrintedWord(text, 100.0, 100 - 0.72 * size, 100 + width, 100 + 0.2 * size, size, confidence=40.0)


def looked(picture: Picture, words: list[PrintedWord]) -> list[PrintedWord]:
    (seen,) = second_look.looked_again([(picture, words)])
    return seen


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("12/2026/TT-BNV", ("12/2026", ["/TT", "-BNV"])),
        ("57-NQ/TW", ("57", ["-NQ", "/TW"])),
        ("46/KH-S1'1", ("46", ["/KH", "-S1'1"])),
        ("30/6/2026", None),
        ("KH-UBND", None),
    ],
)
def test_a_symbol_is_its_number_and_its_parts(word: str, parts: tuple[str, list[str]] | None) -> None:
    assert split_symbol(word) == parts


@pytest.mark.parametrize(
    ("part", "expected"),
    [("/QD", "/QĐ"), ("-SGDDT", "-SGDĐT"), ("-UBND", "-UBND"), ("/QH15", "/QH15"), ("-XYZW", "-XYZW")],
)
def test_a_part_without_vietnamese_letters_is_the_code_it_can_only_be(part: str, expected: str) -> None:
    assert as_known(part) == expected


@needs_fonts
@pytest.mark.parametrize(
    ("printed", "start"),
    [("I", "1"), ("II", "11"), ("III", "111"), ("III/2026", "1110"), ("II/2027.", "110"), ("IV", "100"), ("V", "00")],
)
@pytest.mark.parametrize("face", ["", "B"])
def test_upright_strokes_are_counted(printed: str, start: str, face: str) -> None:
    found = strokes(word_picture(*drawn(printed, face)))
    assert found[: len(start)] == start
    assert len(found) > len(start) or printed.isalpha()


@needs_fonts
@pytest.mark.parametrize(
    ("printed", "read", "following", "expected"),
    [
        ("46/KH-STTTT", "-S1'111", "", "-STTTT"),
        ("46/KH-STTTT", "-SLLLI", "", "-STTTT"),
        ("4898/TT-BTTTT", "-BI'L1'1", "", "-BTTTT"),
        ("99/KH-SVHTTDL", "-SVHI'1L)L", "", "-SVHTTDL"),
        ("793/BTTTT-THH", "/B1'1", "-THH", "/BTTTT"),
        # What has other letters, or as many strokes as no code has, is left.
        ("43/KH-BHXH", "-BHXH", "", None),
        ("43/KH-STT", "-S1'1", "", None),
        ("43/KH-SCT", "-SCT", "", None),
        ("3473/KH-BCĐ", "-BCD", "", None),
    ],
)
def test_a_row_of_t_is_told_by_its_strokes(printed: str, read: str, following: str, expected: str | None) -> None:
    assert by_strokes(read, following, strokes(word_picture(*drawn(printed)))) == expected


@needs_fonts
@pytest.mark.parametrize(
    ("printed", "read", "expected"),
    [
        ("III/2026", "IIH/2026", "III/2026"),
        ("II/2026.", "II//2026.", "II/2026."),
        ("III", "II", "III"),
        ("I", "l", "I"),
        ("I", "[", "I"),
        ("II/2026", "112026", "II/2026"),
        ("IV/2026", "[V/2026", "IV/2026"),
    ],
)
def test_a_quarter_is_counted_whatever_was_read(printed: str, read: str, expected: str) -> None:
    picture, word = drawn(printed)
    quarter = PrintedWord("quý", 70.0, word.top, 95.0, word.bottom, 13.0)
    assert [w.text for w in looked(picture, [quarter, replace(word, text=read)])][1] == expected


@needs_fonts
def test_a_quarter_without_clear_strokes_stays_and_is_doubted() -> None:
    picture, word = drawn("OO")
    quarter = PrintedWord("Quý", 70.0, word.top, 95.0, word.bottom, 13.0)
    (_, seen) = looked(picture, [quarter, replace(word, text="H", confidence=95.0)])
    assert (seen.text, seen.confidence < second_look.SURE) == ("H", True)


@needs_fonts
@pytest.mark.parametrize(("printed", "numeral"), [("quý II năm", ["II"]), ("quý I năm", ["I"]), ("quý       năm", [])])
def test_a_numeral_that_was_left_out_is_put_back(printed: str, numeral: list[str]) -> None:
    picture, word = drawn(printed)
    first, last = replace(word, text="quý", x1=119.5), replace(word, text="năm", x0=word.x1 - 22.4)
    assert [w.text for w in looked(picture, [first, last])] == ["quý", *numeral, "năm"]


@needs_fonts
def test_a_code_of_bars_is_doubted_however_sure_ocr_was() -> None:
    picture, word = drawn("71/KH-ABLLI")
    (seen,) = looked(picture, [replace(word, confidence=95.0)])
    assert seen.confidence < second_look.SURE


VOTES = [
    # read first, by the other model, at the other size: what is taken, and whether it is sure
    ("488-CTr/TU,", "488-CTr/TU", "488-CTr/TU", "488-CTr/TU,", True),
    ("4688-CTr/TU", "488-CTr/TU", "488-CTr/TU", "488-CTr/TU", False),
    ("80/TB-VPCGP", "80/TB-VPCP", "8O/TB-VPCP", "80/TB-VPCP", False),
    ("12/QĐ-UBND", "12/QD-UBND", "12/QĐ-UBND", "12/QĐ-UBND", True),
    ("12/QĐ-UBND", "72/QD-UBND", "17/QĐ-UBND", "12/QĐ-UBND", False),
    ("85/TTrn-STC", "85/TTr-STC", "", "85/TTr-STC", False),
    ("21/5/2026", "27/5/2026", "27/5/2026", "27/5/2026", False),
    ("21/5/2026", "27/5/2026", "21/5/2026", "21/5/2026", False),
]


@needs_fonts
@pytest.mark.parametrize(("first", "other", "again", "taken", "sure"), VOTES)
def test_three_readings_vote(
    monkeypatch: pytest.MonkeyPatch, first: str, other: str, again: str, taken: str, sure: bool
) -> None:
    picture, word = drawn("0")
    read = iter((other, again))
    monkeypatch.setattr(
        second_look, "lines_of_each", lambda cuts, _mode, _language: [[[(next(read), 0, 0, 0, 0, 0)]] for _ in cuts]
    )
    (seen,) = looked(picture, [replace(word, text=first)])
    assert (seen.text, seen.confidence >= second_look.SURE) == (taken, sure)


@needs_fonts
@pytest.mark.skipif("vie" not in tesseract.models(), reason="Tesseract's Vietnamese model is not installed")
def test_a_doubtful_word_is_read_again_from_the_page() -> None:
    picture, word = drawn("1184/KH-UBND")
    (seen,) = looked(picture, [replace(word, text="1134/KH-UBND")])
    assert seen.text == "1184/KH-UBND"


def test_a_picture_is_made_smaller_by_the_mean_of_what_it_shows() -> None:
    half = smaller(Picture(np.tile(np.array([0, 100], dtype=np.uint8), (4, 4)), 4.0), 0.5)
    assert (half.scale, half.gray.tolist()) == (2.0, [[50] * 4] * 2)


def test_a_picture_that_breaks_tesseract_costs_no_other_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    row = "5\t1\t1\t1\t1\t1\t10\t10\t40\t12\t96\tquý"
    answers = iter((None, row, None))
    monkeypatch.setattr(tesseract, "_run", lambda *_: next(answers))
    white = Picture(np.full((20, 60), 255, dtype=np.uint8), SCALE)
    assert tesseract.lines_of_each([white, white], "7") == [[[("quý", 10.0, 10.0, 50.0, 22.0, 96.0)]], []]
