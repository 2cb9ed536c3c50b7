"""The whole layout: header, and the outline of everything between head and foot and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from extractor import rules
from extractor.clean import Block, Grid, Text
from extractor.document import Agency, Finding, Header
from extractor.layout.column_headings import fold
from extractor.layout.foot import Foot, is_position, read_foot
from extractor.layout.header import Head, is_motto, names_organ, read_adoption, read_consolidation, read_head, type_line
from extractor.layout.outline import Node, outline, read_label
from extractor.recognise.agencies import canonical
from extractor.recognise.provinces import find_province, provinces

_NUMBER_LINE = re.compile(r"^Số\s*:?\s*[\d.…_ ]*[/-]\S+$")
_INTRODUCTION = 12


class Layout(msgspec.Struct, frozen=True):
    """Header and outline of a document, and what was put right in the header."""

    header: Header
    nodes: tuple[Node, ...]
    findings: tuple[Finding, ...] = ()


@cache
def _issuer_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((r["name"], re.compile(r["pattern"])) for r in rules.load("frame")["issuer_rule"])


def lay_out(text: Text, *, scanned: bool = False) -> Layout:
    """Header and outline of a clean text; `scanned` where pages of it were read by OCR."""
    paragraphs = [b for b in text.blocks if isinstance(b, Block) and not b.note]
    head = read_head(text, paragraphs)
    feet = _beside(_feet(text, paragraphs, head.body))
    covered = {b.start for b in paragraphs[: head.body]}
    for foot in feet:
        covered |= {b.start for b in paragraphs[foot.start : foot.end]}
    rest = [b for b in text.blocks if isinstance(b, Grid) or not (b.note or b.start in covered)]
    header = _header(text, head, feet[0] if feet else None, [b for b in rest if isinstance(b, Block)])
    header = read_adoption(text, paragraphs, read_consolidation(text, paragraphs, header))
    first_end = paragraphs[feet[0].end - 1].end if feet else len(text.value)
    attached = frozenset(
        b.start for b in rest if isinstance(b, Block) and b.start >= first_end and _opens_attached(text[b])
    )
    furniture = {b.start for b in rest if isinstance(b, Block) and _is_furniture(text, b, header)}
    furniture |= _authority_lines(text, rest)
    body = [b for b in rest if isinstance(b, Grid) or b.start not in furniture]
    findings: tuple[Finding, ...] = ()
    if scanned:
        header, findings = _mend_place(header)
    return Layout(header, outline(text, body, attached), findings)


def _mend_place(header: Header) -> tuple[Header, tuple[Finding, ...]]:
    """A province whose name lost a mark in OCR: "Cân Thơ" is Cần Thơ; what is no province is left as read."""
    place = header.place
    if place is None or find_province(place):
        return header, ()
    alike = [p.name for p in provinces() if fold(p.name) == fold(place)]
    if len(alike) != 1:
        return header, ()
    message = f"Địa danh nhận dạng là “{place}”, hiểu là “{alike[0]}”; cần đối chiếu bản gốc."
    return replace(header, place=alike[0]), (Finding("low_ocr_confidence", "warning", message),)


def _opens_attached(line: str) -> bool:
    """The type line of a plan that stands behind the decision which promulgates it."""
    found = type_line(line)
    return found is not None and not found[1]


def _feet(text: Text, paragraphs: Sequence[Block], first: int) -> list[Foot]:
    feet: list[Foot] = []
    at = first
    while (foot := read_foot(text, paragraphs, at)) is not None:
        feet.append(foot)
        at = max(foot.end, foot.start + 1)
    return feet


def _beside(feet: Sequence[Foot]) -> list[Foot]:
    """Feet that follow one another as one: the signatures of a joint plan, the recipients below them."""
    joined: list[Foot] = []
    for foot in feet:
        last = joined[-1] if joined else None
        if last is None or foot.start > last.end:
            joined.append(foot)
            continue
        recipients = (*last.recipients, *foot.recipients)
        issuer_line = last.issuer_line or foot.issuer_line
        joined[-1] = Foot(last.signer or foot.signer, issuer_line, recipients, last.start, foot.end)
    return joined


def _is_furniture(text: Text, block: Block, header: Header) -> bool:
    """Lines of a head that recur in the body: motto, the organ's own name in capitals, the number line."""
    line = text[block]
    if is_motto(line) or _NUMBER_LINE.match(line) or (block.column == "left" and line.isupper()):
        return True
    organs = {a.name.casefold() for a in (header.issuer, header.issuer_parent) if a}
    return line.casefold() in organs


def _authority_lines(text: Text, body: Sequence[Block | Grid]) -> set[int]:
    """Who decides, in capitals above the legal bases: "BỘ TRƯỞNG BỘ Y TẾ". It is no heading of what follows."""
    found: set[int] = set()
    for block in body:
        line = "" if isinstance(block, Grid) else text[block]
        if not line or read_label(line):
            break
        if line.isupper() and (is_position(line) or names_organ(line)):
            found.add(block.start)
    return found


def _header(text: Text, head: Head, foot: Foot | None, body: Sequence[Block]) -> Header:
    header = head.header
    if foot:
        header = replace(header, signer=foot.signer, recipients=foot.recipients)
    if header.issuer is None and header.type is not None:
        name, rule = _derived_issuer(text, header, foot, body)
        if name:
            header = replace(header, issuer=Agency(name, None, "other"), issuer_rule=rule)
    return replace(header, issuer=_named(header.issuer, header), issuer_parent=_named(header.issuer_parent, header))


def _named(agency: Agency | None, header: Header) -> Agency | None:
    if agency is None:
        return None
    full, kind = canonical(agency.name, glossary={}, on=header.issued_on, place=header.place)
    return Agency(agency.name, full, kind)


def _derived_issuer(
    text: Text, header: Header, foot: Foot | None, body: Sequence[Block]
) -> tuple[str | None, str | None]:
    """The organ where the head does not print it, with the rule that gave it."""
    for name, pattern in _issuer_rules():
        if name == "body_sentence":
            lines = [text[b] for b in body[:_INTRODUCTION]]
        elif name == "title":
            lines = [header.title or ""]
        else:
            lines = [f"TM. {foot.issuer_line}"] if foot and foot.issuer_line else []
        for line in lines:
            if m := pattern.search(line):
                return m["issuer"].strip(), name
    return None, None
