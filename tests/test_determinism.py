"""The same input gives the same bytes: whatever the hash seed, the locale, the time zone, the folder, the day, the jobs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
KINDS = [next(SAMPLES.glob(f"*.{suffix}")) for suffix in ("txt", "docx", "pdf")]
SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "LANG": "vi_VN.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "LC_ALL": "POSIX", "TZ": "Pacific/Niue", "OMP_NUM_THREADS": "1"},
]


def run(*arguments: str, cwd: Path, surroundings: dict[str, str]) -> bytes:
    """What the command prints in other surroundings."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **surroundings}
    done = subprocess.run(
        [sys.executable, "-m", "extractor", *arguments], cwd=cwd, env=environment, capture_output=True
    )
    assert done.returncode in (0, 10), done.stderr  # 10: something differs, as an audit is to say
    return done.stdout


@pytest.mark.parametrize("path", KINDS, ids=lambda p: p.suffix)
def test_the_same_bytes_in_any_surroundings(path: Path, tmp_path: Path) -> None:
    """Read by the same name from three folders under three seeds, locales and time zones."""
    printed = set()
    for i, surroundings in enumerate(SURROUNDINGS):
        folder = tmp_path / str(i)
        folder.mkdir()
        (folder / path.name).write_bytes(path.read_bytes())
        printed.add(run("extract", "-q", path.name, cwd=folder, surroundings=surroundings))
    assert len(printed) == 1
    assert printed.pop().startswith(b"{")


@pytest.mark.parametrize("format_", ["jsonl", "csv", "md"])
def test_exports_are_the_same_bytes(format_: str, tmp_path: Path) -> None:
    """The exports that bear no time of writing."""
    printed = {
        run("extract", "-q", "--format", format_, str(KINDS[0]), cwd=tmp_path, surroundings=surroundings)
        for surroundings in SURROUNDINGS
    }
    assert len(printed) == 1


def batch(out: Path, jobs: int, *documents: str) -> dict[str, bytes]:
    """The results of a batch by name."""
    out.mkdir()
    arguments = ("extract", "-q", "--jobs", str(jobs), "--output", str(out), *documents)
    run(*arguments, cwd=SAMPLES, surroundings=SURROUNDINGS[jobs % len(SURROUNDINGS)])
    return {p.name: p.read_bytes() for p in out.rglob("*.json")}


def test_the_same_bytes_with_any_number_of_jobs_in_any_order(tmp_path: Path) -> None:
    """The samples by one, two and three jobs, each in other surroundings; named one by one, the last first."""
    names = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx", ".txt"))
    found = [batch(tmp_path / str(jobs), jobs, *names) for jobs in (1, 2, 3)]
    assert len(found[0]) == len(names)
    assert found[0] == found[1] == found[2] == batch(tmp_path / "back", 2, *reversed(names))


@pytest.mark.parametrize(
    "command",
    [
        ("cite",),
        ("cite", "--format", "html"),
        ("tasks", "--as-of", "2026-05-01"),
        ("tasks", "--as-of", "2026-05-01", "--format", "csv"),
        ("diff", str(KINDS[1]), "--format", "json"),
        ("diff", str(KINDS[1]), "--format", "html"),
        ("extract", "-q", "--no-text", "--model", "none"),
    ],
    ids=" ".join,
)
def test_what_other_commands_print_is_the_same_bytes(command: tuple[str, ...], tmp_path: Path) -> None:
    printed = {run(*command, str(KINDS[0]), cwd=tmp_path, surroundings=s) for s in SURROUNDINGS}
    assert len(printed) == 1
    assert printed.pop()


def test_graphs_and_audits_are_the_same_bytes(tmp_path: Path) -> None:
    """The register holds what the samples cite; the files of a graph are compared with each other."""
    register = str(tmp_path / "so.db")
    run("register", "add", str(KINDS[0]), "--register", register, cwd=tmp_path, surroundings=SURROUNDINGS[0])
    audits, graphs = set(), set()
    for i, surroundings in enumerate(SURROUNDINGS):
        out = tmp_path / str(i)
        run("graph", str(SAMPLES), "-o", str(out), cwd=tmp_path, surroundings=surroundings)
        graphs.add(tuple((p.name, p.read_bytes()) for p in sorted(out.iterdir())))
        audit = ("audit", str(KINDS[0]), "--register", register, "--format", "json", "--as-of", "2026-05-01")
        audits.add(run(*audit, cwd=tmp_path, surroundings=surroundings))
    assert len(audits) == len(graphs) == 1
