"""The rows of the reading rules take their examples and refuse their counter-examples."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractor.read import labels
from extractor.read.legacy import decoded, encoding_by_letters
from extractor.read.patterns import compiled
from extractor.read.repairs import repaired
from extractor.rules import load

READING, OCR, LEGACY = load("reading"), load("ocr"), load("legacy_encodings")["encoding"]
_TESTS = {
    "sentence_end": labels.ends_sentence,
    "rule": labels.is_rule,
    "stamp": labels.is_stamp,
    "running": labels.running_line,
    "type_line": labels.is_type_line,
}


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in READING["label"] for e in r["examples"]])
def test_a_label_opens_an_item(row: dict[str, Any], line: str) -> None:
    assert compiled(row["pattern"]).match(line), row["name"]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in READING["label"] for e in r["not_examples"]])
def test_what_only_looks_like_a_label_opens_none(row: dict[str, Any], line: str) -> None:
    assert not compiled(row["pattern"]).match(line), row["name"]


@pytest.mark.parametrize(("name", "line"), [(n, e) for n in _TESTS for e in READING[n]["examples"]])
def test_a_kind_of_line_is_known(name: str, line: str) -> None:
    assert _TESTS[name](line)


@pytest.mark.parametrize(("name", "line"), [(n, e) for n in _TESTS for e in READING[n]["not_examples"]])
def test_another_line_is_not_taken_for_it(name: str, line: str) -> None:
    assert not _TESTS[name](line)


@pytest.mark.parametrize("line", READING["columns"]["head_examples"])
def test_a_head_is_known_even_as_ocr_reads_it(line: str) -> None:
    assert labels.is_head(line)


@pytest.mark.parametrize("line", READING["columns"]["head_not_examples"])
def test_the_states_name_in_a_sentence_is_no_head(line: str) -> None:
    assert not labels.is_head(line)


@pytest.mark.parametrize("line", READING["columns"]["foot_examples"])
def test_a_foot_is_known(line: str) -> None:
    assert labels.is_foot(line)


@pytest.mark.parametrize("line", READING["columns"]["foot_not_examples"])
def test_a_place_where_files_are_taken_is_no_foot(line: str) -> None:
    assert not labels.is_foot(line)


@pytest.mark.parametrize("line", READING["columns"]["signature_examples"])
def test_a_signature_is_known(line: str) -> None:
    assert labels.is_signature(line)


@pytest.mark.parametrize("line", READING["columns"]["signature_not_examples"])
def test_other_words_are_no_signature(line: str) -> None:
    assert not labels.is_signature(line)


_REPAIRS = [*OCR["repair"], OCR["lost_acute"] | {"name": "acute"}, OCR["compounds"] | {"name": "compounds"}]


@pytest.mark.parametrize(("row", "pair"), [(r, e) for r in _REPAIRS for e in r["examples"]])
def test_a_slip_of_ocr_is_put_right(row: dict[str, Any], pair: list[str]) -> None:
    assert repaired(pair[0]) == pair[1], row["name"]


@pytest.mark.parametrize(("row", "line"), [(r, e) for r in _REPAIRS for e in r["not_examples"]])
def test_what_is_right_stays(row: dict[str, Any], line: str) -> None:
    assert repaired(line) == line, row["name"]


@pytest.mark.parametrize("word", OCR["compounds"]["words"])
def test_a_compound_is_two_words_and_alone_with_its_letters(word: str) -> None:
    """Two rows that differ in marks only would undo each other."""
    from extractor.read.syllables import bare

    assert len(word.split()) == 2
    assert sum(1 for other in OCR["compounds"]["words"] if bare(other) == bare(word)) == 1


@pytest.mark.parametrize(("row", "pair"), [(r, e) for r in LEGACY for e in r["examples"]])
def test_an_old_encoding_is_decoded(row: dict[str, Any], pair: list[str]) -> None:
    assert encoding_by_letters(pair[0]) == row["name"]
    assert decoded(pair[0], row["name"]) == pair[1]


@pytest.mark.parametrize("text", [t for r in LEGACY for t in r["not_examples"]])
def test_unicode_is_not_taken_for_an_old_encoding(text: str) -> None:
    assert encoding_by_letters(text) is None


@pytest.mark.parametrize("pattern", [r["pattern"] for r in READING["label"] + OCR["repair"]])
@pytest.mark.parametrize("text", ["-" * 20_000, "1." * 10_000, "a" * 20_000, "IVX" * 7_000, "Quý " * 5_000])
def test_patterns_stay_linear(pattern: str, text: str) -> None:
    """A pattern that backtracks would hang here."""
    assert isinstance(compiled(pattern), re.Pattern)
    compiled(pattern).search(text)
