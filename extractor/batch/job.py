"""A piece of work on one document, what comes out of it, and what is told where nothing does."""

from __future__ import annotations

import signal
from collections.abc import Callable

import msgspec

from extractor.batch.child import Ended, Limits, run_limited
from extractor.errors import BY_CODE, InternalError, KehoachError, LimitError, UnreadableError


class Failure(msgspec.Struct, frozen=True):
    """An error as it goes from process to process and into the manifest."""

    code: str
    problem: str
    remedy: str

    @classmethod
    def of(cls, error: KehoachError) -> Failure:
        return cls(error.code, error.problem, error.remedy)

    def error(self, name: str) -> KehoachError:
        """The exception that it was."""
        return BY_CODE[self.code](name, self.problem, self.remedy)


class Counts(msgspec.Struct, frozen=True):
    """What was found in a document; `findings` are counted by severity."""

    pages: int | None
    tasks: int
    citations: int
    findings: dict[str, int]


class Made(msgspec.Struct, frozen=True):
    """What comes out of the child: the result, or why there is none. `counts` where a plan was extracted."""

    payload: bytes = b""
    counts: Counts | None = None
    failure: Failure | None = None


class Job(msgspec.Struct, frozen=True):
    """Work on the document of this name. It may go to another process, so `work` is a function of a module, or a
    `functools.partial` of one.
    """

    name: str
    limits: Limits
    work: Callable[[], Made]


class Outcome(msgspec.Struct, frozen=True):
    """What came out, and what it took: seconds by the clock and of the processor, memory in MB."""

    made: Made
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory: float = 0.0

    def payload(self, name: str) -> bytes:
        """The result. Raises the error where there is none; `name` is the document's."""
        if self.made.failure is not None:
            raise self.made.failure.error(name)
        return self.made.payload


def perform(job: Job, *, asker: int | None = None) -> Outcome:
    """Do the work in a child of this process, within its limits. Never raises for the document's sake.

    `asker` is a file descriptor whose closing stops it with `Stopped`.
    """
    ended = run_limited(lambda: msgspec.msgpack.encode(make(job)), job.limits, asker=asker)
    if ended.result is not None:
        made = msgspec.msgpack.decode(ended.result, type=Made)
    else:
        made = Made(failure=Failure.of(_error_of(ended, job.limits, job.name)))
    return Outcome(made, round(ended.seconds, 3), round(ended.cpu_seconds, 3), round(ended.memory, 1))


def make(job: Job) -> Made:
    """The same in this process, without limits; only `MemoryError` comes out of it."""
    try:
        return job.work()
    except KehoachError as error:
        return Made(failure=Failure.of(error))
    except MemoryError:
        raise
    except Exception as error:  # one bad file never stops the others
        return Made(failure=Failure.of(InternalError.of(job.name, error)))


def _error_of(ended: Ended, limits: Limits, name: str) -> KehoachError:
    """What to tell of a child that gave no result."""
    if ended.over == "memory":
        return LimitError(
            name,
            f"Văn bản cần hơn {limits.memory} MB bộ nhớ.",
            "Kiểm tra lại tệp gốc; nếu tệp đúng là lớn, tăng --max-memory.",
        )
    if ended.over is not None:
        clock = ended.over == "seconds"
        most, option = (limits.seconds, "--max-seconds") if clock else (limits.cpu_seconds, "--max-cpu-seconds")
        return LimitError(
            name,
            f"Đọc quá {most:g} giây mà chưa xong.",
            f"Kiểm tra lại tệp gốc; nếu tệp đúng là lớn, tăng {option}.",
        )
    if ended.signal == signal.SIGKILL:
        return LimitError(
            name,
            "Việc đọc tệp bị hệ thống dừng, thường vì máy hết bộ nhớ.",
            "Giảm --jobs hoặc --max-memory rồi chạy lại.",
        )
    if ended.signal:
        return UnreadableError(
            name,
            f"Thư viện đọc tệp bị dừng đột ngột ({signal.Signals(ended.signal).name}).",
            "Tệp có thể bị hỏng: tải lại, hoặc mở rồi lưu lại bằng chương trình khác.",
        )
    return InternalError(name, "Lỗi bên trong chương trình.", "Báo lỗi này cho người phát triển.")
