"""All mentions of documents in a text: numbered, named, short and self references, with their attributes.

One scan finds type words and one finds numbers; what stands around each is read where it stands, so the time
taken grows with the length of the text.
"""

from __future__ import annotations

from extractor.document import Citation, Span
from extractor.recognise.mention_facts import Mention
from extractor.recognise.mentions import find_mentions
from extractor.recognise.organs import may_issue
from extractor.recognise.pinpoints import pinpoints_before
from extractor.recognise.titles import issued_by, title_at


def find_citations(text: str) -> tuple[Citation, ...]:
    """Every mention of a document in `text`, in reading order, not overlapping.

    `text` is Unicode NFC; "\\n" ends a paragraph and "\\t" parts table cells, and no mention crosses either.
    The spans are half-open offsets into `text`. Relations, short forms and documents are left to `resolve`.
    "Quyết định số 92/QĐ-UBND ngày 19/01/2024 của UBND tỉnh" is one mention. Rule: Nghị định 30/2020/NĐ-CP.
    """
    mentions = find_mentions(text)
    floors = [0, *(m.end for m in mentions)]
    limits = [*(m.start for m in mentions[1:]), len(text)]
    return tuple(
        _citation(text, f"c{i}", m, floor, limit)
        for i, (m, floor, limit) in enumerate(zip(mentions, floors, limits, strict=False), 1)
    )


def _citation(text: str, id: str, m: Mention, floor: int, limit: int) -> Citation:
    n = m.number
    title, issuer = m.title, m.issuer
    if not title and (m.form == "numbered" or (m.form == "short" and (m.issuer or m.issued_on))):
        title = title_at(text, m.end, limit)
        if title:
            title, named = issued_by(title)
            # "… của Nghị quyết 30a/2008/NQ-CP về … do Thủ tướng ban hành" names the outer document's issuer.
            if issuer is None and named and n and may_issue(n.organ, named.name):
                issuer = named
    return Citation(
        id=id,
        text=text[m.start : m.end],
        span=Span(m.start, m.end),
        form=m.form,
        type=m.type,
        type_code=m.type_code,
        number=n.number if n else None,
        symbol=(n.symbol or None) if n else None,
        identifier=n.identifier if n else None,
        numbering=n.numbering if n else None,
        issued_on=m.issued_on,
        issuer=issuer,
        title=title,
        pinpoints=pinpoints_before(text, m.start, floor),
    )
