"""The foot of a document: who signed and who receives it (Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 7 and 9)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from extractor import rules
from extractor.clean import Block, Text
from extractor.document import Authority, Signer
from extractor.source import Column

_TITLES = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|ThS|(?:BS\.?)?CKI{1,2}|BS|DS|KTS|KS|LS|NGƯT|NGND|TTND|TTƯT"
    r"|(?:Thiếu|Trung|Thượng|Đại) (?:úy|tá|tướng))(?!\w)\.?\s*)+"
)
_SIGNED = re.compile(r"^[\[(]?\s*(?:Đã ký|đã ký|ĐÃ KÝ|Ký bởi)?\s*[\])]?$")
# Below the type of a document that is issued stands which document issues it.
_OF_ANOTHER = re.compile(r"\(?\s*(?:Ban hành |Đính )?[Kk]èm theo\b")
_LOOK_AHEAD = 8


class Foot(msgspec.Struct, frozen=True):
    """Signer and recipients; `start` and `end` are the block indexes that the foot covers."""

    signer: Signer | None
    issuer_line: str | None
    recipients: tuple[str, ...]
    start: int
    end: int


@cache
def _positions() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, rules.load("frame")["signature"]["positions"]), key=len, reverse=True))
    return re.compile(rf"(?:PHÓ )?(?:{words})(?!\w)")


@cache
def _recipients() -> re.Pattern[str]:
    return re.compile(rules.load("frame")["recipients"]["pattern"])


def authority_of(line: str) -> tuple[Authority | None, str]:
    """The signing authority that a line starts with and what follows it: "KT. CHỦ TỊCH" is KT. of CHỦ TỊCH."""
    for code, spellings in rules.load("frame")["signature"]["authorities"].items():
        for s in spellings:
            if line.startswith(s) and len(line) > len(s):
                return code, line[len(s) :].strip()
    return None, line


def is_name(line: str) -> bool:
    """A person's name: two to six words that each start with a capital; a title or rank may stand before.

    "Y Thịnh Niê" and "H'Yim Kđoh" are names too.
    """
    words = _TITLES.sub("", line).split()
    return 2 <= len(words) <= 6 and all(map(_is_name_word, words))


def _is_name_word(word: str) -> bool:
    head, *rest = re.split(r"['’-]", word)
    small = all(part.isalpha() and part[1:] == part[1:].lower() for part in (head, *rest))
    return small and head[0].isupper()


def _cut_name(line: str) -> tuple[str, str | None]:
    """A position and the name that was run together with it: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Hùng"."""
    words = line.split()
    capitals = next((i for i, w in enumerate(words) if len(w) > 1 and not w.isupper()), len(words))
    name = " ".join(words[capitals:])
    return (" ".join(words[:capitals]), name) if capitals and is_name(name) else (line, None)


def is_position(line: str) -> bool:
    """A line of the signature in capitals: an authority, a position, or the organ signed for."""
    authority, rest = authority_of(_cut_name(line)[0])
    return rest == rest.upper() and len(line) < 90 and (authority is not None or bool(_positions().match(rest)))


def read_foot(text: Text, blocks: Sequence[Block], first: int) -> Foot | None:
    """The first signature or list of recipients at or after block `first`; None where there is neither."""
    for i in range(first, len(blocks)):
        line = text[blocks[i]]
        if _recipients().match(line):
            return _foot(text, blocks, i)
        if is_position(line) and (_cut_name(line)[1] or _name_below(text, blocks, i) is not None):
            return _foot(text, blocks, i)
    return None


def _name_below(text: Text, blocks: Sequence[Block], at: int) -> int | None:
    for j in range(at + 1, min(at + 1 + _LOOK_AHEAD, len(blocks))):
        line = text[blocks[j]]
        if is_name(line):
            return j
        if not (is_position(line) or _SIGNED.match(line) or line == line.upper()) and blocks[j].column != "left":
            return None
    return None


def _foot(text: Text, blocks: Sequence[Block], start: int) -> Foot:
    recipients: list[str] = []
    positions: list[str] = []
    name: str | None = None
    signed_in: Column | None = None
    listing = False
    i = start
    while i < len(blocks):
        line, block = text[blocks[i]], blocks[i]
        if name is None and not is_position(line) and (listing or _recipients().match(line)):
            line, right = _part(line, signed=bool(positions))
            if right and is_position(right):
                positions.append(right)
            elif right:
                name = right
        # A second head stands below the signature: that of the plan which the document issues.
        new_head = name is not None and block.column == "left" and blocks[i - 1].column == "right"
        if _recipients().match(line):
            listing = True
            recipients += _entries(_recipients().sub("", line, count=1))
        elif name is None and is_position(line):
            listing = listing and block.column is not None
            line, name = _cut_name(line)
            positions.append(line)
            signed_in = block.column
        elif name is None and positions and is_name(line) and block.column in (signed_in, "right", None):
            name = line
        elif (
            listing
            and recipients
            and block.column != "right"
            and (line[0] == "(" or line[0].islower())
            and not _OF_ANOTHER.match(line)
        ):
            # An entry that runs on below: "- Đảng ủy, HĐND, UBND xã", "(báo cáo);".
            recipients[-1] += " " + line.rstrip(" ;.,")
        elif listing and (line.startswith(("-", "–", "+", "•")) or (block.column == "left" and not new_head)):
            recipients += _entries(line)
        elif name is None and positions and (_SIGNED.match(line) or line == line.upper()):
            pass
        elif not (listing and name is None and block.column == "right"):
            break
        i += 1
    signer, issuer_line = _signer(positions, name)
    return Foot(signer, issuer_line, tuple(recipients), start, i)


def _part(line: str, *, signed: bool) -> tuple[str, str | None]:
    """A recipient, and what of the signature beside it was run together with it.

    "- Lưu: VT, VP. Phan Văn Bình" below a position (`signed`) holds the name, "Nơi nhận: GIÁM ĐỐC" the position.
    """
    for m in re.finditer(r"(?<=[;.:])\s+(?=\S)", line):
        right = line[m.end() :]
        if is_position(right) or (signed and is_name(right)):
            return line[: m.start()], right
    return line, None


def _entries(line: str) -> list[str]:
    parts = re.split(r"(?:^|[;.]?\s)[-–+•]\s*|;\s*(?=\S)", line)
    return [p for p in (part.strip(" ;.,-–") for part in parts) if p]


def _positions_of(line: str) -> list[str]:
    """The printed lines of a signature that were run together: "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" is two."""
    starts = [m.start() for m in re.finditer(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.? ", line)]
    ends = [m.start() for m in _positions().finditer(line)][1:] if starts else []
    cuts = sorted({0, *starts, *(e for e in ends if line[:e].rstrip()[-1:] not in ".")})
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True) if line[a:b].strip()]


def _signer(lines: list[str], name: str | None) -> tuple[Signer | None, str | None]:
    if not lines and name is None:
        return None, None
    authority: Authority | None = None
    position: str | None = None
    issuer_line: str | None = None
    settled = False
    for line in (part for whole in lines for part in _positions_of(whole)):
        code, rest = authority_of(line)
        authority = code or authority
        if code == "TM.":
            issuer_line = rest
        elif code:
            position, settled = rest, False
        elif rest.startswith("THƯỜNG TRỰC") and position:
            position += " " + rest
        elif not settled:
            # What stands below the position in which somebody signs is the office that he holds besides.
            position, settled = rest, True
    return Signer(_TITLES.sub("", name) if name else None, position, authority), issuer_line
