"""A PDF whose streams swell out of proportion is refused before PDFium opens it: it would take the memory."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from extractor.read import limits

_STREAM = re.compile(rb"stream\r?\n")
_CONTENTS = re.compile(rb"/Contents\s*\[([^\]]{0,400000})\]")
_REFERENCE = re.compile(rb"\d+\s+\d+\s+R")
_SIDE = re.compile(rb"/(?:Width|Height)\s+(\d{1,9})")
_JPX_SIZE = b"\xff\x4f\xff\x51"  # start of a JPEG 2000 codestream: its length and kind follow, then its two sides
_JPX_SIDES = struct.Struct(">II")
_RATIO = 1032  # what Deflate can do at most


def largest_picture(data: bytes) -> int:
    """The pixels of the largest picture that a PDF says it holds; 0 where it says of none."""
    most = 0
    for head, start in _streams(data):
        if b"/Image" not in head:
            continue
        sides = [int(side) for side in _SIDE.findall(head)[:2]]
        if b"/JPXDecode" in head:  # the picture itself says how large it is, and is believed
            at = data.find(_JPX_SIZE, start, start + 4096)
            sides = list(_JPX_SIDES.unpack_from(data, at + 8)) if 0 <= at < len(data) - 16 else []
        if len(sides) == 2:
            most = max(most, sides[0] * sides[1])
    return most


def swells(data: bytes) -> bool:
    """Whether a PDF holds a stream, or a chain of them, that unpacks to more than the limits."""
    largest = 0
    for head, start in _streams(data):
        if b"/Image" in head:
            continue
        coded = head.count(b"/FlateDecode") + head.count(b"/LZWDecode") + head.count(b"/RunLengthDecode")
        if not coded:
            continue
        end = data.find(b"endstream", start)
        if end < 0:
            end = len(data)
        if coded == 1 and (end - start) * _RATIO <= limits.STREAM_BYTES // 8:
            continue
        font = b"/Length1" in head
        most = limits.FONT_BYTES if font else limits.STREAM_BYTES if coded == 1 else limits.CHAINED_BYTES
        size = _expanded(memoryview(data)[start:end], most)
        if size > most:
            return True
        largest = largest if font else max(largest, size)
    # A page may name one stream many times over.
    repeats = max((len(_REFERENCE.findall(m[1])) for m in _CONTENTS.finditer(data)), default=1)
    return repeats > 50 and repeats * max(largest, 4096) > limits.STREAM_BYTES


def _streams(data: bytes) -> Iterator[tuple[bytes, int]]:
    """The dictionary of every stream, and where its bytes begin."""
    for match in _STREAM.finditer(data):
        if data[match.start() - 3 : match.start()] == b"end":
            continue
        head = data[max(0, match.start() - 1500) : match.start()]
        yield head[head.rfind(b" obj") + 1 :], match.end()


def _expanded(packed: memoryview, most: int) -> int:
    """How many bytes a Deflate stream unpacks to; counting stops above `most`."""
    engine = zlib.decompressobj()
    size = 0
    piece: bytes | memoryview = packed
    try:
        while piece and size <= most and not engine.eof:
            size += len(engine.decompress(piece, 1 << 20))
            piece = engine.unconsumed_tail
    except zlib.error:
        pass
    return size
