"""What kind of file it is: told by its first bytes, and by its name only where the bytes do not say."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from extractor.errors import UnsupportedError

Kind = Literal["pdf", "docx", "office", "text"]

_MAGIC: tuple[tuple[bytes, Kind | None, str], ...] = (
    (b"%PDF-", "pdf", "PDF"),
    (b"PK\x03\x04", "docx", "ZIP"),
    (b"PK\x05\x06", "docx", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office", "Word 97-2003"),
    (b"{\\rtf", "office", "RTF"),
    (b"\x89PNG", None, "ảnh PNG"),
    (b"\xff\xd8\xff", None, "ảnh JPEG"),
    (b"II*\x00", None, "ảnh TIFF"),
    (b"MM\x00*", None, "ảnh TIFF"),
    (b"GIF8", None, "ảnh GIF"),
    (b"Rar!", None, "tệp nén RAR"),
    (b"7z\xbc\xaf", None, "tệp nén 7z"),
    (b"\x1f\x8b", None, "tệp nén GZ"),
    (b"\x7fELF", None, "chương trình"),
    (b"MZ", None, "chương trình"),
)
_SUFFIX: dict[str, Kind] = {
    ".pdf": "pdf", ".docx": "docx", ".docm": "docx", ".doc": "office", ".odt": "office", ".rtf": "office",
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text",
}  # fmt: skip
_READ = "PDF, DOCX, DOC, ODT, RTF, TXT, MD"


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file from its bytes and its name ("ke-hoach.pdf").

    Raises `UnsupportedError` for pictures, archives, programs and unknown suffixes.
    """
    suffix = PurePath(name).suffix.lower()
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    for magic, kind, shown in _MAGIC:
        if head.startswith(magic) and not (magic == b"MZ" and b"\x00" not in head):
            if kind == "docx" and b"mimetypeapplication/vnd.oasis.opendocument.text" in head:
                return "office"
            if kind == "docx" and suffix in ("", *_SUFFIX):
                return "docx"
            if kind and kind != "docx":
                return kind
            raise UnsupportedError(name, f"Tệp là {shown}, không phải văn bản.", f"Dùng tệp {_READ}.")
    if suffix in _SUFFIX:
        return _SUFFIX[suffix]
    if suffix and suffix[1:].isalpha() and len(suffix) <= 6 and b"\x00" in head:
        raise UnsupportedError(name, f"Không đọc được loại tệp “{suffix}”.", f"Dùng tệp {_READ}.")
    if suffix in (".xlsx", ".xls", ".pptx", ".ppt", ".html", ".htm", ".json", ".csv", ".xml"):
        raise UnsupportedError(name, f"Không đọc được loại tệp “{suffix}”.", f"Dùng tệp {_READ}.")
    return "text"
