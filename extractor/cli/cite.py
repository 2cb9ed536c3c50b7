"""`kehoach cite`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from extractor.cli.limits import with_limits
from extractor.cli.outputs import byte_sink, refuse_inputs_as_output

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.options import Options


@click.command("cite")
@click.argument("file", metavar="FILE|-")
@click.option(
    "--format", "format_", type=click.Choice(["json", "csv", "html", "md"]), default="json", show_default=True,
    help="json, csv: danh sách viện dẫn; html, md: toàn văn có đánh dấu viện dẫn.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi kết quả.")
@click.option(
    "--ocr", type=click.Choice(["auto", "force", "never"]), default="auto", show_default=True,
    help="Khi nào đọc trang bằng nhận dạng chữ (OCR).",
)  # fmt: skip
@with_limits()
def command(file: str, form: Form, format_: str, output: Path | None, ocr: str) -> None:
    """Chỉ lấy các văn bản được viện dẫn, kèm quan hệ và chỗ nghi ngờ.

    FILE là tệp PDF, DOCX, TXT, …; "-" là đầu vào chuẩn (chữ thường hoặc một tệp).
    """
    from extractor.batch.guard import guarded
    from extractor.batch.places import bytes_at
    from extractor.batch.plan import Found

    refuse_inputs_as_output(output, (file,))
    options = replace(form.options, ocr=ocr)
    name = Found(file, file).shown
    data = guarded(name, partial(_cited, bytes_at(file), name, options, format_), form.limits)
    with byte_sink(output) as stream:
        stream.write(data)


def _cited(data: bytes, name: str, options: Options, format_: str) -> bytes:
    from extractor.cite import cite_bytes
    from extractor.export.annotated import annotated_html, annotated_markdown
    from extractor.export.citations import citations_csv

    cited = cite_bytes(data, name=name, options=options)
    if format_ == "csv":
        return citations_csv(cited).encode()
    if format_ == "html":
        return annotated_html(cited).encode()
    return (annotated_markdown(cited) if format_ == "md" else cited.to_json() + "\n").encode()
