"""From mentions to documents: short forms resolved or left open, mentions merged, relations and doubts told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from extractor.document import Citation, CitationForm, CitedDocument, Finding, Header
from extractor.recognise.names import fold
from extractor.resolve.aliases import find_aliases, number_head
from extractor.resolve.citation_checks import check_citations, check_documents
from extractor.resolve.identity import Group, is_dated, keys, slug
from extractor.resolve.issuers import name_issuer
from extractor.resolve.relations import find_relations
from extractor.rules import load

_BACK = 200  # how many mentions "nêu trên" may reach back
_PARAGRAPH = 5_000  # how many characters of its paragraph are looked at


class Resolution(msgspec.Struct, frozen=True):
    """The mentions with form, relation and document filled in; the distinct documents; the doubts."""

    citations: tuple[Citation, ...]
    cited_documents: tuple[CitedDocument, ...]
    findings: tuple[Finding, ...]


def resolve(citations: Sequence[Citation], *, text: str, header: Header | None) -> Resolution:
    """Join the mentions of `text` into documents; `header` tells which number is the text's own.

    "Chỉ thị 11" is the one cited Chỉ thị whose number is 11; with two of them, or none, it stays open and a
    finding says so. Rule: later mentions give type and number only (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6.b).
    """
    own = header.identifier if header else None
    mentions = [_own(name_issuer(c, header), own) for c in citations]
    edges = find_relations(mentions, text)
    mentions = [
        msgspec.structs.replace(c, relation=e.relation, relation_from=e.source)
        for c, e in zip(mentions, edges, strict=True)
    ]
    book = _Book(mentions, text)
    book.join_full()
    book.join_dated()
    book.join_short()
    ids = _ids(book.ordered())
    documents = tuple(group.document(ids[id(group)]) for group in book.ordered())
    resolved = tuple(
        msgspec.structs.replace(
            c,
            form=book.form(i, c),
            identifier=book.identifier(i, c),
            cited_document_id=ids[id(group)] if group else None,
        )
        for i, (c, group) in enumerate(zip(mentions, book.group_of, strict=True))
    )
    findings = (*check_citations(resolved, header), *check_documents(book.ordered(), ids), *book.findings)
    return Resolution(resolved, documents, tuple(sorted(findings, key=_place)))


def _place(finding: Finding) -> int:
    return finding.span.start if finding.span else -1


def _own(c: Citation, own: str | None) -> Citation:
    """The document's own number makes a mention a self reference."""
    if own and c.identifier and fold(c.identifier) == fold(own):
        return msgspec.structs.replace(c, form="self")
    return c


def _ids(groups: Sequence[Group]) -> dict[int, str]:
    """A stable id for each group; a second document with the same facts gets a counter."""
    seen: Counter[str] = Counter()
    ids: dict[int, str] = {}
    for group in groups:
        base = slug(group)
        seen[base] += 1
        ids[id(group)] = base if seen[base] == 1 else f"{base}-{seen[base]}"
    return ids


class _Book:
    """The groups of mentions while they are being joined."""

    def __init__(self, mentions: Sequence[Citation], text: str) -> None:
        self.mentions = mentions
        self.text = text
        self.groups: list[Group] = []
        self.group_of: list[Group | None] = [None] * len(mentions)
        self.index: dict[str, list[Group]] = {}
        self.by_head: dict[str, list[Group]] = {}
        self.findings: list[Finding] = []
        self.aliases = find_aliases(mentions, text)

    def ordered(self) -> list[Group]:
        """The groups by their first mention."""
        return sorted(self.groups, key=lambda g: g.citations[0].span.start)

    def form(self, i: int, c: Citation) -> CitationForm:
        """A repeated mention without its own date and issuer is short; one that stands alone is numbered."""
        group = self.group_of[i]
        if group is None or c.form not in ("numbered", "short"):
            return c.form
        if group.citations[0].id != c.id:
            return "short" if c.form == "short" or not (c.issued_on or c.issuer) else "numbered"
        return "numbered" if c.number else c.form

    def identifier(self, i: int, c: Citation) -> str | None:
        """A short mention that is a document of its own has its number for identifier."""
        group = self.group_of[i]
        alone = group is not None and c.form == "short" and group.citations[0].id == c.id
        return c.number if alone else c.identifier

    def owner(self, i: int, c: Citation) -> Group | None:
        """The document whose alias a mention is, said before it, or right behind ("Đề án 06 được … phê duyệt tại")."""
        core = c.text[: -len(c.issuer.name)].rstrip().removesuffix("của").rstrip() if c.issuer else c.text
        at = self.aliases.get(fold(core))
        return self.group_of[at] if at is not None and at <= i + 1 else None

    def join_full(self) -> None:
        """Join the mentions that name their document in full."""
        for i, c in enumerate(self.mentions):
            if not (c.form == "numbered" and c.identifier) and c.form != "named":
                continue
            if is_dated(c) or self.waits(i, c):
                continue
            known = self.owner(i, c) if c.form == "named" or not c.symbol else None
            near = {id(g): g for key in keys(c) for g in self.index.get(key, ())}
            takers = [known] if known else [g for g in near.values() if g.takes(c)]
            if len(takers) > 1 and not c.issued_on and not c.issuer:
                self.doubt(i, "ambiguous_reference", "có thể chỉ nhiều văn bản cùng số, ký hiệu")
                continue
            self.put(i, c, takers[0] if takers else None)

    def waits(self, i: int, c: Citation) -> bool:
        """Whether a scheme's decision is named behind it, so that it is joined after the decision."""
        return not c.symbol and self.aliases.get(fold(c.text), -1) == i + 1

    def join_dated(self) -> None:
        """Join what is known by date and issuer alone to the one document of that type and day, if there is one."""
        for i, c in enumerate(self.mentions):
            if is_dated(c):
                takers = [g for g in self.groups if g.is_of(c)]
                self.put(i, c, takers[0] if len(takers) == 1 else None)
            elif c.form == "numbered" and self.waits(i, c):
                self.put(i, c, self.owner(i, c))

    def join_short(self) -> None:
        """Resolve "Chỉ thị 11" and "Quyết định nêu trên", or leave them open with a finding."""
        for i, c in enumerate(self.mentions):
            if c.form != "short":
                continue
            if owner := self.owner(i, c):
                self.put(i, c, owner)
            elif c.number:
                self.by_number(i, c)
            else:
                self.by_type(i, c)

    def by_number(self, i: int, c: Citation) -> None:
        candidates = [g for g in self.by_head.get(number_head(c.number), ()) if g.means(c)]
        before = [g for g in candidates if g.citations[0].span.start < c.span.start]
        candidates = before or candidates
        if len(candidates) == 1:
            self.put(i, c, candidates[0])
        elif candidates:
            self.doubt(i, "ambiguous_reference", "có thể chỉ nhiều văn bản đã viện dẫn")
        elif c.issuer or c.issued_on or c.type in load("numbers")["mentions"]["schemes"]:
            self.put(i, msgspec.structs.replace(c, identifier=c.number), None)
        else:
            self.doubt(i, "unresolved_reference", "chưa rõ chỉ văn bản nào")

    def by_type(self, i: int, c: Citation) -> None:
        paragraph = self.text.rfind("\n", max(0, c.span.start - _PARAGRAPH), c.span.start) + 1
        near: dict[int, Group] = {}
        far: dict[int, Group] = {}
        for j in range(i - 1, max(-1, i - _BACK), -1):
            if self.mentions[j].type != c.type or self.mentions[j].form == "self":
                continue
            group = self.group_of[j]
            if group is None:
                # An open reference stands between: what it means is unknown, so is this.
                if not near and not far:
                    self.doubt(i, "unresolved_reference", "chưa rõ chỉ văn bản nào")
                    return
                continue
            (near if self.mentions[j].span.start >= paragraph else far)[id(group)] = group
        candidates = list((near or far).values())
        if len(candidates) == 1:
            self.put(i, c, candidates[0])
        elif candidates:
            self.doubt(i, "ambiguous_reference", "có thể chỉ nhiều văn bản đã viện dẫn")
        else:
            self.doubt(i, "unresolved_reference", "chưa rõ chỉ văn bản nào")

    def put(self, i: int, c: Citation, group: Group | None) -> None:
        if group is None:
            group = Group(c)
            self.groups.append(group)
        else:
            group.add(c)
        self.group_of[i] = group
        for key in keys(c):
            self.index.setdefault(key, [])
            if group not in self.index[key]:
                self.index[key].append(group)
        if c.identifier and group.citations[-1] is c:
            listed = self.by_head.setdefault(number_head(c.identifier), [])
            if group not in listed:
                listed.append(group)

    def doubt(self, i: int, code: str, problem: str) -> None:
        c = self.mentions[i]
        self.findings.append(Finding(code, "warning", f"“{c.text}” {problem}.", c.id, c.span))
