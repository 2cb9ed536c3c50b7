"""The citation graph as a page with a drawing; nothing is loaded from elsewhere."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from extractor.register.graph import Graph, Node
from extractor.register.report import template

_ROW, _TOP, _WIDTH = 26, 30, 1200
_LEFT, _RIGHT = 470, 730  # where the names of the two columns end and begin
_MOST = 150  # documents drawn in the right column; the tables name them all
RELATIONS = {
    "basis": ("căn cứ", "#2f6db5"), "implements": ("thực hiện", "#2a8a4a"), "amends": ("sửa đổi", "#b26a00"),
    "replaces": ("thay thế", "#b03030"), "repeals": ("bãi bỏ", "#b03030"), "promulgates": ("ban hành", "#6a4ba3"),
    "attached_to": ("kèm theo", "#6a4ba3"), "approves": ("phê duyệt", "#6a4ba3"), "guides": ("hướng dẫn", "#157a8c"),
    "submitted_by": ("trình bởi", "#157a8c"), "mentions": ("nhắc đến", "#8a8a8a"),
}  # fmt: skip


def to_html(graph: Graph) -> str:
    """A page: the citing documents on the left, the cited ones on the right, and the tables below."""
    by_id = {n.id: n for n in graph.nodes}
    citing = [n for n in graph.nodes if n.file]
    cited = sorted((n for n in graph.nodes if n.cited_by), key=lambda n: (-n.cited_by, n.label))
    drawn = cited[:_MOST]
    left = {n.id: i for i, n in enumerate(citing)}
    right = _ordered(graph, left, drawn)
    rows = max(len(left), len(right), 1)
    height = rows * _ROW + 2 * _TOP
    ys_left, ys_right = _spread(left, height), _spread(right, height)
    return template("graph").render(
        width=_WIDTH,
        height=height,
        left=[_label(by_id[i], ys_left[i]) for i in left],
        right=[_label(by_id[i], ys_right[i]) for i in right],
        curves=[
            {
                "d": f"M{_LEFT},{ys_left[e.source]:.0f} C{_LEFT + 110},{ys_left[e.source]:.0f} "
                f"{_RIGHT - 110},{ys_right[e.target]:.0f} {_RIGHT},{ys_right[e.target]:.0f}",
                "colour": RELATIONS[e.relation][1],
                "told": f"{by_id[e.source].label} {RELATIONS[e.relation][0]} {by_id[e.target].label} ({e.count} lần)",
            }
            for e in graph.edges
            if e.source in ys_left and e.target in ys_right
        ],
        x_left=_LEFT,
        x_right=_RIGHT,
        relations=[v for k, v in RELATIONS.items() if any(e.relation == k for e in graph.edges)],
        most=[by_id[i] for i in graph.most_cited],
        two_dates=[by_id[i] for i in graph.two_dates],
        counts=(len(citing), len(cited), len(graph.edges)),
        left_out=len(cited) - len(drawn),
        edges=[(by_id[e.source].label, RELATIONS[e.relation][0], by_id[e.target].label, e.count) for e in graph.edges],
    )


def _ordered(graph: Graph, left: dict[str, int], drawn: list[Node]) -> list[str]:
    """The right column in the order of the middle of who cites each, so that few lines cross."""
    citing: dict[str, list[int]] = defaultdict(list)
    for e in graph.edges:
        if e.source in left:
            citing[e.target].append(left[e.source])
    middle = {n.id: sum(citing[n.id]) / len(citing[n.id]) if citing[n.id] else len(left) for n in drawn}
    return [n.id for n in sorted(drawn, key=lambda n: (middle[n.id], -n.cited_by, n.label))]


def _spread(ids: Any, height: int) -> dict[str, float]:
    names = list(ids)
    step = (height - 2 * _TOP) / max(len(names), 1)
    return {i: _TOP + step * (k + 0.5) for k, i in enumerate(names)}


def _label(n: Node, y: float) -> dict[str, Any]:
    date = f" ({n.issued_on:%d/%m/%Y})" if n.issued_on else ""
    return {
        "y": round(y),
        "text": f"{n.label}{date}"[:60],
        "told": " – ".join(p for p in (n.label + date, n.issuer, n.title, n.file) if p),
        "strong": n.cited_by > 1,
        "doubt": len(n.dates) > 1,
    }
