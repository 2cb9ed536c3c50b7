"""PDF files that mean harm, written object by object."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from itertools import repeat

PLAIN = b"BT /F1 12 Tf 72 700 Td (Ke hoach) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def written(objects: Iterable[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, head: bytes = b"", *, packed: bool = True, length: int | None = None) -> bytes:
    body = zlib.compress(data, 9) if packed else data
    filters = b"/Filter/FlateDecode" if packed and b"/Filter" not in head else b""
    return b"<<%s%s/Length %d>>stream\n%s\nendstream" % (head, filters, len(body) if length is None else length, body)


def page(
    content: bytes = PLAIN,
    *more: bytes,
    resources: bytes = b"",
    size: tuple[float, float] = (595, 842),
    pages: int = 1,
    extra: bytes = b"",
    catalogue: bytes = b"",
    head: bytes = b"",
) -> bytes:
    """A file with one page; `more` are the objects from 6 on."""
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(repeat(b"3 0 R", pages)), pages),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>"
            % (*size, resources, extra),
            stream(content, head),
            FONT,
            *more,
        ]
    )


def picture(
    width: bytes, height: bytes, data: bytes, head: bytes = b"/ColorSpace/DeviceGray/BitsPerComponent 8"
) -> bytes:
    """A page that a picture covers."""
    image = stream(
        data, b"/Type/XObject/Subtype/Image/Width %s/Height %s%s" % (width, height, head), packed=b"/Filter" not in head
    )
    return page(b"595 0 0 842 0 0 cm /I1 Do", image, b"50000", resources=b"/XObject<</I1 6 0 R>>")


def forms(levels: int, times: int, *, closed: bool = False) -> bytes:
    """Forms that draw the next one so many times each; `closed` lets the last draw the first."""
    out = []
    for level in range(levels):
        following = level + 1 if level + 1 < levels else 0 if closed else None
        uses = b"" if following is None else b"/X%d Do " % following * times
        names = b"" if following is None else b"/XObject<</X%d %d 0 R>>" % (following, 6 + following)
        out.append(
            stream(
                uses + PLAIN, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>%s>>" % names
            )
        )
    return page(b"/X0 Do", *out, resources=b"/XObject<</X0 6 0 R>>")


def tree_that_bites_its_tail() -> bytes:
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 3 0 R>>",
            b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        ]
    )


def fields_that_bite_their_tail() -> bytes:
    field = b"<</FT/Sig/T(a)/Kids[6 0 R 7 0 R]/Parent %d 0 R/V 6 0 R>>"
    return page(PLAIN, field % 7, field % 6, catalogue=b"/AcroForm<</Fields[6 0 R 7 0 R]/SigFlags 3>>/Outlines 6 0 R")


def object_stream(data: bytes) -> bytes:
    return page(PLAIN, stream(data, b"/Type/ObjStm/N 1000000/First 100"))


def chained(data: bytes, times: int) -> bytes:
    for _ in range(times - 1):
        data = zlib.compress(data, 9)
    return page(data, head=b"/Filter[%s]" % (b"/FlateDecode" * times))


def maps(ranges: int) -> bytes:
    """A font whose map to Unicode names every code over and over."""
    rows = b"<0000> <FFFF> <0000>\n" * ranges
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap %d beginbfrange\n%sendbfrange endcmap end end"
        % (ranges, rows)
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    return page(PLAIN.replace(b"/F1", b"/F2"), font, stream(cmap), resources=b"/Font<</F2 6 0 R>>")


def font(size: int) -> bytes:
    description = b"<</Type/FontDescriptor/FontName/A/Flags 4/FontFile2 8 0 R/FontBBox[0 0 1 1]>>"
    face = b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 7 0 R/FirstChar 0/LastChar 255/Widths[]>>"
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
            stream(PLAIN),
            FONT,
            face,
            description,
            stream(b"\x00\x01\x00\x00" + bytes(size), b"/Length1 %d" % size),
        ]
    )


def tiled() -> bytes:
    """A picture page filled with a pattern whose tiles are a thousandth of a point apart."""
    tile = stream(
        b"0 0 1 1 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.001/YStep 0.001/Resources<<>>",
    )
    return page(b"/Pattern cs /P1 scn 0 0 595 842 re f", tile, resources=b"/Pattern<</P1 6 0 R>>")


def shaded() -> bytes:
    """A shading whose function is a program that never seems to end."""
    program = b"{" + b"dup mul " * 20_000 + b"}"
    function = stream(program, b"/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]", packed=False)
    shading = b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 595 842]/Function 6 0 R/Extend[true true]>>"
    return page(b"/S1 sh", function, shading, resources=b"/Shading<</S1 7 0 R>>")


def signatures(count: int) -> bytes:
    one = b"<</FT/Sig/T(a)/V<</Type/Sig/ByteRange[0 1 2 3]/Contents<%s>>>>>" % (b"30" * 200)
    return page(
        PLAIN,
        *repeat(one, count),
        catalogue=b"/AcroForm<</Fields[%s]/SigFlags 3>>" % b" ".join(b"%d 0 R" % (6 + i) for i in range(count)),
    )


def xref_that_bites_its_tail() -> bytes:
    data = page()
    place = data.rindex(b"xref\n0 ")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % place)


def outlines_that_bite_their_tail() -> bytes:
    entry = b"<</Title(a)/Parent %d 0 R/First 7 0 R/Last 6 0 R/Next 6 0 R/Prev 7 0 R/Count 99/Dest[3 0 R/Fit]>>"
    return page(PLAIN, entry % 7, entry % 6, catalogue=b"/Outlines 6 0 R/PageMode/UseOutlines")


def ruled(rows: int) -> bytes:
    """A table of so many rows, a hundred a page: lines drawn, a word in each cell."""
    letters = {0xE0: "à", 0xE1: "á", 0xE2: "ế", 0xE3: "ạ", 0xE4: "ụ", 0xE5: "ệ", 0xE6: "ủ", 0xE7: "ở"}
    pairs = b"".join(b"<%02X> <%04X>\n" % (code, ord(letter)) for code, letter in letters.items())
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        b"1 beginbfrange <20> <7E> <0020> endbfrange\n%d beginbfchar\n%sendbfchar endcmap end end"
        % (len(letters), pairs)
    )
    contents = []
    for start in range(0, rows, 100):
        lines = b"".join(b"60 %d m 540 %d l S " % (y, y) for y in range(40, 841, 8))
        lines += b"".join(b"%d 40 m %d 840 l S " % (x, x) for x in (60, 200, 400, 540))
        words = b"".join(
            b"BT /F1 6 Tf %d %d Td (%d R\xe0 so\xe1t t\xe0i li\xe5u c\xe6a S\xe7) Tj ET " % (x, 834 - 8 * n, start + n)
            for n in range(min(100, rows - start))
            for x in (64, 204, 404)
        )
        contents.append(lines + words)
    first = 6
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        stream(cmap),
        b"null",
        FONT[:-2] + b"/ToUnicode 3 0 R>>",
    ]
    for n, content in enumerate(contents):
        at = first + 2 * n
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            % (at + 1)
        )
        objects.append(stream(content))
    return written(objects)


def encrypted(dictionary: bytes, key: bytes = b"<" + b"00" * 16 + b">") -> bytes:
    return page().replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[%s%s]/Encrypt %s" % (key, key, dictionary))


# A JBIG2 segment that says its page is as large as that, a JPEG 2000 head that says so of its picture.
JBIG2 = bytes.fromhex("0000000030000100000013") + struct.pack(">II", 50_000, 50_000) + bytes(11)
JPX = (
    bytes.fromhex("ff4fff510029 0000".replace(" ", ""))
    + struct.pack(">IIIIIIII", 60_000, 60_000, 0, 0, 60_000, 60_000, 0, 0)
    + bytes.fromhex("0001070101ff52000c00000001000504040001ff5c00040040ff90000a0000000000000001ff93")
)


MAKERS: dict[str, Callable[[], bytes]] = {
    "a stream of 400 MB": lambda: page(bytes(400_000_000)),
    "a chain of three bombs": lambda: chained(bytes(60_000_000), 3),
    "an object stream of 200 MB": lambda: object_stream(bytes(200_000_000)),
    "a cross-reference stream of 200 MB": lambda: page(PLAIN, stream(bytes(200_000_000), b"/Type/XRef/W[1 8 8]/Size 10000000")),
    "a page of 14,400 points": lambda: page(size=(14_400, 14_400)),
    "a page of 14,400 points to be read by OCR": lambda: page(b"14400 0 0 14400 0 0 cm /I1 Do", stream(bytes(10_000), b"/Type/XObject/Subtype/Image/Width 100/Height 100/ColorSpace/DeviceGray/BitsPerComponent 8"), size=(14_400, 14_400), resources=b"/XObject<</I1 6 0 R>>"),
    "a page of a million points": lambda: page(size=(1e6, 1e6)),
    "a page without height": lambda: page(size=(595, 0)),
    "arrays 100,000 deep": lambda: page(extra=b"/X" + b"[" * 100_000 + b"]" * 100_000),
    "dictionaries 100,000 deep": lambda: page(extra=b"/X" + b"<</A" * 100_000 + b" 1" + b">>" * 100_000),
    "arrays 100,000 deep in the content": lambda: page(b"[" * 100_000 + b"]" * 100_000 + b" TJ " + PLAIN),
    "states 300,000 deep": lambda: page(b"q " * 300_000 + PLAIN),
    "a page tree in a circle": tree_that_bites_its_tail,
    "outlines in a circle": outlines_that_bite_their_tail,
    "a table of 10,000 rows": lambda: ruled(10_000),
    "a page tree 5,000 deep": lambda: written([b"<</Type/Catalog/Pages 2 0 R>>", *(b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, 5_000)), b"<</Type/Page/Parent 4999 0 R/MediaBox[0 0 595 842]>>"]),
    "encrypted by nothing known": lambda: encrypted(b"<</Filter/Standard/V 99/R 99/O()/U()/P -1>>"),
    "encrypted by itself": lambda: encrypted(b"1 0 R"),
    "encrypted by what is not there": lambda: encrypted(b"99 0 R"),
    "encrypted with a key of 100,000 bits": lambda: encrypted(b"<</Filter/Standard/V 2/R 3/Length 100000/O(%s)/U(%s)/P -1>>" % (b"a" * 32, b"b" * 32)),
    "form fields in a circle": fields_that_bite_their_tail,
    "a content in a circle": lambda: page(PLAIN, b"[6 0 R 6 0 R]", extra=b"/Contents 6 0 R"),
    "cross-references in a circle": xref_that_bites_its_tail,
    "100,000 objects": lambda: page(PLAIN, *(b"<</A %d>>" % n for n in range(100_000))),
    "100,000 pages": lambda: page(pages=100_000),
    "100,000 annotations": lambda: page(extra=b"/Annots[%s]" % (b"<</Type/Annot/Subtype/Text/Rect[0 0 1 1]>>" * 100_000)),
    "20,000 signatures": lambda: signatures(20_000),
    "a form that draws itself": lambda: forms(1, 1, closed=True),
    "two forms that draw each other": lambda: forms(2, 2, closed=True),
    "forms that multiply to ten thousand million": lambda: forms(10, 10),
    "forms 5,000 deep": lambda: forms(5_000, 1),
    "a font of 300 MB": lambda: font(300_000_000),
    "a font that is no font": lambda: font(1_000_000),
    "a map to Unicode of 6,000 full ranges": lambda: maps(6_000),
    "a picture of 50,000 by 50,000": lambda: picture(b"50000", b"50000", bytes(1_000_000)),
    "a picture whose size stands elsewhere": lambda: picture(b"7 0 R", b"7 0 R", bytes(1_000_000)),
    "a fax of 50,000 by 50,000": lambda: picture(b"50000", b"50000", bytes(10_000), b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 50000/Rows 50000>>"),
    "a JPEG that says 65,500 by 65,500": lambda: picture(b"100", b"100", bytes.fromhex("ffd8ffc0000b08ffdcffdc01011100ffda0008010100003f00") + bytes(10_000), b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode"),
    "a JBIG2 of 50,000 by 50,000": lambda: picture(b"50000", b"50000", JBIG2, b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode"),
    "a JBIG2 that says another size": lambda: picture(b"100", b"100", JBIG2, b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode"),
    "a JBIG2 whose words are the page": lambda: picture(b"100", b"100", JBIG2, b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/JBIG2Decode/DecodeParms<</JBIG2Globals 3 0 R>>"),
    "a JPX that says 60,000 by 60,000": lambda: picture(b"100", b"100", JPX + bytes(10_000), b"/Filter/JPXDecode"),
    "a JPX that is none": lambda: picture(b"2000", b"2000", bytes(range(256)) * 400, b"/Filter/JPXDecode"),
    "a picture in the content of 50,000 by 50,000": lambda: page(b"595 0 0 842 0 0 cm BI /W 50000 /H 50000 /CS /G /BPC 8 ID " + bytes(10_000) + b" EI"),
    "a page of tiles": tiled,
    "a page of a long program": shaded,
    "a million strokes": lambda: page(b"0 0 m 9 9 l S " * 800_000),
    "a level line 50,000 times": lambda: page(b"".join(b"0 %d m 595 %d l S " % (n % 842, n % 842) for n in range(50_000)) + PLAIN),
    "190,000 letters in one place": lambda: page(b"BT /F1 12 Tf 72 700 Td " + b"(a) Tj -1 0 Td " * 190_000 + b"ET"),
    "a million letters": lambda: page(b"BT /F1 12 Tf 72 700 Td (" + b"ke hoach " * 120_000 + b") Tj ET"),
    "letters of a million points": lambda: page(b"BT /F1 1000000 Tf 72 700 Td (Ke hoach) Tj ET"),
    "numbers that are none": lambda: page(b"BT /F1 1e99999 Tf 99999999999999999999 -99999999999999999999 Td (Ke hoach) Tj ET"),
    "a length that lies": lambda: page().replace(b"/Length ", b"/Length 99999999"),
    "cut off in the middle": lambda: page(b"BT /F1 12 Tf (Ke hoach) Tj ET" * 2000)[:400],
    "a head alone": lambda: b"%PDF-1.7\n",
    "a head and a megabyte of nothing": lambda: b"%PDF-1.7\n" + bytes(1_000_000),
    "a million objects begun": lambda: b"%PDF-1.7\n" + b"1 0 obj\n<<" * 1_000_000,
    "a million cross-references": lambda: b"%PDF-1.7\n" + b"xref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n" * 100_000,
}  # fmt: skip
