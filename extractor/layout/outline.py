"""The outline of the body: every paragraph as a node of one tree, by its label and its place.

A label of a kind that is already open closes everything below it; a new kind goes one level deeper, but never
below a kind that by Nghị định 30/2020/NĐ-CP, Phụ lục I, stands inside it (Phần, Chương, Mục, Điều, "I.", "1.", "a)",
"-"). A paragraph without a label hangs below the last label before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec
from msgspec.structs import replace

from extractor import rules
from extractor.clean import Block, Grid, Text

Style = Literal[
    "attached", "appendix", "part", "chapter", "division", "article", "upper", "roman", "arabic", "decimal",
    "letter", "parenthesis", "dash", "plus", "bullet", "step", "caption", "plain", "table",
]  # fmt: skip

_APPENDIX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục|Phụ Lục)(?:\s+(?:số\s+|SỐ\s+)?(?P<label>[IVXL]{1,6}|\d{1,2}|[A-Z]))?\s*[.:]?(?=\s|$)"
    r"|(?:MẪU|Mẫu|BIỂU|Biểu)(?: mẫu| MẪU)?(?: số| SỐ)?\s*[IVXL\d]{1,3}\s*[.:]?$"
)
_ATTACHED = re.compile(r"\((?:Ban hành k|K|k)èm theo\b")
_WORDED = re.compile(
    r"(?P<kind>PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều)\s+"
    r"(?P<number>(?:thứ|THỨ)\s+\w{2,6}|[IVXL]{1,6}|\d{1,3}[a-zđ]?)\b\s*[.:]?(?=\s|$)"
)
_WORDED_STYLE: dict[str, Style] = {"phần": "part", "chương": "chapter", "mục": "division", "điều": "article"}
_MARKED: tuple[tuple[Style, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"(?P<label>[IVX]{1,6})(?P<mark>[.)/]|\s?-)(?=\s|$)")),
    ("decimal", re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,4})(?:[.)]|-)?(?=\s|$)")),
    ("arabic", re.compile(r"(?P<label>\d{1,3})(?P<mark>[.)/]|-)(?=\s|$|[^\W\d])")),
    ("upper", re.compile(r"(?P<label>[A-HĐ])(?P<mark>[.)/]|-)(?=\s)")),
    ("letter", re.compile(r"(?P<label>[a-zđ])(?P<mark>[.)/])(?=\s|$|[^\W\d])")),
    ("parenthesis", re.compile(r"\((?P<label>\d{1,2}|[a-zđ]|[ivx]{1,5})\)(?=\s|$)")),
    ("dash", re.compile(r"(?P<label>[-–—])(?=\s*\S)")),
    ("plus", re.compile(r"(?P<label>\+)(?=\s*\S)")),
    ("bullet", re.compile(r"(?P<label>[*•●▪◦○■□➢✓])(?=\s*\S)")),
)  # fmt: skip


@cache
def _step() -> re.Pattern[str]:
    """Parts that are counted by name: "Nhiệm vụ 1.2: …", "Bước 3: …"."""
    kinds = "|".join(map(re.escape, rules.load("frame")["step"]["words"]))
    return re.compile(rf"(?P<kind>{kinds}) (?:số )?(?P<number>\d{{1,2}}(?:\.\d{{1,2}}){{0,2}})\s*[:.]\s+(?=\S)")


class Label(msgspec.Struct, frozen=True):
    """A list label: its kind, its text as printed without the closing mark, and where the content starts."""

    style: Style
    text: str
    level: str
    content: int


def read_label(line: str) -> Label | None:
    """The label that a paragraph starts with: "1.1. Rà soát" is decimal "1.1", "Điều 3. …" is "Điều 3"."""
    if m := _WORDED.match(line):
        style = _WORDED_STYLE[m["kind"].lower()]
        if style == "article" or len(line) < 160:
            return Label(style, f"{m['kind']} {m['number']}", style, _after(line, m.end()))
    if m := _step().match(line):
        depth = m["number"].count(".")
        return Label("step", line[: m.end("number")], f"step {m['kind'].lower()} {depth}", m.end())
    for style, pattern in _MARKED:
        if m := pattern.match(line):
            label = m["label"]
            # A kind is told by its closing mark too: "1." and "1)" are different levels of one document.
            mark = (m.groupdict().get("mark") or "").strip()
            depth = str(label.count(".")) if style == "decimal" else mark
            return Label(style, "-" if style == "dash" else label, style + depth, _after(line, m.end()))
    return None


# Which kind of label stands outside which, where a document does not show it by its own order.
_RANK: dict[Style, float] = {
    "attached": 0, "appendix": 0, "part": 1, "chapter": 2, "division": 3, "article": 4, "caption": 4, "upper": 5,
    "roman": 6, "arabic": 7, "decimal": 8, "letter": 9, "step": 9.5, "dash": 10, "plus": 11, "bullet": 12,
    "parenthesis": 13,
}  # fmt: skip


# A heading with a star stands outside the dashes, those before it and those below it ("* Sở Y tế", "- Rà soát …").
_STAR_HEADING = _RANK["dash"] - 0.5


def _rank(text: Text, style: Style, label: str | None, end: int) -> float:
    """The rank of a node that ends at `end`: a star without a closing mark heads."""
    return _STAR_HEADING if label == "*" and text.value[end - 1] not in ".;," else _RANK[style]


def _after(line: str, end: int) -> int:
    while end < len(line) and line[end] in " \t":
        end += 1
    return end


class Node(msgspec.Struct, frozen=True):
    """A paragraph or a table in the tree. `start` is past the label; `parent` indexes the node tuple."""

    index: int
    style: Style
    label: str | None
    outset: int
    start: int
    end: int
    parent: int | None
    depth: int
    bold: bool = False
    grid: Grid | None = None


def is_caption(text: str) -> bool:
    """A heading without a label: a short line in capitals without a closing mark."""
    if len(text) > 400 or text[-1:] in (".", ";", ",", ":"):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= 4 and sum(map(str.isupper, text)) / letters > 0.85


def outline(text: Text, blocks: Sequence[Block | Grid], attached: frozenset[int]) -> tuple[Node, ...]:
    """The body as nodes in reading order.

    `attached` are the starts of blocks at which a document that is attached begins ("KẾ HOẠCH" after the
    signature of the decision): they and an appendix stand at the outermost level.
    """
    nodes: list[Node] = []
    open_: list[tuple[str, int]] = []  # (level key, node index), outermost first

    def add(style: Style, label: str | None, outset: int, start: int, end: int, **more: object) -> int:
        parent = open_[-1][1] if open_ else None
        nodes.append(
            Node(len(nodes), style, label, outset, start, end, parent, len(open_), **more)  # type: ignore[arg-type]
        )
        return len(nodes) - 1

    def open_rank(index: int) -> float:
        n = nodes[index]
        if n.style == "step":
            return -1  # what stands inside may be of any kind
        return _rank(text, n.style, n.label, n.end)

    def enter(key: str, style: Style, label: str | None, outset: int, start: int, end: int, bold: bool) -> None:
        keys = [k for k, _ in open_]
        if key in keys:
            del open_[keys.index(key) :]
        while open_ and open_rank(open_[-1][1]) > _rank(text, style, label, end):
            open_.pop()
        open_.append((key, add(style, label, outset, start, end, bold=bold)))

    for block in blocks:
        if isinstance(block, Grid):
            add("table", None, block.start, block.start, block.end, grid=block)
            continue
        line = text[block]
        if block.start in attached:
            open_.clear()
            enter("attached", "attached", None, block.start, block.start, block.end, block.bold)
        elif (m := _APPENDIX.match(line)) and _is_appendix(line, m, block):
            open_.clear()
            name = line[: m.end()].rstrip(" .:")
            enter(
                "appendix",
                "appendix",
                name,
                block.start,
                block.start + _after(line, m.end()),
                block.end,
                True,
            )
        elif label := read_label(line):
            start = block.start + label.content
            enter(label.level, label.style, label.text, block.start, start, block.end, block.bold)
        elif block.column is None and nodes and _wants_title(nodes[-1], block, line):
            # The title of an appendix or a chapter stands below its name, that of an appendix over several lines.
            above = nodes[-1]
            start = above.start if above.start < above.end else block.start
            nodes[-1] = replace(above, start=start, end=block.end)
        elif block.column is None and (at := _appendix_above(text, nodes, block, line)) is not None:
            nodes[at] = replace(nodes[at], start=block.start, end=block.end)
        elif is_caption(line):
            enter("caption", "caption", None, block.start, block.start, block.end, block.bold)
        else:
            add("plain", None, block.start, block.start, block.end, bold=block.bold)
    return tuple(nodes)


def lead_ins(text: Text, nodes: Sequence[Node]) -> dict[int | None, list[Node]]:
    """By parent, the sentences between a heading and its items: paragraphs without a label that end with a colon.

    The parent is None where the items stand under no heading: "… yêu cầu các sở thực hiện các nhiệm vụ sau:".
    """
    found: dict[int | None, list[Node]] = {}
    for n in nodes:
        if n.style == "plain" and text.value[n.start : n.end].endswith(":"):
            found.setdefault(n.parent, []).append(n)
    return found


def _wants_title(n: Node, block: Block, line: str) -> bool:
    """Whether a block is the title of the appendix or chapter whose name stands right above it."""
    named = n.start < n.end
    if is_caption(line):
        return n.style == "appendix" or (n.style in ("part", "chapter", "division") and not named)
    return n.style == "appendix" and not named and block.centred and line[0] != "("


def _appendix_above(text: Text, nodes: Sequence[Node], block: Block, line: str) -> int | None:
    """The appendix without a title that a block names, with what it is attached to between them."""
    last = nodes[-1] if nodes else None
    if (
        last is None
        or last.style != "plain"
        or last.parent is None
        or not _ATTACHED.match(text.value[last.start : last.end])
    ):
        return None
    above = nodes[last.parent]
    titled = above.style != "appendix" or above.start < above.end or last.index != above.index + 1
    return None if titled or not (is_caption(line) or (block.centred and block.bold)) else above.index


def _is_appendix(line: str, m: re.Match[str], block: Block) -> bool:
    rest = line[m.end() :].strip()
    return not rest or line[: m.end()].isupper() or (block.centred and len(line) < 200) or rest.isupper()
