"""`kehoach evaluate`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.limits import RESOURCES, with_limits
from extractor.cli.outputs import write_report
from extractor.errors import EXIT_DIFFERENCES, EXIT_PARTLY_FAILED

if TYPE_CHECKING:
    from extractor.batch import Form, Limits
    from extractor.evaluate import Evaluation
    from extractor.evaluate.labels import Labels
    from extractor.evaluate.scoring import Score

_MEASURES = ("precision", "recall", "f1", "accuracy")


@click.command("evaluate")
@click.argument("gold", metavar="GOLD", type=click.Path(path_type=Path))
@click.argument("predicted", metavar="PREDICTED", type=click.Path(path_type=Path))
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "html"]), default="table", show_default=True,
    help="Dạng kết quả.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi kết quả.")
@click.option(
    "--floor", "floors", multiple=True, metavar="FIELD=VALUE",
    help="Mức thấp nhất của một trường (tasks=0.95, tasks.recall=0.9); thấp hơn thì mã thoát 10.",
)  # fmt: skip
@with_limits(*RESOURCES)
def command(
    gold: Path, predicted: Path, form: Form, format_: str, output: Path | None, floors: tuple[str, ...]
) -> None:
    """Chấm kết quả trích xuất theo nhãn do người gán: từng trường, từng văn bản, từng lỗi.

    GOLD và PREDICTED là hai tệp JSON, hoặc hai thư mục có tệp JSON cùng tên. Nhãn viết theo khuôn gọn
    (docs/evaluate.md) hoặc là kết quả của kehoach extract đã được người sửa lại.
    """
    from extractor.evaluate import evaluate, report

    limits = [_floor(f) for f in floors]
    found = evaluate(gold, predicted, scored=partial(_scored, form.limits))
    table = partial(report.write_table, found) if format_ == "table" else None
    write_report(output, table, partial(report.to_json if format_ == "json" else report.to_html, found))
    failed = _tell_failures(found)
    if _tell_floors(found, limits):
        sys.exit(EXIT_DIFFERENCES)
    if failed:
        sys.exit(EXIT_PARTLY_FAILED)


def _scored(limits: Limits, gold: Path, predicted: Path) -> Score:
    import msgspec

    from extractor.batch.guard import guarded
    from extractor.evaluate.labels import Labels
    from extractor.evaluate.scoring import Score

    read = (guarded(str(path), partial(_read, path), limits) for path in (gold, predicted))
    labels = (msgspec.msgpack.decode(data, type=Labels) for data in read)
    return msgspec.msgpack.decode(guarded(str(predicted), partial(_compared, *labels), limits), type=Score)


def _read(path: Path) -> bytes:
    import msgspec

    from extractor.evaluate.labels import read_labels

    return msgspec.msgpack.encode(read_labels(path))


def _compared(gold: Labels, predicted: Labels) -> bytes:
    import msgspec

    from extractor.evaluate.scoring import score

    return msgspec.msgpack.encode(score(gold, predicted))


def _floor(option: str) -> tuple[str, str | None, float]:
    """A field, the measure where one is named, and the least value."""
    from extractor.evaluate.scoring import FIELDS

    name, equals, value = option.partition("=")
    field, measure = (name, None) if name in FIELDS else tuple(name.rsplit(".", 1)) if "." in name else (name, None)
    if field not in FIELDS or (measure is not None and measure not in _MEASURES):
        raise click.UsageError(f"--floor {option}: không có trường {name}. Các trường: {', '.join(FIELDS)}.")
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not equals or not 0 <= least <= 1:
        raise click.UsageError(f"--floor {option}: giá trị phải từ 0 đến 1, ví dụ tasks=0.95.")
    return field, measure, least


def _tell_failures(e: Evaluation) -> bool:
    for error in e.errors:
        click.echo(str(error), err=True)
    for stem in e.without_prediction:
        click.echo(f"{stem}: có nhãn nhưng không có kết quả; không tính vào bảng điểm.", err=True)
    if e.without_gold:
        click.echo(f"Không có nhãn cho: {', '.join(e.without_gold)}.", err=True)
    return bool(e.errors or e.without_prediction)


def _tell_floors(e: Evaluation, limits: list[tuple[str, str | None, float]]) -> bool:
    """Whether a floor is missed; a field without anything to compare misses every floor above 0."""
    missed = False
    for field, measure, least in limits:
        count = e.total[field]
        value = count.figure if measure is None else getattr(count, measure)
        if (value or 0.0) < least:
            missed = True
            name = f"{field}.{measure}" if measure else field
            click.echo(f"{name} là {value or 0.0:.3f}, thấp hơn mức {least:g}.", err=True)
    return missed
