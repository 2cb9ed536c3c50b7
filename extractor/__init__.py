"""kehoach: Vietnamese administrative plans as data.

    from extractor import extract
    document = extract("ke-hoach.pdf")

Nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.document import Document
from extractor.options import Options
from extractor.pipeline import extract, extract_bytes, extract_text
from extractor.version import __version__

if TYPE_CHECKING:
    from extractor.recognise.citations import find_citations
    from extractor.recognise.deadlines import find_deadlines

__all__ = [
    "Document",
    "Options",
    "__version__",
    "extract",
    "extract_bytes",
    "extract_text",
    "find_citations",
    "find_deadlines",
]


def __getattr__(name: str) -> Any:
    if name == "find_citations":
        from extractor.recognise.citations import find_citations

        return find_citations
    if name == "find_deadlines":
        from extractor.recognise.deadlines import find_deadlines

        return find_deadlines
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
