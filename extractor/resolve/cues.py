"""The cues of `rules/assignments.toml` as tables: what stands before or after the agencies of a role."""

from __future__ import annotations

from functools import cache
from typing import Any

from extractor.recognise.agency_reading import Reading
from extractor.recognise.phrases import Phrases, fold
from extractor.rules import load


class Endings:
    """Phrases that stand right before a word."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        self._folds = tuple(tuple(fold(w) for w in p.split()) for p in phrases)

    def ends_at(self, r: Reading, i: int) -> bool:
        """Whether one of the phrases ends right before word `i`."""
        return any(all(r.fold(i - len(p) + k) == w for k, w in enumerate(p)) for p in self._folds)


@cache
def cues() -> tuple[dict[str, Any], ...]:
    """The rows of `[[cue]]` in `rules/assignments.toml`."""
    return tuple(load("assignments")["cue"])


@cache
def nominal() -> Endings:
    """The words that make a cue a noun ("quy chế phối hợp với")."""
    return Endings(tuple(w for row in cues() for w in row.get("not_after", ())))


@cache
def after(role: str) -> Phrases[str]:
    """The cues of a role that have the agencies after them."""
    rows = [row for row in cues() if row["role"] == role and row["side"] == "after"]
    return Phrases((w, role) for row in rows for w in row["words"])


@cache
def before() -> Phrases[str]:
    """The cues that have the agencies before them."""
    return Phrases((w, row["role"]) for row in cues() if row["side"] == "before" for w in row["words"])


@cache
def between() -> Phrases[str]:
    """What may stand between a cue of cooperation and the agencies."""
    return Phrases((w, "between") for row in cues() for w in row.get("between", ()))
