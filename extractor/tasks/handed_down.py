"""The times that stand above or beside items and hold for them: headings, lead-ins, named fields of a whole group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from extractor.clean import Text
from extractor.document import Deadline
from extractor.layout.column_headings import Role
from extractor.layout.outline import Node
from extractor.rules import load
from extractor.tasks.attributes import find_attributes, is_attribute

_LONG = dt.timedelta(days=360)
_NUMBERED = ("roman", "arabic", "decimal", "step")
_EDGES = " \t\n.,;:()–-"
_CLOSED = ("attached", "appendix", "part", "chapter", "division", "article", "upper", "caption")


class Field(msgspec.Struct, frozen=True):
    """A named field that holds for several items: half-open offsets of its value into the text."""

    role: Role
    start: int
    end: int


def heading_limits(title: str, found: Sequence[Deadline], on: dt.date | None) -> tuple[Deadline, ...]:
    """Those of the times `found` in a heading (read like a cell) that it hands down; () where it only names a subject.

    `on` is the day of the document: what lies before it tells the past. "Quý II/2026" hands down the quarter,
    "NHIỆM VỤ TRỌNG TÂM NĂM 2026" nothing.
    """
    if any(d.kind == "conditional" for d in found):  # "Khi có dịch" tells in which case, not by when
        return ()
    if not found or (on and any(d.end and d.end < on for d in found)):
        return ()
    rest, at = [], 0
    for d in found:
        rest.append(title[at : d.span.start])
        at = d.span.end
    words = [part for r in (*rest, title[at:]) for part in re.split(r"[,;:()–\n]|\s-\s", r) if part.strip(_EDGES)]
    kinds = [k for part in words for k in _kinds(part.strip(_EDGES).casefold())]
    if None in kinds:
        return ()
    if "nouns" in kinds and "doing" not in kinds and any(_is_long(d) for d in found):
        return ()
    return tuple(found)


def _is_long(d: Deadline) -> bool:
    if d.kind != "period":
        return d.kind != "date"
    return d.start is None or d.end is None or d.end - d.start > _LONG


def _kinds(words: str) -> list[str | None]:
    """Which lists of the rule the words are made of; None among them where they are of none."""
    parts = words.split()
    out: list[str | None] = []
    i = 0
    while i < len(parts):
        length, kind = next(
            ((n, k) for n in range(min(5, len(parts) - i), 0, -1) if (k := _lists().get(" ".join(parts[i : i + n])))),
            (1, None),
        )
        out.append(kind)
        i += length
    return out


@cache
def _lists() -> dict[str, str]:
    rule = load("handed_down")["heading"]
    return {w.casefold(): kind for kind in ("doing", "nouns", "fillers") for w in rule[kind]}


def stated_limits(title: str, found: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Those of the limits `found` in a sentence (read as running text) that hold for the items behind its colon."""
    if not title.endswith(":"):
        return ()
    return tuple(d for d in found if d.bound in ("before", "by") or (d.bound == "within" and not _is_long(d)))


class Beside:
    """The named fields beside a group of items: "Thời gian thực hiện: …" above its first or below its last."""

    def __init__(self, text: Text, nodes: Sequence[Node]) -> None:
        self.text, self.nodes = text, nodes
        self.children: dict[int, list[int]] = {}
        self._groups: dict[tuple[int, str], tuple[frozenset[int], tuple[Field, ...]]] = {}
        for n in nodes:
            if n.parent is not None and n.grid is None:
                self.children.setdefault(n.parent, []).append(n.index)
        self.named = {n.index for n in nodes if n.grid is None and is_attribute(text.value[n.start : n.end])}

    def above(self, parent: int) -> tuple[Field, ...]:
        """The fields between a heading and its first item."""
        out: list[int] = []
        for k in self.children.get(parent, ()):
            if k not in self.named:
                break
            out.append(k)
        return self._fields(out) if len(out) < len(self.children.get(parent, ())) else ()

    def below(self, index: int) -> tuple[Field, ...]:
        """The fields below the last item of the group of an item, where no item of the group has its own."""
        parent, style = self.nodes[index].parent, self.nodes[index].style
        if parent is None or style == "plain":
            return ()
        if (parent, style) not in self._groups:  # once for all the items of a group
            self._groups[parent, style] = self._group(parent, style)
        members, fields = self._groups[parent, style]
        return fields if index in members else ()

    def _group(self, parent: int, style: str) -> tuple[frozenset[int], tuple[Field, ...]]:
        """The items of a group but for the last, and the fields below that one, which are theirs too."""
        group = [k for k in self.children.get(parent, ()) if k not in self.named and self.nodes[k].style == style]
        inside = [self._within(k) for k in group]
        if len(group) < 2 or any(inside[:-1]):
            return frozenset(), ()
        behind = [k for k in self.children[parent] if k in self.named and k > group[-1]]
        if style in _NUMBERED:  # "2. Kiểm tra hồ sơ", "- Thời gian: Quý II": the field of that item alone
            inside[-1] = [k for k in inside[-1] if self.nodes[k].style == "plain"]
        return frozenset(group[:-1]), self._fields(behind or inside[-1])

    def _within(self, index: int) -> list[int]:
        return [k for k in self.children.get(index, ()) if k in self.named]

    def _fields(self, indices: Sequence[int]) -> tuple[Field, ...]:
        out: list[Field] = []
        for k in indices:
            n = self.nodes[k]
            found = find_attributes(self.text.value[n.start : n.end])
            out += [Field(f.role, n.start + f.start, n.start + f.end) for f in found]
        return tuple(out)


def trace(limits: Sequence[Deadline], note: str) -> tuple[Deadline, ...]:
    """The limits with a note of where they were taken from."""
    return tuple(replace(d, assumed=(*d.assumed, note)) for d in limits)
