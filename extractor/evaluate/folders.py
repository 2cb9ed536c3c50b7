"""Labels and predictions paired by the stem of their file names, and scored."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path

import msgspec

from extractor.errors import KehoachError, UnreadableError
from extractor.evaluate.labels import read_labels
from extractor.evaluate.scoring import FIELDS, Count, Score, score


class Evaluation(msgspec.Struct, frozen=True):
    """The score of each document by stem; which labels had no prediction, which predictions no label, what failed."""

    documents: dict[str, Score]
    without_prediction: tuple[str, ...]
    without_gold: tuple[str, ...]
    errors: tuple[KehoachError, ...]

    @property
    def total(self) -> dict[str, Count]:
        """The counts of all documents together, by field."""
        return {
            name: reduce(Count.__add__, (s.counts[name] for s in self.documents.values()), Count()) for name in FIELDS
        }


def score_files(gold: Path, predicted: Path) -> Score:
    """One file of predictions against one of labels. Raises `UnreadableError`."""
    return score(read_labels(gold), read_labels(predicted))


def evaluate(
    gold: str | Path, predicted: str | Path, *, scored: Callable[[Path, Path], Score] = score_files
) -> Evaluation:
    """The predictions against the labels: two JSON files, or two folders with one JSON file per document.

    In folders a label and a prediction belong together where their file names have the same stem. One broken
    file does not stop the others. `scored` does the same for one pair, with limits for instance.
    Raises `UnreadableError` where a folder is missing or empty, or no stem is on
    both sides.
    """
    gold, predicted = Path(gold), Path(predicted)
    if gold.is_file() and predicted.is_file():
        return Evaluation({gold.stem: scored(gold, predicted)}, (), (), ())
    labels, found = _by_stem(gold), _by_stem(predicted)
    pairs = {stem: found[stem] for stem in labels if stem in found}
    if not pairs:
        raise UnreadableError(
            str(predicted),
            f"Không có kết quả nào trùng tên với nhãn trong {gold}.",
            "Tệp nhãn và tệp kết quả của một văn bản phải cùng tên (không kể phần mở rộng).",
        )
    scores: dict[str, Score] = {}
    errors: list[KehoachError] = []
    for stem, path in pairs.items():
        try:
            scores[stem] = scored(labels[stem], path)
        except KehoachError as error:
            errors.append(error)
    if not scores:
        raise errors[0]
    return Evaluation(
        scores,
        tuple(s for s in labels if s not in found),
        tuple(s for s in found if s not in labels),
        tuple(errors),
    )


def _by_stem(folder: Path) -> dict[str, Path]:
    """The JSON files at a path, which may be one file, by stem."""
    if folder.is_file():
        return {folder.stem: folder}
    if not folder.is_dir():
        raise UnreadableError(str(folder), "Không tìm thấy tệp hoặc thư mục.", "Kiểm tra lại đường dẫn.")
    found = {p.stem: p for p in sorted(folder.glob("*.json"))}
    if not found:
        raise UnreadableError(str(folder), "Thư mục không có tệp JSON nào.", "Mỗi văn bản cần một tệp JSON.")
    return found
