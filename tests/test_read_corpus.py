"""Real documents, where they are at hand: each labelled task is read as one paragraph or one cell."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from extractor.clean import Grid, Text, clean
from extractor.options import Options
from extractor.read import ocr, read

SHARED = Path(__file__).parents[2] / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the labelled documents are not at hand")

# Tasks whose text is not one paragraph or cell: items that run over several paragraphs.
PROSE_OVER_PARAGRAPHS = {
    "nghi-quyet-105-nq-cp-2026": 2,
    "nghi-quyet-116-nq-cp-2026": 1,
    "ke-hoach-skhcn-quang-ngai-2024": 1,
    "quyet-dinh-844-qd-ttg-2026": 1,
}
_LABEL = re.compile(r"(?:[-+•–]|\d{1,2}(?:\.\d+)*[.)]?|[a-zđ][.)]|[IVX]+[.)])")
TEXTS = sorted(p.stem for p in (SHARED / "gold").glob("*.json") if "scan" not in p.stem)
SCANS = sorted(p.stem for p in (SHARED / "gold").glob("*.json") if "scan" in p.stem)


@cache
def document(stem: str) -> Text:
    (path,) = (SHARED / "corpus").glob(f"{stem}.*")
    return clean(read(path, Options()))


def flat(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).replace("–", "-").lower().split()).rstrip(".;,:/")


def pieces(text: Text) -> tuple[set[str], set[str]]:
    """The paragraphs and the cells, with and without their labels."""
    whole: set[str] = set()
    cells: set[str] = set()
    for block in text.blocks:
        if isinstance(block, Grid):
            cells |= {text[cell] for row in block.rows for cell in row}
        else:
            whole.add(text[block])
    return tuple(  # type: ignore[return-value]
        {flat(t) for t in found} | {flat(_LABEL.sub("", t, count=1)) for t in found} for found in (whole, cells)
    )


@pytest.mark.parametrize("stem", TEXTS)
def test_every_labelled_task_is_read_whole(stem: str) -> None:
    gold = json.loads((SHARED / "gold" / f"{stem}.json").read_text("utf-8"))
    whole, cells = pieces(document(stem))
    tasks = gold["tasks"]
    assert [t["text"][:80] for t in tasks if t["origin"] == "table" and flat(t["text"]) not in cells] == []
    broken = [t["text"][:80] for t in tasks if t["origin"] == "prose" and flat(t["text"]) not in whole]
    assert len(broken) <= PROSE_OVER_PARAGRAPHS.get(stem, 0), broken


@pytest.mark.parametrize("stem", TEXTS)
def test_every_cited_number_is_read(stem: str) -> None:
    """No symbol is broken by a line's end or glued to a footnote's mark."""
    gold = json.loads((SHARED / "gold" / f"{stem}.json").read_text("utf-8"))
    text = flat(document(stem).value)
    assert [c["identifier"] for c in gold["citations"] if c["identifier"] and flat(c["identifier"]) not in text] == []


@pytest.mark.skipif(not ocr.installed(), reason="Tesseract's Vietnamese model is not installed")
@pytest.mark.parametrize("stem", SCANS)
def test_scanned_tasks_are_read_nearly_whole(stem: str) -> None:
    from difflib import SequenceMatcher

    gold = json.loads((SHARED / "gold" / f"{stem}.json").read_text("utf-8"))
    found = set.union(*pieces(document(stem)))
    likeness = [
        max(SequenceMatcher(None, flat(t["text"]), piece, autojunk=False).ratio() for piece in found)
        for t in gold["tasks"]
    ]
    assert min(likeness) > 0.9
    assert sum(likeness) / len(likeness) > 0.98


def test_the_gazette_leaves_no_running_line() -> None:
    """24 documents of the official gazette, none of them a plan."""
    for path in sorted((SHARED / "corpus" / "gazette").glob("*.pdf"))[:8]:
        value = clean(read(path, Options(ocr="never"))).value
        assert not re.search(r"CÔNG BÁO/Số [\d +]+/Ngày", value), path.name
        assert not re.search(r"^\d{1,3}$", value, re.MULTILINE), path.name
