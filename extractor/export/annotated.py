"""A text with its citations marked where they stand: HTML to look at, Markdown to keep beside the text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from extractor.cite import Cited
from extractor.document import Citation, CitedDocument
from extractor.rules import load

_STYLE = """
body { font: 16px/1.6 "Times New Roman", serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
body { color: #111; background: #fff }
h1, h2 { font-size: 1.2rem }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top }
a.cite { background: #fff3c4; color: inherit; text-decoration: underline; border-radius: 3px }
a.cite.open { background: #ffd9d4 }
:target { outline: 2px solid #1a5fb4 }
.cell { color: #888 }
"""
_COLUMNS = ("#", "Văn bản", "Ngày", "Cơ quan ban hành", "Trích yếu", "Chỗ viện dẫn")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")


@cache
def relation_labels() -> dict[str, str]:
    """How each relation is called in Vietnamese."""
    return {row["name"]: row["label"] for row in load("relations")["relation"]}


def annotated_html(cited: Cited) -> str:
    """One HTML page without outside parts: the text with mentions linked, then documents and doubts."""
    documents = {d.id: i for i, d in enumerate(cited.cited_documents, 1)}
    body = "".join(_pieces(cited.text, cited.citations, _escape, lambda c: _mark(c, documents)))
    paragraphs = "\n".join(
        f"<p>{p}</p>" for p in body.replace("\t", ' <span class="cell">│</span> ').split("\n") if p.strip()
    )
    rows = "\n".join(_row(i, d, cited.citations) for i, d in enumerate(cited.cited_documents, 1))
    doubts = "\n".join(f"<li>{_link_to(f.subject_id)}{_escape(f.message)}</li>" for f in cited.findings)
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Viện dẫn: {_escape(cited.source.file)}</title><style>{_STYLE}</style></head><body>
<h1>Viện dẫn trong {_escape(cited.source.file)}</h1>
{paragraphs}
<h2>Văn bản được viện dẫn</h2>
<table><thead><tr>{"".join(f"<th>{name}</th>" for name in _COLUMNS)}</tr></thead>
<tbody>
{rows}
</tbody></table>
<h2>Lưu ý</h2>
<ul>
{doubts}
</ul>
</body></html>
"""


def annotated_markdown(cited: Cited) -> str:
    """The text as Markdown, every mention in bold with a footnote that tells its document and relation."""
    documents = {d.id: d for d in cited.cited_documents}
    body = "".join(_pieces(cited.text, cited.citations, _plain, lambda c: f"**{_plain(c.text)}**[^{c.id}]"))
    text = "\n\n".join(p.replace("\t", " │ ") for p in body.split("\n") if p.strip())
    notes = "\n".join(f"[^{c.id}]: {_plain(_note(c, documents))}" for c in cited.citations)
    return f"{text}\n\n{notes}\n"


def _pieces(
    text: str, citations: Sequence[Citation], plain: Callable[[str], str], mark: Callable[[Citation], str]
) -> Iterator[str]:
    at = 0
    for c in citations:
        yield plain(text[at : c.span.start])
        yield mark(c)
        at = c.span.end
    yield plain(text[at:])


def _mark(c: Citation, documents: dict[str, int]) -> str:
    number = documents.get(c.cited_document_id or "")
    target, kind = (f"#d{number}", "cite") if number else (f"#{c.id}", "cite open")
    title = relation_labels()[c.relation] if number or c.form == "self" else "chưa rõ văn bản nào"
    return f'<a class="{kind}" id="{c.id}" href="{target}" title="{_escape(title)}">{_escape(c.text)}</a>'


def _row(number: int, d: CitedDocument, citations: Sequence[Citation]) -> str:
    links = " ".join(
        f'<a href="#{c.id}">{c.id}</a> ({_escape(relation_labels()[c.relation])})'
        for c in citations
        if c.cited_document_id == d.id
    )
    cells = (
        describe(d),
        f"{d.issued_on:%d/%m/%Y}" if d.issued_on else "",
        d.issuer.name if d.issuer else "",
        d.title or "",
    )
    middle = "".join(f"<td>{_escape(cell)}</td>" for cell in cells)
    return f'<tr id="d{number}"><td>{number}</td>{middle}<td>{links}</td></tr>'


def _link_to(subject: str | None) -> str:
    return (
        f'<a href="#{_escape(subject)}">{_escape(subject)}</a>: ' if subject and re.fullmatch(r"c\d+", subject) else ""
    )


def describe(d: CitedDocument) -> str:
    """A document in a few words: "Quyết định 92/QĐ-UBND", "Luật Đất đai năm 2024"."""
    return d.name or " ".join(filter(None, (d.type, d.identifier)))


def _note(c: Citation, documents: dict[str, CitedDocument]) -> str:
    relation = relation_labels()[c.relation]
    if c.relation_from:
        relation += f" (theo {c.relation_from})"
    d = documents.get(c.cited_document_id or "")
    if d is None:
        return f"{relation}; {'chính văn bản này' if c.form == 'self' else 'chưa rõ văn bản nào'}"
    date = f"ngày {d.issued_on:%d/%m/%Y}" if d.issued_on else None
    return "; ".join(filter(None, (relation, describe(d), date, d.issuer.name if d.issuer else None, d.title)))


def _escape(s: str) -> str:
    return html.escape(s, quote=True)


def _plain(s: str) -> str:
    return _MARKDOWN.sub(r"\\\1", s)
