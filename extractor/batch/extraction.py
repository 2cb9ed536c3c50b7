"""The extraction of one document as a piece of work, and the form its result is to have."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from functools import partial

import msgspec

from extractor.batch.child import Limits
from extractor.batch.job import Counts, Job, Made
from extractor.document import Document
from extractor.export import EXPORTERS, Settings
from extractor.options import Options


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """What is made of every document: `format` None gives the `Document` itself, as MessagePack."""

    options: Options = Options()
    format: str | None = "json"
    settings: Settings = Settings()
    limits: Limits = Limits()

    @property
    def fingerprint(self) -> str:
        """16 hexadecimal digits that are the same where the results are: limits only decide whether there is one."""
        chosen = (self.options.dpi, self.options.ocr, self.options.text, self.options.model, self.format)
        written = (self.settings.preset, self.settings.bom, self.settings.images)
        return hashlib.sha256(repr(chosen + written).encode()).hexdigest()[:16]


def extraction(name: str, data: bytes, form: Form) -> Job:
    """The plan in these bytes, in this form."""
    return Job(name, form.limits, partial(_extracted, name, data, form))


def _extracted(name: str, data: bytes, form: Form) -> Made:
    from extractor.pipeline import extract_bytes

    document = extract_bytes(data, name=name, options=form.options)
    return Made(_written(document, form), _counts(document))


def _written(document: Document, form: Form) -> bytes:
    if form.format is None:
        return msgspec.msgpack.encode(document)
    stream = io.BytesIO()
    EXPORTERS[form.format].write((document,), stream, form.settings)
    return stream.getvalue()


def _counts(d: Document) -> Counts:
    severities = Counter(f.severity for f in d.findings)
    return Counts(d.source.page_count, len(d.tasks), len(d.cited_documents), dict(sorted(severities.items())))
