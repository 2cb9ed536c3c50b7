"""`kehoach doctor`."""

from __future__ import annotations

import platform
import shutil
import subprocess
from importlib import metadata

import click

from extractor.version import __version__

LIBRARIES = (
    "click", "icalendar", "jinja2", "lxml", "msgspec", "openpyxl", "pdfplumber", "pypdfium2", "python-dateutil",
    "rapidfuzz", "rich", "spacy", "sqlalchemy", "underthesea",
)  # fmt: skip


FOR_PUSH = ("caldav", "filelock", "httpx", "keyring", "tenacity")  # the extra "push"


@click.command("doctor")
def command() -> None:
    """Cho biết thành phần nào đã có, phiên bản nào, và cách cài thành phần còn thiếu."""
    click.echo(f"kehoach {__version__} · Python {platform.python_version()} · {platform.system()}")
    for name in LIBRARIES:
        _library(name, "kehoach")
    for name in FOR_PUSH:
        _library(name, '"kehoach[push]"', " (kehoach push)")
    _tesseract()
    _office()


def _library(name: str, package: str, use: str = "") -> None:
    try:
        click.echo(f"  ✓ {name} {metadata.version(name)}{use}")
    except metadata.PackageNotFoundError:
        click.echo(f"  ✗ {name}{use}: chưa cài — chạy: pip install {package}")


def _tesseract() -> None:
    if not shutil.which("tesseract"):
        click.echo("  ✗ Tesseract (đọc bản quét): chưa cài — chạy: apt-get install tesseract-ocr tesseract-ocr-vie")
        return
    version = _first_line(["tesseract", "--version"])
    languages = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    ).stdout.split()
    click.echo(f"  ✓ {version} (đọc bản quét)")
    if "vie" in languages:
        click.echo("  ✓ mô hình tiếng Việt của Tesseract (vie)")
    else:
        click.echo("  ✗ mô hình tiếng Việt của Tesseract: chưa cài — chạy: apt-get install tesseract-ocr-vie")


def _office() -> None:
    if shutil.which("soffice"):
        click.echo(f"  ✓ {_first_line(['soffice', '--version'])} (đọc .doc, .odt, .rtf)")
    else:
        click.echo("  ✗ LibreOffice (đọc .doc, .odt, .rtf): chưa cài — chạy: apt-get install libreoffice-writer-nogui")


def _first_line(arguments: list[str]) -> str:
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    return ((done.stdout or done.stderr).splitlines() or [arguments[0]])[0].strip()
