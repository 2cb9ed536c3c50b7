"""An audit as lines of text, one per cited document and one per finding: what every format of the report shows."""

from __future__ import annotations

import msgspec

from extractor.document import Finding
from extractor.register.audit import Audit, Checked, describe

FIELD_LABELS = {"number": "số", "type": "loại", "date": "ngày", "issuer": "cơ quan", "title": "trích yếu"}
MARKS = {"same": "✓", "differs": "✗", "unknown": "–"}
LEGEND = "✓ khớp, ✗ khác, – một bên không ghi hoặc chưa đủ rõ để so"
SEVERITIES = {"error": "lỗi", "warning": "cảnh báo", "info": "lưu ý"}


class CitedLine(msgspec.Struct, frozen=True):
    """One cited document as a clerk reads it. `tone` is "good", "bad" or "open" (nothing can be concluded)."""

    file: str
    page: int | None
    cited: str
    cited_title: str | None
    status: str
    label: str
    tone: str
    matched: str | None
    matched_title: str | None
    compared: str
    differences: str
    candidates: str
    note: str | None
    score: float | None


class FindingLine(msgspec.Struct, frozen=True):
    """One finding of the document itself."""

    file: str
    page: int | None
    severity: str
    code: str
    message: str


def cited_line(audit: Audit, c: Checked) -> CitedLine:
    """The line of a cited document."""
    d = c.document
    parts = [d.type, d.identifier or d.name]
    if d.name and d.type and d.name.startswith(d.type):
        parts = [d.name]
    shown = " ".join(p for p in parts if p)
    if d.issued_on:
        shown += f" ngày {d.issued_on:%d/%m/%Y}"
    if d.issuer:
        shown += f" của {d.issuer.name}"
    tone = "good" if c.status == "matched" else "open" if c.status == "not_found" else "bad"
    prefix = "gợi ý: " if c.status == "number_near_miss" and c.matched else ""
    return CitedLine(
        file=audit.file,
        page=c.span.page if c.span else None,
        cited=shown,
        cited_title=d.title,
        status=c.status,
        label=c.label,
        tone=tone,
        matched=prefix + describe(c.matched) if c.matched else None,
        matched_title=c.matched.title if c.matched else None,
        compared=", ".join(f"{FIELD_LABELS[f.field]} {MARKS[f.verdict]}" for f in c.compared),
        differences=" ".join(x.message for x in c.differences),
        candidates="; ".join(describe(e) for e in c.candidates),
        note=c.note,
        score=c.score,
    )


def finding_lines(audit: Audit) -> tuple[FindingLine, ...]:
    """The findings of the document itself; those of the audit are told with the cited documents."""
    own = (f for f in audit.document.findings if f.code not in ("not_in_register", "register_difference"))
    return tuple(_finding(audit, f) for f in own)


def _finding(audit: Audit, f: Finding) -> FindingLine:
    return FindingLine(audit.file, f.span.page if f.span else None, SEVERITIES[f.severity], f.code, f.message)


def heading(audit: Audit) -> str:
    """The document and the day for which validity was judged."""
    h = audit.document.header
    named = " ".join(p for p in (h.type, h.identifier) if p) or "văn bản không có số"
    day = f" ngày {h.issued_on:%d/%m/%Y}" if h.issued_on else ""
    return f"{audit.file}: {named}{day} – hiệu lực xét tại ngày {audit.as_of:%d/%m/%Y}"


def totals(audit: Audit) -> str:
    """How many cited documents came out how: "5 khớp, 1 khác ngày"."""
    counts: dict[str, int] = {}
    for c in audit.checked:
        counts[c.label] = counts.get(c.label, 0) + 1
    return f"{len(audit.checked)} văn bản viện dẫn" + (
        ": " + ", ".join(f"{n} {label}" for label, n in counts.items()) if counts else ""
    )
