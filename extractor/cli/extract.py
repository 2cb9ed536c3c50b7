"""`kehoach extract`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from extractor.cli.inputs import STANDARD_INPUT, find_inputs
from extractor.errors import EXIT_INTERNAL, EXIT_PARTLY_FAILED, KehoachError

if TYPE_CHECKING:
    from extractor.document import Document
    from extractor.options import Options


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "format_", type=click.Choice(["json", "jsonl"]),
    help="json: mỗi văn bản một JSON; jsonl: mỗi văn bản một dòng.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Tệp hoặc thư mục ghi kết quả.")
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
    no_text: bool,
    ocr: str,
    dpi: int,
    quiet: bool,
) -> None:
    """Trích xuất kế hoạch: nhiệm vụ, cơ quan, thời hạn, văn bản viện dẫn.

    PATH là tệp PDF, DOCX, TXT, MD, thư mục, mẫu tên (*.pdf) hoặc "-" (đầu vào chuẩn). Một tệp mà không có
    --output thì in JSON ra đầu ra chuẩn; nhiều tệp thì in JSONL. Thông báo được in ra đầu ra lỗi.
    """
    from extractor.options import Options

    options = Options(ocr=ocr, dpi=dpi, text=not no_text)  # type: ignore[arg-type]
    try:
        inputs = find_inputs(paths)
    except KehoachError as error:
        _tell(error)
        sys.exit(error.exit_code)
    lines = format_ == "jsonl" or (format_ is None and len(inputs) > 1 and not _is_folder(output))
    _refuse_inputs_as_output(output, inputs)
    codes: list[int] = []
    with _sink(output, inputs, lines) as write:
        for name in inputs:
            try:
                document = _extract(name, options)
            except KehoachError as error:
                _tell(error)
                codes.append(error.exit_code)
                continue
            except Exception as error:  # one bad file never stops the others
                click.echo(f"{name}: lỗi bên trong chương trình ({type(error).__name__}: {error}).", err=True)
                codes.append(EXIT_INTERNAL)
                continue
            write(name, document)
            if not quiet:
                _report(name, document)
    if len(inputs) > 1:
        failed = len(codes)
        click.echo(f"Đã xử lý {len(inputs)} tệp: {len(inputs) - failed} thành công, {failed} lỗi.", err=True)
    if codes:
        sys.exit(codes[0] if len(inputs) == 1 else EXIT_PARTLY_FAILED)


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


def _is_folder(output: Path | None) -> bool:
    return output is not None and (output.is_dir() or not output.suffix)


def _refuse_inputs_as_output(output: Path | None, inputs: tuple[str, ...]) -> None:
    """An input is never overwritten."""
    if output is None:
        return
    for name in inputs:
        if name != STANDARD_INPUT and output.resolve() == Path(name).resolve():
            raise click.UsageError(f"--output trùng với tệp đầu vào {name}.")


@contextmanager
def _sink(output: Path | None, inputs: tuple[str, ...], lines: bool) -> Iterator[_Write]:
    """Where results go: standard output, one file, or one file per document in a folder."""
    if output is None:
        yield _Write(sys.stdout, lines)
    elif _is_folder(output):
        output.mkdir(parents=True, exist_ok=True)
        yield _Write(output, lines, names=_result_names(inputs, ".jsonl" if lines else ".json"))
    elif len(inputs) > 1 and not lines:
        raise click.UsageError("Nhiều tệp thì --output phải là thư mục, hoặc dùng --format jsonl.")
    else:
        output.parent.mkdir(parents=True, exist_ok=True)
        with atomic_file(output) as stream:
            yield _Write(stream, lines)


def _result_names(inputs: tuple[str, ...], suffix: str) -> dict[str, str]:
    """One file name per input: the stem, and the whole name where two inputs share a stem."""
    stems = [Path(n).stem if n != STANDARD_INPUT else "stdin" for n in inputs]
    names: dict[str, str] = {}
    for name, stem in zip(inputs, stems, strict=True):
        base = stem if stems.count(stem) == 1 else Path(name).name
        candidate, k = base, 2
        while candidate + suffix in names.values():
            candidate, k = f"{base}-{k}", k + 1
        names[name] = candidate + suffix
    return names


class _Write:
    """Writes one document to a stream, or to its own file in a folder."""

    def __init__(self, target: IO[str] | Path, lines: bool, names: dict[str, str] | None = None) -> None:
        self.target, self.lines, self.names = target, lines, names or {}

    def __call__(self, name: str, document: Document) -> None:
        data = document.to_json(indent=None if self.lines else 1) + "\n"
        if isinstance(self.target, Path):
            with atomic_file(self.target / self.names[name]) as stream:
                stream.write(data)
        else:
            self.target.write(data)


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[str]]:
    """A text file that is there whole or not at all; nothing is left where nothing was written."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            yield stream
            written = stream.tell() > 0
        if written:
            os.replace(temporary, path)
        else:
            os.unlink(temporary)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
