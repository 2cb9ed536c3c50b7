"""`kehoach tasks`: what is to be done, due soonest first."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile.plan import PLAN, hostile

from extractor.cli import main
from extractor.export.cells import starts_formula
from extractor.export.task_list import HEADINGS, left


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["tasks", *arguments, "--as-of", "2026-06-20"])


def rows(*arguments: str) -> list[dict[str, str]]:
    result = run(*arguments, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    return list(csv.DictReader(io.StringIO(result.stdout, newline="")))


def test_due_soonest_first_and_without_a_day_last(file: Path) -> None:
    found = rows(str(file))
    assert tuple(found[0]) == HEADINGS
    assert [(r["STT"], r["Hạn"], r["Còn lại"]) for r in found] == [
        ("3", "2026-06-14", "quá hạn 6 ngày"),
        ("2", "2026-06-24", "còn 4 ngày"),
        ("1", "2026-06-29", "còn 9 ngày"),
        ("5", "2026-09-30", "còn 102 ngày"),
        ("3", "2026-12-09", "còn 172 ngày"),
        ("4", "", ""),
    ]


# Options → the numbers of the tasks listed.
FILTERS: list[tuple[list[str], list[str]]] = [
    (["--lead", "thanh tra"], ["3", "3"]),
    (["--lead", "van phong so"], ["2"]),
    (["--lead", "khong co"], []),
    (["--due-before", "2026-06-29"], ["3", "2"]),
    (["--due-before", "30/6/2026"], ["3", "2", "1"]),
    (["--kind", "report"], ["3", "3"]),
    (["--lead", "phòng", "--due-before", "1/1/2027"], ["2", "1", "5"]),
]


@pytest.mark.parametrize(("options", "wanted"), FILTERS, ids=[" ".join(f[0]) for f in FILTERS])
def test_filters(options: list[str], wanted: list[str], file: Path) -> None:
    assert [r["STT"] for r in rows(str(file), *options)] == wanted


def test_table(file: Path) -> None:
    out = run(str(file)).stdout
    assert out.index("14/06/2026") < out.index("24/06/2026") < out.index("29/06/2026")
    assert "6 việc." in out


def test_extracted_json_and_hostile_text(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(hostile().to_json(), encoding="utf-8")
    for row in rows(str(tmp_path / "a.json")):
        assert not [v for v in row.values() if starts_formula(v)]
    assert run(str(tmp_path / "a.json")).exit_code == 0


def test_a_bad_file_is_told(tmp_path: Path, file: Path) -> None:
    assert run(str(tmp_path / "khong-co.txt")).exit_code == 3
    result = run(str(file), str(tmp_path / "khong-co.txt"))
    assert result.exit_code == 6
    assert "6 việc." in result.stdout


@pytest.mark.parametrize(("days", "words"), [(None, ""), (0, "hôm nay"), (5, "còn 5 ngày"), (-12, "quá hạn 12 ngày")])
def test_left(days: int | None, words: str) -> None:
    assert left(days) == words
