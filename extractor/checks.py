"""Findings about the document as a whole and about its tasks; each says why, in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor import rules
from extractor.document import Finding, Header, Span, Task
from extractor.layout.outline import Node

_APPENDIX = re.compile(r"[Pp][Hh][Ụụ]\s[Ll][Ụụ][Cc]")
_REACH = 120  # past the words that say of what it is an appendix


def check_header(header: Header, *, scanned: bool = False) -> tuple[Finding, ...]:
    """Blank number and blank date; of a scan, where they may be written by hand, the name of the signer too."""
    found: list[Finding] = []
    blank = "để trống hoặc viết tay, OCR không đọc được" if scanned else "để trống"
    if header.symbol and header.number is None:
        message = f"Số của văn bản {blank} (ký hiệu {header.symbol}); cần bổ sung số."
        found.append(Finding("blank_number", "warning", message))
    if header.place and header.issued_on is None:
        unread = blank if scanned else "để trống hoặc không đọc được"
        found.append(Finding("blank_date", "warning", f"Ngày, tháng, năm ban hành {unread}."))
    if scanned and header.signer is not None and header.signer.name is None:
        message = "Không đọc được họ tên người ký; cần đối chiếu bản gốc."
        found.append(Finding("low_ocr_confidence", "warning", message))
    return tuple(found)


def check_appendix(text: str, nodes: Sequence[Node]) -> tuple[Finding, ...]:
    """An appendix that the text announces and that is not there."""
    if any(n.style == "appendix" for n in nodes):
        return ()
    for rule in rules.load("sections")["announces_appendix"]:
        if m := _announced(rule["pattern"], text):
            message = f"Văn bản dẫn chiếu “{m[0]}” nhưng không có phụ lục nào trong tệp."
            return (Finding("missing_appendix", "warning", message, None, Span(m.start(), m.end())),)
    return ()


def _announced(pattern: str, text: str) -> re.Match[str] | None:
    """Where the text first announces an appendix; only the lines that name one are looked at."""
    announced = re.compile(pattern)
    for named in _APPENDIX.finditer(text):
        start = text.rfind("\n", 0, named.start()) + 1
        if m := announced.search(text, start, named.end() + _REACH):
            return m
    return None


def check_tasks(rated: Sequence[tuple[Task, Sequence[str]]], header: Header) -> tuple[Finding, ...]:
    """Tasks without lead or deadline, deadlines that had passed when the document was issued, and every doubt."""
    found: list[Finding] = []
    for t, why in rated:
        if not t.lead:
            found.append(
                Finding(
                    "task_without_lead",
                    "warning",
                    f"Nhiệm vụ {t.ordinal} không nêu cơ quan chủ trì.",
                    t.id,
                    t.span,
                )
            )
        if not t.deadlines:
            found.append(
                Finding("task_without_deadline", "info", f"Nhiệm vụ {t.ordinal} không nêu thời hạn.", t.id, t.span)
            )
        if why:
            message = f"Nhiệm vụ {t.ordinal} nên xem lại: {'; '.join(why)}."
            found.append(Finding("doubtful_task", "info", message, t.id, t.span))
        for d in t.deadlines:
            if header.issued_on and d.end and d.end < header.issued_on:
                message = f"Thời hạn “{d.text}” đã qua khi văn bản được ban hành ({header.issued_on:%d/%m/%Y})."
                found.append(Finding("deadline_passed_at_issue", "warning", message, t.id, d.span))
            if "next_year" in d.assumed:
                message = f"Thời hạn “{d.text}” không ghi năm; hiểu là năm sau năm ban hành."
                found.append(Finding("ambiguous_deadline", "warning", message, t.id, d.span))
            if "deadline_from_heading" in d.assumed or "deadline_from_group" in d.assumed:
                message = f"Thời hạn “{d.text}” của nhiệm vụ {t.ordinal} lấy từ đề mục hoặc dòng chung của nhóm."
                found.append(Finding("ambiguous_deadline", "info", message, t.id, d.span))
    return tuple(found)
