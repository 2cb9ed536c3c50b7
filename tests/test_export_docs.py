"""`docs/formats.md`: every excerpt is what its command prints."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from extractor.cli import main
from extractor.export import EXPORTERS
from extractor.export.presets import presets

ROOT = Path(__file__).parents[1]
DOC = (ROOT / "docs" / "formats.md").read_text("utf-8")
SAMPLE = ROOT / "samples" / "so-noi-vu-cai-cach-hanh-chinh.txt"
EXCERPTS = re.findall(r"<!-- excerpt: (.*?) -->\n```\w*\n(.*?)```\n<!-- /excerpt -->", DOC, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), EXCERPTS, ids=[c for c, _ in EXCERPTS])
def test_excerpt(command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line, in order; "…" stands for what is left out, lines or the end of one."""
    monkeypatch.chdir(ROOT)
    newer = tmp_path / "moi.txt"
    moved = SAMPLE.read_text("utf-8").replace("trình trước ngày 30/9/2026", "trình trước ngày 31/12/2026")
    newer.write_text(moved, encoding="utf-8")
    arguments = [str(newer) if a == "moi.txt" else a for a in shlex.split(command)]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.stderr
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    at = -1
    for line in shown.splitlines():
        if line == "…":
            continue
        begun = line.removesuffix("…")
        same = [
            i for i in range(at + 1, len(lines)) if lines[i] == line or (begun != line and lines[i].startswith(begun))
        ]
        assert same, line
        at = same[0]


def test_cells_of_the_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    found = re.search(r"<!-- cells: (\S+) row (\d+) -->\n```\n(.*?)```\n<!-- /cells -->", DOC, re.DOTALL)
    assert found
    assert CliRunner().invoke(main, ["extract", found[1], "-o", str(tmp_path / "kq.xlsx")]).exit_code == 0
    row = load_workbook(tmp_path / "kq.xlsx")["Nhiệm vụ"][int(found[2])]
    cells = [f"{c.coordinate}  {c.data_type}  {c.value}" for c in row if c.value is not None]
    assert found[3].splitlines() == cells


def test_every_format_and_preset_has_an_excerpt() -> None:
    commands = " ".join(c for c, _ in EXCERPTS)
    for name in EXPORTERS:
        assert re.search(rf"^## .*\b{name}\b", DOC, re.MULTILINE)
        assert name == "xlsx" or f"--format {name}" in commands
    for name in presets():
        assert f"--preset {name}" in commands
