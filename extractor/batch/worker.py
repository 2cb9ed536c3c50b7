"""A process that has everything loaded and forks a child for each document it is given.

It is started by `Worker` and reads jobs from its standard input; when that closes, it ends, and the child with it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from typing import IO

import msgspec

from extractor.batch.child import Stopped
from extractor.batch.extraction import Form, extraction
from extractor.batch.job import Job, Outcome, make, perform

_LENGTH = struct.Struct(">Q")
_PLAN = """Số: 5/KH-STP

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH
Phổ biến pháp luật năm 2026

I. NHIỆM VỤ

1. Phòng Phổ biến pháp luật chủ trì, phối hợp với Văn phòng Sở biên soạn tài liệu theo Nghị định số 62/2020/NĐ-CP
ngày 01/6/2020 của Chính phủ, hoàn thành trước ngày 30/6/2026.
"""
_READERS = ("extractor.read.pdf", "extractor.read.docx", "extractor.read.ocr")


class Worker:
    """The process as seen by the one who gives it work. One job at a time.

    `thorough` loads all that any document may need, which takes a second or two and pays from the third document on.
    """

    def __init__(self, *, thorough: bool = True) -> None:
        self._thorough = thorough
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def run(self, job: Job) -> Outcome:
        """What came out of the job. The process is started where it is not there; where it was killed in the middle,
        the job is tried once more. Raises `Stopped` after `close`, `ChildProcessError` where it is killed again.
        """
        packed = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        for _ in range(2):
            process = self._started()
            assert process.stdin
            assert process.stdout
            try:
                _send(process.stdin, packed)
                answer = _receive(process.stdout)
            except (BrokenPipeError, ValueError):
                answer = None
            if answer is not None:
                return msgspec.msgpack.decode(answer, type=Outcome)
            self._end()
        raise ChildProcessError

    def close(self) -> None:
        """End the process and the document in its hand. May be called from another thread."""
        self._closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._closed:
                raise Stopped
            if self._process is None:
                where = f"import sys; sys.path[:] = {sys.path!r}"
                code = f"{where}; from extractor.batch.worker import main; main({self._thorough})"
                self._process = subprocess.Popen(
                    [sys.executable, "-c", code],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
                    start_new_session=True,  # Ctrl-C is for the one who gives the work
                )
            return self._process

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin
        assert process.stdout
        with contextlib.suppress(OSError):
            process.stdin.close()  # it ends its child, and itself
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def main(thorough: bool) -> None:
    """The process itself: jobs come in on standard input, outcomes go out on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    if thorough:
        _load_all()
    warm()
    gc.collect()
    gc.freeze()  # a collection in a child would copy what they share
    with contextlib.suppress(Stopped, BrokenPipeError):
        while (packed := _receive(sys.stdin.buffer)) is not None:
            job = pickle.loads(packed)
            _send(answers, msgspec.msgpack.encode(perform(job, asker=0)))


def warm() -> None:
    """Load what every document needs, once, so that the children share it. Starts no thread."""
    make(extraction("<text>", _PLAN.encode(), Form()))


def _load_all() -> None:
    """Load what some documents need besides."""
    import importlib

    from extractor.language.verbs import tagged_verb
    from extractor.recognise.deadline_grammar import grammar

    tagged_verb("Dự trữ lương thực")
    for form in grammar().forms.values():
        _ = form.pattern  # compiled when first asked for: here, and not in every child
    for module in _READERS:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    data = stream.read(_LENGTH.unpack(head)[0])
    return data if len(data) == _LENGTH.unpack(head)[0] else None
