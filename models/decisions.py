"""The decisions of the rules in labelled documents, each with the question that the judge would be asked and the truth.

Nothing of a document is kept: a decision lives in memory while it is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from extractor.clean import Text, clean
from extractor.errors import KehoachError
from extractor.evaluate.labels import Labels, read_labels
from extractor.evaluate.likeness import folded, pair_names
from extractor.judge.questions import COLUMN_ROLES, Column, Item, agency_words, column_words, item_words
from extractor.layout.column_headings import role_of
from extractor.layout.columns import Layout, read_columns
from extractor.layout.columns import _settle as by_contents  # what the rules say where no heading tells
from extractor.layout.frame import lay_out
from extractor.options import Options
from extractor.read import read
from extractor.recognise.agencies import find_agencies, find_glossary
from extractor.resolve.responsibility import roles_in_item
from extractor.tasks.items import _counts as counts
from extractor.tasks.tree import UNLABELLED, Tree

OTHER = "named"
_START = 60
_SAME = 92


class Decision(NamedTuple):
    """One decision. `doubt`: the rules have no rule for it; `words` the question; labels are the classifier's own."""

    document: str
    kind: str
    component: str
    words: list[str]
    rules: str
    truth: str
    doubt: bool


def pairs(sources: Path, gold: Path) -> Iterator[tuple[Path, Labels]]:
    """The documents of a folder that have labels."""
    for path in sorted(gold.glob("*.json")):
        for source in sorted(sources.glob(f"{path.stem}.*")):
            yield source, read_labels(path)
            break


def decisions(source: Path, gold: Labels) -> Iterator[Decision]:
    """All decisions of a document; none where it cannot be read."""
    try:
        text = clean(read(source, Options()))
    except KehoachError:
        return
    layout = lay_out(text)
    kind = layout.header.type_code or "?"
    tree = Tree(text, layout.nodes)
    known = {"document": source.stem, "kind": kind}
    yield from _items(tree, gold, known)
    yield from _columns(text, layout.nodes, known)
    yield from _agencies(gold, find_glossary(text.value), known)


def question(tree: Tree, index: int, *, hide_headings: bool = False) -> Item:
    """What the judge is told of a node."""
    node = tree.nodes[index]
    above: list[str] = []
    at = node.parent
    while at is not None and not hide_headings:
        if tree.nodes[at].style not in UNLABELLED:
            above.append(tree.line(at))
        at = tree.nodes[at].parent
    return Item(tree.line(index), node.style, tuple(above[:2]), bool(tree.labelled(index)))


def _items(tree: Tree, gold: Labels, known: dict[str, str]) -> Iterator[Decision]:
    prose = [folded(t.text) for t in gold.tasks if t.origin == "prose"]
    for n in tree.nodes:
        line = folded(tree.line(n.index))
        if n.grid is not None or n.index in tree.addressee or tree.attribute[n.index] or len(line) < 12:
            continue
        if n.parent is None or tree.nodes[n.parent].style == "attached":
            continue
        start = line[:_START]
        is_task = any(fuzz.ratio(start, t[: len(start)]) >= _SAME for t in prose)
        if not is_task and (tree.labelled(n.index) or any(start in t for t in prose)):
            continue  # a heading, or a part of a longer task: not a matter of what the item itself is
        verdict = "task" if counts(tree, n.index) else "other"
        truth = "task" if is_task else "other"
        doubt = tree.holds[n.index] is None
        yield Decision(
            **known,
            component="item_kind",
            words=item_words(question(tree, n.index)),
            rules=verdict,
            truth=truth,
            doubt=doubt,
        )
        hidden = "task" if tree.obliges(n.index) else "other"
        bare = item_words(question(tree, n.index, hide_headings=True))
        yield Decision(
            **known, component="item_kind without heading", words=bare, rules=hidden, truth=truth, doubt=True
        )


def _columns(text: Text, nodes: Any, known: dict[str, str]) -> Iterator[Decision]:
    """Columns whose heading the rules know, which is the truth; then the same with the heading hidden."""
    before: Layout | None = None
    for n in nodes:
        if n.grid is None:
            continue
        before = read_columns(text, n.grid, before)
        if not before.is_tasks or not before.header_rows:
            continue
        rows = n.grid.rows[before.header_rows :]
        contents = by_contents(text, n.grid, before.header_rows, (None,) * len(before.roles), None)
        for c, role in enumerate(before.roles):
            heading = text[n.grid.rows[before.header_rows - 1][c]]
            cells = tuple(text[row[c]] for row in rows)
            if role not in COLUMN_ROLES or not any(cells) or role_of(heading) != role:
                continue
            for name, shown, rules in (
                ("column_role", heading, role),
                ("column_role without heading", "", contents[c]),
            ):
                yield Decision(
                    **known, component=name, words=column_words(Column(shown, cells)), rules=rules, truth=role,
                    doubt=not shown,
                )  # fmt: skip


def _agencies(gold: Labels, glossary: Any, known: dict[str, str]) -> Iterator[Decision]:
    """What each agency named in a task of the prose does, by the labels: lead, cooperating or neither."""
    for task in gold.tasks:
        found = find_agencies(task.text, glossary=glossary)
        if task.origin != "prose" or not found:
            continue
        roles = roles_in_item(task.text, glossary=glossary)
        names = [m.agency.name for m in found]
        truth = dict.fromkeys(range(len(found)), OTHER)
        truth |= {j: "cooperating" for _, j in pair_names(task.cooperating, names)}
        truth |= {j: "lead" for _, j in pair_names(task.lead, names)}
        starts = {m.start: role for role in ("cooperating", "lead") for m in getattr(roles, role)}
        places = [(m.start, m.end) for m in found]
        for n, m in enumerate(found):
            said = starts.get(m.start, OTHER)
            yield Decision(
                **known, component="agency_role", words=agency_words(task.text, places, n), rules=said, truth=truth[n],
                doubt=not roles.lead and not roles.cooperating,
            )  # fmt: skip
