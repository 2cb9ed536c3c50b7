"""The grammar of time limits: `rules/deadlines.toml` as compiled patterns, read once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

from extractor.document import Bound
from extractor.rules import load

_NAME = re.compile(r"<<(\w+)>>")
_GROUP = re.compile(r"\(\?P<\w+>")
# A time starts a word; a number is not the tail of a longer one ("95,5/10", "12/6/2026").
_START = r"(?<!\w)(?:(?<![0-9][.,/-])|(?![0-9]))"


class Unit(msgspec.Struct, frozen=True):
    """A way to write a stretch of the calendar; `grain` names the calculation."""

    name: str
    grain: str
    pattern: re.Pattern[str]


class Context(msgspec.Struct, frozen=True):
    """Surroundings of a match: what must stand before and after it. `column`: also looked at in a column."""

    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    column: bool

    def holds(self, before: str, after: str) -> bool:
        """Whether the clause `before` and the text `after` a match are of this kind."""
        return (self.before is None or self.before.search(before) is not None) and (
            self.after is None or self.after.search(after) is not None
        )


class Form(msgspec.Struct, frozen=True):
    """A way to state a limit; `reads` names the calculation, the contexts where it is one in running text."""

    name: str
    reads: str
    bound: Bound | None
    source: str
    only_in: tuple[Context, ...]
    refused_in: tuple[Context, ...]
    taken_in: tuple[Context, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The form alone, with its groups; compiled when first asked for."""
        return _compiled(self.source)

    def accepts(self, before: str, after: str, *, column: bool) -> bool:
        """Whether the form states a limit between `before` and `after`."""
        if column:
            return not any(c.column and c.holds(before, after) for c in self.refused_in)
        if self.only_in and not any(c.holds(before, after) for c in self.only_in):
            return False
        return not any(c.holds(before, after) for c in self.refused_in) or any(
            c.holds(before, after) for c in self.taken_in
        )


class Grammar(msgspec.Struct, frozen=True):
    """All that is known of time limits."""

    units: tuple[Unit, ...]
    forms: dict[str, Form]
    prose_source: str
    column_source: str
    patterns: dict[str, re.Pattern[str]]
    contexts: dict[str, Context]
    said: re.Pattern[str]

    def any_form(self, *, column: bool) -> re.Pattern[str]:
        """Matches where any form of a time column, or of running text, does; `lastgroup` is its name."""
        return _compiled(self.column_source if column else self.prose_source)

    def read_unit(self, text: str) -> tuple[Unit, dict[str, str]] | None:
        """The unit that the whole of `text` is, with its fields ("m2" is a second place for "m")."""
        for unit in self.units:
            if found := unit.pattern.fullmatch(text):
                fields = {k.rstrip("23"): v for k, v in found.groupdict().items() if v is not None}
                return unit, fields
        return None


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def lower(text: str) -> str:
    """`text` in lower case, character for character."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@cache
def grammar() -> Grammar:
    """The grammar of `rules/deadlines.toml`."""
    rules = load("deadlines")
    known: dict[str, str] = dict(rules["fragments"])
    for row in rules["units"]:
        known[row["name"]] = f"(?:{_GROUP.sub('(?:', row['pattern'])})"
    known["unit"] = _either(known[r["name"]] for r in rules["units"] if not r.get("bare"))
    known["any"] = _either(known[r["name"]] for r in rules["units"])
    units = tuple(Unit(r["name"], r["grain"], re.compile(_expand(r["pattern"], known))) for r in rules["units"])
    contexts = {row["name"]: _context(row) for row in rules["contexts"]}
    forms = {row["name"]: _form(row, known, contexts) for row in rules["forms"]}
    prose = [r["name"] for r in rules["forms"] if r.get("where") != "column"]
    column = [r["name"] for r in rules["forms"] if r.get("where") != "prose"]
    start = _START + f"(?={_expand(known['starts'], known)})"
    sources = {r["name"]: _GROUP.sub("(?:", _expand(r["pattern"], known)) for r in rules["forms"]}
    return Grammar(
        units,
        forms,
        start + _either(f"(?P<{n}>{sources[n]})" for n in prose),
        start + _either(f"(?P<{n}>{sources[n]})" for n in column),
        {name: re.compile(_expand(p, known)) for name, p in rules["text"].items()},
        contexts,
        re.compile(rules["numerals"]["said"]),
    )


def _either(patterns: Any) -> str:
    return f"(?:{'|'.join(patterns)})"


def _expand(pattern: str, known: dict[str, str]) -> str:
    while _NAME.search(pattern):
        pattern = _NAME.sub(lambda m: known[m[1]], pattern)
    return pattern.replace(" ", r"\s{1,4}").replace("~", r"\s{0,4}")


def _context(row: dict[str, Any]) -> Context:
    before, after = row.get("before"), row.get("after")
    return Context(
        row["name"],
        re.compile(before) if before else None,
        re.compile(after) if after else None,
        row.get("column", False),
    )


def _form(row: dict[str, Any], known: dict[str, str], contexts: dict[str, Context]) -> Form:
    return Form(
        row["name"],
        row["reads"],
        row.get("bound"),
        _expand(row["pattern"], known),
        tuple(contexts[n] for n in row.get("only_in", ())),
        tuple(contexts[n] for n in row.get("refused_in", ())),
        tuple(contexts[n] for n in row.get("taken_in", ())),
    )
