"""Whatever is read, the output keeps the contract: texts put together at random, and what the fuzzer once found."""

from __future__ import annotations

import io
import os
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import fuzz
import mutations
import promises
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Document, extract_bytes, extract_text
from extractor.errors import KehoachError

TEXT = next((Path(__file__).parents[1] / "samples").glob("*.txt"))
HEAD = "UBND TỈNH LÀO CAI\n\nSố: 12/KH-UBND\n\nLào Cai, ngày 9 tháng 1 năm 2026\n\nKẾ HOẠCH\n\nChuyển đổi số\n\n"
PLAN = f"{HEAD}II. NHIỆM VỤ\n\n1. Sở Y tế rà soát danh mục trước ngày 30/6/2026.\n\n2. Sở Tư pháp báo cáo hằng quý.\n\n"
NFD_MARKS = "\u0323\u0301"
TEXTS = st.lists(st.sampled_from((*mutations.PIECES, *mutations.STRANGE)) | st.text(max_size=8), max_size=30)

# What was wrong, and a text of the kind that showed it.
FOUND = {
    "a title of one word longer than 120 characters": f"{PLAN}3. Rà\u00adsoát{'.1' * 80} việc.\n",
    "a deep label as the title": f"{PLAN}3. Lập {'1.' * 70}1 danh mục đề án.\n\n{'1.' * 70}1 Rà soát việc.\n",
    "a number on the line below its type word": f"{PLAN}Thực hiện Kết luận số\n\n62-KL/TU, ngày 14/3/2024 của Ban Thường vụ Tỉnh ủy.\n",
    "a word of a hundred thousand strokes": f"{PLAN}3. Rà soát {'/' * 100_000} danh mục.\n",
    "a letter with a hundred thousand marks": f"{PLAN}3. Rà{NFD_MARKS * 50_000} soát danh mục.\n",
    "a year that no calendar has": PLAN.replace("năm 2026", f"năm {'9' * 20}", 1),
    "a number in the cell beside its type word": f"{PLAN}| STT | Nhiệm vụ |\n|---|---|\n| Kết luận số | 62-KL/TU ngày 14/3/2024 |\n",
}


@pytest.mark.parametrize("text", FOUND.values(), ids=FOUND.keys())
def test_what_was_found_once(text: str) -> None:
    promises.check(extract_text(text))


@pytest.mark.parametrize("number", ["²", "9" * 400, "-1", "x", ""])
def test_numbers_of_a_package_that_are_none(number: str) -> None:
    """Indents, sizes, list numbers and widths of a DOCX that hold anything but a number are as if they were not set."""
    docx = next(TEXT.parent.glob("*.docx"))
    out = io.BytesIO()
    with zipfile.ZipFile(docx) as package, zipfile.ZipFile(out, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            if name.startswith("word/") and name.endswith(".xml"):
                part = re.sub(rb'(w:\w+)="-?\d+"', rf'\1="{number}"'.encode(), part)
            copy.writestr(name, part)
    document = extract_bytes(out.getvalue(), name=docx.name)
    promises.check(document)
    assert document.tasks


@settings(max_examples=60, deadline=None)
@given(TEXTS.map(" ".join), st.booleans())
def test_any_text_keeps_the_contract(text: str, as_plan: bool) -> None:
    """A document that keeps every promise, or an error of our own."""
    try:
        document = extract_text(PLAN + text if as_plan else text)
    except KehoachError:
        return
    promises.check(document)


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0))
def test_any_damaged_plan_keeps_the_contract(seed: int) -> None:
    rng = random.Random(seed)
    try:
        document = extract_text(mutations.mutate_text(rng, PLAN, PLAN))
    except KehoachError:
        return
    promises.check(document)


def test_the_fuzzer_passes_a_good_program(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert fuzz.main([str(TEXT), "--cases", "8", "--keep", str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("8 cases in ")


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (lambda document: pytest.fail("a broken promise"), ["a broken promise"]),
        (lambda document: os._exit(9), ["died (exit code 9)"]),
        (
            lambda document: [None for _ in iter(int, 1)],
            ["died (exit code -24)", "no answer"],
        ),  # by its clock or by ours
    ],
    ids=["wrong", "crash", "hang"],
)
def test_the_fuzzer_tells_a_find(
    fault: Callable[[Document], None], why: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wrong answer, a crash and a hang of the child are finds: kept as file and reason, and the exit code says so."""
    monkeypatch.setattr(promises, "check", fault)
    assert fuzz.main([str(TEXT), "--cases", "2", "--limit", "1", "--keep", str(tmp_path)]) == 1
    reasons = [p.read_text() for p in tmp_path.glob("*.why")]
    assert reasons
    assert all(any(told in reason for told in why) for reason in reasons)
