"""What a paragraph or a run looks like in a DOCX file: its own marks, else its styles', else the default."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from extractor.read.docx_package import W, flag, val, whole


class Look(NamedTuple):
    """Marks as set; None where nothing sets them. `size` in points."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    caps: bool | None = None
    size: float | None = None
    font: str | None = None

    def over(self, base: Look) -> Look:
        """These marks, with those of `base` where they are not set."""
        return Look(
            base.bold if self.bold is None else self.bold,
            base.italic if self.italic is None else self.italic,
            base.hidden if self.hidden is None else self.hidden,
            base.caps if self.caps is None else self.caps,
            base.size if self.size is None else self.size,
            base.font if self.font is None else self.font,
        )


def run_look(properties: etree._Element | None) -> Look:
    """The marks that a `w:rPr` sets itself."""
    if properties is None:
        return Look()
    size, fonts = whole(val(properties.find(f"{W}sz"))), properties.find(f"{W}rFonts")
    return Look(
        flag(properties.find(f"{W}b")),
        flag(properties.find(f"{W}i")),
        flag(properties.find(f"{W}vanish")),
        flag(properties.find(f"{W}caps")),
        None if size is None else size / 2,
        None if fonts is None else fonts.get(f"{W}ascii"),
    )


class Styles:
    """The styles of a document, each with what it inherits."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._base = Look(size=10.0)
        if root is None:
            return
        for style in root.findall(f"{W}style"):
            key = style.get(f"{W}styleId", "")
            self._styles[key] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
                self._default = key
        self._base = run_look(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")).over(self._base)

    def chain(self, style: str) -> list[etree._Element]:
        """A style and those it is based on, nearest first."""
        found: list[etree._Element] = []
        while style in self._styles and len(found) < 20:
            found.append(self._styles[style])
            style = val(self._styles[style].find(f"{W}basedOn"))
        return found

    def paragraph_look(self, style: str) -> Look:
        """The marks that a paragraph style gives to its runs."""
        look = Look()
        for node in self.chain(style or self._default):
            look = look.over(run_look(node.find(f"{W}rPr")))
        return look.over(self._base)

    def run(self, own: etree._Element | None, paragraph: Look) -> Look:
        """The marks of a run with the properties `own` in a paragraph that looks like `paragraph`."""
        look = run_look(own)
        if own is not None:
            for node in self.chain(val(own.find(f"{W}rStyle"))):
                look = look.over(run_look(node.find(f"{W}rPr")))
        return look.over(paragraph)

    def property(self, paragraph: etree._Element, name: str) -> etree._Element | None:
        """A paragraph property ("jc"), its own or its styles'."""
        own = paragraph.find(f"{W}pPr")
        if own is not None and (node := own.find(f"{W}{name}")) is not None:
            return node
        style = val(own.find(f"{W}pStyle")) if own is not None else ""
        for link in self.chain(style or self._default):
            if (node := link.find(f"{W}pPr/{W}{name}")) is not None:
                return node
        return None

    def table_borders(self, style: str) -> etree._Element | None:
        """The borders that a table style draws."""
        for node in self.chain(style):
            if (borders := node.find(f"{W}tblPr/{W}tblBorders")) is not None:
                return borders
        return None
