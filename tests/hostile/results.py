"""Results of `kehoach extract` that mean harm: what no extraction writes, but what commands may be given to read."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import msgspec
from msgspec.structs import replace

from extractor import Document, extract_text

PLAN = """Số: 5/KH-STP

Huế, ngày 9 tháng 1 năm 2026

KẾ HOẠCH

Phổ biến pháp luật năm 2026 theo Nghị định số 62/2020/NĐ-CP ngày 01/6/2020 của Chính phủ

I. NHIỆM VỤ

1. Văn phòng Sở rà soát danh mục, báo cáo trước ngày 15 hằng tháng.
"""


@cache
def plan() -> Document:
    """A plan with a task that recurs."""
    return extract_text(PLAN, name="ke-hoach.txt")


def told(document: Document, *changes: tuple[str, str]) -> bytes:
    """The result as it is written, pieces of it changed."""
    printed = document.to_json()
    for old, new in changes:
        assert old in printed, old
        printed = printed.replace(old, new)
    return printed.encode()


def rule(text: str) -> bytes:
    return told(plan(), ('"FREQ=MONTHLY;BYMONTHDAY=15"', f'"{text}"'))


def tasks(count: int, **changed: object) -> bytes:
    """The task over and over, with ids of their own where none is given."""
    (task,) = plan().tasks
    return told(replace(plan(), tasks=tuple(replace(task, **{"id": f"t-{n}", **changed}) for n in range(count))))


def elsewhere(start: int, end: int) -> bytes:
    """A task that stands where there is no text."""
    (task,) = plan().tasks
    return told(replace(plan(), tasks=(replace(task, span=replace(task.span, start=start, end=end, page=99)),)))


MAKERS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "lists 200,000 deep": lambda: b"[" * 200_000,
    "objects 200,000 deep": lambda: b'{"text":' * 200_000,
    "200 MB of blanks": lambda: b" " * 200_000_000,
    "half a result": lambda: told(plan())[:900],
    "no UTF-8": lambda: told(plan()).replace(b"K", b"\xff"),
    "half a letter": lambda: told(plan(), ("Văn phòng Sở", "\\ud800")),
    "letters that do not print": lambda: told(plan(), ("Văn phòng Sở", "\\u0000\\u001b[2J\\u202e")),
    "a number of 5,000 digits": lambda: told(plan(), ('"ordinal": 1', f'"ordinal": {"9" * 5_000}')),
    "no number": lambda: told(plan(), ('"ordinal": 1', '"ordinal": NaN')),
    "a rule that stands still": lambda: rule("FREQ=DAILY;INTERVAL=0"),
    "a rule of seconds": lambda: rule("FREQ=SECONDLY"),
    "a rule that is none": lambda: rule("FREQ=MONTHLY;INTERVAL=x"),
    "a rule of a thousand million months": lambda: rule("FREQ=MONTHLY;INTERVAL=1000000000"),
    "a rule of a megabyte": lambda: rule("FREQ=MONTHLY;BYMONTHDAY=15" + ",15" * 300_000),
    "a rule since the first of all days": lambda: told(
        plan(), ('"issued_on": "2026-01-09"', '"issued_on": "0001-01-01"'), ("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=DAILY")
    ),
    "the last of all days": lambda: told(plan(), ('"issued_on": "2026-01-09"', '"issued_on": "9999-12-31"')),
    "a task behind the text": lambda: elsewhere(10**15, 10**15 + 1),
    "a task before the text": lambda: elsewhere(-5, -9),
    "a task that is its own twin": lambda: tasks(2, id="t-1", same_as="t-1", origin="table"),
    "10,000 tasks": lambda: tasks(10_000),
    "10,000 tasks with one id": lambda: tasks(10_000, id="t-1"),
    "a list that is no document": lambda: msgspec.json.encode([1, 2, 3]),
}  # fmt: skip
