"""Where documents are mentioned: type words and numbers, and the date and issuer that belong to each."""

from __future__ import annotations

import re

import msgspec

from extractor.document import Agency
from extractor.recognise.issuers import issuer_at, name_at
from extractor.recognise.mention_facts import Mention, facts_behind
from extractor.recognise.mention_words import (
    above,
    code_of,
    is_word,
    kind_of,
    more_numbers,
    name_code,
    numbers_something_else,
    short_number,
    small_words,
    type_before,
    type_words,
)
from extractor.recognise.names import Named, named_at
from extractor.recognise.numbers import FoundNumber, number_at, scan_numbers, speaks_for_itself
from extractor.recognise.types import DocumentType, Number, by_code, by_name
from extractor.rules import load

# "sô", "sổ": what a scan makes of "số".
_NO = re.compile(r"[,:]? ?\(?(?P<no>(?:số|Số|SỐ|sô|sổ|Sô|SÔ) ?:? ?)?")
_NO_BEFORE = re.compile(r"(?:số|Số|SỐ|sô|sổ|Sô|SÔ) ?:? ?$")
_THIS = re.compile(r" (?:này|NÀY)(?!\w)")
_LIST = re.compile(r"(?:[,;&]| và| hoặc| &|, và)+ ?(?:(?:số|các số) ?:? ?)?$")
_SHARED = re.compile(r"(?P<number>[0-9]{1,5}[a-zđ]?)(?:, ?| và | & |; ?)(?:số )?(?=[0-9])")
_BETWEEN = re.compile(r"(?: [^\W\d_]+){1,4} số ?:? ?$")
_NAME_TO_NUMBER = re.compile(
    r"(?P<name> [^.;:()\n\t\d]{2,160}?)(?:,? (?:năm )?(?:19|20)\d\d)?,? (?:số|Số) ?:? ?(?=\d{1,4}/\d{4}/)"
)
# "Nghị quyết Trung ương 4 khóa XI, khóa XII": the terms behind the first are resolutions of their own.
_TERM = re.compile(r"\(?(?P<word>[Kk]hóa|[Kk]hoá) [IVX]{1,6}\)?$")
_NEXT_TERM = re.compile(r"(?:,| và|;) (?P<mention>\(?(?:(?:khóa|khoá) )?(?P<term>[IVX]{1,6})(?![\w.)]*\w)\)?)")
_OF_MANY = re.compile(r"(?<!\w)các (?P<type>[^\W\d_]+ [^\W\d_]+)(?P<of> của )(?=[^:]+: ?$)")
_TO_TYPE = re.compile(r"(?: [^\W\d_]+){1,8} $")
_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_LINE_OR_CELL = re.compile(r"[\n\t]")
_TRAIL = 46  # how far a type word may stand before its number


def find_mentions(text: str) -> list[Mention]:
    """The mentions of a text in reading order, not overlapping; see `find_citations`."""
    return _Reader(text).read()


class _Reader:
    """Reads a text from left to right; `cursor` is the end of the last mention."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cursor = 0
        self.mentions: list[Mention] = []
        self.numbers = {n.start: n for n in scan_numbers(text)}
        self.word: tuple[int, int, DocumentType | None] | None = None
        self.word_before: tuple[int, int, DocumentType | None] | None = None
        self.draft_end = -1

    def read(self) -> list[Mention]:
        text = self.text
        events: dict[int, FoundNumber | re.Match[str]] = dict(self.numbers)
        for word in type_words().finditer(text):
            if is_word(text, word.start(), word.end()):
                events[word.start()] = word
        events.update((word.start(), word) for word in small_words(text))
        for start in sorted(events):
            event = events[start]
            if start < self.cursor:
                continue
            if isinstance(event, FoundNumber):
                self.bare_number(event)
            else:
                self.type_word(start, event.end(), event[0])
        return self.mentions

    # -- what a type word opens ---------------------------------------------------------------------------

    def type_word(self, start: int, end: int, printed: str) -> None:
        rules = load("numbers")["mentions"]
        abbreviation = printed in rules["abbreviations"]
        kind = by_code(printed, party=False) if abbreviation else by_name(printed)
        self.word_before, self.word = self.word, (start, end, kind)
        if self.numbered(start, end, kind):
            return
        if not abbreviation:
            if this := _THIS.match(self.text, end):
                self.add(Mention(start, this.end(), this.end(), "self", *name_code(kind)))
                return
            if kind and self.named(start, end, kind):
                return
            if kind and (back := above().match(self.text, end)):
                self.add(Mention(start, back.end(), back.end(), "short", *name_code(kind)))
                return
        may_be_short = not abbreviation or printed in rules["abbreviated_short"]
        if kind and may_be_short and self.short(start, end, kind, abbreviated=abbreviation):
            return
        issuer = issuer_at(self.text, end) if self.text.startswith((" của ", " CỦA "), end) else None
        if issuer and self.numbered(start, issuer.end, kind, issuer.agency):
            return
        if kind and not abbreviation:
            self.dated(start, end, kind)

    def numbered(self, start: int, end: int, kind: DocumentType | None, issuer: Agency | None = None) -> bool:
        """Read "Quyết định số 92/QĐ-UBND", and "Nghị quyết số 57, 59-NQ/TW", whose numbers share a symbol."""
        no = _NO.match(self.text, end)
        pos = no.end() if no else end
        if not (no and no["no"]) and self.text[end:pos] not in (" ", "", ": "):
            return False
        shared: list[re.Match[str]] = []
        while pos not in self.numbers and (one := _SHARED.match(self.text, pos)):
            shared.append(one)
            pos = one.end()
        found = self.numbers.get(pos) or (None if shared else number_at(self.text, pos))
        if not found or (shared and found.value.year):
            return False
        for i, one in enumerate(shared):
            sign = found.value.identifier[len(found.value.number or "")] if found.value.identifier else "/"
            value = msgspec.structs.replace(
                found.value, number=one["number"], identifier=f"{one['number']}{sign}{found.value.symbol}"
            )
            self.add(self.with_number(start if i == 0 else one.start(), one.end("number"), value, kind))
        if not shared and (before := self.named_inside(start, kind, found.value)):
            start, kind = before
        bracket = "(" in self.text[end:pos] and self.text[found.end : found.end + 1] == ")"
        core_end = found.end + bracket
        self.add(self.with_number(pos if shared else start, core_end, found.value, kind, issuer))
        return True

    def named_inside(self, start: int, kind: DocumentType | None, value: Number) -> tuple[int, DocumentType] | None:
        """The type word before one that its title names: "Quy định thi hành Điều lệ Đảng số 24-QĐ/TW"."""
        if (
            self.word_before is None
            or kind is None
            or value.type_code in (None, kind.code, kind.party_code, *kind.codes)
        ):
            return None
        before, end, outer = self.word_before
        if before < self.cursor or outer is None or value.type_code not in (outer.code, outer.party_code, *outer.codes):
            return None
        return (before, outer) if _TO_TYPE.fullmatch(self.text[end:start]) else None

    def named(self, start: int, end: int, kind: DocumentType) -> bool:
        """Read "Luật Đất đai năm 2024", with a number behind the name where one stands there."""
        named = named_at(self.text, start, end, kind.name)
        pos = None
        far = _NAME_TO_NUMBER.match(self.text, end) if kind.name in _LAWS else None
        if far and (not named or named.end < far.end()) and self.is_law_number(far):
            # "Luật sửa đổi … một số điều của các luật liên quan đến … số 38/2009/QH12": the number ends the name.
            named, pos = Named(far.end("name"), far.end("name"), kind.name, None), far.end()
        if not named:
            return False
        if pos is None:
            no = _NO.match(self.text, named.name_end)
            pos = no.end() if no else named.name_end
        found = self.numbers.get(pos)
        if found and (found.value.numbering == "law" or found.value.type_code == "PL"):
            bracket = "(" in self.text[named.name_end : pos] and self.text[found.end : found.end + 1] == ")"
            mention = self.with_number(start, found.end + bracket, found.value, kind)
            mention.title = self.text[start : named.name_end]
            self.add(mention)
        elif self.is_draft(start, named):
            self.cursor = self.draft_end = named.end
        else:
            self.add(
                Mention(
                    start, named.name_end, named.end, "named", named.type, code_of(named.type), None, named.issued_on
                )
            )
            self.more_terms(start, named)
        return True

    def more_terms(self, start: int, named: Named) -> None:
        """Read the further terms of "Nghị quyết Trung ương 4 (khóa XI, XII)", one mention each, named in full."""
        term = _TERM.search(self.text, start, named.name_end) if named.end == named.name_end else None
        if not term or named.type != "Nghị quyết":
            return
        head = f"{self.text[start : term.start()]}{term['word']}"
        if term[0].count("(") > term[0].count(")"):
            self.mentions[-1].title = self.text[start : named.name_end].replace("(", "")
        while more := _NEXT_TERM.match(self.text, self.cursor):
            end = more.end("mention")
            name = f"{head} {more['term']}"
            self.add(
                Mention(
                    more.start("mention"), end, end, "named", named.type, code_of(named.type), None, None, None, name
                )
            )

    def dated(self, start: int, end: int, kind: DocumentType) -> bool:
        """Read "Quyết định ngày 05/3/2024 của Chủ tịch UBND tỉnh": a document known by date and issuer alone."""
        mention = self.with_number(start, end, Number(None, "", None, None, None, None), kind)
        if not mention.issued_on or not mention.issuer or kind.name in _LAWS:
            return False
        mention.form, mention.number = "named", None
        self.add(mention)
        return True

    def is_law_number(self, far: re.Match[str]) -> bool:
        """Whether the number behind a long name is a law's, and no other document stands in between."""
        found = self.numbers.get(far.end())
        if not found or not (found.value.numbering == "law" or found.value.type_code == "PL"):
            return False
        return not any(
            is_word(self.text, m.start(), m.end()) for m in type_words().finditer(self.text, far.start(), far.end())
        )

    def is_draft(self, start: int, named: Named) -> bool:
        if named.issued_on:
            return False
        joined = self.draft_end >= 0 and self.text[self.draft_end : start] in (", ", " và ", "; ", " hoặc ")
        return named.is_draft or joined

    def short(self, start: int, end: int, kind: DocumentType, *, abbreviated: bool) -> bool:
        """Read "Chỉ thị 11" and "Đề án số 13"."""
        rules = load("numbers")["mentions"]
        if kind.name in rules["schemes"] and self.own_number(start, end, kind):
            return True
        m = short_number().match(self.text, end) if kind.name in rules["short"] else None
        if abbreviated and numbers_something_else(self.text[max(self.cursor, start - _TRAIL) : start]):
            return False
        # "Kế hoạch 5 năm" counts years, "Đề án3" carries a footnote; "NĐ30" is a habit.
        if not m or (m["unit"] and not m["no"]) or not (m["space"] or abbreviated):
            return False
        scheme = bool(m["no"]) and kind.name in rules["schemes"]
        year = m["year"] if kind.name in rules["yearly"] else None
        if m["year"] and not year:
            return False
        number = m["number"] + (year or "")
        value = Number(number, "", number if scheme else None, None, None, None, int(year[1:]) if year else None)
        mention = self.with_number(start, m.end("year" if year else "number"), value, kind)
        mention.form = "numbered" if scheme else "short"
        self.add(mention)
        if not year and not abbreviated:
            self.short_list(kind, mention)
        return True

    def short_list(self, kind: DocumentType, first: Mention) -> None:
        """Read the further numbers of "Nghị quyết số 57, 59 và 66 của Bộ Chính trị"; the issuer is of all of them."""
        listed = [first]
        while more := more_numbers().match(self.text, self.cursor):
            identifier = more["number"] if first.form == "numbered" else None
            value = Number(more["number"], "", identifier, None, None, None)
            mention = self.with_number(more.start("mention"), more.end("mention"), value, kind)
            mention.form = first.form
            listed.append(mention)
            self.add(mention)
        for mention in listed:
            mention.issuer = mention.issuer or listed[-1].issuer

    def own_number(self, start: int, end: int, kind: DocumentType) -> bool:
        """Read "(Đề án 2005)" behind Quyết định số 2005/QĐ-TTg, where the number looks like a year."""
        last = self.mentions[-1] if self.mentions else None
        number = last.number.number if last and last.number else None
        if not number or not self.text.startswith(f" {number})", end) or self.text[start - 1 : start] != "(":
            return False
        pos = end + 1 + len(number)
        self.add(Mention(start, pos, pos, "short", kind.name, kind.code, Number(number, "", None, None, None, None)))
        return True

    # -- numbers without a capital type word before them --------------------------------------------------

    def bare_number(self, found: FoundNumber) -> None:
        head = _LINE_OR_CELL.split(self.text[max(self.cursor, found.start - _TRAIL) : found.start])[-1]
        base = found.start - len(head)
        no = _NO_BEFORE.search(head)
        start = base + no.start() if no else found.start
        before = head[: no.start()] if no else head
        if no and no[0][0] == "S" and not before.strip(" "):
            return  # "Số: 12/KH-UBND" alone at the head of a document is its own number
        last = self.mentions[-1] if self.mentions else None
        if last and last.number and _LIST.fullmatch(self.text[last.end : found.start]):
            same = last.number.type_code == found.value.type_code
            carried = by_name(last.type) if last.type and same else None
            if carried or speaks_for_itself(found.value) or no:
                self.add(self.with_number(start, found.end, found.value, carried))
            return
        if listed := _OF_MANY.search(before):
            # "các nghị định của Chính phủ: Số 92/2006/NĐ-CP": type and issuer stand before the list.
            organ = name_at(before, listed.end("of"))
            many = by_name(listed["type"])
            if many and organ and organ.end == len(before.rstrip(": ")):
                self.add(self.with_number(base + listed.start("type"), found.end, found.value, many, organ.agency))
                return
        word_start, kind = type_before(before.rstrip(" (:"), base)
        if word_start is None and self.word and no and self.word[1] >= base:
            gap = self.text[self.word[1] : found.start]
            if _BETWEEN.fullmatch(gap):
                word_start, kind = self.word[0], self.word[2]
        if word_start is not None:
            self.add(self.with_number(word_start, found.end, found.value, kind))
        elif speaks_for_itself(found.value) and not numbers_something_else(before):
            self.add(self.with_number(start, found.end, found.value, None))

    # -- what every mention carries -----------------------------------------------------------------------

    def with_number(
        self, start: int, end: int, value: Number, kind: DocumentType | None, issuer: Agency | None = None
    ) -> Mention:
        """A numbered mention with the date and issuer that follow it, in either order."""
        facts = facts_behind(self.text, end, value, issuer)
        if kind is None:
            kind = kind_of(value)
        code = value.type_code or (kind.code if kind else None)
        name = kind.name if kind else None
        return Mention(start, end, facts.end, "numbered", name, code, value, facts.issued_on, facts.issuer)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.cursor = mention.end
