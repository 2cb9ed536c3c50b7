"""What changed between two versions of a plan."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile.plan import PLAN, SCRIPT, hostile, plan

from extractor import extract_text
from extractor.cli import main
from extractor.diff import PlanDifference, compare
from extractor.export.difference import moved, to_html, to_json

# What is edited: old words, new words → (kind, field, old value, new value) of every difference found.
EDITS: list[tuple[str, str, str, list[tuple[str, ...]]]] = [
    ("nothing", "", "", []),
    (
        "a later deadline", "trước ngày 30/6/2026", "trước ngày 30/9/2026",
        [("changed", "deadline", "trước ngày 30/6/2026", "trước ngày 30/9/2026")],
    ),
    ("the same day written otherwise", "trước ngày 30/6/2026", "trước ngày 30 tháng 6 năm 2026", []),
    ("another quarter", "quý III/2026", "quý IV/2026", [("changed", "deadline", "trong quý III/2026", "trong quý IV/2026")]),
    (
        "another day of every month", "trước ngày 25 hằng tháng", "trước ngày 20 hằng tháng",
        [("changed", "deadline", "trước ngày 25 hằng tháng", "trước ngày 20 hằng tháng")],
    ),
    (
        "another lead", "2. Văn phòng Sở cập nhật", "2. Thanh tra Sở cập nhật",
        [("changed", "lead", "Văn phòng Sở", "Thanh tra Sở")],
    ),
    (
        "another partner", "phối hợp với Văn phòng Sở", "phối hợp với Thanh tra Sở",
        [("changed", "cooperating", "Văn phòng Sở", "Thanh tra Sở")],
    ),
    (
        "a task added", "\n\nGIÁM ĐỐC", "\n\n6. Trung tâm Lưu trữ số hóa hồ sơ trong năm 2026.\n\nGIÁM ĐỐC",
        [("added", "Trung tâm Lưu trữ số hóa hồ sơ trong năm 2026.")],
    ),
    (
        "a task dropped", "5. Phòng Công chức, viên chức tổ chức tập huấn trong quý III/2026.\n\n", "",
        [("dropped", "Phòng Công chức, viên chức tổ chức tập huấn trong quý III/2026.")],
    ),
]  # fmt: skip


def found(d: PlanDifference) -> list[tuple[str, ...]]:
    out: list[tuple[str, ...]] = []
    for t in d.tasks:
        task = t.new or t.old
        assert task is not None
        out += [(t.kind, c.field, c.old, c.new) for c in t.changes] if t.changes else [(t.kind, task.text)]
    return out


@pytest.mark.parametrize(("name", "old", "new", "wanted"), EDITS, ids=[e[0] for e in EDITS])
def test_an_edit_is_found_and_nothing_else(name: str, old: str, new: str, wanted: list[tuple[str, ...]]) -> None:
    assert old in PLAN
    edited = extract_text(PLAN.replace(old, new, 1) if old else PLAN, name="moi.txt")
    assert found(compare(plan(), edited)) == wanted


@pytest.mark.parametrize(("name", "old", "new", "wanted"), EDITS, ids=[e[0] for e in EDITS])
def test_the_other_way_round_is_the_mirror(name: str, old: str, new: str, wanted: list[tuple[str, ...]]) -> None:
    edited = extract_text(PLAN.replace(old, new, 1) if old else PLAN, name="moi.txt")
    turned = {"added": "dropped", "dropped": "added", "changed": "changed"}
    mirror = [(turned[w[0]], *(w[1:] if len(w) == 2 else (w[1], w[3], w[2]))) for w in wanted]
    assert found(compare(edited, plan())) == mirror


def test_tasks_in_another_order_are_the_same() -> None:
    head, *tasks, foot = re.split(r"\n\n(?=\d\. |GIÁM ĐỐC)", PLAN)
    turned = [f"{n}. {t.split('. ', 1)[1]}" for n, t in enumerate(reversed(tasks), 1)]
    d = compare(plan(), extract_text("\n\n".join([head, *turned, foot]), name="x.txt"))
    assert not d.tasks
    assert d.unchanged == 5


def test_how_far_a_deadline_moved() -> None:
    later = extract_text(PLAN.replace("30/6/2026", "10/7/2026"), name="x.txt")
    (difference,) = compare(plan(), later).tasks
    assert moved(difference.changes[0]) == "lùi 10 ngày"
    (difference,) = compare(later, plan()).tasks
    assert moved(difference.changes[0]) == "sớm hơn 10 ngày"


def test_header_and_citations() -> None:
    edited = PLAN.replace("5/KH-SNV", "9/KH-SNV").replace(
        "62/2020/NĐ-CP ngày 01/6/2020", "85/2023/NĐ-CP ngày 07/12/2023"
    )
    d = compare(plan(), extract_text(edited, name="x.txt"))
    assert [c.field for c in d.header] == ["document"]
    assert [c.identifier for c in d.cited_added] == ["85/2023/NĐ-CP"]
    assert [c.identifier for c in d.cited_dropped] == ["62/2020/NĐ-CP"]


def test_hostile_text_is_text() -> None:
    page = to_html(compare(plan(), hostile()))
    assert SCRIPT not in page
    assert "onerror='" not in page
    assert "\u202e" not in page
    assert json.loads(to_json(compare(plan(), hostile())))["tasks"]


def run(folder: Path, *arguments: str, edit: tuple[str, str] = ("30/6/2026", "30/9/2026")) -> Result:
    (folder / "cu.txt").write_text(PLAN, encoding="utf-8")
    (folder / "moi.txt").write_text(PLAN.replace(*edit), encoding="utf-8")
    return CliRunner().invoke(main, ["diff", str(folder / "cu.txt"), str(folder / "moi.txt"), *arguments])


def test_table(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 0
    assert "lùi 92 ngày" in result.stdout
    assert "0 nhiệm vụ thêm, 0 bỏ, 1 sửa, 4 giữ nguyên" in result.stdout


def test_json(tmp_path: Path) -> None:
    data = json.loads(run(tmp_path, "--format", "json").stdout)
    assert data["tasks"][0]["changes"] == [
        {"field": "deadline", "old": "trước ngày 30/6/2026", "new": "trước ngày 30/9/2026", "days": 92}
    ]
    assert data["unchanged"] == 4


def test_html_file(tmp_path: Path) -> None:
    target = tmp_path / "so-sanh.html"
    assert run(tmp_path, "--format", "html", "-o", str(target)).exit_code == 0
    assert "<ins>trước ngày 30/9/2026</ins>" in target.read_text("utf-8")


def test_exit_code_on_request(tmp_path: Path) -> None:
    assert run(tmp_path, "--exit-code").exit_code == 10
    assert run(tmp_path, "--exit-code", edit=("", "")).exit_code == 0
    assert "Không có khác biệt." in run(tmp_path, edit=("", "")).stdout


def test_extracted_json_is_taken_and_a_bad_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "cu.json").write_text(plan().to_json(), encoding="utf-8")
    (tmp_path / "moi.txt").write_text(PLAN, encoding="utf-8")
    same = CliRunner().invoke(main, ["diff", str(tmp_path / "cu.json"), str(tmp_path / "moi.txt")])
    assert "Không có khác biệt." in same.stdout
    bad = CliRunner().invoke(main, ["diff", str(tmp_path / "cu.json"), str(tmp_path / "khong-co.txt")])
    assert bad.exit_code == 3
    assert "khong-co.txt" in bad.stderr
