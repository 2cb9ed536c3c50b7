"""One piece of work in a child process that may take so much time and memory and no more.

The child is forked, so what its parent has loaded costs it nothing. It stands in a session of its own, with what it
starts (Tesseract, LibreOffice), and all of it ends together: at the end, over a limit, or with its parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import select
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import msgspec

MEGABYTE = 1_000_000
_TICK = 0.01  # seconds between two looks at the memory
_SLACK = 512 * MEGABYTE  # address space that threads and libraries reserve and do not use
_NO_MEMORY = 77
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_STOPPING = (signal.SIGINT, signal.SIGTERM)  # wait while a child is forked: what they raise there is swallowed
Mask = set[int | signal.Signals]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one document may take: `seconds` by the clock, `cpu_seconds` of one process, `memory` in MB of the child
    with all that it starts. None: no limit.
    """

    seconds: float | None = 600.0
    cpu_seconds: float | None = 600.0
    memory: int | None = 1000


class Ended(msgspec.Struct, frozen=True):
    """How a child ended. `result` is what the work returned, None where it returned nothing; `over` is the limit that
    was passed, `signal` what ended it otherwise. `memory` is the most it held, in MB.
    """

    result: bytes | None
    over: Literal["seconds", "cpu_seconds", "memory"] | None
    signal: int
    seconds: float
    cpu_seconds: float
    memory: float


class Stopped(Exception):
    """The one who asked for the work is gone."""


def may_fork() -> bool:
    """Whether this process can be forked safely: a system that can, and no second thread that could hold a lock."""
    try:
        return hasattr(os, "fork") and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def run_limited(work: Callable[[], bytes], limits: Limits, *, asker: int | None = None) -> Ended:
    """What `work` returns, from a child process; `asker` is a file descriptor whose closing stops it.

    Raises `Stopped` when `asker` is closed. The child and all that it started are gone when this returns.
    """
    with tempfile.TemporaryDirectory(prefix="kehoach-") as scratch:
        reading, writing = os.pipe()
        started = time.monotonic()
        parent = os.getpid()
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        child = os.fork()
        if not child:
            os.close(reading)
            _work(work, limits, writing, scratch, parent, mask)
        os.close(writing)
        try:
            return _watched(child, reading, limits, started, asker, mask)
        finally:
            os.close(reading)


def _work(work: Callable[[], bytes], limits: Limits, writing: int, scratch: str, parent: int, mask: Mask) -> None:
    """The child's side. Never returns."""
    status = 1
    try:
        os.setsid()
        _die_with(parent)
        for one in _STOPPING:
            signal.signal(one, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        tempfile.tempdir = os.environ["TMPDIR"] = scratch
        if limits.cpu_seconds is not None:
            _lower(resource.RLIMIT_CPU, int(limits.cpu_seconds) + 1)
        if limits.memory is not None:
            _lower(resource.RLIMIT_AS, _address_space() + limits.memory * MEGABYTE + _SLACK)
        _lower(resource.RLIMIT_CORE, 0)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(work())
        status = 0
    except MemoryError:
        status = _NO_MEMORY
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        os._exit(status)


def _die_with(parent: int) -> None:
    """End this process when its parent ends, and let the system end it before others when memory runs out."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
        Path("/proc/self/oom_score_adj").write_text("800")


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY or value < hard:
        resource.setrlimit(kind, (value, hard))


def _watched(child: int, reading: int, limits: Limits, started: float, asker: int | None, mask: Mask) -> Ended:
    """The parent's side: take the result, look at clock and memory, end the child where it goes too far."""
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    if asker is not None:
        poll.register(asker, select.POLLIN)
    pieces: list[bytes] = []
    most = 0.0
    over: Literal["seconds", "memory"] | None = None
    try:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        while over is None:
            ready = dict(poll.poll(_TICK * 1000))
            if asker is not None and asker in ready:
                raise Stopped
            if reading in ready:
                piece = os.read(reading, 1 << 20)
                if not piece:
                    break
                pieces.append(piece)
            held = _held(child)
            most = max(most, held)
            if limits.memory is not None and held > limits.memory:
                over = "memory"
            elif limits.seconds is not None and time.monotonic() - started > limits.seconds:
                over = "seconds"
        if over is not None:
            _end(child)
    except BaseException:
        _end(child)
        os.wait4(child, 0)
        raise
    _, status, used = os.wait4(child, 0)
    _end_session(child)
    code = os.waitstatus_to_exitcode(status)
    return Ended(
        b"".join(pieces) if code == 0 and over is None else None,
        over or ("memory" if code == _NO_MEMORY else "cpu_seconds" if code == -signal.SIGXCPU else None),
        -code if code < 0 and over is None else 0,
        time.monotonic() - started,
        used.ru_utime + used.ru_stime,
        max(most, used.ru_maxrss * 1024 / MEGABYTE),
    )


def _end(child: int) -> None:
    """End a child that has not been waited for, and all that it started."""
    if not _end_session(child):
        os.kill(child, signal.SIGKILL)  # it has not come as far as a session of its own


def _end_session(child: int) -> bool:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _held(child: int) -> float:
    """The memory that a process and all below it hold, in MB; 0 where the system does not tell."""
    pages = 0
    waiting = [str(child)]
    while waiting:
        process = waiting.pop()
        try:
            with open(f"/proc/{process}/statm", "rb") as file:
                pages += int(file.read().split()[1])
            for thread in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{thread}/children", "rb") as file:
                    waiting.extend(file.read().decode().split())
        except (OSError, IndexError):
            continue  # ended meanwhile
    return pages * resource.getpagesize() / MEGABYTE


def _address_space() -> int:
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
