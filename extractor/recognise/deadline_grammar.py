"""The grammar of time limits: `rules/deadlines.toml` as compiled patterns, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import Any

import msgspec

from extractor.document import Bound
from extractor.rules import load

_NAME = re.compile(r"<<(\w+)>>")
_GROUP = re.compile(r"\(\?P<\w+>")
# A time starts a word; a number is not the tail of a longer one ("95,5/10", "12/6/2026").
_DIGITS = tuple("0123456789")
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


class Form(msgspec.Struct, frozen=True, dict=True):
    """A way to state a limit; `reads` names the calculation, the contexts where it is one in running text.

    `first` are the words that it can begin with.
    """

    name: str
    reads: str
    bound: Bound | None
    source: str
    first: tuple[str, ...]
    only_in: tuple[Context, ...]
    refused_in: tuple[Context, ...]
    taken_in: tuple[Context, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The form alone, with its groups; compiled when first asked for."""
        return re.compile(self.source)

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
    prose: dict[str, tuple[Form, ...]]
    column: dict[str, tuple[Form, ...]]
    starts: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]
    contexts: dict[str, Context]
    said: re.Pattern[str]

    def form_at(self, low: str, at: int, *, column: bool) -> tuple[Form, re.Match[str]] | None:
        """The first form of a time column, or of running text, that matches `low` from a word on."""
        table = self.column if column else self.prose
        forms = table.get(low[at : at + 3]) or table.get(low[at : at + 2]) or table.get(low[at : at + 1])
        if not forms or not self.starts.match(low, at):
            return None
        for form in forms:
            if match := form.pattern.match(low, at):
                return form, match
        return None

    def read_unit(self, text: str) -> tuple[Unit, dict[str, str]] | None:
        """The unit that the whole of `text` is, with its fields ("m2" is a second place for "m")."""
        for unit in self.units:
            if found := unit.pattern.fullmatch(text):
                fields = {k.rstrip("23"): v for k, v in found.groupdict().items() if v is not None}
                return unit, fields
        return None


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
    return Grammar(
        units,
        forms,
        _by_start([forms[r["name"]] for r in rules["forms"] if r.get("where") != "column"]),
        _by_start([forms[r["name"]] for r in rules["forms"] if r.get("where") != "prose"]),
        re.compile(_START + f"(?={_expand(known['starts'], known)})"),
        {name: re.compile(_expand(p, known)) for name, p in rules["text"].items()},
        contexts,
        re.compile(rules["numerals"]["said"]),
    )


def _by_start(forms: Sequence[Form]) -> dict[str, tuple[Form, ...]]:
    """The forms in their order by the first three letters of a word that they can begin with.

    A shorter word stands there whole, so that a place is looked up by three characters, then by two, then by one.
    """
    words = {w for f in forms for w in f.first}
    starts = {start for w in words for start in (_DIGITS if w == "0" else (w[:3],))}
    return {start: tuple(f for f in forms if any(_begins(w, start) for w in f.first)) for start in starts}


def _begins(word: str, start: str) -> bool:
    return start in _DIGITS if word == "0" else word[:3] == start


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


def _words(first: Sequence[str]) -> Iterator[str]:
    """The words of a `first`, a group's name replaced by its words."""
    for word in first:
        group = _NAME.fullmatch(word)
        yield from load("deadlines")["first"][group[1]] if group else (word,)


def _form(row: dict[str, Any], known: dict[str, str], contexts: dict[str, Context]) -> Form:
    return Form(
        row["name"],
        row["reads"],
        row.get("bound"),
        _expand(row["pattern"], known),
        tuple(_words(row["first"])),
        tuple(contexts[n] for n in row.get("only_in", ())),
        tuple(contexts[n] for n in row.get("refused_in", ())),
        tuple(contexts[n] for n in row.get("taken_in", ())),
    )
