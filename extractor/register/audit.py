"""The audit of a document: each decision it cites against the register, on the day the document was issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec

from extractor.document import CitedDocument, Document, Finding, RegisterResult, Span
from extractor.register.compare import Comparison, Comparisons
from extractor.register.coverage import Coverage
from extractor.register.damaged import damaged_references, mended_number
from extractor.register.entry import Effect, Entry
from extractor.register.matching import Match, match_all
from extractor.register.store import Register
from extractor.rules import load

_FIELDS = {
    "number": "số",
    "type": "loại",
    "date": "ngày",
    "issuer": "cơ quan",
    "title": "trích yếu",
}
# Whoever replaces or repeals a document knows that it is out of force.
_ENDS = frozenset({"replaces", "repeals"})
_NOT_FOUND = "not_found"


class Difference(msgspec.Struct, frozen=True):
    """One thing that is the matter; `code` is a status, `message` Vietnamese and says what both sides have."""

    code: str
    message: str


class Checked(msgspec.Struct, frozen=True):
    """The outcome for one cited document.

    `matched` is the entry it was held against; for `number_near_miss` only suggested. `compared` tells which fields
    could be compared and agreed; `note` what the register covers, or where the entry is from; `span` the place of the
    first mention.
    """

    document: CitedDocument
    status: str
    matched: Entry | None
    score: float | None
    compared: tuple[Comparison, ...]
    differences: tuple[Difference, ...]
    candidates: tuple[Entry, ...]
    note: str | None
    span: Span | None

    @property
    def label(self) -> str:
        """The status as a clerk reads it."""
        label: str = statuses()[self.status]["label"]
        return label

    def result(self) -> RegisterResult:
        """The outcome in the output contract."""
        messages = [f"{d.code}: {d.message}" for d in self.differences]
        messages += [f"candidate: {describe(e)}" for e in self.candidates]
        return RegisterResult(
            self.status, describe(self.matched) if self.matched else None, self.score, tuple(messages)
        )


class Audit(msgspec.Struct, frozen=True):
    """The audit of one document; `document` has its `in_register` filled and its findings added."""

    file: str
    document: Document
    checked: tuple[Checked, ...]
    as_of: dt.date

    def has_differences(self, ignored: frozenset[str] = frozenset()) -> bool:
        """Whether any cited document is not as the register has it; statuses in `ignored` do not count."""
        return any(c.status not in ignored and statuses()[c.status]["gate"] for c in self.checked)


class Auditor:
    """Audits document after document against one register; what the register covers is read once."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.coverage = Coverage(register.coverage())

    def audit(self, document: Document, *, as_of: dt.date | None = None) -> Audit:
        """The audit of `document`; validity is judged on `as_of`, else on its day of issue, else today."""
        day = as_of or document.header.issued_on or dt.date.today()
        damaged = damaged_references(document)
        cited = (*document.cited_documents, *(d for d, _ in damaged))
        spans = {d.id: span for d, span in damaged}
        matches = match_all(cited, self.register, document.header)
        checked = tuple(self._check(m, document, day, spans.get(m.cited.document.id)) for m in matches)
        return Audit(document.source.file, _filled(document, checked), checked, day)

    def _check(self, m: Match, document: Document, day: dt.date, damaged: Span | None) -> Checked:
        cited = m.cited.document
        citations = [c for c in document.citations if c.id in cited.citation_ids]
        span = damaged or next((c.span for c in citations), None)
        differences: list[Difference] = []
        status, note = m.status, None
        if m.best:
            differences += [Difference(_code(f), _told(f)) for f in m.best.differing]
            ended = citations and all(c.relation in _ENDS for c in citations)
            if m.status != "number_near_miss" and (effect := _effect(m.best.entry, day)):
                if not ended:
                    differences.append(effect)
                    status = effect.code if status == "matched" else status
                else:
                    note = f"{effect.message} Văn bản này đang thay thế hoặc bãi bỏ nó."
            note = note or _origin(m.best)
            if status == "matched" and (printed := mended_number(cited.identifier or "", (c.text for c in citations))):
                # Letters were put right to read the number: that suggests the entry and does not prove it.
                status = "number_near_miss"
                differences.append(Difference(status, f"số: văn bản in “{printed}”, đọc là “{cited.identifier}”."))
        elif status == _NOT_FOUND:
            note = self.coverage.told(cited, m.cited.parts, m.cited.place)
        elif status == "ambiguous":
            differences.append(
                Difference("ambiguous", f"Sổ có {len(m.candidates)} văn bản khớp như nhau; cần ghi rõ hơn.")
            )
        return Checked(
            document=cited,
            status=status,
            matched=m.best.entry if m.best else None,
            score=m.best.score if m.best else None,
            compared=m.best.fields if m.best else (),
            differences=tuple(differences),
            candidates=tuple(x.entry for x in m.candidates),
            note=note,
            span=span,
        )


@cache
def statuses() -> dict[str, dict[str, Any]]:
    """What each status is called, and whether it is a difference."""
    return {row["code"]: row for row in load("register")["status"]}


def describe(entry: Entry) -> str:
    """An entry by number, date, issuer and id: "Quyết định 92/QĐ-UBND ngày 19/01/2024, UBND tỉnh … [mục 7]"."""
    issuer = f", {entry.issuer}" if entry.issuer else ""
    return f"{entry.label}{issuer} [mục {entry.id}]"


def _filled(document: Document, checked: Sequence[Checked]) -> Document:
    results = {c.document.id: c.result() for c in checked}
    findings = [f for c in checked if (f := _finding(c))]
    return msgspec.structs.replace(
        document,
        cited_documents=tuple(
            msgspec.structs.replace(d, in_register=results.get(d.id)) for d in document.cited_documents
        ),
        findings=(*document.findings, *findings),
    )


def _finding(c: Checked) -> Finding | None:
    if not statuses()[c.status]["gate"]:
        return None
    name = f"{c.document.type or 'Văn bản'} {c.document.identifier or c.document.name or ''}".strip()
    if c.status == _NOT_FOUND:
        return Finding(
            "not_in_register", "info", f"{name} không có trong sổ. {c.note or ''}".strip(), c.document.id, c.span
        )
    told = " ".join(d.message for d in c.differences) or c.label
    return Finding("register_difference", "warning", f"{name}: {told}", c.document.id, c.span)


def _code(f: Comparison) -> str:
    return "number_near_miss" if f.field == "number" else f"{f.field}_differs"


def _told(f: Comparison) -> str:
    return f"{_FIELDS[f.field]}: văn bản ghi “{f.cited}”, sổ ghi “{f.registered}”."


def _effect(entry: Entry, day: dt.date) -> Difference | None:
    """What the register says against the entry's being in force on `day`, or None."""
    by = f" bởi {entry.replaced_by}" if entry.replaced_by else ""
    until = f" từ {entry.expires_on:%d/%m/%Y}" if entry.expires_on else " (sổ không ghi từ ngày nào)"
    if entry.effective_on and entry.effective_on > day:
        return Difference("not_yet_in_force", f"có hiệu lực từ {entry.effective_on:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.")
    effect: Effect | None = entry.effect
    if entry.expires_on and entry.expires_on > day and effect in ("expired", "replaced"):
        return None  # it was still in force when it was cited
    if effect is None and entry.expires_on and entry.expires_on <= day:
        effect = "expired"
    if effect == "replaced":
        return Difference("replaced", f"đã bị thay thế{by}{until if entry.expires_on else ''}.")
    if effect == "expired":
        return Difference("expired", f"hết hiệu lực{until}.")
    if effect == "partly_expired":
        return Difference("partly_expired", "hết hiệu lực một phần; cần xem phần được viện dẫn còn hiệu lực không.")
    if effect == "not_yet_in_force" and entry.effective_on is None:
        return Difference("not_yet_in_force", "sổ ghi chưa có hiệu lực.")
    return None


def _origin(x: Comparisons) -> str | None:
    parts = []
    if x.entry.origin == "second_hand":
        parts.append("Mục này của sổ lấy từ văn bản khác viện dẫn, chưa đối chiếu với bản gốc.")
    if x.entry.alternate:
        parts.append(f"Sổ ghi hai số: {x.entry.identifier} và {x.entry.alternate}.")
    unknown = [_FIELDS[f.field] for f in x.fields if f.verdict == "unknown" and f.field in ("date", "issuer")]
    if unknown:
        parts.append(f"Chưa so được: {', '.join(unknown)}.")
    return " ".join(parts) or None
