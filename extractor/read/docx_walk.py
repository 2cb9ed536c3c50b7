"""Which nodes of a DOCX body are read, and which are another telling of the same."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extractor.read.docx_package import W

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def blocks_of(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a container, those inside content controls and revisions too."""
    for child in parent:
        tag = child.tag
        if tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
            yield from blocks_of(child)
        elif tag == f"{MC}AlternateContent":
            yield from blocks_of(choice_of(child))


def choice_of(node: etree._Element) -> etree._Element:
    """The one branch of an alternate content that is read."""
    choice = node.find(f"{MC}Choice")
    fallback = node.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else node


def inside_box(box: etree._Element, top: etree._Element) -> bool:
    """Whether a text box is inside another one, or in the branch that is not read."""
    parent = box.getparent()
    while parent is not None and parent is not top:
        if parent.tag in (f"{W}txbxContent", f"{MC}Fallback"):
            return True
        parent = parent.getparent()
    return False
