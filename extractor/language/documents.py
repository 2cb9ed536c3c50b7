"""A spaCy `Doc` of a text, and the spans and custom attributes that carry what was recognised.

Everything kept on a `Doc` is JSON text in `doc.user_data`, so a `Doc` goes through `to_bytes`, `DocBin` and
several processes without pickle.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

import msgspec
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extractor.document import Agency, Citation, Deadline, Document, Task
from extractor.language.mentions import Item, Mention, agency_mentions
from extractor.language.segmentation import Offsets, outermost, segment

_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "citations": msgspec.json.Decoder(dict[str, Citation]),
    "deadlines": msgspec.json.Decoder(dict[str, Deadline]),
    "agencies": msgspec.json.Decoder(dict[str, Agency]),
    "tasks": msgspec.json.Decoder(dict[str, Task]),
}
LABELS = {"citations": "CITATION", "deadlines": "DEADLINE", "agencies": "AGENCY", "tasks": "TASK"}
_GROUPS = {label: group for group, label in LABELS.items()}
_DOCUMENT = "kehoach"


@cache
def register_attributes() -> None:
    """Add `Doc._.kehoach` and `Span._.item` to spaCy, once a process."""
    Doc.set_extension("kehoach", getter=_get_document, setter=_set_document, force=True)
    Span.set_extension("item", getter=_get_item, force=True)


def _get_document(doc: Doc) -> Document | None:
    data = doc.user_data.get(_DOCUMENT)
    return None if data is None else _decode_document(data)


def _set_document(doc: Doc, document: Document) -> None:
    doc.user_data[_DOCUMENT] = document.to_json(indent=None)


def _get_item(span: Span) -> Item | None:
    group = _GROUPS.get(span.label_)
    data = span.doc.user_data.get(f"{_DOCUMENT}.{group}")
    return None if data is None or group is None else _decode_items(group, data).get(span.id_)


@lru_cache(maxsize=16)
def _decode_document(data: str) -> Document:
    return Document.from_json(data)


@lru_cache(maxsize=64)
def _decode_items(group: str, data: str) -> dict[str, Item]:
    decoded: dict[str, Item] = _DECODERS[group].decode(data)
    return decoded


def make_doc(vocab: Vocab, text: str, words: Iterable[Offsets]) -> Doc:
    """A `Doc` whose text is exactly `text`; white space beyond one space after a word is a token."""
    forms: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in (*words, (len(text), len(text))):
        gap = text[at:start]
        if gap.startswith(" ") and forms:
            spaces[-1] = True
            gap = gap[1:]
        forms += filter(None, (gap, text[start:end]))
        spaces += [False] * (len(forms) - len(spaces))
        at = end
    return Doc(vocab, words=forms, spaces=spaces)


def set_spans(doc: Doc, group: str, found: Iterable[Mention]) -> None:
    """Fill `doc.spans[group]`. A mention inside one longer token is a part of another item and left out."""
    label = LABELS[group]
    spans: list[Span] = []
    items: dict[str, Item] = {}
    for start, end, item in found:
        span = doc.char_span(start, end, label=label, alignment_mode="expand") if end > start else None
        if span is None or (len(span) == 1 and len(span.text) > end - start):
            continue
        name = getattr(item, "id", "")
        if not name or name in items:
            name = f"{label.lower()}-{len(spans) + 1}"
        spans.append(Span(doc, span.start, span.end, label=label, span_id=name))
        items[name] = item
    doc.spans[group] = spans
    doc.user_data[f"{_DOCUMENT}.{group}"] = msgspec.json.encode(items).decode()


def to_spacy(document: Document) -> Doc:
    """See `extractor.language.to_spacy`."""
    from extractor.language.vietnamese import language

    if document.text is None:
        raise ValueError(f"{document.source.file}: extracted without its text; use Options(text=True)")
    found = document_mentions(document)
    citations, deadlines = ([(s, e) for s, e, _ in found[group]] for group in ("citations", "deadlines"))
    borders = {place for group in found.values() for start, end, _ in group for place in (start, end)}
    words = segment(document.text, outermost(citations, deadlines), borders)
    doc = make_doc(language().vocab, document.text, words)
    doc._.kehoach = document
    for group, mentions in found.items():
        set_spans(doc, group, mentions)
    return doc


def document_mentions(document: Document) -> dict[str, list[Mention]]:
    """What a document says, by span group, in reading order; a time limit shared by several rows once."""
    deadlines = {(d.span.start, d.span.end): d for task in document.tasks for d in task.deadlines}
    return {
        "citations": [(c.span.start, c.span.end, c) for c in document.citations],
        "deadlines": [(start, end, d) for (start, end), d in sorted(deadlines.items(), key=_place)],
        "agencies": agency_mentions(document.text or "", document.header),
        "tasks": [(t.span.start, t.span.end, t) for t in document.tasks],
    }


def _place(entry: tuple[Offsets, Any]) -> Offsets:
    return entry[0]
