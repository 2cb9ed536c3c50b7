"""The same batch over many machines, by Dask: the scheduler hands out documents, this process keeps the manifest.

Every machine reads and writes by the names in the plan: a folder that all of them see, or addresses (S3, SFTP). What a
worker that is lost had in hand goes to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any

from msgspec.structs import replace

from extractor.batch.extraction import Form
from extractor.batch.job import Failure
from extractor.batch.manifest import Record, open_manifest
from extractor.batch.places import folder_at
from extractor.batch.pool import Pool
from extractor.batch.run import Batch, Item, blank_record, recorded, work_on
from extractor.errors import LimitError, UnreadableError, UnsupportedError

_AHEAD = 4  # documents handed out for each thread of the cluster, so that none waits
_SECONDS = 15  # to find the scheduler


def run_on_cluster(batch: Batch, scheduler: str) -> Iterator[Record]:
    """Carry out a plan on the workers of a Dask scheduler ("tcp://10.0.0.5:8786"); records as they come.

    The workers need this package, of the same version. Raises `UnsupportedError` where Dask is not installed,
    `UnreadableError` where the scheduler does not answer or another run holds the manifest.
    """
    try:
        from distributed import Client
    except ImportError:
        raise UnsupportedError(scheduler, "Chưa cài Dask.", "Cài bằng: pip install 'kehoach[dask]'.") from None
    with open_manifest(batch.manifest, resume=batch.resume) as manifest:
        try:
            client = Client(scheduler, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise UnreadableError(
                scheduler, f"Không nối được với bộ điều phối Dask ({error}).", "Kiểm tra địa chỉ và mạng."
            ) from None
        with client:
            if batch.resume:
                folder_at(batch.output).sweep()
            yield from recorded(_records(client, batch), manifest)


def _records(client: Any, batch: Batch) -> Iterator[Record]:
    """What the workers give back, a window of documents at a time."""
    from distributed import KilledWorker, as_completed

    form = batch.form
    if form.options.ocr_threads is None:
        form = replace(form, options=replace(form.options, ocr_threads=1))
    threads = sum(client.nthreads().values()) or 1
    waiting = iter(batch.items)
    items: dict[str, Item] = {}

    def next_ones(count: int) -> list[Any]:
        futures = []
        for item in islice(waiting, count):
            future = client.submit(work_here, item, form, batch.output, pure=False)
            items[future.key] = item
            futures.append(future)
        return futures

    running = as_completed(next_ones(_AHEAD * threads), loop=client.loop)
    for future in running:
        item = items.pop(future.key)
        for following in next_ones(1):
            running.add(following)
        error = future.exception()
        if error is None:
            yield future.result()
        elif isinstance(error, KilledWorker):
            problem = LimitError(
                item.found.shown,
                "Các máy làm việc lần lượt bị dừng khi đọc văn bản này.",
                "Kiểm tra bộ nhớ của các máy rồi chạy lại với --resume.",
            )
            yield replace(blank_record(item, form), error=Failure.of(problem))
        else:
            raise error


def work_here(item: Item, form: Form, output: str) -> Record:
    """Runs on a worker of the cluster: the document in a child of a process kept for it."""
    return work_on(item, form, folder_at(output), _standing_pool().run)


@cache
def _standing_pool() -> Pool:
    """As many workers as this Dask worker has threads; they end with it."""
    from distributed import get_worker

    return Pool(int(get_worker().state.nthreads))
