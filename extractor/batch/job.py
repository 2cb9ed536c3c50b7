"""One document to be worked on, what is to come out of it, and what came."""

from __future__ import annotations

import hashlib
import io
import signal
from collections import Counter

import msgspec

from extractor.batch.child import Ended, Limits, run_limited
from extractor.document import Document
from extractor.errors import BY_CODE, InternalError, KehoachError, LimitError, UnreadableError
from extractor.export import EXPORTERS, Settings
from extractor.options import Options


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What is made of every document: `format` None gives the `Document` itself, as MessagePack."""

    options: Options = Options()
    format: str | None = "json"
    settings: Settings = Settings()
    limits: Limits = Limits()

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that are the same where the results are: limits only decide whether there is one."""
        chosen = (self.options.dpi, self.options.ocr, self.options.text, self.options.model, self.format)
        written = (self.settings.preset, self.settings.bom, self.settings.images)
        return hashlib.sha256(repr(chosen + written).encode()).hexdigest()[:16]


class Job(msgspec.Struct, frozen=True):
    """A document by its name; `data` are its bytes where they are not to be read from the file of that name."""

    name: str
    form: Form
    data: bytes | None = None


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
    """What comes out of the child: the result, or why there is none."""

    payload: bytes = b""
    counts: Counts | None = None
    failure: Failure | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What came out, and what it took: seconds by the clock and of the processor, memory in MB."""

    made: Made
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory: float = 0.0

    def document(self, name: str) -> Document:
        """The document of a job without a format. Raises the error where there is none."""
        if self.made.failure is not None:
            raise self.made.failure.error(name)
        return msgspec.msgpack.decode(self.made.payload, type=Document)


def perform(job: Job, *, asker: int | None = None) -> Outcome:
    """Work on the document in a child of this process, within its limits. Never raises for the document's sake.

    `asker` is a file descriptor whose closing stops it with `Stopped`.
    """
    limits = job.form.limits
    ended = run_limited(lambda: msgspec.msgpack.encode(make(job)), limits, asker=asker)
    if ended.result is not None:
        made = msgspec.msgpack.decode(ended.result, type=Made)
    else:
        made = Made(failure=Failure.of(_error_of(ended, limits, job.name)))
    return Outcome(made, round(ended.seconds, 3), round(ended.cpu_seconds, 3), round(ended.memory, 1))


def make(job: Job) -> Made:
    """The same in this process, without limits; only `MemoryError` comes out of it."""
    try:
        document = _document(job)
        return Made(_written(document, job.form), _counts(document))
    except KehoachError as error:
        return Made(failure=Failure.of(error))
    except MemoryError:
        raise
    except Exception as error:  # one bad file never stops the others
        return Made(failure=Failure.of(InternalError.of(job.name, error)))


def _document(job: Job) -> Document:
    from extractor.pipeline import extract, extract_bytes

    if job.data is None:
        return extract(job.name, options=job.form.options)
    return extract_bytes(job.data, name=job.name, options=job.form.options)


def _written(document: Document, form: Form) -> bytes:
    if form.format is None:
        return msgspec.msgpack.encode(document)
    stream = io.BytesIO()
    EXPORTERS[form.format].write((document,), stream, form.settings)
    return stream.getvalue()


def _counts(d: Document) -> Counts:
    severities = Counter(f.severity for f in d.findings)
    return Counts(d.source.page_count, len(d.tasks), len(d.cited_documents), dict(sorted(severities.items())))


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
