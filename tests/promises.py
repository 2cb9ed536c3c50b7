"""What the output contract promises of any document, whatever was read."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import jsonschema

from extractor import Document
from extractor.schema import json_schema


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema(), format_checker=jsonschema.FormatChecker())


def check_schema(printed: str) -> None:
    """The JSON is valid by the published schema."""
    _validator().validate(json.loads(printed))


def check_reads_back(document: Document, printed: str) -> None:
    """The JSON read back is the document."""
    assert Document.from_json(printed) == document, "reads back as another document"


def check_spans(d: Document) -> None:
    """Every span lies in the text; `text[start:end]` is exactly the item's text, on one line."""
    assert d.text is not None
    items: list[Any] = [*d.tasks, *d.citations, *(x for t in d.tasks for x in (*t.deadlines, *t.cut_offs))]
    for item in items:
        assert d.text[item.span.start : item.span.end] == item.text, item
        assert item.text, item
        assert "\n" not in item.text, item
    for item in [*items, *d.sections, *(f for f in d.findings if f.span)]:
        assert 0 <= item.span.start <= item.span.end <= len(d.text), item
        assert (item.span.page or None) == (item.span.boxes[0].page if item.span.boxes else None), item
        for box in item.span.boxes:
            assert 1 <= box.page <= (d.source.page_count or 0), item
            assert box.x0 <= box.x1, item
            assert box.top <= box.bottom, item


def check_references(d: Document) -> None:
    """Ids are unique, every id that is named exists, and tasks are counted in reading order."""
    ids = {kind: [x.id for x in getattr(d, kind)] for kind in ("sections", "tasks", "citations", "cited_documents")}
    for kind, found in ids.items():
        assert len(set(found)) == len(found), kind
    sections, tasks, citations, documents = (set(found) for found in ids.values())
    assert [t.ordinal for t in d.tasks] == list(range(1, len(d.tasks) + 1))
    for t in d.tasks:
        assert t.section_id is None or t.section_id in sections, t
        assert set(t.citation_ids) <= citations, t
        assert t.same_as is None or t.same_as in tasks - {t.id}, t
        assert len(t.title) <= 120, t
        assert 0 <= t.confidence <= 1, t
    for c in d.citations:
        assert c.cited_document_id is None or c.cited_document_id in documents, c
        assert c.relation_from is None or c.relation_from in citations, c
        assert set(c.task_ids) <= tasks, c
    for f in d.findings:
        assert f.subject_id is None or f.subject_id in tasks | citations | documents, f
    for s in d.sections:
        assert s.parent_id is None or s.parent_id in sections - {s.id}, s


def check(document: Document) -> None:
    """All of them."""
    printed = document.to_json(indent=None)
    check_reads_back(document, printed)
    check_schema(printed)
    check_spans(document)
    check_references(document)
