"""Clean text: what is mended, what is left as printed, and the way back to the page."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.clean import Block, Grid, clean, normalise
from extractor.document import SourceInfo
from extractor.source import Cell, Paragraph, Source, Table, Word

INFO = SourceInfo("a.txt", "0" * 64, "text/plain", None, "text")

CASES = [
    ("QÐ-UBND", "QĐ-UBND", "U+00D0 is not the Vietnamese letter"),
    ("đã", "đã", "U+00F0 likewise"),
    ("Ƣu", "Ưu", "a frequent misprint of fonts"),
    ("uỷ", "uỷ", "spelling is left as printed"),
    ("hoà", "hoà", "spelling is left as printed"),
    ("18–NQ/TW", "18-NQ/TW", "a dash inside a symbol"),
    ("92/QĐ–UBND", "92/QĐ-UBND", "a dash inside a symbol"),
    ("30c/NQ\u00adCP", "30c/NQ-CP", "a soft hyphen inside a symbol"),
    ("tài\u00ad", "tài", "any other soft hyphen"),
    ("2026–2030", "2026–2030", "a dash between years is left"),
    ("nghi\u0323\u0302", "nghị\u0302", "composed as far as it goes"),
    ("kê\u0301", "kế", "NFD is composed"),
    ("\u200bSở\ufeff", "Sở", "zero-width characters"),
    ("khoa\u00a0học", "khoa học", "no-break space"),
    ("\x07", "", "control characters"),
    ("a\ud830b", "ab", "half of a surrogate pair, as a damaged text layer has"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), CASES, ids=[c[2] + " " + repr(c[0]) for c in CASES])
def test_word(printed: str, expected: str, why: str) -> None:
    assert normalise(printed) == unicodedata.normalize("NFC", expected)


@given(st.text(max_size=40))
def test_normalise_is_idempotent_and_nfc(word: str) -> None:
    once = normalise(word)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


WORDS = st.lists(st.text(min_size=1, max_size=8).filter(lambda s: not s.isspace()), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_every_character_maps_back_to_its_word(paragraphs: list[list[str]]) -> None:
    """The page of a span is the page of the word that printed its first character."""
    parts = []
    for page, words in enumerate(paragraphs, 1):
        parts.append(Paragraph(tuple(Word(w, page, 10.0 * i, 5, 10.0 * i + 8, 15) for i, w in enumerate(words))))
    text = clean(Source(INFO, tuple(parts)))
    assert text.value.count("\n") == len(text.blocks)
    for block in text.blocks:
        assert isinstance(block, Block)
        span = text.locate(block.start, block.end)
        assert span.page == block.page
        assert {b.page for b in span.boxes} == {block.page}
        assert "\n" not in text[block]


def test_closed_up_symbol_is_one_word_with_two_boxes() -> None:
    """ "18-" at a line end and "NQ/TW" on the next line read as one symbol, and both places are kept."""
    words = (Word("18-", 1, 500, 100, 520, 112), Word("NQ/TW", 1, 80, 116, 120, 128, before=""))
    text = clean(Source(INFO, (Paragraph(words),)))
    assert text.value == "18-NQ/TW\n"
    assert len(text.locate(0, 8).boxes) == 2


def test_words_of_one_line_share_a_box() -> None:
    words = tuple(Word(w, 2, 50.0 + 30 * i, 100, 75.0 + 30 * i, 112) for i, w in enumerate(["Sở", "Y", "tế"]))
    span = clean(Source(INFO, (Paragraph(words),))).locate(0, 7)
    assert span.page == 2
    assert [(b.x0, b.x1) for b in span.boxes] == [(50.0, 135.0)]


def test_a_merged_cell_stands_once() -> None:
    """A lead given once for two rows is one block in both rows of the grid."""
    lead = Cell((Word("Sở"), Word("Nội"), Word("vụ")))
    rows = tuple((Cell((Word(str(i)),)), Cell((Word("Rà"), Word("soát"))), lead) for i in (1, 2))
    text = clean(Source(INFO, (Table(rows),)))
    (grid,) = text.blocks
    assert isinstance(grid, Grid)
    assert text.value == "1\tRà soát\tSở Nội vụ\n2\tRà soát\n"
    assert grid.rows[0][2] is grid.rows[1][2]
    assert text[grid.rows[1][2]] == "Sở Nội vụ"
