"""`kehoach register`: the commands of the register."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.inputs import Inputs
from extractor.cli.limits import MEMORY, with_limits

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.register.entry import Entry
    from extractor.register.importing import Imported, Plan
    from extractor.register.rows import Defaults
    from extractor.register.store import Register

_SHOWN_REJECTIONS = 20
_PLANNED = tuple[dict[str, str], tuple[str, ...], tuple[dict[str, str], ...]]


def _location(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--register", "location", metavar="TỆP|URL", help="Sổ văn bản; mặc định là sổ của người dùng.")(
        command
    )


@click.group("register")
def command() -> None:
    """Sổ văn bản: nạp từ tệp, học từ kế hoạch, tra cứu, xuất, thống kê.

    Sổ mặc định là một tệp SQLite của người dùng (biến KEHOACH_REGISTER để đổi); --register nhận đường dẫn khác
    hoặc địa chỉ postgresql:// của sổ dùng chung.
    """


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@_location
@click.option(
    "--map", "corrections", multiple=True, metavar="TRƯỜNG=CỘT",
    help='Sửa cách hiểu cột, ví dụ "issued_on=Ngày VB"; "TRƯỜNG=" để bỏ.',
)  # fmt: skip
@click.option("--issuer", help="Cơ quan ban hành của mọi văn bản mà tệp không ghi cơ quan.")
@click.option("--place", metavar="ĐỊA DANH", help='Nơi của UBND, HĐND trong tệp, ví dụ "tỉnh Bình Dương".')
@click.option("--name", help="Tên nguồn trong sổ; mặc định là tên tệp.")
@click.option("--dry-run", is_flag=True, help="Chỉ cho xem cách hiểu các cột, không ghi.")
@click.option("--yes", "-y", is_flag=True, help="Không hỏi lại.")
@with_limits(*MEMORY)
def import_(
    file: Path,
    form: Form,
    location: str | None,
    corrections: tuple[str, ...],
    issuer: str | None,
    place: str | None,
    name: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Nạp sổ từ CSV, XLSX, JSON hoặc JSONL có bất kỳ tên cột hợp lý nào.

    Các cột được hiểu theo nghĩa và cho xem trước khi ghi. Nạp lại cùng một tệp không tạo bản trùng; dòng không nạp
    được được liệt kê kèm lý do.
    """
    import msgspec

    from extractor.batch.guard import guarded
    from extractor.register.importing import Imported, Plan
    from extractor.register.rows import Defaults

    if wrong := [c for c in corrections if "=" not in c]:
        raise click.UsageError(f"--map cần dạng TRƯỜNG=CỘT, không phải “{wrong[0]}”.")
    planned = guarded(str(file), partial(_planned, file, dict(c.split("=", 1) for c in corrections)), form.limits)
    plan = Plan(file, *msgspec.msgpack.decode(planned, type=_PLANNED))
    _show_plan(plan)
    if dry_run:
        return
    if sys.stdin.isatty() and not yes and not click.confirm("Nạp theo cách hiểu này?", default=True, err=True):
        return
    with _open(location, create=True) as register:
        at = register.location
    defaults = Defaults(issuer=issuer, place=place, source=name or file.name)
    done = guarded(str(file), partial(_imported, at, plan, defaults), form.limits)
    _show_done(msgspec.msgpack.decode(done, type=Imported), at)


def _planned(file: Path, corrections: dict[str, str]) -> bytes:
    import msgspec

    from extractor.register.importing import plan_import

    plan = plan_import(file, corrections)
    return msgspec.msgpack.encode((plan.mapping, plan.unused, plan.sample))


def _imported(location: str, plan: Plan, defaults: Defaults) -> bytes:
    import msgspec

    from extractor.register.importing import import_file

    with _open(location) as register:
        return msgspec.msgpack.encode(import_file(register, plan, defaults))


def _show_plan(plan: Plan) -> None:
    from extractor.register.headings import labels

    click.echo(f"{plan.path}: các cột được hiểu là", err=True)
    for field, heading in plan.mapping.items():
        example = next((r[heading] for r in plan.sample if r.get(heading)), "")
        click.echo(f"  {field:13} {labels()[field]:18} ← {heading}   ví dụ: {example[:60]}", err=True)
    if plan.unused:
        click.echo(f"  không dùng: {', '.join(plan.unused)}", err=True)


def _show_done(done: Imported, location: str) -> None:
    from extractor.register.location import shown

    s = done.stored
    click.echo(
        f"Đã nạp {done.rows} dòng vào {shown(location)}: {s.added} văn bản mới, {s.updated} cập nhật, "
        f"{s.unchanged} đã có, {done.repeated} dòng lặp, {len(done.rejected)} dòng bị từ chối.",
        err=True,
    )
    for r in done.rejected[:_SHOWN_REJECTIONS]:
        click.echo(f"  dòng {r.row}: {r.reason} ({r.shown})", err=True)
    if len(done.rejected) > _SHOWN_REJECTIONS:
        click.echo(f"  … và {len(done.rejected) - _SHOWN_REJECTIONS} dòng khác.", err=True)


@command.command("add")
@click.argument("paths", nargs=-1, required=True, metavar="PLAN...")
@_location
@with_limits()
def add(paths: tuple[str, ...], form: Form, location: str | None) -> None:
    """Học từ kế hoạch (hoặc JSON đã trích xuất): phần đầu của chúng và những gì chúng viện dẫn.

    Những mục này được đánh dấu là biết gián tiếp.
    """
    from extractor.batch.plan import find_documents
    from extractor.register.learning import add_document

    inputs = Inputs(find_documents(paths), form)
    with _open(location, create=True) as register:
        for name, document in inputs:
            s = add_document(register, document)
            click.echo(f"{name}: {s.added} văn bản mới, {s.updated} cập nhật, {s.unchanged} đã có.", err=True)
    inputs.exit_where_failed()


@command.command("search")
@click.argument("query", nargs=-1, required=True, metavar="TỪ...")
@_location
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Số kết quả nhiều nhất.")
def search(query: tuple[str, ...], location: str | None, limit: int) -> None:
    """Tìm theo số, trích yếu, cơ quan; có dấu hay không dấu đều được."""
    with _open(location) as register:
        found = register.search(" ".join(query), limit)
    for entry in found:
        click.echo(_line(entry))
    if not found:
        click.echo("Không tìm thấy văn bản nào.", err=True)


@command.command("show")
@click.argument("which", metavar="SỐ|MỤC")
@_location
def show(which: str, location: str | None) -> None:
    """Xem một mục theo mã mục ("7") hoặc mọi văn bản mang một số ("92/QĐ-UBND"), dạng JSON."""
    import msgspec

    from extractor.errors import UnreadableError
    from extractor.register.keys import number_parts

    with _open(location) as register:
        if which.isdigit():
            one = register.get(int(which))
            found = [one] if one else []
        else:
            parts = number_parts(which)
            found = [*register.find("key", [parts.key]), *register.find("alternate_key", [parts.key])] if parts else []
        if not found:
            raise UnreadableError(which, "Sổ không có mục này.", "Tìm bằng: kehoach register search.")
    for entry in found:
        click.echo(msgspec.json.format(msgspec.json.encode(entry), indent=1).decode())


@command.command("export")
@_location
@click.option("--format", "format_", type=click.Choice(["csv", "xlsx", "jsonl"]), default="csv", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Tệp ghi (bắt buộc với xlsx).")
def export(location: str | None, format_: str, output: Path | None) -> None:
    """Xuất toàn bộ sổ; tệp xuất ra nạp lại được."""
    from extractor.register.exporting import export_register

    if format_ == "xlsx" and output is None:
        raise click.UsageError("--format xlsx cần --output.")
    with _open(location) as register:
        export_register(register, format_, output)


@command.command("stats")
@_location
def stats(location: str | None) -> None:
    """Sổ có bao nhiêu văn bản, của cơ quan nào, những năm nào, nạp từ đâu."""
    from extractor.register.coverage import Coverage
    from extractor.register.location import shown

    with _open(location) as register:
        coverage, sources = Coverage(register.coverage()), register.sources()
        click.echo(f"{shown(register.location)}\n{coverage.summary()}")
        for s in sources:
            second = " (biết gián tiếp)" if s.origin == "second_hand" else ""
            click.echo(f"  {s.name}{second}: {s.entries} văn bản từ {s.rows} dòng, ngày {s.imported_on:%d/%m/%Y}")


@contextmanager
def _open(location: str | None, *, create: bool = False) -> Iterator[Register]:
    from extractor.register.location import default_location
    from extractor.register.store import open_register

    with open_register(location or default_location(), create=create) as register:
        yield register


def _line(entry: Entry) -> str:
    from extractor.register.audit import describe

    effect = f" – {entry.effect_text}" if entry.effect_text else ""
    title = f"\n    {entry.title}" if entry.title else ""
    return f"{describe(entry)}{effect}{title}"
