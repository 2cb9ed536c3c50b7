"""How each cited document is used: directed edges from the text, or from another citation, to the citation."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extractor.document import Citation, Relation
from extractor.recognise.titles import title_end
from extractor.resolve.aliases import number_head
from extractor.resolve.relation_phrases import (
    ALIAS,
    by,
    by_verbs,
    cut_off,
    expiry,
    links,
    phrases,
    rows,
    scheme,
)
from extractor.resolve.relation_sources import beside, carrier, closest, said_beside
from extractor.rules import load

_REACH = 400
_FAR = 130  # how far before the mention its phrase may stand
_SENTENCE = re.compile(r"\.(?=\s)")
_BREAK = re.compile(r"[;\n\t]|\.(?=\s)|\.$")


class Edge(msgspec.Struct, frozen=True):
    """A relation and the id of the citation that carries it; None is the text itself."""

    relation: Relation
    source: str | None


def find_relations(citations: Sequence[Citation], text: str) -> tuple[Edge, ...]:
    """The edge that ends at each citation, in the same order.

    "Quyết định A ban hành Kế hoạch thực hiện Nghị quyết C" gives C the relation `implements` from A. The phrase
    closest on the left decides; documents of one list share theirs. Rule: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    edges: list[Edge] = []
    heads: list[int] = []
    for i, c in enumerate(citations):
        previous = citations[i - 1].span.end if i else 0
        between = text[max(previous, c.span.start - _REACH) : c.span.start]
        cut = max(between.rfind("\n"), between.rfind("\t")) + 1
        near = bool(i) and not cut and c.span.start - previous <= _REACH
        between = between[cut:]
        if near and _alias(between, citations[i - 1], c):
            edges.append(Edge("mentions", None))
            continue
        if near and (change := _changed_by(between)):
            # What was changed carries the edge; the change is cited along with it.
            if edges[-1].relation == "mentions":
                for j in range(i - 1, -1, -1):
                    edges[j] = Edge(change, c.id)
                    gap = text[citations[j - 1].span.end : citations[j].span.start] if j else "."
                    if not links().fullmatch(gap) or edges[j - 1].relation != "mentions":
                        break
                edges.append(Edge("mentions", None))
            else:
                edges.append(_shared(citations, edges))
            continue
        if _opens_segment(between, near) or (near and citations[i - 1].form == "self"):
            head = heads[-1] if near and heads else None
            heads.append(i)
        else:
            head = heads[-1] if heads else None
        edges.append(_edge(citations, edges, between, near, text, head))
    return tuple(_expired(citations, edges, text))


def _changed_by(between: str) -> Relation | None:
    changed = by().search(between)
    if changed is None:
        return None
    relation = by_verbs()[changed["verb"].lower()]
    # Behind a title the changed thing is the document still, unless the title names a scheme that was approved.
    title = between[: changed.start()]
    whole = not title or (
        relation in ("amends", "replaces", "repeals") and title_end(title, 0, len(title)) == len(title)
    )
    return relation if whole else None


def _alias(between: str, previous: Citation, c: Citation) -> bool:
    """Whether a mention is the short name of the one before it: "(gọi tắt là Quyết định 02)", "(Đề án 06)"."""
    bracket, _, inside = between.rpartition("(")
    if ")" not in inside and ALIAS.match(between, len(bracket)):
        return True
    same = c.number is not None and number_head(c.number) == number_head(previous.number)
    return same and not c.symbol and between.endswith("(")


def _opens_segment(between: str, near: bool) -> bool:
    """Whether a mention is the first of its sentence, or right behind ";", a phrase apart: "; căn cứ Luật …"."""
    if not near or "." in between:
        return True
    cut = _last_break(between)
    if not cut:
        return False
    part = between[cut:]
    phrase = phrases().search(part)
    if part.strip().lower() in load("relations")["proposals"]["adjacent"]:
        return True
    return bool(links().fullmatch(part) or (phrase and links().fullmatch(part[: phrase.start()])))


def _edge(
    citations: Sequence[Citation], edges: list[Edge], between: str, near: bool, text: str, head: int | None
) -> Edge:
    """The edge of the citation whose turn it is, `between` being what parts it from the one before.

    `head` is the index of the last mention that opened a segment: what stands behind ";" is used as it is.
    """
    c = citations[len(edges)]
    previous = citations[len(edges) - 1] if near else None
    if c.form == "self":
        return _self_edge(between)
    joined = previous is not None and (previous.form != "self" or edges[-1].relation != "mentions")
    listed = edges[head] if head is not None else None
    if joined and links().fullmatch(between) and not (";" in between and _proposal(c, "", between, edges[-1])):
        return listed if listed and ";" in between else _shared(citations, edges)
    part = between[_last_break(between) :]
    whole = len(part) == len(between)
    proposal = _proposal(c, part, between, edges[-1] if near else None)
    if proposal:
        return proposal
    phrase = closest(part)
    if _in_scheme_brackets(c, between, previous) and not (
        phrase and phrase[0] != "mentions" and "(" in part[: phrase[1].start()]
    ):
        return Edge("approves", None)
    if phrase and whole and (sibling := beside(edges[-1] if near else None, phrase, part)):
        return Edge(*sibling)
    if joined and whole and said_beside(phrase, part):
        return _shared(citations, edges)
    source = carrier(previous, phrase[1], part, text, c, edges[-1].relation) if phrase and whole and near else None
    if phrase and links().match(part, phrase[1].end()):
        return Edge(phrase[0], source)
    if listed and joined and not whole and links().fullmatch(part) and not _SENTENCE.search(between):
        return listed
    if joined and whole and _ends_with_link(part):
        return _shared(citations, edges)
    if phrase and len(part) - phrase[1].end() <= _FAR and not cut_off().search(part, phrase[1].end()):
        return Edge(phrase[0], source)
    return Edge("mentions", None)


def _self_edge(between: str) -> Edge:
    """A self reference is used as the phrase that touches it says: "ban hành kèm theo Quyết định này"."""
    part = between[_last_break(between) :]
    phrase = closest(part)
    touches = phrase and not part[phrase[1].end() :].strip()
    return Edge(phrase[0], None) if phrase and touches else Edge("mentions", None)


def _last_break(between: str) -> int:
    end = 0
    for m in _BREAK.finditer(between):
        end = m.end()
    return end


def _shared(citations: Sequence[Citation], edges: list[Edge]) -> Edge:
    """The edge of the document that this one is listed with: the one before, or the one that holds it.

    "Thực hiện Quyết định A về thực hiện Nghị quyết B và Quyết định C": C is listed with A, whose type it has; a plan
    or letter is carried out along with A too, since A carries out what stands above it.
    """
    c, at = citations[len(edges)], len(edges) - 1
    above = at
    while above and edges[above].source == citations[above - 1].id:
        above -= 1
        outer = edges[above]
        alike = citations[at].type != c.type == citations[above].type
        lower = (
            c.type in load("relations")["lists"]["lower"]
            and citations[at].type not in load("relations")["lists"]["lower"]
        )
        if outer.relation != "mentions" and (alike or (lower and outer == Edge("implements", None))):
            return outer
    return edges[at]


def _proposal(c: Citation, part: str, between: str, previous: Edge | None) -> Edge | None:
    """ "Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số …": who proposes stands before the paper."""
    rules = load("relations")["proposals"]
    if c.type not in rules["types"]:
        return None
    said = any(rows()[m[0].lower()][0] == "submitted_by" for m in phrases().finditer(part))
    last, before = ("", *part.lower().split())[-1], ("", "", *part.lower().split())[-2]
    direct = last in rules["adjacent"] or (last in rules["follows"] and c.type in rules["proposing"])
    direct = direct and before not in rules["not_behind"]
    # "theo báo cáo của Sở A tại … và ý kiến của Sở B tại …", "xét Tờ trình …; Báo cáo thẩm tra …"
    joined = previous is not None and previous.relation == "submitted_by" and not _SENTENCE.search(between)
    return Edge("submitted_by", None) if said or direct or joined else None


def _in_scheme_brackets(c: Citation, between: str, previous: Citation | None) -> bool:
    """Whether the mention stands in brackets behind a scheme: "Đề án … (Quyết định số 457/QĐ-UBND …)"."""
    before, bracket, inside = between.rpartition("(")
    if not bracket or ")" in inside or len(inside.split()) > 3 or c.type not in load("relations")["schemes"]["acts"]:
        return False
    cited = previous is not None and not before.strip() and previous.type in load("relations")["schemes"]["cited"]
    return cited or bool(scheme().search(before[_last_break(before) :]))


def _ends_with_link(part: str) -> bool:
    return ":" not in part and bool(re.search(r"(?:,| và| hoặc| cùng| cùng với) (?:các |cả )?$", part))


def _expired(citations: Sequence[Citation], edges: list[Edge], text: str) -> list[Edge]:
    """ "Quyết định số 1 và Quyết định số 2 … hết hiệu lực": the phrase behind reaches back over its list."""
    out = list(edges)
    for i, c in enumerate(citations):
        if c.form == "self":
            continue
        limit = citations[i + 1].span.start if i + 1 < len(citations) else len(text)
        end = title_end(text, c.span.end, limit)
        if not any(expiry().match(text, at) for at in (c.span.end, end) if at is not None):
            continue
        if edges[i].relation in ("attached_to", "promulgates", "approves") or (
            edges[i].relation == "replaces" and edges[i].source
        ):
            continue  # what the document brought has expired: "Quy chế ban hành theo Quyết định … đã hết hiệu lực"
        for j in range(i, -1, -1):
            out[j] = Edge("repeals", None)
            gap = text[citations[j - 1].span.end : citations[j].span.start] if j else "."
            if not links().fullmatch(gap) or citations[j - 1].form == "self":
                break
    return out
