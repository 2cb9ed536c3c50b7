"""`kehoach audit`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from extractor.atomic import atomic_file
from extractor.cli.inputs import Inputs
from extractor.cli.limits import with_limits
from extractor.cli.outputs import refuse_inputs_as_output
from extractor.errors import EXIT_DIFFERENCES

if TYPE_CHECKING:
    import datetime as dt

    from extractor.batch import Form
    from extractor.register.audit import Audit, Auditor

STATUSES = (
    "date_differs", "issuer_differs", "type_differs", "title_differs", "number_near_miss", "ambiguous", "expired",
    "replaced", "not_yet_in_force", "partly_expired", "not_found",
)  # fmt: skip


@click.command("audit")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--register", "location", metavar="TỆP|URL", help="Sổ văn bản; mặc định là sổ của người dùng.")
@click.option(
    "--format", "format_", type=click.Choice(["table", "json", "csv", "xlsx", "html"]), default="table",
    show_default=True,
    help="json: dữ liệu trích xuất với in_register đã điền.",
)  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Tệp ghi kết quả (bắt buộc với xlsx).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]), help="Xét hiệu lực tại ngày này.")
@click.option(
    "--ignore", multiple=True, type=click.Choice(STATUSES), metavar="MÃ",
    help="Không coi kết quả này là khác biệt (dùng được nhiều lần), ví dụ not_found.",
)  # fmt: skip
@with_limits()
def command(
    paths: tuple[str, ...],
    form: Form,
    location: str | None,
    format_: str,
    output: Path | None,
    as_of: dt.datetime | None,
    ignore: tuple[str, ...],
) -> None:
    """Đối chiếu các văn bản được viện dẫn với sổ văn bản.

    FILE là kế hoạch (PDF, DOCX, TXT), thư mục, hoặc JSON của kehoach extract. Với từng văn bản viện dẫn: có trong sổ
    không, số, ngày, cơ quan, loại, trích yếu có khớp không, còn hiệu lực không. Hiệu lực xét tại ngày ban hành của văn
    bản viện dẫn. Mã thoát 10 khi có khác biệt, 0 khi tất cả đều khớp.
    """
    from extractor.batch.plan import find_documents
    from extractor.register.audit import Auditor
    from extractor.register.location import default_location
    from extractor.register.store import open_register

    if format_ == "xlsx" and output is None:
        raise click.UsageError("--format xlsx cần --output.")
    found = find_documents(paths)
    refuse_inputs_as_output(output, tuple(f.name for f in found))
    inputs = Inputs(found, form)
    with open_register(location or default_location()) as register:
        run = _Run(Auditor(register), inputs, as_of.date() if as_of else None, frozenset(ignore))
        _write(run, format_, output, indented=len(found) == 1 and not found[0].name.endswith(".jsonl"))
    inputs.exit_where_failed()
    if run.differences:
        sys.exit(EXIT_DIFFERENCES)


class _Run:
    """Audits the inputs one by one and remembers whether anything differed."""

    def __init__(self, auditor: Auditor, inputs: Inputs, as_of: dt.date | None, ignored: frozenset[str]) -> None:
        self.auditor, self.inputs, self.as_of, self.ignored = auditor, inputs, as_of, ignored
        self.differences = False

    def __iter__(self) -> Iterator[Audit]:
        for _, document in self.inputs:
            audit = self.auditor.audit(document, as_of=self.as_of)
            self.differences = self.differences or audit.has_differences(self.ignored)
            yield audit


def _write(run: _Run, format_: str, output: Path | None, *, indented: bool) -> None:
    from extractor.register import sheets

    coverage = run.auditor.coverage.summary()
    if format_ == "xlsx":
        assert output is not None
        sheets.write_xlsx(run, output, coverage)
        return
    if output is None:
        _write_text(run, format_, sys.stdout, coverage, indented)
    else:
        with atomic_file(output) as stream:
            _write_text(run, format_, stream, coverage, indented)


def _write_text(run: _Run, format_: str, stream: IO[str], coverage: str, indented: bool) -> None:
    from extractor.register import report, sheets

    if format_ == "json":
        for audit in run:
            stream.write(audit.document.to_json(indent=1 if indented else None) + "\n")
    elif format_ == "csv":
        sheets.write_csv(run, stream)
    elif format_ == "html":
        report.write_html(run, stream, coverage)
    else:
        report.write_table(run, stream, coverage)
