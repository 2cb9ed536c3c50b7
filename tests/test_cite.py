"""`kehoach cite`: the citations alone, in every format."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extractor.cite import cite, cite_bytes
from extractor.cli import main
from extractor.export.annotated import annotated_html, annotated_markdown, relation_labels
from extractor.export.citations import COLUMNS, citations_csv

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples/so-noi-vu-cai-cach-hanh-chinh.txt"
TEXT = (
    "Thực hiện Chỉ thị số 11-CT/TU ngày 04/01/2026 của Ban Thường vụ Tỉnh ủy về <khoáng sản> & môi trường.\n"
    "Theo Chỉ thị 11 và Chỉ thị 19, các xã thi hành điểm a khoản 2 Điều 5 Luật Đất đai năm 2024."
)


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["cite", *arguments], input=stdin.encode() if stdin is not None else None)


def test_plain_text_on_standard_input_gives_json() -> None:
    """A few sentences are enough; they need not be a plan."""
    result = run("-", stdin=TEXT)
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert [c["cited_document_id"] for c in data["citations"]][:3] == [
        "ct-ban-thuong-vu-tinh-uy-2026-01-04-11-ct-tu"
    ] * 2 + [None]
    assert [data["text"][c["span"]["start"] : c["span"]["end"]] for c in data["citations"]] == [
        c["text"] for c in data["citations"]
    ]
    assert [f["code"] for f in data["findings"]] == ["unresolved_reference"]


def test_csv_has_a_row_for_each_mention() -> None:
    """Places, relation, document and doubts stand in the row of their mention."""
    rows = list(csv.DictReader(io.StringIO(run("-", "--format", "csv", stdin=TEXT).stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [r["relation"] for r in rows] == ["implements", "mentions", "mentions", "implements"]
    assert rows[2]["findings"]
    assert rows[3]["pinpoints"] == "điểm a khoản 2 Điều 5"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_cell_runs_as_a_formula(sign: str) -> None:
    """A file name, a title or a finding never begins a formula."""
    cited = cite_bytes(f"Quyết định số 5/QĐ-UBND về “{sign}cmd|' /C calc'!A0” ở tỉnh".encode())
    for row in csv.reader(io.StringIO(citations_csv(cited))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row)


def test_html_shows_the_whole_text_and_no_markup_of_it() -> None:
    """What the text holds stays text; every mention leads to its document, an open one to itself."""
    page = annotated_html(cite_bytes(TEXT.encode()))
    assert "<khoáng" not in page
    assert "script" not in page
    assert "http" not in page
    body = page.partition("</h1>")[2].partition("<h2>")[0]
    plain = html.unescape(re.sub(r"<[^>]+>", "", body))
    assert " ".join(plain.split()) == " ".join(TEXT.split())
    targets = set(re.findall(r'href="#([^"]+)"', page))
    assert targets <= set(re.findall(r'id="([^"]+)"', page))
    assert 'class="cite open" id="c3"' in page


def test_markdown_has_a_footnote_for_each_mention() -> None:
    """Bold mentions with footnotes; signs of Markdown in the text are escaped."""
    text = annotated_markdown(cite_bytes(TEXT.encode()))
    assert re.findall(r"\[\^(c\d)\]: ", text) == re.findall(r"\*\*\[\^(c\d)\]", text) == ["c1", "c2", "c3", "c4"]
    assert "\\<khoáng sản\\>" in text
    assert "[^c1]: thực hiện; Chỉ thị 11-CT/TU; ngày 04/01/2026" in text


@pytest.mark.parametrize("format_", ["json", "csv", "html", "md"])
@pytest.mark.parametrize("file", sorted((ROOT / "samples").glob("*.[pdt][dox][fcx]*")), ids=lambda p: p.name)
def test_a_sample_in_every_format(file: Path, format_: str, tmp_path: Path) -> None:
    """PDF, DOCX and text are read; a file is written as what is printed."""
    out = tmp_path / f"out.{format_}"
    assert run(str(file), "--format", format_, "-o", str(out)).exit_code == 0
    assert out.read_bytes().decode("utf-8")


def test_pages_of_a_pdf_are_told() -> None:
    """A mention in a PDF has its page."""
    pages = {c.span.page for c in cite(ROOT / "samples/so-cong-thuong-thuong-mai-dien-tu.pdf").citations}
    assert {1, 2} <= pages


def test_a_missing_file_is_told() -> None:
    """The documented exit code, a message that names the file, nothing on standard output."""
    result = run("khong-co.pdf")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "khong-co.pdf" in result.stderr


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    """--output may not be the file that is read."""
    file = tmp_path / "a.txt"
    file.write_text(TEXT, encoding="utf-8")
    assert run(str(file), "-o", str(file)).exit_code == 2
    assert file.read_text("utf-8") == TEXT


def test_every_relation_has_a_word_for_the_clerk() -> None:
    """Annotations are in Vietnamese."""
    assert all(label.islower() for label in relation_labels().values())


def test_the_excerpt_of_the_documentation_is_real() -> None:
    """docs/citations.md shows what is printed for the sample."""
    text = (ROOT / "docs/citations.md").read_text("utf-8")
    shown = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    found = json.loads(run(str(SAMPLE)).stdout)["citations"]
    assert any(all(c[k] == v for k, v in shown.items()) for c in found)
    lines = re.search(r"```csv\n(.*?)```", text, re.DOTALL)[1].splitlines()  # type: ignore[index]
    printed = run(str(SAMPLE), "--format", "csv").stdout.splitlines()
    assert set(lines) <= set(printed)
