"""`kehoach tasks`."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import click

from extractor.cli.inputs import Inputs
from extractor.cli.limits import with_limits

if TYPE_CHECKING:
    from extractor.batch import Form

_DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command("tasks")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--lead", metavar="TÊN", help="Chỉ việc do cơ quan có tên chứa chữ này chủ trì (không cần dấu).")
@click.option("--due-before", type=_DAY, metavar="NGÀY", help="Chỉ việc đến hạn trước ngày này (30/6/2026).")
@click.option("--kind", type=click.Choice(["task", "report"]), help="Chỉ nhiệm vụ, hoặc chỉ báo cáo.")
@click.option("--format", "format_", type=click.Choice(["table", "csv"]), default="table", show_default=True)
@click.option("--as-of", type=_DAY, metavar="NGÀY", help="Tính số ngày còn lại từ ngày này; mặc định là hôm nay.")
@with_limits()
def command(
    paths: tuple[str, ...],
    form: Form,
    lead: str | None,
    due_before: dt.datetime | None,
    kind: str | None,
    format_: str,
    as_of: dt.datetime | None,
) -> None:
    """Liệt kê việc phải làm, đến hạn sớm nhất ở trên.

    FILE là kế hoạch (PDF, DOCX, TXT), thư mục, hoặc JSON của kehoach extract. Việc nhiều thời hạn có nhiều dòng.
    """
    from extractor.batch.plan import find_documents
    from extractor.export import csv, task_list

    inputs = Inputs(find_documents(paths), form)
    documents = [document for _, document in inputs]
    wanted = task_list.Filter(lead=lead, due_before=due_before.date() if due_before else None, kind=kind)
    entries = task_list.listed(documents, wanted, as_of.date() if as_of else dt.date.today())
    if documents and format_ == "csv":
        csv.write_rows([task_list.HEADINGS, *map(task_list.cells, entries)], sys.stdout.buffer)
    elif documents:
        task_list.write_table(entries, sys.stdout)
    inputs.exit_where_failed()
