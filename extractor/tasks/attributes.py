"""Named fields told in running text: "Đơn vị chủ trì: Sở Y tế. Thời gian hoàn thành: quý II/2026."

The names are those of the columns of a task table (rules/columns.toml).
"""

from __future__ import annotations

import re

import msgspec

from extractor.layout.column_headings import Role, role_of
from extractor.resolve.responsibility import starts_with_verb

# A name of at most seven words after a line or sentence end, and a colon.
_NAMED = re.compile(
    r"(?:^|(?<=\n)|(?<=[.;] ))(?:(?:[-+•*–]|[a-zđ][.)])\s*)?(?P<name>[^\W\d]+(?:[ ,/]{1,2}[^\W\d]+){0,7})\s*:\s*"
)
_FIELDS = frozenset(
    {"lead", "cooperating", "approver", "supervisor", "deadline", "cut_off", "product", "budget", "note"}
)
_CONTENT = re.compile(r"(?:[-+•*–]\s*)?(?:Nội dung|Yêu cầu|Mục đích)(?: (?:thực hiện|công việc|nhiệm vụ))?\s*:\s")
_LEADS = re.compile(r"(?i)chủ trì|thực hiện|đầu mối|phụ trách|chịu trách nhiệm|tham mưu")


class Attribute(msgspec.Struct, frozen=True):
    """A field and the half-open offsets of its value."""

    role: Role
    name: int
    start: int
    end: int


def find_attributes(s: str) -> tuple[Attribute, ...]:
    """The named fields of an item, in order; a value runs to the next field or the end of its paragraph."""
    if ":" not in s:
        return ()
    heads = [(m, role) for m in _NAMED.finditer(s) if (role := _field(m["name"]))]
    found: list[Attribute] = []
    for i, (m, role) in enumerate(heads):
        stop = heads[i + 1][0].start() if i + 1 < len(heads) else len(s)
        line_end = s.find("\n", m.end())
        end = min(stop, line_end if line_end >= 0 else stop)
        value = s[m.end() : end].rstrip(" .;,-+•*–\n")
        # "Cán bộ phụ trách văn hóa: Viết bài" tells what a person does, and not who does an item.
        if value and not (role == "lead" and starts_with_verb(value)):
            found.append(Attribute(role, m.start("name"), m.end(), m.end() + len(value)))
    return tuple(found)


def is_content(line: str) -> bool:
    """A paragraph that tells the content of the item above it: "- Nội dung: Tổ chức lễ mít tinh"."""
    return bool(_CONTENT.match(line))


def is_attribute(line: str) -> bool:
    """A paragraph that is a named field and nothing else: "- Sản phẩm: Báo cáo"."""
    found = find_attributes(line)
    return bool(found) and found[0].name <= 3


def _field(name: str) -> Role | None:
    # "Nội dung:", "Sở Y tế:" are no fields of a task; a lead is named as one that leads or carries out.
    if name.startswith("Về "):
        return None  # "Về nguồn vốn: …" is a topic
    role = role_of(name)
    if role not in _FIELDS or (role == "lead" and not _LEADS.search(name)):
        return None
    return role
