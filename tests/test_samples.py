"""The samples: golden JSON, valid by the schema, and spans that hold their text."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from extractor import Document, extract
from extractor.schema import json_schema

SAMPLES = Path(__file__).parents[1] / "samples"
FILES = sorted(p for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx", ".txt"))
IDS = [p.name for p in FILES]


@cache
def document(path: Path) -> Document:
    return extract(path)


def test_there_are_samples_of_every_kind() -> None:
    assert {".pdf", ".docx", ".txt"} == {p.suffix for p in FILES}


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_golden(path: Path) -> None:
    """The JSON is what `samples/expected.py` wrote when it was last read beside the document."""
    expected = json.loads((SAMPLES / "expected" / f"{path.name}.json").read_text("utf-8"))
    found = json.loads(document(path).to_json())
    for volatile in (expected, found):
        volatile["tool"]["version"] = volatile["source"]["file"] = ""
    for key in expected:
        assert found[key] == expected[key], key
    assert found.keys() == expected.keys()


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_valid_by_the_schema(path: Path) -> None:
    jsonschema.Draft202012Validator(json_schema(), format_checker=jsonschema.FormatChecker()).validate(
        json.loads(document(path).to_json())
    )


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_reads_back(path: Path) -> None:
    assert Document.from_json(document(path).to_json()) == document(path)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_spans_hold_their_text(path: Path) -> None:
    """`text[start:end]` is exactly the item's text; a PDF's spans have a page and boxes on it."""
    d = document(path)
    assert d.text is not None
    items: list[Any] = [*d.tasks, *d.citations, *(x for t in d.tasks for x in t.deadlines)]
    assert items
    for item in items:
        assert d.text[item.span.start : item.span.end] == item.text
        assert "\n" not in item.text
        if path.suffix == ".pdf":
            assert item.span.boxes
            assert item.span.page == item.span.boxes[0].page
            assert 1 <= item.span.page <= d.source.page_count
            assert all(b.x0 < b.x1 and b.top < b.bottom for b in item.span.boxes)


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_references_between_parts_hold(path: Path) -> None:
    d = document(path)
    sections, tasks = {s.id for s in d.sections}, {t.id for t in d.tasks}
    citations, documents = {c.id for c in d.citations}, {c.id for c in d.cited_documents}
    assert len(tasks) == len(d.tasks)
    assert [t.ordinal for t in d.tasks] == list(range(1, len(d.tasks) + 1))
    for t in d.tasks:
        assert t.section_id is None or t.section_id in sections
        assert set(t.citation_ids) <= citations
        assert t.same_as is None or t.same_as in tasks
        assert len(t.title) <= 120
        assert 0 <= t.confidence <= 1
    for c in d.citations:
        assert c.cited_document_id is None or c.cited_document_id in documents
        assert c.relation_from is None or c.relation_from in citations
        assert set(c.task_ids) <= tasks
    for f in d.findings:
        assert f.subject_id is None or f.subject_id in tasks | citations | documents
    for s in d.sections:
        assert s.parent_id is None or s.parent_id in sections


def test_the_same_bytes_on_every_run() -> None:
    """Byte-identical JSON under another hash seed and locale."""
    path = next(p for p in FILES if p.suffix == ".txt")
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "extractor", "extract", "-q", str(path)],
            capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "LC_ALL": locale},
        ).stdout
        for seed, locale in (("1", "C"), ("2", "C.UTF-8"))
    }  # fmt: skip
    assert len(outputs) == 1
