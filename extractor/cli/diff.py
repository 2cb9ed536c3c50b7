"""`kehoach diff`."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.limits import with_limits
from extractor.cli.outputs import refuse_inputs_as_output, write_report
from extractor.errors import EXIT_DIFFERENCES, KehoachError

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.document import Document


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "html"]), default="table", show_default=True,
    help="Dạng kết quả.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi kết quả.")
@click.option("--exit-code", is_flag=True, help="Mã thoát 10 khi có khác biệt.")
@with_limits()
def command(old: str, new: str, form: Form, format_: str, output: Path | None, exit_code: bool) -> None:
    """So sánh hai phiên bản của một kế hoạch: nhiệm vụ thêm, bỏ, dời hạn, đổi cơ quan chủ trì.

    OLD và NEW là kế hoạch (PDF, DOCX, TXT) hoặc JSON của kehoach extract.
    """
    import msgspec

    from extractor.batch.guard import guarded
    from extractor.diff import PlanDifference
    from extractor.export import difference

    refuse_inputs_as_output(output, (old, new))
    compared = guarded(f"{old}, {new}", partial(_compared, *_versions(old, new, form)), form.limits)
    found = msgspec.msgpack.decode(compared, type=PlanDifference)
    table = partial(difference.write_table, found) if format_ == "table" else None
    write_report(output, table, partial(difference.to_json if format_ == "json" else difference.to_html, found))
    if exit_code and not found.is_empty:
        sys.exit(EXIT_DIFFERENCES)


def _versions(old: str, new: str, form: Form) -> tuple[Document, Document]:
    """The first document of each file."""
    from extractor.batch.plan import Found
    from extractor.register.plans import read_documents

    found = (Found(old, old), Found(new, new))
    first: dict[str, Document] = {}
    for name, document in read_documents(found, form):
        if isinstance(document, KehoachError):
            raise document
        first.setdefault(name, document)
    for one in found:
        if one.shown not in first:
            raise click.UsageError(f"{one.shown}: tệp không chứa văn bản nào.")
    return first[found[0].shown], first[found[1].shown]


def _compared(old: Document, new: Document) -> bytes:
    import msgspec

    from extractor.diff import compare

    return msgspec.msgpack.encode(compare(old, new))
