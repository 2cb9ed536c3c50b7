"""Reading: the bytes of a file become the words of a `Source`, in reading order, with page and box."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extractor.errors import UnreadableError
from extractor.options import Options
from extractor.read import limits
from extractor.read.sniff import kind_of
from extractor.source import Paragraph, Source, Table


def read(path: Path, options: Options, *, name: str | None = None, data: bytes | None = None) -> Source:
    """The words of a file: PDF (with OCR where the text layer is of no use), DOCX, DOC, ODT, RTF, TXT, MD.

    `data` gives the bytes where there is no file (standard input); `name` is what messages and
    `source.file` show. "ke-hoach.pdf" of 3 pages gives a `Source` of its paragraphs and tables.
    Raises `UnreadableError`, `EncryptedError` or `UnsupportedError`.
    """
    shown = name or str(path)
    if data is None:
        data = bytes_of(path, shown)
    if not data.strip(b"\x00 \t\r\n\f"):
        raise UnreadableError(shown, "Tệp rỗng.", "Kiểm tra lại tệp gốc hoặc tải lại.")
    try:
        source = _source_of(data, shown, options)
    except RecursionError:
        raise UnreadableError(shown, "Tệp có cấu trúc lồng nhau quá sâu.", "Kiểm tra lại tệp gốc.") from None
    for part in source.parts:
        _refuse_endless(part, shown)
    return source


def _source_of(data: bytes, shown: str, options: Options) -> Source:
    kind = kind_of(shown, data)
    digest = hashlib.sha256(data).hexdigest()
    if kind == "pdf":
        from extractor.read.pdf import read_pdf

        return read_pdf(data, shown, digest, options)
    if kind == "docx":
        from extractor.read.docx import read_docx

        return read_docx(data, shown, digest)
    if kind == "office":
        from extractor.read.office import read_office

        return read_office(data, shown, digest)
    from extractor.read.plain import read_plain

    return read_plain(data, shown, digest)


def _refuse_endless(part: Paragraph | Table, shown: str) -> None:
    """No plan has a paragraph of a hundred pages, nor a table of hundreds of columns."""
    if isinstance(part, Paragraph):
        if sum(len(w.text) for w in part.words) > limits.PARAGRAPH_CHARACTERS:
            raise UnreadableError(shown, "Tệp có một đoạn văn dài bất thường.", "Kiểm tra lại tệp gốc.")
    elif part.rows and len(part.rows[0]) > limits.TABLE_COLUMNS:
        raise UnreadableError(shown, "Tệp có một bảng quá nhiều cột.", "Kiểm tra lại tệp gốc.")


def bytes_of(path: Path, shown: str) -> bytes:
    """The bytes of a file. Raises `UnreadableError` where it is missing, no file, too large or not to be opened."""
    try:
        if path.is_dir():
            raise UnreadableError(shown, "Đây là thư mục, không phải tệp.", "Chỉ rõ một tệp trong thư mục.")
        with path.open("rb") as file:  # a device or a pipe does not say how large it is
            data = file.read(limits.FILE_BYTES + 1)
        if len(data) > limits.FILE_BYTES:
            raise too_large(shown)
        return data
    except FileNotFoundError:
        raise UnreadableError(shown, "Không tìm thấy tệp.", "Kiểm tra lại đường dẫn.") from None
    except OSError as error:
        reason = error.strerror or "lỗi hệ thống"
        raise UnreadableError(shown, f"Không mở được tệp ({reason}).", "Kiểm tra quyền đọc tệp.") from None


def too_large(shown: str) -> UnreadableError:
    """What to tell of a file that is larger than any that is read."""
    return UnreadableError(shown, "Tệp quá lớn.", "Tách tệp thành nhiều phần nhỏ hơn 256 MB.")
