"""Which nodes of the outline are obligations: the prose items and the table rows that become tasks.

What counts is a matter of the section (aims hold no tasks), of the item itself (it obliges somebody) and of
its place (the smallest labelled item; nouns that only complete the sentence of their parent belong to it).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from extractor.clean import Text
from extractor.layout.columns import Layout, read_columns
from extractor.layout.outline import Node, is_caption
from extractor.resolve.responsibility import starts_with_verb
from extractor.tasks.rows import Group, RowItem, find_rows
from extractor.tasks.section_rules import closes_the_plan, is_formula, is_money, is_particular, only_closes
from extractor.tasks.tree import OUTER, Tree

if TYPE_CHECKING:
    from extractor.judge.judge import Judge


class ProseItem(msgspec.Struct, frozen=True):
    """An obligation in running text. `node` is its own node; `end` may lie in a later paragraph."""

    node: int
    label: str | None
    start: int
    end: int


class Items(msgspec.Struct, frozen=True):
    """All obligations in reading order, the nodes that are headings, and the group rows of tables.

    `owners` says of a node where the name of the doer ends that it opens with (`tasks/owners.py`).
    """

    items: tuple[ProseItem | RowItem, ...]
    headings: frozenset[int]
    groups: tuple[Group, ...]
    owners: dict[int, int]


def find_items(text: Text, nodes: Sequence[Node], judge: Judge | None = None) -> Items:
    """All obligations of the outline, in reading order; the judge is asked of columns that the rules cannot tell."""
    tree = Tree(text, nodes)
    found: list[ProseItem | RowItem] = []
    headings: set[int] = set()
    groups: list[Group] = []
    taken: set[int] = set()
    layout: Layout | None = None
    for n in nodes:
        if n.index in taken or n.index in tree.addressee:
            continue
        if tree.attribute[n.index]:
            # "Đơn vị chủ trì: …" below an item or beside it belongs to it.
            above = found[-1] if found else None
            beside = isinstance(above, ProseItem) and nodes[above.node].depth <= n.depth
            if isinstance(above, ProseItem) and beside and above.end == nodes[n.index - 1].end:
                found[-1] = replace(found[-1], end=n.end)
            continue
        if n.grid is not None:
            layout = read_columns(text, n.grid, layout, judge)
            if layout.is_tasks and not tree.only_tells(n.index):
                found += find_rows(text, n, n.grid, layout, groups)
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
    return Items(tuple(found), frozenset(headings), tuple(groups), tree.owners)


def _descendants(tree: Tree, index: int) -> list[int]:
    out: list[int] = []
    for k in tree.children[index]:
        if tree.nodes[k].grid is None:
            out += [k, *_descendants(tree, k)]
    return out


def _completes(tree: Tree, index: int, below: list[int]) -> bool:
    """The parent obliges and its sub-items are only nouns: "Triển khai các đề án: - Đề án …; - Đề án …"."""
    if tree.nodes[index].style in OUTER or not starts_with_verb(tree.line(index)):
        return False
    leaves = [k for k in below if not tree.labelled(k)]
    return len(leaves) == len(below) and not any(tree.obliges(k) for k in below)


def _is_task_too(tree: Tree, index: int) -> bool:
    """A full sentence of its own above further items, not a heading: "c) … trước ngày 30/6. Phương án … gồm:"."""
    n, line = tree.nodes[index], tree.line(index)
    if n.style in OUTER or n.bold or not line or line[-1] not in ".;" or not _counts(tree, index):
        return False
    return bool(tree.paragraphs(index)) or bool(tree.roles(index).lead) or ". " in line


def _counts(tree: Tree, index: int) -> bool:
    """The section and the sentence allow a task."""
    line = tree.line(index)
    if len(line) < 12 or is_formula(line) or (is_particular(line) and not tree.obliges(index)):
        return False
    if is_money(line) or tree.rule[index] == "money":  # nobody is told to do anything unless a doer is named
        return tree.names_doer(index)
    if tree.holds[index] is None:
        return tree.obliges(index)
    return bool(tree.holds[index])


def _leaf(tree: Tree, n: Node, headings: set[int], taken: set[int]) -> list[ProseItem]:
    """A labelled node without labelled ones below it, with the paragraphs that belong to it."""
    below = tree.paragraphs(n.index)
    tables = [k for k in tree.children[n.index] if tree.nodes[k].grid is not None]
    if n.style in ("attached", "appendix", "caption") or (n.style in OUTER and is_caption(tree.line(n.index))):
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


def _plain(tree: Tree, n: Node) -> list[ProseItem]:
    """A paragraph without a label: a task below a heading where it obliges; never in the preamble."""
    line = tree.line(n.index)
    if n.parent is None or line.endswith(":") or is_formula(line) or is_caption(line):
        return []
    if tree.nodes[n.parent].style in ("attached", "appendix") or not _counts(tree, n.index):
        return []
    if only_closes(line):
        return []
    siblings = tree.labelled(n.parent)
    if siblings and not tree.roles(n.index).lead:
        return []
    named = tree.rule[n.index] == "agency"
    return [ProseItem(n.index, None, n.start, n.end)] if named or tree.obliges(n.index) or not siblings else []
