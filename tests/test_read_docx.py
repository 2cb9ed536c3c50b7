"""DOCX: what Word prints is read, in the order a clerk reads it."""

from __future__ import annotations

import io
import zipfile

import pytest
from drawn import cells, paragraphs, source_of, tables, text_of

from extractor.errors import EncryptedError, UnreadableError, UnsupportedError
from extractor.read.docx_numbering import roman, shown
from extractor.source import Paragraph, Source

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def docx(body: str, numbering: str = "", styles: str = "", footnotes: str = "") -> bytes:
    """A DOCX package with the given body."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for part, content, root in (
            ("numbering", numbering, "numbering"), ("styles", styles, "styles"), ("footnotes", footnotes, "footnotes"),
        ):  # fmt: skip
            if content:
                package.writestr(f"word/{part}.xml", f"<w:{root} {_NAMES}>{content}</w:{root}>")
    return buffer.getvalue()


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(n: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{n}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def read_docx(body: str, **parts: str) -> Source:
    return source_of(docx(body, **parts), "ke-hoach.docx")


LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%2.")}'
    f"{level(2, 'lowerLetter', '%3)')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}{level(1, "decimal", "%1.%2.")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def test_automatic_numbers_are_restored() -> None:
    """Levels restart under a new parent, bullets are dashes, an override starts anew."""
    body = (
        numbered("MỤC TIÊU") + numbered("Chung", 1) + numbered("Cụ thể", 1) + numbered("Ý một", 2) + numbered("NHIỆM VỤ")
        + numbered("Rà soát", 1) + numbered("Một", 0, 2) + numbered("Hai", 1, 2) + numbered("Gạch", 0, 3)
        + numbered("Năm", 0, 4)
    )  # fmt: skip
    assert paragraphs(read_docx(body, numbering=LISTS)) == [
        "I. MỤC TIÊU", "1. Chung", "2. Cụ thể", "a) Ý một", "II. NHIỆM VỤ",
        "1. Rà soát", "1. Một", "1.1. Hai", "- Gạch", "5. Năm",
    ]  # fmt: skip


def test_a_style_may_number() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = p("TỔ CHỨC THỰC HIỆN", '<w:pStyle w:val="Muc"/>')
    assert paragraphs(read_docx(body, numbering=LISTS, styles=styles)) == ["I. TỔ CHỨC THỰC HIỆN"]


@pytest.mark.parametrize(
    ("n", "form", "expected"),
    [
        (4, "lowerRoman", "iv"),
        (27, "lowerLetter", "aa"),
        (3, "upperLetter", "C"),
        (7, "decimalZero", "07"),
        (2, "none", ""),
    ],
)
def test_number_formats(n: int, form: str, expected: str) -> None:
    assert shown(n, form) == expected


def test_roman_numerals() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIX"]


BODIES = {
    "insertions are kept, deletions dropped": (
        "<w:p><w:ins><w:r><w:t>trước ngày 30/6</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>trước ngày 30/5</w:delText></w:r></w:del></w:p>",
        ["trước ngày 30/6"],
    ),
    "hidden text is dropped": (p("Hiện") + p("Ẩn", run="<w:vanish/>"), ["Hiện"]),
    "the result of a field is read, its code is not": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Trang 3</w:t></w:r></w:p>',
        ["Trang 3"],
    ),
    "a line break inside a title is a space": (
        "<w:p><w:r><w:t>KẾ HOẠCH</w:t><w:br/><w:t>Triển khai đề án</w:t></w:r></w:p>",
        ["KẾ HOẠCH Triển khai đề án"],
    ),
    "a line break before a list label is not": (
        "<w:p><w:r><w:t>Gồm:</w:t><w:br/><w:t>- Sở Y tế;</w:t></w:r></w:p>",
        ["Gồm:", "- Sở Y tế;"],
    ),
    "a symbol keeps its hyphen": (
        "<w:p><w:r><w:t>18</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r></w:p>",
        ["18-NQ/TW"],
    ),
    "capitals are read as printed": (p("phụ lục", run="<w:caps/>"), ["PHỤ LỤC"]),
    "a paragraph broken inside a sentence is whole": (p("theo quy định của") + p("pháp luật."), ["theo quy định của pháp luật."]),
    "a content control is read": (f"<w:sdt><w:sdtContent>{p('Điều 1.')}</w:sdtContent></w:sdt>", ["Điều 1."]),
    "a text box is read once": (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>" + p("DỰ THẢO")
        + "</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:txbxContent>" + p("DỰ THẢO")
        + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["DỰ THẢO"],
    ),
    "printed rules are no words": (p("Độc lập - Tự do - Hạnh phúc") + p("_________"), ["Độc lập - Tự do - Hạnh phúc"]),
    "an old encoding is told by its font": (
        p("Uû ban nh©n d©n", run='<w:rFonts w:ascii=".VnTime"/>'),
        ["Uỷ ban nhân dân"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_what_is_printed_is_read(body: str, expected: list[str]) -> None:
    assert paragraphs(read_docx(body)) == expected


def test_looks_come_from_runs_and_styles() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="Dam"><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    body = p("KẾ HOẠCH", '<w:pStyle w:val="Dam"/>') + p("thường", '<w:pStyle w:val="Dam"/>', '<w:b w:val="0"/><w:i/>')
    first, second = (part for part in read_docx(body, styles=styles).parts if isinstance(part, Paragraph))
    assert (first.bold, first.italic, first.centred) == (True, False, True)
    assert (second.bold, second.italic) == (False, True)


def test_footnotes_stand_behind_the_text() -> None:
    body = '<w:p><w:r><w:t>Theo Nghị quyết</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Hết.")
    notes = f'<w:footnote w:type="separator" w:id="0">{p("x")}</w:footnote><w:footnote w:id="2">{p("Số 10-NQ/TW.")}</w:footnote>'
    parts = [part for part in read_docx(body, footnotes=notes).parts if isinstance(part, Paragraph)]
    assert [(" ".join(w.text for w in part.words), part.note) for part in parts] == [
        ("Theo Nghị quyết", False),
        ("Hết.", False),
        ("Số 10-NQ/TW.", True),
    ]


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(t) for t in text.split('|'))}</w:tc>"


def tbl(*rows: str, ruled: bool = True) -> str:
    borders = '<w:tblBorders><w:insideH w:val="single"/></w:tblBorders>' if ruled else ""
    return f"<w:tbl><w:tblPr>{borders}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def test_merged_cells_are_one_cell() -> None:
    """A lead given once for two rows is the same cell in both."""
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("TT") + tc("Nhiệm vụ") + tc("Chủ trì"),
        tc("I", "") + tc("Thể chế", '<w:gridSpan w:val="2"/>'),
        tc("1") + tc("Rà soát|văn bản") + tc("Sở Y tế", down),
        tc("2") + tc("Báo cáo") + tc("", goes_on),
    )
    text = text_of(docx(body), "a.docx")
    assert cells(text) == [
        ["TT", "Nhiệm vụ", "Chủ trì"],
        ["I", "Thể chế", "Thể chế"],
        ["1", "Rà soát\nvăn bản", "Sở Y tế"],
        ["2", "Báo cáo", "Sở Y tế"],
    ]
    assert text.value.count("Sở Y tế") == 1


def test_a_table_inside_a_cell_is_flattened() -> None:
    inner = tbl(tc("trong"), tc("cùng"))
    body = tbl(tc("A") + f"<w:tc><w:tcPr/>{p('ngoài')}{inner}{p('')}</w:tc>", tc("B") + tc("C"))
    assert cells(text_of(docx(body), "a.docx")) == [["A", "ngoài\ntrong\ncùng"], ["B", "C"]]


def test_the_head_and_the_foot_are_columns_and_no_tables() -> None:
    head = tbl(
        tc("ỦY BAN NHÂN DÂN|TỈNH AN HÒA") + tc("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        tc("Số: 15/KH-UBND") + tc("An Hòa, ngày 10 tháng 3 năm 2026"),
        ruled=False,
    )
    foot = tbl(tc("Nơi nhận:|- Như trên;") + "<w:tc>" + "<w:p><w:r><w:t>KT. CHỦ TỊCH</w:t><w:br/><w:t>PHÓ CHỦ TỊCH</w:t>"
               "</w:r></w:p></w:tc>", ruled=False)  # fmt: skip
    source = read_docx(head + p("KẾ HOẠCH") + foot)
    found = [
        (part.column, " ".join(w.text for w in part.words)) for part in source.parts if isinstance(part, Paragraph)
    ]
    assert not tables(source)
    assert found == [
        ("left", "ỦY BAN NHÂN DÂN"),
        ("left", "TỈNH AN HÒA"),
        ("right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("left", "Số: 15/KH-UBND"),
        ("right", "An Hòa, ngày 10 tháng 3 năm 2026"),
        (None, "KẾ HOẠCH"),
        ("left", "Nơi nhận:"),
        ("left", "- Như trên;"),
        ("right", "KT. CHỦ TỊCH"),
        ("right", "PHÓ CHỦ TỊCH"),
    ]


def test_python_docx_files_are_read() -> None:
    library = pytest.importorskip("docx")
    document = library.Document()
    document.add_heading("KẾ HOẠCH", 1)
    document.add_paragraph("Rà soát", style="List Number")
    document.add_paragraph("Báo cáo", style="List Bullet")
    table = document.add_table(2, 2, style="Table Grid")
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 0).merge(table.cell(1, 1)).text = "TT", "Việc", "Gộp"
    buffer = io.BytesIO()
    document.save(buffer)
    source = source_of(buffer.getvalue(), "a.docx")
    assert paragraphs(source) == ["KẾ HOẠCH", "1. Rà soát", "- Báo cáo"]
    assert cells(text_of(buffer.getvalue(), "a.docx")) == [["TT", "Việc"], ["Gộp", "Gộp"]]


def _zip(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


def _of_a_later_version(package: bytes) -> bytes:
    """A package whose first member says that it needs version 12 of the format."""
    at = package.index(b"PK\x01\x02") + 6
    return package[:at] + bytes([120]) + package[at + 1 :]


BAD = {
    "a later version of ZIP": (_of_a_later_version(docx(p("a"))), UnreadableError),
    "no ZIP file": (b"PK\x03\x04 broken", UnreadableError),
    "cut off": (docx(p("a"))[:200], UnreadableError),
    "a ZIP file of something else": (_zip(data=b"x"), UnsupportedError),
    "no XML": (_zip(word__document_xml=b"<w:document"), UnreadableError),
    "an outside entity": (
        _zip(word__document_xml=b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        UnreadableError,
    ),
    "a bomb": (_zip(word__document_xml=b"<a>" + b" " * 60_000_000), UnreadableError),
    "a bomb of tags": (_zip(word__document_xml=b"<a>" + b"<b/>" * 4_000_000), UnreadableError),
    "encrypted": (_zip(EncryptedPackage=b"x"), EncryptedError),
}


@pytest.mark.parametrize(("data", "error"), BAD.values(), ids=BAD.keys())
def test_a_bad_package_is_a_typed_error(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        source_of(data, "a.docx")
