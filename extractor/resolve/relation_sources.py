"""Which phrase before a mention tells its relation, and whether another citation or the text itself carries it."""

from __future__ import annotations

import re
from typing import Protocol

from extractor.document import Citation, Relation
from extractor.recognise.titles import title_end
from extractor.resolve.relation_phrases import WORDING, content, guiding, links, object_of, phrases, rows
from extractor.rules import load

Phrase = tuple[Relation, re.Match[str]]
_CHANGES = ("amends", "replaces", "repeals")
_NAMED = ("mentions", "promulgates", "basis")  # what the text names for itself, and not for what is done with it
_BESIDE = re.compile(r"(?: và|, và)(?: [^\W\d_]+){0,14} $")
_ADJUNCT = re.compile(r"(?:theo|tại|trong|với|bởi|của|về|cho|từ|trên cơ sở|căn cứ|kèm theo)(?: (?:các|những))? $", re.I)


# Who agreed on a paper, behind its number: "Chương trình phối hợp số … giữa Sở Y tế và Bảo hiểm xã hội tỉnh nhằm …".
_BETWEEN = re.compile(r"giữa [^,;:()]{3,90}? (?=(?:nhằm|để|về|trong)(?!\w))")


class _Edge(Protocol):
    @property
    def relation(self) -> Relation: ...
    @property
    def source(self) -> str | None: ...


def closest(part: str) -> Phrase | None:
    """The phrase that stands closest before the mention; one that must touch it counts only if it does."""
    found = list(phrases().finditer(part))
    for at in range(len(found) - 1, -1, -1):
        m = found[at]
        relation, adjacent = rows()[m[0].lower()]
        if adjacent and not links().match(part, m.end()):
            continue
        before = found[at - 1] if at else None
        guides = relation == "implements" and before and rows()[before[0].lower()][0] == "guides"
        if before and guides and guiding().match(part[: m.start()], before.end()):
            # "hướng dẫn biện pháp thi hành": one phrase, though words stand inside it.
            return "guides", before
        if relation == "mentions" and before and _stands_in(part, before, m):
            if WORDING.match(part, before.end()):
                return "amends", before  # "Thay thế cụm từ “…” tại": the document is changed, not replaced
            continue
        return relation, m
    return None


def _stands_in(part: str, before: re.Match[str], place: re.Match[str]) -> bool:
    """Whether what the verb is about is only said to stand in the document.

    "thực hiện các nhiệm vụ tại Kế hoạch số …" carries out the plan, "đính chính lỗi tại Nghị quyết số …" corrects it.
    """
    relation = rows()[before[0].lower()][0]
    between = part[before.end() : place.end()]
    if relation in ("implements", "basis") and not before[0].lower().endswith("theo"):
        return bool(content().match(between)) or (
            relation == "basis" and object_of().fullmatch(part[before.end() : place.start()]) is not None
        )
    inside = place[0].lower().endswith(("tại", "trong")) and not place[0].lower().startswith(("theo", "phù hợp"))
    about = part[before.end() : place.start()]
    return inside and relation in (*_CHANGES, "approves", "promulgates") and object_of().fullmatch(about) is not None


def beside(previous: _Edge | None, phrase: Phrase, part: str) -> tuple[Relation, str | None] | None:
    """The edge of a document whose verb stands beside the last one's: "Thực hiện A về … và triển khai B"."""
    if previous is None or previous.relation in ("mentions", "basis", "promulgates"):
        return None
    before = part[: phrase[1].start()]
    joined = before.endswith((" và ", " với ")) or (before in (", ", ", đồng thời ") and phrase[0] in _CHANGES)
    return (phrase[0], previous.source) if joined and phrase[0] != "mentions" else None


def said_beside(phrase: Phrase | None, part: str) -> bool:
    """Whether the mention tells where the second thing of a list stands: "Trên cơ sở A và kết quả họp tại B"."""
    return bool(phrase and phrase[0] == "mentions" and _BESIDE.match(f"{part[: phrase[1].start()].rstrip()} "))


def carrier(
    previous: Citation | None, phrase: re.Match[str], part: str, text: str, c: Citation, used_as: Relation
) -> str | None:
    """The id of the citation before, where it, and not the text, has the relation that the phrase tells.

    It has where the phrase touches it, stands in its title, or is said of it in one clause: "Nghị quyết A lãnh đạo
    thực hiện Chỉ thị B". `used_as` is how the text uses the citation before: what is changed does nothing itself.
    """
    if previous is None or previous.form == "self" or rows()[phrase[0].lower()][0] == "mentions":
        return None
    lead = part[: phrase.start()].strip().lower()
    if lead == "" and rows()[phrase[0].lower()][0] == "attached_to" and used_as not in _NAMED:
        return None  # "Báo cáo về thi hành Luật A gửi kèm Công văn B": the report is attached, not the law
    if lead == "" or title_end(text, previous.span.end, c.span.start) == c.span.start:
        return previous.id
    if used_as in _CHANGES:
        return None
    if lead.startswith(tuple(load("relations")["carriers"]["verbs"])):
        return previous.id
    lead = _BETWEEN.sub("", lead)
    aim = lead.startswith(tuple(load("relations")["carriers"]["aims"]))
    clause = aim or not re.search(r"[,;:()]|(?<!\w)(?:và|thì)(?!\w)", lead)
    adjunct = _ADJUNCT.search(text, max(0, previous.span.start - 30), previous.span.start)
    return previous.id if clause and not adjunct else None
