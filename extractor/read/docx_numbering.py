"""Automatic list numbers of a DOCX file, restored as the words that Word would print."""

from __future__ import annotations

import re

from lxml import etree

from extractor.read.docx_package import W, val, whole
from extractor.read.docx_styles import Styles

# Nghị định 30/2020/NĐ-CP letters its points by the Vietnamese alphabet; Word's lists use the Latin one.
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LONGEST_LABEL = 64
_PLACE = re.compile(r"%([1-9])")


def roman(n: int) -> str:
    """A number in Roman numerals: 14 is "XIV"."""
    out = ""
    for value, letters in _ROMAN:
        out += letters * (n // value)
        n %= value
    return out


def shown(n: int, form: str) -> str:
    """A list number as its format prints it; "" where the format prints nothing."""
    if form == "none":
        return ""
    if form in ("lowerRoman", "upperRoman"):
        return roman(min(n, 4999)).lower() if form == "lowerRoman" else roman(min(n, 4999))
    if form in ("lowerLetter", "upperLetter") and n > 0:
        letters = _LATIN[(n - 1) % 26] * min((n - 1) // 26 + 1, 5)
        return letters if form == "lowerLetter" else letters.upper()
    return f"{n:02d}" if form == "decimalZero" else str(n)


class _Level:
    def __init__(self, node: etree._Element) -> None:
        self.form = val(node.find(f"{W}numFmt"), "decimal")
        self.text = val(node.find(f"{W}lvlText"))[:_LONGEST_LABEL]
        start = whole(val(node.find(f"{W}start")))
        self.start = 1 if start is None else start
        self.style = val(node.find(f"{W}pStyle"))


class Numbering:
    """Counts the lists of a document; `label` must be asked once per paragraph, in reading order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        links: dict[str, str] = {}
        for node in root.findall(f"{W}abstractNum"):
            key = node.get(f"{W}abstractNumId", "")
            self._abstract[key] = {_ilvl(n): _Level(n) for n in node.findall(f"{W}lvl")}
            if link := val(node.find(f"{W}styleLink")):
                links[link] = key
        for node in root.findall(f"{W}abstractNum"):
            target = links.get(val(node.find(f"{W}numStyleLink")))
            if target:
                self._abstract[node.get(f"{W}abstractNumId", "")] = self._abstract[target]
        for node in root.findall(f"{W}num"):
            self._add(node)

    def _add(self, node: etree._Element) -> None:
        abstract = val(node.find(f"{W}abstractNumId"))
        levels = dict(self._abstract.get(abstract, {}))
        restarts: dict[int, int] = {}
        for override in node.findall(f"{W}lvlOverride"):
            level = _ilvl(override)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[level] = _Level(own)
            start = whole(val(override.find(f"{W}startOverride")))
            if start is not None:
                restarts[level] = start
        self._lists[node.get(f"{W}numId", "")] = (abstract, levels, restarts)

    def label(self, paragraph: etree._Element) -> str:
        """The list label of a paragraph ("1.", "a)", "-"); "" where it has none."""
        properties = self._styles.property(paragraph, "numPr")
        if properties is None:
            return ""
        number = val(properties.find(f"{W}numId"))
        if number not in self._lists or number == "0":
            return ""
        abstract, levels, restarts = self._lists[number]
        level = self._level(properties, paragraph, levels)
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if level in restarts and (number, level) not in self._begun:
            counts[level] = restarts[level]
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        self._begun.add((number, level))
        for deeper in [k for k in counts if k > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return "-"
        return _PLACE.sub(
            lambda m: self._count(levels, counts, int(m[1]) - 1, levels[level].form), levels[level].text
        ).strip()

    def _level(self, properties: etree._Element, paragraph: etree._Element, levels: dict[int, _Level]) -> int:
        given = whole(val(properties.find(f"{W}ilvl")))
        if given is not None:
            return given
        style = val(paragraph.find(f"{W}pPr/{W}pStyle"))
        return next((k for k, v in levels.items() if v.style == style and style), 0)

    @staticmethod
    def _count(levels: dict[int, _Level], counts: dict[int, int], level: int, own: str) -> str:
        if level not in levels:
            return ""
        form = levels[level].form
        return shown(counts.get(level, levels[level].start), "decimal" if form == "bullet" else form)


def _ilvl(node: etree._Element) -> int:
    return whole(node.get(f"{W}ilvl", "")) or 0
