"""The official full name of an entry: abbreviations written out, the document's own province put in."""

from __future__ import annotations

from extractor.recognise.agency_names import pick
from extractor.recognise.agency_reading import Entry, Reading
from extractor.recognise.provinces import find_province


def canonical_of(text: str, r: Reading, e: Entry, place: str | None) -> str | None:
    """The full name of an entry, or None where its spelling may mean several or is no name."""
    if e.owner:
        whole = canonical_of(text, r, e.owner, place)
        return f"{_printed(text, r, e.start, e.owner.start)} {whole}" if whole else None
    if e.full:
        return _with_place(_join(e.full, _printed(text, r, e.name_end, e.end)), r, place)
    if e.names:
        named = pick(e.names, r.on)
        return _with_place(_join(named.name, _printed(text, r, e.name_end, e.end)), r, place) if named else None
    if e.kind in ("group", "person_title") or e.head is None or e.name_end - e.start < 2:
        return None
    return _printed(text, r, e.start, e.end)


def _printed(text: str, r: Reading, start: int, end: int) -> str:
    return " ".join(text[r.words[start].start : r.words[end - 1].end].split()) if end > start else ""


def _join(name: str, rest: str) -> str:
    return f"{name} {rest}" if rest else name


def _with_place(name: str, r: Reading, place: str | None) -> str:
    """A name that ends in "tỉnh" or "thành phố" is that of the document's own province."""
    province = find_province(place)
    if province is None or "," in name or " các " in name:
        return name
    return f"{name} {province.name}" if name.casefold().endswith(f" {province.kind_on(r.on)}") else name
