"""The parts of a DOCX package, opened with limits: a bomb or an outside entity is a typed error."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cached_property

from lxml import etree

from extractor.errors import EncryptedError, UnreadableError, UnsupportedError
from extractor.read import limits

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_REMEDY = "Mở tệp bằng Word hoặc LibreOffice rồi lưu lại dạng .docx."


def val(node: etree._Element | None, default: str = "") -> str:
    """The `w:val` of a node; `default` where the node or its value is missing."""
    return default if node is None else str(node.get(f"{W}val", default))


def whole(value: str) -> int | None:
    """The whole number that an attribute holds; None where it holds none, or one that no document needs."""
    return int(value) if _WHOLE.fullmatch(value) else None


def flag(node: etree._Element | None) -> bool | None:
    """An on/off property: None where it is not set."""
    return None if node is None else val(node, "1") not in ("0", "false", "off", "none")


class Package:
    """The XML parts of a DOCX file.

    Raises `UnreadableError` for a damaged or oversized package, `EncryptedError` for one with a password,
    `UnsupportedError` for a ZIP file that is no Word document.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise UnreadableError(name, "Tệp DOCX bị hỏng hoặc tải chưa đủ.", "Tải lại tệp gốc.") from None
        if len(members) > limits.ZIP_MEMBERS or sum(m.file_size for m in members) > limits.ZIP_BYTES:
            raise UnreadableError(name, "Tệp DOCX giải nén ra quá lớn.", _REMEDY)
        self._members = {m.filename: m for m in members}
        if "word/document.xml" not in self._members and self._main == "":
            if "EncryptedPackage" in self._members:
                raise EncryptedError(name, "Tệp được đặt mật khẩu.", "Bỏ mật khẩu rồi chạy lại.")
            raise UnsupportedError(name, "Tệp nén không chứa văn bản Word.", "Giải nén và dùng tệp .docx bên trong.")

    @cached_property
    def _main(self) -> str:
        if "word/document.xml" in self._members:
            return "word/document.xml"
        return next((m for m in self._members if m.startswith("word/document") and m.endswith(".xml")), "")

    def document(self) -> etree._Element:
        """The root of the main part."""
        root = self._parse(self._main)
        if root is None:
            raise UnreadableError(self._name, "Tệp DOCX không có nội dung.", _REMEDY)
        return root

    def part(self, leaf: str) -> etree._Element | None:
        """The root of a part beside the main one ("styles.xml"), or None."""
        return self._parse(self._main.rpartition("/")[0] + "/" + leaf)

    def _parse(self, member: str) -> etree._Element | None:
        info = self._members.get(member)
        if info is None:
            return None
        try:
            with self._zip.open(info) as part:
                data = part.read(limits.XML_BYTES + 1)
        except RuntimeError:
            raise EncryptedError(self._name, "Tệp được đặt mật khẩu.", "Bỏ mật khẩu rồi chạy lại.") from None
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise UnreadableError(self._name, "Tệp DOCX bị hỏng.", "Tải lại tệp gốc.") from error
        if len(data) > limits.XML_BYTES or data.count(b"<") > 2 * limits.XML_TAGS:
            raise UnreadableError(self._name, "Tệp DOCX giải nén ra quá lớn.", _REMEDY)
        if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
            raise self._unsafe()
        data = data.replace(_STRICT, W[1:-1].encode())
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise UnreadableError(self._name, "Nội dung XML của tệp DOCX bị hỏng.", _REMEDY) from None
        if root.getroottree().docinfo.doctype:  # in another encoding, or far behind
            raise self._unsafe()
        return root

    def _unsafe(self) -> UnreadableError:
        return UnreadableError(self._name, "Tệp DOCX có khai báo thực thể XML, không an toàn.", _REMEDY)
