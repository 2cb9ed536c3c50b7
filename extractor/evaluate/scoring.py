"""One document scored: counts per field, and every error with what was expected and what came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import msgspec

from extractor.evaluate.labels import HEADER_FIELDS, CitedLabel, DeadlineLabel, Labels, TaskLabel
from extractor.evaluate.likeness import (
    distinct,
    folded,
    pair_citations,
    pair_names,
    pair_tasks,
    same_header,
    same_products,
)

FIELDS = (
    "header", *(f"header.{name}" for name in HEADER_FIELDS), "citations", "cited_date", "cited_type",
    "tasks", "lead", "cooperating", "deadlines", "products",
)  # fmt: skip
Kind = Literal["missing", "invented", "wrong"]
_T = TypeVar("_T")
_SHOWN = 160


class Count(msgspec.Struct, frozen=True):
    """What a figure is made of.

    A list (tasks, agencies) counts `gold` and `predicted` entries and the `hit` ones among them. A single value
    (a date, a title) also counts how often it was `compared` and `right`; there, nothing on both sides is right.
    """

    gold: int = 0
    predicted: int = 0
    hit: int = 0
    compared: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            *(a + b for a, b in zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True))
        )

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right; 1 where nothing was to be found and nothing was."""
        return self.hit / self.predicted if self.predicted else float(self.gold == 0)

    @property
    def recall(self) -> float:
        """The share of what was to be found that was found; 1 where nothing was to be found and nothing was."""
        return self.hit / self.gold if self.gold else float(self.predicted == 0)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def accuracy(self) -> float | None:
        """The share of single values that are right; None for a list."""
        return self.right / self.compared if self.compared else None

    @property
    def figure(self) -> float | None:
        """The one figure of the field: accuracy of single values, F1 of lists; None where there was nothing."""
        if self.accuracy is not None:
            return self.accuracy
        return self.f1 if self.gold or self.predicted else None


class Mistake(msgspec.Struct, frozen=True):
    """`gold` is what was expected, `predicted` what came, `where` the task or cited document it belongs to."""

    field: str
    kind: Kind
    where: str
    gold: str
    predicted: str


class Score(msgspec.Struct, frozen=True):
    """The counts of a document by field (`FIELDS`), and its mistakes in the order of the fields."""

    counts: dict[str, Count]
    mistakes: tuple[Mistake, ...]


def score(gold: Labels, predicted: Labels) -> Score:
    """What of the labels of one document the prediction has right."""
    sheet = _Sheet()
    for name in HEADER_FIELDS:
        a, b = gold.header[name], predicted.header[name]
        sheet.single(f"header.{name}", a or "", b or "", same_header(name, a, b), "")
        sheet.counts["header"] += sheet.counts[f"header.{name}"]
    _score_citations(sheet, gold, predicted)
    _score_tasks(sheet, gold.tasks, predicted.tasks)
    order = {name: n for n, name in enumerate(FIELDS)}
    return Score(sheet.counts, tuple(sorted(sheet.mistakes, key=lambda m: order[m.field])))


class _Sheet:
    """Counts and mistakes as they come up."""

    def __init__(self) -> None:
        self.counts = {name: Count() for name in FIELDS}
        self.mistakes: list[Mistake] = []

    def single(self, field: str, gold: str, predicted: str, right: bool, where: str) -> None:
        """A value that is there or not on each side."""
        hit = int(right and bool(gold) and bool(predicted))
        self.counts[field] += Count(int(bool(gold)), int(bool(predicted)), hit, 1, int(right))
        if not right:
            kind: Kind = "wrong" if gold and predicted else "missing" if gold else "invented"
            self.mistakes.append(Mistake(field, kind, where, gold, predicted))

    def listed(
        self,
        field: str,
        gold: Sequence[_T],
        predicted: Sequence[_T],
        pairs: Sequence[tuple[int, int]],
        told: Callable[[_T], str],
        where: str = "",
    ) -> None:
        """Two lists of which the pairs are the same entries."""
        self.counts[field] += Count(len(gold), len(predicted), len(pairs))
        mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
        self.mistakes += [Mistake(field, "missing", where, told(x), "") for i, x in enumerate(gold) if i not in mine]
        self.mistakes += [
            Mistake(field, "invented", where, "", told(x)) for j, x in enumerate(predicted) if j not in theirs
        ]


def _score_citations(sheet: _Sheet, gold: Labels, predicted: Labels) -> None:
    own = gold.header["identifier"]
    mine, theirs = distinct(gold.citations, None), distinct(predicted.citations, own)
    pairs = pair_citations(mine, theirs)
    sheet.listed("citations", mine, theirs, pairs, _told_citation)
    for i, j in pairs:
        a, b, where = mine[i], theirs[j], _told_citation(mine[i])
        sheet.single("cited_date", a.issued_on or "", b.issued_on or "", a.issued_on == b.issued_on, where)
        sheet.single("cited_type", a.type or "", b.type or "", folded(a.type) == folded(b.type), where)


def _score_tasks(sheet: _Sheet, gold: Sequence[TaskLabel], predicted: Sequence[TaskLabel]) -> None:
    pairs = pair_tasks(gold, predicted)
    sheet.listed("tasks", gold, predicted, pairs, lambda t: t.text)
    for i, j in pairs:
        a, b, where = gold[i], predicted[j], _short(gold[i].text)
        sheet.listed("lead", a.lead, b.lead, pair_names(a.lead, b.lead), str, where)
        sheet.listed("cooperating", a.cooperating, b.cooperating, pair_names(a.cooperating, b.cooperating), str, where)
        sheet.listed("deadlines", a.deadlines, b.deadlines, _equal(a.deadlines, b.deadlines), _told_deadline, where)
        sheet.single("products", a.products, b.products, same_products(a.products, b.products), where)


def _equal(gold: Sequence[DeadlineLabel], predicted: Sequence[DeadlineLabel]) -> list[tuple[int, int]]:
    left = dict(enumerate(predicted))
    pairs: list[tuple[int, int]] = []
    for i, wanted in enumerate(gold):
        j = next((j for j, d in left.items() if d == wanted), None)
        if j is not None:
            pairs.append((i, j))
            del left[j]
    return pairs


def _told_citation(c: CitedLabel) -> str:
    return " ".join(p for p in (c.type, c.identifier or c.name or c.title or c.text) if p)


def _told_deadline(d: DeadlineLabel) -> str:
    days = f"{d.start or ''}..{d.end or ''}" if d.start or d.end else ""
    return " ".join(p for p in (d.kind, days, d.rrule) if p)


def _short(s: str) -> str:
    return s if len(s) <= _SHOWN else s[:_SHOWN].rsplit(" ", 1)[0] + " …"
