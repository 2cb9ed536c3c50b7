"""Relations between the text and the documents it cites."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from extractor.document import Citation
from extractor.recognise.citations import find_citations
from extractor.resolve.relations import find_relations
from extractor.rules import load

SENTENCES = tomllib.loads(Path(__file__).with_name("relation_sentences.toml").read_text("utf-8"))["sentence"]
Edge = tuple[str, str, str]


def key(c: Citation) -> str:
    """What the tables call a citation."""
    return c.identifier or c.text


def edges(text: str) -> list[Edge]:
    """All edges of a text, self references left out."""
    citations = find_citations(text)
    by_id = {c.id: key(c) for c in citations}
    found = find_relations(citations, text)
    return [
        (key(c), e.relation, by_id[e.source] if e.source else "")
        for c, e in zip(citations, found, strict=True)
        if c.form != "self"
    ]


def agree(gold: list[list[str]], found: list[Edge]) -> int:
    """How many edges are right; a name may be printed longer than the table gives it."""
    left = list(found)
    hits = 0
    for cited, relation, source in gold:
        for edge in left:
            if (
                edge[0].startswith(cited)
                and edge[1] == relation
                and edge[2].startswith(source)
                and bool(edge[2]) == bool(source)
            ):
                left.remove(edge)
                hits += 1
                break
    return hits


def marked(row: dict[str, Any]) -> Any:
    """A sentence with a known miss fails strictly."""
    return pytest.param(row, marks=pytest.mark.xfail(strict=True)) if row.get("known_miss") else row


@pytest.mark.parametrize("row", [marked(row) for row in SENTENCES], ids=lambda row: row["text"][:60])
def test_a_sentence_tells_its_edges(row: dict[str, Any]) -> None:
    """Every edge of the sentence is found, and no other."""
    found = edges(row["text"])
    assert agree(row["edges"], found) == len(row["edges"]) == len(found), found


RULES = load("relations")["relation"]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r["name"])
def test_a_rule_takes_its_examples(rule: dict[str, Any]) -> None:
    """A relation's own examples give its edges, and its counter-examples never the relation."""
    for example in rule["examples"]:
        found = edges(example["text"])
        for edge in example["edges"]:
            assert agree([edge], found) == 1, found
    for text in rule["not_examples"]:
        assert rule["name"] == "mentions" or all(e[1] != rule["name"] for e in edges(text)), edges(text)
