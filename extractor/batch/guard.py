"""One document in a child process within limits, for whoever wants its result and no file."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import msgspec

from extractor.batch.child import Limits, may_fork
from extractor.batch.extraction import Form, extraction
from extractor.batch.job import Failure, Job, Made, Outcome, perform
from extractor.batch.places import bytes_at
from extractor.batch.worker import Worker
from extractor.document import Document
from extractor.errors import InternalError, KehoachError, LimitError
from extractor.options import Options


def guarded(name: str, work: Callable[[], bytes], limits: Limits) -> bytes:
    """What `work` on the document of this name returns, from a child process within the limits.

    `work` is a function of a module, or a `functools.partial` of one, for it may go to another process. Raises what it
    raises of `KehoachError`, `LimitError` above a limit, `InternalError` for any other exception.
    """
    return alone(Job(name, limits, partial(_plainly, work, Path.cwd()))).payload(name)


def extract_guarded(path: str | Path, *, options: Options | None = None, limits: Limits | None = None) -> Document:
    """The same as `extractor.extract`, from a child process within limits: for files that may mean harm.

    Raises what `extract` raises, and `LimitError`.
    """
    form = Form(options=options or Options(), format=None, limits=limits or Limits())
    return document_of(alone(extraction(str(path), bytes_at(str(path)), form)), str(path))


def document_of(outcome: Outcome, name: str) -> Document:
    """The document of an extraction whose form has no format. Raises the error where there is none."""
    return msgspec.msgpack.decode(outcome.payload(name), type=Document)


def alone(job: Job) -> Outcome:
    """What comes of a job in a child of this very process where that is safe, else of a worker that stays."""
    return attempted(job, perform if may_fork() else _standing_worker().run)


def attempted(job: Job, run: Callable[[Job], Outcome]) -> Outcome:
    """The outcome; a failure where the process that works on it is killed time and again."""
    try:
        return run(job)
    except ChildProcessError:
        error: KehoachError = LimitError(
            job.name, "Tiến trình đọc tệp bị dừng từ bên ngoài.", "Kiểm tra bộ nhớ của máy rồi chạy lại với --resume."
        )
    except MemoryError as problem:
        error = InternalError.of(job.name, problem)
    return Outcome(Made(failure=Failure.of(error)))


@cache
def _standing_worker() -> Worker:
    """A worker for one document after the other, for as long as this process lives."""
    return Worker()


def _plainly(work: Callable[[], bytes], folder: Path) -> Made:
    os.chdir(folder)  # the worker that stays was started where this process was then
    return Made(work())
