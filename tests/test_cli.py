"""Every command, every exit code, every kind of bad input."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from test_batch import PLAN as NUMBERED

from extractor.cli import COMMANDS, main
from extractor.schema import json_schema
from extractor.version import __version__

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = sorted(SAMPLES.glob("*.txt"))
PDF = sorted(SAMPLES.glob("*.pdf"))
DOCX = sorted(SAMPLES.glob("*.docx"))

PLAN = NUMBERED.format(n=5)


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_help_lists_every_command() -> None:
    out = run("--help").stdout
    assert all(name in out for name in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from extractor.cli import main; print(' '.join(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"spacy", "underthesea", "pdfplumber", "pypdfium2", "lxml", "docx", "rapidfuzz", "numpy"}
    assert not heavy & set(modules)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_version() -> None:
    assert run("--version").stdout.strip() == f"kehoach {__version__}"


def test_schema_is_a_valid_schema() -> None:
    schema = json.loads(run("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(json_schema()))


def test_doctor_names_the_optional_parts() -> None:
    out = run("doctor").stdout
    assert "Tesseract" in out or "tesseract" in out
    assert "LibreOffice" in out
    assert "underthesea" in out


def test_one_file_prints_json_alone_on_standard_output(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    result = run("extract", str(file))
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    jsonschema.validate(document, json_schema())
    assert document["header"]["identifier"] == "5/KH-STP"
    assert document["tasks"][0]["deadlines"][0]["end"] == "2026-06-29"
    assert "1 nhiệm vụ" in result.stderr


def test_standard_input() -> None:
    result = run("extract", "-", stdin=PLAN.encode())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["source"]["file"] == "-"


def test_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    document = json.loads(run("extract", "--no-text", str(file)).stdout)
    assert document["text"] is None
    jsonschema.validate(document, json_schema())


def test_several_files_print_one_line_each(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    result = run("extract", str(tmp_path))
    lines = result.stdout.splitlines()
    assert [json.loads(line)["source"]["file"].endswith(n) for line, n in zip(lines, ("a.txt", "b.txt"), strict=True)]
    assert "Đã xử lý 2 tệp: 2 thành công, 0 lỗi." in result.stderr


def test_glob(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    assert json.loads(run("extract", str(tmp_path / "*.md")).stdout)["source"]["file"].endswith("b.md")


def test_output_folder_gets_one_file_per_document(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        (tmp_path / name).write_text(PLAN, encoding="utf-8")
    out = tmp_path / "out"
    assert run("extract", str(tmp_path / "a.*"), "--output", str(out)).exit_code == 0
    assert sorted(p.name for p in out.iterdir()) == ["a.md.json", "a.txt.json", "manifest.jsonl"]


def test_output_file_and_jsonl(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    one, many = tmp_path / "one.json", tmp_path / "many.jsonl"
    assert run("extract", str(file), "-o", str(one)).exit_code == 0
    assert run("extract", str(file), str(file.parent / "*.txt"), "-o", str(many), "--format", "jsonl").exit_code == 0
    assert json.loads(one.read_text("utf-8"))["tasks"]
    assert len(many.read_text("utf-8").splitlines()) == 1


def test_an_input_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN, encoding="utf-8")
    assert run("extract", str(file), "-o", str(file)).exit_code == 2
    assert file.read_text("utf-8") == PLAN


def bad_inputs(folder: Path) -> dict[str, tuple[Path, int, str]]:
    """Name → (file, exit code, words of the message)."""
    cases: dict[str, tuple[bytes | None, int, str]] = {
        "missing.pdf": (None, 3, "không"),
        "empty.pdf": (b"", 3, "rỗng"),
        "not-a-pdf.pdf": (b"day khong phai la PDF" * 5, 3, "PDF"),
        "not-a-zip.docx": (b"khong phai ZIP" * 9, 3, "DOCX"),
        "encoding.txt": ("Kế hoạch".encode("utf-16-le")[1:] + b"\xff\xfe\xfa", 3, "mã"),
        "picture.png": (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, 5, "ảnh"),
        "no-plan.txt": ("Hôm nay trời đẹp. Chúng tôi đi dạo quanh hồ.\n".encode(), 5, "kế hoạch"),
    }
    out = {}
    for name, (data, code, words) in cases.items():
        if data is not None:
            (folder / name).write_bytes(data)
        out[name] = (folder / name, code, words)
    if PDF:
        (folder / "cut.pdf").write_bytes(PDF[0].read_bytes()[:700])
        out["cut.pdf"] = (folder / "cut.pdf", 3, "PDF")
    return out


NAMES = [
    "missing.pdf",
    "empty.pdf",
    "not-a-pdf.pdf",
    "not-a-zip.docx",
    "encoding.txt",
    "picture.png",
    "no-plan.txt",
    "cut.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_bad_input(name: str, tmp_path: Path) -> None:
    """A message in Vietnamese that names the file, nothing on standard output, the documented exit code."""
    file, code, words = bad_inputs(tmp_path)[name]
    result = run("extract", str(file))
    assert result.exit_code == code, result.stderr
    assert str(file) in result.stderr
    assert words.lower() in result.stderr.lower()
    assert result.stdout == ""


def test_folder_without_documents(tmp_path: Path) -> None:
    result = run("extract", str(tmp_path))
    assert result.exit_code == 3
    assert str(tmp_path) in result.stderr


def test_encrypted_pdf(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    file = tmp_path / "locked.pdf"
    canvas = Canvas(str(file), encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(100, 700, "KE HOACH")
    canvas.save()
    result = run("extract", str(file))
    assert result.exit_code == 4
    assert "mật khẩu" in result.stderr


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.txt").write_text(PLAN, encoding="utf-8")
    result = run("extract", str(tmp_path))
    assert result.exit_code == 6
    assert len(result.stdout.splitlines()) == 1
    assert "2 tệp: 1 thành công, 1 lỗi" in result.stderr


@pytest.mark.parametrize("file", [*TEXT, *PDF, *DOCX], ids=lambda p: p.name)
def test_a_sample_from_the_installed_command(file: Path) -> None:
    command = shutil.which("kehoach", path=str(Path(sys.executable).parent))
    assert command, "the command is installed beside the interpreter"
    done = subprocess.run([command, "extract", str(file)], capture_output=True, check=True)
    jsonschema.validate(json.loads(done.stdout), json_schema())
