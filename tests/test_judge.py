"""The judge: the same questions in training and in use, asked only where the rules are in doubt, never loaded unasked."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractor import Options, extract_text
from extractor.cli import main
from extractor.errors import UnsupportedError
from extractor.judge import load_judge
from extractor.judge.judge import COMPONENTS
from extractor.judge.questions import Column, Item, agency_words, column_words, item_words, plain_words
from extractor.recognise.agencies import find_agencies

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
MODEL = MODELS / "vi_kehoach"
META: dict[str, Any] = json.loads((MODEL / "meta.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def examples() -> Any:
    """models/examples.py, as `make model` imports it."""
    sys.path.insert(0, str(MODELS))
    try:
        return importlib.import_module("examples")
    finally:
        sys.path.remove(str(MODELS))


WORDS = [
    ("Rà soát hồ sơ", ["rà soát", "hồ sơ"]),
    ("Đạt 95% theo Quyết định số 12/QĐ-UBND", ["đạt", "‹number›", "%", "theo", "‹document›"]),
    ("hoàn thành trước ngày 30/6/2026.", ["hoàn thành", "‹time›", "."]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_of_a_question(text: str, words: list[str]) -> None:
    """Citations, time limits and numbers are each one word, whatever they say."""
    assert plain_words(text) == words


def test_an_item_is_asked_with_its_place() -> None:
    item = Item("Rà soát hồ sơ:", "dash", ("Nhiệm vụ",), has_items=True)
    assert item_words(item) == ["‹dash›", "‹items›", "‹ends :›", "^nhiệm vụ", "rà soát", "hồ sơ", ":"]


def test_an_agency_is_asked_in_its_sentence() -> None:
    """Other agencies are only agencies; words before and after are told apart."""
    text = "Sở Y tế phối hợp với Công an tỉnh kiểm tra"
    places = [(m.start, m.end) for m in find_agencies(text)]
    assert agency_words(text, places, 0)[:2] == ["‹first›", "‹this›"]
    assert agency_words(text, places, 1) == ["<‹agency›", "<phối hợp", "<với", "‹this›", ">kiểm tra"]


def test_a_column_is_asked_with_what_its_cells_share() -> None:
    words = column_words(Column("KHI NÀO", ("Quý II/2026", "Tháng 9")))
    assert words[:4] == ["‹short›", "^khi", "^nào", "‹time most›"]
    assert column_words(Column("", ()))[0] == "‹none›"


def test_without_a_model_spacy_is_not_imported_and_the_tool_says_so() -> None:
    code = (
        "import sys; from extractor import extract_text\n"
        "d = extract_text('KẾ HOẠCH\\n\\nII. NHIỆM VỤ\\n\\n1. Rà soát hồ sơ người có công.\\n')\n"
        "print(d.tool.model, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "False"]


def test_with_a_model_the_tool_names_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Rà soát hồ sơ người có công.\n", "utf-8")
    for model, named in ((str(MODEL), f"vi_kehoach {META['version']}"), ("none", None)):
        result = CliRunner().invoke(main, ["extract", "-q", str(file), "--model", model])
        assert result.exit_code == 0, result.stderr
        assert json.loads(result.stdout)["tool"]["model"] == named


@pytest.mark.parametrize("model", ["khong-co", "samples"])
def test_a_model_that_is_none(model: str, tmp_path: Path) -> None:
    """A name that is no model, and a folder that is none: a message that names it and says what to do."""
    file = tmp_path / "a.txt"
    file.write_text("KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n1. Rà soát hồ sơ.\n", "utf-8")
    result = CliRunner().invoke(main, ["extract", str(file), "--model", str(tmp_path / model)])
    assert result.exit_code == 5
    assert model in result.stderr
    assert "--model none" in result.stderr


def test_a_pipeline_that_is_no_judge(tmp_path: Path) -> None:
    from extractor.language import pipeline

    pipeline(components=["kehoach_citations"]).to_disk(tmp_path / "other")
    with pytest.raises(UnsupportedError, match="item_kind"):
        load_judge(str(tmp_path / "other"))


# heading, cells, role: no rule knows these headings
COLUMNS = [
    ("Ai lo", ["Văn phòng", "Phòng Kinh tế", "Trạm Y tế"], "lead"),
    ("Xong khi nào", ["Tháng 9/2026", "Quý IV", "Trước 15/4"], "deadline"),
    ("Chung sức", ["Các phòng, đơn vị", "Sở Tài chính; Sở Nội vụ", "Các đoàn thể"], "cooperating"),
]


@pytest.mark.parametrize(("heading", "cells", "role"), COLUMNS)
def test_columns_with_odd_headings(heading: str, cells: list[str], role: str) -> None:
    assert load_judge(str(MODEL)).column(heading, cells).label == role


def tables() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((MODELS / "data/held_out/tables.toml").read_text("utf-8"))["table"]
    return found


def right_fields(table: dict[str, Any], model: str | None) -> int:
    """How many tasks, leads and time limits of a table are read: one point for each."""
    head, *rows = table["rows"]
    lines = ["| " + " | ".join(r) + " |" for r in (head, ["---"] * len(head), *rows)]
    text = "KẾ HOẠCH\n\nCông tác năm 2026\n\nI. NỘI DUNG\n\n" + "\n".join(lines) + "\n"
    found = {t.text: t for t in extract_text(text, options=Options(model=model)).tasks}
    points = 0
    for row in rows:
        task = found.get(row[table["roles"].index("task")])
        if task:
            lead = row[table["roles"].index("lead")]
            points += 1 + ([a.name for a in task.lead] == [lead]) + bool(task.deadlines)
    return points


def test_the_judge_reads_more_of_tables_with_odd_headings() -> None:
    """On the held-out tables the judge with the rules is right more often than the rules alone, and never less."""
    points = [(right_fields(t, None), right_fields(t, str(MODEL))) for t in tables()]
    assert all(both >= alone for alone, both in points)
    alone, both = (sum(side) for side in zip(*points, strict=True))
    assert both > alone


def test_the_card_gives_the_figures_of_the_model(examples: Any) -> None:
    """The held-out figures of meta.json are those of the weights beside it."""
    judge = load_judge(str(MODEL))
    held_out = examples.held_out()
    for component in COMPONENTS:
        mine = [e for e in held_out if e.component == component]
        right = sum(judge.ask(component, e.words).label == e.label for e in mine)
        assert META["performance"][component] == {"questions": len(mine), "accuracy": round(right / len(mine), 4)}


def test_the_data_hold_enough_and_nothing_twice(examples: Any) -> None:
    """More than 1,500 different items; the held-out ones are none of them."""
    import random

    items = [i.text for i, _ in examples.written_items("items.toml") + examples.varied_items(random.Random(0))]
    assert len(set(items)) > 1500
    held_out = [i.text for i, _ in examples.written_items("held_out/items.toml")]
    assert not set(items) & set(held_out)
    assert len(held_out) > 100


def test_the_model_is_small_and_names_no_machine() -> None:
    files = [p for p in MODEL.rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) < 15_000_000
    config = (MODEL / "config.cfg").read_text("utf-8")
    assert "train = null" in config
    assert set(COMPONENTS) <= set(META["pipeline"])


def test_spacy_loads_the_model_by_itself(tmp_path: Path) -> None:
    """With the entry points of pyproject.toml installed, `spacy.load` needs no import of this package."""
    points = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"]
    info = tmp_path / "points-0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: points\nVersion: 0\n")
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in names.items()) for group, names in points.items()]
    (info / "entry_points.txt").write_text("\n".join(lines))
    code = (
        "import sys; sys.path[:0] = sys.argv[1:3]; import spacy\n"
        "doc = spacy.load(sys.argv[3])('Rà soát hồ sơ người có công.')\n"
        "print([t.text for t in doc][:2], len(doc.cats))"
    )
    arguments = [sys.executable, "-c", code, str(tmp_path), str(ROOT), str(MODEL)]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.strip() == "['Rà soát', 'hồ sơ'] 21"


def test_training_gives_the_same_weights_again(examples: Any, tmp_path: Path) -> None:
    """Nothing in training is left to chance."""
    sys.path.insert(0, str(MODELS))
    try:
        train = importlib.import_module("train")
    finally:
        sys.path.remove(str(MODELS))
    some = examples.as_examples(examples.written_items("held_out/items.toml")[:40], [], examples.held_out_columns())
    first, second = (train.train(some, tmp_path).to_bytes(exclude=["vocab"]) for _ in range(2))
    assert first == second


JUDGED = [json.loads(line) for line in (MODELS / "data/judged.jsonl").read_text("utf-8").splitlines()]


def test_judgements_hold_no_text() -> None:
    """A judged item of a real document is a digest with answers and a reason in our own words."""
    assert len(JUDGED) == 100
    for row in JUDGED:
        assert set(row) == {"document", "item", "weak", "model", "judgement", "reason"}
        assert len(row["item"]) == 12
        assert row["reason"]
