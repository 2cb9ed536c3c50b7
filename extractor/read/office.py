"""DOC, ODT and RTF: turned into DOCX by LibreOffice in a folder of its own, then read as DOCX."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from extractor.errors import UnreadableError, UnsupportedError
from extractor.read.docx import read_docx
from extractor.source import Source

_SECONDS = 120
_KINDS = (
    (b"\xd0\xcf\x11\xe0", ".doc", "application/msword"),
    (b"{\\rtf", ".rtf", "application/rtf"),
    (b"PK", ".odt", "application/vnd.oasis.opendocument.text"),
)


def read_office(data: bytes, name: str, digest: str) -> Source:
    """The paragraphs and tables of a DOC, ODT or RTF file.

    Raises `UnsupportedError` where LibreOffice is not installed, `UnreadableError` where it cannot open
    the file.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise UnsupportedError(
            name,
            "Cần LibreOffice để đọc tệp DOC, ODT, RTF.",
            "Cài bằng: apt-get install libreoffice-writer, hoặc lưu tệp thành .docx.",
        )
    suffix, media_type = next(((s, m) for magic, s, m in _KINDS if data.startswith(magic)), (".doc", ""))
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        source = Path(folder, f"tep{suffix}")
        source.write_bytes(data)
        command = [
            office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out", str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
            converted = Path(folder, "out", "tep.docx").read_bytes()
        except (OSError, subprocess.TimeoutExpired):
            raise UnreadableError(
                name, "LibreOffice không mở được tệp.", "Kiểm tra tệp gốc hoặc lưu lại thành .docx."
            ) from None
    return read_docx(converted, name, digest, media_type)
