"""The organ that issued a document, as it is named behind the number: "… của UBND tỉnh Quảng Ngãi"."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from extractor.document import Agency, AgencyKind
from extractor.rules import load

_MAX_WORDS = 14
_MAX_HEADS = 4
_ORDINAL = "nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười(?: (?:một|hai|ba|bốn|tư|lăm))?"
UPPER = "A-Z" + "".join(c for c in map(chr, range(0xC0, 0x1EFA)) if c.isupper() and c.isalpha())


class Issuer(msgspec.Struct, frozen=True):
    """An issuer with its half-open offsets."""

    start: int
    end: int
    agency: Agency


@cache
def _heads() -> dict[str, tuple[AgencyKind, str]]:
    """Kind and tail of every head, by its name in capitals."""
    return {n.upper(): (row["kind"], row["tail"]) for row in load("issuers")["head"] for n in row["names"]}


@cache
def _head() -> re.Pattern[str]:
    names = sorted((n for row in load("issuers")["head"] for n in row["names"]), key=len, reverse=True)
    printed = sorted({form for n in names for form in (n, n.upper())}, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, printed))})(?!\\w)")


@cache
def _whole() -> re.Pattern[str]:
    names = sorted(load("issuers")["whole"], key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, names))})(?!\\w)", re.I)


@cache
def _stop() -> str:
    """A word that ends a name: in small letters, in capitals, some at the head of a title ("Ban hành Kế hoạch")."""
    rules = load("issuers")
    words = {form for w in rules["stops"] for form in (w, w.upper())} | set(rules["stops_capital"])
    # One syllable with a capital may be part of a name ("Bộ Giao thông vận tải"), a longer stop begins a sentence.
    words |= {w.capitalize() for w in rules["stops"] if " " in w}
    numbered = {form for w in rules["stops_before_number"] for form in (w, w.upper())}
    kept = "|".join(map(re.escape, rules["not_stops"]))
    return (
        rf"(?!(?:{kept})(?!\w))(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})(?!\w)"
        rf"|(?:{'|'.join(map(re.escape, numbered))})(?= ?:? ?\d)"
    )


@cache
def _stops_here() -> re.Pattern[str]:
    return re.compile(_stop())


@cache
def _tails() -> dict[str, re.Pattern[str]]:
    stop = _stop()
    # A number belongs to a name only behind such a word: "Ban Chỉ đạo 35", "Ban Điều hành Đề án 4".
    number = r"(?:(?<=đạo )|(?<=án )|(?<=khu )|(?<=oàn )|(?<=tác ))\d{1,4}(?![\w/.-])"
    word = rf"(?:[^\W\d_]+(?:&[^\W\d_]+)?|{number})"
    # "và" carries a name on only to another word of the name, not to the next document or organ.
    join = rf"(?i:và)(?= [{UPPER}])(?! (?:các|Nghị|Quyết|Chỉ|Kế|Luật|Thông|Chương|Kết|Công văn|Bộ |Sở |Ủy ban|UBND))"
    place = (
        r"(?: (?i:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)(?!\w))?"
        rf"(?: (?:- )?(?!{stop}|(?i:và )|[{UPPER}]+/)[{UPPER}][^\W\d_]*){{0,5}}"
    )
    term = (
        rf"(?:,? ?\(?(?:(?i:lần thứ)? ?(?:[IVX]{{1,6}}|\d{{1,2}})|(?i:lần thứ) (?i:{_ORDINAL}))(?![\w/.-])\)?)?"
        r"(?:,? ?\(?(?i:khóa|khoá) (?:[IVX]{1,6}|\d{1,2})(?![\w/.-])\)?)?"
        rf"(?:,? ?\(?(?i:kỳ họp) (?i:chuyên đề )?(?i:lần )?(?i:thứ) (?:\d{{1,2}}(?![\w/.-])|(?i:{_ORDINAL})(?!\w))\)?)?"
    )
    words = rf"(?: (?:- )?(?:(?!{stop}|(?i:và) ){word}|{join})){{0,{_MAX_WORDS}}}"
    return {
        "none": re.compile(""),
        "term": re.compile(term),
        "place": re.compile(place + term),
        "words": re.compile(words),
    }


# A run of small letters that no name has: the sentence has gone on behind the name.
_RUN_ON = re.compile(rf"( [{UPPER}]\S*(?: [^\W\d_]+)?+)(?: (?![{UPPER}])[^\W\d_]+){{4,}}$")
# "Hội nghị lần thứ sáu Ban Chấp hành Trung ương": the session stands between two heads.
_SESSION = re.compile(
    rf"(?: lần thứ)? (?:[IVX]{{1,6}}|\d{{1,2}}|{_ORDINAL}),?(?: của)?(?= (?:Ban Chấp hành|BCH|Trung ương))",
    re.I,
)
_OF = re.compile(r",? (?:(?:của|CỦA|(?:do |được )?ban hành bởi)|(?P<by>do)) (?:các )?")
_BETWEEN = re.compile(r",? (?:giữa|(?P<by>do)) ")
_ISSUED = re.compile(r" (?:ban hành|ký|phê duyệt)(?!\w)")


def issuer_at(text: str, pos: int, *, joint: bool = False) -> Issuer | None:
    """The issuer that "của", or "do … ban hành", at `pos` brings in: " của Ban Thường vụ Tỉnh ủy Quảng Ngãi".

    A `joint` paper is made "giữa Bộ Tài chính và Bộ Nội vụ" too.
    """
    of = _OF.match(text, pos) or (_BETWEEN.match(text, pos) if joint else None)
    found = name_at(text, of.end()) if of else None
    if of and found and of["by"] and not _ISSUED.match(text, found.end):
        return None  # "do UBND tỉnh chủ trì" names who acts, "do UBND tỉnh ban hành" who issued
    return found


def name_at(text: str, pos: int) -> Issuer | None:
    """The name of an organ that starts at `pos`; heads may follow each other ("Chủ tịch UBND tỉnh")."""
    kind: AgencyKind | None = None
    end = pos
    for _ in range(_MAX_HEADS):
        if whole := _whole().match(text, end):
            end = whole.end()
            if whole[0].endswith(("Đảng", "Bí thư")) and (term := _tails()["term"].match(text, end)):
                end = term.end()
            kind = kind or _heads()[_first_head(whole[0])][0]
            break
        head = _head().match(text, end)
        if not head or (kind and _stops_here().match(text, end)):
            break
        head_kind, tail = _heads()[head[0].upper()]
        kind = kind or head_kind
        end = head.end()
        if session := _SESSION.match(text, end):
            end = session.end()
        if text[end : end + 1] == " " and _head().match(text, end + 1):
            end += 1
            continue
        found = _tails()[tail].match(text, end)
        end = found.end() if found else end
        break
    if kind is None:
        return None
    name = text[pos:end]
    if run_on := _RUN_ON.search(name):
        name = name[: run_on.end(1)]
    name = name.rstrip()
    return Issuer(pos, pos + len(name), Agency(name, None, kind))


def _first_head(name: str) -> str:
    """The head that a whole name opens with: "Bộ trưởng Bộ Văn hóa, …" is a person's title."""
    return max((h for h in _heads() if name.upper().startswith(h)), key=len)
