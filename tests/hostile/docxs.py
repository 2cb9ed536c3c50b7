"""DOCX files that mean harm, part by part."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>'
FOOT = "</w:body></w:document>"
LINES = ("Số: 5/KH-STP", "Huế, ngày 9 tháng 1 năm 2026", "KẾ HOẠCH", "Phổ biến pháp luật năm 2026", "I. NHIỆM VỤ")
PLAN = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def packed(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    """A document; `more` are parts beside the main one by the stem of their names."""
    parts = {f"word/{name}.xml": f'<?xml version="1.0"?>{data}' for name, data in more.items()}
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": HEAD + PLAN + body + FOOT, **parts})


def bomb(size: int) -> bytes:
    """A main part that is nearly nothing but blanks."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        part.write(HEAD.encode())
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
        part.write(FOOT.encode())
    return out.getvalue()


def lying_about_its_size() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(bomb(300_000_000))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    return bytes(data)


def many_members(count: int) -> bytes:
    return packed({"word/document.xml": HEAD + PLAN + FOOT, **{f"word/{n}.xml": b"" for n in range(count)}})


def entities(declared: str, used: str, encoding: str = "utf-8", before: str = "") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{before}<!DOCTYPE x [{declared}]><w:document xmlns:w="{W}"><w:body>{PLAN}{used}</w:body></w:document>'
    return packed({"word/document.xml": text.encode(encoding)})


LAUGHS = '<!ENTITY a "ha ha ha ha ha ">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 12}">' for n in range(9)
)


def rows(count: int, columns: int = 4, properties: str = "") -> str:
    cell = f"<w:tc><w:tcPr>{properties}</w:tcPr>{p('Sở Nội vụ chủ trì rà soát danh mục')}</w:tc>"
    return f"<w:tbl>{f'<w:tr>{cell * columns}</w:tr>' * count}</w:tbl>"


def nested(tag_open: str, tag_close: str, depth: int, inner: str = "") -> str:
    return tag_open * depth + inner + tag_close * depth


def numbering(level: str, count: int = 20) -> bytes:
    """Paragraphs with a list whose one level is as given."""
    item = p("Rà soát danh mục", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    return docx(
        item * count,
        numbering=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    )


def level(format_: str, start: str, text: str = "%1.") -> str:
    return (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def styles_in_a_circle() -> bytes:
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:basedOn w:val="{1}"/><w:link w:val="{1}"/></w:style>'
    return docx(
        p("Rà soát danh mục", '<w:pStyle w:val="A"/>') * 10,
        styles=f'<w:styles xmlns:w="{W}">{style.format("A", "B")}{style.format("B", "A")}</w:styles>',
    )


def numbering_in_a_circle() -> bytes:
    item = p("Rà soát danh mục", '<w:numPr><w:ilvl w:val="999999999"/><w:numId w:val="1"/></w:numPr>')
    return docx(
        item * 20,
        numbering=f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="A"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="-5"><w:startOverride w:val="x"/></w:lvlOverride></w:num></w:numbering>',
        styles=f'<w:styles xmlns:w="{W}"><w:style w:type="numbering" w:styleId="A"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>',
    )


def cell_of(properties: str) -> str:
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr>{p('a')}</w:tc></w:tr><w:tr><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"


def overlapping(count: int) -> bytes:
    """A directory with the same 60 MB so many times: each member begins where the others do."""
    data = packed({"word/document.xml": HEAD + PLAN + FOOT, "word/styles.xml": b"<a/>" + b" " * 60_000_000})
    directory, last, end = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02"), data.rindex(b"PK\x05\x06")
    entries = data[directory:last] + data[last:end] * count
    tail = struct.pack("<HHIIH", count + 1, count + 1, len(entries), directory, 0)
    return data[:directory] + entries + data[end : end + 8] + tail


MAKERS: dict[str, Callable[[], bytes]] = {
    "a main part of 2 GB": lambda: bomb(2_000_000_000),
    "a main part that lies about its size": lying_about_its_size,
    "100,000 members": lambda: many_members(100_000),
    "one member 4,000 times": lambda: overlapping(4_000),
    "a main part that is a package": lambda: packed({"word/document.xml": bomb(300_000_000)}),
    "a package in a package": lambda: packed({"word/document.xml": HEAD + PLAN + FOOT, "word/embeddings/a.docx": packed({"b.docx": bomb(300_000_000)})}),
    "members with names that lead upwards": lambda: packed({"../../../tmp/kehoach-hostile.xml": b"x", "word/document.xml": HEAD + PLAN + FOOT, "word/../../x": b"x"}),
    "an outside entity": lambda: entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"),
    "an outside entity in UTF-16": lambda: entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", "utf-16"),
    "an outside entity far behind": lambda: entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=f"<!--{' ' * 9000}-->"),
    "an outside document type": lambda: packed({"word/document.xml": f'<?xml version="1.0"?><!--{" " * 9000}--><!DOCTYPE x SYSTEM "file:///dev/zero"><w:document xmlns:w="{W}"><w:body>{PLAN}</w:body></w:document>'}),
    "a thousand million laughs": lambda: entities(LAUGHS, "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"),
    "a thousand million laughs in UTF-16": lambda: entities(LAUGHS, "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", "utf-16"),
    "laughs in an attribute in UTF-16": lambda: entities(LAUGHS, '<w:p><w:pPr><w:pStyle w:val="&i;"/></w:pPr></w:p>', "utf-16"),
    "laughs in an attribute in UTF-7": lambda: packed({"word/document.xml": f'<?xml version="1.0" encoding="UTF-7"?><!DOCTYPE x [{LAUGHS}]><w:document xmlns:w="{W}" a="&i;"/>'.encode("utf-7")}),
    "tags 200,000 deep": lambda: docx(nested("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>", 100_000, p("a"))),
    "tables 300 deep": lambda: docx(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 300, p("a"))),
    "tables 3,000 deep": lambda: docx(nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 3_000, p("a"))),
    "runs 50,000 deep": lambda: docx(f"<w:p>{nested('<w:ins>', '</w:ins>', 50_000, '<w:r><w:t>a</w:t></w:r>')}</w:p>"),
    "a table of 10,000 rows": lambda: docx(rows(10_000)),
    "a table of 100,000 rows": lambda: docx(rows(100_000)),
    "a row of 20,000 cells": lambda: docx(rows(1, 20_000)),
    "a cell over 2,000 million columns": lambda: docx(cell_of('<w:gridSpan w:val="2000000000"/>')),
    "a cell over less than no columns": lambda: docx(cell_of('<w:gridSpan w:val="-7"/>')),
    "a column that goes on for 20,000 rows": lambda: docx(rows(20_000, 2, '<w:vMerge/>')),
    "a row that begins after 2,000 million columns": lambda: docx(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="2000000000"/></w:trPr><w:tc>{p("a")}</w:tc></w:tr></w:tbl>'),
    "a Roman number of a thousand million": lambda: numbering(level("upperRoman", "1000000000")),
    "a letter of a thousand million": lambda: numbering(level("lowerLetter", "1000000000")),
    "a number of 5,000 digits": lambda: numbering(level("decimal", "9" * 5_000)),
    "a label of a million numbers": lambda: numbering(level("decimal", "1", "%1" * 500_000)),
    "a list level that is none": numbering_in_a_circle,
    "styles in a circle": styles_in_a_circle,
    "a paragraph of 8 MB": lambda: docx(p("rà soát danh mục " * 400_000)),
    "a word of 4 MB": lambda: docx(p("a" * 4_000_000)),
    "a letter with 190,000 accents": lambda: docx(p("a" + "\u0301\u0316" * 95_000)),
    "400,000 paragraphs": lambda: docx("<w:p/>" * 400_000),
    "200,000 paragraphs with a letter": lambda: docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 200_000),
    "30,000 attributes": lambda: docx(f"<w:p {' '.join(f'a{n}=“1”' for n in range(30_000))}/>".replace("“", '"').replace("”", '"')),
    "a note that holds itself": lambda: docx('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/><w:t>a</w:t></w:r></w:p></w:footnote></w:footnotes>'),
    "cut off in the middle": lambda: docx(rows(50))[:900],
    "XML cut off in the middle": lambda: packed({"word/document.xml": (HEAD + PLAN)[:-9]}),
    "half a letter by its number": lambda: docx(p("&#xD800;")),
    "a byte of nothing by its number": lambda: docx(p("&#0;")),
    "no UTF-8": lambda: packed({"word/document.xml": (HEAD + PLAN).encode() + b"\xff\xed\xa0\x80" * 1_000 + FOOT.encode()}),
    "a table in tables of 40 columns": lambda: docx(f"<w:tbl><w:tr>{f'<w:tc>{rows(40, 40)}</w:tc>' * 10}</w:tr></w:tbl>"),
    "no XML": lambda: packed({"word/document.xml": b"\x00\xff" * 1000}),
    "a picture of 50,000 by 50,000": lambda: packed({"word/document.xml": HEAD + PLAN + FOOT, "word/media/image1.png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 50_000, 50_000) + b"\x08\x02\x00\x00\x00" + bytes(1000)}),
}  # fmt: skip
