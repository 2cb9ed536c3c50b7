"""Every rule of the head, the foot, the sections and the columns takes its examples and refuses the others."""

from __future__ import annotations

import re
from typing import Any

import pytest

from extractor import rules
from extractor.layout.column_headings import role_of
from extractor.layout.foot import is_position
from extractor.layout.outline import read_label

PATTERN_RULES: list[tuple[str, dict[str, Any]]] = [
    (f"{file}.{table}.{rule['name']}", rule)
    for file, tables in {
        "frame": ("motto", "issuer_rule", "date_line", "adopted"),
        "sections": (
            "section",
            "formula",
            "closing",
            "particular",
            "announces_appendix",
            "addressees",
            "sharing",
            "topic",
            "attached_form",
        ),
    }.items()
    for table in tables
    for rule in rules.load(file)[table]
]


@pytest.mark.parametrize(("name", "rule"), PATTERN_RULES, ids=[n for n, _ in PATTERN_RULES])
def test_pattern_rule(name: str, rule: dict[str, Any]) -> None:
    flags = re.IGNORECASE if ".section." in name else 0
    pattern = re.compile(rule["pattern"], flags)
    assert rule["examples"], f"{name} has no example"
    assert rule["not_examples"], f"{name} has no counter-example"
    for example in rule["examples"]:
        text = example["text"] if isinstance(example, dict) else example
        found = pattern.search(text)
        assert found, f"{name} refuses its example {text!r}"
        assert any(word in text for word in rule.get("has", (text,))), f"{name} does not look at {text!r}"
        for field, value in (example if isinstance(example, dict) else {}).items():
            assert field == "text" or found[field].strip() == value
    for other in rule["not_examples"]:
        assert not pattern.search(other), f"{name} takes {other!r}"


ANCHORED = [(n, r) for n, r in PATTERN_RULES if n.startswith("sections.") and r["pattern"].startswith("^")]


@pytest.mark.parametrize(("name", "rule"), ANCHORED, ids=[n for n, _ in ANCHORED])
def test_a_pattern_that_starts_with_the_line_has_no_other_place(name: str, rule: dict[str, Any]) -> None:
    """It is tried at the start alone; an alternative behind a bare "|" would be lost."""
    flags = re.IGNORECASE if ".section." in name else 0
    assert not any(re.search(rule["pattern"], f"; . : {example}", flags) for example in rule["examples"])


COLUMNS = rules.load("columns")["column"]


@pytest.mark.parametrize("column", COLUMNS, ids=[c["role"] for c in COLUMNS])
def test_column(column: dict[str, Any]) -> None:
    for heading in column["examples"]:
        assert role_of(heading) == column["role"], heading
    for heading in column["not_examples"]:
        assert role_of(heading) != column["role"], heading


@pytest.mark.parametrize("line", rules.load("frame")["signature"]["examples"])
def test_position(line: str) -> None:
    assert is_position(line)


@pytest.mark.parametrize("line", rules.load("frame")["signature"]["not_examples"])
def test_not_a_position(line: str) -> None:
    assert not is_position(line)


@pytest.mark.parametrize("line", rules.load("frame")["step"]["examples"])
def test_step(line: str) -> None:
    label = read_label(line)
    assert label is not None
    assert label.style == "step"
    assert line.startswith(label.text)
    assert line[label.content :][0].isupper()


@pytest.mark.parametrize("line", rules.load("frame")["step"]["not_examples"])
def test_no_step(line: str) -> None:
    assert read_label(line) is None
