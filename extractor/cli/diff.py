"""`kehoach diff`."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import click

from extractor.cli.outputs import byte_sink, refuse_inputs_as_output
from extractor.errors import EXIT_DIFFERENCES, KehoachError


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "html"]), default="table", show_default=True,
    help="Dạng kết quả.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Tệp ghi kết quả.")
@click.option("--exit-code", is_flag=True, help="Mã thoát 10 khi có khác biệt.")
def command(old: str, new: str, format_: str, output: Path | None, exit_code: bool) -> None:
    """So sánh hai phiên bản của một kế hoạch: nhiệm vụ thêm, bỏ, dời hạn, đổi cơ quan chủ trì.

    OLD và NEW là kế hoạch (PDF, DOCX, TXT) hoặc JSON của kehoach extract.
    """
    from extractor.diff import compare
    from extractor.export import difference
    from extractor.register.plans import read_documents

    refuse_inputs_as_output(output, (old, new))
    versions = []
    for name in (old, new):
        for _, document in read_documents((name,)):
            if isinstance(document, KehoachError):
                click.echo(str(document), err=True)
                sys.exit(document.exit_code)
            versions.append(document)
            break
        else:
            raise click.UsageError(f"{name}: tệp không chứa văn bản nào.")
    found = compare(versions[0], versions[1])
    with byte_sink(output) as stream:
        if format_ == "table" and output is None:
            difference.write_table(found, sys.stdout)
        elif format_ == "table":
            text = io.StringIO()
            difference.write_table(found, text)
            stream.write(text.getvalue().encode("utf-8"))
        else:
            stream.write(
                (difference.to_json(found) if format_ == "json" else difference.to_html(found)).encode("utf-8")
            )
    if exit_code and not found.is_empty:
        sys.exit(EXIT_DIFFERENCES)
