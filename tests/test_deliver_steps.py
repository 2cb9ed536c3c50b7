"""What is done with an item, which item a task is, and what is left of a log after a crash."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trackers import TASKS, moved, plan

from extractor.deliver.items import items, plan_key
from extractor.deliver.log import Fields, Known, Log, Record
from extractor.deliver.steps import agreed, decide
from extractor.deliver.tracker import Item, Remote, filled
from extractor.diff import Telling
from extractor.document import Document
from extractor.errors import UnreadableError
from extractor.export.presets import Entry, fill, interfaces
from extractor.export.todos import todos

RULES = interfaces()["redmine"]


def fields(entry: Entry) -> Fields:
    return filled(entry, RULES)


def item(**values: str) -> Item:
    document = plan()
    todo = todos(document)[0]
    return Item(todo.key, Entry(document, todo), values, Telling("t", "x"))


def known(sent: Fields, stored: Fields | None = None) -> Known:
    return Known(sent=Record("", "sent", "p", "k", sent, stored=stored or {}))


def remote(**values: str) -> Remote:
    return Remote("k", "1", values)


# what was sent, what the tracker holds, what is now → state, changes, conflicts, kept
CASES = {
    "never sent": (None, None, "a", ("create", [], [], [])),
    "nothing new": ("a", "a", "a", ("unchanged", [], [], [])),
    "the plan changed": ("a", "a", "b", ("update", ["due"], [], [])),
    "a person changed": ("a", "x", "a", ("unchanged", [], [], ["due"])),
    "both changed": ("a", "x", "b", ("conflict", [], ["due"], [])),
    "both to the same": ("a", "b", "b", ("unchanged", [], [], [])),
    "a person emptied it": ("a", "", "b", ("conflict", [], ["due"], [])),
    "there, and not known what was sent": (None, "x", "a", ("conflict", [], ["due"], [])),
    "there, as it is now": (None, "a", "a", ("unchanged", [], [], [])),
    "deleted in the tracker": ("a", None, "a", ("conflict", [], [], [])),
}


@pytest.mark.parametrize(("sent", "there", "now", "wanted"), CASES.values(), ids=CASES)
def test_three_way(sent: str | None, there: str | None, now: str, wanted: tuple[object, ...]) -> None:
    step = decide(
        item(due=now), None if sent is None else known({"due": sent}), None if there is None else remote(due=there)
    )
    assert (step.state, [*step.changes], [*step.conflicts], [*step.kept]) == wanted


FORCED = {
    "a person changed": ("a", "x", "a", "update"),
    "both changed": ("a", "x", "b", "update"),
    "not known what was sent": (None, "x", "a", "update"),
    "deleted": ("a", None, "a", "create"),
    "nothing new": ("a", "a", "a", "unchanged"),
}


@pytest.mark.parametrize(("sent", "there", "now", "wanted"), FORCED.values(), ids=FORCED)
def test_force_makes_it_as_the_plan_says(sent: str | None, there: str | None, now: str, wanted: str) -> None:
    before = None if sent is None else known({"due": sent})
    assert decide(item(due=now), before, None if there is None else remote(due=there), force=True).state == wanted


def test_one_field_in_conflict_does_not_hold_back_another() -> None:
    step = decide(item(due="2", text="n"), known({"due": "1", "text": "o"}), remote(due="1", text="noted"))
    assert (step.state, [*step.changes], [*step.conflicts]) == ("conflict", ["due"], ["text"])
    after = agreed(step, known({"due": "1", "text": "o"}), remote(due="2", text="noted"))
    assert after == ({"due": "2", "text": "o"}, {})


def test_what_the_tracker_made_of_it_is_no_persons_change() -> None:
    """A tracker that trims or rounds what it stores does not thereby lock the field."""
    before = known({"due": "Sở  Nội vụ"}, {"due": "Sở Nội vụ"})
    assert decide(item(due="Sở  Nội vụ"), before, remote(due="Sở Nội vụ")).state == "unchanged"
    assert decide(item(due="Sở Y tế"), before, remote(due="Sở Nội vụ")).state == "update"
    assert decide(item(due="Sở Y tế"), before, remote(due="Sở Tài chính")).state == "conflict"


def test_interface_rules_take_their_examples() -> None:
    import datetime as dt

    for rules in interfaces().values():
        assert rules.examples
        assert rules.not_examples
        for example, taken in [(e, True) for e in rules.examples] + [(e, False) for e in rules.not_examples]:
            given, cell = example["given"], example["cell"]
            column = next(c for c in rules.columns if c.name == given["column"])
            value = dt.date.fromisoformat(given["day"]) if "day" in given else given["value"]
            assert (fill(column, rules, value) == cell["text"]) is taken


# --- which item a task is ----------------------------------------------------------------------------------------


def logged(document: Document, plan_: str | None = None) -> dict[str, Known]:
    """The log after the document was sent."""
    name = plan_key(document, plan_)
    return {
        i.key: Known(sent=Record("", "sent", name, i.key, i.fields, telling=i.telling, due=i.due))
        for i in items(document, name, fields, {}, {})
    }


def keys(document: Document, before: dict[str, Known], held: dict[str, Remote] | None = None) -> list[str]:
    return [i.key for i in items(document, plan_key(document), fields, before, held or {})]


def test_keys_are_those_of_calendar_and_imports() -> None:
    assert keys(plan(), {}) == [t.key for t in todos(plan())]


def test_a_moved_deadline_keeps_the_key() -> None:
    before = logged(plan())
    assert todos(moved())[0].key not in before
    assert keys(moved(), before) == list(before)


def test_another_lead_and_another_place_keep_the_key() -> None:
    before = logged(plan())
    changed = plan(TASKS[3], TASKS[0].replace("Phòng Tổ chức, biên chế", "Thanh tra Sở"), TASKS[1], TASKS[2])
    first, *rest = list(before)
    assert keys(changed, before) == [rest[-1], first, *rest[:-1]]


def test_a_new_task_gets_a_new_key_and_a_dropped_one_gives_none_away() -> None:
    before = logged(plan())
    new = "Văn phòng Sở tổ chức hội nghị tổng kết, khen thưởng tập thể và cá nhân."
    found = keys(plan(*TASKS[1:], new), before)
    assert found[:-1] == list(before)[1:]
    assert found[-1] not in before


def test_one_of_two_days_dropped_leaves_the_other_its_key() -> None:
    before = logged(plan())
    later = [k for k, v in before.items() if v.last.due.startswith("2026-12-09")]
    found = keys(plan(*TASKS[:2], TASKS[2].replace("trước ngày 15/6/2026 và ", ""), TASKS[3]), before)
    assert len(found) == len(before) - 1
    assert found[2] == later[0]


def test_keys_of_one_run_are_never_the_same() -> None:
    before = logged(plan())
    three = TASKS[2].replace("trước ngày 15/6/2026", "trước ngày 15/3/2026, trước ngày 15/6/2026")
    found = keys(plan(*TASKS[:2], three, TASKS[3]), before)
    assert len(set(found)) == len(found) == len(before) + 1
    assert set(before) < set(found)


def test_without_the_log_the_text_in_the_tracker_is_recognised() -> None:
    before = logged(plan())
    held = {k: Remote(k, str(n), v.last.fields) for n, (k, v) in enumerate(before.items())}
    assert keys(moved(), {}, held) == list(before)


def test_a_version_with_another_number_goes_on_under_the_named_plan() -> None:
    amended = plan(number="9/KH-SNV")
    before = logged(plan())
    name = plan_key(plan())
    assert plan_key(amended) != name
    assert [i.key for i in items(amended, name, fields, before, {})] == list(before)


# --- the log -----------------------------------------------------------------------------------------------------


def record(event: str, key: str = "p-t-1", **more: object) -> Record:
    return msgspec.convert(
        {"at": "2026-01-01", "event": event, "plan": "p", "key": key, "fields": {"a": "ữ"}, **more}, Record
    )


def test_log_reads_what_was_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "sâu" / "log.jsonl")
    with log.held():
        log.append(record("sending"))
        log.append(record("sent", remote="7", telling=Telling("t", "x", ("1", "II"))))
        log.append(record("sending", "p-t-2"))
    found = log.read()
    assert found["p-t-1"].sent is not None
    assert found["p-t-1"].sent.remote == "7"
    assert found["p-t-1"].pending is None
    assert found["p-t-2"].sent is None
    assert found["p-t-2"].base == {"a": "ữ"}


def test_a_line_that_was_cut_off_was_never_written(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    with log.held():
        log.append(record("sent"))
    whole = log.path.read_bytes()
    for cut in range(1, len(whole)):
        log.path.write_bytes(whole + whole[:cut].rstrip(b"\n"))
        assert list(log.read()) == ["p-t-1"]
        with log.held():
            log.append(record("sent", "p-t-2"))
        assert list(log.read()) == ["p-t-1", "p-t-2"]


def test_a_file_that_is_no_log_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_bytes(b"Kinh gui\nke hoach")
    with pytest.raises(UnreadableError, match="dòng 1"), Log(path).held():
        pass
    assert path.read_bytes() == b"Kinh gui\nke hoach"


def test_a_log_that_cannot_be_written_is_an_error_with_a_name(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("", "utf-8")
    with pytest.raises(UnreadableError, match="nhật ký"), Log(tmp_path / "tep" / "log.jsonl").held():
        pass


def test_the_log_is_the_users_alone(tmp_path: Path) -> None:
    log = Log(tmp_path / "log.jsonl")
    log.append(record("sent"))
    assert log.path.stat().st_mode & 0o077 == 0


VALUES = st.sampled_from(["", "a", "b", "c"])


@given(sent=VALUES, stored=VALUES, there=VALUES, now=VALUES)
def test_a_persons_value_is_never_written_over(sent: str, stored: str, there: str, now: str) -> None:
    before = known({"due": sent}, {} if sent == stored else {"due": stored})
    step = decide(item(due=now), before, remote(due=there))
    if there != stored:
        assert not step.changes
    if step.changes:
        assert now != sent
