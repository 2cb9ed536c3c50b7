"""Digital signatures are reported with signer and time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pypdfium2
import pytest

from extractor.read.signatures import _TIME, _trimmed, signatures_of

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
SIGNED = SHARED / "chi-thi-21-ct-ttg-2026.pdf"
UNSIGNED = Path(__file__).parents[1] / "samples" / "so-cong-thuong-thuong-mai-dien-tu.pdf"


@pytest.mark.skipif(not SIGNED.exists(), reason="the real signed documents are not here")
def test_a_signed_document() -> None:
    pdf = pypdfium2.PdfDocument(SIGNED)
    try:
        (found,) = signatures_of(pdf)
    finally:
        pdf.close()
    assert found.signer == "CÔNG BÁO NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert found.signed_at == dt.datetime(2026, 6, 2, 8, 6, 58, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def test_an_unsigned_document() -> None:
    pdf = pypdfium2.PdfDocument(UNSIGNED)
    try:
        assert signatures_of(pdf) == ()
    finally:
        pdf.close()


@pytest.mark.parametrize(
    ("padded", "object_"),
    [
        (b"\x30\x03abc\0\0", b"\x30\x03abc\0\0"),
        (b"\x30\x81\x03abc\0\0\0", b"\x30\x81\x03abc"),
        (b"", b""),
        (b"\x30", b"\x30"),
    ],
)
def test_padding_is_cut_off(padded: bytes, object_: bytes) -> None:
    """Long-form DER says its length; short forms are left to the parser."""
    assert _trimmed(padded) == object_


@pytest.mark.parametrize("printed", ["D:20260527075525+07'00'", "D:20260527075525Z", "D:20260527075525"])
def test_times(printed: str) -> None:
    assert _TIME.match(printed)
