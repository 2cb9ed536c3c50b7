"""The documents that a command line names: plans to be extracted, or JSON and JSONL that were extracted before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from extractor.document import Document
from extractor.errors import KehoachError, UnreadableError
from extractor.options import Options

_EXTRACTED = (".json", ".jsonl")
_MARK, _HEAD = b'"schema_version"', 200  # what the results of `kehoach extract` open with


def read_documents(
    paths: Iterable[str], options: Options | None = None
) -> Iterator[tuple[str, Document | KehoachError]]:
    """Each document by its file, or the error that kept it from being read; one in memory at a time."""
    from extractor.pipeline import extract

    for name in paths:
        try:
            if Path(name).suffix.lower() in _EXTRACTED:
                yield from ((name, d) for d in _extracted(Path(name)))
            else:
                yield name, extract(name, options=options)
        except KehoachError as error:
            yield name, error


def extracted_in(folder: Path) -> tuple[str, ...]:
    """The results of earlier extractions below a folder, in order."""
    found = (p for p in folder.rglob("*") if p.suffix.lower() in _EXTRACTED and p.is_file())
    return tuple(sorted(str(p) for p in found if _MARK in p.open("rb").read(_HEAD)))


def _extracted(path: Path) -> Iterator[Document]:
    try:
        if path.suffix.lower() == ".jsonl":
            with path.open("rb") as stream:
                for line in stream:
                    if line.strip():
                        yield Document.from_json(line)
        else:
            yield Document.from_json(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise UnreadableError(
            str(path), "Tệp JSON này không phải kết quả của kehoach extract.", "Trích xuất lại văn bản gốc."
        ) from error
