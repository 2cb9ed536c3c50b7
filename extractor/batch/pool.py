"""Documents side by side on this machine: workers, each with one document in hand."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from extractor.batch.child import may_fork
from extractor.batch.extraction import Form, extraction
from extractor.batch.guard import alone, attempted
from extractor.batch.job import Failure, Job, Made, Outcome
from extractor.batch.places import bytes_at
from extractor.batch.plan import Found
from extractor.batch.worker import Worker, warm
from extractor.errors import KehoachError, UnsupportedError

_FEW = 3
T = TypeVar("T")
R = TypeVar("R")


def outcomes(found: tuple[Found, ...], form: Form, *, jobs: int | None = None) -> Generator[tuple[Found, Outcome]]:
    """What comes of each document, in order, where results are not files of their own.

    A few documents are worked on one by one in children of this very process where that is safe: no worker is started.
    """
    if len(found) <= _FEW and (len(found) == 1 or may_fork()):
        if len(found) > 1:
            warm()
        for one in found:
            yield one, _outcome(one, form, alone)
        return
    with Pool(min(jobs or processors(), max(1, len(found))), documents=len(found)) as pool:
        form = shared_out(form, pool.jobs)
        yield from pool.side_by_side(
            lambda f: (f, _outcome(f, form, lambda job: attempted(job, pool.run))), found, in_order=True
        )


def _outcome(found: Found, form: Form, run: Callable[[Job], Outcome]) -> Outcome:
    try:
        return run(extraction(found.shown, read_bytes(found), form))
    except KehoachError as error:
        return Outcome(Made(failure=Failure.of(error)))


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
