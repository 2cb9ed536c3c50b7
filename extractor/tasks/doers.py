"""Who does a task and with whom: told in the item, in a cell, or handed down by the headings above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from extractor.clean import Block, Text
from extractor.document import Agency, LeadSource
from extractor.layout.outline import Node, lead_ins
from extractor.recognise.agencies import AgencyMention, split_agencies
from extractor.resolve.headings import heading_agencies, heading_opening
from extractor.resolve.responsibility import Roles, by_sentence, lead_of_introduction, roles_in_item
from extractor.tasks.attributes import Attribute
from extractor.tasks.context import Context
from extractor.tasks.items import Items
from extractor.tasks.section_rules import is_money


class Doers(msgspec.Struct, frozen=True):
    """Those who lead and those who cooperate, and where the lead was read."""

    lead: tuple[Agency, ...]
    cooperating: tuple[Agency, ...]
    source: LeadSource | None = None


class DoerReader:
    """Reads doers with what the whole document says: its abbreviations, its date, its place."""

    def __init__(self, text: Text, nodes: Sequence[Node], items: Items, context: Context) -> None:
        self.text, self.nodes, self.owners = text, nodes, items.owners
        glossary, on, place = context.glossary, context.document_date, context.place
        self.roles_in_item = partial(roles_in_item, glossary=glossary, on=on, place=place)
        self.by_sentence = partial(by_sentence, glossary=glossary, on=on, place=place)
        self.split_agencies = partial(split_agencies, glossary=glossary, on=on, place=place)
        self.heading_agencies = partial(heading_agencies, glossary=glossary, on=on, place=place)
        self.lead_of_introduction = partial(lead_of_introduction, glossary=glossary, on=on, place=place)
        self.lead_ins = lead_ins(text, nodes)
        self._inherited: dict[int, Doers | None] = {}

    def of_item(self, node: int, said: str, roles: Roles, fields: Doers, heading: str | None) -> Doers:
        """The doers of a prose item: its named fields, its own words, its name before a colon, its headings.

        `said` is the item up to its first field, `heading` the title right above it.
        """
        lead = fields.lead or agencies_of(roles.lead) or agencies_of(self._owner(node))
        cooperating = fields.cooperating or agencies_of(roles.cooperating)
        if not lead and is_money(heading or ""):  # the doer is told after where the money comes from
            roles = next((r for r in self.by_sentence(said) if r.lead), roles)
            lead, cooperating = agencies_of(roles.lead), cooperating or agencies_of(roles.cooperating)
        if lead and not self._directs(node, said, lead):
            return Doers(lead, cooperating, "stated")
        above = self.inherited_by(node)
        if above and above.lead:
            return Doers(above.lead, cooperating or above.cooperating, "heading")
        return Doers((), cooperating)

    def of_fields(self, s: str, fields: Sequence[Attribute] | None) -> tuple[Agency, ...]:
        """The agencies of the named fields of an item ("Đơn vị chủ trì: …")."""
        return tuple(a.agency for f in fields or () for a in self.split_agencies(s[f.start : f.end]))

    def of_cell(self, cell: Block | None) -> tuple[Agency, ...]:
        """The agencies that a cell lists."""
        if cell is None or cell.end <= cell.start:
            return ()
        return agencies_of(self.split_agencies(self.text[cell]))

    def parted_field(self, s: str, fields: Sequence[Attribute] | None) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
        """Lead and cooperating of a named field: "Đơn vị thực hiện: Phòng Kế hoạch chủ trì; Văn phòng phối hợp"."""
        parts = [self._parted(s[f.start : f.end], self.of_fields(s, (f,))) for f in fields or ()]
        return tuple(a for lead, _ in parts for a in lead), tuple(a for _, joined in parts for a in joined)

    def parted(self, cell: Block | None) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
        """Lead and cooperating of one cell: "Chủ trì: Sở Y tế; Phối hợp: Công an tỉnh"."""
        return self._parted(self.text[cell] if cell else "", self.of_cell(cell))

    def _parted(self, said: str, named: tuple[Agency, ...]) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
        if not named or "phối hợp" not in said.lower():
            return named, ()
        roles = self.roles_in_item(said)
        cooperating = agencies_of(roles.cooperating)
        if not cooperating:
            parts = re.split(r"[;\n]", said)
            helping = (p for p in parts if "phối hợp" in p.lower() and "chủ trì" not in p.lower())
            cooperating = tuple(a for p in helping for a in agencies_of(self.split_agencies(p)))
        names = {a.name for a in cooperating}
        lead = agencies_of(roles.lead) or tuple(a for a in named if a.name not in names)
        return (lead, cooperating) if lead else (named, ())

    def _directs(self, node: int, said: str, lead: tuple[Agency, ...]) -> bool:
        """ "Lãnh đạo UBND xã xây dựng …" below "Đảng ủy UBND xã" is what the Party organ does, and no doer."""
        if not (said.startswith("Lãnh đạo") and lead[0].name.startswith("Lãnh đạo")):
            return False
        above = self.inherited_by(node)
        return above is not None and bool(above.lead) and above.lead[0].kind == "party"

    def inherited_by(self, index: int) -> Doers | None:
        """Who the innermost heading or lead-in above a node names."""
        if index in self._inherited:
            return self._inherited[index]
        parent = self.nodes[index].parent
        if parent is None:
            found = self._introduced(parent, index)[0]
        else:
            found = self._named_by(parent, index) or self.inherited_by(parent)
        self._inherited[index] = found
        return found

    def _named_by(self, parent: int, child: int) -> Doers | None:
        n = self.nodes[parent]
        title = self.text.value[n.start : n.end]
        introduced, joined = self._introduced(parent, child)
        if introduced:
            return introduced
        if named := self.heading_agencies(title) or self._owner(parent):
            return Doers(agencies_of(named), joined)
        if title.endswith(":"):
            roles = self.roles_in_item(title)
            if roles.lead:
                return Doers(agencies_of(roles.lead), agencies_of(roles.cooperating))
            if named := self.lead_of_introduction(title):
                return Doers(agencies_of(named), ())
        return None

    def _introduced(self, parent: int | None, child: int) -> tuple[Doers | None, tuple[Agency, ...]]:
        """Who the sentences with a colon before an item say that does what follows; else those who join in."""
        joined: tuple[Agency, ...] = ()
        for lead_in in reversed(self.lead_ins.get(parent, ())):
            s = self.text.value[lead_in.start : lead_in.end]
            if lead_in.index < child and (named := self.lead_of_introduction(s, asked=parent is None)):
                return Doers(agencies_of(named), ()), ()
            if lead_in.index < child:  # "Chủ trì, phối hợp với các sở:" below the name of who leads
                joined = joined or agencies_of(self.roles_in_item(s).cooperating)
        return None, joined

    def _owner(self, index: int) -> tuple[AgencyMention, ...]:
        """The doer that the neighbours of a node tell to be one: "Tổ công nghệ số cộng đồng"."""
        end = self.owners.get(index)
        if end is None:
            return ()
        title = heading_opening(self.text.value[self.nodes[index].start : end]).rstrip(" :.;")
        found = self.split_agencies(title)
        if len(found) == 1 and not re.search(r"[,;(]| và ", title):
            return (found[0]._replace(agency=replace(found[0].agency, name=title)),)
        return found


def agencies_of(mentions: Sequence[AgencyMention]) -> tuple[Agency, ...]:
    """The agencies that are mentioned, in order."""
    return tuple(m.agency for m in mentions)
