"""What documents tell of themselves and of what they cite, as second-hand entries."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.document import Document
from extractor.register.entry import Entry
from extractor.register.filling import Stored, count_coverage, put, put_source
from extractor.register.keys import number_parts
from extractor.register.organs import issuer_by_symbol
from extractor.register.store import Register


def learn(document: Document) -> Iterator[Entry]:
    """The document itself and each document it cites by a whole number, marked as second-hand.

    A document without its own number or date (a draft) is left out, and so is what is cited under a short number.
    """
    h, source = document.header, document.source.file
    if h.identifier and h.issued_on and number_parts(h.identifier):
        own = (h.issuer.canonical or h.issuer.name) if h.issuer else None
        yield Entry(
            identifier=h.identifier, type=h.type, issued_on=h.issued_on, issuer=own, title=h.title,
            origin="second_hand", source=source, note=f"phần đầu của {source}",
        )  # fmt: skip
    for d in document.cited_documents:
        parts = number_parts(d.identifier)
        if parts is None or not parts.symbol:
            continue
        issuer = (d.issuer.canonical or d.issuer.name) if d.issuer else issuer_by_symbol(parts.organ, None)
        yield Entry(
            identifier=d.identifier, type=d.type, issued_on=d.issued_on, issuer=issuer, title=d.title,
            origin="second_hand", source=source, note=f"được {h.identifier or source} viện dẫn",
        )  # fmt: skip


def add_document(register: Register, document: Document) -> Stored:
    """Put into the register what a document tells, in one transaction."""
    entries = list(learn(document))
    with register.transaction() as connection:
        source = put_source(connection, document.source.file, "second_hand", document.source.sha256, len(entries))
        stored = put(connection, entries, source)
        count_coverage(connection)
    return stored
