"""The outline as a tree, with what is asked of a node again and again."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.clean import Text
from extractor.layout.outline import Node, is_caption
from extractor.resolve.headings import heading_agencies
from extractor.resolve.responsibility import Roles, by_sentence, roles_in_item, starts_with_verb
from extractor.tasks.attributes import is_attribute, is_content
from extractor.tasks.owners import find_owners
from extractor.tasks.section_rules import addresses, attached_rule, is_particular, section_rule

OUTER = ("attached", "appendix", "part", "chapter", "division", "article", "upper", "roman", "caption")
UNLABELLED = ("plain", "table")
_TELLING = ("aims", "ground", "agenda", "form")


class Tree:
    """The outline with its children, and what is asked of a node again and again."""

    def __init__(self, text: Text, nodes: Sequence[Node]) -> None:
        self.text = text
        self.nodes = nodes
        self.children: list[list[int]] = [[] for _ in nodes]
        for n in nodes:
            if n.parent is not None:
                self.children[n.parent].append(n.index)
        self._labelled: dict[int, list[int]] = {}
        self._roles: dict[int, Roles] = {}
        self.attribute = [n.grid is None and is_attribute(self.line(n.index)) for n in nodes]
        described = {n.parent for n in nodes if self.attribute[n.index]}
        for n in nodes:
            if n.parent in described and n.grid is None and self._describes(n.index):
                self.attribute[n.index] = True
        self.addressee = self._addressees()
        self.owners = find_owners(text, tuple(nodes), self.is_heading)
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
                opens = addresses(self.line(before))
                if opens or before in found:
                    found.add(n.index)
        return frozenset(found)

    def _describes(self, index: int) -> bool:
        """A line beside named fields that tells what or where the item above it is."""
        return is_content(self.line(index)) or is_particular(self.line(index))

    def line(self, index: int) -> str:
        n = self.nodes[index]
        return self.text.value[n.start : n.end]

    def labelled(self, index: int) -> list[int]:
        if index not in self._labelled:  # asked for by every one of them
            self._labelled[index] = [
                k for k in self.children[index] if not (self.nodes[k].style in UNLABELLED or self.attribute[k])
            ]
        return self._labelled[index]

    def paragraphs(self, index: int) -> list[int]:
        """The paragraphs without a label below a node, named fields left out."""
        return [k for k in self.children[index] if self.nodes[k].style == "plain" and not self.attribute[k]]

    def is_heading(self, index: int) -> bool:
        """Set as a heading: outer levels, capitals, a colon at the end, or no closing mark before its items."""
        n, line = self.nodes[index], self.line(index)
        if n.style in UNLABELLED:
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
        if name != "form" and n.style not in UNLABELLED and self.is_heading(n.index):
            title = self.line(n.index)
            found = attached_rule(title) if n.style == "attached" else section_rule(title)
            if n.index in self.owners or heading_agencies(title):
                outer, name = True, "agency"
            elif found and not (found.holds_tasks is not False and outer is False):
                outer, name = found.holds_tasks, found.name
        self.holds.append(outer)
        self.rule.append(name)

    def roles(self, index: int) -> Roles:
        """Who the node's own words say does it."""
        if index not in self._roles:
            self._roles[index] = roles_in_item(self.line(index))
        return self._roles[index]

    def only_tells(self, index: int) -> bool:
        """A table of aims, of the state of things or of an agenda, whatever its columns are called."""
        return self.holds[index] is False and self.rule[index] in _TELLING

    def names_doer(self, index: int) -> bool:
        """A doer in any of the sentences: "Kinh phí lấy từ ngân sách xã. Phòng Kinh tế tham mưu phân bổ."."""
        return bool(self.roles(index).lead) or any(r.lead for r in by_sentence(self.line(index)))

    def obliges(self, index: int) -> bool:
        """The node itself obliges: it opens with a verb, or names a doer, or a topic and a verb after a colon."""
        line = self.line(index)
        if index in self.owners or starts_with_verb(line) or self.roles(index).lead:
            return True
        _, colon, rest = line.partition(":")
        return bool(colon) and starts_with_verb(rest.strip())
