"""The citation graph as GraphML, for yEd, Gephi, Cytoscape and the like."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from extractor.register.graph import Graph

_NODE_KEYS = ("label", "type", "identifier", "issued_on", "issuer", "title", "file", "dates", "cited_by")
_EDGE_KEYS = ("relation", "count")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_graphml(graph: Graph) -> str:
    """The graph as GraphML 1.0 text, UTF-8."""
    numbers = {"cited_by", "count"}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for kind, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for k in keys:
            of_type = "int" if k in numbers else "string"
            lines.append(f'<key id="{k}" for="{kind}" attr.name="{k}" attr.type="{of_type}"/>')
    lines.append('<graph edgedefault="directed">')
    for n in graph.nodes:
        values = {k: getattr(n, k) for k in _NODE_KEYS} | {"dates": " ".join(d.isoformat() for d in n.dates) or None}
        lines.append(f"<node id={quoteattr(n.id)}>{_data(values)}</node>")
    for e in graph.edges:
        values = {"relation": e.relation, "count": e.count}
        lines.append(f"<edge source={quoteattr(e.source)} target={quoteattr(e.target)}>{_data(values)}</edge>")
    lines += ["</graph>", "</graphml>", ""]
    return "\n".join(lines)


def _data(values: dict[str, object]) -> str:
    return "".join(
        f'<data key="{k}">{escape(_CONTROL.sub(" ", str(v)))}</data>' for k, v in values.items() if v is not None
    )
