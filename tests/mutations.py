"""Files damaged at random, and texts written to be trouble; the same random numbers give the same file."""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree

Rng = random.Random

NUMBERS = ("0", "-1", "99999999999999999999", "2147483648", "1e400", "00", "3.5", "١٢", "²", "65536", "1/0")
DATES = ("31/02/2026", "00/00/0000", "29/02/2023", "1/13/2025", "32/1/99999", "9/9/1", "29/02/2024", "30/6/10000")
STRANGE = (
    "\x00", "\x07", "\x1b[31m", "\x85", "\u00ad", "\u200b", "\u200f", "\u202e", "\u2066", "\u2028", "\ufeff", "\ufffd", "\uffff",
    "\u0300", "\u0323\u0301" * 30, "\ud7ff", "\U0010ffff", "🇻🇳", "\u1100\u1161", "ﷺ", "ﬁ", "İ", "ß", "ſ", "Ⅳ", "½", "٣", "𝟙", "\u3000", "\t", "\r",
)  # fmt: skip
PIECES = (
    "KẾ HOẠCH", "QUYẾT ĐỊNH:", "Điều 1.", "Nơi nhận:", "TM. ỦY BAN NHÂN DÂN", "PHỤ LỤC", "I. ", "1. ", "1.1.1.1.1.1.1.1. ", "a) ", "đ) ", "- ", "+ ",
    "số 92/QĐ-UBND", "Nghị quyết số 57-NQ/TW", "(sau đây gọi là", "Luật ", "khoản 2 Điều 5", "ngày ", "tháng ", "năm ", "trước ngày ",
    "hằng năm", "Quý II/2026", "chậm nhất", "giai đoạn 2026 - 2030", "Sở ", "UBND các xã, phường", "chủ trì, phối hợp với ", "và ", ", ", "; ", ": ", "(", ")", "/", "|", "\n", "\n\n",
    "Số:      /KH-SKHCN", "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Rà soát | Sở Y tế | Quý I |\n",
)  # fmt: skip


def _slice(rng: Rng, length: int, most: int = 400) -> tuple[int, int]:
    start = rng.randint(0, length)
    return start, min(length, start + rng.randint(0, rng.choice((1, 8, most))))


# -- bytes ------------------------------------------------------------------------------------------------


def mutate_bytes(rng: Rng, data: bytes, other: bytes = b"") -> bytes:
    """Bits turned, slices cut, doubled, zeroed or taken from another file, the end lost."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        start, end = _slice(rng, len(out))
        match rng.randrange(7):
            case 0 if out:
                for _ in range(rng.choice((1, 8))):
                    out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
            case 1:
                del out[start:end]
            case 2:
                out[start:start] = out[start:end] * rng.choice((1, 3))
            case 3:
                out[start:end] = bytes(end - start)
            case 4:
                a, b = _slice(rng, len(other))
                out[start:end] = other[a:b]
            case 5:
                out[start:end] = rng.randbytes(end - start)
            case 6 if rng.random() < 0.2:
                del out[start:]
    return bytes(out)


# -- text -------------------------------------------------------------------------------------------------


def mutate_text(rng: Rng, text: str, other: str = "") -> str:
    """A text with one to a dozen troubles put in."""
    for _ in range(rng.choice((1, 1, 2, 3, 12))):
        text = rng.choice(_TEXT)(rng, text, other)
    return text[:200_000]


def _at(rng: Rng, text: str, piece: str) -> str:
    at = rng.randint(0, len(text))
    return text[:at] + piece + text[at:]


def _replace(rng: Rng, text: str, pattern: str, to: Callable[[re.Match[str]], str], most: int = 3) -> str:
    found = list(re.finditer(pattern, text))
    for m in sorted(rng.sample(found, min(len(found), rng.randint(1, most))), key=lambda m: -m.start()):
        text = text[: m.start()] + to(m) + text[m.end() :]
    return text


def _lines(rng: Rng, text: str, other: str) -> str:
    lines = text.split("\n")
    i, j = sorted(rng.randrange(len(lines) + 1) for _ in range(2))
    block = lines[i:j][:40]
    match rng.randrange(5):
        case 0:
            lines[i:i] = block * rng.choice((1, 1, 10))
        case 1:
            del lines[i : i + len(block)]
        case 2:
            rng.shuffle(block)
            lines[i : i + len(block)] = block
        case 3:
            lines[i : i + len(block)] = [rng.choice((" ", "")).join(block)]
        case _:
            lines[i:i] = other.split("\n")[i : i + 30]
    return "\n".join(lines)


def _deep_list(rng: Rng, text: str, other: str) -> str:
    depth = rng.choice((5, 30, 200))
    style = rng.randrange(3)
    rows = [
        {0: ".".join(["1"] * n), 1: "  " * n + "-", 2: f"{rng.choice('IVXabcdđe123')}{rng.choice('.)')}"}[style]
        + f" Rà soát việc {n}"
        for n in range(1, depth + 1)
    ]
    return _at(rng, text, "\n" + "\n".join(rows) + "\n")


def _long(rng: Rng, text: str, other: str) -> str:
    piece = rng.choice((*PIECES, *STRANGE, *NUMBERS, "ă", " ", "Sở Y tế, "))
    return _at(rng, text, piece * rng.choice((20, 200, 2000)))


def _random_capital(rng: Rng, text: str, other: str) -> str:
    start, end = _slice(rng, len(text), 3000)
    return text[:start] + rng.choice((str.upper, str.lower, str.title, str.swapcase))(text[start:end]) + text[end:]


def _form(rng: Rng, text: str, other: str) -> str:
    start, end = (0, len(text)) if rng.random() < 0.5 else _slice(rng, len(text))
    return text[:start] + unicodedata.normalize(rng.choice(("NFD", "NFKD", "NFKC")), text[start:end]) + text[end:]


def _cut(rng: Rng, text: str, other: str) -> str:
    start, end = _slice(rng, len(text), 2000)
    return rng.choice((text[:end], text[start:], text[:start] + text[end:]))


def _splice(rng: Rng, text: str, other: str) -> str:
    a, b = _slice(rng, len(other), 2000)
    start, end = _slice(rng, len(text))
    return text[:start] + other[a:b] + text[end:]


_TEXT: tuple[Callable[[Rng, str, str], str], ...] = (
    lambda r, t, o: _at(r, t, r.choice(STRANGE) * r.choice((1, 1, 3))),
    lambda r, t, o: _at(r, t, "".join(r.choices(PIECES, k=r.choice((1, 2, 6))))),
    lambda r, t, o: "".join(_at(r, piece, r.choice(STRANGE)) for piece in t.split(" ", 6)),
    lambda r, t, o: _replace(r, t, r"\d+", lambda m: r.choice((*NUMBERS, "9" * r.choice((5, 400))))),
    lambda r, t, o: _replace(r, t, r"\d+/\d+(?:/\d+)?", lambda m: r.choice(DATES)),
    lambda r, t, o: _replace(r, t, r"[.,;:()\-/]", lambda m: r.choice((*".,;:()-/", "", "\u2013", "..........", "…"))),
    lambda r, t, o: _replace(r, t, r"\s", lambda m: r.choice(("\n", "\t", "", "  ", "\u00a0", "\r\n", "\u2029")), 30),
    lambda r, t, o: _replace(r, t, r"\w+", lambda m: r.choice((m[0] * 2, m[0][::-1], "", m[0] + "\u0301")), 30),
    _lines, _deep_list, _long, _random_capital, _form, _cut, _splice,
)  # fmt: skip


def encode(rng: Rng, text: str) -> bytes:
    """The text as bytes: mostly UTF-8, sometimes another encoding, or damaged."""
    coding = rng.choice(("utf-8",) * 12 + ("utf-16", "utf-8-sig", "cp1258", "utf-32", "ascii"))
    data = text.encode(coding, errors="replace")
    return mutate_bytes(rng, data) if rng.random() < 0.05 else data


# -- DOCX -------------------------------------------------------------------------------------------------


def mutate_docx(rng: Rng, data: bytes, other: str = "") -> bytes:
    """A part of the package changed: its elements, its attributes, its text, or its bytes; or a part lost."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {i.filename: package.read(i) for i in package.infolist()}
    xml = [name for name in parts if name.endswith((".xml", ".rels"))]
    for _ in range(rng.choice((1, 1, 2))):
        name = "word/document.xml" if rng.random() < 0.6 else rng.choice(xml)
        if name not in parts:
            continue
        kind = rng.random()
        if kind < 0.05:
            del parts[name]
        elif kind < 0.15:
            parts[name] = mutate_bytes(rng, parts[name])
        else:
            parts[name] = _mutate_xml(rng, parts[name], other)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _mutate_xml(rng: Rng, data: bytes, other: str) -> bytes:
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        return mutate_bytes(rng, data)
    elements = list(root.iter(etree.Element))
    for _ in range(rng.choice((1, 3, 20))):
        e, f = rng.choice(elements), rng.choice(elements)
        parent = e.getparent()
        match rng.randrange(7):
            case 0 if parent is not None:
                parent.remove(e)
            case 1 if parent is not None:
                parent.insert(rng.randint(0, len(parent)), etree.fromstring(etree.tostring(e)))
            case 2 if e not in f.iterancestors() and e is not f and parent is not None:
                f.append(e)
            case 3 if e.attrib:
                key = rng.choice(sorted(e.attrib))
                e.attrib[key] = rng.choice(
                    (*NUMBERS, "", "true", "none", "x" * 300, rng.choice(list(f.attrib.values()) or [""]))
                )
            case 4:
                e.tag = f.tag
            case 5 if e.text:
                clean = (
                    c for c in mutate_text(rng, e.text, other)[:3000] if c in "\t\n" or (c >= " " and c < "\ufffe")
                )
                e.text = "".join(clean)
            case 6:
                at = e
                for _ in range(rng.choice((1, 40))):
                    at = etree.SubElement(at, e.tag, dict(e.attrib))
                    at.text = e.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- PDF --------------------------------------------------------------------------------------------------

_OBJECT = re.compile(rb"\d+ 0 obj\b.*?\bendobj", re.DOTALL)
_STREAM = re.compile(rb"(?<!end)stream\r?\n(.*?)endstream", re.DOTALL)
_TOKEN = re.compile(rb"-?\b\d+(?:\.\d+)?\b")
_NAME = re.compile(rb"/[A-Z][A-Za-z0-9]*")


def mutate_pdf(rng: Rng, data: bytes, other: bytes = b"") -> bytes:
    """Objects lost, doubled or swapped; numbers and names changed; content streams unpacked, changed and packed."""
    for _ in range(rng.choice((1, 1, 3))):
        data = rng.choice((_pdf_object, _pdf_token, _pdf_stream, _pdf_stream, _pdf_page))(rng, data)
    return mutate_bytes(rng, data, other) if rng.random() < 0.2 else data


def _pdf_object(rng: Rng, data: bytes) -> bytes:
    found = list(_OBJECT.finditer(data))
    if len(found) < 2:
        return data
    a, b = rng.sample(found, 2)
    with_ = rng.choice((b"", a[0] + b"\n" + a[0], b[0], a[0].split(b"obj", 1)[0] + b"obj" + b[0].split(b"obj", 1)[1]))
    return data[: a.start()] + with_ + data[a.end() :]


def _pdf_token(rng: Rng, data: bytes) -> bytes:
    for pattern in rng.choices((_TOKEN, _NAME), k=rng.choice((1, 4))):
        found = list(pattern.finditer(data))
        if not found:
            continue
        m = rng.choice(found)
        new = rng.choice(NUMBERS).encode() if pattern is _TOKEN else rng.choice(found)[0]
        data = data[: m.start()] + new + data[m.end() :]
    return data


def _pdf_stream(rng: Rng, data: bytes) -> bytes:
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    m = rng.choice(found)
    try:
        plain = zlib.decompress(m[1])
    except zlib.error:
        return data
    changed = _pdf_token(rng, plain) if rng.random() < 0.6 else mutate_bytes(rng, plain)
    return data[: m.start(1)] + zlib.compress(changed) + b"\n" + data[m.end(1) :]


def _pdf_page(rng: Rng, data: bytes) -> bytes:
    key = rng.choice(
        (b"/Rotate 90", b"/Rotate 45", b"/MediaBox [0 0 14400 14400]", b"/MediaBox [0 0 0 0]", b"/MediaBox [9 9 -9 -9]",
         b"/CropBox [100 100 200 200]", b"/UserUnit 1000", b"/Kids [1 0 R]", b"/Count 99999999", b"/Encrypt 1 0 R")
    )  # fmt: skip
    found = list(re.finditer(rb"/Type\s*/Pages?\b", data))
    if not found:
        return data
    m = rng.choice(found)
    return data[: m.end()] + b" " + key + b" " + data[m.end() :]
