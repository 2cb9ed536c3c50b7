"""Every rule about citations takes its own examples and refuses its counter-examples."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.recognise.citations import find_citations
from extractor.recognise.issuers import issuer_at
from extractor.recognise.types import by_code, by_name, document_types, parse_number
from extractor.resolve.citation_checks import check_citations
from extractor.resolve.identity import law_name
from extractor.resolve.issuers import existence
from extractor.rules import load

TYPES = load("document_types")["type"]
NUMBERS = load("numbers")
NAMED = load("named_documents")


@pytest.mark.parametrize("row", TYPES, ids=lambda r: r["name"])
def test_a_type_is_read_from_its_word(row: dict[str, Any]) -> None:
    """The type word of an example gives the type; no counter-example is a citation of it."""
    for text in row["examples"]:
        kind = by_name(text)
        assert kind is not None
        assert kind.name == row["name"]
        (found, *_) = find_citations(text) or (None,)
        assert found is None or found.type == row["name"]
    for text in row["not_examples"]:
        assert all(c.type != row["name"] or c.form == "self" for c in find_citations(text))


@pytest.mark.parametrize("row", TYPES, ids=lambda r: r["name"])
def test_a_code_stands_for_its_type(row: dict[str, Any]) -> None:
    """State and Party codes lead back to the type, unless two types share the code."""
    for code, party in ((row.get("code"), False), (row.get("party_code"), True)):
        if code and (kind := by_code(code, party)):
            assert kind.name == row["name"]


def test_shared_codes_are_not_guessed() -> None:
    """The Party writes QĐ for Quyết định and Quy định; TT is Thông tư or Thông tri by the system."""
    assert by_code("QĐ", party=True) is None
    assert [(k := by_code("TT", party=p)) and k.name for p in (False, True)] == ["Thông tư", "Thông tri"]
    assert by_code("ABC", party=False) is None


def test_the_longest_name_wins() -> None:
    """The names of types hold each other."""
    names = ["KẾ HOẠCH HÀNH ĐỘNG", "Chương trình hành động", "Nghị định thư", "Thông tư liên tịch số 1", "Bản sao y"]
    assert [k.name for n in names if (k := by_name(n))] == [
        "Kế hoạch",
        "Chương trình",
        "Nghị định thư",
        "Thông tư liên tịch",
        "Bản sao y",
    ]
    assert len({t.name for t in document_types()}) == len(TYPES)


@pytest.mark.parametrize("row", NUMBERS["grammar"], ids=lambda r: r["numbering"])
def test_a_grammar_reads_its_numbers(row: dict[str, Any]) -> None:
    """All parts of an example are read; a counter-example is no number at all."""
    for example in row["examples"]:
        number = parse_number(example["text"])
        assert number is not None
        assert number.identifier == example["text"]
        assert number.numbering == row["numbering"]
        assert number.fault is None
        for field in ("number", "symbol", "organ"):
            assert getattr(number, field) == example[field]
        assert number.type_code == example.get("type_code")
    for text in row["not_examples"]:
        assert find_citations(f"theo {text} thì") == ()


@pytest.mark.parametrize("row", NUMBERS["slip"], ids=lambda r: r["fault"])
def test_a_slip_is_read_and_noted(row: dict[str, Any]) -> None:
    """The identifier is kept as printed with spaces closed up, and a finding names the slip."""
    for example in row["examples"]:
        (c,) = find_citations(f"Văn bản số {example['text']}")
        assert c.identifier == example["identifier"]
        assert row["message"] in next(check_citations([c], None)).message
    for text in row["not_examples"]:
        (c,) = find_citations(f"Văn bản số {text}")
        assert all(row["message"] not in f.message for f in check_citations([c], None))


@pytest.mark.parametrize(
    ("printed", "number", "symbol", "identifier"),
    [
        ("Số: 844/QĐ-TTg", "844", "QĐ-TTg", "844/QĐ-TTg"),
        ("Số:      /KH-UBND", None, "KH-UBND", None),
        ("Số: ……/KH-SKHCN", None, "KH-SKHCN", None),
        ("Số        -KH/TU", None, "KH/TU", None),
        ("Số 127-QĐ/TW", "127", "QĐ/TW", "127-QĐ/TW"),
        ("Số: 12 /KH-UBND", "12", "KH-UBND", "12/KH-UBND"),
        ("Số: 5/QÐ-UBND", "5", "QĐ-UBND", "5/QĐ-UBND"),
    ],
)
def test_a_header_line_is_parsed(printed: str, number: str | None, symbol: str, identifier: str | None) -> None:
    """A blank number keeps its symbol and has no identifier."""
    found = parse_number(printed)
    assert found is not None
    assert (found.number, found.symbol, found.identifier) == (number, symbol, identifier)


@pytest.mark.parametrize("text", ["", "Số:", "19/01/2024", "Hà Nội, ngày 5", "Số 5", "…"])
def test_what_is_no_number_is_none(text: str) -> None:
    """A date, a word or a bare number is not the number of a document."""
    assert parse_number(text) is None


@pytest.mark.parametrize("row", NAMED["named"], ids=lambda r: r["id"])
def test_a_named_document_is_read(row: dict[str, Any]) -> None:
    """The whole name is the mention; a counter-example is none."""
    for example in row["examples"]:
        (c,) = find_citations(f"theo {example['text']} về")
        assert (c.text, c.type, c.form) == (example["name"], row["type"], "named")
    for text in row["not_examples"]:
        assert all(c.form == "self" for c in find_citations(text))


@pytest.mark.parametrize("name", NAMED["laws"])
def test_a_law_of_the_catalogue_is_read_whole(name: str) -> None:
    """Commas and "và" inside a known name do not end it."""
    (c,) = find_citations(f"theo quy định của Luật {name} và văn bản khác")
    assert law_name(c.text)[0] == f"Luật {name}"


def test_a_law_to_come_is_no_citation() -> None:
    """Drafting words before a law say that it is still to be made."""
    for text in NAMED["drafts"]["examples"]:
        assert find_citations(text) == ()
    for text in NAMED["drafts"]["not_examples"]:
        assert len(find_citations(text)) == 1


@pytest.mark.parametrize("row", load("issuers")["head"], ids=lambda r: f"{r['kind']}-{r['tail']}")
def test_an_issuer_is_read_whole(row: dict[str, Any]) -> None:
    """An example is one issuer of the rule's kind."""
    for text in row["examples"]:
        issuer = issuer_at(f" {text} về", 0)
        assert issuer is not None
        assert (issuer.agency.name, issuer.agency.kind) == (text.removeprefix("của "), row["kind"])
    for text in row["not_examples"]:
        issuer = issuer_at(f" {text}", 0)
        assert issuer is None or issuer.agency.kind != row["kind"]


@pytest.mark.parametrize("row", load("issuers")["existence"]["examples"], ids=lambda r: r["text"])
def test_an_issuer_that_did_not_exist(row: dict[str, Any]) -> None:
    """The gazetteer tells from when to when there was such an organ."""
    assert existence(row["text"], row["on"]) == row["reason"]


@pytest.mark.parametrize("row", load("issuers")["existence"]["not_examples"], ids=lambda r: r["text"])
def test_an_issuer_that_may_have_existed(row: dict[str, Any]) -> None:
    """Nothing is said where the organ existed or the day of its end differs from province to province."""
    assert existence(row["text"], row["on"]) is None


@pytest.mark.parametrize("row", load("titles")["title"])
def test_a_title_ends_where_the_document_ends(row: dict[str, Any]) -> None:
    """Titles are read to their end and no further."""
    for example in row["examples"]:
        assert find_citations(example["text"])[0].title == example["title"]
    for text in row["not_examples"]:
        assert find_citations(text)[0].title is None
