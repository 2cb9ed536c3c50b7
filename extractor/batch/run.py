"""A batch from end to end: plan the work, run each document in a child, write its result, record it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace

from extractor.batch.extraction import Form, extraction
from extractor.batch.guard import attempted
from extractor.batch.job import Failure, Job, Outcome
from extractor.batch.manifest import NAME, Manifest, Record, open_manifest, read_manifest
from extractor.batch.places import Folder, folder_at, is_address
from extractor.batch.plan import Found, find_documents, result_names
from extractor.batch.pool import Pool, read_bytes, shared_out
from extractor.errors import KehoachError, UnreadableError
from extractor.export import EXPORTERS
from extractor.version import __version__


class Item(msgspec.Struct, frozen=True):
    """A document of a batch: where its result goes, and the digest that it had when that was made."""

    found: Found
    target: str
    known: str | None = None


class Batch(msgspec.Struct, frozen=True):
    """The plan of a batch. `output` is a path or an address, `manifest` a path of this machine."""

    items: tuple[Item, ...]
    form: Form
    output: str
    manifest: Path
    resume: bool


def plan_batch(
    paths: Iterable[str | Path],
    output: str | Path,
    *,
    form: Form | None = None,
    resume: bool = False,
    manifest: Path | None = None,
) -> Batch:
    """What is to be done for these paths, folders, globs and addresses; nothing is read but the manifest.

    `manifest` is by default "manifest.jsonl" in the output folder; an address needs one on this machine.
    Raises `UnreadableError` for a folder without documents, `ValueError` where a result would overwrite a document
    or an address has no manifest.
    """
    form = form or Form()
    output = str(output)
    if manifest is None:
        if is_address(output):
            raise ValueError("manifest")
        manifest = Path(output, NAME)
    found = find_documents(map(str, paths), but=output)
    names = result_names(found, EXPORTERS[form.format or "json"].suffix)
    if not is_address(output):
        _refuse_overwriting(found, names, Path(output))
    before = read_manifest(manifest) if resume else {}
    folder = folder_at(output) if before else None
    items = tuple(
        Item(f, name, _known(before.get(f.shown), name, form, folder)) for f, name in zip(found, names, strict=True)
    )
    return Batch(items, form, output, manifest, resume)


def _refuse_overwriting(found: tuple[Found, ...], names: tuple[str, ...], output: Path) -> None:
    sources = {os.path.realpath(f.name) for f in found}
    for name in names:
        if os.path.realpath(output / name) in sources:
            raise ValueError(str(output / name))


def _known(record: Record | None, target: str, form: Form, folder: Folder | None) -> str | None:
    """The digest of a document that is done, if its result is there and would be the same."""
    if record is None or folder is None or record.status != "done" or record.output != target:
        return None
    same = record.options == form.fingerprint and record.version == __version__
    return record.sha256 if same and folder.has(target) else None


def extract_many(
    paths: Iterable[str | Path],
    output: str | Path,
    *,
    form: Form | None = None,
    jobs: int = 1,
    resume: bool = False,
    manifest: Path | None = None,
) -> Iterator[Record]:
    """Extract every document into its own file below `output`; yields a `Record` as each is there.

    `paths` are files, folders, globs and addresses that fsspec knows ("s3://kho/ke-hoach"); `jobs` documents are
    worked on side by side, each in a child process within `form.limits`. A document that fails gives a record with
    its error and stops no other. `resume` leaves out what is done and unchanged. Memory does not grow with the number
    of documents, but for less than a kilobyte of names for each.

        for record in extract_many(["ke-hoach/"], "ket-qua/", jobs=4, resume=True):
            print(record.file, record.status, record.tasks)

    Raises `UnreadableError` for a folder without documents or an output folder that another run holds.
    """
    return run_batch(plan_batch(paths, output, form=form, resume=resume, manifest=manifest), jobs=jobs)


def run_batch(batch: Batch, *, jobs: int = 1) -> Iterator[Record]:
    """Carry out a plan on this machine; the records come as the documents are done."""
    folder = folder_at(batch.output)
    form = shared_out(batch.form, jobs)
    with open_manifest(batch.manifest, resume=batch.resume) as manifest, Pool(jobs, documents=len(batch.items)) as pool:
        if batch.resume:
            folder.sweep()
        yield from recorded(pool.side_by_side(lambda i: work_on(i, form, folder, pool.run), batch.items), manifest)


def recorded(records: Iterable[Record], manifest: Manifest) -> Iterator[Record]:
    """The records, each written down before it is passed on."""
    for record in records:
        if record.status != "unchanged":
            manifest.add(record)
        yield record


def blank_record(item: Item, form: Form) -> Record:
    """The record of a document of which nothing is known yet."""
    return Record(item.found.shown, None, "failed", None, form.fingerprint, __version__)


def work_on(item: Item, form: Form, folder: Folder, run: Callable[[Job], Outcome]) -> Record:
    """Read the bytes of one document, have it worked on, write its result: what became of it. Raises `Stopped`."""
    found = item.found
    record = blank_record(item, form)
    try:
        data = read_bytes(found)
    except KehoachError as error:
        return replace(record, error=Failure.of(error))
    record = replace(record, sha256=hashlib.sha256(data).hexdigest())
    if item.known is not None and item.known == record.sha256:
        return replace(record, status="unchanged", output=item.target)
    outcome = attempted(extraction(found.shown, data, form), run)
    record = replace(
        record,
        seconds=outcome.seconds,
        cpu_seconds=outcome.cpu_seconds,
        memory=outcome.memory,
        error=outcome.made.failure,
    )
    if record.error is not None:
        return record
    try:
        folder.write(item.target, outcome.made.payload)
    except Exception as error:  # whatever a store raises
        problem = UnreadableError(
            found.shown, f"Không ghi được kết quả {item.target} ({error}).", "Kiểm tra chỗ trống và quyền ghi."
        )
        return replace(record, error=Failure.of(problem))
    counts = outcome.made.counts
    assert counts is not None
    return replace(
        record,
        status="done",
        output=item.target,
        pages=counts.pages,
        tasks=counts.tasks,
        citations=counts.citations,
        findings=counts.findings,
    )
