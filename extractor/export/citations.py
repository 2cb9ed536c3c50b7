"""The mentions of a text as a table: one line of CSV for each."""

from __future__ import annotations

import csv
import io

from extractor.cite import Cited
from extractor.document import Citation, Pinpoint
from extractor.export.annotated import describe
from extractor.export.cells import Value, plain_cell

COLUMNS = (
    "id", "page", "start", "end", "text", "form", "type", "identifier", "issued_on", "issuer", "issuer_full", "title",
    "pinpoints", "relation", "relation_from", "cited_document_id", "cited_document", "findings",
)  # fmt: skip


def citations_csv(cited: Cited) -> str:
    """CSV with a header line, lines ended by CR LF (RFC 4180); no cell can run as a formula.

    A cell that a spreadsheet could take for one gets an apostrophe before it.
    """
    documents = {d.id: describe(d) for d in cited.cited_documents}
    doubts: dict[str, list[str]] = {}
    for f in cited.findings:
        doubts.setdefault(f.subject_id or "", []).append(f.message)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for c in cited.citations:
        found = [*doubts.get(c.id, ()), *doubts.get(c.cited_document_id or "-", ())]
        writer.writerow([plain_cell(cell) for cell in _cells(c, documents.get(c.cited_document_id or "", ""), found)])
    return out.getvalue()


def _cells(c: Citation, document: str, findings: list[str]) -> tuple[Value, ...]:
    return (
        c.id, c.span.page, c.span.start, c.span.end, c.text, c.form, c.type, c.identifier, c.issued_on,
        c.issuer.name if c.issuer else None, c.issuer.canonical if c.issuer else None, c.title,
        "; ".join(map(_place, c.pinpoints)), c.relation, c.relation_from, c.cited_document_id, document,
        " ".join(findings),
    )  # fmt: skip


def _place(p: Pinpoint) -> str:
    parts = (("điểm", p.point), ("khoản", p.clause), ("Điều", p.article))
    return " ".join(f"{word} {value}" for word, value in parts if value)
