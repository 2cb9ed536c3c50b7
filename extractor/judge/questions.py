"""What the judge is asked, as words: the same form for training and for use.

A question is a list of words. Words of headings carry "^", words before and after an agency "<" and ">", and
what is known besides the words stands in "‹…›", so that one small network tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from extractor.language.mentions import citation_mentions, deadline_mentions
from extractor.language.segmentation import outermost, segment

ITEM_KINDS = ("task", "heading", "target", "purpose", "remark")
AGENCY_ROLES = ("lead", "cooperating", "approver", "recipient", "named")
COLUMN_ROLES = (
    "index", "task", "lead", "cooperating", "approver", "supervisor", "deadline", "product", "target", "budget", "note",
)  # fmt: skip
_MOST_WORDS = 40
_HEADING_WORDS = 12
_CONTEXT = 10
_CELLS = 6
_CELL_WORDS = 8
# What the cells of a column have in common, whatever their words.
_AGENCY = (
    "Bộ|Sở|Ban|UBND|HĐND|Ủy ban|Uỷ ban|Phòng|Các|Cục|Chi cục|Công an|Thanh tra|Văn phòng|Trường|Khoa|Hội|Đoàn"
    "|Trung tâm|Tổ|Trạm"
)
_PAPER = (
    "quyết định|tờ trình|báo cáo|kế hoạch|công văn|văn bản|đề án|nghị quyết|nghị định|thông tư|dự thảo|biên bản"
    "|danh sách|hồ sơ|chỉ thị|thông báo"
)
_CONTENTS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("time", r"(?i)\b(?:quý|tháng|năm|ngày|tuần|thường xuyên|hằng|hàng|giai đoạn|học kỳ)\b|\d{1,2}/\d{1,4}\b"),
        ("agency", rf"\b(?:{_AGENCY})\b"),
        ("several", r"[;,\n]"),
        ("person", r"\b(?:Đ/c|[Đđ]ồng chí|Ông|Bà|Chủ tịch|Phó|Giám đốc|Bí thư|PCT|PGĐ|Thủ tướng)\b"),
        ("figure", r"^[<>≥≤±+-]?\s*\d[\d.,]*\s*(?:%|(?:tr|triệu|tỷ|nghìn)?\s*(?:đồng|đ)?)?$"),
        ("label", r"^(?:\d{1,3}(?:\.\d+)*|[IVX]+|[A-Za-zđ])[.)]?$"),
        ("paper", rf"(?i)^(?:{_PAPER})\b"),
    )
)


class Item(msgspec.Struct, frozen=True):
    """An item without its list label; `style` is the kind of label, `headings` those above, innermost first."""

    text: str
    style: str
    headings: tuple[str, ...] = ()
    has_items: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column of a table: its heading, "" for none, and its cells."""

    heading: str
    cells: tuple[str, ...]


def item_words(item: Item) -> list[str]:
    """The question "what is this item?"."""
    words = [f"‹{item.style}›", "‹items›" if item.has_items else "‹leaf›", f"‹ends {_end(item.text)}›"]
    for mark, heading in zip(("^", "^^"), item.headings, strict=False):
        words += [mark + w for w in plain_words(heading)[:_HEADING_WORDS]]
    return words + plain_words(item.text)[:_MOST_WORDS]


def agency_words(text: str, agencies: Sequence[tuple[int, int]], which: int) -> list[str]:
    """The question "what does this agency do here?" of the agency at `agencies[which]` (offsets into the text)."""
    before: list[str] = []
    after: list[str] = []
    at = 0
    for n, (start, end) in enumerate([*agencies, (len(text), len(text))]):
        side = before if n <= which else after
        side += plain_words(text[at:start])
        if n < len(agencies) and n != which:
            side.append("‹agency›")
        at = end
    first = ["‹first›"] if not before else []
    return [*first, *("<" + w for w in before[-_CONTEXT:]), "‹this›", *(">" + w for w in after[:_CONTEXT])]


def column_words(column: Column) -> list[str]:
    """The question "what does this column hold?"."""
    filled = [c for c in column.cells if c.strip()]
    count = max(1, len(filled))
    mean = sum(len(c.split()) for c in filled) / count
    width = (
        "none" if not filled else "one" if mean <= 1.2 else "short" if mean <= 4 else "middle" if mean <= 9 else "long"
    )
    words = [f"‹{width}›", *("^" + w for w in _syllables(column.heading)[:_HEADING_WORDS])]
    for name, pattern in _CONTENTS:
        share = sum(bool(pattern.search(c)) for c in filled) / count
        words.append(f"‹{name} {'most' if share > 0.7 else 'some' if share > 0.2 else 'none'}›")
    for cell in filled[:_CELLS]:
        words += ["‹cell›", *plain_words(cell)[:_CELL_WORDS]]
    return words


def plain_words(text: str) -> list[str]:
    """The words in small letters; a citation, a time limit and a number are each one word whatever they say."""
    citations = [m[:2] for m in citation_mentions(text)]
    deadlines = [m[:2] for m in deadline_mentions(text)]
    known = dict.fromkeys(deadlines, "‹time›") | dict.fromkeys(citations, "‹document›")
    out: list[str] = []
    for start, end in segment(text, outermost(citations, deadlines)):
        word = text[start:end].lower()
        out.append(known.get((start, end)) or ("‹number›" if word[0].isdigit() else word))
    return out


def _syllables(heading: str) -> list[str]:
    """A heading is too short, and too often in capitals, to be cut into words."""
    return re.findall(r"[^\W\d_]+", heading.lower())


def _end(text: str) -> str:
    return text[-1] if text and text[-1] in ".:;," else "open"
