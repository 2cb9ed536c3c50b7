"""The official full name of an entry: abbreviations written out, the document's own province put in."""

from __future__ import annotations

from extractor.recognise.agency_case import in_capitals, proper_case
from extractor.recognise.agency_names import pick
from extractor.recognise.agency_reading import Entry, Reading
from extractor.recognise.provinces import find_province
from extractor.rules import load


def canonical_of(text: str, r: Reading, e: Entry, place: str | None) -> str | None:
    """The full name of an entry, or None where its spelling may mean several, is no name or hides its case."""
    if e.owner:
        whole = canonical_of(text, r, e.owner, place)
        before = _cased(text, r, e.start, e.owner.start)
        return f"{before} {whole}" if whole and before else None
    if e.names or e.full:
        named = pick(e.names, r.on) if e.names else None
        name = e.full or (named.name if named else None)
        rest = _cased(text, r, e.name_end, e.end, inside=name is not None)
        if name is None or rest is None:
            return None
        title = e.prefix.removesuffix(e.head or "").strip() if e.kind == "person_title" else ""
        return _with_place(_join(_join(title, name) if title else name, rest), r, place)
    if e.kind in ("group", "person_title") or e.head is None or e.name_end - e.start < 2:
        return None
    name = _written_out(_cased(text, r, e.start, e.end), e.head)
    return name and _with_place(name, r, place)


def _written_out(name: str | None, head: str) -> str | None:
    """A name whose head is an abbreviation with the head in full ("P. Đào tạo"); None where that may mean several."""
    short = load("agency_phrases")["head"]["short"]
    if name is None or head not in short:
        return name
    rest = name.removeprefix(head.replace(" ", "")).strip()  # "P.", read as "P ."
    return f"{short[head]} {rest}" if short[head] else None


def _cased(text: str, r: Reading, start: int, end: int, *, inside: bool = False) -> str | None:
    """What is printed between two words; capitals in their proper case, None where that is not known."""
    if end <= start:
        return ""
    printed = " ".join(text[r.words[start].start : r.words[end - 1].end].split())
    if not in_capitals(printed):
        return printed
    return proper_case(printed, inside=inside)


def _join(name: str, rest: str) -> str:
    return f"{name} {rest}" if rest else name


def _with_place(name: str, r: Reading, place: str | None) -> str:
    """A name that ends in "tỉnh" or "thành phố" is that of the document's own province."""
    province = find_province(place)
    if province is None or "," in name or " các " in name:
        return name
    return f"{name} {province.name}" if name.casefold().endswith(f" {province.kind_on(r.on)}") else name
