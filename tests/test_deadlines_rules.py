"""Every rule of time limits takes its examples and refuses the others; recurrences mean what they say."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from dateutil.rrule import rrulestr

from extractor.document import Deadline
from extractor.recognise.deadline_grammar import grammar, lower
from extractor.recognise.deadline_values import read_when
from extractor.recognise.deadlines import find_deadlines
from extractor.rules import load

SIGNED = dt.date(2024, 3, 1)
RULES = load("deadlines")
FORMS = {row["name"]: row for row in RULES["forms"]}


def value(deadline: Deadline, field: str) -> Any:
    """The field as TOML writes it: no value is ""."""
    holder = deadline.offset if field in ("amount", "unit", "anchor") else deadline
    found = getattr(holder, field)
    return list(found) if field == "assumed" else "" if found is None else found


@pytest.mark.parametrize("row", RULES["units"], ids=lambda row: row["name"])
def test_a_unit_takes_its_examples_and_no_other(row: dict[str, Any]) -> None:
    pattern = next(u.pattern for u in grammar().units if u.name == row["name"])
    for example in row["examples"]:
        when = read_when(example["text"])
        assert pattern.fullmatch(lower(example["text"]))
        assert when is not None
        days = when.days(2024)
        assert (days[0].start, days[-1].end) == (example["start"], example["end"])
    assert not any(pattern.fullmatch(lower(text)) for text in row["not_examples"])


@pytest.mark.parametrize("row", RULES["contexts"], ids=lambda row: row["name"])
def test_a_context_holds_in_its_examples_and_no_other(row: dict[str, Any]) -> None:
    context = grammar().contexts[row["name"]]
    for holds, sentences in ((True, row["examples"]), (False, row["not_examples"])):
        for sentence in sentences:
            before, after = sentence.split("|")
            assert context.holds(re.split(r"[.;:!?]\s|\n", before)[-1], after) is holds, sentence


@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_its_examples_and_no_other(name: str) -> None:
    row, form = FORMS[name], grammar().forms[name]
    column = row.get("where") == "column"
    for example in row["examples"]:
        found = find_deadlines(example["text"], SIGNED, in_time_column=example.get("column", column))
        assert form.pattern.search(lower(example["text"])), example
        assert len(found) == len(example["gives"]), (example, found)
        for deadline, fields in zip(found, example["gives"], strict=True):
            assert {k: value(deadline, k) for k in fields} == fields
    for text in row["not_examples"]:
        if column:
            assert not form.pattern.fullmatch(lower(text)), text
        else:
            assert find_deadlines(text, SIGNED) == (), text


@pytest.mark.parametrize("column", [False, True])
def test_a_form_is_found_by_the_words_it_can_begin_with(column: bool) -> None:
    """What `first` leaves out is no loss: at every place of every example the same form is found as by trying all."""
    found = grammar()
    every = [
        found.forms[row["name"]] for row in RULES["forms"] if row.get("where") != ("prose" if column else "column")
    ]
    places = 0
    for row in (*RULES["forms"], *RULES["units"]):
        for text in (*(e["text"] for e in row["examples"]), *row["not_examples"]):
            low = lower(text)
            for place in found.starts.finditer(low):
                at = place.start()
                tried = next(((f.name, m.span()) for f in every if (m := f.pattern.match(low, at))), None)
                form = found.form_at(low, at, column=column)
                assert (form and (form[0].name, form[1].span())) == tried, (text, at)
                places += 1
    assert places > 500


def test_every_name_in_a_form_is_known() -> None:
    contexts = {row["name"] for row in RULES["contexts"]}
    used = {n for row in RULES["forms"] for k in ("only_in", "refused_in", "taken_in") for n in row.get(k, ())}
    assert used == contexts


@pytest.mark.parametrize(
    ("text", "after", "days"),
    [
        ("trước ngày 30 hằng tháng", "2025-01-01", ["2025-01-30", "2025-02-28", "2025-03-30"]),
        ("trước ngày 31 hằng tháng", "2025-03-01", ["2025-03-31", "2025-04-30", "2025-05-31"]),
        ("trước ngày 15 hằng tháng", "2025-01-01", ["2025-01-15", "2025-02-15"]),
        ("trước ngày 29 tháng 2 hằng năm", "2023-06-01", ["2024-02-29", "2025-02-28", "2026-02-28"]),
        ("chậm nhất ngày 31 tháng cuối quý", "2025-01-01", ["2025-03-31", "2025-06-30", "2025-09-30"]),
        ("trước ngày 10/6 và 10/12 hằng năm", "2025-01-01", ["2025-06-10", "2025-12-10", "2026-06-10"]),
        ("vào thứ Sáu hàng tuần", "2025-01-01", ["2025-01-03", "2025-01-10"]),
        ("trong quý IV hằng năm", "2025-01-10", ["2025-12-10", "2026-12-10"]),
        ("từ ngày 1 đến ngày 3 hằng tháng", "2025-01-01", ["2025-01-01", "2025-01-02", "2025-01-03", "2025-02-01"]),
    ],
)
def test_a_rule_comes_on_these_days(text: str, after: str, days: list[str]) -> None:
    (found,) = find_deadlines(text, SIGNED)
    start = dt.datetime.fromisoformat(after)
    rule = rrulestr(found.rrule or "", dtstart=start)
    occurrences = [d.date().isoformat() for d, _ in zip(rule, days, strict=False)]
    assert occurrences == days


def test_every_rule_of_the_examples_can_be_read_by_others() -> None:
    for row in RULES["forms"]:
        for example in row["examples"]:
            column = example.get("column", row.get("where") == "column")
            for found in find_deadlines(example["text"], SIGNED, in_time_column=column):
                if found.rrule:
                    assert next(iter(rrulestr(found.rrule, dtstart=dt.datetime(2024, 1, 1)))) is not None
