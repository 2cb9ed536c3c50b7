"""JSON: the output contract itself, one indented object per document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from extractor.document import Document
from extractor.export import Settings


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """Each document as an indented JSON object."""
    for document in documents:
        stream.write(document.to_json(indent=1).encode("utf-8") + b"\n")
