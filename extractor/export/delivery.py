"""What a delivery did, or would do, as a table for a terminal and as JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import IO, Any

from extractor.deliver.run import Delivery, Outcome
from extractor.deliver.steps import Differs
from extractor.export.cells import printable

FIELDS = {
    "subject": "Tên việc", "summary": "Tên việc", "title": "Tên việc", "description": "Nội dung", "text": "Nội dung",
    "start_date": "Bắt đầu", "start": "Bắt đầu", "due_date": "Hạn", "due": "Hạn", "dates": "Thời hạn",
    "recurrence": "Lặp lại", "lead": "Chủ trì", "cooperating": "Phối hợp", "categories": "Nhãn", "kind": "Loại",
    "deadline_text": "Thời hạn ghi trong văn bản", "products": "Sản phẩm", "section": "Mục",
}  # fmt: skip
_PLANNED = {"create": "Sẽ tạo", "update": "Sẽ cập nhật", "unchanged": "Giữ nguyên", "conflict": "Xung đột"}
_DONE = {"create": "Đã tạo", "update": "Đã cập nhật", "unchanged": "Giữ nguyên", "conflict": "Xung đột"}
_COLOURS = {"create": "green", "update": "cyan", "conflict": "yellow"}
_LONG = 60
_DUE = ("due_date", "due", "dates")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b(?:T[\d:]+(?:[+-]\d{2}:\d{2})?)?")
_DATE_WORDS = {"start=": "từ ", "due=": "đến hạn ", "duration=": "kéo dài ", "rule=": "lặp "}


def state_of(outcome: Outcome) -> str:
    """In one word: create, update, unchanged, conflict, failed or not_sent."""
    return outcome.result if outcome.result in ("failed", "not_sent") else outcome.step.state


def counts(delivery: Delivery) -> dict[str, int]:
    """How many items of each state, the gone ones among them."""
    found = Counter(state_of(o) for o in delivery.outcomes)
    names = ("create", "update", "unchanged", "conflict", "failed", "not_sent")
    return {**{n: found[n] for n in names}, "gone": len(delivery.gone)}


def to_json(delivery: Delivery) -> str:
    """The delivery as JSON."""
    body = {
        "target": delivery.address,
        "dry_run": delivery.dry_run,
        "counts": counts(delivery),
        "items": [_item(o) for o in delivery.outcomes],
        "gone": [{"key": g.key, "remote": g.remote, "title": g.name} for g in delivery.gone],
        "error": str(delivery.error) if delivery.error else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def write_table(delivery: Delivery, stream: IO[str]) -> None:
    """The delivery in a clerk's words: a row for each item that is not simply unchanged, then the sums."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = 140
    table = Table(show_lines=True, expand=True)
    for name, ratio in (("Kết quả", 2), ("Nhiệm vụ", 6), ("Trong kế hoạch mới", 7), ("Lưu ý", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for o in delivery.outcomes:
        if state_of(o) == "unchanged" and not o.step.kept:
            continue
        colour = _COLOURS.get(state_of(o), "red" if o.result == "failed" else "")
        cells = (_word(o, dry_run=delivery.dry_run), title(o), _changes(o), _remarks(o))
        escaped = [escape(printable(c)) for c in cells]
        table.add_row(f"[{colour}]{escaped[0]}[/{colour}]" if colour else escaped[0], *escaped[1:])
    for g in delivery.gone:
        table.add_row("Không còn", escape(printable(g.name)), "", "Không còn trong kế hoạch; không bị xóa.")
    if table.row_count:
        console.print(table)
    console.print(escape(_sums(delivery)))


def title(outcome: Outcome) -> str:
    """What the item is called."""
    fields = outcome.step.item.fields
    return next((fields[f] for f in ("subject", "summary", "title") if f in fields), outcome.step.item.key)


def _word(o: Outcome, *, dry_run: bool) -> str:
    if o.result == "failed":
        return "Lỗi"
    if o.result == "not_sent":
        return "Chưa gửi"
    return (_PLANNED if dry_run else _DONE)[o.step.state]


def _changes(o: Outcome) -> str:
    rows = []
    if o.step.state == "create":
        rows += [f"{FIELDS[f]}: {_dated(o.step.item.fields[f])}" for f in _DUE if o.step.item.fields.get(f)]
    for field, d in o.step.changes.items():
        there, now = _parted(d)
        rows.append(f"{FIELDS.get(field, field)}: {there} → {now}")
    for field, d in o.step.conflicts.items():
        there, now = _parted(d)
        rows.append(f"{FIELDS.get(field, field)}: {now} (trong tracker: {there})")
    return "\n".join(rows)


def _remarks(o: Outcome) -> str:
    rows = [o.problem] if o.problem else []
    if o.step.deleted and o.step.state == "conflict":
        rows.append("Đã bị xóa trong tracker; --force để tạo lại.")
    if o.step.conflicts:
        rows.append("Có người đã sửa trong tracker; --force để ghi đè.")
    if o.step.kept:
        rows.append(f"Giữ phần đã sửa trong tracker: {_names(o.step.kept)}.")
    if o.ignored:
        rows.append(f"Tracker không nhận: {_names(o.ignored)}.")
    return "\n".join(rows)


def _names(fields: tuple[str, ...]) -> str:
    return ", ".join(FIELDS.get(f, f) for f in fields)


def _parted(d: Differs) -> tuple[str, str]:
    """Both sides from the first word in which they differ, so that what changed in a long text is seen."""
    there, now = _dated(d.tracker).split(), _dated(d.plan).split()
    same = next((i for i, (a, b) in enumerate(zip(there, now, strict=False)) if a != b), min(len(there), len(now)))
    first = max(0, same - 3)
    return _short(there[first:], cut=first > 0), _short(now[first:], cut=first > 0)


def _short(words: list[str], *, cut: bool) -> str:
    line = ("…" if cut else "") + " ".join(words)
    return "(trống)" if not line else line if len(line) <= _LONG else line[: _LONG - 1] + "…"


def _dated(text: str) -> str:
    """Dates as a person writes them; the parts of a calendar's dates in words."""
    for word, shown in _DATE_WORDS.items():
        text = text.replace(word, shown)
    return _ISO.sub(r"\3/\2/\1", text)


def _sums(delivery: Delivery) -> str:
    n = counts(delivery)
    verbs = ("sẽ tạo", "sẽ cập nhật") if delivery.dry_run else ("đã tạo", "đã cập nhật")
    parts = [
        f"{n['create']} {verbs[0]}", f"{n['update']} {verbs[1]}", f"{n['unchanged']} giữ nguyên",
        f"{n['conflict']} xung đột",
    ]  # fmt: skip
    words = (("failed", "lỗi"), ("not_sent", "chưa gửi"), ("gone", "không còn trong kế hoạch"))
    parts += [f"{n[k]} {w}" for k, w in words if n[k]]
    end = " Chưa gửi gì (--dry-run)." if delivery.dry_run else ""
    return f"{delivery.address}: {', '.join(parts)}.{end}"


def _item(o: Outcome) -> dict[str, Any]:
    return {
        "key": o.step.item.key,
        "state": state_of(o),
        "remote": o.remote or None,
        "title": title(o),
        "fields": o.step.item.fields,
        "changes": _differences(o.step.changes),
        "conflicts": _differences(o.step.conflicts),
        "kept": list(o.step.kept),
        "ignored": list(o.ignored),
        "deleted_in_tracker": o.step.deleted,
        "problem": o.problem or None,
    }


def _differences(found: dict[str, Differs]) -> dict[str, dict[str, str]]:
    return {f: {"tracker": d.tracker, "plan": d.plan} for f, d in found.items()}
