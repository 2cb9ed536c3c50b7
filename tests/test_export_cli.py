"""`kehoach extract --format …`: which format goes where, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile.plan import PLAN

from extractor.cli import main
from extractor.cli.extract import PRESETS
from extractor.export import EXPORTERS
from extractor.export.presets import presets

START = {
    "json": b"{", "jsonl": b'{"schema_version"', "csv": b"STT,", "xlsx": b"PK", "ics": b"BEGIN:VCALENDAR",
    "html": b"<!DOCTYPE html>", "md": "# Kế hoạch 5/KH-SNV".encode(),
}  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.mark.parametrize("format_", EXPORTERS)
def test_format_on_standard_output(format_: str, file: Path) -> None:
    result = run("extract", str(file), "--format", format_)
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes.lstrip().startswith(START[format_])


@pytest.mark.parametrize("format_", EXPORTERS)
def test_format_by_the_suffix_of_the_output(format_: str, file: Path, tmp_path: Path) -> None:
    target = tmp_path / f"kq{EXPORTERS[format_].suffix}"
    assert run("extract", str(file), "-o", str(target)).exit_code == 0
    assert target.read_bytes().lstrip().startswith(START[format_])


@pytest.mark.parametrize("format_", EXPORTERS)
def test_a_folder_gets_one_file_per_document(format_: str, file: Path, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(PLAN, encoding="utf-8")
    out = tmp_path / "out"
    assert run("extract", str(file), str(tmp_path / "b.md"), "--format", format_, "-o", str(out)).exit_code == 0
    suffix = EXPORTERS[format_].suffix
    assert sorted(p.name for p in out.iterdir()) == [f"a{suffix}", f"b{suffix}", "manifest.jsonl"]


@pytest.mark.parametrize("format_", ["csv", "xlsx", "ics", "md", "jsonl"])
def test_several_documents_share_a_file(format_: str, file: Path, tmp_path: Path) -> None:
    (tmp_path / "b.md").write_text(PLAN, encoding="utf-8")
    target = tmp_path / f"kq{EXPORTERS[format_].suffix}"
    assert run("extract", str(file), str(tmp_path / "b.md"), "-o", str(target)).exit_code == 0
    assert target.stat().st_size


@pytest.mark.parametrize("preset", PRESETS)
def test_presets(preset: str, file: Path) -> None:
    assert tuple(presets()) == PRESETS
    result = run("extract", str(file), "--preset", preset, "--format", "csv")
    assert next(csv.reader(io.StringIO(result.stdout))) == list(presets()[preset].headings)


def test_a_preset_brings_its_own_format(file: Path) -> None:
    result = run("extract", str(file), "--preset", "planner")
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(result.stdout_bytes)).namelist()


def test_bom(file: Path) -> None:
    assert run("extract", str(file), "--format", "csv", "--bom").stdout_bytes.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--preset", "jira", "--format", "html"], "--preset"),
        (["--bom"], "--bom"),
        (["--format", "html", "b.md"], "thư mục"),
        (["--format", "html", "b.md", "-o", "kq.html"], "thư mục"),
        (["--format", "json", "b.md", "-o", "kq.json"], "thư mục"),
    ],
)
def test_refused(arguments: list[str], words: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.md").write_text(PLAN, encoding="utf-8")
    result = run("extract", str(file), *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not (tmp_path / "kq.html").exists()


def test_a_workbook_is_not_printed_on_a_terminal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.cli import extract

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    with CliRunner().isolation() as (out, error, _):
        monkeypatch.setattr(extract.sys, "stdout", Terminal())
        with pytest.raises(SystemExit) as stopped:
            main(["extract", str(file), "--format", "xlsx"], standalone_mode=True)
        monkeypatch.undo()
    assert stopped.value.code == 2
    assert out.getvalue() == b""
    assert "--output" in error.getvalue().decode("utf-8")


def test_a_failed_document_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "rong.txt").write_bytes(b"")
    assert run("extract", str(tmp_path / "rong.txt"), "-o", str(tmp_path / "kq.xlsx")).exit_code == 3
    assert [p.name for p in tmp_path.iterdir()] == ["rong.txt"]


def test_json_is_what_it_was(file: Path) -> None:
    assert json.loads(run("extract", str(file)).stdout)["header"]["identifier"] == "5/KH-SNV"
