"""ODT and RTF files that mean harm; LibreOffice turns them into DOCX before they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from hostile.docxs import LAUGHS, LINES

NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
)
HEAD = f'<office:document-content {NAMES} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
FOOT = "</office:text></office:body></office:document-content>"
PLAN = "".join(f"<text:p>{line}</text:p>" for line in LINES)
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt(body: str, declared: str = "", blanks: int = 0) -> bytes:
    """A text document; `blanks` are as many megabytes of them in its main part."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as part:
            part.write(f'<?xml version="1.0" encoding="UTF-8"?>{declared}{HEAD}{PLAN}{body}'.encode())
            for _ in range(blanks):
                part.write(b" " * 1_000_000)
            part.write(FOOT.encode())
    return out.getvalue()


def section(address: str) -> str:
    return f'<text:section text:name="a"><text:section-source xlink:href="{address}"/><text:p>a</text:p></text:section>'


def table(count: int, properties: str = "") -> str:
    row = f"<table:table-row {properties}><table:table-cell><text:p>Rà soát danh mục</text:p></table:table-cell></table:table-row>"
    return f'<table:table table:name="a"><table:table-column/>{row * count}</table:table>'


MAKERS: dict[str, Callable[[], bytes]] = {
    "a main part of 2 GB": lambda: odt("", blanks=2_000),
    "an outside entity": lambda: odt("<text:p>&x;</text:p>", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "a thousand million laughs": lambda: odt("<text:p>&i;</text:p>", f"<!DOCTYPE x [{LAUGHS}]>"),
    "a section from an outside file": lambda: odt(section("file:///etc/passwd")),
    "a row a thousand million times": lambda: odt(table(1, 'table:number-rows-repeated="1000000000"')),
    "a table of 10,000 rows": lambda: odt(table(10_000)),
    "tables 500 deep": lambda: odt("".join(f'<table:table table:name="t{n}"><table:table-column/><table:table-row><table:table-cell>' for n in range(500)) + "<text:p>a</text:p>" + "</table:table-cell></table:table-row></table:table>" * 500),
    "spaces a thousand million times": lambda: odt('<text:p>a<text:s text:c="1000000000"/>b</text:p>'),
    "cut off in the middle": lambda: odt(PLAN * 9)[:700],
}  # fmt: skip
