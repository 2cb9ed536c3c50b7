"""One document as a register has it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from extractor.register.keys import number_parts

Effect = Literal["in_force", "partly_expired", "expired", "replaced", "not_yet_in_force"]
Origin = Literal["register", "second_hand"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the register.

    `effect_text` is the validity as printed; `alternate` another number that the same row gives the document;
    `origin` is "second_hand" where it was learned from documents that only cite it; `source` names the file.
    """

    id: int | None = None
    identifier: str | None = None
    type: str | None = None
    issued_on: dt.date | None = None
    issuer: str | None = None
    title: str | None = None
    effect: Effect | None = None
    effect_text: str | None = None
    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    replaced_by: str | None = None
    url: str | None = None
    note: str | None = None
    alternate: str | None = None
    origin: Origin = "register"
    source: str = ""

    @property
    def year(self) -> int | None:
        """The year it was issued in, by its date or by a number that holds it ("25/2018/QĐ-UBND")."""
        if self.issued_on:
            return self.issued_on.year
        parts = number_parts(self.identifier)
        return parts.year if parts else None

    @property
    def label(self) -> str:
        """How the entry is named in a report: "Quyết định 92/QĐ-UBND ngày 19/01/2024"."""
        parts = [self.type, self.identifier or self.title]
        if self.issued_on:
            parts.append(f"ngày {self.issued_on:%d/%m/%Y}")
        return " ".join(p for p in parts if p)
