"""The labelled data in data/ as questions with their answers: written by hand, and varied by the grammar."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from extractor.judge.questions import ITEM_KINDS, Column, Item, agency_words, column_words, item_words
from extractor.layout.outline import read_label

DATA = Path(__file__).parent / "data"
ROLES = {"L": "lead", "C": "cooperating", "A": "approver", "R": "recipient", "N": "named"}
_MARK = re.compile(r"\[([LCARN]) ([^\]]+)\]")
_SYMBOL = re.compile(r"\{(\w+)\}")
_ITEMS_PER_SHARE = 100
_SENTENCES = 500
_WITHOUT_HEADING = 0.25
_COLUMNS_PER_HEADING = 15


class Example(NamedTuple):
    """The words of a question, the classifier it is for, its answer, and the text it was made from."""

    words: list[str]
    component: str
    label: str
    text: str


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text("utf-8"))


def written_items(name: str) -> list[tuple[Item, str]]:
    """The items of a file with their kinds; those of kind heading have items below them."""
    found: list[tuple[Item, str]] = []
    for part in load(name)["part"]:
        for kind in ITEM_KINDS:
            found += [(make_item(s, part["headings"], kind == "heading"), kind) for s in part.get(kind, ())]
    return found


def make_item(printed: str, headings: list[str], has_items: bool) -> Item:
    """An item from its line as printed and the headings above, outermost first."""
    label = read_label(printed)
    text = printed[label.content :] if label else printed
    above = [h[r.content :] if (r := read_label(h)) else h for h in reversed(headings)]
    return Item(text, label.style if label else "plain", tuple(above), has_items)


def varied_items(random_: random.Random) -> list[tuple[Item, str]]:
    """Items by the grammar."""
    grammar = load("grammar.toml")
    found: list[tuple[Item, str]] = []
    for rule in grammar["items"]:
        for _ in range(rule["share"] * _ITEMS_PER_SHARE):
            printed = expand(random_.choice(rule["text"]), grammar["symbols"], random_)
            heading = expand(random_.choice(rule["headings"]), grammar["symbols"], random_)
            # A heading may be read before its items are known, and some tasks have a list of nouns below them.
            has_items = random_.random() < (0.85 if rule.get("children") else 0.06)
            above = [] if random_.random() < _WITHOUT_HEADING else [heading]
            found.append((make_item(printed, above, has_items), rule["kind"]))
    return found


def expand(template: str, symbols: dict[str, list[str]], random_: random.Random) -> str:
    """A template with every symbol replaced."""
    return _SYMBOL.sub(lambda m: random_.choice(symbols[m[1]]), template).replace("..", ".").replace(";.", ";")


def sentences(random_: random.Random | None, name: str = "roles.toml") -> list[str]:
    """Sentences with marked agencies: those written, and with `random_` those of the grammar."""
    found: list[str] = list(load(name)["sentences"])
    if random_ is not None:
        grammar = load("grammar.toml")
        (rule,) = grammar["roles"]
        found += [expand(random_.choice(rule["text"]), grammar["symbols"], random_) for _ in range(_SENTENCES)]
    return found


def read_marks(marked: str) -> tuple[str, list[tuple[int, int]], list[str]]:
    """A marked sentence as its text, the offsets of its agencies and their roles."""
    text, places, roles, at = "", [], [], 0
    for m in _MARK.finditer(marked):
        text += marked[at : m.start()]
        places.append((len(text), len(text) + len(m[2])))
        roles.append(ROLES[m[1]])
        text += m[2]
        at = m.end()
    return text + marked[at:], places, roles


def columns(random_: random.Random) -> list[tuple[Column, str]]:
    """Columns of the catalogue: each heading with drawn cells, every third time without the heading."""
    found: list[tuple[Column, str]] = []
    for row in load("columns.toml")["column"]:
        for heading in row["headings"]:
            for n in range(_COLUMNS_PER_HEADING):
                cells = tuple(_cell(row, random_) for _ in range(random_.randint(3, 8)))
                found.append((Column("" if n % 3 == 2 else heading, cells), row["role"]))
    return found


def _cell(row: dict[str, Any], random_: random.Random) -> str:
    """A cell of the column; one in three of those that may be long holds two of them, as real cells do."""
    cell: str = random_.choice(row["cells"])
    if row["role"] in ("task", "cooperating", "product", "lead", "note") and random_.random() < 0.35:
        cell += random_.choice(["; ", ", ", ";\n"]) + random_.choice(row["cells"])
    return cell


def held_out_columns() -> list[tuple[Column, str]]:
    return [(Column(c["heading"], tuple(c["cells"])), c["role"]) for c in load("held_out/columns.toml")["columns"]]


def as_examples(items: list[tuple[Item, str]], marked: list[str], tables: list[tuple[Column, str]]) -> list[Example]:
    found = [Example(item_words(i), "item_kind", kind, i.text) for i, kind in items]
    for sentence in marked:
        text, places, roles = read_marks(sentence)
        for n, role in enumerate(roles):
            found.append(Example(agency_words(text, places, n), "agency_role", role, sentence))
    found += [Example(column_words(c), "column_role", role, f"{c.heading}: {c.cells}") for c, role in tables]
    return found


def training(seed: int = 0) -> list[Example]:
    """What the shipped model is trained on, in a fixed order."""
    random_ = random.Random(seed)
    # What is written by hand counts three times: it is nearer to real plans than what the grammar makes.
    items = written_items("items.toml") * 3 + varied_items(random_)
    marked = sentences(None) * 3 + sentences(random_)[len(sentences(None)) :]
    return as_examples(items, marked, columns(random_))


def held_out() -> list[Example]:
    """What no training data was made from."""
    return as_examples(written_items("held_out/items.toml"), sentences(None, "held_out/roles.toml"), held_out_columns())
