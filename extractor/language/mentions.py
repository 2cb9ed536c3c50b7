"""What the recognisers find in a bare text, as offsets with the item they stand for."""

from __future__ import annotations

from extractor.document import Agency, Citation, Deadline, Header, Task

Item = Citation | Deadline | Agency | Task
Mention = tuple[int, int, Item]


def citation_mentions(text: str) -> list[Mention]:
    """The citations in a text."""
    from extractor.recognise.citations import find_citations

    return [(c.span.start, c.span.end, c) for c in find_citations(text)]


def deadline_mentions(text: str, header: Header | None = None) -> list[Mention]:
    """The time limits in a text; the date of the header, where known, settles years that are not written."""
    from extractor.recognise.deadlines import find_deadlines

    # The date of a cited document is no time limit.
    skip = [(start, end) for start, end, _ in citation_mentions(text)]
    found = find_deadlines(text, header.issued_on if header else None, skip=skip)
    return [(d.span.start, d.span.end, d) for d in found]


def agency_mentions(text: str, header: Header | None = None) -> list[Mention]:
    """The agencies named in a text, in full by its own abbreviations and, where known, its date and place."""
    from extractor.recognise.agencies import find_agencies, find_glossary

    on, place = (header.issued_on, header.place) if header else (None, None)
    found = find_agencies(text, glossary=find_glossary(text), on=on, place=place)
    return [(m.start, m.end, m.agency) for m in found]
