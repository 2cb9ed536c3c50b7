"""`kehoach push`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractor.cli.inputs import Inputs
from extractor.cli.limits import with_limits
from extractor.errors import EXIT_DIFFERENCES, EXIT_PARTLY_FAILED, UnsupportedError

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.deliver.tracker import Tracker

INSTALL = 'pip install "kehoach[push]"'
NEEDED = {"caldav": ("caldav", "filelock", "tenacity", "httpx"), "": ("filelock", "tenacity", "httpx")}


def _shared(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.argument("paths", nargs=-1, required=True, metavar="FILE..."),
        click.option("--url", required=True, metavar="URL", help="Địa chỉ máy chủ, bắt đầu bằng https://."),
        click.option("--dry-run", is_flag=True, help="Chỉ cho biết sẽ tạo, sửa gì; không gửi."),
        click.option("--force", is_flag=True, help="Ghi đè cả những gì người khác đã sửa trong tracker."),
        click.option("--plan", metavar="MÃ", help="Mã kế hoạch, để phiên bản mới nối tiếp bản đã gửi."),
        click.option("--log", "log_path", type=click.Path(path_type=Path, dir_okay=False), metavar="TỆP",
                     help="Nhật ký gửi; mặc định nằm trong thư mục dữ liệu của người dùng."),
        click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True),
        click.option("--timeout", type=click.FloatRange(1, 600), default=30.0, show_default=True, metavar="GIÂY",
                     help="Chờ máy chủ trả lời tối đa bao lâu."),
        click.option("--ca-file", type=click.Path(exists=True, dir_okay=False), metavar="TỆP",
                     help="Chứng thư CA riêng của cơ quan (PEM)."),
        click.option("--allow-http", is_flag=True, help="Cho phép http:// (không mã hóa) trong mạng nội bộ."),
    )  # fmt: skip
    command = with_limits()(command)
    for option in reversed(options):
        command = option(command)
    return command


@click.group("push")
def command() -> None:
    """Gửi việc vào phần mềm quản lý công việc: tạo mới hoặc cập nhật, không bao giờ tạo trùng.

    Chỉ kết nối tới địa chỉ đã cho. Mật khẩu và khóa chỉ lấy từ biến môi trường hoặc keyring.
    """


@command.command("caldav")
@_shared
@click.option("--user", required=True, metavar="TÊN", help="Tài khoản; mật khẩu ở KEHOACH_CALDAV_PASSWORD.")
@click.option("--calendar", metavar="TÊN", help="Tên lịch, khi --url là địa chỉ máy chủ chứ không phải của lịch.")
def to_caldav(user: str, calendar: str | None, **shared: Any) -> None:
    """Gửi việc vào lịch CalDAV (Nextcloud, Radicale, Baïkal)."""

    def tracker(url: str) -> Tracker:
        from extractor.deliver.address import host
        from extractor.deliver.caldav import CalDav
        from extractor.deliver.secrets import find_secret

        secret = find_secret("caldav", f"{user}@{host(url)}")
        return CalDav(url, user, secret, name=calendar, timeout=shared["timeout"], ca_file=shared["ca_file"])

    _push("caldav", tracker, **shared)


@command.command("redmine")
@_shared
@click.option("--project", required=True, metavar="MÃ", help="Mã dự án (identifier); khóa API ở KEHOACH_REDMINE_KEY.")
@click.option("--tracker", "kind_of_issue", metavar="TÊN", help="Loại việc (tracker) khi tạo mới; mặc định của dự án.")
def to_redmine(project: str, kind_of_issue: str | None, **shared: Any) -> None:
    """Gửi việc vào một dự án Redmine."""

    def tracker(url: str) -> Tracker:
        from extractor.deliver.address import host
        from extractor.deliver.http import Http
        from extractor.deliver.redmine import Redmine
        from extractor.deliver.secrets import find_secret

        secret = find_secret("redmine", host(url))
        headers = {"X-Redmine-API-Key": secret.reveal()}
        http = Http(url, secret, headers=headers, timeout=shared["timeout"], ca_file=shared["ca_file"])
        return Redmine(http, project, kind_of_issue)

    _push("redmine", tracker, **shared)


@command.command("webhook")
@_shared
def to_webhook(**shared: Any) -> None:
    """Gửi từng việc dạng JSON có chữ ký (Standard Webhooks); khóa ký ở KEHOACH_WEBHOOK_SECRET."""

    def tracker(url: str) -> Tracker:
        from extractor.deliver.address import host
        from extractor.deliver.http import Http
        from extractor.deliver.secrets import find_secret
        from extractor.deliver.webhook import Webhook

        secret = find_secret("webhook", host(url))
        return Webhook(Http(url, secret, headers={}, timeout=shared["timeout"], ca_file=shared["ca_file"]))

    _push("webhook", tracker, **shared)


def _push(
    kind: str, connect: Callable[[str], Tracker], *, paths: tuple[str, ...], form: Form, url: str, dry_run: bool,
    force: bool, plan: str | None, log_path: Path | None, format_: str, timeout: float, ca_file: str | None,
    allow_http: bool,
) -> None:  # fmt: skip
    _need(kind)
    from extractor.batch.plan import find_documents
    from extractor.deliver.address import checked
    from extractor.deliver.log import Log, log_of
    from extractor.deliver.run import deliver
    from extractor.export import delivery as report

    if plan is not None and not _is_plan_key(plan):
        raise click.UsageError("--plan chỉ gồm chữ thường không dấu, chữ số và dấu gạch ngang.")
    tracker = connect(checked(url, allow_http=allow_http))
    inputs = Inputs(find_documents(paths), form)
    documents = [document for _, document in inputs]
    if plan is not None and len(documents) > 1:
        raise click.UsageError("--plan chỉ dùng với một kế hoạch.")
    log = Log(log_path or log_of(kind, tracker.address))
    done = deliver(documents, tracker, log, plan=plan, dry_run=dry_run, force=force)
    if format_ == "json":
        click.echo(report.to_json(done), nl=False)
    elif documents:
        report.write_table(done, sys.stdout)
    if done.error:
        click.echo(str(done.error), err=True)
        sys.exit(done.error.exit_code)
    n = report.counts(done)
    inputs.exit_where_failed()
    if n["failed"]:
        sys.exit(EXIT_PARTLY_FAILED)
    if n["conflict"]:
        sys.exit(EXIT_DIFFERENCES)


def _need(kind: str) -> None:
    missing = [name for name in NEEDED.get(kind, NEEDED[""]) if find_spec(name) is None]
    if missing:
        raise UnsupportedError(f"kehoach push {kind}", f"Chưa cài {', '.join(missing)}.", f"Chạy: {INSTALL}")


def _is_plan_key(text: str) -> bool:
    return 0 < len(text) <= 40 and all(c in "abcdefghijklmnopqrstuvwxyz0123456789-" for c in text)
