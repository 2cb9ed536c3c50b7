"""`kehoach extract`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from extractor.cli.limits import with_limits
from extractor.cli.outputs import byte_sink, is_folder, refuse_inputs_as_output
from extractor.errors import EXIT_PARTLY_FAILED
from extractor.export import EXPORTERS, Exporter, Settings

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.batch.job import Outcome
    from extractor.batch.plan import Found
    from extractor.document import Document

PRESETS = ("jira", "redmine", "openproject", "trello", "planner")


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format", "format_", type=click.Choice(list(EXPORTERS)),
    help="; ".join(f"{name}: {e.help}" for name, e in EXPORTERS.items()) + ".",
)  # fmt: skip
@click.option("--output", "-o", help="Tệp, thư mục hoặc địa chỉ (s3://…) ghi kết quả.")
@click.option("--preset", type=click.Choice(PRESETS), help="Cột, ngày và độ dài cho công cụ theo dõi (csv, xlsx).")
@click.option("--bom", is_flag=True, help="Thêm dấu BOM đầu tệp CSV để Excel đọc đúng tiếng Việt.")
@click.option("--no-images", is_flag=True, help="Báo cáo HTML không kèm ảnh trang PDF.")
@click.option("--no-text", is_flag=True, help="Bỏ toàn văn khỏi kết quả.")
@click.option(
    "--ocr", type=click.Choice(["auto", "force", "never"]), default="auto", show_default=True,
    help="Khi nào đọc trang bằng nhận dạng chữ (OCR).",
)  # fmt: skip
@click.option("--dpi", type=click.IntRange(100, 600), default=300, show_default=True, help="Độ phân giải khi OCR.")
@click.option(
    "--model", default="none", show_default=True, metavar="PATH|none",
    help="Mô hình hỗ trợ bộ quy tắc ở những chỗ còn ngờ; none: chỉ dùng bộ quy tắc.",
)  # fmt: skip
@click.option("--jobs", "-j", type=click.IntRange(1), help="Số văn bản xử lý cùng lúc. [mặc định: số bộ xử lý]")
@click.option("--resume", is_flag=True, help="Bỏ qua văn bản đã xong và không đổi, theo manifest.jsonl.")
@click.option("--manifest", type=click.Path(path_type=Path), help="Tệp ghi kết quả từng văn bản, nếu không ở --output.")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Nơi chạy.")
@click.option("--scheduler", help="Địa chỉ bộ điều phối Dask, ví dụ tcp://10.0.0.5:8786.")
@with_limits()
@click.option("--quiet", "-q", is_flag=True, help="Chỉ báo lỗi.")
def command(
    paths: tuple[str, ...], form: Form, output: str | None, quiet: bool, jobs: int | None, **given: Any
) -> None:
    """Trích xuất kế hoạch: nhiệm vụ, cơ quan, thời hạn, văn bản viện dẫn.

    PATH là tệp PDF, DOCX, TXT, MD, thư mục, mẫu tên (*.pdf), địa chỉ (s3://…) hoặc "-" (đầu vào chuẩn). Không có
    --format thì định dạng theo đuôi của --output; không có cả hai thì in JSON ra đầu ra chuẩn, nhiều tệp thì in JSONL.
    --output là thư mục thì mỗi văn bản một tệp, kèm manifest.jsonl. Thông báo được in ra đầu ra lỗi.
    """
    from extractor.batch.places import is_address
    from extractor.batch.plan import find_documents

    folder = output is not None and (is_address(output) or is_folder(Path(output)))
    _refuse_what_needs_a_folder(folder, output, given)
    target = None if output is None else Path(output)
    found = find_documents(paths, but=output if folder else None)
    several = len(found) > 1
    format_ = given["format_"] or _implied(None if folder else target, given["preset"], several=several and not folder)
    exporter = _exporter(format_, given["preset"], given["bom"])
    if folder:
        try:
            codes = _batch(paths, str(output), _formed(form, given, format_, target), jobs, quiet, given)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("Chạy lại với --resume để làm tiếp.") from None
    else:
        refuse_inputs_as_output(target, tuple(f.name for f in found))
        _refuse_unfit_output(exporter, target, several=several)
        run = _Run(_formed(form, given, format_, target and target.parent), quiet)
        with byte_sink(target) as stream:
            run.write(found, exporter, stream, jobs)
        codes = run.codes
        if several:
            _sum_up(len(found), len(codes))
    if codes:
        sys.exit(codes[0] if len(found) == 1 else EXIT_PARTLY_FAILED)


def _formed(form: Form, given: dict[str, Any], format_: str, folder: Path | None) -> Form:
    options = replace(
        form.options,
        ocr=given["ocr"],
        dpi=given["dpi"],
        text=not given["no_text"],
        model=None if given["model"] == "none" else given["model"],
    )
    settings = Settings(preset=given["preset"], bom=given["bom"], images=not given["no_images"], folder=folder)
    return replace(form, options=options, format=format_, settings=settings)


def _batch(
    paths: tuple[str, ...], output: str, form: Form, jobs: int | None, quiet: bool, given: dict[str, Any]
) -> list[int]:
    """The exit codes of the documents that failed."""
    from extractor.batch import plan_batch, run_batch
    from extractor.batch.pool import processors
    from extractor.cli.progress import with_progress

    try:
        batch = plan_batch(paths, output, form=form, resume=given["resume"], manifest=given["manifest"])
    except ValueError as error:
        raise click.UsageError(f"Kết quả sẽ ghi đè tệp đầu vào {error}: chọn --output khác.") from None
    if given["engine"] == "dask":
        from extractor.batch.cluster import run_on_cluster

        records = run_on_cluster(batch, given["scheduler"])
    else:
        records = run_batch(batch, jobs=min(jobs or processors(), max(1, len(batch.items))))
    unchanged, codes = 0, []
    for record in with_progress(records, len(batch.items), quiet=quiet):
        unchanged += record.status == "unchanged"
        if record.error is not None:
            codes.append(record.exit_code)
    if len(batch.items) > 1 or given["resume"]:
        _sum_up(len(batch.items), len(codes), unchanged)
    return codes


def _sum_up(total: int, failed: int, unchanged: int = 0) -> None:
    kept = f", {unchanged} không đổi" if unchanged else ""
    click.echo(f"Đã xử lý {total} tệp: {total - failed} thành công{kept}, {failed} lỗi.", err=True)


def _implied(output: Path | None, preset: str | None, *, several: bool) -> str:
    """The format where none is named: by the output's suffix, the preset's own, else JSON or JSON Lines."""
    if output is not None:
        by_suffix = next((name for name, e in EXPORTERS.items() if e.suffix == output.suffix.lower()), None)
        if by_suffix not in (None, "json"):
            return str(by_suffix)
    if preset:
        from extractor.export.presets import preset_by_id

        return preset_by_id(preset).format
    return "jsonl" if several else "json"


def _exporter(format_: str, preset: str | None, bom: bool) -> Exporter:
    if preset and format_ not in ("csv", "xlsx"):
        raise click.UsageError("--preset chỉ dùng với --format csv hoặc xlsx.")
    if bom and format_ != "csv":
        raise click.UsageError("--bom chỉ dùng với --format csv.")
    return EXPORTERS[format_]


def _refuse_what_needs_a_folder(folder: bool, output: str | None, given: dict[str, Any]) -> None:
    from extractor.batch.places import is_address

    for name in ("resume", "manifest", "scheduler"):
        if given[name] and not folder:
            raise click.UsageError(f"--{name} cần --output là thư mục.")
    if (given["engine"] == "dask") != bool(given["scheduler"]):
        raise click.UsageError("--engine dask và --scheduler ĐỊA_CHỈ đi cùng nhau.")
    if output is not None and is_address(output) and given["manifest"] is None:
        raise click.UsageError("--output là địa chỉ thì cần --manifest TỆP trên máy này.")


def _refuse_unfit_output(exporter: Exporter, output: Path | None, *, several: bool) -> None:
    """Several documents do not share a file that holds one, and a terminal takes no binary data."""
    if several and not exporter.joins and (output is not None or exporter.suffix != ".json"):
        raise click.UsageError("Nhiều tệp thì --output phải là thư mục, hoặc dùng --format jsonl.")
    if exporter.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"Kết quả {exporter.suffix} không in ra màn hình được: cần --output.")


class _Run:
    """Extracts the inputs in order into one stream, tells what went wrong, and remembers the exit codes."""

    def __init__(self, form: Form, quiet: bool) -> None:
        self.form, self.quiet = form, quiet
        self.codes: list[int] = []

    def write(self, found: tuple[Found, ...], exporter: Exporter, stream: IO[bytes], jobs: int | None) -> None:
        """Write what is read, one document after the other."""
        from extractor.batch.pool import outcomes

        if len(found) == 1:
            for one, outcome in outcomes(found, self.form):
                if self._tell(one, outcome):
                    stream.write(outcome.made.payload)
            return
        every = replace(self.form, format=None)
        exporter.write(self._documents(outcomes(found, every, jobs=jobs)), stream, self.form.settings)

    def _documents(self, outcomes: Iterator[tuple[Found, Outcome]]) -> Iterator[Document]:
        from extractor.batch.guard import document_of

        for one, outcome in outcomes:
            if self._tell(one, outcome):
                yield document_of(outcome, one.shown)

    def _tell(self, one: Found, outcome: Outcome) -> bool:
        """Whether there is a result."""
        failure, counts = outcome.made.failure, outcome.made.counts
        if failure is not None:
            error = failure.error(one.shown)
            click.echo(str(error), err=True)
            self.codes.append(error.exit_code)
        elif counts is not None and not self.quiet:
            total = sum(counts.findings.values())
            click.echo(
                f"{one.shown}: {counts.tasks} nhiệm vụ, {counts.citations} văn bản viện dẫn, {total} lưu ý.", err=True
            )
        return failure is None
