"""Which files a command line names: files, folders, globs and "-" for standard input."""

from __future__ import annotations

from extractor.batch.plan import find_documents
from extractor.errors import UnsupportedError


def find_inputs(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The files named, in order, each once. A folder stands for the documents below it.

    Raises `UnreadableError` for a folder or a glob without documents, `UnsupportedError` for a link that leads out of
    its folder. A missing file is left to the reader.
    """
    found = find_documents(arguments)
    for one in found:
        if one.refused:
            raise UnsupportedError(one.shown, one.refused, "Chép tệp thật vào thư mục nếu cần đọc nó.")
    return tuple(one.name for one in found)
