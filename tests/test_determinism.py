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
        [sys.executable, "-m", "extractor", *arguments], cwd=cwd, env=environment, capture_output=True, check=True
    )
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


def test_the_same_bytes_with_any_number_of_jobs(tmp_path: Path) -> None:
    """A batch of five documents by one, two and three jobs."""
    found = []
    for jobs in ("1", "2", "3"):
        out = tmp_path / jobs
        out.mkdir()
        run(
            "extract",
            "-q",
            "--jobs",
            jobs,
            "--output",
            str(out),
            str(SAMPLES),
            cwd=SAMPLES,
            surroundings=SURROUNDINGS[1],
        )
        found.append({p.name: p.read_bytes() for p in out.rglob("*.json")})
    assert len(found[0]) == len([p for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx", ".txt")])
    assert found[0] == found[1] == found[2]
