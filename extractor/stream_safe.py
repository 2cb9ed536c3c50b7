"""Text whose letters carry a bounded number of marks, so that normalising it takes time in step with its length.

Sorting the marks of one letter, as NFC and NFD do, takes the square of their number. UAX #15 bounds it (Stream-Safe
Text Format): thirty marks in a row; no letter of any language carries as many. What is beyond is dropped.
"""

from __future__ import annotations

import re
import unicodedata

_MOST = 30
_RUN = re.compile(rf"[^\w\s]{{{_MOST + 1},}}")


def stream_safe(text: str) -> str:
    """The text with at most thirty combining marks in a row."""
    return _RUN.sub(_cut, text)


def _cut(run: re.Match[str]) -> str:
    kept: list[str] = []
    marks = 0
    for character in run[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST:
            kept.append(character)
    return "".join(kept)
