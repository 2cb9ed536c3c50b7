"""The citations of a text by their place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.document import Citation


class Cited:
    """Citations in reading order, found without a walk over all of them."""

    def __init__(self, citations: Sequence[Citation]) -> None:
        self._citations = citations
        self._starts = [c.span.start for c in citations]

    def within(self, start: int, end: int) -> Sequence[Citation]:
        """Those that begin between two offsets (`end` exclusive)."""
        return self._citations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
