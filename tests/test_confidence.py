"""Each doubt holds where its examples say, lowers `confidence` by its factor and is a finding."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import extract_text
from extractor.document import Document
from extractor.rules import load
from extractor.tasks.confidence import doubts

ROWS = load("confidence")["doubt"]
HEAD = "Số: 5/KH-STP\n\nHuế, ngày 1 tháng 3 năm 2026\n\nKẾ HOẠCH\n\nLưu trữ hồ sơ\n\n"
SURE = "II. NHIỆM VỤ\n1. Văn phòng rà soát hồ sơ lưu trữ của các phòng trước ngày 30/6/2026."


def plan(body: str) -> Document:
    return extract_text(HEAD + body.replace("\n", "\n\n"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_doubt_holds_in_its_examples_and_no_other(row: dict[str, Any]) -> None:
    assert 0 < row["factor"] < 1
    for body in row["examples"]:
        document = plan(body)
        assert row["name"] in doubts(document.tasks[0])
        told = [f.message for f in document.findings if f.code == "doubtful_task"]
        assert "says" not in row or any(row["says"] in message for message in told)
    for body in row["not_examples"]:
        assert row["name"] not in doubts(plan(body).tasks[0])


def test_a_page_read_by_ocr_is_a_doubt() -> None:
    (task,) = plan(SURE).tasks
    assert doubts(task) == ()
    assert doubts(task, ocr_pages=(task.span.page,)) == ("read_by_ocr",)  # type: ignore[arg-type]


def test_confidence_is_the_product_of_base_and_factors() -> None:
    rules = load("confidence")
    factor = {row["name"]: row["factor"] for row in rules["doubt"]}
    (sure,) = plan(SURE).tasks
    (doubtful,) = plan("II. NHIỆM VỤ\n1. Rà soát hồ sơ lưu trữ của các phòng trước ngày 30/6").tasks
    assert sure.confidence == rules["base"]["prose"]
    held = doubts(doubtful)
    assert set(held) == {"no_lead", "deadline_assumed", "breaks_off"}
    product = rules["base"]["prose"]
    for name in held:
        product *= factor[name]
    assert doubtful.confidence == round(product, 2)
