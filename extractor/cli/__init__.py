"""The command line: each command is a thin twin of a library call. Only click is imported here."""

from __future__ import annotations

import importlib
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from extractor.errors import EXIT_INTERRUPTED, InternalError, KehoachError, UnreadableError
from extractor.version import __version__

# Command name → (module, short help). The module is imported when its command runs.
COMMANDS = {
    "extract": ("extractor.cli.extract", "Trích xuất kế hoạch thành dữ liệu, bảng tính, lịch, báo cáo."),
    "push": ("extractor.cli.push", "Gửi việc vào CalDAV, Redmine hoặc webhook."),
    "cite": ("extractor.cli.cite", "Chỉ lấy các văn bản được viện dẫn."),
    "tasks": ("extractor.cli.tasks", "Liệt kê việc phải làm, đến hạn sớm nhất ở trên."),
    "diff": ("extractor.cli.diff", "So sánh hai phiên bản của một kế hoạch."),
    "show": ("extractor.cli.show", "Vẽ một trang PDF với những gì đã đọc được."),
    "register": ("extractor.cli.register", "Sổ văn bản: nạp, tra cứu, xuất."),
    "audit": ("extractor.cli.audit", "Đối chiếu văn bản được viện dẫn với sổ văn bản."),
    "evaluate": ("extractor.cli.evaluate", "Chấm kết quả trích xuất theo nhãn do người gán."),
    "graph": ("extractor.cli.graph", "Vẽ quan hệ viện dẫn giữa nhiều văn bản."),
    "schema": ("extractor.cli.schema", "In JSON Schema của dữ liệu đầu ra."),
    "doctor": ("extractor.cli.doctor", "Kiểm tra các thành phần cần thiết đã cài hay chưa."),
}

EPILOG = """\b
Mã thoát:
  0  mọi tệp đều được xử lý
  1  lỗi bên trong chương trình
  2  sai cú pháp lệnh
  3  không đọc được tệp (không có, rỗng, hỏng, sai bảng mã), hoặc không ghi được kết quả
  4  tệp có mật khẩu
  5  loại tệp không được hỗ trợ, hoặc tệp không chứa kế hoạch
  6  xử lý nhiều tệp và có tệp bị lỗi, hoặc gửi nhiều việc và có việc không gửi được
  7  vượt giới hạn về thời gian, bộ nhớ, số trang hoặc số điểm ảnh
  8  push: chưa đặt mật khẩu, khóa, hoặc máy chủ không nhận
  9  push: tài khoản không có quyền
  10 audit, diff --exit-code thấy khác biệt; evaluate --floor thấy điểm dưới mức; push còn xung đột
  11 push: máy chủ không có dự án, lịch hoặc địa chỉ này
  12 push: không tới được máy chủ (mạng, chứng thư, máy chủ hỏng)
  130 bị dừng giữa chừng (Ctrl-C)
"""


class LazyGroup(click.Group):
    """Lists its commands from `COMMANDS`, imports one only when it is called, and turns errors into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with _terminated_like_interrupted():
                return super().invoke(ctx)
        except KehoachError as error:
            _end(error)
        except KeyboardInterrupt as stop:
            click.echo(" ".join(["Đã dừng theo yêu cầu.", *stop.args]), err=True)
            sys.exit(EXIT_INTERRUPTED)
        except BrokenPipeError:
            raise  # whoever read the output has seen enough
        except OSError as error:
            place, reason = error.filename or ctx.invoked_subcommand, error.strerror or error
            _end(UnreadableError(str(place), f"Không đọc hoặc ghi được ({reason}).", "Kiểm tra quyền và chỗ trống."))
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            _end(InternalError.of(str(ctx.invoked_subcommand), error))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Các lệnh"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def _end(error: KehoachError) -> None:
    click.echo(str(error), err=True)
    sys.exit(error.exit_code)


@contextmanager
def _terminated_like_interrupted() -> Iterator[None]:
    """Within it, SIGTERM ends the work as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@click.group(cls=LazyGroup, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kehoach", message="%(prog)s %(version)s")
def main() -> None:
    """kehoach biến kế hoạch hành chính (PDF, bản quét, DOCX, văn bản) thành dữ liệu.

    Mọi việc chạy ngay trên máy này; chỉ kết nối tới địa chỉ mà bạn chỉ định.
    """
