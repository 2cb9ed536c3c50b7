"""Tasks from obligations: who leads and who cooperates, by when, which product, in which section."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.clean import Block, Text
from extractor.document import Agency, Citation, LeadSource, Span, Task
from extractor.language.verbs import tagged_verb
from extractor.layout.column_headings import Role
from extractor.layout.columns import is_mark
from extractor.layout.outline import Node
from extractor.resolve.responsibility import Roles, opening_verb
from extractor.tasks.attributes import Attribute, find_attributes
from extractor.tasks.cited import Cited
from extractor.tasks.context import Context
from extractor.tasks.doers import DoerReader, Doers, agencies_of
from extractor.tasks.items import Items, ProseItem
from extractor.tasks.rows import RowItem
from extractor.tasks.sections import Sections, section_of
from extractor.tasks.times import Times
from extractor.tasks.twins import link_twins

_TITLE = 120
_REPORT = re.compile(
    r"\b(?:gửi|định kỳ|tổng hợp|lập|xây dựng)\b[^.;]{0,80}?\bbáo cáo\b|^báo cáo\b"
    r"|\bbáo cáo (?:kết quả|tình hình|tiến độ)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[;.]\s")
_TITLE_END = re.compile(r"[.;:\n](?:(?<=\n)|(?<=[^\s.]{2}[.;:])(?=\s))")
_AS_ABOVE = re.compile(r"^(?:như trên|nt|-nt-|\"|//|-//-)\.?$", re.IGNORECASE)


def build_tasks(
    text: Text,
    nodes: Sequence[Node],
    items: Items,
    sections: Sections,
    citations: Sequence[Citation],
    context: Context,
) -> tuple[Task, ...]:
    """One `Task` per obligation, in reading order, not yet rated."""
    builder = _Builder(text, nodes, items, sections, citations, context)
    tasks = [builder.prose(i) if isinstance(i, ProseItem) else builder.row(i) for i in items.items]
    tasks.sort(key=lambda t: t.span.start)
    return link_twins(_with_ids(tasks))


class _Builder:
    """Holds what every task needs; one method per origin."""

    def __init__(
        self,
        text: Text,
        nodes: Sequence[Node],
        items: Items,
        sections: Sections,
        citations: Sequence[Citation],
        context: Context,
    ) -> None:
        self.text, self.nodes, self.items, self.sections = text, nodes, items, sections
        self.cited, self.context = Cited(citations), context
        self.doers = DoerReader(text, nodes, items, context)
        self.times = Times(text, nodes, sections, self.cited, on=context.document_date, title=context.title)
        self.previous: dict[Role, Block] = {}

    def prose(self, item: ProseItem) -> Task:
        """A task told in running text, its named fields ("Đơn vị chủ trì: …") read like columns."""
        s = self.text.value[item.start : item.end]
        fields = find_attributes(s)
        said = s[: fields[0].name] if fields else s
        roles = self.doers.roles_in_item(said)
        named: dict[Role, list[Attribute]] = {}
        for field in fields:
            named.setdefault(field.role, []).append(field)
        section_id = section_of(self.nodes, item.node, self.sections)
        lead, joined = self.doers.parted_field(s, named.get("lead"))
        of_fields = Doers(lead, self.doers.of_fields(s, named.get("cooperating")) or joined)
        doers = self.doers.of_item(item.node, said, roles, of_fields, self.sections.title(section_id))
        if item.node in self.sections.of_node and item.label is None:
            section_id = self.sections.of_node[item.node]
        at = item.start
        deadlines = self.times.limits(at, at + len(said), section_id, column=False)
        cut_offs = self.times.cut_offs(at, at + len(said), section_id)
        for f in named.get("deadline", ()):
            deadlines += self.times.limits(at + f.start, at + f.end, section_id, column=True)
            cut_offs += self.times.cut_offs(at + f.start, at + f.end, section_id)
        for f in named.get("cut_off", ()):
            cut_offs += self.times.cut_offs(at + f.start, at + f.end, section_id, named=True)
        deadlines = deadlines or self.times.handed_down(item.node, section_id)
        return self._task(
            item.start, item.end, item.label, section_id, "prose", roles,
            lead=doers.lead, cooperating=doers.cooperating, lead_source=doers.source,
            deadlines=deadlines, cut_offs=cut_offs,
            approver=self.doers.of_fields(s, named.get("approver")) or agencies_of(roles.approver),
            products=tuple(p for f in named.get("product", ()) for p in _products(s[f.start : f.end])),
            budget="; ".join(s[f.start : f.end] for f in named.get("budget", ())) or None,
            notes="; ".join(s[f.start : f.end] for f in named.get("note", ())) or None,
        )  # fmt: skip

    def row(self, item: RowItem) -> Task:
        """A task told in a table row."""
        cells = {role: b for b, role in zip(reversed(item.cells), reversed(item.layout.roles), strict=True)}
        for role, block in cells.items():
            if role in self.previous and _AS_ABOVE.match(self.text[block]):
                cells[role] = self.previous[role]
        self.previous = cells
        section_id = (
            self.sections.of_group[item.group] if item.group >= 0 else section_of(self.nodes, item.node, self.sections)
        )
        block = cells["task"]
        lead, joined = self.doers.parted(cells.get("lead"))
        if not lead:
            both, joined = self.doers.parted(cells.get("lead_and_cooperating"))
            lead, joined = (both, joined) if joined else (both[:1], both[1:])
        cooperating = self.doers.of_cell(cells.get("cooperating")) or joined
        roles = self.doers.roles_in_item(self.text[block])
        source: LeadSource | None = "column" if lead else None
        if not lead:
            lead, source = agencies_of(roles.lead), "stated" if roles.lead else None
            cooperating = cooperating or agencies_of(roles.cooperating)
        if not lead and (named := self._of_group(item)):
            lead, source = named, "heading"
        deadlines = self.times.limits(block.start, block.end, section_id, column=False)
        cut_offs = self.times.cut_offs(block.start, block.end, section_id)
        for c, (role, cell) in enumerate(zip(item.layout.roles, item.cells, strict=True)):
            if c in item.layout.periods and is_mark(self.text[cell]):
                cell = item.layout.periods[c]
            if role == "deadline":
                limits = self.times.limits(cell.start, cell.end, section_id, column=True)
                deadlines += self.times.since(cells.get("start"), limits, section_id)
            if role in ("deadline", "cut_off", "note"):
                cut_offs += self.times.cut_offs(cell.start, cell.end, section_id, named=role == "cut_off")
        deadlines = deadlines or self.times.of_groups(self.items.groups, item.group, section_id)
        return self._task(
            block.start, block.end, item.label, section_id, "table", roles,
            lead=lead, cooperating=cooperating, lead_source=source, deadlines=deadlines, cut_offs=cut_offs,
            approver=self.doers.of_cell(cells.get("approver")) or agencies_of(roles.approver),
            supervisor=self.doers.of_cell(cells.get("supervisor")),
            products=_products(self._string(cells.get("product"))),
            budget=self._string(cells.get("budget")) or None,
            notes=self._string(cells.get("note")) or None,
        )  # fmt: skip

    def _of_group(self, item: RowItem) -> tuple[Agency, ...]:
        """Who the group rows above a row name, or the headings above its table: "II | Sở Nội vụ"."""
        at = item.group
        while at >= 0:
            group = self.items.groups[at]
            if named := self.doers.heading_agencies(self.text[group.block]):
                return agencies_of(named)
            at = group.parent
        above = self.doers.inherited_by(item.node)
        return above.lead if above else ()

    def _task(
        self,
        start: int,
        end: int,
        label: str | None,
        section_id: str | None,
        origin: str,
        roles: Roles,
        **fields: object,
    ) -> Task:
        s = self.text.value[start:end].replace("\n", " ")
        path = self.sections.path(section_id)
        deadlines = fields["deadlines"]
        values = {
            "approver": agencies_of(roles.approver),
            "supervisor": agencies_of(roles.supervisor),
            "products": (),
            "budget": None,
            "notes": None,
        } | fields
        # A duty to report says so in its first clause; a report that only closes another duty does not count.
        report = bool(deadlines) and bool(_REPORT.search(_CLAUSE_END.split(s, maxsplit=1)[0]))
        report = report or (any("BÁO CÁO" in p.upper() for p in path[-1:]) and "báo cáo" in s.lower())
        return Task(
            id="",
            ordinal=0,
            label=label,
            section_id=section_id,
            section_path=path,
            text=s,
            title=_title(self.text.value[start:end]),
            kind="report" if report else "task",
            action=opening_verb(s, glossary=self.context.glossary) or tagged_verb(s),
            recipients=agencies_of(roles.recipients) if report else (),
            citation_ids=tuple(c.id for c in self.cited.within(start, end)),
            origin=origin,  # type: ignore[arg-type]
            same_as=None,
            confidence=0.0,
            span=Span(start, end),
            **values,  # type: ignore[arg-type]
        )

    def _string(self, cell: Block | None) -> str:
        return self.text[cell] if cell is not None else ""


def _products(cell: str) -> tuple[str, ...]:
    parts = (p.strip(" .,-+") for p in re.split(r";|\n", cell))
    return tuple(p for p in parts if p)


def _title(s: str) -> str:
    """The leading clause, at most 120 characters, cut at a word."""
    clause = _TITLE_END.split(s, maxsplit=1)[0].rstrip(" .;:,/")
    if len(clause) > _TITLE:
        clause = clause[: _TITLE + 1].rsplit(" ", 1)[0].rstrip(" ,;:-–")
    return clause[:_TITLE]  # one word may be longer than that


def _with_ids(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Ids from the words of the task and of its headings, so that an edit elsewhere leaves them alone."""
    seen: Counter[str] = Counter()
    out: list[Task] = []
    for ordinal, t in enumerate(tasks, 1):
        key = "\n".join((t.origin, *t.section_path, t.text))
        folded = " ".join(unicodedata.normalize("NFC", key).casefold().split())
        digest = hashlib.blake2s(folded.encode("utf-8"), digest_size=5).hexdigest()
        seen[digest] += 1
        id_ = f"t-{digest}" if seen[digest] == 1 else f"t-{digest}-{seen[digest]}"
        out.append(replace(t, id=id_, ordinal=ordinal))
    return tuple(out)
