"""The digital signatures of a PDF: who signed and when, as the file says. They are read, not verified.

PDF 32000-1:2008, 12.8: a signature holds a PKCS #7 object with the signer's certificate, and may hold the time.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from extractor.document import Signature

if TYPE_CHECKING:
    import pypdfium2

# D:20260527075525+07'00'
_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-])(\d\d)'?(\d\d))?")
_MOST = 64
_LARGEST = 1 << 20


def signatures_of(pdf: pypdfium2.PdfDocument) -> tuple[Signature, ...]:
    """The signatures in file order; an unreadable one has `signer` and `signed_at` None."""
    found: list[Signature] = []
    for i in range(min(pdfium.FPDF_GetSignatureCount(pdf), _MOST)):
        signature = pdfium.FPDF_GetSignatureObject(pdf, i)
        if signature:
            found.append(Signature(_signer(_bytes(pdfium.FPDFSignatureObj_GetContents, signature)), _time(signature)))
    return tuple(found)


def _bytes(read: Any, signature: Any) -> bytes:
    """What one of PDFium's two-call readers gives: first the length, then the bytes."""
    length = read(signature, None, 0)
    if not 0 < length <= _LARGEST:
        return b""
    buffer = ctypes.create_string_buffer(length)
    read(signature, buffer, length)
    return buffer.raw


def _time(signature: Any) -> dt.datetime | None:
    printed = _bytes(pdfium.FPDFSignatureObj_GetTime, signature).rstrip(b"\0").decode("ascii", "replace")
    m = _TIME.match(printed)
    if m is None:
        return None
    zone = dt.UTC
    if m[8]:
        minutes = int(m[9]) * 60 + int(m[10])
        zone = dt.timezone(dt.timedelta(minutes=minutes if m[8] == "+" else -minutes))
    try:
        return dt.datetime(*(int(m[k]) for k in range(1, 7)), tzinfo=zone)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _signer(contents: bytes) -> str | None:
    """The common name of the certificate that issued no other one in the object: the signer's own."""
    from cryptography.hazmat.primitives.serialization.pkcs7 import load_der_pkcs7_certificates
    from cryptography.x509.oid import NameOID

    try:
        # The contents are padded with zeros to the room that was kept for them.
        certificates = load_der_pkcs7_certificates(_trimmed(contents))
        issuers = {c.issuer for c in certificates if c.issuer != c.subject}
        own = [c for c in certificates if c.subject not in issuers] or certificates
        names = own[0].subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except (ValueError, TypeError, IndexError):
        return None
    return str(names[0].value) if names else None


def _trimmed(der: bytes) -> bytes:
    """The first DER object of some bytes, without what follows it."""
    if len(der) < 2 or der[1] < 0x80:
        return der
    width = der[1] & 0x7F
    if width == 0:
        return der
    return der[: 2 + width + int.from_bytes(der[2 : 2 + width], "big")]
