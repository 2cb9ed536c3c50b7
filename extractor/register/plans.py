"""The documents that a command line names: plans to be extracted, or JSON and JSONL that were extracted before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from extractor.batch.extraction import Form
from extractor.batch.guard import document_of
from extractor.batch.plan import Found
from extractor.batch.pool import outcomes
from extractor.document import Document
from extractor.errors import KehoachError, UnreadableError
from extractor.read import bytes_of, limits

_EXTRACTED = (".json", ".jsonl")
_MARK, _HEAD = b'"schema_version"', 200  # what the results of `kehoach extract` open with


def read_documents(found: Iterable[Found], form: Form | None = None) -> Iterator[tuple[str, Document | KehoachError]]:
    """Each document by its file, in order, or the error that kept it from being read.

    Plans are extracted in child processes within the limits of `form`, several side by side.
    """
    found = tuple(found)
    plans = tuple(f for f in found if not _is_extracted(f.name))
    form = msgspec.structs.replace(form or Form(), format=None)
    with contextlib.closing(outcomes(plans, form)) as extracted:
        for one in found:
            try:
                if _is_extracted(one.name):
                    for document in _results(Path(one.name), one.shown):
                        yield one.shown, document
                else:
                    yield one.shown, document_of(next(extracted)[1], one.shown)
            except KehoachError as error:
                yield one.shown, error


def extracted_in(folder: Path) -> tuple[Found, ...]:
    """The results of earlier extractions below a folder, in order."""
    paths = (p for p in folder.rglob("*") if _is_extracted(p.name) and p.is_file())
    marked = sorted(str(p) for p in paths if _MARK in p.open("rb").read(_HEAD))
    return tuple(Found(name, Path(name).name) for name in marked)


def _is_extracted(name: str) -> bool:
    return Path(name).suffix.lower() in _EXTRACTED


def _results(path: Path, shown: str) -> Iterator[Document]:
    """The documents of a result, one in memory at a time."""
    if path.suffix.lower() == ".json":
        yield _decoded(bytes_of(path, shown), shown)
        return
    try:
        with path.open("rb") as stream:
            while line := stream.readline(limits.RESULT_BYTES + 1):
                if line.strip():
                    yield _decoded(line, shown)
    except OSError as error:
        raise UnreadableError(
            shown, f"Không mở được tệp ({error.strerror}).", "Kiểm tra đường dẫn và quyền đọc."
        ) from None


def _decoded(data: bytes, shown: str) -> Document:
    if len(data) > limits.RESULT_BYTES:
        raise UnreadableError(shown, "Kết quả của một văn bản dài bất thường.", "Trích xuất lại văn bản gốc.")
    try:
        return Document.from_json(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(
            shown, "Tệp JSON này không phải kết quả của kehoach extract.", "Trích xuất lại văn bản gốc."
        ) from error
