"""Documents side by side on this machine: workers, each with one document in hand."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from functools import cache
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from extractor.batch.child import may_fork
from extractor.batch.job import Failure, Form, Job, Made, Outcome, perform
from extractor.batch.places import bytes_at
from extractor.batch.plan import Found
from extractor.batch.worker import Worker
from extractor.errors import InternalError, KehoachError, LimitError, UnsupportedError

T = TypeVar("T")
R = TypeVar("R")


def outcomes(found: tuple[Found, ...], form: Form, *, jobs: int | None = None) -> Iterator[tuple[Found, Outcome]]:
    """What comes of each document, in order, where results are not files of their own.

    A single document is worked on in a child of this very process where that is safe: nothing else is started.
    """
    if len(found) == 1:
        run = perform if may_fork() else standing_worker().run
        yield found[0], _outcome(found[0], form, run)
        return
    with Pool(min(jobs or processors(), max(1, len(found))), documents=len(found)) as pool:
        form = shared_out(form, pool.jobs)
        yield from pool.side_by_side(lambda f: (f, _outcome(f, form, pool.run)), found, in_order=True)


@cache
def standing_worker() -> Worker:
    """A worker for one document after the other, for as long as this process lives."""
    return Worker()


def _outcome(found: Found, form: Form, run: Callable[[Job], Outcome]) -> Outcome:
    try:
        job = Job(found.shown, form, read_bytes(found))
    except KehoachError as error:
        return Outcome(Made(failure=Failure.of(error)))
    return attempted(job, run)


def read_bytes(found: Found) -> bytes:
    """The bytes of a document. Raises `UnreadableError`, or `UnsupportedError` where it is not to be read."""
    if found.refused is not None:
        raise UnsupportedError(found.shown, found.refused, "Chép tệp thật vào thư mục nếu cần đọc nó.")
    return bytes_at(found.name)


def shared_out(form: Form, jobs: int) -> Form:
    """The processors shared out among the jobs, each of which reads its pages by OCR side by side."""
    if form.options.ocr_threads is not None:
        return form
    return replace(form, options=replace(form.options, ocr_threads=max(1, processors() // jobs)))


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


class Pool:
    """So many workers, started when they are needed; a context that ends them. `documents` are how many will come."""

    def __init__(self, jobs: int, *, documents: int = 1_000_000) -> None:
        self.jobs = jobs
        self._workers = [Worker(thorough=documents > 2 * jobs) for _ in range(jobs)]
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, job: Job) -> Outcome:
        """Have a job done by an idle worker. From as many threads as there are workers."""
        worker = self._idle.get()
        try:
            return worker.run(job)
        finally:
            self._idle.put(worker)

    def close(self) -> None:
        """End the workers and what is in their hands."""
        for worker in self._workers:
            worker.close()

    def side_by_side(self, do: Callable[[T], R], items: Iterable[T], *, in_order: bool = False) -> Iterator[R]:
        """What `do` makes of each item, as they are done or in the order of the items.

        Items are taken as they are needed. What is under way when the caller stops is ended, and lost.
        """
        waiting = iter(items)
        with ThreadPoolExecutor(self.jobs) as threads:
            running = [threads.submit(do, item) for item in islice(waiting, 2 * self.jobs)]
            try:
                while running:
                    done, _ = wait(running[:1] if in_order else running, return_when=FIRST_COMPLETED)
                    for future in done:
                        running.remove(future)
                        running.extend(threads.submit(do, item) for item in islice(waiting, 1))
                        yield future.result()
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                self.close()
                raise


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
