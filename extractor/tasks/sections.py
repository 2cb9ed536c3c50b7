"""The headings of the outline as `Section`s, and the path of headings to every node."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from extractor.clean import Text
from extractor.document import Section
from extractor.layout.outline import Node, read_label
from extractor.tasks.items import Items


class Sections(msgspec.Struct, frozen=True):
    """All sections in reading order; `of_node` and `of_group` give the id of a heading node or a group row.

    `paths` gives "label title" from the root to each section.
    """

    sections: tuple[Section, ...]
    of_node: dict[int, str]
    of_group: dict[int, str]
    paths: dict[str, tuple[str, ...]]

    def title(self, section_id: str | None) -> str | None:
        """The title of a section without its label."""
        return self.sections[int(section_id[1:]) - 1].title if section_id else None  # "s3" is the third

    def path(self, section_id: str | None) -> tuple[str, ...]:
        """ "label title" from the root to the section; () without one."""
        return self.paths[section_id] if section_id else ()


def read_sections(text: Text, nodes: Sequence[Node], items: Items) -> Sections:
    """Sections from the heading nodes and from the group rows of task tables."""
    entries: list[tuple[int, int, Node, int | None]] = [
        (n.outset, n.index, n, None) for n in nodes if n.index in items.headings
    ]
    entries += [(g.block.start, g.node, nodes[g.node], i) for i, g in enumerate(items.groups)]
    sections: list[Section] = []
    of_node: dict[int, str] = {}
    of_group: dict[int, str] = {}
    level: dict[str, int] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for _, _, node, group in sorted(entries, key=lambda e: (e[0], e[3] or 0)):
        inner = items.groups[group].parent if group is not None else -1
        parent = of_group[inner] if inner >= 0 else _heading_above(nodes, node, of_node)
        id_ = f"s{len(sections) + 1}"
        level[id_] = level[parent] + 1 if parent else 1
        if group is None:
            of_node[node.index] = id_
            label, start, end = node.label, node.start, node.end
            outset = node.outset
        else:
            of_group[group] = id_
            row = items.groups[group]
            label, start, end = row.label, row.block.start, row.block.end
            outset = start
            inside = read_label(text[row.block])
            if inside and inside.text == label:
                start += inside.content
        title = " ".join(text.value[start:end].split()).rstrip(":.")
        sections.append(Section(id_, label, title, level[id_], parent, text.locate(outset, end)))
        own = f"{label} {title}" if label and title else label or title
        paths[id_] = (*(paths[parent] if parent else ()), own)
    return Sections(tuple(sections), of_node, of_group, paths)


def _heading_above(nodes: Sequence[Node], node: Node, of_node: dict[int, str]) -> str | None:
    at = node.parent
    while at is not None:
        if at in of_node:
            return of_node[at]
        at = nodes[at].parent
    return None


def section_of(nodes: Sequence[Node], index: int, sections: Sections) -> str | None:
    """The id of the innermost heading above a node (the node itself not counted)."""
    return _heading_above(nodes, nodes[index], sections.of_node)
