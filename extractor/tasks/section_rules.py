"""Which sections hold tasks, and which sentences oblige nobody (`rules/sections.toml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

import msgspec

from extractor import rules


class SectionRule(msgspec.Struct, frozen=True):
    """A kind of section, by the words of its heading. `holds_tasks` is None where only an item that obliges counts."""

    name: str
    pattern: str
    holds_tasks: bool | None = None


Takes = Callable[[str], re.Match[str] | None]


def _takes(pattern: str, flags: int = 0, has: Sequence[str] = ()) -> Takes:
    """What tells whether a pattern takes a line; one that starts with "^" is not tried at every place."""
    compiled = re.compile(pattern, flags)
    takes = compiled.match if pattern.startswith("^") else compiled.search
    return (lambda line: takes(line) if any(word in line for word in has) else None) if has else takes


@cache
def _section_rules() -> tuple[tuple[SectionRule, Takes], ...]:
    rows = [msgspec.convert(r, SectionRule) for r in rules.load("sections")["section"]]
    return tuple((r, _takes(r.pattern, re.IGNORECASE)) for r in rows)


@cache
def _patterns(table: str) -> tuple[tuple[Takes, bool], ...]:
    """The patterns of a table of sentences, each with whether a sentence it takes may still oblige somebody."""
    rows = rules.load("sections")[table]
    return tuple((_takes(r["pattern"], has=r.get("has", ())), r.get("may_oblige", False)) for r in rows)


def section_rule(title: str) -> SectionRule | None:
    """The first rule that takes a heading: "I. MỤC ĐÍCH, YÊU CẦU" is `aims`."""
    return next((r for r, takes in _section_rules() if takes(title)), None)


def is_money(title: str) -> bool:
    """A heading, or an item, about where the money comes from: "Kinh phí thực hiện"."""
    for rule, takes in _section_rules():
        if takes(title):
            return rule.name == "money"
        if rule.name == "money":
            break
    return False


def shares_out(title: str) -> bool:
    """A heading below which each agency is given its duties: "IV. TỔ CHỨC THỰC HIỆN"."""
    return any(takes(title) for takes, _ in _patterns("sharing"))


def attached_rule(title: str) -> SectionRule | None:
    """The rule of a document behind the signature, by its type: one to be filled in is a form."""
    return section_rule("mẫu") if any(takes(title) for takes, _ in _patterns("attached_form")) else None


def is_topic(title: str) -> bool:
    """A heading that is about a topic, whatever stands beside it: "Tiến độ thực hiện"."""
    return any(takes(title) for takes, _ in _patterns("topic"))


def is_formula(line: str) -> bool:
    """A sentence that obliges nobody: a decision takes effect, answers for execution, points to an appendix."""
    return any(takes(line) for takes, _ in _patterns("formula"))


def closes_the_plan(line: str) -> bool:
    """An unlabelled last paragraph that is no part of the item above it."""
    return any(takes(line) for takes, _ in _patterns("closing"))


def only_closes(line: str) -> bool:
    """A closing paragraph that is never a task, whoever it names: "Ủy ban nhân dân tỉnh yêu cầu các sở …"."""
    return any(takes(line) for takes, may_oblige in _patterns("closing") if not may_oblige)


def is_particular(line: str) -> bool:
    """A line that tells where an event is, who comes and how many: "- Địa điểm: Nhà văn hóa xã"."""
    return any(takes(line) for takes, _ in _patterns("particular"))


def addresses(line: str) -> bool:
    """A line whose list says to whom the document goes: "Kính gửi:"."""
    return any(takes(line) for takes, _ in _patterns("addressees"))
