"""The head of a document: organ, number, place and date, type and title (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

import msgspec

from extractor import rules
from extractor.clean import Block, Text
from extractor.document import Agency, Header
from extractor.layout.foot import is_position
from extractor.layout.outline import read_label
from extractor.recognise.types import DocumentType, Number, by_code, by_name, parse_number

_NUMBER_LINE = re.compile(r"(?<!\w)(?:(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) số|Số)\s*:?\s*(?=[\d.…_ ]{0,20}[/-]|\d)")
_SUBJECT = re.compile(r"^(?:V/v|Về việc)\s*:?\s*", re.IGNORECASE)
_TITLE_END = re.compile(
    r"^(?:\(?\s*(?:Kèm theo|Ban hành kèm theo|kèm theo)\b|Căn cứ\b|Kính gửi\b|QUYẾT (?:ĐỊNH|NGHỊ)\s*:"
    r"|MỤC ĐÍCH\b|PHỤ LỤC\b|Điều 1\b|Theo đề nghị\b)"
)
# A symbol or a column gap on the same line before the place: "VBHN-BCT Hà Nội".
_PLACE_LEAD = re.compile(r"^(?:.*\s{2,}|(?:(?!T[PX]\.)\S*[A-ZĐ]{2}\S*\s+)+)")
_HEAD_BLOCKS = 40
_TITLE_LINE = 90
_AUTHORITY_WORDS = 3
_CONSOLIDATED = "XÁC THỰC VĂN BẢN HỢP NHẤT"


class Head(msgspec.Struct, frozen=True):
    """The header so far (the signature is not read yet) and the index of the first body block."""

    header: Header
    body: int
    type_start: int | None


@cache
def _mottos() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(r["pattern"]) for r in rules.load("frame")["motto"])


@cache
def _date_line() -> re.Pattern[str]:
    return re.compile(rules.load("frame")["date_line"][0]["pattern"])


@cache
def _adopted() -> re.Pattern[str]:
    return re.compile(rules.load("frame")["adopted"][0]["pattern"])


@cache
def _issuer_heads() -> re.Pattern[str]:
    heads = "|".join(map(re.escape, rules.load("frame")["issuer"]["heads"]))
    return re.compile(rf"(?!BAN HÀNH\b)(?:{heads})(?!\w)")


def names_organ(line: str) -> bool:
    """A line that begins with a kind of organ: "SỞ NỘI VỤ"."""
    return bool(_issuer_heads().match(line))


def is_motto(line: str) -> bool:
    """The national name and motto, or the Party's name, which stand on every document."""
    return any(p.match(line) for p in _mottos())


def type_line(line: str) -> tuple[DocumentType, str] | None:
    """The type and what follows it on a line such as "KẾ HOẠCH" or "KẾ HOẠCH Chuyển đổi số năm 2026".

    "QUYẾT ĐỊNH:" with a colon opens the enacting part and is no type line.
    """
    words = line.split(" ")
    capitals = next((i for i, w in enumerate(words) if not w.isupper()), len(words))
    head = " ".join(words[:capitals])
    found = by_name(head) if head else None
    if found is None:
        return None
    printed = _printed_type(head, found)
    rest = line[len(printed) :].strip()
    return None if rest.startswith(":") else (found, rest)


def _printed_type(head: str, found: DocumentType) -> str:
    """The words of the line that name the type: "KẾ HOẠCH HÀNH ĐỘNG" of "KẾ HOẠCH HÀNH ĐỘNG NĂM 2026"."""
    names = sorted((*found.names, found.name), key=len, reverse=True)
    name = next((n for n in names if head.casefold().startswith(n.casefold())), head)
    action = " HÀNH ĐỘNG"
    return head[: len(name)] + (action if head[len(name) :].startswith(action) else "")


def read_consolidation(text: Text, blocks: Sequence[Block], header: Header) -> Header:
    """A consolidated text has its number, date and organ at its end, beside "XÁC THỰC VĂN BẢN HỢP NHẤT".

    Rule: Pháp lệnh Hợp nhất văn bản quy phạm pháp luật 2012, Điều 4; the head repeats that of the first text.
    """
    at = next((i for i in range(len(blocks) - 1, -1, -1) if _CONSOLIDATED in text[blocks[i]]), None)
    if at is None or header.number is not None:
        return header
    near = blocks[max(0, at - 6) : at + 6]
    number, _ = _number(text, near)
    kind = by_name("Văn bản hợp nhất")
    if number is None or kind is None:
        return header
    place, issued_on, _ = _place_and_date(text, near)
    lines = (text[b].replace(_CONSOLIDATED, "").strip() for b in near if b.start >= blocks[at].start)
    name = " ".join(takewhile(lambda s: s.isupper() and not _NUMBER_LINE.match(s), (s for s in lines if s)))
    issuer = Agency(name, None, "other") if names_organ(name) else header.issuer
    return msgspec.structs.replace(
        header, type=kind.name, type_code=kind.code, number=number.number, symbol=number.symbol,
        identifier=number.identifier, place=place, issued_on=issued_on, is_draft=issued_on is None,
        issuer=issuer, issuer_rule="printed" if issuer else None,
    )  # fmt: skip


def read_adoption(text: Text, blocks: Sequence[Block], header: Header) -> Header:
    """A law without a line of place and date has the day on which it was adopted, told above its signature."""
    if header.place is not None or header.issued_on is not None or header.number is None:
        return header
    found = next((m for b in reversed(blocks) if (m := _adopted().search(text[b]))), None)
    return msgspec.structs.replace(header, issued_on=_day(found)) if found else header


def _day(m: re.Match[str]) -> dt.date | None:
    """The date of a match's day, month and year; None where a part is blank or impossible."""
    day, month, year = (re.sub(r"\D", "", m[k]) for k in ("day", "month", "year"))
    try:
        return dt.date(int(year), int(month), int(day)) if day and month and year else None
    except (ValueError, OverflowError):
        return None


def read_head(text: Text, blocks: Sequence[Block]) -> Head:
    """The head of the document, from its first paragraphs."""
    head = blocks[:_HEAD_BLOCKS]
    at = next((i for i, b in enumerate(head) if type_line(text[b])), None)
    number, number_at = _number(text, head[: (at + 4) if at is not None else 15])
    place, issued_on, date_at = _place_and_date(text, head[: (at + 4) if at is not None else 15])
    if at is None and number is None:
        return Head(Header(place=None), 0, None)
    first = at if at is not None else max(number_at, date_at)
    issuer, parent = _organs(text, head[: first + 1])
    header = Header(
        number=number.number if number else None,
        symbol=number.symbol if number else None,
        identifier=number.identifier if number else None,
        issued_on=issued_on,
        place=place,
        issuer=issuer,
        issuer_parent=parent,
        issuer_rule="printed" if issuer else None,
        is_draft=(number is not None and number.number is None) or (place is not None and issued_on is None),
    )
    if at is None:
        return _letter(text, head, header, number, max(number_at, date_at))
    found = type_line(text[head[at]])
    assert found is not None
    kind, rest = found
    printed = text[head[at]][: len(text[head[at]]) - len(rest)].strip() if rest else text[head[at]]
    title, body = _title(text, head, at, rest)
    title = _without_authority(title) if title else None
    header = msgspec.structs.replace(header, type=kind.name, type_text=printed, type_code=kind.code, title=title)
    return Head(header, body, head[at].start)


def _number(text: Text, head: Sequence[Block]) -> tuple[Number | None, int]:
    for i, block in enumerate(head):
        if m := _NUMBER_LINE.search(text[block]):
            line = text[block][m.end() :]
            # Text without columns may hold the date on the same line: "Số: 15/KH-SNV Huế, ngày 05 tháng 02 …".
            words = line.split()[:5] if _date_line().search(line) else []
            starts = (" ".join(words[:k]) for k in range(1, len(words) + 1))
            if found := next(filter(None, map(parse_number, (*starts, line))), None):
                return found, i
    return None, -1


def _place_and_date(text: Text, head: Sequence[Block]) -> tuple[str | None, dt.date | None, int]:
    for i, block in enumerate(head):
        line = text[block]
        if "ngày" in line and i + 1 < len(head) and head[i + 1].column == block.column is not None:
            # In a narrow cell the date runs on below: "Thành phố Hồ Chí Minh, ngày 07 tháng", "9 năm 2026".
            line += " " + text[head[i + 1]]
        if m := _date_line().search(line):
            return _PLACE_LEAD.sub("", m["place"].strip()), _day(m), i
    return None, None, -1


def _organs(text: Text, head: Sequence[Block]) -> tuple[Agency | None, Agency | None]:
    """The issuing organ and the one above it: lines in capitals before the type, wrapped lines joined."""
    names: list[str] = []
    for block in head:
        line = text[block]
        if block.column == "right" or is_motto(line) or line.upper() != line or type_line(line):
            continue
        if _NUMBER_LINE.search(line) or not any(c.isalpha() for c in line) or len(line) > 150:
            continue
        for part in _split_organs(line.strip(" *_-–—")):
            if names and (not names_organ(part) or _halves(names[-1], part)):
                names[-1] += " " + part
            elif names_organ(part):
                names.append(part)
    if not names:
        return None, None
    agencies = [Agency(" ".join(n.split()), None, "other") for n in names]
    return agencies[-1], agencies[-2] if len(agencies) > 1 else None


def _halves(above: str, below: str) -> bool:
    """Whether two lines part a word: "BỘ NÔNG NGHIỆP VÀ MÔI" and "TRƯỜNG"."""
    return above.split()[-1] in rules.load("frame")["issuer"]["behind"].get(below.split()[0], ())


def _split_organs(line: str) -> list[str]:
    """A line that holds the parent and the organ run together is left whole unless the motto is in it."""
    cut = re.split(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI", line)[0].strip()
    return [cut] if cut else []


def _title(text: Text, head: Sequence[Block], at: int, rest: str) -> tuple[str | None, int]:
    """The trích yếu: the paragraphs below the type that are set like the first of them."""
    parts = [rest] if rest else []
    first: Block | None = head[at] if rest else None
    i = at + 1
    while i < len(head):
        block, line = head[i], text[head[i]]
        if _TITLE_END.match(line) or is_motto(line) or _is_heading(line):
            break
        following = text[head[i + 1]] if i + 1 < len(head) else ""
        if parts and _names_authority(line, following, in_capitals=" ".join(parts).isupper()):
            break
        if block.column or _NUMBER_LINE.match(line) or _date_line().match(line):
            i += 1
            continue
        # A second paragraph belongs to the title only where both are set apart from the body alike.
        alike = first is not None and ((block.bold and first.bold) or (block.centred and first.centred))
        if first is not None and not (alike or _goes_on(block, line, parts[-1])):
            break
        first = first or block
        parts.append(line)
        i += 1
    title = re.sub(r"\s*[-–—_*]{3,}\s*$", "", " ".join(" ".join(parts).split()))
    return title or None, i


def _is_heading(line: str) -> bool:
    label = read_label(line)
    return label is not None and label.style != "letter"


def _names_authority(line: str, following: str, *, in_capitals: bool) -> bool:
    """Who decides, in capitals between the title and its legal bases: "GIÁM ĐỐC SỞ NỘI VỤ"."""
    if not line.isupper():
        return False
    return is_position(line) or (names_organ(line) and (not in_capitals or bool(_TITLE_END.match(following))))


def _without_authority(title: str) -> str:
    """The title without who decides, where both were run together: "… năm 2026 GIÁM ĐỐC SỞ NỘI VỤ"."""
    words = title.split()
    first = len(words)
    while first and words[first - 1].rstrip(":,").isupper():
        first -= 1
    rest = " ".join(words[first:])
    named = len(words) - first >= _AUTHORITY_WORDS and (is_position(rest) or names_organ(rest))
    return " ".join(words[:first]) if first and named else title


def _goes_on(block: Block, line: str, before: str) -> bool:
    """A further line of the title in a text that says nothing of how it was set: it is short and has no end."""
    plain = not (block.page or block.bold or block.centred or block.column or block.indent)
    open_ = line[-1] not in ".:;,…" and before[-1] not in ".:;…"
    return plain and open_ and len(line) <= _TITLE_LINE and (before.isupper() or not line.isupper())


def _letter(text: Text, head: Sequence[Block], header: Header, number: Number | None, at: int) -> Head:
    """A công văn has no type line: its number has no type code and its subject stands below the number."""
    subject = next((i for i, b in enumerate(head) if _SUBJECT.match(text[b])), None)
    title = _subject(text, head[subject:]) if subject is not None else None
    kind = by_code(number.type_code, party=number.numbering == "party") if number and number.type_code else None
    if kind is None and (title or (number and number.numbering == "letter")):
        kind = by_code("CV", party=False)
    return Head(
        msgspec.structs.replace(
            header, title=title, type=kind.name if kind else None, type_code=kind.code if kind else None
        ),
        at + 1,
        None,
    )


def _subject(text: Text, blocks: Sequence[Block]) -> str:
    """What a letter is about: "V/v …" with the lines below it in the same column."""
    column = blocks[0].column
    below = takewhile(lambda b: column is not None and b.column == column, blocks[1:])
    lines = takewhile(lambda s: not (is_motto(s) or _date_line().search(s)), (text[b] for b in below))
    return " ".join((_SUBJECT.sub("", text[blocks[0]]), *lines))
