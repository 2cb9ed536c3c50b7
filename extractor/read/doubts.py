"""What the reader is not sure of, as findings: pages that could not be read, numbers OCR was unsure of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from extractor.document import Finding
from extractor.read.page import PrintedPage
from extractor.read.trust import REASONS, Verdict

_SURE = 80.0
_SHOWN = 12
# A word in which a wrong character changes a number, a date, a symbol or a quarter.
_TELLING = re.compile(r"\d|[Š§]|^[IVXLHU|\]]{1,5}[./,;]?$|[A-ZĐ]{2,}[-/]")


def findings_of(pages: Sequence[PrintedPage], reasons: Mapping[int, Verdict], read: set[int]) -> Iterator[Finding]:
    """The findings about the pages. `reasons` tells what is wrong with a text layer, `read` what OCR read."""
    for index, page in enumerate(pages):
        verdict = reasons.get(index)
        if verdict == "empty" or (index in read and not page.words):
            yield Finding("empty_page", "info", f"Trang {page.number} không có chữ.")
        elif verdict is not None and index not in read:
            yield Finding(
                "unreadable_text_layer",
                "error",
                f"Trang {page.number} chưa đọc được: {REASONS[verdict]}. Cần OCR: "
                "apt-get install tesseract-ocr tesseract-ocr-vie.",
            )
        if written := [w.text for w in page.words if w.written]:
            yield Finding(
                "low_ocr_confidence",
                "warning",
                f"Trang {page.number}: chữ số viết tay hoặc đóng dấu được đọc là {_quoted(written)}; "
                "cần đối chiếu bản gốc.",
            )
        doubtful = [w.text for w in page.words if w.confidence < _SURE and not w.written and _TELLING.search(w.text)]
        if doubtful:
            shown = _quoted(dict.fromkeys(doubtful[:_SHOWN]))
            yield Finding(
                "low_ocr_confidence",
                "warning",
                f"Trang {page.number}: OCR chưa chắc các số, ngày, ký hiệu {shown}; cần đối chiếu bản gốc.",
            )


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{text}”" for text in words)
