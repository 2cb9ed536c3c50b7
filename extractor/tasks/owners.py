"""Headings that name who does what follows, told by the headings beside them.

"1. Sở Y tế", "2. Tổ công nghệ số cộng đồng", "3. Công an xã": a list that gives each agency its duties. A name that
no rule of agencies knows is an agency there all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from extractor.clean import Text
from extractor.layout.outline import Node
from extractor.recognise.agencies import opens_like_agency
from extractor.resolve.headings import heading_agencies, heading_opening
from extractor.resolve.responsibility import starts_with_verb
from extractor.tasks.section_rules import is_topic, section_rule, shares_out

_FEWEST = 2
_STYLES = ("upper", "roman", "arabic", "decimal", "letter", "parenthesis", "dash", "plus", "bullet", "step")
_LONGEST = 100
_SHORT = 50


def find_owners(text: Text, nodes: tuple[Node, ...], is_heading: Callable[[int], bool]) -> dict[int, int]:
    """Where the name of the doer ends, for each node that is told by its neighbours alone.

    A heading is taken whole ("Tổ công nghệ số cộng đồng"), an item up to its colon ("Kế toán: Lập dự toán …").
    At least two nodes of the same kind below the same heading, and half of them, must name agencies by themselves;
    below a heading that shares out the work ("Tổ chức thực hiện") one in three is enough. With fewer there,
    those name a doer that open as names of bodies and people do, where half of the nodes name one or do so, or two
    in three do so.
    """
    families: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    names: dict[int, tuple[int, int]] = {}
    for n in nodes:
        if n.style in _STYLES and (end := _name_end(text, n, is_heading)) is not None:
            families[n.parent, n.style].append(n.index)
            names[n.index] = (n.start, end)
    found: dict[int, int] = {}
    for (parent, _), family in families.items():
        shares = parent is not None and shares_out(text.value[nodes[parent].start : nodes[parent].end])
        known = {k for k in family if heading_agencies(text.value[slice(*names[k])])}
        if len(known) >= (max(1, len(family) / 3) if shares else max(_FEWEST, len(family) / 2)):
            likely = {k for k in family if _may_name(text.value[slice(*names[k])])}
        elif shares:
            likely = {k for k in family if _is_likely(text.value[slice(*names[k])])}
            enough = (known and len(known | likely) >= len(family) / 2) or len(likely) >= max(3, len(family) * 2 / 3)
            likely = likely if enough else set()
        else:
            continue
        found |= {k: names[k][1] for k in likely - known}
    return found


def below_plain_owners(text: Text, nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The outline with what follows a paragraph that only names agencies hung below it.

    "Sở Nội vụ" without a label, "Theo dõi việc thực hiện." in the next paragraph: the first is the heading.
    """
    children: dict[int, list[int]] = defaultdict(list)
    for n in nodes:
        if n.parent is not None:
            children[n.parent].append(n.index)
    out = list(nodes)
    for family in children.values():
        owner: int | None = None
        for at, k in enumerate(family):
            n = nodes[k]
            line = text.value[n.start : n.end]
            last = at + 1 == len(family)
            if n.style == "plain" and not last and line[-1] not in ".;" and heading_agencies(line):
                owner = k
                out[k] = replace(n, style="caption")
            elif owner is not None:
                out[k] = replace(n, parent=owner)
    return tuple(nodes) if out == list(nodes) else tuple(replace(n, depth=_depth(out, n)) for n in out)


def _depth(nodes: Sequence[Node], n: Node) -> int:
    depth, at = 0, n.parent
    while at is not None:
        depth, at = depth + 1, nodes[at].parent
    return depth


def _name_end(text: Text, n: Node, is_heading: Callable[[int], bool]) -> int | None:
    line = text.value[n.start : n.end]
    colon = line.find(":")
    if is_heading(n.index):
        return n.end if len(line) <= _LONGEST else None
    # "Đối với trạm y tế: Duy trì …" tells what is dealt with, and not who does it.
    return n.start + colon if 0 < colon <= _LONGEST and not line.startswith("Đối với") else None


def _is_likely(title: str) -> bool:
    """A short heading that opens as names of bodies and people do: "Cán bộ thú y", "Các hộ chăn nuôi"."""
    return len(title) <= _SHORT and _may_name(title) and opens_like_agency(heading_opening(title))


def _may_name(title: str) -> bool:
    """Neither what is to be done nor a topic of its own: not "Kiểm tra, giám sát", not "Chế độ báo cáo"."""
    title = title.rstrip(" :.")
    return bool(title) and title[0].isupper() and "." not in title and not (
        starts_with_verb(title) or section_rule(title) or is_topic(title)
    )  # fmt: skip
