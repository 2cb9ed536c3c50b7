"""`kehoach cite`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.atomic import atomic_file
from extractor.batch.places import STANDARD_INPUT
from extractor.errors import KehoachError

if TYPE_CHECKING:
    from extractor.cite import Cited


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
def command(file: str, format_: str, output: Path | None, ocr: str) -> None:
    """Chỉ lấy các văn bản được viện dẫn, kèm quan hệ và chỗ nghi ngờ.

    FILE là tệp PDF, DOCX, TXT, …; "-" là đầu vào chuẩn (chữ thường hoặc một tệp).
    """
    from extractor.cite import cite, cite_bytes
    from extractor.options import Options

    if output and file != STANDARD_INPUT and output.resolve() == Path(file).resolve():
        raise click.UsageError("--output trùng với tệp đầu vào.")
    options = Options(ocr=ocr)  # type: ignore[arg-type]
    try:
        if file == STANDARD_INPUT:
            cited = cite_bytes(sys.stdin.buffer.read(), name=STANDARD_INPUT, options=options)
        else:
            cited = cite(file, options=options)
    except KehoachError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    data = _written(cited, format_)
    if output is None:
        click.echo(data, nl=False)
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(output) as stream:
            stream.write(data)


def _written(cited: Cited, format_: str) -> str:
    from extractor.export.annotated import annotated_html, annotated_markdown
    from extractor.export.citations import citations_csv

    if format_ == "csv":
        return citations_csv(cited)
    if format_ == "html":
        return annotated_html(cited)
    return annotated_markdown(cited) if format_ == "md" else cited.to_json() + "\n"
