"""CSV, XLSX, Markdown and the trackers' imports."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hostile.plan import BACKWARDS, FORMULA, SCRIPT, hostile, plan
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from extractor import Document, extract
from extractor.export import EXPORTERS, Settings
from extractor.export.cells import plain_cell, starts_formula
from extractor.export.presets import PresetColumn, cut, fill, presets
from extractor.export.rows import TASK_COLUMNS
from extractor.export.todos import todos

SAMPLES = Path(__file__).parents[1] / "samples"
PDF = SAMPLES / "so-cong-thuong-thuong-mai-dien-tu.pdf"


def written(format_: str, *documents: Document, settings: Settings | None = None) -> bytes:
    out = io.BytesIO()
    EXPORTERS[format_].write(documents, out, settings)
    return out.getvalue()


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def book(*documents: Document, settings: Settings | None = None) -> Any:
    return load_workbook(io.BytesIO(written("xlsx", *documents, settings=settings)))


# Value → the text of its CSV cell.
CELLS: list[tuple[Any, str]] = [
    (None, ""),
    ("Sở Nội vụ", "Sở Nội vụ"),
    (dt.date(2026, 6, 29), "2026-06-29"),
    (-5, "-5"),
    (0.97, "0.97"),
    ("=1+1", "'=1+1"),
    ("+84 24", "'+84 24"),
    ("- Rà soát", "'- Rà soát"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    ("\r=1", "'\r=1"),
    ("  =1", "'  =1"),
    ("＝1", "'＝1"),
    ("a=1", "a=1"),
    ("x\x00\x07y", "xy"),
    ("hợp\u202epdf", "hợppdf"),
]


@pytest.mark.parametrize(("value", "cell"), CELLS, ids=[repr(v) for v, _ in CELLS])
def test_cell(value: Any, cell: str) -> None:
    assert plain_cell(value) == cell


@given(st.text())
def test_no_text_becomes_a_formula(text: str) -> None:
    assert not starts_formula(plain_cell(text))


def test_csv_has_one_row_per_task_under_vietnamese_headings() -> None:
    rows = csv_rows(written("csv", plan()))
    assert rows[0] == [c.heading for c in TASK_COLUMNS]
    assert len(rows) == 1 + len(plan().tasks)
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["Cơ quan chủ trì"] == "Phòng Tổ chức, biên chế"
    assert first["Hạn cuối"] == "2026-06-29"
    assert first["Thời hạn ghi trong văn bản"] == "trước ngày 30/6/2026"


def test_csv_of_several_documents_has_one_heading() -> None:
    rows = csv_rows(written("csv", plan(), plan()))
    assert len(rows) == 1 + 2 * len(plan().tasks)


def test_byte_order_mark_is_an_option() -> None:
    assert not written("csv", plan()).startswith(b"\xef\xbb\xbf")
    assert written("csv", plan(), settings=Settings(bom=True)).startswith(b"\xef\xbb\xbfSTT,")


@pytest.mark.parametrize("preset", [None, *presets()])
def test_no_csv_cell_starts_a_formula(preset: str | None) -> None:
    for row in csv_rows(written("csv", hostile(), settings=Settings(preset=preset)))[1:]:
        assert not [cell for cell in row if starts_formula(cell)]
        assert not [cell for cell in row if "\u202e" in cell]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "md", "json", "jsonl", "html"])
def test_without_documents_nothing_is_written(format_: str) -> None:
    assert written(format_) == b""


def test_workbook_sheets() -> None:
    sheets = book(plan())
    assert sheets.sheetnames == ["Nhiệm vụ", "Viện dẫn", "Lưu ý", "Văn bản"]
    for sheet in sheets:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A2"].alignment.wrap_text
    tasks = sheets["Nhiệm vụ"]
    assert [c.value for c in tasks[1]] == [c.heading for c in TASK_COLUMNS]
    assert tasks.max_row == 1 + len(plan().tasks)


def test_dates_are_dates_and_numbers_are_numbers() -> None:
    tasks = book(plan())["Nhiệm vụ"]
    place = {c.value: i for i, c in enumerate(tasks[1])}
    cell = tasks[2][place["Hạn cuối"]]
    assert cell.is_date
    assert cell.value == dt.datetime(2026, 6, 29)
    assert cell.number_format == "dd/mm/yyyy"
    assert tasks[2][place["STT"]].value == 1
    assert tasks[3][place["Hạn đầu"]].value == dt.datetime(2026, 1, 24)
    assert tasks[3][place["Hạn cuối"]].value is None, "what recurs for ever is never overdue"


def test_overdue_and_soon_are_coloured_as_of_the_day_of_reading() -> None:
    rules = [rule for area in book(plan())["Nhiệm vụ"].conditional_formatting for rule in area.rules]
    formulas = [rule.formula[0] for rule in rules]
    assert len(formulas) == 2
    assert "<TODAY()" in formulas[0]
    assert "TODAY()+7" in formulas[1]


def test_no_text_cell_is_a_formula() -> None:
    """Text that opens like a formula stays that text, letter by letter, and stays so when somebody edits it."""
    sheets = book(hostile())
    cells = [cell for sheet in sheets for row in sheet for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    evil = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULA)]
    assert evil
    assert all(cell.quotePrefix for cell in evil)
    assert not [cell for cell in cells if isinstance(cell.value, str) and "\u202e" in cell.value]


def test_the_page_number_leads_to_the_source(tmp_path: Path) -> None:
    document = extract(PDF)
    tasks = book(document, settings=Settings(folder=tmp_path))["Nhiệm vụ"]
    place = next(i for i, c in enumerate(tasks[1]) if c.value == "Trang")
    target = tasks[2][place].hyperlink.target
    assert target.endswith(f"{PDF.name}#page={tasks[2][place].value}")
    assert (tmp_path / target.split("#")[0]).resolve() == PDF.resolve()


def test_markdown_shows_everything_as_text() -> None:
    text = written("md", hostile()).decode("utf-8")
    assert "<" not in text.replace("&lt;", "")
    assert "[d]" not in text
    assert BACKWARDS not in text
    table = [line for line in text.splitlines() if line.startswith("|")]
    counts = {len(line.replace("\\|", "").split("|")) for line in table}
    assert len(counts) <= 3, "every row of a table has the columns of its heading"


def test_markdown_of_a_plan() -> None:
    lines = written("md", plan()).decode("utf-8").splitlines()
    assert lines[0] == "# Kế hoạch 5/KH-SNV"
    assert "- **Ngày ban hành:** 09/01/2026" in lines
    assert any(line.startswith("| 1 |") and "| 29/06/2026 |" in line for line in lines)


RULES = [
    (p, taken, e)
    for p in presets()
    for taken in (True, False)
    for e in (presets()[p].examples if taken else presets()[p].not_examples)
]


@pytest.mark.parametrize(("preset", "taken", "example"), RULES)
def test_preset_examples(preset: str, taken: bool, example: dict[str, dict[str, str]]) -> None:
    rules, given_, cell = presets()[preset], example["given"], example["cell"]
    column = next(c for c in rules.columns if c.name == given_["column"])
    value = dt.date.fromisoformat(given_["day"]) if "day" in given_ else given_["value"]
    wanted = dt.date.fromisoformat(cell["day"]) if "day" in cell else cell["text"]
    assert (fill(column, rules, value) == wanted) is taken


@pytest.mark.parametrize("preset", list(presets()))
def test_every_preset_has_examples_and_its_source(preset: str) -> None:
    rules = presets()[preset]
    assert rules.examples
    assert rules.not_examples
    assert rules.source
    assert rules.how


@pytest.mark.parametrize("preset", list(presets()))
def test_preset_rows(preset: str) -> None:
    """One row per entry, every cell within its length, lines only where the tracker takes them."""
    rules = presets()[preset]
    rows = csv_rows(written("csv", plan(), hostile(), settings=Settings(preset=preset)))
    assert tuple(rows[0]) == rules.headings
    assert len(rows) == 1 + len(todos(plan())) + len(todos(hostile()))
    for row in rows[1:]:
        for column, cell in zip(rules.columns, row, strict=True):
            assert column.most is None or len(cell) <= column.most + 1
            assert column.lines or "\n" not in cell


def test_start_is_never_after_due() -> None:
    """Redmine refuses a due date before the start date; a plan without a date has no start, and gets none."""
    draft = replace(plan(), header=replace(plan().header, issued_on=None))
    rows = csv_rows(written("csv", plan(), draft, settings=Settings(preset="redmine")))
    start, due = rows[0].index("start_date"), rows[0].index("due_date")
    assert all(r[start] <= r[due] for r in rows[1:] if r[due])
    assert {bool(r[start]) for r in rows[1:] if r[due]} == {True, False}


def test_planner_workbook_has_date_cells() -> None:
    sheet = book(plan(), settings=Settings(preset="planner"))["Tasks"]
    heads = [c.value for c in sheet[1]]
    assert heads[:3] == ["Task ID", "Task Name", "Bucket Name"]
    assert sheet[2][heads.index("Due Date")].value == dt.datetime(2026, 6, 29)
    assert sheet[2][heads.index("Progress")].value == "Not started"


@pytest.mark.parametrize(
    ("text", "most", "cell"),
    [
        ("ngắn", 255, "ngắn"),
        ("rà soát văn bản quy phạm", 16, "rà soát văn bản…"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("một, hai", 5, "một…"),
        (SCRIPT, None, SCRIPT),
    ],
)
def test_cut(text: str, most: int | None, cell: str) -> None:
    assert cut(text, most) == cell


def test_a_label_holds_no_space() -> None:
    assert fill(PresetColumn("Labels", spaces="_"), presets()["jira"], "a b  c") == "a_b_c"


def test_a_workbook_prints_what_one_reads() -> None:
    sheet = book(plan())["Nhiệm vụ"]
    heads = [c.value for c in sheet[1]]
    last = sheet.print_area.split(":")[1].strip("$").split("$")[0]
    assert heads[sheet[f"{last}1"].column - 1] == "Sản phẩm"
    assert sheet.print_title_rows == "$1:$1"
