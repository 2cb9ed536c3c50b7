"""Which nodes of the outline are obligations: the prose items and the table rows that become tasks.

What counts is a matter of the section (aims hold no tasks), of the item itself (it obliges somebody) and of
its place (the smallest labelled item; nouns that only complete the sentence of their parent belong to it).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec
from msgspec.structs import replace

from extractor import rules
from extractor.clean import Block, Grid, Text
from extractor.layout.columns import Layout, read_columns
from extractor.layout.outline import Node, is_caption, read_label
from extractor.resolve.responsibility import heading_agencies, roles_in_item, starts_with_verb
from extractor.tasks.attributes import is_attribute, is_content

_OUTER = ("attached", "appendix", "part", "chapter", "division", "article", "upper", "roman", "caption")
_UNLABELLED = ("plain", "table")


class ProseItem(msgspec.Struct, frozen=True):
    """An obligation in running text. `node` is its own node; `end` may lie in a later paragraph."""

    node: int
    label: str | None
    start: int
    end: int


class RowItem(msgspec.Struct, frozen=True):
    """An obligation in a table row. `group` indexes the group rows of the same table, -1 for none."""

    node: int
    label: str | None
    cells: tuple[Block, ...]
    layout: Layout
    group: int


class Group(msgspec.Struct, frozen=True):
    """A group row of a table: "I | Hoàn thiện thể chế"; `parent` indexes the group it stands in, -1 for none."""

    node: int
    label: str | None
    block: Block
    parent: int


class Items(msgspec.Struct, frozen=True):
    """All obligations in reading order, the nodes that are headings, and the group rows of tables."""

    items: tuple[ProseItem | RowItem, ...]
    headings: frozenset[int]
    groups: tuple[Group, ...]


class SectionRule(msgspec.Struct, frozen=True):
    """A kind of section, by the words of its heading."""

    name: str
    holds_tasks: bool
    pattern: str


@cache
def _section_rules() -> tuple[tuple[SectionRule, re.Pattern[str]], ...]:
    rows = [msgspec.convert(r, SectionRule) for r in rules.load("sections")["section"]]
    return tuple((r, re.compile(r.pattern, re.IGNORECASE)) for r in rows)


@cache
def _formulas(table: str = "formula") -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(r["pattern"]) for r in rules.load("sections")[table])


def section_rule(title: str) -> SectionRule | None:
    """The first rule that takes a heading: "I. MỤC ĐÍCH, YÊU CẦU" is `aims`."""
    return next((r for r, p in _section_rules() if p.search(title)), None)


def is_formula(line: str) -> bool:
    """A sentence that obliges nobody: a decision takes effect, answers for execution, points to an appendix."""
    return any(p.search(line) for p in _formulas())


def closes_the_plan(line: str) -> bool:
    """An unlabelled last paragraph that is no part of the item above it."""
    return any(p.search(line) for p in _formulas("closing"))


@cache
def _never_oblige() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(r["pattern"]) for r in rules.load("sections")["closing"] if not r["may_oblige"])


class _Tree:
    """The outline with its children, and what is asked of a node again and again."""

    def __init__(self, text: Text, nodes: Sequence[Node]) -> None:
        self.text = text
        self.nodes = nodes
        self.children: list[list[int]] = [[] for _ in nodes]
        for n in nodes:
            if n.parent is not None:
                self.children[n.parent].append(n.index)
        self.attribute = [n.grid is None and is_attribute(self.line(n.index)) for n in nodes]
        described = {n.parent for n in nodes if self.attribute[n.index]}
        for n in nodes:
            if n.parent in described and n.grid is None and is_content(self.line(n.index)):
                self.attribute[n.index] = True
        self.addressee = self._addressees()
        self.holds: list[bool | None] = []
        self.rule: list[str | None] = []
        for n in nodes:
            self._classify(n)

    def _addressees(self) -> frozenset[int]:
        """The items of the list behind "Kính gửi:" or "… điện:"."""
        found: set[int] = set()
        for n in self.nodes:
            before = n.index - 1
            if n.style in ("dash", "plus", "bullet") and before >= 0:
                opens = any(p.search(self.line(before)) for p in _formulas("addressees"))
                if opens or before in found:
                    found.add(n.index)
        return frozenset(found)

    def line(self, index: int) -> str:
        n = self.nodes[index]
        return self.text.value[n.start : n.end]

    def labelled(self, index: int) -> list[int]:
        return [k for k in self.children[index] if not (self.nodes[k].style in _UNLABELLED or self.attribute[k])]

    def paragraphs(self, index: int) -> list[int]:
        """The paragraphs without a label below a node, named fields left out."""
        return [k for k in self.children[index] if self.nodes[k].style == "plain" and not self.attribute[k]]

    def is_heading(self, index: int) -> bool:
        """Set as a heading: outer levels, capitals, a colon at the end, or no closing mark before its items."""
        n, line = self.nodes[index], self.line(index)
        if n.style in _UNLABELLED:
            return False
        if not line or n.style in ("attached", "appendix", "caption", "part", "chapter", "division"):
            return True
        if is_caption(line) or line.endswith(":"):
            return True
        return bool(self.children[index]) and (n.bold or line[-1] not in ".;…")

    def _classify(self, n: Node) -> None:
        """What the innermost heading says; an agency's own heading always holds tasks."""
        outer = self.holds[n.parent] if n.parent is not None else None
        name = self.rule[n.parent] if n.parent is not None else None
        if n.style not in _UNLABELLED and self.is_heading(n.index):
            title = self.line(n.index)
            found = section_rule(title)
            if heading_agencies(title):
                outer, name = True, "agency"
            elif found and not (found.holds_tasks and outer is False):
                outer, name = found.holds_tasks, found.name
        self.holds.append(outer)
        self.rule.append(name)

    def obliges(self, index: int) -> bool:
        """The node itself obliges: it opens with a verb, or names a doer, or a topic and a verb after a colon."""
        line = self.line(index)
        if starts_with_verb(line) or roles_in_item(line).lead:
            return True
        _, colon, rest = line.partition(":")
        return bool(colon) and starts_with_verb(rest.strip())


def find_items(text: Text, nodes: Sequence[Node]) -> Items:
    """All obligations of the outline, in reading order."""
    tree = _Tree(text, nodes)
    found: list[ProseItem | RowItem] = []
    headings: set[int] = set()
    groups: list[Group] = []
    taken: set[int] = set()
    layout: Layout | None = None
    for n in nodes:
        if n.index in taken or n.index in tree.addressee:
            continue
        if tree.attribute[n.index]:
            # "Đơn vị chủ trì: …" below an item belongs to it.
            if found and isinstance(found[-1], ProseItem) and found[-1].end == nodes[n.index - 1].end:
                found[-1] = replace(found[-1], end=n.end)
            continue
        if n.grid is not None:
            layout = read_columns(text, n.grid, layout)
            if layout.is_tasks:
                found += _rows(text, n, n.grid, layout, groups)
            continue
        if n.style == "plain":
            found += _plain(tree, n)
            continue
        below = tree.labelled(n.index)
        if below and not _completes(tree, n.index, below):
            headings.add(n.index)
            if _is_task_too(tree, n.index):
                found.append(ProseItem(n.index, n.label, n.start, n.end))
            continue
        if below:
            members = _descendants(tree, n.index)
            taken.update(members)
            if _counts(tree, n.index):
                found.append(ProseItem(n.index, n.label, n.start, nodes[members[-1]].end))
            continue
        found += _leaf(tree, n, headings, taken)
    return Items(tuple(found), frozenset(headings), tuple(groups))


def _descendants(tree: _Tree, index: int) -> list[int]:
    out: list[int] = []
    for k in tree.children[index]:
        if tree.nodes[k].grid is None:
            out += [k, *_descendants(tree, k)]
    return out


def _completes(tree: _Tree, index: int, below: list[int]) -> bool:
    """The parent obliges and its sub-items are only nouns: "Triển khai các đề án: - Đề án …; - Đề án …"."""
    if tree.nodes[index].style in _OUTER or not starts_with_verb(tree.line(index)):
        return False
    leaves = [k for k in below if not tree.labelled(k)]
    return len(leaves) == len(below) and not any(tree.obliges(k) for k in below)


def _is_task_too(tree: _Tree, index: int) -> bool:
    """A full sentence of its own above further items, not a heading: "c) … trước ngày 30/6. Phương án … gồm:"."""
    n, line = tree.nodes[index], tree.line(index)
    if n.style in _OUTER or n.bold or not line or line[-1] not in ".;" or not _counts(tree, index):
        return False
    return bool(tree.paragraphs(index)) or bool(roles_in_item(line).lead) or ". " in line


def _counts(tree: _Tree, index: int) -> bool:
    """The section and the sentence allow a task."""
    line = tree.line(index)
    if len(line) < 12 or is_formula(line):
        return False
    own = section_rule(line)
    # Money: nobody is told to do anything unless a doer is named.
    needs_doer = (own is not None and own.name == "money") or tree.rule[index] == "money"
    if needs_doer:
        return bool(roles_in_item(line).lead)
    if tree.holds[index] is None:
        return tree.obliges(index)
    return bool(tree.holds[index])


def _leaf(tree: _Tree, n: Node, headings: set[int], taken: set[int]) -> list[ProseItem]:
    """A labelled node without labelled ones below it, with the paragraphs that belong to it."""
    below = tree.paragraphs(n.index)
    tables = [k for k in tree.children[n.index] if tree.nodes[k].grid is not None]
    if n.style in ("attached", "appendix", "caption") or (n.style in _OUTER and is_caption(tree.line(n.index))):
        headings.add(n.index)
        return []
    if (below or tables) and tree.is_heading(n.index) and not (below and not tree.line(n.index)):
        headings.add(n.index)
        return []
    end = n.end
    for k in below:
        if closes_the_plan(tree.line(k)) or is_formula(tree.line(k)) or tree.line(k).endswith(":"):
            break
        end = tree.nodes[k].end
        taken.add(k)
    start = n.start if n.start < n.end else (tree.nodes[below[0]].start if below else n.end)
    if end <= start or not _counts(tree, n.index if n.start < n.end else below[0]):
        return []
    return [ProseItem(n.index, n.label, start, end)]


def _plain(tree: _Tree, n: Node) -> list[ProseItem]:
    """A paragraph without a label: a task below a heading where it obliges; never in the preamble."""
    line = tree.line(n.index)
    if n.parent is None or line.endswith(":") or is_formula(line) or is_caption(line):
        return []
    if tree.nodes[n.parent].style in ("attached", "appendix") or not _counts(tree, n.index):
        return []
    if any(p.search(line) for p in _never_oblige()):
        return []
    siblings = tree.labelled(n.parent)
    if siblings and not roles_in_item(line).lead:
        return []
    named = tree.rule[n.index] == "agency"
    return [ProseItem(n.index, None, n.start, n.end)] if named or tree.obliges(n.index) or not siblings else []


def _rows(text: Text, n: Node, grid: Grid, layout: Layout, groups: list[Group]) -> list[RowItem]:
    """The rows of a task table; group rows are collected in `groups`."""
    task, index = layout.column("task"), layout.column("index")
    assert task is not None
    found: list[RowItem] = []
    open_: list[tuple[str, int]] = []  # (kind of label, group), outermost first
    seen: set[int] = set()
    for row in grid.rows[layout.header_rows :]:
        label_block = row[index] if index is not None else None
        fresh = label_block is not None and label_block.start not in seen and label_block.end > label_block.start
        label = text[label_block].strip().rstrip(".)") if label_block and fresh else None
        if label_block:
            seen.add(label_block.start)
        if _is_group(text, row, layout):
            block = max(row, key=lambda b: b.end - b.start)
            inside = read_label(text[block])
            if label_block and block.start == label_block.start:
                label = inside.text if inside else None
            kind = _kind_of(label or "")
            _close(open_, kind)
            groups.append(Group(n.index, label, block, open_[-1][1] if open_ else -1))
            open_.append((kind, len(groups) - 1))
        elif row[task].end > row[task].start:
            if label:
                _close(open_, _kind_of(label))
            found.append(RowItem(n.index, label or None, row, layout, open_[-1][1] if open_ else -1))
    return found


def _kind_of(label: str) -> str:
    found = read_label(label) or read_label(label + ".")
    return found.style if found else ""


def _close(open_: list[tuple[str, int]], kind: str) -> None:
    """A label of a kind that is open ends the group of that kind: row "5" ends group "4" and stays in "II"."""
    kinds = [k for k, _ in open_]
    if kind in kinds:
        del open_[kinds.index(kind) :]


def _is_group(text: Text, row: tuple[Block, ...], layout: Layout) -> bool:
    """One merged cell, or a row that says neither who nor when."""
    filled = {b.start for b in row if b.end > b.start}
    if len(filled) <= 1:
        return True
    task = layout.column("task")
    who_or_when = ("lead", "cooperating", "lead_and_cooperating", "deadline", "approver", "product")
    stated = [
        b for b, role in zip(row, layout.roles, strict=True)
        if role in who_or_when and b.end > b.start and (task is None or b.start != row[task].start)
    ]  # fmt: skip
    return not stated
