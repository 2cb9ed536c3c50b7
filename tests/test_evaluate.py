"""Labels against predictions: what is the same, what is counted, what is told, and how bad input ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extractor.cli import main
from extractor.errors import UnreadableError
from extractor.evaluate import evaluate
from extractor.evaluate.labels import parse_labels
from extractor.evaluate.likeness import pair_names, pair_tasks, same_header, same_products
from extractor.evaluate.scoring import FIELDS, Count, score

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "samples/so-noi-vu-cai-cach-hanh-chinh.txt"
LABEL: dict[str, Any] = json.loads(
    (ROOT / "docs/evaluate.md").read_text("utf-8").split("<!-- label -->\n```json\n")[1].split("```")[0]
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["evaluate", *map(str, arguments)])


def changed(**parts: Any) -> dict[str, Any]:
    return json.loads(json.dumps(LABEL | parts))


def task(**parts: Any) -> dict[str, Any]:
    return LABEL["tasks"][0] | parts


def write(path: Path, data: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
    return path


# field, label, prediction, whether they are the same
HEADERS = [
    ("identifier", "12/KH-SYT", "12 /KH–SYT", True),
    ("identifier", "12/KH-SYT", "13/KH-SYT", False),
    ("place", "Hòa Bình", "Hoà Bình", True),
    ("place", "Hà Nội", "", False),
    ("place", None, "", True),
    ("place", None, "Hà Nội", False),
    ("title", "Kế hoạch tiêm chủng mở rộng năm 2026", "Kế hoạch tiêm chủng mở rộng năm 2026.", True),
    ("title", "Kế hoạch tiêm chủng năm 2026", "Kế hoạch tiêm chủng", False),
    ("issuer", "UỶ BAN NHÂN DÂN TỈNH", "Ủy ban nhân dân tỉnh", True),
    ("issued_on", "2026-02-03", "2026-03-02", False),
]


@pytest.mark.parametrize(("field", "gold", "predicted", "same"), HEADERS)
def test_what_is_the_same_in_a_head(field: str, gold: str | None, predicted: str | None, same: bool) -> None:
    assert same_header(field, gold, predicted) is same


def test_each_name_is_matched_once() -> None:
    assert pair_names(["Sở Y tế", "Sở Y tế"], ["sở y tế"]) == [(0, 0)]
    assert pair_names(["Sở Y tế"], ["Sở Tài chính"]) == []


def test_products_in_any_order() -> None:
    assert same_products("Báo cáo; Tờ trình", "Tờ trình; Báo cáo")
    assert not same_products("Báo cáo", "")
    assert same_products("", "")


def test_tasks_pair_by_likeness_and_then_by_origin() -> None:
    """A row and an item of the same words go each to its own."""
    labels = parse_labels(changed(tasks=[task(origin="prose"), task(origin="table")])).tasks
    assert pair_tasks(labels, labels[::-1]) == [(0, 1), (1, 0)]


# what the prediction says otherwise; the field, then (gold, predicted, hit) and the kinds of mistake
CASES: list[tuple[dict[str, Any], str, tuple[int, int, int], list[str]]] = [
    ({}, "tasks", (1, 1, 1), []),
    ({"tasks": []}, "tasks", (1, 0, 0), ["missing"]),
    ({"tasks": [task(), task(text="Tổ chức tập huấn cho cán bộ trạm y tế.")]}, "tasks", (1, 2, 1), ["invented"]),
    ({"tasks": [task(lead=[])]}, "lead", (1, 0, 0), ["missing"]),
    ({"tasks": [task(lead=["Thanh tra Sở"])]}, "lead", (1, 1, 0), ["missing", "invented"]),
    ({"tasks": [task(cooperating=["sở tài chính", "UBND xã"])]}, "cooperating", (1, 2, 1), ["invented"]),
    ({"tasks": [task(deadlines=[{"kind": "date", "end": "2026-04-01"}])]}, "deadlines", (1, 1, 0), ["missing", "invented"]),
    ({"tasks": [task(products=["Dự toán"])]}, "products", (0, 1, 0), ["invented"]),
    ({"citations": []}, "citations", (2, 0, 0), ["missing", "missing"]),
    ({"citations": [LABEL["citations"][0] | {"issued_on": None}]}, "cited_date", (1, 0, 0), ["missing"]),
    ({"header": LABEL["header"] | {"place": "Hội An"}}, "header.place", (1, 1, 0), ["wrong"]),
    # The document itself is none of the documents that it cites.
    ({"citations": [*LABEL["citations"], {"identifier": "12/KH-SYT", "type": "Kế hoạch"}]}, "citations", (2, 2, 2), []),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "field", "counts", "kinds"), CASES)
def test_counts_and_mistakes(parts: dict[str, Any], field: str, counts: tuple[int, int, int], kinds: list[str]) -> None:
    found = score(parse_labels(LABEL), parse_labels(changed(**parts)))
    c = found.counts[field]
    assert (c.gold, c.predicted, c.hit) == counts
    assert [m.kind for m in found.mistakes if m.field == field] == kinds


def test_figures_of_nothing_and_of_half() -> None:
    assert Count().figure is None
    assert (Count(2, 4, 2).precision, Count(2, 4, 2).recall, Count(2, 4, 2).f1) == (0.5, 1.0, pytest.approx(2 / 3))
    assert Count(0, 3, 0).recall == 0.0
    assert Count(1, 1, 0, 4, 3).figure == 0.75


def test_an_output_is_its_own_label(tmp_path: Path) -> None:
    """An output of `extract`, as it is, agrees with itself in every field."""
    output = tmp_path / "a.json"
    assert CliRunner().invoke(main, ["extract", "-q", str(SAMPLE), "-o", str(output)]).exit_code == 0
    total = evaluate(output, output).total
    assert total["tasks"].gold > 10
    assert all(c.figure in (None, 1.0) for c in total.values())


def test_table_json_and_page(tmp_path: Path) -> None:
    """Every mistake is in each of the three; nothing in a label becomes markup."""
    evil = "<script>alert(1)</script> [bold]x[/bold]"
    gold = write(tmp_path / "gold/a.json", changed(tasks=[task(lead=[evil])]))
    predicted = write(tmp_path / "out/a.json", changed(tasks=[task(lead=["Thanh tra Sở"])]))
    table = run(gold.parent, predicted.parent).stdout
    assert "Sót chủ trì" in table
    assert "[bold]x[/bold]" in table
    data = json.loads(run(gold, predicted, "--format", "json").stdout)
    assert list(data["total"]) == list(FIELDS)
    assert [m["kind"] for m in data["documents"]["a"]["mistakes"]] == ["missing", "invented"]
    page = tmp_path / "report.html"
    assert run(gold, predicted, "--format", "html", "-o", page).exit_code == 0
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "Thanh tra Sở" in html
    assert "src=" not in html
    assert "http:" not in html


# --floor, exit code, words of the message
FLOORS = [
    ("tasks=1", 0, ""),
    ("lead=0.5", 10, "lead là 0.000"),
    ("tasks.recall=1", 0, ""),
    ("lead.precision=0.1", 10, "lead.precision"),
    ("nothing=0.5", 2, "không có trường"),
    ("tasks.beauty=0.5", 2, "không có trường"),
    ("tasks", 2, "từ 0 đến 1"),
    ("tasks=nan", 2, "từ 0 đến 1"),
    ("tasks=2", 2, "từ 0 đến 1"),
]


@pytest.mark.parametrize(("floor", "code", "words"), FLOORS)
def test_floors(floor: str, code: int, words: str, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.json", LABEL)
    predicted = write(tmp_path / "out.json", changed(tasks=[task(lead=["Thanh tra Sở"])]))
    result = run(gold, predicted, "--floor", floor)
    assert result.exit_code == code, result.stderr
    assert words in result.stderr


# files by name, exit code, words of the message
BAD: list[tuple[dict[str, Any], int, str]] = [
    ({"gold/a.json": LABEL}, 3, "Không tìm thấy"),
    ({"gold/a.json": LABEL, "out/b.txt": ""}, 3, "không có tệp JSON"),
    ({"gold/a.json": LABEL, "out/b.json": LABEL}, 3, "trùng tên"),
    ({"gold/a.json": LABEL, "out/a.json": "{"}, 3, "dòng 1"),
    ({"gold/a.json": {"tasks": []}, "out/a.json": LABEL}, 3, "header"),
    ({"gold/a.json": LABEL | {"citations": None}, "out/a.json": LABEL}, 3, "citations"),
    ({"gold/a.json": LABEL | {"tasks": [{"text": 5}]}, "out/a.json": LABEL}, 3, "$.tasks[0].text"),
    ({"gold/a.json": LABEL, "gold/b.json": LABEL, "out/a.json": LABEL}, 6, "b: có nhãn nhưng không có kết quả"),
    ({"gold/a.json": LABEL, "gold/b.json": "[", "out/a.json": LABEL, "out/b.json": LABEL}, 6, "b.json"),
    ({"gold/a.json": LABEL, "out/a.json": LABEL, "out/c.json": LABEL}, 0, "Không có nhãn cho: c"),
]


@pytest.mark.parametrize(("files", "code", "words"), BAD)
def test_bad_input(files: dict[str, Any], code: int, words: str, tmp_path: Path) -> None:
    """A message that names the file; what can be compared is."""
    for name, data in files.items():
        write(tmp_path / name, data)
    result = run(tmp_path / "gold", tmp_path / "out")
    assert result.exit_code == code, result.stderr
    assert words in result.stderr
    assert ("Nhiệm vụ" in result.stdout) is (code != 3)


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableError, match="UTF-8"):
        evaluate(tmp_path / "a.json", tmp_path / "a.json")


def test_figures_agree_with_the_reference_scorer(tmp_path: Path) -> None:
    """On labelled documents every figure is what the scorer beside the labels gives, broken predictions included."""
    gold, scorer = SHARED / "gold", SHARED / "score/score.py"
    if not scorer.is_file():
        pytest.skip("the labelled documents are not beside this folder")
    # Predictions that are wrong in many ways: every label without each third task, agencies swapped, texts cut.
    for path in gold.glob("*.json"):
        data = json.loads(path.read_text("utf-8"))
        data["cited_documents"] = data.pop("citations")[1:]
        data["tasks"] = [t | {"products": [t["products"]] if t["products"] else []} for t in data["tasks"]]
        for n, t in enumerate(data["tasks"]):
            if n % 4 == 1:
                t["lead"], t["cooperating"] = t["cooperating"], t["lead"]
            if n % 5 == 2:
                t["text"], t["deadlines"] = t["text"][: len(t["text"]) * 3 // 4], t["deadlines"][1:]
        data["tasks"] = [t for n, t in enumerate(data["tasks"]) if n % 3]
        data["header"]["title"] = (data["header"]["title"] or "")[:-20]
        write(tmp_path / path.name, data)
    done = subprocess.run(
        [sys.executable, str(scorer), "--gold", str(gold), "--predicted", str(tmp_path), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    reference = json.loads(done.stdout)
    found = evaluate(gold, tmp_path)
    assert found.documents.keys() == reference["documents"].keys()
    for stem, counts in (*((k, s.counts) for k, s in found.documents.items()), (None, found.total)):
        expected = reference["documents"][stem] if stem else reference["total"]
        assert expected
        for metric, value in expected.items():
            field, measure = metric.rsplit(".", 1)
            if field in FIELDS:
                assert getattr(counts[field], measure) == pytest.approx(value), (stem, metric)
