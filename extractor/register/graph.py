"""Who cites what over many documents: one node per document, one edge per citing relation.

A document that is cited by several, or is one of the plans itself, is one node: by number, year and issuer, never by
the number alone. A citation without date joins the only document of that number there is, else it stands by itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from extractor.document import Citation, CitedDocument, Document
from extractor.register.compare import TITLE_SAME, title_likeness
from extractor.register.keys import number_parts, title_key
from extractor.register.organs import one_of_a_kind, same_organ
from extractor.resolve.identity import law_name

_MOST = 20


class Node(msgspec.Struct, frozen=True):
    """A document. `file` where it is one of the plans; `dates` every date it is cited under, the commonest first."""

    id: str
    label: str
    type: str | None
    identifier: str | None
    issued_on: dt.date | None
    issuer: str | None
    title: str | None
    file: str | None
    dates: tuple[dt.date, ...]
    cited_by: int


class Edge(msgspec.Struct, frozen=True):
    """That a document cites another; `count` mentions in that relation."""

    source: str
    target: str
    relation: str
    count: int


class Graph(msgspec.Struct, frozen=True):
    """All nodes and edges, in the order they were met; `most_cited` and `two_dates` are node ids."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    most_cited: tuple[str, ...]
    two_dates: tuple[str, ...]


class _Draft:
    """A node while it is being gathered."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.type: str | None = None
        self.identifier: str | None = None
        self.name: str | None = None
        self.issuer: str | None = None
        self.title: str | None = None
        self.file: str | None = None
        self.place: str | None = None
        self.dates: Counter[dt.date] = Counter()
        self.citing: set[str] = set()

    def learn(self, *, type: str | None, issuer: str | None, title: str | None, on: dt.date | None) -> None:
        self.type = self.type or type
        if issuer and len(issuer) > len(self.issuer or ""):
            self.issuer = issuer
        self.title = self.title or title
        if on:
            self.dates[on] += 1

    def node(self) -> Node:
        dates = tuple(d for d, _ in self.dates.most_common())
        named = self.name or " ".join(p for p in (self.type, self.identifier) if p) or self.file or self.id
        return Node(
            id=self.id, label=named, type=self.type, identifier=self.identifier, issued_on=dates[0] if dates else None,
            issuer=self.issuer, title=self.title, file=self.file, dates=dates, cited_by=len(self.citing),
        )  # fmt: skip


class _Gathering:
    """Finds the node a document belongs to, or makes it."""

    def __init__(self) -> None:
        self.drafts: list[_Draft] = []
        self._by_key: dict[str, list[_Draft]] = defaultdict(list)

    def own(self, document: Document) -> _Draft:
        h = document.header
        issuer = (h.issuer.canonical or h.issuer.name) if h.issuer else None
        draft = self._find(h.identifier, None, h.issued_on, issuer, h.title, h.place)
        if draft is None or draft.file is not None:
            draft = self._new(h.identifier, None, h.place)
        draft.file = document.source.file
        draft.learn(type=h.type, issuer=issuer, title=h.title, on=h.issued_on)
        return draft

    def cited(self, d: CitedDocument, place: str | None) -> _Draft:
        issuer = (d.issuer.canonical or d.issuer.name) if d.issuer else None
        draft = self._find(d.identifier, d.name, d.issued_on, issuer, d.title, place) or self._new(
            d.identifier, d.name, place
        )
        draft.learn(type=d.type, issuer=issuer, title=d.title, on=d.issued_on)
        return draft

    def _find(
        self,
        identifier: str | None,
        name: str | None,
        on: dt.date | None,
        issuer: str | None,
        title: str | None,
        place: str | None,
    ) -> _Draft | None:
        key = _key(identifier, name)
        pool = [x for x in self._by_key.get(key, ()) if _one(x, on, issuer, title, place)] if key else []
        dated = [x for x in pool if on and on in x.dates]
        pool = dated or pool
        return pool[0] if len(pool) == 1 or dated else None

    def _new(self, identifier: str | None, name: str | None, place: str | None) -> _Draft:
        draft = _Draft(f"n{len(self.drafts) + 1}")
        draft.identifier, draft.name, draft.place = identifier, None if identifier else name, place
        self.drafts.append(draft)
        if key := _key(identifier, name):
            self._by_key[key].append(draft)
        return draft


def build_graph(documents: Iterable[Document]) -> Graph:
    """The graph of all documents; one document's text is in memory at a time."""
    gathering = _Gathering()
    edges: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        own = gathering.own(document)
        place = document.header.place
        nodes = {d.id: gathering.cited(d, place) for d in document.cited_documents}
        by_citation = {c: nodes[d.id] for d in document.cited_documents for c in d.citation_ids}
        for c in document.citations:
            target = by_citation.get(c.id)
            source = _source(c, own, by_citation)
            if target and target is not source:
                edges[source.id, target.id, c.relation] += 1
                target.citing.add(own.id)
    nodes_ = tuple(d.node() for d in gathering.drafts)
    most = sorted((n for n in nodes_ if n.cited_by > 1), key=lambda n: (-n.cited_by, n.label))
    return Graph(
        nodes=nodes_,
        edges=tuple(Edge(*key, count) for key, count in edges.items()),
        most_cited=tuple(n.id for n in most[:_MOST]),
        two_dates=tuple(n.id for n in nodes_ if len(n.dates) > 1),
    )


def _source(c: Citation, own: _Draft, by_citation: dict[str, _Draft]) -> _Draft:
    return by_citation.get(c.relation_from or "", own)


def _key(identifier: str | None, name: str | None) -> str | None:
    parts = number_parts(identifier)
    if parts:
        return parts.key
    if not name:
        return None
    base, year = law_name(name)
    return f"{title_key(base)}|{year or ''}"


def _one(x: _Draft, on: dt.date | None, issuer: str | None, title: str | None, place: str | None) -> bool:
    parts = number_parts(x.identifier)
    if parts and not one_of_a_kind(parts.organ) and not _one_issuer(x, issuer, place):
        return False
    if not on or not x.dates or on in x.dates or (parts and parts.year):
        return True
    if any(on.year == d.year for d in x.dates):
        return True
    # Another year is another document, unless the title says that it is the same under a wrong date.
    alike = title_likeness(title, x.title)
    return alike is not None and alike >= TITLE_SAME


def _one_issuer(x: _Draft, issuer: str | None, place: str | None) -> bool:
    if issuer and x.issuer:
        same = same_organ(issuer, x.issuer, place)
        return same if same is not None else place == x.place
    return place == x.place  # an office's own "QĐ-UBND" without issuer is its own place's
