"""The provinces and centrally-run cities, by name and day (`rules/provinces.toml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from extractor.recognise.phrases import Phrases, Word, words_of
from extractor.rules import load

ProvinceKind = Literal["tỉnh", "thành phố"]


class Province(msgspec.Struct, frozen=True):
    """A province; `valid_to` is its last day where it was merged into another."""

    name: str
    kind: ProvinceKind
    variants: tuple[str, ...] = ()
    city_from: dt.date | None = None
    valid_to: dt.date | None = None
    merged_into: str | None = None

    def kind_on(self, on: dt.date | None) -> ProvinceKind:
        """What it was on a day: Huế was a province until the end of 2024."""
        return "tỉnh" if on and self.city_from and on < self.city_from else self.kind


@cache
def provinces() -> tuple[Province, ...]:
    """All provinces since 2004, those that were merged included."""
    return tuple(msgspec.convert(row, Province) for row in load("provinces")["province"])


@cache
def _names() -> Phrases[Province]:
    return Phrases((n, p) for p in provinces() for n in (p.name, *p.variants))


def province_at(words: Sequence[Word], i: int) -> tuple[int, Province] | None:
    """The province named at word `i`, and where its name ends (exclusive)."""
    return _names().at(words, i) if words[i].capital else None


def find_province(place: str | None) -> Province | None:
    """The province that a place line or a name means ("TP. Hồ Chí Minh", "tỉnh Quảng Ngãi"), or None."""
    words = words_of(place or "")
    for i in range(len(words)):
        found = province_at(words, i)
        if found and found[0] == len(words):
            return found[1]
    return None
