"""`kehoach extract`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.inputs import STANDARD_INPUT, find_inputs
from extractor.cli.outputs import byte_sink, is_folder, refuse_inputs_as_output, result_names
from extractor.errors import EXIT_INTERNAL, EXIT_PARTLY_FAILED, KehoachError
from extractor.export import EXPORTERS, Exporter, Settings

if TYPE_CHECKING:
    from extractor.document import Document
    from extractor.options import Options

PRESETS = ("jira", "redmine", "openproject", "trello", "planner")


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "format_", type=click.Choice(list(EXPORTERS)),
    help="; ".join(f"{name}: {e.help}" for name, e in EXPORTERS.items()) + ".",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Tệp hoặc thư mục ghi kết quả.")
@click.option("--preset", type=click.Choice(PRESETS), help="Cột, ngày và độ dài cho công cụ theo dõi (csv, xlsx).")
@click.option("--bom", is_flag=True, help="Thêm dấu BOM đầu tệp CSV để Excel đọc đúng tiếng Việt.")
@click.option("--no-images", is_flag=True, help="Báo cáo HTML không kèm ảnh trang PDF.")
@click.option("--no-text", is_flag=True, help="Bỏ toàn văn khỏi kết quả.")
@click.option(
    "--ocr", type=click.Choice(["auto", "force", "never"]), default="auto", show_default=True,
    help="Khi nào đọc trang bằng nhận dạng chữ (OCR).",
)  # fmt: skip
@click.option("--dpi", type=click.IntRange(100, 600), default=300, show_default=True, help="Độ phân giải khi OCR.")
@click.option("--quiet", "-q", is_flag=True, help="Chỉ báo lỗi.")
def command(
    paths: tuple[str, ...],
    format_: str | None,
    output: Path | None,
    preset: str | None,
    bom: bool,
    no_images: bool,
    no_text: bool,
    ocr: str,
    dpi: int,
    quiet: bool,
) -> None:
    """Trích xuất kế hoạch: nhiệm vụ, cơ quan, thời hạn, văn bản viện dẫn.

    PATH là tệp PDF, DOCX, TXT, MD, thư mục, mẫu tên (*.pdf) hoặc "-" (đầu vào chuẩn). Không có --format thì định dạng
    theo đuôi của --output; không có cả hai thì in JSON ra đầu ra chuẩn, nhiều tệp thì in JSONL. Thông báo được in ra
    đầu ra lỗi.
    """
    from extractor.options import Options

    options = Options(ocr=ocr, dpi=dpi, text=not no_text)  # type: ignore[arg-type]
    try:
        inputs = find_inputs(paths)
    except KehoachError as error:
        _tell(error)
        sys.exit(error.exit_code)
    exporter = _exporter(format_ or _implied(output, preset, several=len(inputs) > 1), preset, bom)
    refuse_inputs_as_output(output, inputs)
    _refuse_unfit_output(exporter, output, several=len(inputs) > 1)
    settings = Settings(
        preset=preset, bom=bom, images=not no_images, folder=output if is_folder(output) else output and output.parent
    )
    run = _Run(options, quiet)
    if output is not None and is_folder(output):
        for name, file in result_names(inputs, exporter.suffix).items():
            with byte_sink(output / file) as stream:
                exporter.write(run.documents((name,)), stream, settings)
    else:
        with byte_sink(output) as stream:
            exporter.write(run.documents(inputs), stream, settings)
    if len(inputs) > 1:
        failed = len(run.codes)
        click.echo(f"Đã xử lý {len(inputs)} tệp: {len(inputs) - failed} thành công, {failed} lỗi.", err=True)
    if run.codes:
        sys.exit(run.codes[0] if len(inputs) == 1 else EXIT_PARTLY_FAILED)


def _implied(output: Path | None, preset: str | None, *, several: bool) -> str:
    """The format where none is named: by the output's suffix, the preset's own, else JSON or JSON Lines."""
    if output is not None and not is_folder(output):
        by_suffix = next((name for name, e in EXPORTERS.items() if e.suffix == output.suffix.lower()), None)
        if by_suffix not in (None, "json"):
            return str(by_suffix)
    if preset:
        from extractor.export.presets import preset_by_id

        return preset_by_id(preset).format
    return "jsonl" if several and not is_folder(output) else "json"


def _exporter(format_: str, preset: str | None, bom: bool) -> Exporter:
    if preset and format_ not in ("csv", "xlsx"):
        raise click.UsageError("--preset chỉ dùng với --format csv hoặc xlsx.")
    if bom and format_ != "csv":
        raise click.UsageError("--bom chỉ dùng với --format csv.")
    return EXPORTERS[format_]


def _refuse_unfit_output(exporter: Exporter, output: Path | None, *, several: bool) -> None:
    """Several documents do not share a file that holds one, and a terminal takes no binary data."""
    if several and not exporter.joins and not is_folder(output) and (output is not None or exporter.suffix != ".json"):
        raise click.UsageError("Nhiều tệp thì --output phải là thư mục, hoặc dùng --format jsonl.")
    if exporter.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"Kết quả {exporter.suffix} không in ra màn hình được: cần --output.")


class _Run:
    """Extracts the inputs one by one, tells what went wrong, and remembers the exit codes."""

    def __init__(self, options: Options, quiet: bool) -> None:
        self.options, self.quiet = options, quiet
        self.codes: list[int] = []

    def documents(self, names: tuple[str, ...]) -> Iterator[Document]:
        for name in names:
            try:
                document = _extract(name, self.options)
            except KehoachError as error:
                _tell(error)
                self.codes.append(error.exit_code)
                continue
            except Exception as error:  # one bad file never stops the others
                click.echo(f"{name}: lỗi bên trong chương trình ({type(error).__name__}: {error}).", err=True)
                self.codes.append(EXIT_INTERNAL)
                continue
            yield document
            if not self.quiet:
                _report(name, document)


def _extract(name: str, options: Options) -> Document:
    from extractor.pipeline import extract, extract_bytes

    if name == STANDARD_INPUT:
        return extract_bytes(sys.stdin.buffer.read(), name=STANDARD_INPUT, options=options)
    return extract(name, options=options)


def _tell(error: KehoachError) -> None:
    click.echo(str(error), err=True)


def _report(name: str, d: Document) -> None:
    click.echo(
        f"{name}: {len(d.tasks)} nhiệm vụ, {len(d.cited_documents)} văn bản viện dẫn, {len(d.findings)} lưu ý.",
        err=True,
    )
