"""The signer's name below a signature is looked at again where OCR doubts it, and taken whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from extractor.read import signed_name
from extractor.read.page import PrintedWord
from extractor.read.raster import Picture
from extractor.read.signed_name import name_in, with_signed_name
from extractor.read.tesseract import Read
from extractor.rules import load

SIGNER = load("reading")["signer"]
WIDTH, HEIGHT = 595.0, 842.0


@pytest.mark.parametrize("line", SIGNER["examples"])
def test_a_name_is_told_from_what_stands_beside_it(line: str) -> None:
    assert name_in(line.split())


@pytest.mark.parametrize("line", SIGNER["not_examples"])
def test_a_name_that_lost_a_part_is_none(line: str) -> None:
    assert name_in(line.split()) is None


def row(text: str, middle: float, base: float, confidence: float = 95.0) -> list[PrintedWord]:
    """Words of a line centred at `middle`, seven points a letter."""
    x = middle - 7 * len(text) / 2
    words = []
    for part in text.split():
        words.append(PrintedWord(part, x, base - 10, x + 7 * len(part), base + 3, 13.0, confidence=confidence))
        x += 7 * len(part) + 7
    return words


def looked(
    words: list[PrintedWord], seen: str, monkeypatch: pytest.MonkeyPatch, *, at: float = 430.0, confidence: float = 90.0
) -> str:
    """The text of the words after the second look, which sees `seen` centred at `at`."""
    box = signed_name._place_of_name(words, WIDTH)

    def lines_of_each(pictures: Sequence[Picture], segmentation: str) -> list[list[list[Read]]]:
        assert box is not None
        left, top = box[0][0] - 6, box[0][1] - 6
        read = [
            (w.text, w.x0 - left, w.top - top, w.x1 - left, w.bottom - top, confidence) for w in row(seen, at, 700.0)
        ]
        return [[read], []]

    plane = np.full((int(HEIGHT), int(WIDTH)), 255, dtype=np.uint8)
    monkeypatch.setattr(signed_name, "lines_of_each", lines_of_each)
    out = with_signed_name(words, WIDTH, lambda: Picture(plane, 1.0, plane))
    return " ".join(w.text for w in sorted(out, key=lambda w: (w.bottom, w.x0)))


HEAD = row("KT. GIÁM ĐỐC", 430, 580) + row("PHÓ GIÁM ĐỐC", 430, 598)


@pytest.mark.parametrize(
    ("below", "seen", "expected"),
    [
        ([], "Lê Văn Hùng", "Lê Văn Hùng"),
        (row("Lê Văn Hìng", 430, 700, 50.0), "Lê Văn Hùng", "Lê Văn Hùng"),
        (row("Lê Văn Hùng", 430, 700, 95.0), "Lê Văn Hưng", "Lê Văn Hùng"),
        (row("n Văn Hùng", 430, 700, 60.0), "Văn Hùng", "n Văn Hùng"),
        ([], "Mị Văn Hùng", ""),
    ],
)
def test_a_doubtful_name_is_replaced_by_a_whole_one(
    below: list[PrintedWord], seen: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = f"KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC {expected}".strip()
    assert looked([*HEAD, *below], seen, monkeypatch) == expected


def test_a_name_that_is_unsure_or_not_below_the_position_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked(HEAD, "Lê Văn Hùng", monkeypatch, confidence=40.0) == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"
    assert looked(HEAD, "Lê Văn Hùng", monkeypatch, at=490.0) == "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"


def test_a_page_without_a_signature_is_not_looked_at() -> None:
    def coloured() -> Picture:
        raise AssertionError("looked at")

    words = row("Tổ chức thực hiện", 430, 580)
    assert with_signed_name(words, WIDTH, coloured) == words
