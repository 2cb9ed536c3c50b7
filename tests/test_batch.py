"""Many documents: what is found, where results go, what the manifest says, and what a killed run leaves."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.batch import Form, Record, extract_many
from extractor.batch.manifest import read_manifest
from extractor.batch.plan import Found, find_documents, result_names
from extractor.errors import KehoachError
from extractor.options import Options

COMMAND = [sys.executable, "-m", "extractor"]
PLAN = """Số: {n}/KH-STP

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH

Phổ biến pháp luật năm 2026

II. NHIỆM VỤ

1. Phòng Phổ biến pháp luật biên soạn tài liệu, hoàn thành trước ngày 30/6/2026.

GIÁM ĐỐC

Phan Văn Bình
"""


def plans(folder: Path, *names: str) -> Path:
    """A folder of plans, each with a number of its own."""
    for n, name in enumerate(names, 1):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PLAN.format(n=n), encoding="utf-8")
    return folder


def many(folder: Path, count: int) -> Path:
    return plans(folder, *(f"{n // 10}/ke-hoach-{n:03}.txt" for n in range(count)))


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, "extract", *map(str, arguments)], capture_output=True, text=True, check=False)


def written(folder: Path) -> dict[str, bytes]:
    """The results below a folder; what a killed run had begun to write is one too."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != "manifest.jsonl"
    }


def statuses(records: list[Record]) -> dict[str, str]:
    return {Path(r.file).name: r.status for r in records}


NAMES: dict[str, tuple[list[str], list[str]]] = {
    "the tree is kept": (["a.txt", "b/a.txt", "b/c/d.pdf"], ["a.json", "b/a.json", "b/c/d.json"]),
    "one stem, two kinds": (["a.txt", "a.pdf", "b/a.txt"], ["a.txt.json", "a.pdf.json", "b/a.json"]),
    "one name from two folders": (["a.txt", "a.txt"], ["a.txt.json", "a.txt-2.json"]),
    "a name that another one's second would take": (["a.txt", "a.txt", "a.txt-2"], ["a.txt.json", "a.txt-2.json", "a.txt-2-2.json"]),
    "capitals": (["A.txt", "a.pdf"], ["A.txt.json", "a.pdf.json"]),
    "two ways to write an accent": (
        ["kế.txt", unicodedata.normalize("NFD", "kế.txt")],
        ["kế.txt.json", unicodedata.normalize("NFD", "kế.txt") + "-2.json"],
    ),
    "upwards": (["../../etc/x.txt", "/y.txt", "a/./../../z.txt"], ["_/_/etc/x.json", "y.json", "a/_/_/z.json"]),
    "what other systems do not take": (["a\\b.txt", "c:d.txt", "e\nf.txt"], ["a_b.json", "c_d.json", "e_f.json"]),
    "no letter of UTF-8": (["a\udcff.txt"], ["a_xff.json"]),
}  # fmt: skip


@pytest.mark.parametrize(("below", "expected"), NAMES.values(), ids=NAMES.keys())
def test_names_of_results(below: list[str], expected: list[str]) -> None:
    names = result_names([Found(f"{n}/{b}", b) for n, b in enumerate(below)], ".json")
    assert list(names) == expected


def test_a_long_name_still_fits() -> None:
    long = "Kế hoạch thực hiện Nghị quyết về phát triển kinh tế xã hội " * 4
    one, two = result_names([Found("1", f"{long}một.pdf"), Found("2", f"{long}hai.pdf")], ".json")
    assert one != two
    assert all(len(name.encode()) < 240 and name.startswith("Kế hoạch thực hiện") for name in (one, two))


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", "a.txt", "b/c.txt")
    plans(tmp_path, "ngoai.txt", "khac/d.txt")
    (folder / "trong.txt").symlink_to(folder / "a.txt")
    (folder / "ra.txt").symlink_to(tmp_path / "ngoai.txt")
    (folder / "mat.txt").symlink_to(tmp_path / "khong-co.txt")
    (folder / "vong.txt").symlink_to(folder / "vong.txt")
    (folder / "khac").symlink_to(tmp_path / "khac", target_is_directory=True)
    (folder / "len").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "ong.txt")
    found = {f.below: f.refused for f in find_documents([str(folder)])}
    assert [name for name, refused in found.items() if refused is None] == ["a.txt", "trong.txt", "b/c.txt"]
    assert "ra ngoài" in str(found["ra.txt"])
    assert "không dẫn tới" in str(found["mat.txt"])
    assert "không dẫn tới" in str(found["vong.txt"])
    assert set(found) == {"a.txt", "trong.txt", "b/c.txt", "ra.txt", "mat.txt", "vong.txt"}


def test_a_link_that_is_refused_is_a_failure_and_stops_nothing(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", "a.txt")
    (folder / "ra.txt").symlink_to("/etc/hostname")
    out = tmp_path / "out"
    done = run(folder, "-o", out)
    assert done.returncode == 6
    assert "ra.txt: Liên kết tượng trưng dẫn ra ngoài" in done.stderr
    assert list(written(out)) == ["a.json"]


def test_results_inside_the_input_folder_are_not_read_again(tmp_path: Path) -> None:
    plans(tmp_path, "a.txt", "b.txt")
    out = tmp_path / "ket-qua"
    for _ in range(2):
        assert "2 tệp" in run(tmp_path, "-o", out, "--format", "md").stderr
    assert sorted(written(out)) == ["a.md", "b.md"]


def test_no_input_is_overwritten(tmp_path: Path) -> None:
    plans(tmp_path, "a.txt", "a.md")
    before = (tmp_path / "a.md").read_bytes()
    plans(tmp_path, "b.txt")
    (tmp_path / "b.md").write_bytes(before)
    done = run(tmp_path / "b.txt", tmp_path / "b.md", "-o", tmp_path, "--format", "md")
    assert (tmp_path / "b.md").read_bytes() == before
    assert done.returncode == 0
    assert run(tmp_path / "b.md", "-o", tmp_path, "--format", "md").returncode == 2
    assert (tmp_path / "b.md").read_bytes() == before


def test_a_link_in_the_output_leads_nowhere_else(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", "sub/a.txt", "b.txt")
    out, elsewhere = tmp_path / "out", tmp_path / "khac"
    out.mkdir()
    elsewhere.mkdir()
    (out / "sub").symlink_to(elsewhere, target_is_directory=True)
    records = list(extract_many([folder], out))
    assert statuses(records) == {"a.txt": "failed", "b.txt": "done"}
    assert not list(elsewhere.iterdir())


def test_the_manifest_tells_all(tmp_path: Path) -> None:
    folder = plans(tmp_path / "in", "a.txt")
    (folder / "rong.pdf").write_bytes(b"")
    out = tmp_path / "out"
    assert run(folder, "-o", out).returncode == 6
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]
    done, failed = sorted(lines, key=lambda r: r["file"])
    result = json.loads((out / done["output"]).read_text("utf-8"))
    assert done["file"] == result["source"]["file"] == str(folder / "a.txt")
    assert done["sha256"] == result["source"]["sha256"]
    assert (done["status"], done["tasks"], done["pages"]) == ("done", 1, None)
    assert sum(done["findings"].values()) == len(result["findings"])
    assert done["version"] == result["tool"]["version"]
    assert done["seconds"] > 0
    assert done["memory"] > 0
    assert (failed["status"], failed["output"], failed["error"]["code"]) == ("failed", None, "unreadable")
    assert "rỗng" in failed["error"]["problem"]
    assert failed["error"]["remedy"]


def again(tmp_path: Path, change: Callable[[Path, Path], object], form: Form | None = None) -> dict[str, str]:
    """What a second run with `resume` does with a.txt, b.txt and an empty c.txt after a change."""
    folder, out = plans(tmp_path / "in", "a.txt", "b.txt"), tmp_path / "out"
    (folder / "c.txt").write_bytes(b"")
    assert statuses(list(extract_many([folder], out))) == {"a.txt": "done", "b.txt": "done", "c.txt": "failed"}
    change(folder, out)
    return statuses(list(extract_many([folder], out, form=form, resume=True)))


def forget(_: Path, out: Path) -> None:
    (out / "b.json").unlink()


def edit(folder: Path, _: Path) -> None:
    (folder / "b.txt").write_text(PLAN.format(n=99), encoding="utf-8")


def other_version(_: Path, out: Path) -> None:
    manifest = out / "manifest.jsonl"
    lines = manifest.read_text("utf-8").splitlines()
    manifest.write_text(
        "".join((line.replace('"version":"', '"version":"0.0.') if "b.txt" in line else line) + "\n" for line in lines),
        "utf-8",
    )


def cut_off(_: Path, out: Path) -> None:
    manifest = out / "manifest.jsonl"
    lines = sorted(manifest.read_bytes().splitlines(), key=lambda line: b"b.txt" in line)
    manifest.write_bytes(b"\n".join(lines)[:-20])


RESUMED = {
    "nothing": (lambda *_: None, None, "unchanged", "unchanged"),
    "a result is gone": (forget, None, "unchanged", "done"),
    "a document is another": (edit, None, "unchanged", "done"),
    "made by another version": (other_version, None, "unchanged", "done"),
    "the last line is cut off": (cut_off, None, "unchanged", "done"),
    "other options": (lambda *_: None, Form(options=Options(text=False)), "done", "done"),
    "other limits change no result": (lambda *_: None, Form(options=Options(max_pages=9)), "unchanged", "unchanged"),
}


@pytest.mark.parametrize(("change", "form", "a", "b"), RESUMED.values(), ids=RESUMED.keys())
def test_resume_does_what_is_not_done_or_not_the_same(
    change: Callable[[Path, Path], object], form: Form | None, a: str, b: str, tmp_path: Path
) -> None:
    """A document that failed is always tried again."""
    assert again(tmp_path, change, form) == {"a.txt": a, "b.txt": b, "c.txt": "failed"}
    records = read_manifest(tmp_path / "out" / "manifest.jsonl")
    assert {Path(name).name: r.status for name, r in records.items()} == {
        "a.txt": "done",
        "b.txt": "done",
        "c.txt": "failed",
    }


def test_one_run_at_a_time(tmp_path: Path) -> None:
    folder, out = many(tmp_path / "in", 3), tmp_path / "out"
    first = extract_many([folder], out)
    next(first)
    with pytest.raises(KehoachError, match="lần chạy khác"):
        next(extract_many([folder], out))
    first.close()
    assert len(list(extract_many([folder], out))) == 3


def descendants(process: int) -> set[int]:
    found: set[int] = set()
    waiting = [process]
    while waiting:
        for listing in Path(f"/proc/{waiting.pop()}/task").glob("*/children"):
            try:
                below = [int(p) for p in listing.read_text().split()]
            except OSError:
                continue
            found.update(below)
            waiting.extend(below)
    return found


def gone(processes: set[int]) -> bool:
    """Whether all of them end; a process that nobody waits for is gone too."""
    for _ in range(200):
        left = set()
        for process in processes:
            try:
                state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state not in "ZX":
                left.add(process)
        if not left:
            return True
        time.sleep(0.1)
    return False


def begun(folder: Path, out: Path) -> tuple[subprocess.Popen[bytes], set[int]]:
    """The command at work, some documents done, and the processes it has started."""
    process = subprocess.Popen(
        [*COMMAND, "extract", str(folder), "-o", str(out), "--jobs", "2"],
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # as at a terminal, also in the background
    )
    while not (out / "manifest.jsonl").is_file() or (out / "manifest.jsonl").read_bytes().count(b"\n") < 3:
        assert process.poll() is None
        time.sleep(0.02)
    return process, descendants(process.pid)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Forty plans, and what an undisturbed run makes of them."""
    tmp_path = tmp_path_factory.mktemp("batch")
    folder, out = many(tmp_path / "in", 40), tmp_path / "out"
    assert run(folder, "-o", out, "--jobs", "2").returncode == 0
    return folder, written(out)


ENDINGS = {"killed": (signal.SIGKILL, -9), "interrupted": (signal.SIGINT, 130), "terminated": (signal.SIGTERM, 130)}


@pytest.mark.parametrize(("how", "code"), ENDINGS.values(), ids=ENDINGS.keys())
def test_a_run_that_is_ended_loses_what_it_had_in_hand(
    how: signal.Signals, code: int, whole: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    """Nothing half-written, nothing left running, and `--resume` does the rest and no more."""
    folder, expected = whole
    out = tmp_path / "out"
    process, started = begun(folder, out)
    process.send_signal(how)
    assert process.wait() == code
    assert gone(started)
    partly = {k: v for k, v in written(out).items() if not Path(k).name.startswith(".kehoach-")}
    assert partly.items() <= expected.items()
    recorded = len(read_manifest(out / "manifest.jsonl"))
    assert recorded <= len(partly) <= recorded + 2 * 2
    done = run(folder, "-o", out, "--jobs", "2", "--resume")
    assert done.returncode == 0
    assert f"{recorded} không đổi" in done.stderr
    assert written(out) == expected


def test_a_worker_that_is_killed_loses_nothing(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    folder, expected = whole
    out = tmp_path / "out"
    process, _ = begun(folder, out)
    workers = [int(p) for p in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    below = {p for listing in Path(f"/proc/{process.pid}/task").glob("*/children") for p in listing.read_text().split()}
    assert below
    os.kill(int((workers or sorted(map(int, below)))[0]), signal.SIGKILL)
    assert process.wait() == 0
    assert written(out) == expected


def test_quiet_where_nobody_watches_and_a_bar_where_somebody_does(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 4)
    assert run(folder, "-o", tmp_path / "out").stderr == "Đã xử lý 4 tệp: 4 thành công, 0 lỗi.\n"
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*COMMAND, "extract", str(folder), "-o", str(tmp_path / "out")], stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    assert process.wait() == 0
    assert "4/4" in shown.decode()
    assert "văn bản/phút" in shown.decode()


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path: Path) -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    marks = [held() for _ in extract_many([many(tmp_path / "in", 60)], tmp_path / "out")]
    assert marks[-1] - marks[10] < 4_000_000


def test_the_example_of_the_documentation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parents[1]
    examples = re.findall(r"```python\n(.*?)```", (root / "docs/batch.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "samples").symlink_to(root / "samples")
    monkeypatch.chdir(tmp_path)
    for code in examples:
        exec(compile(code, "batch.md", "exec"), {})
    out = capsys.readouterr().out
    assert "samples/so-noi-vu-cai-cach-hanh-chinh.txt done 15" in out
    assert "failed" not in out
    assert "156/KH-UBND" in out


def test_every_option_is_documented() -> None:
    root = Path(__file__).parents[1]
    told = (root / "README.md").read_text("utf-8")
    options = re.findall(r"^ +(?:-\w, )?(--[\w-]+)", run("--help").stdout, re.MULTILINE)
    assert len(options) > 15
    assert [o for o in options if o not in told and o not in ("--help", "--quiet")] == []


def test_only_a_folder_can_be_resumed(tmp_path: Path) -> None:
    plans(tmp_path, "a.txt")
    for arguments in (["--resume"], ["--manifest", "m"], ["--engine", "dask"], ["--scheduler", "tcp://x:1"]):
        assert run(tmp_path / "a.txt", "-o", tmp_path / "a.json", *arguments).returncode == 2
