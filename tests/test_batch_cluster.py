"""The same batch over a real Dask scheduler with two worker processes on this machine, one of them killed half-way."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_batch import COMMAND, gone, many, run, written

from extractor.batch.manifest import read_manifest

pytest.importorskip("distributed")


def dask(*arguments: str) -> subprocess.Popen[bytes]:
    quiet = {**os.environ, "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "False"}
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=quiet,
    )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    found = tmp_path / "scheduler.json"
    scheduler = dask(
        "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(found)
    )
    processes = [scheduler]
    try:
        while not found.is_file():
            assert scheduler.poll() is None
            time.sleep(0.1)
        address = re.search(r'"address": "(tcp://[^"]+)"', found.read_text())
        assert address
        workers = [
            dask(
                "dask_worker", address[1], "--no-nanny", "--no-dashboard", "--nthreads", "1", "--host", "127.0.0.1",
                "--local-directory", str(tmp_path / "dask"),
            )
            for _ in range(2)
        ]  # fmt: skip
        processes += workers
        yield address[1], workers
    finally:
        for process in processes:
            process.kill()
            process.wait()
            assert process.stderr
            process.stderr.close()


def test_a_worker_that_is_killed_loses_nothing_and_the_rest_can_be_resumed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    """The results are those of a run on one machine, byte for byte; the manifest has a line for each."""
    address, workers = cluster
    folder, out, alone = many(tmp_path / "in", 40), tmp_path / "out", tmp_path / "alone"
    (folder / "rong.pdf").write_bytes(b"")
    assert run(folder, "-o", alone, "--jobs", "2").returncode == 6
    there = ["--engine", "dask", "--scheduler", address]
    process = subprocess.Popen([*COMMAND, "extract", str(folder), "-o", str(out), *there], stderr=subprocess.PIPE)
    manifest = out / "manifest.jsonl"
    while not manifest.is_file() or manifest.read_bytes().count(b"\n") < 3:
        assert process.poll() is None
        time.sleep(0.05)
    started = {int(p) for p in Path(f"/proc/{workers[0].pid}/task/{workers[0].pid}/children").read_text().split()}
    workers[0].send_signal(signal.SIGKILL)
    assert process.wait() == 6
    assert gone(started)
    assert written(out) == written(alone)
    records = read_manifest(manifest)
    assert {r.status for name, r in records.items() if not name.endswith("rong.pdf")} == {"done"}
    assert records[str(folder / "rong.pdf")].error is not None
    (out / "0" / "ke-hoach-001.json").unlink()
    done = run(folder, "-o", out, *there, "--resume")
    assert "39 không đổi, 1 lỗi" in done.stderr
    assert written(out) == written(alone)


def test_a_scheduler_that_does_not_answer(tmp_path: Path) -> None:
    folder = many(tmp_path / "in", 1)
    done = run(folder, "-o", tmp_path / "out", "--engine", "dask", "--scheduler", "khong-phai-dia-chi")
    assert done.returncode == 3
    assert "bộ điều phối Dask" in done.stderr
