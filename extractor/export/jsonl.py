"""JSON Lines: the output contract, one document a line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from extractor.document import Document
from extractor.export import Settings


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """Each document on one line."""
    for document in documents:
        stream.write(document.to_json(indent=None).encode("utf-8") + b"\n")
