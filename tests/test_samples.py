"""The samples: golden JSON, valid by the schema, and spans that hold their text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import promises
import pytest

from extractor import Document, extract

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
def test_keeps_the_contract(path: Path) -> None:
    promises.check(document(path))


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".pdf"], ids=lambda p: p.name)
def test_spans_of_a_pdf_have_boxes(path: Path) -> None:
    d = document(path)
    items: list[Any] = [*d.tasks, *d.citations, *(x for t in d.tasks for x in t.deadlines)]
    assert items
    for item in items:
        assert item.span.boxes
        assert all(b.x0 < b.x1 and b.top < b.bottom for b in item.span.boxes)
