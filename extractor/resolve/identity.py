"""Which mentions are of one document: by issuer, type, number and date, never by the number alone."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from extractor.document import Agency, Citation, CitedDocument
from extractor.recognise.names import fold
from extractor.recognise.organs import is_unique, may_issue, same_issuer
from extractor.recognise.types import by_name, parse_number
from extractor.resolve.party_names import party_key
from extractor.rules import load

_NAME_DATE = re.compile(r",? \(?ngày ?\d.*$", re.I)
_NAME_YEAR = re.compile(r"(?<![-–]),?(?: năm)? ((?:19|20)\d\d)$", re.I)


class Group:
    """The mentions of one document, in the order they were joined, and what they tell of it together."""

    def __init__(self, first: Citation) -> None:
        self.citations: list[Citation] = []
        self.identifier: str | None = None
        self.organ: str | None = None
        self.number_year: int | None = None
        self.names: list[tuple[str, int | None]] = []
        self.issuer: Agency | None = None
        self._rough = True
        self._types: Counter[str] = Counter()
        self._dates: Counter[dt.date] = Counter()
        self.add(first)

    def add(self, c: Citation) -> None:
        """Count one more mention in; the issuer is kept by the name that tells most."""
        self.citations.append(c)
        if c.identifier:
            self._take_identifier(c)
        if c.type:
            self._types[c.type] += 1
        if c.issued_on:
            self._dates[c.issued_on] += 1
        if c.issuer and (self.issuer is None or _told(c.issuer) > _told(self.issuer)):
            self.issuer = c.issuer
        if name := full_name(c):
            self.names.append(law_name(name))

    def _take_identifier(self, c: Citation) -> None:
        # A title in capitals prints "19/CT-TTG", a slip "30c/NQCP"; another mention tells the right form.
        number = parse_number(c.identifier or "")
        rough = c.text.isupper() or bool(number and number.fault)
        if self.identifier is None or (self._rough and not rough):
            self.identifier, self._rough = c.identifier, rough
            if number:
                self.organ, self.number_year = number.organ, number.year

    @property
    def type(self) -> str | None:
        """The type as most mentions have it."""
        return self._types.most_common(1)[0][0] if self._types else None

    @property
    def dates(self) -> list[dt.date]:
        """The distinct dates, the most frequent first."""
        return [d for d, _ in self._dates.most_common()]

    @property
    def base_name(self) -> str | None:
        """The name in small letters, without its year."""
        return plain_title(self.names[0][0]) if self.names else None

    @property
    def year(self) -> int | None:
        """The year that a name, a date or the number tells."""
        for _, year in self.names[:1]:
            if year:
                return year
        return next((d.year for d in self._dates), self.number_year)

    def takes(self, c: Citation) -> bool:
        """Whether a mention can be of this document; what it leaves out is no obstacle."""
        if c.identifier and self.identifier:
            return self._takes_number(c)
        printed = full_name(c)
        if not self.names or not printed:
            return False
        name, year = law_name(printed)
        if not self._same_name(name) or not _agree(c.type, self.type):
            return False
        return _agree(year or (c.issued_on.year if c.issued_on else None), self.year) and _near(c, self)

    def _same_name(self, name: str) -> bool:
        """Equal names, or one the initials of the other: "Luật BHYT" is Luật Bảo hiểm y tế."""
        mine, other = self.base_name or "", plain_title(name)
        return mine == other or initials(mine) == other or mine == initials(other)

    def _takes_number(self, c: Citation) -> bool:
        if _signless(c.identifier or "") != _signless(self.identifier or "") or not _agree(c.type, self.type):
            return False
        dates = self.dates
        if c.issued_on and dates:
            # Numbers restart every year: another year is another document, unless the number holds its year.
            if c.issued_on in dates:
                return is_unique(self.organ) or not (c.issuer and self.issuer and other_level(c.issuer, self.issuer))
            if self.number_year is None and all(c.issued_on.year != d.year for d in dates):
                return False
        if is_unique(self.organ) or not (c.issuer and self.issuer):
            return True
        return same_issuer(known(c.issuer), known(self.issuer))

    def is_of(self, c: Citation) -> bool:
        """Whether this is the document of a mention that tells only type, date and issuer."""
        same = self.type == c.type and c.issued_on in self.dates
        return same and (self.issuer is None or c.issuer is None or same_issuer(known(c.issuer), known(self.issuer)))

    def means(self, c: Citation) -> bool:
        """Whether "Chỉ thị 11" can be short for this document: type and number agree, the issuer may sign it."""
        own = re.match(r"[\d.]+[a-zđ]?", self.identifier or "", re.I)
        number, _, year = (c.number or "").partition("/")
        if not own or own[0].lstrip("0") != number.lstrip("0") or not _agree(c.type, self.type):
            return False
        if year and self.number_year != int(year):
            return False
        if c.issuer is None:
            return True
        same = self.issuer is None or is_unique(self.organ) or same_issuer(known(c.issuer), known(self.issuer))
        return same and may_issue(self.organ, c.issuer.name)

    def document(self, id: str) -> CitedDocument:
        """What is known of the document."""
        return CitedDocument(
            id=id,
            type=self.type,
            type_code=next((c.type_code for c in self.citations if c.type_code), None),
            identifier=self.identifier,
            name=None if self.identifier else self.name,
            issued_on=next(iter(self.dates), None),
            issuer=self.issuer,
            title=next((c.title for c in self.citations if c.title), None),
            citation_ids=tuple(c.id for c in self.citations),
        )

    @property
    def name(self) -> str | None:
        """The name as printed, without date; with its year where no date is known."""
        if not self.names:
            return None
        printed = [n for c in self.citations if (n := full_name(c))]
        base = law_name(next((t for t in printed if not t.isupper()), printed[0]))[0]
        year = next((y for _, y in self.names if y), None)
        if self.dates or year is None:
            return _NAME_YEAR.sub("", base)
        return base if _NAME_YEAR.search(base) else f"{base} năm {year}"


def is_dated(c: Citation) -> bool:
    """Whether a mention knows its document by date and issuer alone: "Quyết định ngày 05/3/2024 của …"."""
    return c.form == "named" and c.issuer is not None


def full_name(c: Citation) -> str | None:
    """The name a mention gives its document: a named one's title or text, a numbered law's title."""
    if c.form == "named":
        return c.title or c.text
    return c.title if c.numbering == "law" else None


def keys(c: Citation) -> tuple[str, ...]:
    """What to look a mention's document up by: its identifier and its name, in small letters."""
    name = full_name(c)
    plain = plain_title(law_name(name)[0]) if name else None
    found = (_signless(c.identifier) if c.identifier else None, plain, initials(plain) if plain else None)
    return tuple(k for k in found if k)


def plain_title(name: str) -> str:
    """A name for comparison: "Nghị quyết Trung ương 4 (khóa XII)" and "… Hội nghị Trung ương 4 khóa XII" are one."""
    plain = fold(name).replace("(", "").replace(")", "")
    for full, short in load("named_documents")["shortened"].items():
        plain = plain.replace(short, full)
    return party_key(plain)


@lru_cache(maxsize=1024)
def _signless(identifier: str) -> str:
    """An identifier by its letters and digits, slips set right: "30c/NQCP" is "30c/NQ-CP", "05-CT/TW" is "5-CT/TW"."""
    slips = load("numbers")["misprints"]
    right: dict[str, str] = {**slips["organs"], **slips["types"]}
    parts = re.split(r"[\s/-]+", identifier.lstrip("0"))
    return fold("".join(right.get(part, part) for part in parts)).replace(".", "")


def initials(name: str) -> str:
    """A law's name, folded, with the words behind "luật" cut to their first letters: "luật bhyt"."""
    head = next((w for w in ("bộ luật ", "luật ", "pháp lệnh ") if name.startswith(w)), None)
    words = re.findall(r"\w+", name[len(head) :]) if head else []
    return f"{head}{''.join(w[0] for w in words)}" if len(words) > 1 else name


def law_name(text: str) -> tuple[str, int | None]:
    """The name of a named document without date and year, and the year: ("Luật Đất đai", 2024)."""
    name = _NAME_DATE.sub("", text)
    document = by_name(name)
    if document and fold(name) == fold(document.name):
        return text, None  # "Quyết định ngày 05/3/2024 của …" has no other name
    year = _NAME_YEAR.search(name)
    return (name[: year.start()], int(year[1])) if year else (name, None)


def slug(group: Group) -> str:
    """A stable id from type, issuer, date and identifier: "qd-ubnd-tinh-2024-01-19-92-qd-ubnd"."""
    name = group.identifier or group.name or ""
    date = next((d.isoformat() for d in group.dates), None)
    kind = next((c.type_code for c in group.citations if c.type_code), None) or group.type
    parts = (kind, group.issuer.name if group.issuer else None, date, name)
    return "-".join(_ascii(p) for p in parts if p)


def _ascii(s: str) -> str:
    plain = unicodedata.normalize("NFD", s.replace("Đ", "D").replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


def known(issuer: Agency) -> str:
    """The name that tells most: the full one where it is known."""
    return issuer.canonical or issuer.name


@cache
def _level() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({'|'.join(load('issuers')['levels'])})(?!\w)", re.I)


def other_level(a: Agency, b: Agency) -> bool:
    """Whether two issuers are of different levels: a commune and its province may sign the same number on one day."""
    first, second = ({level.lower() for level in _level().findall(known(x))} for x in (a, b))
    return bool(first and second) and first.isdisjoint(second)


def _told(issuer: Agency) -> tuple[bool, int]:
    """How much a printed name tells: small letters before capitals, then by length."""
    return not issuer.name.isupper(), len(issuer.name)


def _agree(a: object | None, b: object | None) -> bool:
    return a is None or b is None or a == b


def _near(c: Citation, group: Group) -> bool:
    """Two amending laws bear one name; their dates tell them apart."""
    return not c.issued_on or not group.dates or c.issued_on in group.dates or c.issued_on.year == group.dates[0].year
