"""What a type word and a number say: the types of documents and the grammar of numbers and symbols."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from extractor.document import Numbering
from extractor.rules import load

# A code of a symbol: a capital, then letters, digits and "&" ("QĐ", "TTg", "CCHC&PC", "BCĐTKNQ18", "V01").
# "Ð" is the Icelandic letter that many keyboards and scans give for "Đ"; "T.Ư" is how papers print TW. The unit that
# drafted may follow behind a dot ("UBND.VX") or, last of all, in brackets ("CAT(PV01)").
CAPITAL = "A-ZĐÐƯ"
_UNIT = rf"(?:\.(?:(?![UH][BĐ]ND)|(?<=TT\.))[{CAPITAL}]{{2,6}}(?!\w))?"
CODE = rf"(?:T\.[ƯWU]|[{CAPITAL}][A-Za-zĐÐđƯưÂâÔô0-9&]{{0,19}}{_UNIT})"
BRACKETED_UNIT = rf"(?:\((?=[^()]{{0,9}}[0-9{CAPITAL}])[{CAPITAL}][{CAPITAL}0-9-]{{1,9}}\))?"


class DocumentType(msgspec.Struct, frozen=True):
    """A type of document; `code` as in state symbols, `party_code` as in Party symbols."""

    name: str
    code: str | None = None
    party_code: str | None = None
    names: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    normative: bool = False


class Number(msgspec.Struct, frozen=True):
    """A number taken apart; `identifier` is None where it is blank, `fault` names a slip of rules/numbers."""

    number: str | None
    symbol: str
    identifier: str | None
    numbering: Numbering | None
    type_code: str | None
    organ: str | None
    year: int | None = None
    fault: str | None = None


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types, in the order of the rule file."""
    rows = ({k: v for k, v in row.items() if "examples" not in k} for row in load("document_types")["type"])
    return tuple(msgspec.convert(row, DocumentType) for row in rows)


@cache
def generic_names() -> tuple[str, ...]:
    """Words that stand for any type ("Văn bản"): the symbol says which."""
    return tuple(load("document_types")["generic"])


@cache
def _by_name() -> dict[str, DocumentType]:
    return {name.casefold(): t for t in document_types() for name in (*t.names, t.name)}


@cache
def _name_pattern() -> re.Pattern[str]:
    names = sorted(_by_name(), key=len, reverse=True)
    return re.compile("(?:" + "|".join(n.replace(" ", r"\s+") for n in names) + r")(?!\w)")


def by_name(printed: str) -> DocumentType | None:
    """The type that `printed` opens with, whatever the case; the longest name wins.

    "KẾ HOẠCH HÀNH ĐỘNG" is Kế hoạch, "Chương trình hành động thực hiện …" is Chương trình.
    """
    found = _name_pattern().match(printed.strip().casefold())
    return _by_name()[" ".join(found[0].split())] if found else None


@cache
def _by_code(party: bool) -> dict[str, DocumentType | None]:
    table: dict[str, DocumentType | None] = {}
    for t in document_types():
        own = t.party_code if party else t.code
        for code in (own, *t.codes):
            if code:
                # The Party writes both Quyết định and Quy định QĐ: the code alone does not tell.
                table[code] = None if code in table else t
        if not party and not t.code and t.party_code:
            table.setdefault(t.party_code, t)
    if party:
        for code, kind in _by_code(False).items():
            table.setdefault(code, kind)
    return table


def by_code(code: str, party: bool) -> DocumentType | None:
    """The type a symbol's code stands for, in Party or state symbols; None where unknown or shared.

    "TT" is Thông tư in state symbols and Thông tri in Party symbols.
    """
    return _by_code(party).get(code)


def is_type_code(code: str) -> bool:
    """Whether `code` is a type's code in any system, misprints included ("QD")."""
    return code in _by_code(True) or code in load("numbers")["misprints"]["types"]


_PARTS = re.compile(
    rf"(?P<number>\d{{1,5}}(?:\.\d{{1,3}}|\.(?=[a-z]/))?[A-Za-zĐđ]?)?(?:(?P<year_sep>[/-])(?P<year>(?:19|20)\d\d))?"
    rf"(?P<sep>[/-])(?P<symbol>{CODE}(?:[-/]{CODE}){{0,7}}{BRACKETED_UNIT})$"
)
_OF_UNIT = re.compile(r"(?<=[A-ZĐ]{2})\.|(?<=\w)\(")
_SIGN_LOST = re.compile(rf"(?P<number>\d{{1,4}})(?P<symbol>(?P<code>[A-ZĐ]{{2}}r?)/{CODE}(?:-{CODE})*)$")
_LEAD = re.compile(r"^\s*(?:số\s*:?|kính gửi\s*:?)?\s*", re.I)
_BLANK = re.compile(r"^[\s.…_]+(?=[/-])|(?<=\d)[.…_]+(?=[/-])")
_LAW = re.compile(r"(?:UBTV)?QH\d{0,2}$")
_TERM = re.compile(r"(?<=QH)\d+$")


def parse_number(s: str) -> Number | None:
    """The parts of a number ("Số: 844/QĐ-TTg", "25/2018/QĐ-UBND", "Số 127-QĐ/TW"); None where it is none.

    A blank number ("Số:      /KH-UBND") has `number` and `identifier` None. Spaces are closed up, otherwise
    the identifier is as printed. Rule: Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW.
    """
    glued = _SIGN_LOST.match(s.strip())
    if glued and is_type_code(glued["code"]):
        # "57NQ/TW"
        whole = parse_number(f"{glued['number']}-{glued['symbol']}")
        if whole is None:
            return None
        return msgspec.structs.replace(whole, identifier=s.strip(), fault="sign_lost")
    body = _BLANK.sub("", _LEAD.sub("", s.replace("Ð", "Đ").replace("–", "-"), count=1)).strip()
    compact = "".join(body.split())
    m = _PARTS.match(compact)
    if not m:
        return None
    number, year, symbol = m["number"], m["year"], m["symbol"]
    if number is None and year is not None:
        return None
    numbering, code, organ, fault = _family(m["sep"], year, symbol)
    if m["year_sep"] == "-":
        fault = "year_separator"
    elif fault is None and "–" in s:
        fault = "dash"
    elif fault is None and _space_before_sign(body):
        fault = "space"
    return Number(
        number=(f"{number}{m['year_sep']}{year}" if year else number),
        symbol=symbol,
        identifier=compact if number else None,
        numbering=numbering,
        type_code=code,
        organ=organ,
        year=int(year) if year else None,
        fault=fault,
    )


def _space_before_sign(body: str) -> bool:
    # A line may end after "-" or "/", never before it, so only a space before the sign is the writer's slip.
    return " /" in body or " -" in body


def _family(sep: str, year: str | None, symbol: str) -> tuple[Numbering | None, str | None, str | None, str | None]:
    """Numbering, type code, organ and slip of a symbol behind its first separator."""
    rules = load("numbers")
    first, _, rest = symbol.replace("/", "-").partition("-")
    organ = _OF_UNIT.split(rest.partition("-")[0])[0] or None
    if not rest and _LAW.match(first):
        return "law", None, first, None
    if not is_type_code(first):
        for cut in range(len(first) - 1, 0, -1):
            if first[cut:] in rules["state_organs"] and is_type_code(first[:cut]):
                family: Numbering = "normative" if year else "administrative"
                return family, first[:cut], first[cut:], "hyphen_lost"
        return ("letter" if sep == "/" and not year else None), None, _OF_UNIT.split(first)[0], None
    fault = "type_misprint" if first in rules["misprints"]["types"] else None
    code = rules["misprints"]["types"].get(first, first)
    plain = _TERM.sub("", organ) if organ else None
    if plain in rules["misprints"]["organs"]:
        fault = "organ_misprint"
    if sep == "-" and "/" in symbol:
        right = rules["misprints"]["organs"].get(plain, plain)
        if right in rules["state_organs"]:
            return "administrative", code, organ, fault or "state_in_party_order"
        return "party", code, organ, fault
    if code in ("TTLT", "NQLT", "TTLB"):
        return "joint", code, organ, fault
    if plain in rules["party_organs"] and sep == "/" and not year:
        return "party", code, organ, fault or "party_in_state_order"
    if code == "CV":
        return "letter", code, organ, fault
    return ("normative" if year else "administrative"), code, organ, fault
