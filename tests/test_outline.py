"""Labels and levels of the outline."""

from __future__ import annotations

import pytest

from extractor.clean import clean
from extractor.document import SourceInfo
from extractor.layout.outline import outline, read_label
from extractor.source import Paragraph, Source, Word

INFO = SourceInfo("a.txt", "0" * 64, "text/plain", None, "text")

LABELS = [
    ("I. MỤC TIÊU", "roman", "I"),
    ("IV- TỔ CHỨC", "roman", "IV"),
    ("1. Rà soát", "arabic", "1"),
    ("1.Rà soát", "arabic", "1"),
    ("12/ Rà soát", "arabic", "12"),
    ("1.1. Rà soát", "decimal", "1.1"),
    ("2.3.1 Rà soát", "decimal", "2.3.1"),
    ("1.2- Rà soát", "decimal", "1.2"),
    ("a) Rà soát", "letter", "a"),
    ("đ) Rà soát", "letter", "đ"),
    ("A. PHẦN CHUNG", "upper", "A"),
    ("(2) Rà soát", "parenthesis", "2"),
    ("- Rà soát", "dash", "-"),
    ("– Rà soát", "dash", "-"),
    ("+ Rà soát", "plus", "+"),
    ("• Rà soát", "bullet", "•"),
    ("Điều 3. Tổ chức thực hiện", "article", "Điều 3"),
    ("Phần thứ nhất", "part", "Phần thứ nhất"),
    ("CHƯƠNG II", "chapter", "CHƯƠNG II"),
    ("Mục 1. Quy định chung", "division", "Mục 1"),
    ("Rà soát quy hoạch", None, None),
    ("20/5/2024 là hạn cuối", None, None),
    ("2026 là năm đầu", None, None),
    ("3 tháng đầu năm", None, None),
]


@pytest.mark.parametrize(("line", "style", "text"), LABELS, ids=[c[0] for c in LABELS])
def test_label(line: str, style: str | None, text: str | None) -> None:
    label = read_label(line)
    assert (label and label.style) == style
    assert (label and label.text) == text


def tree(lines: list[str]) -> list[tuple[int, str | None]]:
    parts = tuple(Paragraph(tuple(Word(w) for w in line.split())) for line in lines)
    text = clean(Source(INFO, parts))
    return [(n.depth, n.label) for n in outline(text, text.blocks, frozenset())]


TREES = [
    (
        ["I. A", "1. B", "- C", "- D", "2. E", "II. F"],
        [(0, "I"), (1, "1"), (2, "-"), (2, "-"), (1, "2"), (0, "II")],
    ),
    (["1. A", "a) B", "- C", "+ D", "b) E"], [(0, "1"), (1, "a"), (2, "-"), (3, "+"), (1, "b")]),
    (["1. A", "1.1. B", "1.1.1. C", "1.2. D"], [(0, "1"), (1, "1.1"), (2, "1.1.1"), (1, "1.2")]),
    (
        ["II. A", "Nhiệm vụ 1: B", "1. C", "- D", "Nhiệm vụ 2: E", "III. F"],
        [(0, "II"), (1, "Nhiệm vụ 1"), (2, "1"), (3, "-"), (1, "Nhiệm vụ 2"), (0, "III")],
    ),
    (["1. A", "- B", "Bước 1: C", "Bước 2: D", "2. E"], [(0, "1"), (1, "-"), (1, "Bước 1"), (1, "Bước 2"), (0, "2")]),
    (["I. A", "- B", "1. C", "- D"], [(0, "I"), (1, "-"), (1, "1"), (2, "-")]),
    (["- A", "1. B", "a) C", "- D", "2. E"], [(0, "-"), (0, "1"), (1, "a"), (2, "-"), (0, "2")]),
    (["1. A", "a) B", "1.1. C"], [(0, "1"), (1, "a"), (1, "1.1")]),
    (["I. A", "lời dẫn", "1. B", "tiếp theo"], [(0, "I"), (1, None), (1, "1"), (2, None)]),
    (["I. A", "1. B", "PHỤ LỤC I", "1. C"], [(0, "I"), (1, "1"), (0, "PHỤ LỤC I"), (1, "1")]),
    (["Phần I", "MỤC TIÊU CHUNG", "1. B", "Chương 2", "NHIỆM VỤ"], [(0, "Phần I"), (1, "1"), (1, "Chương 2")]),
    (["1. A", "1) B", "2) C", "2. D"], [(0, "1"), (1, "1"), (1, "2"), (0, "2")]),
]


@pytest.mark.parametrize(("lines", "expected"), TREES)
def test_levels(lines: list[str], expected: list[tuple[int, str | None]]) -> None:
    """A kind of label that is open closes what is below it; a new kind goes one level deeper."""
    assert tree(lines) == expected


APPENDICES = [
    (["PHỤ LỤC I", "DANH MỤC", "NHIỆM VỤ"], [], "DANH MỤC\nNHIỆM VỤ"),
    (["Phụ lục I", "Mẫu báo cáo kết quả"], ["Mẫu báo cáo kết quả"], "Mẫu báo cáo kết quả"),
    (["PHỤ LỤC", "(Kèm theo Kế hoạch số 12/KH-SYT)", "DANH MỤC NHIỆM VỤ"], [], "DANH MỤC NHIỆM VỤ"),
    (["PHỤ LỤC", "(Kèm theo Kế hoạch số 12/KH-SYT)", "1. Rà soát"], [], ""),
    (["PHỤ LỤC", "Rà soát danh mục kèm theo.", "DANH MỤC"], [], ""),
]


@pytest.mark.parametrize(("lines", "centred", "title"), APPENDICES)
def test_the_title_of_an_appendix_stands_below_its_name(lines: list[str], centred: list[str], title: str) -> None:
    """What the appendix belongs to may stand between them."""
    parts = tuple(Paragraph(tuple(Word(w) for w in line.split()), centred=line in centred) for line in lines)
    text = clean(Source(INFO, parts))
    first = outline(text, text.blocks, frozenset())[0]
    assert text.value[first.start : first.end] == title
