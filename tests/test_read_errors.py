"""Every file that cannot be read is a typed error that says in Vietnamese what is wrong and what to do."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from drawn import Sheets, needs_fonts, source_of

from extractor.errors import EncryptedError, KehoachError, LimitError, UnreadableError, UnsupportedError
from extractor.options import Options
from extractor.read import office, read
from extractor.read.pdf_guard import swells
from extractor.read.sniff import kind_of

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"

BAD: dict[str, tuple[str, bytes, type[KehoachError]]] = {
    "empty": ("a.pdf", b"", UnreadableError),
    "only blanks": ("a.txt", b" \n\r\n\x00", UnreadableError),
    "no PDF in it": ("a.pdf", b"xin chao", UnreadableError),
    "a PDF cut off": ("a.pdf", PDF, UnreadableError),
    "no DOCX in it": ("a.docx", b"xin chao", UnreadableError),
    "a picture": ("a.png", b"\x89PNG\r\n\x1a\n", UnsupportedError),
    "a workbook": ("a.xlsx", b"PK\x03\x04", UnsupportedError),
    "a page of the web": ("a.html", b"<html>", UnsupportedError),
    "an archive": ("a.rar", b"Rar!\x1a\x07", UnsupportedError),
    "a program": ("a", b"\x7fELF\x02", UnsupportedError),
}


@pytest.mark.parametrize(("name", "data", "error"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_read(name: str, data: bytes, error: type[KehoachError]) -> None:
    with pytest.raises(error) as caught:
        source_of(data, name)
    assert caught.value.file == name
    assert caught.value.problem.endswith(".")
    assert caught.value.remedy.endswith(".")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="Không tìm thấy"):
        read(tmp_path / "thieu.pdf", Options())
    with pytest.raises(UnreadableError, match="thư mục"):
        read(tmp_path, Options())


@needs_fonts
def test_a_password_is_asked_for() -> None:
    pytest.importorskip("reportlab")
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("bi-mat", strength=128))
    canvas.drawString(72, 700, "a")
    canvas.save()
    with pytest.raises(EncryptedError, match="mật khẩu"):
        source_of(buffer.getvalue())


@needs_fonts
def test_a_truncated_pdf_is_an_error_or_what_could_be_saved() -> None:
    sheets = Sheets()
    sheets.text("Kế hoạch kiểm tra công vụ.")
    data = sheets.data()
    with pytest.raises(UnreadableError):
        source_of(data[: len(data) // 3])


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("-", PDF, "pdf"),
        ("-", b"PK\x03\x04" + bytes(60), "docx"),
        ("-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
        ("-", b"{\\rtf1 a}", "office"),
        ("-", b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text", "office"),
        ("-", "Kế hoạch".encode(), "text"),
        ("ke-hoach.txt", PDF, "pdf"),
        ("KE-HOACH.DOCX", b"PK\x03\x04", "docx"),
    ],
)
def test_the_bytes_tell_the_kind(name: str, data: bytes, kind: str) -> None:
    assert kind_of(name, data) == kind


def test_without_libreoffice_the_error_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda _: None)
    with pytest.raises(UnsupportedError, match="libreoffice-writer"):
        source_of(b"{\\rtf1 a}", "a.rtf")


def stream(data: bytes, head: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"4 0 obj<<" + head + b">>stream\n" + zlib.compress(data) + b"\nendstream endobj\n"


SWELLING = {
    "a stream that unpacks to hundreds of times its size": (stream(bytes(40_000_000)), True),
    "a chain of two that does": (stream(zlib.compress(bytes(30_000_000)) * 9, b"/Filter[/FlateDecode/FlateDecode]"), True),
    "a page that names a stream ten thousand times": (
        stream(b"0 0 m 1 1 l S " * 4000) + b"<</Contents[" + b"4 0 R " * 10_000 + b"]>>",
        True,
    ),
    "a blank scan": (stream(bytes(26_000_000), b"/Subtype/Image/Width 2480/Height 3508/Filter/FlateDecode"), False),
    "a large page with a line end behind its stream": (stream(b"0 0 m 9 9 l S " * 80_000), False),
    "an ordinary page": (stream(b"BT (Ke hoach) Tj ET " * 500), False),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), SWELLING.values(), ids=SWELLING.keys())
def test_a_swelling_file_is_told_before_it_is_opened(data: bytes, expected: bool) -> None:
    assert swells(PDF + data) is expected


def test_a_swelling_file_is_an_error() -> None:
    with pytest.raises(UnreadableError, match="quá lớn"):
        source_of(PDF + stream(bytes(40_000_000)))


def test_what_an_option_could_allow_is_over_a_limit() -> None:
    picture = stream(b"0", b"/Subtype/Image/Width 90000/Height 90000/Filter/FlateDecode")
    with pytest.raises(LimitError, match=r"8100 triệu điểm ảnh.*--max-pixels"):
        source_of(PDF + picture)
    sheets = Sheets()
    sheets.text("Kế hoạch kiểm tra công vụ.")
    with pytest.raises(LimitError, match=r"quá nhiều trang.*--max-pages"):
        source_of(sheets.data(), max_pages=0)
