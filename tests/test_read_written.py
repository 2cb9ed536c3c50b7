"""Numbers and days written or stamped into the blanks of a scanned head: read where they are sure, else left blank."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from drawn import needs_fonts
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image, ImageDraw, ImageFont

from extractor.read.doubts import findings_of
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.raster import Picture
from extractor.read.tesseract import Read
from extractor.read.written.blanks import blank_lines
from extractor.read.written.components import pieces_of, upright
from extractor.read.written.digits import NONE, probabilities
from extractor.read.written.reader import filled_in
from extractor.rules import load

BLANKS = load("reading")["blank"]
BLACK, BLUE, RED = (30, 30, 30), (40, 50, 170), (210, 40, 50)
SERIF = "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf"
SCALE = 300 / 72
SIZE = 54


@pytest.mark.parametrize(("row", "example"), [(r, e) for r in BLANKS for e in r["examples"]])
def test_what_was_written_into_a_blank_is_told_from_the_print(row: dict[str, Any], example: dict[str, str]) -> None:
    m = re.search(row["pattern"], example["text"])
    assert m, row["name"]
    assert {k: m[k] for k in example if k != "text"} == {k: v for k, v in example.items() if k != "text"}


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in BLANKS for e in r["not_examples"]])
def test_a_sentence_has_no_blank(row: dict[str, Any], line: str) -> None:
    assert not re.search(row["pattern"], line), row["name"]


class Scan:
    """A line of a scan as drawn and as OCR read it: print, and what was filled in between."""

    def __init__(self, style: str = "Regular") -> None:
        self.page = Image.new("RGB", (2000, 400), "white")
        self.pen = ImageDraw.Draw(self.page)
        self.font = ImageFont.truetype(SERIF.format(style), SIZE)
        self.x = 100.0
        self.read: list[Read] = []

    def print(self, text: str, *, seen: str | None = None, sure: float = 96.0) -> Scan:
        """A printed word; `seen` is what OCR makes of it."""
        self._draw(text, self.font, BLACK, text if seen is None else seen, sure)
        self.x += 0.25 * SIZE
        return self

    def fill(self, text: str, ink: tuple[int, int, int], *, seen: str = "", style: str = "Bold") -> Scan:
        """Digits stamped into the blank behind the last word."""
        self.x += 0.1 * SIZE
        self._draw(text, ImageFont.truetype(SERIF.format(style), SIZE), ink, seen, 30.0)
        self.x += 0.4 * SIZE
        return self

    def _draw(self, text: str, font: ImageFont.FreeTypeFont, ink: tuple[int, int, int], seen: str, sure: float) -> None:
        self.pen.text((self.x, 150), text, font=font, fill=ink)
        box = self.pen.textbbox((self.x, 150), text, font=font)
        if seen:
            self.read.append((seen, *map(float, box), sure))
        self.x += self.pen.textlength(text, font=font)

    def filled(self) -> list[PrintedWord]:
        """The words, what was filled in read."""
        pixels = np.asarray(self.page)
        picture = Picture(pixels[..., 0].copy(), SCALE, pixels[..., 2].copy())
        words = [PrintedWord(r[0], *(v / SCALE for v in r[1:5]), 13.0, confidence=r[5]) for r in self.read]
        return filled_in(words, [self.read], lambda: picture, picture)

    def text(self) -> str:
        return " ".join(w.text for w in sorted(self.filled(), key=lambda w: w.x0))


def number_line(digits: str, ink: tuple[int, int, int], seen: str = "(4C") -> Scan:
    return Scan().print("Số:").fill(digits, ink, seen=seen).print("/KH-UBND")


def date_line(day: str, month: str, ink: tuple[int, int, int]) -> Scan:
    scan = Scan("Italic").print("Lào").print("Cai,").print("ngày").fill(day, ink, seen=">)S")
    return scan.print("tháng").fill(month, ink, seen="|Ö").print("năm").print("2026")


@needs_fonts
@pytest.mark.parametrize("ink", [BLACK, BLUE, RED], ids=["black", "blue", "red"])
@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        (lambda ink: number_line("273", ink), "Số: 273/KH-UBND"),
        (lambda ink: number_line("1985", ink, ""), "Số: 1985/KH-UBND"),
        (lambda ink: number_line("46", ink, "4б"), "Số: 46/KH-UBND"),
        (lambda ink: date_line("28", "10", ink), "Lào Cai, ngày 28 tháng 10 năm 2026"),
        (lambda ink: date_line("05", "3", ink), "Lào Cai, ngày 05 tháng 3 năm 2026"),
    ],
)
def test_digits_in_a_blank_are_read_in_any_ink(scan: Any, expected: str, ink: tuple[int, int, int]) -> None:
    assert scan(ink).text() == expected


@needs_fonts
@pytest.mark.parametrize(
    ("scan", "expected"),
    [
        (number_line("27B", BLUE), "Số: /KH-UBND"),
        (number_line("85/26", BLACK), "Số: /KH-UBND"),
        (number_line("000", BLACK), "Số: /KH-UBND"),
        (number_line("xk", BLUE), "Số: /KH-UBND"),
        (date_line("47", "10", BLUE), "Lào Cai, ngày tháng 10 năm 2026"),
        (date_line("28", "19", BLACK), "Lào Cai, ngày 28 tháng năm 2026"),
    ],
)
def test_what_is_no_number_or_no_day_is_left_blank(scan: Scan, expected: str) -> None:
    """A wrong number is worse than none."""
    assert scan.text() == expected


@needs_fonts
def test_an_empty_blank_and_digits_that_ocr_does_not_doubt_stay() -> None:
    empty = Scan().print("Số:").fill("   ", BLACK).print("/KH-UBND")
    assert empty.text() == "Số: /KH-UBND"
    known = Scan().print("Số:").print("273/KH-UBND", seen="275/KH-UBND")
    assert known.text() == "Số: 275/KH-UBND"
    day = Scan("Italic").print("Lào").print("Cai,").print("ngày").print("05", seen="06").print("tháng").print("3")
    assert day.print("năm").print("2026").text() == "Lào Cai, ngày 06 tháng 3 năm 2026"


@needs_fonts
def test_what_ocr_glued_to_the_words_is_told_from_them() -> None:
    scan = Scan("Italic").print("Lào").print("Cai,")
    left = scan.x
    scan.print("ngày", seen="").fill("17", BLUE).print("tháng", seen="")
    scan.read.append(("ngày>7tháng", left, 160.0, scan.x - 0.25 * SIZE, 210.0, 20.0))
    scan.print("11").print("năm").print("2026")
    assert scan.text() == "Lào Cai, ngày 17 tháng 11 năm 2026"


@needs_fonts
def test_what_was_written_has_its_box_and_a_finding() -> None:
    scan = date_line("28", "10", BLUE)
    words = {w.text: w for w in scan.filled()}
    day, before, after = words["28"], words["ngày"], words["tháng"]
    assert before.x1 < day.x0 < day.x1 < after.x0
    page = PrintedPage(1, 480.0, 96.0, tuple(words.values()), scanned=True)
    messages = [f.message for f in findings_of([page], {}, {0})]
    assert messages == ["Trang 1: chữ số viết tay hoặc đóng dấu được đọc là “28”, “10”; cần đối chiếu bản gốc."]


@needs_fonts
@pytest.mark.parametrize("digit", range(10))
@pytest.mark.parametrize("style", ["Regular", "Italic", "BoldItalic"])
def test_a_printed_digit_is_known_and_two_are_not_one(digit: int, style: str) -> None:
    def ink(text: str) -> np.ndarray[Any, Any]:
        image = Image.new("L", (160, 90))
        ImageDraw.Draw(image).text((20, 10), text, font=ImageFont.truetype(SERIF.format(style), 60), fill=255)
        return np.asarray(image.crop(image.getbbox()), dtype=np.float32) / 255

    one, two = probabilities([ink(str(digit)), ink(f"{digit}{(digit + 3) % 10}")])
    assert (one.argmax(), one.max() > 0.8) == (digit, True)
    assert two.argmax() == NONE


@given(arrays(np.float32, (12, 17), elements=st.sampled_from([0.0, 0.0, 1.0])))
def test_the_pieces_of_ink_are_all_the_ink_and_none_twice(ink: np.ndarray[Any, Any]) -> None:
    whole = np.zeros_like(ink)
    for p in pieces_of(ink):
        whole[p.y : p.y1, p.x : p.x1] += p.ink
    assert (whole == ink).all()


@given(arrays(np.float32, (20, 30), elements=st.sampled_from([0.0, 0.0, 0.0, 1.0])))
def test_setting_upright_loses_no_ink(ink: np.ndarray[Any, Any]) -> None:
    assert upright(ink).sum() == ink.sum()


def test_a_page_without_a_head_has_no_blanks() -> None:
    line: list[Read] = [("Tổ", 10, 10, 40, 30, 95), ("chức", 50, 10, 90, 30, 95), ("họp;", 99, 10, 130, 30, 95)]
    assert blank_lines([line, []]) == []
