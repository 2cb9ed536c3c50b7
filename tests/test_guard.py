"""Every command that reads plans reads each in a child process within limits, and gives what the library gives."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hostile.docxs import docx, rows
from hostile.pdfs import page
from test_batch import PLAN, descendants, gone

from extractor import extract
from extractor.batch import Limits, extract_guarded, guard
from extractor.cite import cite
from extractor.diff import compare
from extractor.errors import KehoachError, LimitError, UnreadableError
from extractor.export.difference import to_json
from extractor.show import draw_page

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TEXT, DOCX, PDF = (sorted(SAMPLES.glob(f"*.{suffix}"))[0] for suffix in ("txt", "docx", "pdf"))
PUSH = ("push", "webhook", "--url", "https://127.0.0.1:1/x", "--dry-run", "--log", "log.db")
# The commands that read plans, with what each needs besides; the plan's name comes last.
COMMANDS = {
    "extract": ("extract", "-q"),
    "cite": ("cite",),
    "tasks": ("tasks",),
    "diff": ("diff", str(TEXT)),
    "show": ("show",),
    "audit": ("audit", "--register", "so.db"),
    "graph": ("graph",),
    "register add": ("register", "add", "--register", "so.db"),
    "push": PUSH,
}


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "KEHOACH_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}


def started(*arguments: str | Path, cwd: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", *map(str, arguments)],
        cwd=cwd,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def ran(*arguments: str | Path, cwd: Path) -> tuple[int, bytes, str]:
    """The exit code, what was printed, and what was said on standard error."""
    process = started(*arguments, cwd=cwd)
    out, err = process.communicate()
    assert "Traceback" not in err.decode()
    return process.returncode, out, err.decode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with an empty register."""
    (tmp_path / "so.csv").write_text("Số VB,Ngày VB,Trích yếu\n92/QĐ-UBND,01/02/2026,Về việc\n", "utf-8")
    assert ran("register", "import", "so.csv", "--register", "so.db", "--yes", cwd=tmp_path)[0] == 0
    return tmp_path


@pytest.mark.parametrize("path", [TEXT, DOCX, PDF], ids=lambda p: p.suffix)
def test_the_same_as_in_the_calling_process(path: Path, tmp_path: Path) -> None:
    assert extract_guarded(path) == extract(path)
    assert ran("cite", path, cwd=tmp_path)[1].decode() == cite(path).to_json() + "\n"
    compared = to_json(compare(extract(TEXT), extract(path)))
    assert ran("diff", TEXT, path, "--format", "json", cwd=tmp_path)[1].decode() == compared


def test_the_same_picture(tmp_path: Path) -> None:
    assert ran("show", PDF, "--page", "2", "-o", "trang.png", cwd=tmp_path)[0] == 0
    drawn = io.BytesIO()
    draw_page(PDF, 2).save(drawn, format="PNG")
    assert (tmp_path / "trang.png").read_bytes() == drawn.getvalue()


def test_one_document_or_many_or_what_was_extracted_is_all_the_same(place: Path) -> None:
    """A few are read by the command's own children, more by workers; a result is read as the plan it is of."""
    plans = place / "ke-hoach"
    plans.mkdir()
    for n in range(1, 6):
        (plans / f"{n}.txt").write_text(PLAN.format(n=n), "utf-8")
    each = [ran("tasks", plans / f"{n}.txt", "--format", "csv", cwd=place)[1].splitlines() for n in range(1, 6)]
    three = ran("tasks", *(plans / f"{n}.txt" for n in (1, 2, 3)), "--format", "csv", cwd=place)[1].splitlines()
    every = ran("tasks", plans, "--format", "csv", cwd=place)[1].splitlines()
    assert ran("extract", "-q", plans, "--format", "jsonl", "-o", "tat-ca.jsonl", cwd=place)[0] == 0
    again = ran("tasks", "tat-ca.jsonl", "--format", "csv", cwd=place)[1].splitlines()
    assert three == [each[0][0], *(line for lines in each[:3] for line in lines[1:])]
    assert every == again == [each[0][0], *(line for lines in each for line in lines[1:])]


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_over_a_limit(command: tuple[str, ...], place: Path) -> None:
    """A file of five pages where four are allowed: exit code 7, and the option that raises it is one of the command."""
    folder = place / "ke-hoach"
    folder.mkdir()
    file = folder / "a.pdf"
    file.write_bytes(page(pages=5))
    named = folder if command[0] == "graph" else file
    code, out, told = ran(*command, "--max-pages", "4", named, cwd=place)
    assert code == 7
    assert out == b"" or command[0] in ("audit", "graph")  # these sum up what they could read
    assert f"{file}: " in told
    assert "--max-pages" in told


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_every_limit_is_an_option(command: tuple[str, ...], tmp_path: Path) -> None:
    group = command[:2] if command[0] in ("push", "register") else command[:1]
    out = ran(*group, "--help", cwd=tmp_path)[1].decode()
    assert {"--max-seconds", "--max-cpu-seconds", "--max-memory", "--max-pages", "--max-pixels"} <= set(
        re.findall(r"--[\w-]+", out)
    )


INTERRUPTED = {name: c for name, c in COMMANDS.items() if name not in ("show", "graph")}


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("command", INTERRUPTED.values(), ids=INTERRUPTED.keys())
def test_stopped_half_way(command: tuple[str, ...], how: signal.Signals, place: Path) -> None:
    """While the child reads: exit code 130, a line that says so, nothing left running."""
    file = place / "lon.docx"
    file.write_bytes(docx(rows(20_000)))
    process = started(*command, file, cwd=place)
    while not (below := descendants(process.pid)):
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(how)
    _, told = process.communicate()
    assert process.returncode == 130
    assert told.decode() == "Đã dừng theo yêu cầu.\n"
    assert gone(below)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x")
    for command in (("cite",), ("diff", str(TEXT))):
        code, _, told = ran(*command, TEXT, "-o", "tep/a.json", cwd=tmp_path)
        assert code == 3
        assert "Không đọc hoặc ghi được" in told


def test_a_guarded_call_of_the_library(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(docx(rows(5_000)))
    with pytest.raises(LimitError, match="giây"):
        extract_guarded(file, limits=Limits(seconds=0.2))
    with pytest.raises(UnreadableError, match="Không tìm thấy"):
        extract_guarded(tmp_path / "khong-co.pdf")
    file.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(KehoachError) as guarded:
        extract_guarded(file)
    with pytest.raises(KehoachError) as plain:
        extract(file)
    assert (type(guarded.value), str(guarded.value)) == (type(plain.value), str(plain.value))


def _here() -> bytes:
    return os.getcwd().encode()


def test_work_is_done_in_the_folder_of_the_one_who_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker that stays, used where this process has threads, may have been started in another folder."""
    monkeypatch.setattr(guard, "may_fork", lambda: False)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        assert guard.guarded("x", _here, Limits()) == str(tmp_path / name).encode()
